//! Documents: symbols, numbers and signatures (NĐ 30/2020), and the register of what was issued.

use serde::{Deserialize, Serialize};

use crate::{
    campaign::CampaignId,
    change::{Aggregate, ObjectType, Root},
    consolidation::ConsolidatedReportId,
    id::Id,
    policy::Visibility,
    principal::{Actor, Role},
    text::{Paragraph, Token},
    time::Date,
    unit::UnitId,
};

mod kind;
mod numbering;
mod series;
mod signature;
pub mod symbol;
#[cfg(test)]
pub(crate) mod tests;

pub use kind::DocumentType;
pub use numbering::{Numbering, NumberingFacts, Paper};
pub use series::{
    CreateDocumentSeries, DocumentSeries, DocumentSeriesId, NumberingMode, RetireDocumentSeries, Stage as SeriesStage,
};
pub use signature::{Capacity, Signature};

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
    /// Who signed.
    pub signature: Signature,
    /// Why its day does not follow the order of the numbers, where it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_comment: Option<Paragraph>,
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
        "ISSUED"
    }
    fn campaign(&self) -> Option<CampaignId> {
        self.campaign
    }
    fn unit(&self) -> Option<UnitId> {
        None
    }
    fn visibility(actor: &Actor) -> Visibility {
        let reads = actor.has_any(Role::OVERSIGHT) || actor.has(Role::Clerk);
        if reads { Visibility::everything() } else { Visibility::nothing() }
    }
}
