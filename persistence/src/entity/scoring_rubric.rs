//! Table `scoring_rubric`.

use sea_orm::{Condition, entity::prelude::*};
use serde_json::json;
use thidua_domain::{campaign::CampaignId, rubric::ScoringRubric};

use crate::{page::Filter, stored::Stored};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "scoring_rubric")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub stage: String,
    pub campaign_id: Uuid,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub state: Json,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Stored for ScoringRubric {
    type Entity = Entity;
    // Retiring hangs on nothing but the rubric itself, whose row is locked.
    const FENCED: bool = false;
    const COLUMNS: &'static [(&'static str, &'static str)] = &[("campaign_id", "uuid")];

    fn columns(&self) -> serde_json::Value {
        json!({ "campaign_id": self.campaign })
    }
}

/// Which rubrics.
#[derive(Clone, Debug)]
pub struct ScoringRubricFilter {
    /// Of this campaign.
    pub campaign: CampaignId,
    /// In one of these stages; all without one.
    pub stages: Vec<&'static str>,
}

impl Filter for ScoringRubricFilter {
    type Of = ScoringRubric;

    fn condition(&self) -> Condition {
        let stages = (!self.stages.is_empty()).then(|| Column::Stage.is_in(self.stages.iter().copied()));
        Condition::all().add(Column::CampaignId.eq(self.campaign.uuid())).add_option(stages)
    }
}
