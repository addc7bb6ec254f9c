//! What a report says of the rules that its figures go against, and of those that were silent about them.

use serde::{Deserialize, Serialize};
use thidua_domain::rule::{RuleComment, Silence, SilentRule, Violation};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    input::{CodeText, Str, ValidationRuleKey},
    language::Language,
};

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

/// Why a rule that is about a figure could not say whether it is as it must be: the last report says no value of the target, the
/// report says none of the one it is compared with, no unit has a value to be summed, or the values are not of one kind.
/// Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum RuleSilence {
    NothingBefore,
    OtherMissing,
    NothingToSum,
    NotComparable,
}

impl From<Silence> for RuleSilence {
    fn from(silence: Silence) -> Self {
        match silence {
            Silence::NothingBefore => Self::NothingBefore,
            Silence::OtherMissing => Self::OtherMissing,
            Silence::NothingToSum => Self::NothingToSum,
            Silence::NotComparable => Self::NotComparable,
        }
    }
}

/// A validation rule that is about a figure of a report and found nothing to compare it with: it does not vouch for the figure.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SilentRule)]
pub(crate) struct SilentRuleView {
    /// The rule, which may be retired since.
    rule_id: ValidationRuleKey,
    /// The code of the rule within the campaign.
    #[schema(example = "TONG-THON")]
    code: CodeText,
    /// What the rule asks, in words.
    name: Str<300>,
    /// The target whose value it is about, by its code.
    #[schema(example = "BHYT")]
    target: CodeText,
    /// Why it said nothing.
    silence: RuleSilence,
    /// The same in the caller's language.
    #[schema(max_length = 200, pattern = "^.+$", example = "Chưa có đơn vị nào có số liệu để cộng")]
    silence_label: String,
}

impl SilentRuleView {
    pub(crate) fn of(silent: SilentRule, language: Language) -> Self {
        Self {
            rule_id: silent.rule.into(),
            code: silent.code.into(),
            name: silent.name.into(),
            target: silent.target.into(),
            silence: silent.silence.into(),
            silence_label: language.label("ruleSilence", silent.silence.as_str()),
        }
    }
}
