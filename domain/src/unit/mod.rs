//! Units (*cơ quan, đơn vị*): offices, schools, stations, villages; known by code, and by date in everything else.
//!
//! A unit keeps its identity and its code for ever. Its name, the unit above it and the body that manages it hold from a
//! day on; an act of reorganisation (*đổi tên, chuyển, giải thể, hợp nhất, sáp nhập, chia, tách*) says what holds next, and
//! what decided it. What a unit did stays with it.

use serde::{Deserialize, Serialize};

use crate::{
    campaign::CampaignId,
    change::{Aggregate, ObjectType, Root},
    id::Id,
    policy::{Subject, Visibility},
    principal::Actor,
    refusal::{Code, Fault},
    text::{Line, Token},
    time::Date,
};

mod commands;
mod dissolving;
mod face;
mod founding;
mod hierarchy;
mod history;
mod kind;
mod merging;
mod placing;
mod splitting;
mod stage;
#[cfg(test)]
mod tests;
mod tree;

pub use commands::{CreateUnit, RenameUnit, TransferUnit, UnitFacts};
pub use dissolving::DissolveUnit;
pub use face::{Face, Faces, UnitEntry, UnitLife};
pub use founding::{NewUnit, Predecessor};
pub use hierarchy::{Extent, Hierarchy};
pub use history::{Act, Decision, Grounds, Happening};
pub use kind::UnitType;
pub use merging::{MergeUnits, Successor};
pub use placing::{Placement, ReorganisationFacts};
pub use splitting::SplitUnit;
pub use stage::Stage;
pub use tree::Tree;

/// Identifies a unit.
pub type UnitId = Id<Unit>;

/// A unit of the commune or on its soil.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Unit {
    /// Identity and version.
    pub root: Root<Self>,
    /// Short code, as plans use it: `VHXH`. It never changes, and is never used again.
    pub code: Token,
    /// Full name, as printed, on the first day.
    pub name: Line,
    /// What sort of unit.
    #[serde(rename = "type")]
    pub unit_type: UnitType,
    /// The unit above, on the first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<UnitId>,
    /// The body that manages it (cơ quan quản lý cấp trên), on the first day; it need not be a unit of the directory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub managing_authority: Option<Line>,
    /// First day of existence.
    pub valid_from: Date,
    /// First day on which it no longer exists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_before: Option<Date>,
    /// Whether an end is recorded, and which.
    #[serde(default)]
    pub stage: Stage,
    /// What became of it since, by the day from which it counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acts: Vec<Act>,
    /// The units that ended and in whose place it stands, those of earlier changes among them: those who work for it read
    /// what they left.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub heritage: Vec<Predecessor>,
    /// Made up for demonstration; never part of a real directory.
    #[serde(default)]
    pub sample: bool,
}

/// When a unit exists.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Lifetime {
    /// First day of existence.
    pub from: Date,
    /// First day on which it no longer exists.
    #[serde(default)]
    pub before: Option<Date>,
}

impl Lifetime {
    /// Whether a day lies in it.
    #[must_use]
    pub fn covers(self, day: Date) -> bool {
        self.from <= day && self.before.is_none_or(|end| day < end)
    }
}

impl Unit {
    /// When it exists.
    #[must_use]
    pub const fn lifetime(&self) -> Lifetime {
        Lifetime { from: self.valid_from, before: self.valid_before }
    }

    /// Whether the unit exists on a day.
    #[must_use]
    pub fn exists_on(&self, day: Date) -> bool {
        self.lifetime().covers(day)
    }

    /// Whether a day lies in its past or in its future so that an act can count from it: after the first day, and not
    /// before what was recorded last.
    fn check_day(&self, day: Date) -> Result<(), Code> {
        if day <= self.valid_from {
            Err(Code::ActBeforeFounding)
        } else if self.acts.last().is_some_and(|last| day < last.grounds.effective_on) {
            Err(Code::ActOutOfOrder)
        } else {
            Ok(())
        }
    }

    /// The same as a fault of the day that the caller gave, which names the unit.
    fn day_fault(&self, day: Date) -> Option<Fault> {
        let code = self.check_day(day).err()?;
        Some(Fault::at("/effectiveDate", code).about(self.name_on(day).clone()))
    }

    /// Only what exists on a day, and of which no end is recorded, takes on from then what lasts.
    pub(crate) fn takes_on(&self, day: Date) -> Result<(), Code> {
        self.active()?;
        if self.exists_on(day) { Ok(()) } else { Err(Code::UnitNotThere) }
    }

    /// Only what has no end recorded can be reorganised.
    fn active(&self) -> Result<(), Code> {
        if self.stage == Stage::Active { Ok(()) } else { Err(Code::UnitEnded) }
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
        self.stage.code()
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

impl Subject for Unit {
    fn unit(&self) -> Option<UnitId> {
        Some(self.root.id)
    }
}
