//! Table `measurement`.

use sea_orm::{Condition, entity::prelude::*};
use serde_json::json;
use thidua_domain::target::{Measurement, TargetId};

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
    const ALSO: &'static str = ",
             projected AS (
                 UPDATE target SET current_id = i.id, current_as_of = i.as_of, current_value = i.state::jsonb -> 'value'
                 FROM input i
                 WHERE target.id = i.target_id AND (target.current_as_of IS NULL OR target.current_as_of <= i.as_of))";

    fn columns(&self) -> serde_json::Value {
        json!({ "target_id": self.target, "campaign_id": self.campaign, "unit_id": self.unit, "as_of": self.as_of })
    }
}

/// Which measurements.
#[derive(Clone, Debug)]
pub struct MeasurementFilter {
    /// Of this target.
    pub target: TargetId,
}

impl Filter for MeasurementFilter {
    type Of = Measurement;

    fn condition(&self) -> Condition {
        Condition::all().add(Column::TargetId.eq(self.target.uuid()))
    }
}
