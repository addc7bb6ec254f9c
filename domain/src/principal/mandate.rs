//! How somebody holds a role who signs in it otherwise than as the holder of the post (NĐ 30/2020, article 13).

use serde::{Deserialize, Serialize};

use super::{Grant, Role};
use crate::{
    document::{DocumentType, symbol::DocSymbol},
    refusal::{Code, Fault, Refusal},
    text::Line,
    time::Date,
};

/// In which way a role is held, where it is not held as by who was appointed to the post.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Mandate {
    /// Quyền: holds the post for the time being, and signs `Q. CHỦ TỊCH`.
    Acting,
    /// Deputy of the head of an office, and signs `KT. HIỆU TRƯỞNG`.
    Deputy {
        /// The head's title: "Hiệu trưởng".
        head: Line,
    },
    /// Thừa lệnh: the chairman has some sorts of papers signed by the head of an office (article 13.4).
    ByOrder {
        /// What says so.
        authorisation: Authorisation,
    },
    /// Thừa ủy quyền: in a special case, in writing, for a time and for what is named (article 13.3).
    ByAuthority {
        /// What says so.
        authorisation: Authorisation,
    },
}

/// That somebody may sign for the chairman, as a document says it. From which day and until which one, the grant says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Authorisation {
    /// For whom is signed, by title: "Chủ tịch".
    pub head: Line,
    /// Who gave it: "Phạm Văn Thung".
    pub given_by: Line,
    /// The document that says so.
    pub document: DocSymbol,
    /// The day on which that was issued.
    pub issue_date: Date,
    /// For which sorts of papers it holds.
    pub papers: Vec<DocumentType>,
}

impl Mandate {
    /// What the mandate rests on, where it is to sign for somebody else.
    #[must_use]
    pub const fn authorisation(&self) -> Option<&Authorisation> {
        match self {
            Self::ByOrder { authorisation } | Self::ByAuthority { authorisation } => Some(authorisation),
            Self::Acting | Self::Deputy { .. } => None,
        }
    }

    /// Whether a role can be held in this way: posts for the time being, deputies of offices, and heads of offices who sign for
    /// the chairman. Deputies of the chairman have a role of their own.
    const fn fits(&self, role: Role) -> bool {
        match self {
            Self::Acting => matches!(role, Role::Chair | Role::UnitHead),
            Self::Deputy { .. } => matches!(role, Role::UnitHead),
            Self::ByOrder { .. } | Self::ByAuthority { .. } => matches!(role, Role::Office | Role::Coordinator),
        }
    }
}

/// Whether grants are held in ways that there are, by somebody whose own title is known where the paper prints it.
///
/// # Errors
/// `principal.mandateUnfit` where a role is not held in such a way; `field.missing` where a paper would lack the title, where no
/// sort of paper is named, or where an authority has no end.
pub(super) fn check(grants: &[Grant], title: Option<&Line>) -> Result<(), Refusal> {
    let held = grants.iter().enumerate().filter_map(|(index, grant)| Some((index, grant, grant.mandate.as_ref()?)));
    let mut faults = Vec::new();
    for (index, grant, mandate) in held {
        let fault = |member: &str, code| Fault::at(format!("/grants/{index}/{member}"), code);
        if !mandate.fits(grant.role) {
            faults.push(fault("mandate", Code::MandateUnfit));
        }
        if mandate.authorisation().is_some_and(|given| given.papers.is_empty()) {
            faults.push(fault("mandate/papers", Code::FieldMissing));
        }
        if matches!(mandate, Mandate::ByAuthority { .. }) && grant.valid_before.is_none() {
            faults.push(fault("validBefore", Code::FieldMissing));
        }
        if *mandate != Mandate::Acting && title.is_none() {
            faults.push(Fault::at("/title", Code::FieldMissing));
        }
    }
    Refusal::unless_empty(faults)
}
