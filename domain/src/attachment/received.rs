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
    pub(super) campaign: Option<CampaignId>,
    pub(super) unit: UnitId,
    /// How often that was handed in so far.
    pub(super) round: u32,
    /// What is attached to it already.
    pub(super) enclosed: &'a [Enclosure],
    pub(super) person: PersonId,
    /// What is taken there, if that is less than what can be attached at all.
    pub(super) terms: Option<&'static Terms>,
}

/// What is taken somewhere, beside what any file must keep.
pub(super) struct Terms {
    /// The kinds.
    pub(super) kinds: &'static [FileType],
    /// The code for a file of another kind.
    pub(super) of_other_kind: Code,
    /// The most bytes, and the code for more.
    pub(super) most: Option<(u64, Code)>,
}

impl Terms {
    /// What is wrong with such a file.
    fn check(&self, kind: FileType, size: u64) -> impl Iterator<Item = Fault> {
        let other = (!self.kinds.contains(&kind)).then(|| Fault::at("/name", self.of_other_kind));
        let large = self.most.filter(|(most, _)| size > *most).map(|(_, code)| Fault::at("", code));
        other.into_iter().chain(large)
    }
}

impl Received {
    /// The attachment that it becomes. The pointer `/name` is the name that came beside the bytes, the empty one the bytes.
    ///
    /// # Errors
    /// A name that is no name for such a file, a file of which none is taken there, and bytes that are attached there already.
    pub(super) fn attached(self, to: Place<'_>, at: Moment<'_>) -> Result<Attachment, Refusal> {
        let mut faults = Vec::new();
        let kind = self.kind.named(&self.name);
        match (kind, to.terms) {
            (None, _) => faults.push(Fault::at("/name", Code::FileNameOfOtherType)),
            (Some(kind), Some(terms)) => faults.extend(terms.check(kind, self.size)),
            (Some(_), None) => {}
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
