//! What the clerk (văn thư) attaches to entries of the registers: the signed copy of a document that is issued here, and the
//! scan of one that arrived.

use super::{
    Attachment, FileType, MAX_ATTACHMENTS, Owner, Received,
    received::{Place, Terms},
};
use crate::{
    change::{Change, Consequence, Moment},
    dispatch::MAX_PACKAGE,
    document::{Document, Stage as DocumentStage},
    incoming::IncomingDocument,
    policy::{Action, Command, Permitted},
    refusal::{Code, Refusal},
};

/// The most bytes of a signed copy: it goes into a package beside the report as data, which needs far less than the rest.
pub const MAX_SIGNED_COPY: u64 = MAX_PACKAGE - (10 << 20);

const SIGNED_COPY: Terms = Terms {
    kinds: &[FileType::Pdf],
    of_other_kind: Code::SignedCopyNotPdf,
    most: Some((MAX_SIGNED_COPY, Code::SignedCopyTooLarge)),
};

const SCAN: Terms =
    Terms { kinds: &[FileType::Pdf, FileType::Jpeg, FileType::Png], of_other_kind: Code::ScanOfOtherType, most: None };

/// Attaches the signed copy (bản đã ký) to a document that has not left the house: as it was signed, on paper or digitally.
/// There is one at most; another one is attached once it is removed.
#[derive(Clone, Debug)]
pub struct AttachToDocument(pub Received);

/// Whether the copy can still become another: what has left the house is what its recipients have.
pub(super) const fn not_dispatched(document: &Document) -> Result<(), Code> {
    match document.stage {
        DocumentStage::Issued | DocumentStage::Sealed { .. } => Ok(()),
        DocumentStage::Dispatched { .. } => Err(Code::DocumentDispatched),
    }
}

impl Command<Document> for AttachToDocument {
    const ACTION: Action = Action::AttachToDocument;
    type Of = Attachment;

    fn ready(document: &Document) -> Result<(), Code> {
        not_dispatched(document)?;
        if document.signed_copy.is_none() { Ok(()) } else { Err(Code::SignedCopyAttached) }
    }

    /// The document moves on by a version, so that nobody seals it or sends it off who has not seen the copy.
    fn apply(self, on: Permitted<Self, Document>, at: Moment<'_>) -> Result<Change<Attachment>, Refusal> {
        let place = Place {
            owner: Owner::Document(on.root.id),
            campaign: on.campaign,
            unit: on.issuer,
            round: 0,
            enclosed: &[],
            person: on.by().person,
            terms: Some(&SIGNED_COPY),
        };
        let attachment = self.0.attached(place, at)?;
        let document = Change::made(&*on, at.now, "document.copyAttached", |document| {
            document.signed_copy = Some(attachment.enclosure());
        });
        Ok(Change::created(attachment, "attachment.attached").causing(Consequence::Document(Box::new(document))))
    }
}

/// The document without its signed copy.
pub(super) fn without_copy(document: &Document, at: Moment<'_>) -> Consequence {
    let without = Change::made(document, at.now, "document.copyRemoved", |document| document.signed_copy = None);
    Consequence::Document(Box::new(without))
}

/// Attaches the scan of a document that arrived (bản quét), in one file or in several.
#[derive(Clone, Debug)]
pub struct AttachToIncomingDocument(pub Received);

impl Command<IncomingDocument> for AttachToIncomingDocument {
    const ACTION: Action = Action::AttachToIncomingDocument;
    type Of = Attachment;

    fn ready(document: &IncomingDocument) -> Result<(), Code> {
        if document.attachments.len() < MAX_ATTACHMENTS { Ok(()) } else { Err(Code::AttachmentsTooMany) }
    }

    /// The entry moves on by a version, which names the file.
    fn apply(self, on: Permitted<Self, IncomingDocument>, at: Moment<'_>) -> Result<Change<Attachment>, Refusal> {
        let place = Place {
            owner: Owner::IncomingDocument(on.root.id),
            campaign: None,
            unit: on.receiver,
            round: 0,
            enclosed: &on.attachments,
            person: on.by().person,
            terms: Some(&SCAN),
        };
        let attachment = self.0.attached(place, at)?;
        let entry = Change::made(&*on, at.now, "incomingDocument.attached", |document| {
            document.attachments.push(attachment.enclosure());
        });
        Ok(Change::created(attachment, "attachment.attached").causing(Consequence::IncomingDocument(Box::new(entry))))
    }
}

/// The entry without this file; the version before names it for ever.
pub(super) fn without_scan(document: &IncomingDocument, attachment: &Attachment, at: Moment<'_>) -> Consequence {
    let id = attachment.root.id;
    let without = Change::made(document, at.now, "incomingDocument.detached", |document| {
        document.attachments.retain(|enclosed| enclosed.attachment != id);
    });
    Consequence::IncomingDocument(Box::new(without))
}
