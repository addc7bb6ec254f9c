//! The way of an office's report to the committee of the commune.

use super::{ConsolidatedReport, Departure, Stage};
use crate::{
    change::{Change, Consequence, Moment},
    document::Document,
    policy::{Action, Command, Permitted},
    refusal::{Code, Refusal},
    registration::Acceptance,
};

/// Lays the issued report before the committee (trình); at its deadline or later it is late, and marked so.
#[derive(Clone, Debug)]
pub struct PresentConsolidatedReport {
    /// Its document, locked for this change: it leaves the house with it.
    pub document: Document,
}

impl Command<ConsolidatedReport> for PresentConsolidatedReport {
    const ACTION: Action = Action::PresentConsolidatedReport;
    type Of = ConsolidatedReport;

    fn ready(report: &ConsolidatedReport) -> Result<(), Code> {
        report.can_leave()
    }

    fn apply(
        self,
        on: Permitted<Self, ConsolidatedReport>,
        at: Moment<'_>,
    ) -> Result<Change<ConsolidatedReport>, Refusal> {
        let Stage::Issued { signature, issue } = on.stage.clone() else {
            return Err(Code::ConsolidatedReportNotIssued.into());
        };
        let dispatch = Departure::at(at.now, on.due_before);
        let document = self.document.dispatched(on.by(), at.now)?;
        let presented = on.made(at.now, "consolidatedReport.presented", |report| {
            report.stage = Stage::Presented { signature, issue, dispatch };
        });
        Ok(presented.causing(Consequence::Document(Box::new(document))))
    }
}

/// The committee takes note of the report (tiếp nhận).
#[derive(Clone, Copy, Debug)]
pub struct ReceiveConsolidatedReport;

impl Command<ConsolidatedReport> for ReceiveConsolidatedReport {
    const ACTION: Action = Action::ReceiveConsolidatedReport;
    type Of = ConsolidatedReport;

    fn ready(report: &ConsolidatedReport) -> Result<(), Code> {
        if matches!(report.stage, Stage::Presented { .. }) { Ok(()) } else { Err(Code::ConsolidatedReportNotPresented) }
    }

    fn apply(
        self,
        on: Permitted<Self, ConsolidatedReport>,
        at: Moment<'_>,
    ) -> Result<Change<ConsolidatedReport>, Refusal> {
        let Stage::Presented { signature, issue, dispatch } = on.stage.clone() else {
            return Err(Code::ConsolidatedReportNotPresented.into());
        };
        let reception = Acceptance::of(on.by(), at.now);
        Ok(on.made(at.now, "consolidatedReport.received", |report| {
            report.stage = Stage::Received { signature, issue, dispatch, reception };
        }))
    }
}
