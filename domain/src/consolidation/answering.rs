//! What the city answers to a report that was sent: that it has it, or that it refuses it, be it after it had it.

use super::{ConsolidatedReport, Receipt, Stage};
use crate::{
    change::{Change, Consequence, Moment},
    dispatch::Dispatch,
    policy::{Action, Command, Permitted},
    refusal::{Code, Refusal},
    text::{Paragraph, Token},
    time::Timestamp,
};

impl ConsolidatedReport {
    /// That the city has it; `None` where it answered already.
    pub(crate) fn acknowledged(&self, number: Token, now: Timestamp) -> Option<Change<Self>> {
        let Stage::Sent { signature, issue, dispatch } = self.stage.clone() else { return None };
        let receipt = Receipt { number, acknowledged_at: now };
        let stage = Stage::Acknowledged { signature, issue, dispatch, receipt };
        Some(Change::made(self, now, "consolidatedReport.acknowledged", |report| report.stage = stage))
    }

    /// That the city refuses it, be it after it had acknowledged it; `None` where it was not sent, is refused already, or is
    /// supplemented.
    pub(crate) fn refused(&self, reason: Paragraph, now: Timestamp) -> Option<Change<Self>> {
        let (signature, issue, dispatch, receipt) = match self.stage.clone() {
            Stage::Sent { signature, issue, dispatch } => (signature, issue, dispatch, None),
            Stage::Acknowledged { signature, issue, dispatch, receipt } => (signature, issue, dispatch, Some(receipt)),
            Stage::Draft
            | Stage::UnderReview
            | Stage::Signed { .. }
            | Stage::Issued { .. }
            | Stage::Refused { .. }
            | Stage::Supplemented { .. }
            | Stage::Presented { .. }
            | Stage::Received { .. }
            | Stage::HandedBack { .. } => return None,
        };
        let stage = Stage::Refused { signature, issue, dispatch, receipt, refused_at: now, reason: reason.clone() };
        Some(Change::made(self, now, "consolidatedReport.refused", |report| report.stage = stage).because(reason))
    }
}

/// The city has it.
#[derive(Clone, Debug)]
pub struct AcknowledgeConsolidatedReport {
    /// The number that the city gave it.
    pub receipt: Token,
    /// The dispatch by which it came to the city.
    pub dispatch: Option<Dispatch>,
}

impl AcknowledgeConsolidatedReport {
    /// Whether this very thing was said before: to say it again does nothing.
    #[must_use]
    pub fn was_said(receipt: &Token, of: &ConsolidatedReport) -> bool {
        of.stage.receipt().is_some_and(|known| known.number == *receipt)
    }
}

impl Command<ConsolidatedReport> for AcknowledgeConsolidatedReport {
    const ACTION: Action = Action::AcknowledgeConsolidatedReport;
    type Of = ConsolidatedReport;

    fn ready(report: &ConsolidatedReport) -> Result<(), Code> {
        if matches!(report.stage, Stage::Sent { .. }) { Ok(()) } else { Err(Code::ConsolidatedReportNotSent) }
    }

    fn apply(
        self,
        on: Permitted<Self, ConsolidatedReport>,
        at: Moment<'_>,
    ) -> Result<Change<ConsolidatedReport>, Refusal> {
        let change = on.acknowledged(self.receipt.clone(), at.now).ok_or(Code::ConsolidatedReportNotSent)?;
        Ok(following(change, self.dispatch.and_then(|dispatch| dispatch.accepted(self.receipt, at.now))))
    }
}

/// The city refuses it, be it after it had acknowledged it; a new report replaces it.
#[derive(Clone, Debug)]
pub struct RefuseConsolidatedReport {
    /// Why.
    pub reason: Paragraph,
    /// The dispatch by which it came to the city.
    pub dispatch: Option<Dispatch>,
}

impl RefuseConsolidatedReport {
    /// Whether this very thing was said before: to say it again does nothing.
    #[must_use]
    pub fn was_said(reason: &Paragraph, of: &ConsolidatedReport) -> bool {
        matches!(&of.stage, Stage::Refused { reason: known, .. } if known == reason)
    }
}

impl Command<ConsolidatedReport> for RefuseConsolidatedReport {
    const ACTION: Action = Action::RefuseConsolidatedReport;
    type Of = ConsolidatedReport;

    fn ready(report: &ConsolidatedReport) -> Result<(), Code> {
        if matches!(report.stage, Stage::Sent { .. } | Stage::Acknowledged { .. }) {
            Ok(())
        } else {
            Err(Code::ConsolidatedReportNotSent)
        }
    }

    fn apply(
        self,
        on: Permitted<Self, ConsolidatedReport>,
        at: Moment<'_>,
    ) -> Result<Change<ConsolidatedReport>, Refusal> {
        let change = on.refused(self.reason.clone(), at.now).ok_or(Code::ConsolidatedReportNotSent)?;
        Ok(following(change, self.dispatch.and_then(|dispatch| dispatch.refused(None, self.reason, at.now))))
    }
}

fn following(change: Change<ConsolidatedReport>, dispatch: Option<Change<Dispatch>>) -> Change<ConsolidatedReport> {
    match dispatch {
        Some(dispatch) => change.causing(Consequence::Dispatches(vec![dispatch])),
        None => change,
    }
}
