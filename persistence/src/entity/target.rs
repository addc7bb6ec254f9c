//! Table `target`.

use sea_orm::{Condition, entity::prelude::*};
use serde_json::json;
use thidua_domain::{campaign::CampaignId, target::Target, unit::UnitId};

use crate::{page::Filter, shown::Standing, stored::Stored};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "target")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub stage: String,
    pub campaign_id: Uuid,
    pub unit_id: Uuid,
    pub code: String,
    pub task_code: Option<String>,
    pub movement_code: Option<String>,
    pub project_code: Option<String>,
    pub restricted: bool,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub state: Json,
    pub current_id: Option<Uuid>,
    pub current_as_of: Option<Date>,
    pub current_value: Option<Json>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Stored for Target {
    type Entity = Entity;
    const COLUMNS: &'static [(&'static str, &'static str)] = &[
        ("campaign_id", "uuid"),
        ("unit_id", "uuid"),
        ("code", "text"),
        ("task_code", "text"),
        ("movement_code", "text"),
        ("project_code", "text"),
        ("restricted", "boolean"),
    ];

    fn columns(&self) -> serde_json::Value {
        json!({
            "campaign_id": self.campaign, "unit_id": self.unit, "code": self.code, "task_code": self.topic.task,
            "movement_code": self.topic.movement, "project_code": self.topic.project, "restricted": self.restricted,
        })
    }
}

/// Which targets.
#[derive(Clone, Debug)]
pub struct TargetFilter {
    /// Of this campaign.
    pub campaign: CampaignId,
    /// Of one of these units; all without one.
    pub units: Vec<UnitId>,
    /// About one of these tasks; all without one.
    pub tasks: Vec<String>,
    /// In one of these stages; all without one.
    pub stages: Vec<&'static str>,
}

impl Filter for TargetFilter {
    type Of = Standing;

    fn condition(&self) -> Condition {
        let units = (!self.units.is_empty()).then(|| Column::UnitId.is_in(self.units.iter().map(|unit| unit.uuid())));
        let tasks = (!self.tasks.is_empty()).then(|| Column::TaskCode.is_in(self.tasks.clone()));
        let stages = (!self.stages.is_empty()).then(|| Column::Stage.is_in(self.stages.iter().copied()));
        Condition::all()
            .add(Column::CampaignId.eq(self.campaign.uuid()))
            .add_option(units)
            .add_option(tasks)
            .add_option(stages)
    }
}
