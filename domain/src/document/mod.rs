//! Documents: symbols, numbers and signatures (NĐ 30/2020), and the register of what was issued.

use serde::{Deserialize, Serialize};

use crate::{
    attachment::Enclosure,
    campaign::CampaignId,
    change::{Aggregate, Change, ObjectType, Root},
    consolidation::ConsolidatedReportId,
    id::Id,
    policy::{Subject, Visibility, Window},
    principal::{Actor, Role},
    text::{Line, Paragraph, Token},
    time::{Date, Deadline, Timestamp},
    unit::UnitId,
};

mod commands;
mod format;
mod kind;
mod numbering;
mod relation;
mod series;
mod signature;
mod stage;
pub mod symbol;
#[cfg(test)]
pub(crate) mod tests;

pub use commands::{DispatchDocument, RegisterDocument, SealDocument};
pub use format::FormatCheck;
pub use kind::DocumentType;
pub use numbering::{Numbering, NumberingFacts, Paper, Registered};
pub use relation::{Intent, MAX_RELATIONS, Relation, RelationKind};
pub use series::{
    CreateDocumentSeries, DocumentSeries, DocumentSeriesId, NumberingMode, RetireDocumentSeries, Stage as SeriesStage,
};
pub use signature::{Capacity, PaperSignature, Signature, Signed, SignedPaper};
pub use stage::{Departure, Seal, SealManner, Stage};

/// Identifies an issued document.
pub type DocumentId = Id<Document>;

/// Number and day that a document got when it was issued.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IssueInfo {
    /// The entry in the outgoing register.
    pub document: DocumentId,
    /// `12/KH-UBND`.
    pub symbol: Token,
    /// The day of issue.
    pub issued_on: Date,
}

/// An entry of the outgoing register (sổ đăng ký văn bản đi): in its series and year each number once, and for ever.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    /// Identity and version.
    pub root: Root<Self>,
    /// The campaign that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<CampaignId>,
    /// The consolidated report whose paper it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consolidated_report: Option<ConsolidatedReportId>,
    /// The series that it was numbered in; absent for what was numbered before series were data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<DocumentSeriesId>,
    /// Who issues.
    pub issuer: UnitId,
    /// The unit that drafted it, where the register says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drafter: Option<UnitId>,
    /// What sort of document.
    #[serde(rename = "type")]
    pub document_type: DocumentType,
    /// The year of the series.
    pub year: i32,
    /// The number in the series, from 1.
    pub number: i32,
    /// The symbol as printed.
    pub symbol: Token,
    /// The day of issue.
    pub issued_on: Date,
    /// Trích yếu.
    pub subject: Paragraph,
    /// To whom it goes (*nơi nhận*), as the book lists them; empty where the register does not say it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<Line>,
    /// How many copies were made, where the register says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copies: Option<u32>,
    /// Who signed it here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
    /// Who signed it elsewhere, as the paper says; one of the two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper_signature: Option<PaperSignature>,
    /// Who answered for its form before it was signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format_check: Option<FormatCheck>,
    /// Why its day does not follow the order of the numbers, where it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_comment: Option<Paragraph>,
    /// Numbered and dispatched at this instant or later it is late: the next working day after its signature is over
    /// (NĐ 30/2020, articles 15.2 and 18.1). Absent for what was numbered before the register knew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dispatch_due_before: Option<Deadline>,
    /// What it does to earlier documents.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<Relation>,
    /// Its signed copy (bản đã ký), once the clerk has attached it; fixed when it leaves the house.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_copy: Option<Enclosure>,
    /// What later documents did to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub affected_by: Vec<Relation>,
    /// The units that were reminded with it, each once: they see it from then on, and for ever.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shown_to: Vec<UnitId>,
    /// Where it stands.
    #[serde(default)]
    pub stage: Stage,
}

impl Document {
    /// Whether a later document did this to it.
    #[must_use]
    pub fn suffered(&self, kind: RelationKind) -> bool {
        self.affected_by.iter().any(|relation| relation.kind == kind)
    }

    /// Whether it stands no more: another one took its place, or it was called back.
    #[must_use]
    pub fn withdrawn(&self) -> bool {
        self.suffered(RelationKind::Replaces) || self.suffered(RelationKind::Recalls)
    }

    /// The document as those units see it too from now on; `None` where all of them do already.
    pub(crate) fn shown(&self, units: &[UnitId], now: Timestamp) -> Option<Change<Self>> {
        let mut further = units.to_vec();
        further.retain(|unit| !self.shown_to.contains(unit));
        let change =
            || Change::made(self, now, "document.shown", |document| document.shown_to.extend(further.iter().copied()));
        (!further.is_empty()).then(change)
    }

    /// Whether its day of issue is later than the next working day after its signature.
    #[must_use]
    pub fn numbered_late(&self) -> bool {
        self.dispatch_due_before.is_some_and(|due| self.issued_on > due.last_day())
    }
}

impl Aggregate for Document {
    const TYPE: ObjectType = ObjectType::Document;

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
        None
    }
    fn shown_to(&self) -> &[UnitId] {
        &self.shown_to
    }
    /// Who follows a campaign or keeps the register sees all of it; a unit what it was reminded with.
    fn visibility(actor: &Actor) -> Visibility {
        let reads = actor.has_any(Role::OVERSIGHT) || actor.has(Role::Clerk);
        Visibility::nothing()
            .and(reads, Window::default())
            .and(true, Window { shown_to: Some(actor.reads_for()), ..Window::default() })
    }
}

impl Subject for Document {
    fn unit(&self) -> Option<UnitId> {
        Some(self.issuer)
    }
}
