//! What is done with a report that was handed in: it is accepted or returned; later it is locked or superseded.

use super::{Report, Stage};
use crate::{
    change::{Change, Consequence, Moment},
    consolidation::ConsolidatedReportId,
    policy::{Action, Command, Permitted},
    refusal::{Code, Refusal},
    registration::{Acceptance, Remark},
    text::Paragraph,
    time::{Deadline, Timestamp},
};

/// Accepts a report (tiếp nhận); from here on it is immutable, and a change is a new report that corrects it.
#[derive(Clone, Debug, Default)]
pub struct AcceptReport {
    /// What storage knows.
    pub facts: AcceptanceFacts,
}

/// What storage knows when a report is accepted.
#[derive(Clone, Debug, Default)]
pub struct AcceptanceFacts {
    /// The report that it corrects, locked, where it corrects one.
    pub corrected: Option<Report>,
}

impl Command<Report> for AcceptReport {
    const ACTION: Action = Action::AcceptReport;
    type Of = Report;

    fn ready(report: &Report) -> Result<(), Code> {
        submitted(report)
    }

    /// A correction supersedes what it corrects, in the same transaction. What a signed report to the city rests on
    /// stays as it was signed: the lock names the version, and superseding only says that there is a later word.
    fn apply(self, on: Permitted<Self, Report>, at: Moment<'_>) -> Result<Change<Report>, Refusal> {
        let superseded = match on.corrects {
            Some(_) => Some(supersede(self.facts.corrected.as_ref(), &on, at.now)?),
            None => None,
        };
        let acceptance = Acceptance::of(on.by(), at.now);
        let change = on.made(at.now, "report.accepted", |report| report.stage = Stage::Accepted { acceptance });
        Ok(match superseded {
            Some(superseded) => change.causing(Consequence::Reports(vec![superseded])),
            None => change,
        })
    }
}

fn submitted(report: &Report) -> Result<(), Code> {
    match report.stage {
        Stage::Submitted { .. } => Ok(()),
        Stage::Draft
        | Stage::Returned { .. }
        | Stage::Accepted { .. }
        | Stage::Locked { .. }
        | Stage::Superseded { .. } => Err(Code::ReportNotSubmitted),
    }
}

fn supersede(corrected: Option<&Report>, by: &Report, now: Timestamp) -> Result<Change<Report>, Code> {
    let corrected = corrected.filter(|corrected| Some(corrected.root.id) == by.corrects && corrected.stage.counts());
    let acceptance = corrected.and_then(|corrected| corrected.stage.acceptance()).cloned();
    let (Some(corrected), Some(acceptance)) = (corrected, acceptance) else { return Err(Code::CorrectsNotAccepted) };
    let by = by.root.id;
    Ok(Change::made(corrected, now, "report.superseded", |report| {
        report.stage = Stage::Superseded { acceptance, by };
    }))
}

/// Locks a report because a signed report to the city rests on it; one that is locked already, or no longer counts,
/// needs no other lock.
pub(crate) fn lock(report: &Report, by: ConsolidatedReportId, now: Timestamp) -> Option<Change<Report>> {
    match report.stage.clone() {
        Stage::Accepted { acceptance } => Some(Change::made(report, now, "report.locked", |report| {
            report.stage = Stage::Locked { acceptance, by };
        })),
        Stage::Draft
        | Stage::Submitted { .. }
        | Stage::Returned { .. }
        | Stage::Locked { .. }
        | Stage::Superseded { .. } => None,
    }
}

/// Gives the report back to its unit.
#[derive(Clone, Debug)]
pub struct ReturnReport {
    /// What is to be changed as a whole.
    pub reason: Paragraph,
    /// What is to be changed, by field.
    pub remarks: Vec<Remark>,
    /// Until when it is expected back.
    pub resubmit_before: Option<Deadline>,
}

impl Command<Report> for ReturnReport {
    const ACTION: Action = Action::ReturnReport;
    type Of = Report;

    fn ready(report: &Report) -> Result<(), Code> {
        submitted(report)
    }

    fn apply(self, on: Permitted<Self, Report>, at: Moment<'_>) -> Result<Change<Report>, Refusal> {
        Refusal::unless_empty(Remark::check_return(&self.remarks, &on.content, self.resubmit_before, at.now))?;
        let reason = self.reason.clone();
        Ok(on
            .made(at.now, "report.returned", |report| {
                let resubmit_before = self.resubmit_before;
                report.stage = Stage::Returned { returned_at: at.now, reason, resubmit_before };
                report.remarks = self.remarks;
            })
            .because(self.reason))
    }
}
