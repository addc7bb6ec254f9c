//! Units (*cơ quan, đơn vị*): offices, schools, stations, villages; known by code, valid by date.

use serde::{Deserialize, Serialize};

use crate::{
    campaign::CampaignId,
    change::{Aggregate, Change, Moment, ObjectType, Root},
    id::Id,
    policy::{Action, Command, Directory, Permitted, Visibility},
    principal::Actor,
    refusal::{Code, Refusal},
    text::{Line, Token},
    time::Date,
};

/// Identifies a unit.
pub type UnitId = Id<Unit>;

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
}

/// A unit of the commune or on its soil.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Unit {
    /// Identity and version.
    pub root: Root<Self>,
    /// Short code, as plans use it: `VHXH`.
    pub code: Token,
    /// Full name, as printed.
    pub name: Line,
    /// What sort of unit.
    #[serde(rename = "type")]
    pub unit_type: UnitType,
    /// The unit above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<UnitId>,
    /// First day of existence.
    pub valid_from: Date,
    /// First day on which it no longer exists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_before: Option<Date>,
    /// Made up for demonstration; never part of a real directory.
    #[serde(default)]
    pub sample: bool,
}

/// A unit as others name it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnitEntry {
    /// The unit.
    pub unit: UnitId,
    /// Its code.
    pub code: Token,
    /// Its name.
    pub name: Line,
}

impl Unit {
    /// Whether the unit exists on a day.
    #[must_use]
    pub fn exists_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_before.is_none_or(|end| day < end)
    }
}

impl Aggregate for Unit {
    const TYPE: ObjectType = ObjectType::Unit;

    fn root(&self) -> &Root<Self> {
        &self.root
    }
    fn root_mut(&mut self) -> &mut Root<Self> {
        &mut self.root
    }
    fn stage_code(&self) -> &'static str {
        "ACTIVE"
    }
    fn campaign(&self) -> Option<CampaignId> {
        None
    }
    fn unit(&self) -> Option<UnitId> {
        Some(self.root.id)
    }
    // Names of units are no secret to anybody who is known here.
    fn visibility(actor: &Actor) -> Visibility {
        if actor.roles.is_empty() { Visibility::nothing() } else { Visibility::everything() }
    }
}

/// Enters a unit into the directory.
#[derive(Clone, Debug)]
pub struct CreateUnit {
    /// Short code, unique.
    pub code: Token,
    /// Full name.
    pub name: Line,
    /// What sort of unit.
    pub unit_type: UnitType,
    /// The unit above, which the caller of this command has looked up.
    pub parent: Option<UnitId>,
    /// First day of existence.
    pub valid_from: Date,
    /// Whether it is made up.
    pub sample: bool,
}

impl Command<Directory> for CreateUnit {
    const ACTION: Action = Action::CreateUnit;
    type Of = Unit;

    fn ready(_: &Directory) -> Result<(), Code> {
        Ok(())
    }

    fn apply(self, _: Permitted<Self, Directory>, at: Moment<'_>) -> Result<Change<Unit>, Refusal> {
        let unit = Unit {
            root: at.root(),
            code: self.code,
            name: self.name,
            unit_type: self.unit_type,
            parent: self.parent,
            valid_from: self.valid_from,
            valid_before: None,
            sample: self.sample,
        };
        Ok(Change::created(unit, "unit.created"))
    }
}
