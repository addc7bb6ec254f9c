//! Table `measurement`.

use sea_orm::{Condition, entity::prelude::*};
use serde_json::json;
use thidua_domain::{
    campaign::CampaignId,
    target::{Measurement, TargetId},
    time::Date,
    unit::UnitId,
};

use crate::{page::Filter, stored::Stored};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "measurement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub stage: String,
    pub target_id: Uuid,
    pub campaign_id: Uuid,
    pub unit_id: Uuid,
    pub event_id: Uuid,
    pub as_of: Date,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub state: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Stored for Measurement {
    type Entity = Entity;
    const APPEND_ONLY: bool = true;
    const COLUMNS: &'static [(&'static str, &'static str)] =
        &[("target_id", "uuid"), ("campaign_id", "uuid"), ("unit_id", "uuid"), ("as_of", "date")];
    // Of the latest day the measurement recorded last: the target's row is locked, so later here is later in the log.
    // A value holds until the next day that has one. Of several that an import records for a target, each holds until the
    // next, and the one that will stand is taken.
    const ALSO: &'static str = ",
             projected AS (
                 UPDATE target SET
                     current_id = CASE WHEN current_as_of IS NULL OR current_as_of <= i.as_of THEN i.id ELSE current_id END,
                     current_as_of = GREATEST(current_as_of, i.as_of),
                     current_value = CASE WHEN current_as_of IS NULL OR current_as_of <= i.as_of THEN i.value ELSE current_value END,
                     measured_from = LEAST(measured_from, i.first),
                     reached_days = reached_days - i.missed + i.reached
                 FROM (
                     SELECT target_id, min(as_of) AS first, max(as_of) AS as_of,
                            (array_agg(id ORDER BY as_of DESC))[1] AS id, (array_agg(value ORDER BY as_of DESC))[1] AS value,
                            coalesce(range_agg(days) FILTER (WHERE reached), '{}') AS reached,
                            coalesce(range_agg(days) FILTER (WHERE NOT reached), '{}') AS missed
                     FROM (
                         SELECT id, target_id, as_of, state -> 'value' AS value, (state -> 'reached')::boolean AS reached,
                                daterange(as_of, LEAST(
                                    lead(as_of) OVER (PARTITION BY target_id ORDER BY as_of),
                                    (SELECT min(m.as_of) FROM measurement m
                                     WHERE m.target_id = day.target_id AND m.as_of > day.as_of))) AS days
                         FROM (SELECT DISTINCT ON (target_id, as_of) id, target_id, as_of, state::jsonb AS state
                               FROM input ORDER BY target_id, as_of, id DESC) day) value
                     GROUP BY target_id) i
                 WHERE target.id = i.target_id)";

    fn columns(&self) -> serde_json::Value {
        json!({ "target_id": self.target, "campaign_id": self.campaign, "unit_id": self.unit, "as_of": self.as_of })
    }
}

/// Which measurements.
#[derive(Clone, Debug, Default)]
pub struct MeasurementFilter {
    /// Of a campaign.
    pub campaign: Option<CampaignId>,
    /// Of one of these targets; all without one.
    pub targets: Vec<TargetId>,
    /// Of one of these units; all without one.
    pub units: Vec<UnitId>,
    /// For this day or a later one.
    pub from: Option<Date>,
    /// For a day before this one.
    pub before: Option<Date>,
}

impl Filter for MeasurementFilter {
    type Of = Measurement;

    fn condition(&self) -> Condition {
        let targets =
            (!self.targets.is_empty()).then(|| Column::TargetId.is_in(self.targets.iter().map(|target| target.uuid())));
        let units = (!self.units.is_empty()).then(|| Column::UnitId.is_in(self.units.iter().map(|unit| unit.uuid())));
        Condition::all()
            .add_option(self.campaign.map(|campaign| Column::CampaignId.eq(campaign.uuid())))
            .add_option(targets)
            .add_option(units)
            .add_option(self.from.map(|day| Column::AsOf.gte(day)))
            .add_option(self.before.map(|day| Column::AsOf.lt(day)))
    }
}
