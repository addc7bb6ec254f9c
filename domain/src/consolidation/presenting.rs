//! The way of an office's report to the committee of the commune.

use super::{ConsolidatedReport, Departure, HandBack, Stage};
use crate::{
    change::{Change, Consequence, Moment},
    document::Document,
    policy::{Action, Command, Permitted},
    refusal::{Code, Refusal},
    registration::Acceptance,
    text::Paragraph,
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

fn presented(report: &ConsolidatedReport) -> Result<(), Code> {
    if matches!(report.stage, Stage::Presented { .. }) { Ok(()) } else { Err(Code::ConsolidatedReportNotPresented) }
}

/// The committee takes note of the report (tiếp nhận), and may say something to it.
#[derive(Clone, Debug)]
pub struct ReceiveConsolidatedReport {
    /// What the committee says (ý kiến chỉ đạo).
    pub opinion: Option<Paragraph>,
}

impl Command<ConsolidatedReport> for ReceiveConsolidatedReport {
    const ACTION: Action = Action::ReceiveConsolidatedReport;
    type Of = ConsolidatedReport;

    fn ready(report: &ConsolidatedReport) -> Result<(), Code> {
        presented(report)
    }

    fn apply(
        self,
        on: Permitted<Self, ConsolidatedReport>,
        at: Moment<'_>,
    ) -> Result<Change<ConsolidatedReport>, Refusal> {
        let Stage::Presented { signature, issue, dispatch } = on.stage.clone() else {
            return Err(Code::ConsolidatedReportNotPresented.into());
        };
        let (reception, opinion) = (Acceptance::of(on.by(), at.now), self.opinion);
        Ok(on.made(at.now, "consolidatedReport.received", |report| {
            report.stage = Stage::Received { signature, issue, dispatch, reception, opinion };
        }))
    }
}

/// The committee gives the report back to the office (trả lại), with its reasons: what was signed and numbered stays as it
/// was, and the office makes a new report that replaces it.
#[derive(Clone, Debug)]
pub struct HandBackConsolidatedReport {
    /// What the committee wants otherwise.
    pub reason: Paragraph,
}

impl Command<ConsolidatedReport> for HandBackConsolidatedReport {
    const ACTION: Action = Action::HandBackConsolidatedReport;
    type Of = ConsolidatedReport;

    fn ready(report: &ConsolidatedReport) -> Result<(), Code> {
        presented(report)
    }

    fn apply(
        self,
        on: Permitted<Self, ConsolidatedReport>,
        at: Moment<'_>,
    ) -> Result<Change<ConsolidatedReport>, Refusal> {
        let Stage::Presented { signature, issue, dispatch } = on.stage.clone() else {
            return Err(Code::ConsolidatedReportNotPresented.into());
        };
        let (person, name) = (on.by().person, on.by().name.clone());
        let hand_back = HandBack { handed_back_at: at.now, person, name, reason: self.reason.clone() };
        Ok(on
            .made(at.now, "consolidatedReport.handedBack", |report| {
                report.stage = Stage::HandedBack { signature, issue, dispatch, hand_back };
            })
            .because(self.reason))
    }
}
