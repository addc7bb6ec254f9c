//! What the recipient's desk answers. Where the dispatch is the report's own, the report follows: what is taken is
//! acknowledged, what is refused, be it late, can be replaced.

use super::{Answer, Dispatch, Rejection, Stage};
use crate::{
    change::{Change, Consequence, Moment},
    consolidation::ConsolidatedReport,
    policy::{Action, Command, Permitted},
    refusal::{Code, Refusal},
    text::{Paragraph, Token},
    time::Timestamp,
};

impl Dispatch {
    /// That it has arrived; `None` where more than that was said already.
    fn received(&self, receipt: Answer, now: Timestamp) -> Option<Change<Self>> {
        let stage = match &self.stage {
            Stage::Sent => Stage::Received { receipt },
            Stage::Received { .. } | Stage::Accepted { .. } | Stage::Refused { .. } => return None,
        };
        Some(Change::made(self, now, "dispatch.received", |dispatch| dispatch.stage = stage))
    }

    /// That it is taken; `None` where it was taken or refused already.
    pub(crate) fn accepted(&self, reference: Token, now: Timestamp) -> Option<Change<Self>> {
        let receipt = match &self.stage {
            Stage::Sent => None,
            Stage::Received { receipt } => Some(receipt.clone()),
            Stage::Accepted { .. } | Stage::Refused { .. } => return None,
        };
        let acceptance = Answer { reference, recorded_at: now };
        let stage = Stage::Accepted { receipt, acceptance };
        Some(Change::made(self, now, "dispatch.accepted", |dispatch| dispatch.stage = stage))
    }

    /// That it is refused, be it after it was taken; `None` where it was refused already.
    pub(crate) fn refused(&self, reference: Option<Token>, reason: Paragraph, now: Timestamp) -> Option<Change<Self>> {
        let (receipt, acceptance) = match &self.stage {
            Stage::Sent => (None, None),
            Stage::Received { receipt } => (Some(receipt.clone()), None),
            Stage::Accepted { receipt, acceptance } => (receipt.clone(), Some(acceptance.clone())),
            Stage::Refused { .. } => return None,
        };
        let rejection = Rejection { reference, reason: reason.clone(), recorded_at: now };
        let stage = Stage::Refused { receipt, acceptance, rejection };
        Some(Change::made(self, now, "dispatch.refused", |dispatch| dispatch.stage = stage).because(reason))
    }
}

/// The package has arrived (đã đến).
#[derive(Clone, Debug)]
pub struct ReceiveDispatch {
    /// The recipient's own reference.
    pub reference: Token,
}

impl ReceiveDispatch {
    /// Whether this very thing was said before: to say it again does nothing.
    #[must_use]
    pub fn was_said(reference: &Token, of: &Dispatch) -> bool {
        of.stage.receipt().is_some_and(|receipt| receipt.reference == *reference)
    }
}

impl Command<Dispatch> for ReceiveDispatch {
    const ACTION: Action = Action::ReceiveDispatch;
    type Of = Dispatch;

    fn ready(dispatch: &Dispatch) -> Result<(), Code> {
        if dispatch.stage == Stage::Sent { Ok(()) } else { Err(Code::DispatchAnswered) }
    }

    fn apply(self, on: Permitted<Self, Dispatch>, at: Moment<'_>) -> Result<Change<Dispatch>, Refusal> {
        let receipt = Answer { reference: self.reference, recorded_at: at.now };
        Ok(on.received(receipt, at.now).ok_or(Code::DispatchAnswered)?)
    }
}

/// The recipient takes the document (đã tiếp nhận); its report is acknowledged with it.
#[derive(Clone, Debug)]
pub struct AcceptDispatch {
    /// The recipient's own reference, số đến as a rule.
    pub reference: Token,
    /// The report that was sent.
    pub report: ConsolidatedReport,
}

impl AcceptDispatch {
    /// Whether this very thing was said before: to say it again does nothing.
    #[must_use]
    pub fn was_said(reference: &Token, of: &Dispatch) -> bool {
        of.stage.acceptance().is_some_and(|acceptance| acceptance.reference == *reference)
    }
}

impl Command<Dispatch> for AcceptDispatch {
    const ACTION: Action = Action::AcceptDispatch;
    type Of = Dispatch;

    fn ready(dispatch: &Dispatch) -> Result<(), Code> {
        match dispatch.stage {
            Stage::Sent | Stage::Received { .. } => Ok(()),
            Stage::Accepted { .. } | Stage::Refused { .. } => Err(Code::DispatchAnswered),
        }
    }

    fn apply(self, on: Permitted<Self, Dispatch>, at: Moment<'_>) -> Result<Change<Dispatch>, Refusal> {
        let change = on.accepted(self.reference.clone(), at.now).ok_or(Code::DispatchAnswered)?;
        let acknowledged = if on.for_information { None } else { self.report.acknowledged(self.reference, at.now) };
        Ok(following(change, acknowledged))
    }
}

/// The recipient does not take the document (từ chối tiếp nhận), be it after it had; a new report can replace its report.
#[derive(Clone, Debug)]
pub struct RefuseDispatch {
    /// The recipient's own reference.
    pub reference: Token,
    /// Why.
    pub reason: Paragraph,
    /// The report that was sent.
    pub report: ConsolidatedReport,
}

impl RefuseDispatch {
    /// Whether this very thing was said before: to say it again does nothing.
    #[must_use]
    pub fn was_said(reference: &Token, of: &Dispatch) -> bool {
        of.stage.rejection().is_some_and(|rejection| rejection.reference.as_ref() == Some(reference))
    }
}

impl Command<Dispatch> for RefuseDispatch {
    const ACTION: Action = Action::RefuseDispatch;
    type Of = Dispatch;

    fn ready(dispatch: &Dispatch) -> Result<(), Code> {
        if dispatch.stage.rejection().is_none() { Ok(()) } else { Err(Code::DispatchAnswered) }
    }

    /// A report that is supplemented stays so: the supplement, which is on its way, puts right what is wrong.
    fn apply(self, on: Permitted<Self, Dispatch>, at: Moment<'_>) -> Result<Change<Dispatch>, Refusal> {
        let change = on.refused(Some(self.reference), self.reason.clone(), at.now).ok_or(Code::DispatchAnswered)?;
        let refused = if on.for_information { None } else { self.report.refused(self.reason, at.now) };
        Ok(following(change, refused))
    }
}

fn following(change: Change<Dispatch>, report: Option<Change<ConsolidatedReport>>) -> Change<Dispatch> {
    match report {
        Some(report) => change.causing(Consequence::ConsolidatedReport(Box::new(report))),
        None => change,
    }
}
