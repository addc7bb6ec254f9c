//! Freezing what a report rests on, and freezing it again.

use super::{ConsolidatedKind, ConsolidatedReport, ConsolidatedReportId, FreezeFacts, Snapshot, Stage, freeze};
use crate::{
    change::{Change, Moment},
    period::PeriodId,
    policy::{Action, Command, Permitted},
    principal::remember,
    refusal::{Code, Fault, Refusal},
    registration::{duplicates, too_long},
    time::{Date, Timestamp},
};

/// How many periods one report may rest on.
const MAX_PERIODS: usize = 24;

/// What is to be frozen.
#[derive(Clone, Debug)]
pub struct Frozen {
    /// The periods whose accepted reports go in.
    pub periods: Vec<PeriodId>,
    /// The day that the report prints as "số liệu tính đến ngày".
    pub cut_off_date: Date,
    /// What storage knows.
    pub facts: FreezeFacts,
}

impl Frozen {
    pub(super) fn check(&self, kind: ConsolidatedKind, now: Timestamp) -> Vec<Fault> {
        let mut faults = too_long("/periodIds", self.periods.len(), MAX_PERIODS);
        if self.periods.is_empty() {
            faults.push(Fault::at("/periodIds", Code::FieldMissing));
        }
        faults.extend(duplicates(&self.periods, |index| format!("/periodIds/{index}")));
        for (index, id) in self.periods.iter().enumerate() {
            let code = match self.facts.periods.iter().find(|period| period.root.id == *id) {
                None => Code::UnknownReference,
                Some(period) if !kind.rests_on(period.kind) => Code::PeriodOfOtherKind,
                Some(_) => continue,
            };
            faults.push(Fault::at(format!("/periodIds/{index}"), code));
        }
        if self.cut_off_date > now.date() {
            faults.push(Fault::at("/cutOffDate", Code::DayInFuture));
        }
        let figures = self.facts.accepted.iter().flat_map(|report| &report.figures);
        if figures.filter_map(|figure| figure.finding.as_ref()).any(|finding| finding.as_of > self.cut_off_date) {
            faults.push(Fault::at("/cutOffDate", Code::CutOffBeforeFigure));
        }
        faults
    }

    pub(super) fn snapshot(&self, now: Timestamp) -> Result<Snapshot, Refusal> {
        Ok(freeze(&self.facts, self.cut_off_date, now)?)
    }
}

/// Freezes again, while the report is a draft; what was said of units that are still missing stays.
#[derive(Clone, Debug)]
pub struct FreezeConsolidatedReport {
    /// What is frozen.
    pub frozen: Frozen,
    /// Another report of the same kind that stands on exactly these periods, where it is for the committee.
    pub standing: Option<ConsolidatedReportId>,
}

impl Command<ConsolidatedReport> for FreezeConsolidatedReport {
    const ACTION: Action = Action::FreezeConsolidatedReport;
    type Of = ConsolidatedReport;

    fn ready(report: &ConsolidatedReport) -> Result<(), Code> {
        draft(report)
    }

    fn apply(
        self,
        on: Permitted<Self, ConsolidatedReport>,
        at: Moment<'_>,
    ) -> Result<Change<ConsolidatedReport>, Refusal> {
        Refusal::unless_empty(self.frozen.check(on.kind, at.now))?;
        if self.standing.is_some() {
            let code = Code::ConsolidatedReportExistsForPeriods;
            return Err(Refusal { code, faults: vec![Fault::at("/periodIds", code)] });
        }
        let mut snapshot = self.frozen.snapshot(at.now)?;
        for missing in &mut snapshot.missing {
            let before = on.snapshot.missing.iter().find(|it| it.unit == missing.unit && it.period == missing.period);
            missing.explanation = before.and_then(|before| before.explanation.clone());
        }
        let person = on.by().person;
        Ok(on.made(at.now, "consolidatedReport.frozen", |report| {
            report.snapshot = snapshot;
            remember(&mut report.drafters, person);
        }))
    }
}

pub(super) fn draft(report: &ConsolidatedReport) -> Result<(), Code> {
    match report.stage {
        Stage::Draft => Ok(()),
        Stage::UnderReview
        | Stage::Signed { .. }
        | Stage::Issued { .. }
        | Stage::Sent { .. }
        | Stage::Acknowledged { .. }
        | Stage::Refused { .. }
        | Stage::Supplemented { .. }
        | Stage::Presented { .. }
        | Stage::Received { .. }
        | Stage::HandedBack { .. } => Err(Code::ConsolidatedReportNotDraft),
    }
}
