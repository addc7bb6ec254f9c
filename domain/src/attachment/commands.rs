//! What a unit does with the evidence of its report, while the report is with it.

use super::{Attached, Attachment, ContentId, Enclosure, File, FileName, FileType, MAX_ATTACHMENTS, Stage};
use crate::{
    attachment::Checksum,
    change::{Change, Consequence, Moment},
    policy::{Action, Command, Permitted},
    principal::remember,
    refusal::{Code, Fault, Refusal},
    report::{Report, with_the_unit},
};

/// Attaches a file that was received to a report that is a draft or was given back.
#[derive(Clone, Debug)]
pub struct AttachToReport {
    /// As its owner calls it.
    pub name: FileName,
    /// What its content is.
    pub kind: FileType,
    /// How many bytes it has.
    pub size: u64,
    /// Its SHA-256.
    pub sha256: Checksum,
    /// Where storage has its bytes.
    pub content: ContentId,
}

impl Command<Report> for AttachToReport {
    const ACTION: Action = Action::AttachToReport;
    type Of = Attachment;

    fn ready(report: &Report) -> Result<(), Code> {
        with_the_unit(report)?;
        if report.attachments.len() < MAX_ATTACHMENTS { Ok(()) } else { Err(Code::AttachmentsTooMany) }
    }

    /// The report moves on by a version, so that nobody signs it who has not seen what is attached; who attaches has
    /// written a part of it. The pointer `/name` is the name that came beside the bytes, the empty one the bytes.
    fn apply(self, on: Permitted<Self, Report>, at: Moment<'_>) -> Result<Change<Attachment>, Refusal> {
        let mut faults = Vec::new();
        let kind = self.kind.named(&self.name);
        if kind.is_none() {
            faults.push(Fault::at("/name", Code::FileNameOfOtherType));
        }
        if self.name.is_device() {
            faults.push(Fault::at("/name", Code::FileNameReserved));
        }
        if on.attachments.iter().any(|enclosed| enclosed.file.sha256 == self.sha256) {
            faults.push(Fault::at("", Code::AttachedAlready));
        }
        Refusal::unless_empty(faults)?;
        let kind = kind.unwrap_or(self.kind);
        let file = File { name: self.name, kind, size: self.size, sha256: self.sha256 };
        let person = on.by().person;
        let attachment = Attachment {
            root: at.root(),
            campaign: on.campaign,
            unit: on.unit,
            report: on.root.id,
            round: on.round,
            file: file.clone(),
            content: self.content,
            stage: Stage::Attached,
            attached_by: person,
        };
        let enclosure = Enclosure { attachment: attachment.root.id, file };
        let report = Change::made(&*on, at.now, "report.attached", |report| {
            report.attachments.push(enclosure);
            remember(&mut report.drafters, person);
        });
        Ok(Change::created(attachment, "attachment.attached").causing(Consequence::Reports(vec![report])))
    }
}

/// Takes a file away from a report that is a draft or was given back.
#[derive(Clone, Copy, Debug)]
pub struct RemoveAttachment;

impl Command<Attached> for RemoveAttachment {
    const ACTION: Action = Action::RemoveAttachment;
    type Of = Attachment;

    fn ready(on: &Attached) -> Result<(), Code> {
        match on.attachment.stage {
            Stage::Attached => with_the_unit(&on.report),
            Stage::Removed { .. } => Err(Code::AttachmentRemoved),
        }
    }

    /// What was handed in with the report once is named by the version that was signed, so that its bytes are kept.
    fn apply(self, on: Permitted<Self, Attached>, at: Moment<'_>) -> Result<Change<Attachment>, Refusal> {
        let Attached { attachment, report } = &*on;
        let kept = report.round > attachment.round;
        let (id, person) = (attachment.root.id, on.by().person);
        let report = Change::made(report, at.now, "report.detached", |report| {
            report.attachments.retain(|enclosed| enclosed.attachment != id);
            remember(&mut report.drafters, person);
        });
        let removed = Change::made(attachment, at.now, "attachment.removed", |attachment| {
            attachment.stage = Stage::Removed { removed_at: at.now, kept };
        });
        Ok(removed.causing(Consequence::Reports(vec![report])))
    }
}
