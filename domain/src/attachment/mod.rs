//! Evidence (*tài liệu minh chứng*): files attached to a unit's report, which are seen exactly where the report is.
//!
//! An attachment says what its file is; the bytes lie in storage under [`Attachment::content`]. The report lists what is
//! attached to it, so that each of its versions names the files with their checksums, and so does the one that is signed.

use serde::{Deserialize, Serialize};

use crate::{
    campaign::CampaignId,
    change::{Aggregate, ObjectType, Root},
    id::Id,
    policy::{Existing, Subject, Visibility},
    principal::{Actor, PersonId},
    report::{self, Report, ReportId},
    unit::UnitId,
};

mod commands;
mod file;
mod stage;
#[cfg(test)]
mod tests;

pub use commands::{AttachToReport, RemoveAttachment};
pub use file::{Checksum, File, FileName, FileType};
pub use stage::Stage;

/// Identifies an attachment.
pub type AttachmentId = Id<Attachment>;

/// The bytes of a file, as storage keeps them: only a marker of their identifiers.
#[derive(Debug)]
pub struct Content;

/// Identifies the bytes of a file in storage.
pub type ContentId = Id<Content>;

/// How many files can be attached to one report.
pub const MAX_ATTACHMENTS: usize = 20;

/// A file that was attached to a report.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    /// Identity and version.
    pub root: Root<Self>,
    /// The campaign of the report.
    pub campaign: CampaignId,
    /// The unit of the report.
    pub unit: UnitId,
    /// The report that it belongs to.
    pub report: ReportId,
    /// How often the report had been handed in when the file was attached.
    pub round: u32,
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
}

/// An attachment as the versions of its report name it.
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
        Some(self.campaign)
    }
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
    // By itself it is nobody's to see: its report says who may, and only [`Attached`] knows the report.
    fn visibility(_: &Actor) -> Visibility {
        Visibility::nothing()
    }
}

/// An attachment with the report that it belongs to.
#[derive(Clone, Debug, Deserialize)]
pub struct Attached {
    /// The attachment.
    pub attachment: Attachment,
    /// Its report, as it stands now.
    pub report: Report,
}

impl Attached {
    /// Whether this caller may know of it: whoever sees the report, but for what was removed as long as it was the unit's
    /// own matter, which stays that.
    #[must_use]
    pub fn visible_to(&self, actor: &Actor) -> bool {
        if self.attachment.content_kept() {
            self.report.visible_to(actor)
        } else {
            Report::visibility(actor).admits(Some(self.report.unit), report::Stage::Draft.code())
        }
    }
}

impl Subject for Attached {
    fn unit(&self) -> Option<UnitId> {
        Subject::unit(&self.report)
    }
    fn coordinating_unit(&self) -> Option<UnitId> {
        self.report.coordinating_unit()
    }
}

impl Existing for Attached {
    fn version(&self) -> i64 {
        self.attachment.root.version
    }
}
