//! The snapshot: exactly the accepted reports at the freeze, who is missing, and the figures that follow from them.
//!
//! Nothing that is signed is computed live (`domain.md` §5.10). The figures are a function of what the snapshot holds,
//! so that anybody can compute them again, and each names the report version and the measurement it comes from.

use serde::{Deserialize, Serialize};

use super::figures::Figures;
use crate::{
    campaign::Plan,
    period::{Period, PeriodId},
    refusal::Code,
    report::{
        ExemplarFound, Figure, MovementResult, Report, ReportId,
        compliance::{Filing, Status},
    },
    text::{Line, Paragraph, Token},
    time::{Date, Timestamp},
    unit::{Unit, UnitId},
};

/// A period that went into the snapshot.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FrozenPeriod {
    /// The period.
    pub period: PeriodId,
    /// Its code.
    pub code: Token,
    /// Its name.
    pub name: Line,
    /// First day that is reported on.
    pub starts_on: Date,
    /// Last day that is reported on.
    pub ends_on: Date,
}

/// A report that went into the snapshot, in the version that was accepted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IncludedReport {
    /// The unit.
    pub unit: UnitId,
    /// The unit's code.
    pub unit_code: Token,
    /// The unit's name on the day of the freeze.
    pub unit_name: Line,
    /// The period.
    pub period: PeriodId,
    /// The report.
    pub report: ReportId,
    /// Its version.
    pub version: i64,
    /// How often it was handed in.
    pub round: u32,
    /// Whether the unit owed it; others report of their own will.
    pub owed: bool,
    /// Whether it was late.
    pub late: bool,
    /// Its figures, as they were handed in.
    pub figures: Vec<Figure>,
    /// What it says of movements.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub movement_results: Vec<MovementResult>,
    /// The examples that it found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exemplars: Vec<ExemplarFound>,
    /// Number of documents that it issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documents_issued: Option<u32>,
    /// Number of people that it reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people_reached: Option<u32>,
}

/// Why a unit that owes a report is not in the figures.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MissingReason {
    /// Nothing was handed in.
    NotSubmitted,
    /// It was handed in, and waits to be judged.
    NotAccepted,
    /// It was given back, and has not come back.
    Returned,
}

/// A unit that owes a report and is not in the figures; it is named, never dropped.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MissingUnit {
    /// The unit.
    pub unit: UnitId,
    /// The unit's code.
    pub unit_code: Token,
    /// The unit's name on the day of the freeze.
    pub unit_name: Line,
    /// The period for which it owes a report.
    pub period: PeriodId,
    /// Why.
    pub reason: MissingReason,
    /// What the coordinating office says about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Paragraph>,
}

/// What the report to the city rests on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    /// When it was frozen, by the business clock.
    pub frozen_at: Timestamp,
    /// The day that the report prints as "số liệu tính đến ngày"; no figure is of a later day.
    pub cut_off: Date,
    /// The periods, by their last day.
    pub periods: Vec<FrozenPeriod>,
    /// The accepted reports, by unit code and period.
    pub included: Vec<IncludedReport>,
    /// The units that owe a report and have no accepted one, by unit code and period.
    pub missing: Vec<MissingUnit>,
    /// What follows from the included reports.
    pub figures: Figures,
}

/// What storage knows when a report to the city is frozen.
#[derive(Clone, Debug)]
pub struct FreezeFacts {
    /// The plan of the campaign.
    pub plan: Plan,
    /// The periods that the caller named, as far as they are of this campaign.
    pub periods: Vec<Period>,
    /// Every report of these periods that is accepted or locked.
    pub accepted: Vec<Report>,
    /// Every report of these periods that is not superseded, with its period.
    pub filings: Vec<(PeriodId, Filing)>,
    /// Every unit that owes a report for one of them or has one accepted.
    pub units: Vec<Unit>,
}

/// Freezes the accepted reports. The same facts give the same snapshot, in whatever order storage found them.
///
/// # Errors
/// [`Code::UnknownReference`] where a unit of the facts has no entry among them.
pub fn freeze(facts: &FreezeFacts, cut_off: Date, now: Timestamp) -> Result<Snapshot, Code> {
    let mut periods: Vec<_> = facts.periods.iter().map(frozen_period).collect();
    periods.sort_by(|one, other| (one.ends_on, &one.code, one.period).cmp(&(other.ends_on, &other.code, other.period)));
    let today = now.date();
    let mut included: Vec<_> =
        facts.accepted.iter().map(|report| include(report, facts, today)).collect::<Result<_, _>>()?;
    let mut missing = missing(facts, today)?;
    let place = |period: PeriodId| periods.iter().position(|frozen| frozen.period == period);
    included.sort_by(|one, other| {
        (&one.unit_code, place(one.period), one.report).cmp(&(&other.unit_code, place(other.period), other.report))
    });
    missing.sort_by(|one, other| (&one.unit_code, place(one.period)).cmp(&(&other.unit_code, place(other.period))));
    let figures = Figures::of(&facts.plan, &periods, &included, &missing);
    Ok(Snapshot { frozen_at: now, cut_off, periods, included, missing, figures })
}

fn frozen_period(period: &Period) -> FrozenPeriod {
    FrozenPeriod {
        period: period.root.id,
        code: period.code.clone(),
        name: period.name.clone(),
        starts_on: period.starts_on,
        ends_on: period.ends_on,
    }
}

fn include(report: &Report, facts: &FreezeFacts, today: Date) -> Result<IncludedReport, Code> {
    let unit = entry(facts, report.unit)?;
    let owed = facts.periods.iter().any(|period| period.root.id == report.period && period.is_owed_by(report.unit));
    let leadership = report.content.leadership.as_ref();
    Ok(IncludedReport {
        unit: report.unit,
        unit_code: unit.code.clone(),
        unit_name: unit.name_on(today).clone(),
        period: report.period,
        report: report.root.id,
        version: report.root.version,
        round: report.round,
        owed,
        late: report.late.unwrap_or(false),
        figures: report.figures.clone(),
        movement_results: report.content.movement_results.clone(),
        exemplars: report.content.exemplars.clone(),
        documents_issued: leadership.and_then(|leadership| leadership.documents_issued),
        people_reached: leadership.and_then(|leadership| leadership.people_reached),
    })
}

/// Only who owes a report can be missing (plan, part V.7); a correction that is still open hides nothing.
fn missing(facts: &FreezeFacts, today: Date) -> Result<Vec<MissingUnit>, Code> {
    let mut missing = Vec::new();
    for period in &facts.periods {
        for owed in &period.owed {
            let has = facts.accepted.iter().any(|it| it.unit == owed.unit && it.period == period.root.id);
            if has {
                continue;
            }
            let unit = entry(facts, owed.unit)?;
            missing.push(MissingUnit {
                unit: owed.unit,
                unit_code: unit.code.clone(),
                unit_name: unit.name_on(today).clone(),
                period: period.root.id,
                reason: reason(facts, period.root.id, owed.unit),
                explanation: None,
            });
        }
    }
    Ok(missing)
}

fn reason(facts: &FreezeFacts, period: PeriodId, unit: UnitId) -> MissingReason {
    let filed = facts.filings.iter().find(|(of, filing)| *of == period && filing.unit == unit);
    match filed.map(|(_, filing)| filing.status) {
        None | Some(Status::NotStarted | Status::Drafting | Status::NotSubmitted) => MissingReason::NotSubmitted,
        Some(Status::Submitted | Status::Accepted) => MissingReason::NotAccepted,
        Some(Status::Returned) => MissingReason::Returned,
    }
}

fn entry(facts: &FreezeFacts, unit: UnitId) -> Result<&Unit, Code> {
    facts.units.iter().find(|entry| entry.root.id == unit).ok_or(Code::UnknownReference)
}

impl Snapshot {
    /// Whether the accepted reports are no longer those that were frozen; what is accepted is immutable, so that their
    /// identities say it.
    #[must_use]
    pub fn stale(&self, accepted_now: &[ReportId]) -> bool {
        let here = |report: &ReportId| self.included.iter().any(|included| included.report == *report);
        let there = |included: &IncludedReport| accepted_now.contains(&included.report);
        !(accepted_now.iter().all(here) && self.included.iter().all(there))
    }

    /// The figures once more, from what the snapshot holds.
    #[must_use]
    pub fn recomputed(&self, plan: &Plan) -> Figures {
        Figures::of(plan, &self.periods, &self.included, &self.missing)
    }
}
