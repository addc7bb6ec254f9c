//! The check of a document's form before it is signed (*kiểm tra thể thức*, NĐ 30/2020, article 12).

use serde::{Deserialize, Serialize};

use crate::{
    principal::{Actor, PersonId},
    time::Timestamp,
};

/// The recorded act: somebody other than who drafted it answers for its form.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FormatCheck {
    /// Who checked it.
    pub person: PersonId,
    /// Name as shown.
    pub name: String,
    /// When, by the business clock.
    pub checked_at: Timestamp,
}

impl FormatCheck {
    /// The check by the caller, now.
    #[must_use]
    pub fn of(actor: &Actor, now: Timestamp) -> Self {
        Self { person: actor.person, name: actor.name.clone(), checked_at: now }
    }
}
