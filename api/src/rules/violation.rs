//! What a report says of the rules that its figures go against.

use serde::{Deserialize, Serialize};
use thidua_domain::rule::{RuleComment, Violation};
use utoipa::ToSchema;
use validator::Validate;

use crate::input::{CodeText, Str, ValidationRuleKey};

/// Why the figures are as they are where a validation rule warns of them.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = RuleComment)]
pub(crate) struct RuleCommentBody {
    /// The validation rule, by its code; each once.
    #[schema(example = "KHONG-GIAM")]
    rule: CodeText,
    /// Why it is so, for the one who accepts; no personal data.
    #[schema(example = "Hai học sinh chuyển trường trong tháng.")]
    comment: Str<2000>,
}

impl From<RuleCommentBody> for RuleComment {
    fn from(body: RuleCommentBody) -> Self {
        Self { rule: body.rule.into_text(), comment: body.comment.into_text() }
    }
}

impl From<RuleComment> for RuleCommentBody {
    fn from(comment: RuleComment) -> Self {
        Self { rule: comment.rule.into(), comment: comment.comment.into() }
    }
}

/// A validation rule that a report was handed in against, as it was then, with what the unit says of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RuleViolation)]
pub(crate) struct RuleViolationView {
    /// The rule, which may be retired since.
    rule_id: ValidationRuleKey,
    /// The code of the rule within the campaign.
    #[schema(example = "KHONG-GIAM")]
    code: CodeText,
    /// What the rule asks, in words.
    name: Str<300>,
    /// The target whose value it is about, by its code.
    #[schema(example = "BHYT-HS")]
    target: CodeText,
    /// Why it is so, as the unit says.
    comment: Str<2000>,
}

impl From<Violation> for RuleViolationView {
    fn from(violation: Violation) -> Self {
        Self {
            rule_id: violation.rule.into(),
            code: violation.code.into(),
            name: violation.name.into(),
            target: violation.target.into(),
            comment: violation.comment.into(),
        }
    }
}
