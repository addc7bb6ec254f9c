//! Sorts of units on the wire.

use serde::{Deserialize, Serialize};
use thidua_domain::unit::UnitType;
use utoipa::ToSchema;

/// What sort of unit it is. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum UnitTypeCode {
    Authority,
    Department,
    Office,
    ServiceUnit,
    FrontAndUnions,
    School,
    HealthStation,
    ArmedForce,
    Village,
    Cooperative,
    Enterprise,
    OtherAgency,
}

impl From<UnitTypeCode> for UnitType {
    fn from(code: UnitTypeCode) -> Self {
        match code {
            UnitTypeCode::Authority => Self::Authority,
            UnitTypeCode::Department => Self::Department,
            UnitTypeCode::Office => Self::Office,
            UnitTypeCode::ServiceUnit => Self::ServiceUnit,
            UnitTypeCode::FrontAndUnions => Self::FrontAndUnions,
            UnitTypeCode::School => Self::School,
            UnitTypeCode::HealthStation => Self::HealthStation,
            UnitTypeCode::ArmedForce => Self::ArmedForce,
            UnitTypeCode::Village => Self::Village,
            UnitTypeCode::Cooperative => Self::Cooperative,
            UnitTypeCode::Enterprise => Self::Enterprise,
            UnitTypeCode::OtherAgency => Self::OtherAgency,
        }
    }
}

impl From<UnitType> for UnitTypeCode {
    fn from(unit_type: UnitType) -> Self {
        match unit_type {
            UnitType::Authority => Self::Authority,
            UnitType::Department => Self::Department,
            UnitType::Office => Self::Office,
            UnitType::ServiceUnit => Self::ServiceUnit,
            UnitType::FrontAndUnions => Self::FrontAndUnions,
            UnitType::School => Self::School,
            UnitType::HealthStation => Self::HealthStation,
            UnitType::ArmedForce => Self::ArmedForce,
            UnitType::Village => Self::Village,
            UnitType::Cooperative => Self::Cooperative,
            UnitType::Enterprise => Self::Enterprise,
            UnitType::OtherAgency => Self::OtherAgency,
        }
    }
}
