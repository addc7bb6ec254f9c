//! The incoming register (*sổ đăng ký văn bản đến*): each document that arrives gets a number of ours (*số đến*) beside the
//! symbol that its sender gave it (NĐ 30/2020, article 22).
//!
//! A village has neither seal nor symbol, and a Party body writes its symbol otherwise than the State does. What was entered
//! is never deleted: an act that is dated and gives its reason puts it right, and keeps what it said before.

use serde::{Deserialize, Serialize};

use crate::{
    attachment::Enclosure,
    campaign::CampaignId,
    change::{Aggregate, ObjectType, Root},
    document::symbol::{DocSymbol, Grammar},
    id::Id,
    policy::{Subject, Visibility},
    principal::{Actor, PersonId, Role},
    text::{Line, Paragraph, Token},
    time::{Date, Timestamp},
    unit::UnitId,
};

mod commands;
#[cfg(test)]
mod tests;

pub use commands::{CorrectIncomingDocument, IncomingFacts, RecordIncomingDocument};

/// Identifies an entry of the incoming register.
pub type IncomingDocumentId = Id<IncomingDocument>;

/// The most corrections of one entry.
pub const MAX_CORRECTIONS: usize = 50;

/// What the register says of a document that arrived.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// The day on which it arrived (ngày đến).
    pub arrived_on: Date,
    /// Who sent it (tác giả), as printed.
    pub sender: Line,
    /// The sender, where it is a unit of the directory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender_unit: Option<UnitId>,
    /// The symbol that the sender gave it; a village has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<DocSymbol>,
    /// What is printed in its place, where that is no symbol by either grammar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed_symbol: Option<Token>,
    /// The day that is printed on it.
    pub dated_on: Date,
    /// Its type and what it is about (tên loại và trích yếu).
    pub subject: Paragraph,
    /// Why its day does not follow the order of the numbers, where it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_comment: Option<Paragraph>,
}

impl Entry {
    /// Whose way of writing the symbol follows.
    #[must_use]
    pub fn grammar(&self) -> Option<Grammar> {
        self.symbol.as_ref().map(DocSymbol::grammar)
    }
}

/// An act that put an entry right.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EntryCorrection {
    /// When, by the business clock.
    pub corrected_at: Timestamp,
    /// Who.
    pub person: PersonId,
    /// Name as shown.
    pub name: String,
    /// Why.
    pub reason: Paragraph,
    /// What the entry said before.
    pub before: Entry,
}

/// A document that arrived: per receiving unit and year each number once, without a gap.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IncomingDocument {
    /// Identity and version.
    pub root: Root<Self>,
    /// Whose book it is in.
    pub receiver: UnitId,
    /// The year of the book.
    pub year: i32,
    /// The number in the book (số đến), from 1.
    pub number: i32,
    /// What the book says.
    pub entry: Entry,
    /// What put it right, the first first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<EntryCorrection>,
    /// Its scan (bản quét), in the order in which the files were attached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Enclosure>,
}

impl Aggregate for IncomingDocument {
    const TYPE: ObjectType = ObjectType::IncomingDocument;

    fn root(&self) -> &Root<Self> {
        &self.root
    }
    fn root_mut(&mut self) -> &mut Root<Self> {
        &mut self.root
    }
    fn stage_code(&self) -> &'static str {
        "RECORDED"
    }
    fn campaign(&self) -> Option<CampaignId> {
        None
    }
    fn unit(&self) -> Option<UnitId> {
        None
    }
    // As the outgoing register.
    fn visibility(actor: &Actor) -> Visibility {
        let reads = actor.has_any(Role::OVERSIGHT) || actor.has(Role::Clerk);
        if reads { Visibility::everything() } else { Visibility::nothing() }
    }
}

impl Subject for IncomingDocument {
    fn unit(&self) -> Option<UnitId> {
        Some(self.receiver)
    }
}
