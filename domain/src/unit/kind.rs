//! Sorts of units.

use serde::{Deserialize, Serialize};

use crate::document::symbol::Grammar;

/// What sort of unit it is; obligations of a plan name types as well as units.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum UnitType {
    /// The People's Committee itself (UBND).
    Authority,
    /// A specialised office of the commune (phòng chuyên môn).
    Department,
    /// The office of HĐND and UBND (văn phòng).
    Office,
    /// A public service unit (đơn vị sự nghiệp).
    ServiceUnit,
    /// The Fatherland Front and its organisations.
    FrontAndUnions,
    /// A school (trường học).
    School,
    /// A health station (trạm y tế).
    HealthStation,
    /// Commune police or military command (công an, quân sự xã).
    ArmedForce,
    /// A village (thôn), without seal or symbol.
    Village,
    /// A cooperative (hợp tác xã).
    Cooperative,
    /// An enterprise (doanh nghiệp).
    Enterprise,
    /// An agency of a higher level on the commune's soil.
    OtherAgency,
}

impl UnitType {
    /// All types.
    pub const ALL: &'static [Self] = &[
        Self::Authority,
        Self::Department,
        Self::Office,
        Self::ServiceUnit,
        Self::FrontAndUnions,
        Self::School,
        Self::HealthStation,
        Self::ArmedForce,
        Self::Village,
        Self::Cooperative,
        Self::Enterprise,
        Self::OtherAgency,
    ];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Authority => "AUTHORITY",
            Self::Department => "DEPARTMENT",
            Self::Office => "OFFICE",
            Self::ServiceUnit => "SERVICE_UNIT",
            Self::FrontAndUnions => "FRONT_AND_UNIONS",
            Self::School => "SCHOOL",
            Self::HealthStation => "HEALTH_STATION",
            Self::ArmedForce => "ARMED_FORCE",
            Self::Village => "VILLAGE",
            Self::Cooperative => "COOPERATIVE",
            Self::Enterprise => "ENTERPRISE",
            Self::OtherAgency => "OTHER_AGENCY",
        }
    }

    /// In which grammars units of this sort write the symbols of their papers: State bodies in that of the State, the Front and
    /// its organisations in either; a village has none (`domain.md` §0.21).
    #[must_use]
    pub const fn grammars(self) -> &'static [Grammar] {
        match self {
            Self::Village => &[],
            Self::FrontAndUnions => &[Grammar::State, Grammar::Party],
            Self::Authority
            | Self::Department
            | Self::Office
            | Self::ServiceUnit
            | Self::School
            | Self::HealthStation
            | Self::ArmedForce
            | Self::Cooperative
            | Self::Enterprise
            | Self::OtherAgency => &[Grammar::State],
        }
    }

    /// What the head of a unit of this sort is called on a paper, where nobody entered a title: "Hiệu trưởng".
    #[must_use]
    pub const fn head(self) -> &'static str {
        match self {
            Self::Authority => "Chủ tịch",
            Self::Department => "Trưởng phòng",
            Self::Office => "Chánh Văn phòng",
            Self::ServiceUnit | Self::Cooperative | Self::Enterprise => "Giám đốc",
            Self::School => "Hiệu trưởng",
            Self::HealthStation => "Trạm trưởng",
            Self::Village => "Trưởng thôn",
            Self::FrontAndUnions | Self::ArmedForce | Self::OtherAgency => "Thủ trưởng đơn vị",
        }
    }
}
