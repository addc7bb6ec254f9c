//! Table `consolidated_report`.

use sea_orm::{Condition, entity::prelude::*};
use serde_json::json;
use thidua_domain::{
    campaign::CampaignId,
    consolidation::{ConsolidatedKind, ConsolidatedReport},
};

use crate::{page::Filter, stored::Stored};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consolidated_report")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub stage: String,
    pub kind: String,
    pub campaign_id: Uuid,
    pub replaces_id: Option<Uuid>,
    pub supplements_id: Option<Uuid>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub state: Json,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Stored for ConsolidatedReport {
    type Entity = Entity;
    const COLUMNS: &'static [(&'static str, &'static str)] =
        &[("kind", "text"), ("campaign_id", "uuid"), ("replaces_id", "uuid"), ("supplements_id", "uuid")];

    fn columns(&self) -> serde_json::Value {
        json!({
            "kind": self.kind.as_str(), "campaign_id": self.campaign, "replaces_id": self.replaces, "supplements_id": self.supplements,
        })
    }
}

/// Which consolidated reports.
#[derive(Clone, Debug)]
pub struct ConsolidatedReportFilter {
    /// Of this campaign.
    pub campaign: CampaignId,
    /// Of one of these kinds; all without one.
    pub kinds: Vec<ConsolidatedKind>,
    /// In one of these stages; all without one.
    pub stages: Vec<&'static str>,
}

impl Filter for ConsolidatedReportFilter {
    type Of = ConsolidatedReport;

    fn condition(&self) -> Condition {
        let stages = (!self.stages.is_empty()).then(|| Column::Stage.is_in(self.stages.iter().copied()));
        let kinds = self.kinds.iter().map(|kind| kind.as_str());
        let kinds = (!self.kinds.is_empty()).then(|| Column::Kind.is_in(kinds));
        Condition::all().add(Column::CampaignId.eq(self.campaign.uuid())).add_option(kinds).add_option(stages)
    }
}
