//! Table `period`.

use sea_orm::{Condition, entity::prelude::*};
use serde_json::json;
use thidua_domain::{
    campaign::CampaignId,
    period::{Period, PeriodId},
};

use crate::{page::Filter, stored::Stored};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "period")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub stage: String,
    pub campaign_id: Uuid,
    pub code: String,
    pub kind: String,
    pub due_before: DateTimeUtc,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub state: Json,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Stored for Period {
    type Entity = Entity;
    const COLUMNS: &'static [(&'static str, &'static str)] =
        &[("campaign_id", "uuid"), ("code", "text"), ("kind", "text"), ("due_before", "timestamptz")];

    fn columns(&self) -> serde_json::Value {
        json!({ "campaign_id": self.campaign, "code": self.code, "kind": self.kind, "due_before": self.due_before })
    }
}

/// Which periods.
#[derive(Clone, Debug)]
pub struct PeriodFilter {
    /// Of this campaign.
    pub campaign: CampaignId,
    /// In one of these stages; all without one.
    pub stages: Vec<&'static str>,
    /// One of these; all without one.
    pub named: Vec<PeriodId>,
}

impl Filter for PeriodFilter {
    type Of = Period;

    fn condition(&self) -> Condition {
        let stages = (!self.stages.is_empty()).then(|| Column::Stage.is_in(self.stages.iter().copied()));
        let named = (!self.named.is_empty()).then(|| Column::Id.is_in(self.named.iter().map(|period| period.uuid())));
        Condition::all().add(Column::CampaignId.eq(self.campaign.uuid())).add_option(stages).add_option(named)
    }
}
