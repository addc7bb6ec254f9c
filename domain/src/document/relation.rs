//! What a later document does to an earlier one (NĐ 30/2020, article 18). The earlier one is never changed: it shows what was
//! done to it, and the later one shows to what.

use serde::{Deserialize, Serialize};

use super::{Document, DocumentId, DocumentType};
use crate::{
    change::{Change, Moment},
    refusal::{Code, Fault},
    text::{Paragraph, Token},
    time::Date,
    unit::UnitId,
};

/// The most earlier documents that one document concerns.
pub const MAX_RELATIONS: usize = 10;

/// What a later document does to an earlier one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RelationKind {
    /// Puts its form right, by an official letter (công văn đính chính).
    Corrects,
    /// Amends its content (sửa đổi, bổ sung).
    Amends,
    /// Takes its place (thay thế).
    Replaces,
    /// Calls it back (thu hồi).
    Recalls,
}

impl RelationKind {
    /// All kinds.
    pub const ALL: &'static [Self] = &[Self::Corrects, Self::Amends, Self::Replaces, Self::Recalls];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Corrects => "CORRECTS",
            Self::Amends => "AMENDS",
            Self::Replaces => "REPLACES",
            Self::Recalls => "RECALLS",
        }
    }

    /// The event on the earlier document.
    const fn event(self) -> &'static str {
        match self {
            Self::Corrects => "document.corrected",
            Self::Amends => "document.amended",
            Self::Replaces => "document.replaced",
            Self::Recalls => "document.recalled",
        }
    }
}

/// A relation as one of the two documents shows it: the other one, by its identity and as it is printed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Relation {
    /// What the later one does to the earlier one.
    pub kind: RelationKind,
    /// The other document.
    pub document: DocumentId,
    /// Its symbol.
    pub symbol: Token,
    /// Its day of issue.
    pub issued_on: Date,
    /// Why; a report may replace another one of which nobody said what was wrong with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Paragraph>,
}

/// A relation that a new document is to have.
#[derive(Clone, Debug)]
pub struct Intent {
    /// What it does.
    pub kind: RelationKind,
    /// To which document, locked for this change.
    pub earlier: Document,
    /// Why, where it is said.
    pub reason: Option<Paragraph>,
}

impl Intent {
    /// What stands against it; `at` is where the caller wrote it.
    ///
    /// Wrong form is put right by an official letter, wrong content by a document of equal form, both of who issued the
    /// earlier one (NĐ 30/2020, article 18.3).
    pub(super) fn check(&self, at: &str, issuer: UnitId, by: DocumentType, day: Date) -> Vec<Fault> {
        let earlier = &self.earlier;
        let mut faults = Vec::new();
        if earlier.issuer != issuer {
            faults.push(Fault::at(format!("{at}/documentId"), Code::RelationOfOtherIssuer));
        }
        if day < earlier.issued_on {
            faults.push(Fault::at(format!("{at}/documentId"), Code::RelationToLater));
        }
        let fits = match self.kind {
            RelationKind::Corrects => by == DocumentType::OfficialLetter,
            RelationKind::Amends | RelationKind::Replaces => by == earlier.document_type,
            RelationKind::Recalls => true,
        };
        if !fits {
            faults.push(Fault::at(format!("{at}/kind"), Code::RelationByOtherType));
        }
        // What was recalled or replaced stands no more; it is not recalled or replaced a second time either.
        let replaced = earlier.suffered(RelationKind::Replaces) && self.kind != RelationKind::Recalls;
        let recalled = earlier.suffered(RelationKind::Recalls) && self.kind != RelationKind::Replaces;
        if replaced || recalled {
            faults.push(Fault::at(format!("{at}/documentId"), Code::RelationToWithdrawn));
        }
        faults
    }

    /// How the later document shows it.
    pub(super) fn shown(&self) -> Relation {
        let earlier = &self.earlier;
        Relation {
            kind: self.kind,
            document: earlier.root.id,
            symbol: earlier.symbol.clone(),
            issued_on: earlier.issued_on,
            reason: self.reason.clone(),
        }
    }

    /// How the earlier document shows it from now on; what was issued stays as it is.
    pub(super) fn suffered_from(self, later: &Document, at: Moment<'_>) -> Change<Document> {
        let relation = Relation {
            kind: self.kind,
            document: later.root.id,
            symbol: later.symbol.clone(),
            issued_on: later.issued_on,
            reason: self.reason.clone(),
        };
        let shown =
            Change::made(&self.earlier, at.now, self.kind.event(), |earlier| earlier.affected_by.push(relation));
        match self.reason {
            Some(reason) => shown.because(reason),
            None => shown,
        }
    }
}
