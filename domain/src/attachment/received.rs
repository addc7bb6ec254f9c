//! A file that was received and looked into, on its way to become an attachment.

use super::{Attachment, Checksum, ContentId, Enclosure, File, FileName, FileType, Owner, Stage};
use crate::{
    campaign::CampaignId,
    change::Moment,
    principal::PersonId,
    refusal::{Code, Fault, Refusal},
    unit::UnitId,
};

/// A file whose bytes storage has by now.
#[derive(Clone, Debug)]
pub struct Received {
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

/// To what a file comes, and who brings it.
pub(super) struct Place<'a> {
    pub(super) owner: Owner,
    pub(super) campaign: CampaignId,
    pub(super) unit: UnitId,
    /// How often that was handed in so far.
    pub(super) round: u32,
    /// What is attached to it already.
    pub(super) enclosed: &'a [Enclosure],
    pub(super) person: PersonId,
}

impl Received {
    /// The attachment that it becomes. The pointer `/name` is the name that came beside the bytes, the empty one the bytes.
    ///
    /// # Errors
    /// A name that is no name for such a file, and bytes that are attached there already.
    pub(super) fn attached(self, to: Place<'_>, at: Moment<'_>) -> Result<Attachment, Refusal> {
        let mut faults = Vec::new();
        let kind = self.kind.named(&self.name);
        if kind.is_none() {
            faults.push(Fault::at("/name", Code::FileNameOfOtherType));
        }
        if self.name.is_device() {
            faults.push(Fault::at("/name", Code::FileNameReserved));
        }
        if to.enclosed.iter().any(|enclosed| enclosed.file.sha256 == self.sha256) {
            faults.push(Fault::at("", Code::AttachedAlready));
        }
        Refusal::unless_empty(faults)?;
        let kind = kind.unwrap_or(self.kind);
        Ok(Attachment {
            root: at.root(),
            campaign: to.campaign,
            unit: to.unit,
            owner: to.owner,
            round: to.round,
            carried_from: None,
            file: File { name: self.name, kind, size: self.size, sha256: self.sha256 },
            content: self.content,
            stage: Stage::Attached,
            attached_by: to.person,
        })
    }
}
