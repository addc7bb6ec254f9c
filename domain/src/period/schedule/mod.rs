//! Schedules (*lịch báo cáo*): periods planned several at once, with deadlines on the working calendar.
//!
//! The plan says "định kỳ" without a day, so the coordinating office says how often and how many working days units have.
//! What comes of it are ordinary periods; the schedule stays as the record of why their deadlines are what they are.

use serde::{Deserialize, Serialize};

use super::{Period, PeriodId, PeriodKind};
use crate::{
    campaign::CampaignId,
    change::{Aggregate, ObjectType, Root},
    id::Id,
    policy::Visibility,
    principal::Actor,
    text::{Line, Token},
    time::Date,
    unit::UnitId,
};

mod command;
mod slots;
#[cfg(test)]
mod tests;

pub use command::{CreatePeriodSchedule, ScheduleFacts};
pub use slots::Slot;

/// Identifies a schedule.
pub type PeriodScheduleId = Id<PeriodSchedule>;

/// Until when the report of a period is in time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Due {
    /// So many working days after the last day reported on.
    WorkingDays {
        /// How many; with none it is that last day, or the next working day.
        count: u16,
    },
    /// To the end of this day, whatever day it is.
    On {
        /// The last day in time.
        day: Date,
    },
}

/// What a schedule asks for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pattern {
    /// What sort of periods: one for each month or quarter, or a single one.
    pub kind: PeriodKind,
    /// First day that is reported on.
    pub starts_on: Date,
    /// Last day that is reported on.
    pub ends_on: Date,
    /// The code of a single period; months and quarters have their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Token>,
    /// The name of a single period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Line>,
    /// Until when a report is in time.
    pub due: Due,
    /// How many days before the last day reported on reports are expected.
    pub opens_days_before: u16,
    /// How many working days after the last day in time a period is to be closed.
    pub closes_working_days: u16,
}

/// A period of a schedule, by its code.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScheduledPeriod {
    /// The period.
    pub period: PeriodId,
    /// Its code.
    pub code: Token,
}

/// A schedule that was carried out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PeriodSchedule {
    /// Identity and version.
    pub root: Root<Self>,
    /// The campaign.
    pub campaign: CampaignId,
    /// What was asked for.
    pub pattern: Pattern,
    /// The working calendar was taken as it was known on this day.
    pub known_on: Date,
    /// The periods that were planned, in the order of their days.
    pub planned: Vec<ScheduledPeriod>,
    /// The periods that were there already under these codes, and were left as they are.
    pub existing: Vec<ScheduledPeriod>,
}

impl Aggregate for PeriodSchedule {
    const TYPE: ObjectType = ObjectType::PeriodSchedule;

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
        Some(self.campaign)
    }
    fn unit(&self) -> Option<UnitId> {
        None
    }
    // Whoever sees the periods may know where they come from.
    fn visibility(actor: &Actor) -> Visibility {
        Period::visibility(actor)
    }
}
