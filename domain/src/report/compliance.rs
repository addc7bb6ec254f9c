//! Who has reported for a period, who is late, who is missing: derived, and live (`domain.md` §0.24).

use chrono::TimeDelta;
use rust_decimal::Decimal;
use serde::Serialize;

use super::{Report, ReportId, Stage};
use crate::{
    change::Aggregate,
    measure::share_percent,
    period::Period,
    principal::{Actor, Role},
    time::{Deadline, Timestamp},
    unit::{Extent, Hierarchy, UnitId},
};

/// How many days before the deadline a report is due soon, where nobody says otherwise.
pub const DUE_SOON_DAYS: u16 = 3;

/// How far a unit has come with its report.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    /// Accepted or locked.
    Accepted,
    /// Handed in, not judged yet.
    Submitted,
    /// Given back to the unit.
    Returned,
    /// Being written.
    Drafting,
    /// Nothing is there.
    NotStarted,
    /// Nothing was handed in; whether it is being written is the unit's own matter.
    NotSubmitted,
}

impl Status {
    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "ACCEPTED",
            Self::Submitted => "SUBMITTED",
            Self::Returned => "RETURNED",
            Self::Drafting => "DRAFTING",
            Self::NotStarted => "NOT_STARTED",
            Self::NotSubmitted => "NOT_SUBMITTED",
        }
    }

    /// The status of a unit whose report is in the stage of this code; `None` for a report that no longer counts.
    #[must_use]
    pub fn of_stage(code: &str) -> Option<Self> {
        match code {
            "ACCEPTED" | "LOCKED" => Some(Self::Accepted),
            "SUBMITTED" => Some(Self::Submitted),
            "RETURNED" => Some(Self::Returned),
            "DRAFT" => Some(Self::Drafting),
            _ => None,
        }
    }

    const fn of(stage: &Stage) -> Option<Self> {
        match stage {
            Stage::Accepted { .. } | Stage::Locked { .. } => Some(Self::Accepted),
            Stage::Submitted { .. } => Some(Self::Submitted),
            Stage::Returned { .. } => Some(Self::Returned),
            Stage::Draft => Some(Self::Drafting),
            Stage::Superseded { .. } => None,
        }
    }
}

/// A report of the period in one line: all that compliance asks of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Filing {
    /// The report.
    pub report: ReportId,
    /// Its unit.
    pub unit: UnitId,
    /// How far it has come; a superseded report is no filing.
    pub status: Status,
    /// Whether it corrects another one.
    pub correction: bool,
    /// When the unit handed in for the period first.
    pub first_submitted_at: Option<Timestamp>,
    /// Whether that was late.
    pub late: bool,
}

impl Filing {
    /// The line of a report; `None` once it is superseded.
    #[must_use]
    pub fn of(report: &Report) -> Option<Self> {
        Some(Self {
            report: report.root.id,
            unit: report.unit,
            status: Status::of(&report.stage)?,
            correction: report.corrects.is_some(),
            first_submitted_at: report.first_submitted_at,
            late: report.late.unwrap_or(false),
        })
    }

    /// Whether it is a correction that is not accepted yet; what it corrects counts until then.
    #[must_use]
    pub fn open_correction(&self) -> bool {
        self.correction && self.status != Status::Accepted
    }
}

/// How one unit stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Standing {
    /// The unit.
    pub unit: UnitId,
    /// How far it has come.
    pub status: Status,
    /// The report that counts or is to count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<ReportId>,
    /// When it was handed in first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_submitted_at: Option<Timestamp>,
    /// It was handed in late; this stays.
    pub late: bool,
    /// The deadline is passed and nothing was handed in.
    pub missing: bool,
    /// The deadline is near and nothing was handed in.
    pub due_soon: bool,
    /// Whole days since the last day on which it could be handed in on time, while it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overdue_days: Option<i64>,
    /// A correction beside it waits to be handed in or judged.
    pub correction_open: bool,
}

impl Standing {
    /// Whether nothing was handed in yet; of a unit that owes a report, it is waited for.
    #[must_use]
    pub const fn awaited(&self) -> bool {
        self.first_submitted_at.is_none()
    }
}

/// How many units stand how; accepted, submitted, returned and not submitted add up to `owed`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Totals {
    /// Units that owe a report.
    pub owed: usize,
    /// Of them: accepted.
    pub accepted: usize,
    /// Of them: handed in, not judged yet.
    pub submitted: usize,
    /// Of them: given back.
    pub returned: usize,
    /// Of them: nothing was handed in.
    pub not_submitted: usize,
    /// Of these: being written; unknown to whom the drafts of one of them are hidden.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drafting: Option<usize>,
    /// Of these: nothing is there; known and unknown with the drafts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_started: Option<usize>,
    /// Handed in, whatever has come of it since.
    pub handed_in: usize,
    /// Handed in on time.
    pub on_time: usize,
    /// Handed in late.
    pub late: usize,
    /// Missing after the deadline.
    pub missing: usize,
    /// Due soon.
    pub due_soon: usize,
}

impl Totals {
    /// How complete the reports are (tỷ lệ nộp báo cáo): handed in, of all that owe one, in percent, six decimals, rounded down;
    /// `None` where nobody owes one.
    #[must_use]
    pub fn completeness(&self) -> Option<Decimal> {
        self.of_owed(self.handed_in)
    }

    /// How many are on time (tỷ lệ nộp đúng hạn): handed in on time, of all that owe one, in percent, as above.
    #[must_use]
    pub fn timeliness(&self) -> Option<Decimal> {
        self.of_owed(self.on_time)
    }

    fn of_owed(&self, count: usize) -> Option<Decimal> {
        share_percent(count.into(), self.owed.into())
    }
}

/// How the units stand for one period.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Compliance {
    /// The units that owe a report, in the order of the period.
    pub owing: Vec<Standing>,
    /// Units that handed in a report without owing one; they are never missing.
    pub voluntary: Vec<Standing>,
    /// Counts over `owing`.
    pub totals: Totals,
}

impl Compliance {
    /// What a caller sees of it: those who follow a campaign see all units, a unit itself; the totals count what is seen.
    /// To whom a unit's drafts are hidden, it has handed nothing in, and no more is said.
    #[must_use]
    pub fn seen_by(mut self, actor: &Actor) -> Self {
        let drafts = Report::visibility(actor);
        for standing in self.owing.iter_mut().chain(&mut self.voluntary) {
            let hidden = !drafts.admits(Some(standing.unit), Stage::Draft.code(), &[]);
            if hidden && matches!(standing.status, Status::Drafting | Status::NotStarted) {
                standing.status = Status::NotSubmitted;
            }
        }
        let (all, own) = (actor.has_any(Role::OVERSIGHT), actor.reads_for());
        self.only(|unit| all || own.contains(&unit))
    }

    /// The units that are meant, as they stand below each other on the day of the hierarchy; the totals count them.
    #[must_use]
    pub fn within(self, hierarchy: &Hierarchy<'_>, extent: Extent) -> Self {
        self.only(|unit| hierarchy.is_within(unit, extent))
    }

    fn only(mut self, meant: impl Fn(UnitId) -> bool) -> Self {
        self.owing.retain(|standing| meant(standing.unit));
        self.voluntary.retain(|standing| meant(standing.unit));
        self.totals = totals(&self.owing);
        self
    }
}

/// How the units stand for a period now; `filings` are its reports, `soon_days` the days that count as soon.
#[must_use]
pub fn compliance(period: &Period, filings: &[Filing], now: Timestamp, soon_days: u16) -> Compliance {
    let clock = Clock { due: period.due_before, now, soon_days };
    let owing: Vec<_> = period.owed.iter().map(|owed| clock.standing(owed.unit, filings, true)).collect();
    let mut units: Vec<_> = filings
        .iter()
        .filter(|filing| filing.status != Status::Drafting && !period.is_owed_by(filing.unit))
        .map(|filing| filing.unit)
        .collect();
    units.sort_unstable();
    units.dedup();
    let voluntary = units.into_iter().map(|unit| clock.standing(unit, filings, false)).collect();
    Compliance { totals: totals(&owing), owing, voluntary }
}

struct Clock {
    due: Deadline,
    now: Timestamp,
    soon_days: u16,
}

impl Clock {
    fn standing(&self, unit: UnitId, filings: &[Filing], owes: bool) -> Standing {
        let of_unit = || filings.iter().filter(|filing| filing.unit == unit);
        let current = of_unit().find(|filing| !filing.open_correction());
        let handed_in = current.and_then(|filing| filing.first_submitted_at);
        let waiting = owes && handed_in.is_none();
        let missing = waiting && self.due.missed_at(self.now);
        Standing {
            unit,
            status: current.map_or(Status::NotStarted, |filing| filing.status),
            report: current.map(|filing| filing.report),
            first_submitted_at: handed_in,
            late: current.is_some_and(|filing| filing.late),
            missing,
            due_soon: waiting && !missing && self.left() <= TimeDelta::days(i64::from(self.soon_days)),
            overdue_days: missing.then(|| (self.now.date() - self.due.last_day()).num_days()),
            correction_open: of_unit().any(Filing::open_correction),
        }
    }

    fn left(&self) -> TimeDelta {
        self.due.instant().utc() - self.now.utc()
    }
}

fn totals(owing: &[Standing]) -> Totals {
    let count = |status: Status| owing.iter().filter(|standing| standing.status == status).count();
    let (drafting, not_started, unknown) =
        (count(Status::Drafting), count(Status::NotStarted), count(Status::NotSubmitted));
    let mut totals = Totals {
        owed: owing.len(),
        accepted: count(Status::Accepted),
        submitted: count(Status::Submitted),
        returned: count(Status::Returned),
        not_submitted: drafting + not_started + unknown,
        drafting: (unknown == 0).then_some(drafting),
        not_started: (unknown == 0).then_some(not_started),
        ..Totals::default()
    };
    for standing in owing {
        totals.handed_in += usize::from(!standing.awaited());
        totals.on_time += usize::from(!standing.awaited() && !standing.late);
        totals.late += usize::from(standing.late);
        totals.missing += usize::from(standing.missing);
        totals.due_soon += usize::from(standing.due_soon);
    }
    totals
}
