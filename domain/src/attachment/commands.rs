//! What a unit does with its evidence: that of a report while the report is with the unit, that of a measurement until a
//! report that rests on it is handed in. And how any file is taken away again.

use super::{
    Attached, Attachment, MAX_ATTACHMENTS, Owned, Owner, Provable, Received, Stage,
    received::Place,
    registers::{not_dispatched, without_copy, without_scan},
};
use crate::{
    change::{Change, Consequence, Moment},
    policy::{Action, Command, Permitted},
    principal::remember,
    refusal::{Code, Refusal},
    report::{Report, with_the_unit},
};

/// Attaches a file that was received to a report that is a draft or was given back.
#[derive(Clone, Debug)]
pub struct AttachToReport(pub Received);

/// Whether there is room for one more.
const fn room_beside(attached: usize) -> Result<(), Code> {
    if attached < MAX_ATTACHMENTS { Ok(()) } else { Err(Code::AttachmentsTooMany) }
}

impl Command<Report> for AttachToReport {
    const ACTION: Action = Action::AttachToReport;
    type Of = Attachment;

    fn ready(report: &Report) -> Result<(), Code> {
        with_the_unit(report)?;
        room_beside(report.attachments.len())
    }

    /// The report moves on by a version, so that nobody signs it who has not seen what is attached; who attaches has
    /// written a part of it.
    fn apply(self, on: Permitted<Self, Report>, at: Moment<'_>) -> Result<Change<Attachment>, Refusal> {
        let person = on.by().person;
        let place = Place {
            owner: Owner::Report(on.root.id),
            campaign: Some(on.campaign),
            unit: on.unit,
            round: on.round,
            enclosed: &on.attachments,
            person,
            terms: None,
        };
        let attachment = self.0.attached(place, at)?;
        let report = Change::made(&*on, at.now, "report.attached", |report| {
            report.attachments.push(attachment.enclosure());
            remember(&mut report.drafters, person);
        });
        Ok(Change::created(attachment, "attachment.attached").causing(Consequence::Reports(vec![report])))
    }
}

/// Attaches a file that was received to a measurement, as long as no report that was handed in rests on it.
#[derive(Clone, Debug)]
pub struct AttachToMeasurement(pub Received);

/// Whether what proves a measurement can still become another: a report that rests on it is judged by what it was.
const fn not_reported(on: &Provable) -> Result<(), Code> {
    if on.reported { Err(Code::MeasurementReported) } else { Ok(()) }
}

impl Command<Provable> for AttachToMeasurement {
    const ACTION: Action = Action::AttachToMeasurement;
    type Of = Attachment;

    fn ready(on: &Provable) -> Result<(), Code> {
        not_reported(on)?;
        room_beside(on.proven.evidence.len())
    }

    /// The measurement itself stays as it was recorded: it has no second version.
    fn apply(self, on: Permitted<Self, Provable>, at: Moment<'_>) -> Result<Change<Attachment>, Refusal> {
        let measurement = &on.proven.measurement;
        let place = Place {
            owner: Owner::Measurement(measurement.root.id),
            campaign: Some(measurement.campaign),
            unit: measurement.unit,
            round: 0,
            enclosed: &on.proven.evidence,
            person: on.by().person,
            terms: None,
        };
        Ok(Change::created(self.0.attached(place, at)?, "attachment.attached"))
    }
}

/// Takes a file away from a report that is a draft or was given back, or from a measurement on which no report that was
/// handed in rests; the signed copy from a document that has not left the house, a scan from the entry of a document that
/// arrived.
#[derive(Clone, Copy, Debug)]
pub struct RemoveAttachment;

impl Command<Attached> for RemoveAttachment {
    const ACTION: Action = Action::RemoveAttachment;
    type Of = Attachment;

    fn ready(on: &Attached) -> Result<(), Code> {
        match (&on.attachment.stage, &on.owner) {
            (Stage::Removed { .. }, _) => Err(Code::AttachmentRemoved),
            (Stage::Attached, Owned::Report(report)) => with_the_unit(report),
            (Stage::Attached, Owned::Measurement(provable)) => not_reported(provable),
            (Stage::Attached, Owned::Document(document)) => not_dispatched(document),
            (Stage::Attached, Owned::IncomingDocument(_)) => Ok(()),
        }
    }

    /// What was handed in with the report once is named by the version that was signed, and what proved a measurement was
    /// seen by everybody who saw the measurement: such bytes are kept. So are those of the registers, which others read too.
    fn apply(self, on: Permitted<Self, Attached>, at: Moment<'_>) -> Result<Change<Attachment>, Refusal> {
        let Attached { attachment, owner } = &*on;
        let (id, person) = (attachment.root.id, on.by().person);
        let (kept, follows) = match owner {
            Owned::Measurement(_) => (true, None),
            Owned::Document(document) => (true, Some(without_copy(document, at))),
            Owned::IncomingDocument(document) => (true, Some(without_scan(document, attachment, at))),
            Owned::Report(report) => {
                let kept = report.round > attachment.round || attachment.carried_from.is_some();
                let without = Change::made(&**report, at.now, "report.detached", |report| {
                    report.attachments.retain(|enclosed| enclosed.attachment != id);
                    remember(&mut report.drafters, person);
                });
                (kept, Some(Consequence::Reports(vec![without])))
            }
        };
        let removed = Change::made(attachment, at.now, "attachment.removed", |attachment| {
            attachment.stage = Stage::Removed { removed_at: at.now, kept };
        });
        Ok(match follows {
            Some(consequence) => removed.causing(consequence),
            None => removed,
        })
    }
}
