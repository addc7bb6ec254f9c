//! What a plan says and asks: sections, fields and tasks.

use serde::{Deserialize, Serialize};

use super::{DutyRole, Wording};
use crate::text::{Line, Token};

/// A section of the paper, with its heading, its text or both.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Section {
    /// The numbering of the paper: `I.2a`.
    pub code: Token,
    /// Short title for lists.
    pub title: Line,
    /// The heading, without its numbering.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<Wording>,
    /// The text, without its numbering.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Wording>,
}

/// A field of tasks (*lĩnh vực*).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Field {
    /// The numbering of the paper: `3.1`.
    pub code: Token,
    /// Name, as printed.
    pub name: Line,
}

/// A task (*nhiệm vụ cụ thể*).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Task {
    /// Field and order: `3.1.1`.
    pub code: Token,
    /// The field it belongs to.
    pub field: Token,
    /// Short title for lists.
    pub short_title: Line,
    /// The task in full.
    pub text: Wording,
    /// Defence or internal situation: never in public figures.
    #[serde(default)]
    pub restricted: bool,
    /// Who takes it on; empty where neither the paper nor its reader names anybody.
    #[serde(default)]
    pub assignments: Vec<Assignment>,
}

/// A party's part in a task.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Assignment {
    /// The party.
    pub party: Token,
    /// Its part.
    pub role: DutyRole,
    /// Not printed: a reader inferred it from duties or from remits.
    #[serde(default)]
    pub inferred: bool,
    /// From what it was inferred, where that is not the party's evident remit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Line>,
}
