//! Signatures: recorded acts of signing, in the capacities of NĐ 30/2020.

use serde::{Deserialize, Serialize};

use super::DocumentType;
use crate::{
    principal::{Actor, Authentication, Authorisation, Mandate, PersonId, Role},
    text::{Line, Paragraph},
    time::{Date, Timestamp},
    unit::{UnitId, UnitType},
};

/// In which capacity somebody signs (NĐ 30/2020, article 13).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Capacity {
    /// TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH.
    OnBehalf,
    /// TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH.
    ForTheChair,
    /// TM. ỦY BAN NHÂN DÂN / Q. CHỦ TỊCH.
    ActingChair,
    /// The head of an office signs what the office issues: CHÁNH VĂN PHÒNG.
    HeadOfUnit,
    /// A deputy of that head: KT. CHÁNH VĂN PHÒNG / PHÓ CHÁNH VĂN PHÒNG.
    ForTheHead,
    /// Who holds that post for the time being: Q. CHÁNH VĂN PHÒNG.
    ActingHead,
    /// TL. CHỦ TỊCH / CHÁNH VĂN PHÒNG.
    ByOrder,
    /// TUQ. CHỦ TỊCH / TRƯỞNG PHÒNG.
    ByAuthority,
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
    /// The signer's title, where it stands above the name: "Chánh Văn phòng"; of the head of a unit of whom nobody entered one,
    /// what heads of such units are called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The title of who is signed for, where it is not the chairman by rule: "Hiệu trưởng".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<Line>,
    /// What lets the signer sign for the chairman (TL., TUQ.).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorisation: Option<Authorisation>,
    /// When, by the business clock.
    pub signed_at: Timestamp,
    /// How the signer had proven to be who he is, as far as the issuer of his token says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authentication: Option<Authentication>,
}

impl Signature {
    /// The signature of the caller in the role that permits it, on a paper of this unit, or of the committee: the chairman signs
    /// on its behalf, a deputy for the chairman, the head of an office for that office. How the role is held decides the rest.
    #[must_use]
    pub fn of(actor: &Actor, role: Role, on: SignedPaper, now: Timestamp) -> Self {
        let (unit, sort) = on.unit.unzip();
        let mandate = match (role, unit) {
            (Role::Chair | Role::ViceChair, _) => actor.mandate(role, None),
            (_, Some(unit)) => actor.mandate(Role::UnitHead, Some(unit)),
            (_, None) => actor.authorised(role, on.document_type),
        };
        let (capacity, head) = match (role, mandate) {
            (Role::Chair, Some(Mandate::Acting)) => (Capacity::ActingChair, None),
            (Role::Chair, _) => (Capacity::OnBehalf, None),
            (Role::ViceChair, _) => (Capacity::ForTheChair, None),
            (_, Some(Mandate::Acting)) => (Capacity::ActingHead, None),
            (_, Some(Mandate::Deputy { head })) => (Capacity::ForTheHead, Some(head)),
            (_, Some(Mandate::ByOrder { authorisation })) => (Capacity::ByOrder, Some(&authorisation.head)),
            (_, Some(Mandate::ByAuthority { authorisation })) => (Capacity::ByAuthority, Some(&authorisation.head)),
            (_, None) => (Capacity::HeadOfUnit, None),
        };
        Self {
            person: actor.person,
            name: actor.name.clone(),
            capacity,
            title: if capacity.of_the_committee() {
                None
            } else {
                actor.title.clone().or_else(|| sort.map(|sort| sort.head().to_owned()))
            },
            head: head.cloned(),
            authorisation: mandate.and_then(Mandate::authorisation).cloned(),
            signed_at: now,
            authentication: actor.authentication.clone(),
        }
    }
}

/// What is signed, as far as that decides how.
#[derive(Clone, Copy, Debug)]
pub struct SignedPaper {
    /// The unit that issues it, and of which sort it is; absent of a paper of the committee.
    pub unit: Option<(UnitId, UnitType)>,
    /// What sort of paper.
    pub document_type: DocumentType,
}

impl Capacity {
    /// Whether the chairman or a deputy signs, whose titles the law gives.
    const fn of_the_committee(self) -> bool {
        match self {
            Self::OnBehalf | Self::ForTheChair | Self::ActingChair => true,
            Self::HeadOfUnit | Self::ForTheHead | Self::ActingHead | Self::ByOrder | Self::ByAuthority => false,
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
