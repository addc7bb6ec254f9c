//! What a plan says on awards, and to whom it is sent.

use serde::{Deserialize, Serialize};

use super::{Source, Wording};
use crate::text::{Paragraph, Token};

/// A rule on awards that the plan itself sets; what the law says is no part of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AwardRule {
    /// Short code.
    pub code: Token,
    /// The rule in short.
    pub rule: Paragraph,
    /// The words it comes from.
    pub sources: Vec<Source>,
}

/// A line of the list of recipients (*nơi nhận*).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Recipient {
    /// Short code.
    pub code: Token,
    /// The line.
    pub text: Wording,
    /// The party it names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<Token>,
    /// The copy that stays in the house (*Lưu*).
    #[serde(default)]
    pub filed: bool,
}
