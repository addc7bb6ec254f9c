//! Table `dispatch`.

use sea_orm::{Condition, entity::prelude::*};
use serde_json::json;
use thidua_domain::{campaign::CampaignId, consolidation::ConsolidatedReportId, dispatch::Dispatch};

use crate::{page::Filter, stored::Stored};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dispatch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub stage: String,
    pub campaign_id: Uuid,
    pub report_id: Uuid,
    pub document_id: Uuid,
    pub channel: String,
    pub decides: bool,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub state: Json,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Stored for Dispatch {
    type Entity = Entity;
    const COLUMNS: &'static [(&'static str, &'static str)] = &[
        ("campaign_id", "uuid"),
        ("report_id", "uuid"),
        ("document_id", "uuid"),
        ("channel", "text"),
        ("decides", "boolean"),
    ];

    fn columns(&self) -> serde_json::Value {
        json!({
            "campaign_id": self.campaign, "report_id": self.report, "document_id": self.paper.issue.document,
            "channel": self.channel.as_str(), "decides": !self.for_information,
        })
    }
}

/// Which dispatches.
#[derive(Clone, Debug)]
pub struct DispatchFilter {
    /// Of this campaign.
    pub campaign: CampaignId,
    /// Of this report; of all without one.
    pub report: Option<ConsolidatedReportId>,
    /// In one of these stages; all without one.
    pub stages: Vec<&'static str>,
}

impl Filter for DispatchFilter {
    type Of = Dispatch;

    fn condition(&self) -> Condition {
        let stages = (!self.stages.is_empty()).then(|| Column::Stage.is_in(self.stages.iter().copied()));
        let report = self.report.map(|report| Column::ReportId.eq(report.uuid()));
        Condition::all().add(Column::CampaignId.eq(self.campaign.uuid())).add_option(report).add_option(stages)
    }
}
