//! Signatures: recorded acts of signing, in the capacities of NĐ 30/2020.

use serde::{Deserialize, Serialize};

use crate::{
    principal::{Actor, Authentication, PersonId, Role},
    text::{Line, Paragraph},
    time::{Date, Timestamp},
};

/// In which capacity somebody signs (NĐ 30/2020, article 13).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Capacity {
    /// TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH.
    OnBehalf,
    /// TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH.
    ForTheChair,
    /// The head of an office signs what the office issues: CHÁNH VĂN PHÒNG.
    HeadOfUnit,
}

/// A recorded act of signing; the API itself signs for nobody.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Signature {
    /// Who signed.
    pub person: PersonId,
    /// Name as shown.
    pub name: String,
    /// In which capacity.
    pub capacity: Capacity,
    /// The signer's title, where the head of an office signs by it: "Chánh Văn phòng".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// When, by the business clock.
    pub signed_at: Timestamp,
    /// How the signer had proven to be who he is, as far as the issuer of his token says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authentication: Option<Authentication>,
}

impl Signature {
    /// The signature of the caller in the role that permits it: the chairman signs on behalf of the committee, a deputy for
    /// the chairman, the head of an office for that office.
    #[must_use]
    pub fn of(actor: &Actor, role: Role, now: Timestamp) -> Self {
        let capacity = if role == Role::Chair {
            Capacity::OnBehalf
        } else if role == Role::Office {
            Capacity::HeadOfUnit
        } else {
            Capacity::ForTheChair
        };
        let title = actor.title.clone().filter(|_| capacity == Capacity::HeadOfUnit);
        Self {
            person: actor.person,
            name: actor.name.clone(),
            capacity,
            title,
            signed_at: now,
            authentication: actor.authentication.clone(),
        }
    }
}

/// Who signed a document that was signed outside this system, as the paper says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PaperSignature {
    /// The lines above the name: "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH".
    pub capacity: Paragraph,
    /// The name, as printed.
    pub name: Line,
    /// The day on which it was signed.
    pub signed_on: Date,
}

/// The signature of what is numbered.
#[derive(Clone, Copy, Debug)]
pub enum Signed<'a> {
    /// Recorded here, as an act of its own.
    Here(&'a Signature),
    /// On paper, or in another system.
    OnPaper(&'a PaperSignature),
}

impl Signed<'_> {
    /// The day on which it was signed.
    #[must_use]
    pub fn date(self) -> Date {
        match self {
            Self::Here(signature) => signature.signed_at.date(),
            Self::OnPaper(signature) => signature.signed_on,
        }
    }
}
