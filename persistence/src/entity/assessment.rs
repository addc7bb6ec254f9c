//! Table `assessment`.

use sea_orm::{Condition, entity::prelude::*};
use serde_json::json;
use thidua_domain::{
    assessment::{Assessed, Assessment},
    rubric::ScoringRubricId,
    unit::UnitId,
};

use crate::{page::Filter, stored::Stored};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assessment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub stage: String,
    pub campaign_id: Uuid,
    pub rubric_id: Uuid,
    pub unit_id: Uuid,
    pub criterion_code: String,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub state: Json,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Stored for Assessment {
    type Entity = Entity;
    // It hangs on its rubric alone, which is looked at with it and locked where one is made.
    const FENCED: bool = false;
    const COLUMNS: &'static [(&'static str, &'static str)] =
        &[("campaign_id", "uuid"), ("rubric_id", "uuid"), ("unit_id", "uuid"), ("criterion_code", "text")];

    fn columns(&self) -> serde_json::Value {
        json!({
            "campaign_id": self.campaign, "rubric_id": self.rubric, "unit_id": self.unit,
            "criterion_code": self.criterion.code,
        })
    }
}

/// Which assessments.
#[derive(Clone, Debug)]
pub struct AssessmentFilter {
    /// By this rubric.
    pub rubric: ScoringRubricId,
    /// Of one of these units; all without one.
    pub units: Vec<UnitId>,
    /// By one of these criteria; all without one.
    pub criteria: Vec<String>,
}

impl Filter for AssessmentFilter {
    type Of = Assessed;

    fn condition(&self) -> Condition {
        let units = (!self.units.is_empty()).then(|| Column::UnitId.is_in(self.units.iter().map(|unit| unit.uuid())));
        let criteria = (!self.criteria.is_empty()).then(|| Column::CriterionCode.is_in(self.criteria.clone()));
        Condition::all().add(Column::RubricId.eq(self.rubric.uuid())).add_option(units).add_option(criteria)
    }
}
