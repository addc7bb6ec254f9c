//! Table `report`.

use sea_orm::{Condition, entity::prelude::*};
use serde_json::json;
use thidua_domain::{campaign::CampaignId, period::PeriodId, report::Report, unit::UnitId};

use crate::{page::Filter, stored::Stored};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub stage: String,
    pub campaign_id: Uuid,
    pub period_id: Uuid,
    pub unit_id: Uuid,
    pub corrects_id: Option<Uuid>,
    pub submitted_at: Option<DateTimeUtc>,
    pub late: Option<bool>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub state: Json,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Stored for Report {
    type Entity = Entity;
    const COLUMNS: &'static [(&'static str, &'static str)] = &[
        ("campaign_id", "uuid"),
        ("period_id", "uuid"),
        ("unit_id", "uuid"),
        ("corrects_id", "uuid"),
        ("submitted_at", "timestamptz"),
        ("late", "boolean"),
    ];

    fn columns(&self) -> serde_json::Value {
        json!({
            "campaign_id": self.campaign, "period_id": self.period, "unit_id": self.unit, "corrects_id": self.corrects,
            "submitted_at": self.first_submitted_at, "late": self.late,
        })
    }
}

/// Which reports.
#[derive(Clone, Debug)]
pub struct ReportFilter {
    /// Of this campaign.
    pub campaign: CampaignId,
    /// For one of these periods; all without one.
    pub periods: Vec<PeriodId>,
    /// Of one of these units; all without one.
    pub units: Vec<UnitId>,
    /// In one of these stages; all without one.
    pub stages: Vec<&'static str>,
    /// Only those that came late, or only those that did not.
    pub late: Option<bool>,
}

impl Filter for ReportFilter {
    type Of = Report;

    fn condition(&self) -> Condition {
        let periods =
            (!self.periods.is_empty()).then(|| Column::PeriodId.is_in(self.periods.iter().map(|period| period.uuid())));
        let units = (!self.units.is_empty()).then(|| Column::UnitId.is_in(self.units.iter().map(|unit| unit.uuid())));
        let stages = (!self.stages.is_empty()).then(|| Column::Stage.is_in(self.stages.iter().copied()));
        Condition::all()
            .add(Column::CampaignId.eq(self.campaign.uuid()))
            .add_option(periods)
            .add_option(units)
            .add_option(stages)
            .add_option(self.late.map(|late| Column::Late.eq(late)))
    }
}
