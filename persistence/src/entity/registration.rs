//! Table `registration`.

use sea_orm::{Condition, entity::prelude::*};
use serde_json::json;
use thidua_domain::{campaign::CampaignId, registration::Registration, unit::UnitId};

use crate::{page::Filter, stored::Stored};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "registration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub stage: String,
    pub campaign_id: Uuid,
    pub unit_id: Uuid,
    pub corrects_id: Option<Uuid>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub state: Json,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Stored for Registration {
    type Entity = Entity;
    const COLUMNS: &'static [(&'static str, &'static str)] =
        &[("campaign_id", "uuid"), ("unit_id", "uuid"), ("corrects_id", "uuid")];

    fn columns(&self) -> serde_json::Value {
        json!({ "campaign_id": self.campaign, "unit_id": self.unit, "corrects_id": self.corrects })
    }
}

/// Which registrations.
#[derive(Clone, Debug)]
pub struct RegistrationFilter {
    /// Of this campaign.
    pub campaign: CampaignId,
    /// Of one of these units; all without one.
    pub units: Vec<UnitId>,
    /// In one of these stages; all without one.
    pub stages: Vec<&'static str>,
}

impl Filter for RegistrationFilter {
    type Of = Registration;

    fn condition(&self) -> Condition {
        let units = (!self.units.is_empty()).then(|| Column::UnitId.is_in(self.units.iter().map(|unit| unit.uuid())));
        let stages = (!self.stages.is_empty()).then(|| Column::Stage.is_in(self.stages.iter().copied()));
        Condition::all().add(Column::CampaignId.eq(self.campaign.uuid())).add_option(units).add_option(stages)
    }
}
