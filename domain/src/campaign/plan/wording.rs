//! What was printed, what was meant, and where.

use serde::{Deserialize, Serialize};

use crate::text::{Line, Prose, Token};

/// A piece of the paper: as printed, and put right where the print is wrong.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Wording {
    /// As printed, misprints included; only the white space of the page is gone.
    pub printed: Prose,
    /// What was meant; absent where the print is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected: Option<Prose>,
}

impl Wording {
    /// The text to show: what was meant.
    #[must_use]
    pub fn text(&self) -> &Prose {
        self.corrected.as_ref().unwrap_or(&self.printed)
    }
}

/// A piece of the paper with its place, as evidence for what was made of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Source {
    /// Code of the section, field, task, solution or duty; or one of [`super::PLACES`].
    pub place: Token,
    /// The words.
    pub text: Wording,
}

/// A misprint that was put right.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Correction {
    /// Short code, unique among the corrections.
    pub code: Token,
    /// Where it stands, as in [`Source::place`].
    pub places: Vec<Token>,
    /// What was printed.
    pub printed: Line,
    /// What was meant.
    pub corrected: Line,
}
