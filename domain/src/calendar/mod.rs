//! The working calendar (*lịch làm việc*): Saturdays and Sundays are off, and dated exceptions say what is otherwise.
//!
//! An exception counts from the day on which it was decided, so that it can be asked what was known on a day. A change
//! of the calendar moves no deadline that was announced: it counts for what is reckoned from then on.

use serde::{Deserialize, Serialize};

use crate::{
    campaign::CampaignId,
    change::{Aggregate, Edge, ObjectType, Root},
    id::Id,
    policy::{Subject, Visibility},
    principal::Actor,
    text::{Line, Paragraph},
    time::Date,
    unit::UnitId,
};

mod commands;
#[cfg(test)]
mod tests;
mod working;

pub use commands::{RecordCalendarDay, WithdrawCalendarDay};
pub use working::{WorkingCalendar, is_weekend};

/// Identifies an exception of the calendar.
pub type CalendarDayId = Id<CalendarDay>;

/// What an exception says of its day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DayKind {
    /// Off, whatever day of the week it is (ngày nghỉ).
    Holiday,
    /// A Saturday or Sunday that is worked for a day off elsewhere (ngày làm bù).
    MakeUp,
}

impl DayKind {
    /// Both kinds.
    pub const ALL: &'static [Self] = &[Self::Holiday, Self::MakeUp];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Holiday => "HOLIDAY",
            Self::MakeUp => "MAKE_UP",
        }
    }
}

/// Whether an exception holds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Stage {
    /// It holds.
    InForce,
    /// It holds no longer.
    Withdrawn {
        /// From which day on it is not known any more.
        withdrawn_on: Date,
        /// Why.
        reason: Paragraph,
    },
}

impl Stage {
    /// The name on the wire.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::InForce => "IN_FORCE",
            Self::Withdrawn { .. } => "WITHDRAWN",
        }
    }

    /// Every transition: from, command, to; the chart in `docs/state-machines/` is made of it.
    #[must_use]
    pub const fn edges() -> &'static [Edge] {
        &[("", "recordCalendarDay", "IN_FORCE"), ("IN_FORCE", "withdrawCalendarDay", "WITHDRAWN")]
    }
}

/// A day on which the calendar is not what the week says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CalendarDay {
    /// Identity and version.
    pub root: Root<Self>,
    /// The day.
    pub day: Date,
    /// What is said of it.
    pub kind: DayKind,
    /// Its name: "Quốc khánh".
    pub name: Line,
    /// What says so: the law, or the notice of the day.
    pub instrument: Paragraph,
    /// The day on which that was decided; before it, nobody could reckon with it.
    pub decided_on: Date,
    /// Whether it holds.
    pub stage: Stage,
}

impl CalendarDay {
    /// Whether the exception was decided, and not withdrawn, by the end of a day.
    #[must_use]
    pub fn known_on(&self, day: Date) -> bool {
        let gone = match &self.stage {
            Stage::InForce => false,
            Stage::Withdrawn { withdrawn_on, .. } => *withdrawn_on <= day,
        };
        self.decided_on <= day && !gone
    }
}

impl Aggregate for CalendarDay {
    const TYPE: ObjectType = ObjectType::CalendarDay;

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
        None
    }
    // The calendar is no secret to anybody who is known here.
    fn visibility(actor: &Actor) -> Visibility {
        if actor.roles.is_empty() { Visibility::nothing() } else { Visibility::everything() }
    }
}

impl Subject for CalendarDay {
    fn unit(&self) -> Option<UnitId> {
        None
    }
}
