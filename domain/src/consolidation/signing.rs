//! Review and signature of a consolidated report.

use super::{ConsolidatedReport, Stage, freezing::draft};
use crate::{
    change::{Change, Consequence, Moment},
    document::{DocumentType, Signature, SignedPaper},
    policy::{Action, Command, Permitted, Subject as _},
    principal::remember,
    refusal::{Code, Fault, Refusal},
    report::{Report, lock},
    text::Paragraph,
    unit::UnitType,
};

/// Hands the report in for review, once its narrative is complete.
#[derive(Clone, Copy, Debug)]
pub struct SubmitConsolidatedReport;

impl Command<ConsolidatedReport> for SubmitConsolidatedReport {
    const ACTION: Action = Action::SubmitConsolidatedReport;
    type Of = ConsolidatedReport;

    fn ready(report: &ConsolidatedReport) -> Result<(), Code> {
        draft(report)
    }

    /// The missing units are named with their reason by the freeze itself; the list may be empty, but it is there.
    fn apply(
        self,
        on: Permitted<Self, ConsolidatedReport>,
        at: Moment<'_>,
    ) -> Result<Change<ConsolidatedReport>, Refusal> {
        Refusal::unless_empty(on.narrative.check_complete(on.kind))?;
        let person = on.by().person;
        Ok(on.made(at.now, "consolidatedReport.submitted", |report| {
            report.stage = Stage::UnderReview;
            report.return_reason = None;
            remember(&mut report.submitters, person);
        }))
    }
}

/// Gives the report back to who compiles it.
#[derive(Clone, Debug)]
pub struct ReturnConsolidatedReport {
    /// What is to be changed.
    pub reason: Paragraph,
}

impl Command<ConsolidatedReport> for ReturnConsolidatedReport {
    const ACTION: Action = Action::ReturnConsolidatedReport;
    type Of = ConsolidatedReport;

    fn ready(report: &ConsolidatedReport) -> Result<(), Code> {
        under_review(report)
    }

    fn apply(
        self,
        on: Permitted<Self, ConsolidatedReport>,
        at: Moment<'_>,
    ) -> Result<Change<ConsolidatedReport>, Refusal> {
        let reason = self.reason.clone();
        Ok(on
            .made(at.now, "consolidatedReport.returned", |report| {
                report.stage = Stage::Draft;
                report.return_reason = Some(reason);
                report.format_check = None;
            })
            .because(self.reason))
    }
}

fn under_review(report: &ConsolidatedReport) -> Result<(), Code> {
    match report.stage {
        Stage::UnderReview => Ok(()),
        Stage::Draft
        | Stage::Signed { .. }
        | Stage::Issued { .. }
        | Stage::Sent { .. }
        | Stage::Acknowledged { .. }
        | Stage::Refused { .. }
        | Stage::Supplemented { .. }
        | Stage::Presented { .. }
        | Stage::Received { .. }
        | Stage::HandedBack { .. } => Err(Code::ConsolidatedReportNotUnderReview),
    }
}

/// Records that the report was signed, and locks the reports that it rests on.
#[derive(Clone, Debug)]
pub struct SignConsolidatedReport {
    /// Sign although accepted reports have changed since the freeze.
    pub as_frozen: bool,
    /// What storage knows.
    pub facts: SigningFacts,
}

/// What storage knows of the reports when a consolidated report is signed.
#[derive(Clone, Debug, Default)]
pub struct SigningFacts {
    /// Every report of the snapshot's periods that is accepted or locked, locked for this change.
    pub accepted: Vec<Report>,
}

impl Command<ConsolidatedReport> for SignConsolidatedReport {
    const ACTION: Action = Action::SignConsolidatedReport;
    type Of = ConsolidatedReport;

    fn ready(report: &ConsolidatedReport) -> Result<(), Code> {
        under_review(report)
    }

    /// Nobody signs unawares what has been overtaken: a stale snapshot is signed only *as frozen*, and that is kept.
    fn apply(
        self,
        on: Permitted<Self, ConsolidatedReport>,
        at: Moment<'_>,
    ) -> Result<Change<ConsolidatedReport>, Refusal> {
        let accepted: Vec<_> = self.facts.accepted.iter().map(|report| report.root.id).collect();
        let stale = on.snapshot.stale(&accepted);
        if stale && !self.as_frozen {
            let code = Code::SnapshotStale;
            return Err(Refusal { code, faults: vec![Fault::at("/asFrozen", code)] });
        }
        // What goes to the committee is issued by Văn phòng (`domain.md` §0.5).
        let unit = on.unit().map(|office| (office, UnitType::Office));
        let paper = SignedPaper { unit, document_type: DocumentType::Report };
        let signature = Signature::of(on.by(), on.role(), paper, at.now);
        let rests_on = |report: &&Report| on.snapshot.included.iter().any(|it| it.report == report.root.id);
        let id = on.root.id;
        let locked: Vec<_> =
            self.facts.accepted.iter().filter(rests_on).filter_map(|report| lock(report, id, at.now)).collect();
        let change = on.made(at.now, "consolidatedReport.signed", |report| {
            report.stage = Stage::Signed { signature };
            report.signed_as_frozen = stale;
        });
        Ok(if locked.is_empty() { change } else { change.causing(Consequence::Reports(locked)) })
    }
}
