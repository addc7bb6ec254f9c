//! Attached files, which are seen exactly where what they are attached to is: evidence (*tài liệu minh chứng*) of a unit's
//! report or of a measurement, and in the registers the signed copy of a document (*bản đã ký*) and the scan of one that
//! arrived (*bản quét*).
//!
//! An attachment says what its file is; the bytes lie in storage under [`Attachment::content`]. A report lists what is
//! attached to it, so that each of its versions names the files with their checksums, and so does the one that is signed. A
//! measurement never changes: what proves it stands beside it, and the figures of a report that is handed in name it. An entry
//! of a register lists its files as a report does: nobody seals a document with a copy that he has not seen.

use serde::{Deserialize, Serialize};

use crate::{
    campaign::CampaignId,
    change::{Aggregate, Change, Moment, ObjectType, Root},
    id::Id,
    policy::Visibility,
    principal::{Actor, PersonId},
    report::ReportId,
    unit::UnitId,
};

mod commands;
mod file;
mod owner;
mod received;
#[cfg(test)]
mod register_tests;
mod registers;
mod stage;
#[cfg(test)]
mod tests;

pub use commands::{AttachToMeasurement, AttachToReport, RemoveAttachment};
pub use file::{Checksum, File, FileName, FileType};
pub use owner::{Attached, Owned, Owner, Provable, Proven};
pub use received::Received;
pub use registers::{AttachToDocument, AttachToIncomingDocument, MAX_SIGNED_COPY};
pub use stage::Stage;

/// Identifies an attachment.
pub type AttachmentId = Id<Attachment>;

/// The bytes of a file, as storage keeps them: only a marker of their identifiers.
#[derive(Debug)]
pub struct Content;

/// Identifies the bytes of a file in storage.
pub type ContentId = Id<Content>;

/// How many files can be attached to one report, measurement or document that arrived.
pub const MAX_ATTACHMENTS: usize = 20;

/// A file that was attached to something.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    /// Identity and version.
    pub root: Root<Self>,
    /// The campaign of what it is attached to, where that has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<CampaignId>,
    /// The unit of what it is attached to: whose report or measurement, or in whose register it stands.
    pub unit: UnitId,
    /// What it is attached to; a member of its own in what is stored (`report`, `measurement`, `document`,
    /// `incomingDocument`).
    #[serde(flatten)]
    pub owner: Owner,
    /// How often the report had been handed in when the file was attached; 0 for what is not handed in.
    pub round: u32,
    /// The attachment of the corrected report with which a correction began; its bytes are the same, and are there once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried_from: Option<AttachmentId>,
    /// What is known of the file.
    pub file: File,
    /// Where storage has its bytes.
    pub content: ContentId,
    /// Where it stands.
    pub stage: Stage,
    /// Who attached it.
    pub attached_by: PersonId,
}

impl Attachment {
    /// Whether its bytes are kept: for ever, but where it was removed before anybody but the unit could see it.
    #[must_use]
    pub const fn content_kept(&self) -> bool {
        matches!(self.stage, Stage::Attached | Stage::Removed { kept: true, .. })
    }

    /// As its owner names it.
    #[must_use]
    pub fn enclosure(&self) -> Enclosure {
        Enclosure { attachment: self.root.id, file: self.file.clone() }
    }

    /// The same file, attached to the correction of the report that it belongs to. It can be taken from there without
    /// touching what is corrected.
    pub(crate) fn carried_to(&self, correction: ReportId, person: PersonId, at: Moment<'_>) -> Change<Self> {
        let carried = Self {
            root: at.root(),
            owner: Owner::Report(correction),
            round: 0,
            carried_from: Some(self.root.id),
            stage: Stage::Attached,
            attached_by: person,
            ..self.clone()
        };
        Change::created(carried, "attachment.carried")
    }
}

/// An attachment as what it belongs to names it: a version of a report or of an entry of a register, a
/// figure that rests on a measurement.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Enclosure {
    /// The attachment.
    pub attachment: AttachmentId,
    /// What is known of the file.
    pub file: File,
}

impl Aggregate for Attachment {
    const TYPE: ObjectType = ObjectType::Attachment;

    fn root(&self) -> &Root<Self> {
        &self.root
    }
    fn root_mut(&mut self) -> &mut Root<Self> {
        &mut self.root
    }
    fn stage_code(&self) -> &'static str {
        self.stage.code()
    }
    fn campaign(&self) -> Option<CampaignId> {
        self.campaign
    }
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
    // By itself it is nobody's to see: its owner says who may, and only [`Attached`] knows the owner.
    fn visibility(_: &Actor) -> Visibility {
        Visibility::nothing()
    }
}
