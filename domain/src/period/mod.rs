//! Reporting periods (*kỳ báo cáo*): when units report, until when, and exactly which units owe a report.
//!
//! The plan says "định kỳ" without a date (part V.7), so periods are data that the coordinating office sets.

use serde::{Deserialize, Serialize};

use crate::{
    campaign::CampaignId,
    change::{Aggregate, ObjectType, Root},
    id::Id,
    policy::{Subject, Visibility},
    principal::{Actor, Role},
    text::{Line, Token},
    time::{Date, Deadline, Timestamp},
    unit::UnitId,
};

mod commands;
mod owed;
mod schedule;
mod stage;
#[cfg(test)]
mod tests;

pub use commands::{ClosePeriod, CreatePeriod, OpenPeriod, PeriodFacts, ReopenPeriod};
pub(crate) use owed::owed_anew;
pub use owed::{Owed, owed};
pub use schedule::{
    CreatePeriodSchedule, Due, Pattern, PeriodSchedule, PeriodScheduleId, ScheduleFacts, ScheduledPeriod, Slot,
};
pub use stage::Stage;

/// Identifies a reporting period.
pub type PeriodId = Id<Period>;

/// What sort of period it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PeriodKind {
    /// Each month (hằng tháng).
    Monthly,
    /// Each quarter (hằng quý).
    Quarterly,
    /// When asked (đột xuất).
    AdHoc,
    /// Sơ kết.
    Interim,
    /// Tổng kết, whose reports go into the report to the city.
    Final,
}

impl PeriodKind {
    /// All kinds.
    pub const ALL: &'static [Self] = &[Self::Monthly, Self::Quarterly, Self::AdHoc, Self::Interim, Self::Final];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Monthly => "MONTHLY",
            Self::Quarterly => "QUARTERLY",
            Self::AdHoc => "AD_HOC",
            Self::Interim => "INTERIM",
            Self::Final => "FINAL",
        }
    }
}

/// A reporting period of a campaign.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Period {
    /// Identity and version.
    pub root: Root<Self>,
    /// The campaign.
    pub campaign: CampaignId,
    /// The schedule by which it was planned, where it was not planned alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<PeriodScheduleId>,
    /// Short code, unique within the campaign: `2025-10`.
    pub code: Token,
    /// Name as shown: "Tháng 10 năm 2025".
    pub name: Line,
    /// What sort of period.
    pub kind: PeriodKind,
    /// First day that is reported on.
    pub starts_on: Date,
    /// Last day that is reported on.
    pub ends_on: Date,
    /// From when on reports are expected to come in, as announced.
    pub opens_at: Timestamp,
    /// A report handed in at this instant or later is late.
    pub due_before: Deadline,
    /// When it is to be closed, as announced.
    pub closes_at: Timestamp,
    /// Where it stands.
    pub stage: Stage,
    /// Exactly the units that owe a report; nobody else is ever missing. Fixed when the period is created, and changed by a
    /// reorganisation of those units alone, while the reports have not fallen due.
    pub owed: Vec<Owed>,
}

impl Period {
    /// Whether the unit owes a report for it.
    #[must_use]
    pub fn is_owed_by(&self, unit: UnitId) -> bool {
        self.owed.iter().any(|owed| owed.unit == unit)
    }

    /// What handing in a report must know of it.
    #[must_use]
    pub fn terms(&self) -> Terms {
        let Self { stage, starts_on, ends_on, due_before, .. } = self;
        Terms { stage: stage.clone(), starts_on: *starts_on, ends_on: *ends_on, due_before: *due_before }
    }
}

/// What handing in a report must know of its period: a part of its state, and read from it without the rest.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Terms {
    /// Where the period stands.
    pub stage: Stage,
    /// First day that is reported on.
    pub starts_on: Date,
    /// Last day that is reported on.
    pub ends_on: Date,
    /// A report handed in at this instant or later is late.
    pub due_before: Deadline,
}

impl Aggregate for Period {
    const TYPE: ObjectType = ObjectType::Period;

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
        Some(self.campaign)
    }
    fn unit(&self) -> Option<UnitId> {
        None
    }
    // For those who report and those who follow the reports.
    fn visibility(actor: &Actor) -> Visibility {
        let reports = actor.has_any(&[Role::UnitOfficer, Role::UnitHead]);
        if reports || actor.has_any(Role::OVERSIGHT) { Visibility::everything() } else { Visibility::nothing() }
    }
}

impl Subject for Period {
    fn unit(&self) -> Option<UnitId> {
        None
    }
}
