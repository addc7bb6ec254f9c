//! Series of numbers (*hệ thống số văn bản*): what the head of an agency sets (NĐ 30/2020, article 15), as data.
//!
//! A series is of one issuer and of one type of documents, or of all types that have no series of their own. Each year it
//! begins with 1; one that is taken over within a year can begin that first year later. Its numbers are given by the system,
//! without a gap, or by the clerk, where the book is kept elsewhere.

use serde::{Deserialize, Serialize};

use super::DocumentType;
use crate::{
    campaign::CampaignId,
    change::{Aggregate, ObjectType, Root},
    id::Id,
    policy::{Subject, Visibility},
    principal::{Actor, Role},
    text::Paragraph,
    time::Date,
    unit::UnitId,
};

mod commands;
mod stage;

pub use commands::{CreateDocumentSeries, RetireDocumentSeries};
pub use stage::Stage;

/// Identifies a series of numbers.
pub type DocumentSeriesId = Id<DocumentSeries>;

/// Who gives the numbers of a series.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum NumberingMode {
    /// The system: the next number and today, without a gap.
    Own,
    /// The clerk, who types what the book elsewhere says.
    Entered,
}

impl NumberingMode {
    /// Both.
    pub const ALL: &'static [Self] = &[Self::Own, Self::Entered];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Own => "OWN",
            Self::Entered => "ENTERED",
        }
    }
}

/// A series of numbers; what it says never changes, another rule is another series.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DocumentSeries {
    /// Identity and version.
    pub root: Root<Self>,
    /// Who issues.
    pub issuer: UnitId,
    /// The type that is numbered in it; absent for all types of the issuer that have no series of their own.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub document_type: Option<DocumentType>,
    /// Who gives the numbers.
    pub numbering: NumberingMode,
    /// The first day of which documents are numbered in it: 1/7/2025 for a commune that begins on it.
    pub valid_from: Date,
    /// The number with which its first year begins; every later year begins with 1.
    pub first_number: i32,
    /// What sets it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<Paragraph>,
    /// Whether documents are numbered in it.
    pub stage: Stage,
}

impl DocumentSeries {
    /// The number that follows in a year, of which the last one used is given.
    #[must_use]
    pub fn next(&self, year: i32, last: Option<i32>) -> i32 {
        let begins = if chrono::Datelike::year(&self.valid_from) == year { self.first_number } else { 1 };
        last.map_or(begins, |last| begins.max(last.saturating_add(1)))
    }
}

impl Aggregate for DocumentSeries {
    const TYPE: ObjectType = ObjectType::DocumentSeries;

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
        None
    }
    fn unit(&self) -> Option<UnitId> {
        None
    }
    // For those who see the registers.
    fn visibility(actor: &Actor) -> Visibility {
        let reads = actor.has_any(Role::OVERSIGHT) || actor.has(Role::Clerk);
        if reads { Visibility::everything() } else { Visibility::nothing() }
    }
}

impl Subject for DocumentSeries {
    fn unit(&self) -> Option<UnitId> {
        Some(self.issuer)
    }
}
