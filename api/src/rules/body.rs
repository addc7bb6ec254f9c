//! Bodies of validation rules.

use serde::{Deserialize, Serialize};
use thidua_domain::{
    change::Aggregate,
    principal::Actor,
    refusal::Fault,
    rule::{Condition, CreateValidationRule, CreationFacts, InForce, RetireValidationRule, Severity, ValidationRule},
    text::Token,
};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::condition::ConditionBody;
use crate::{
    command::ActionView,
    input::{CampaignKey, CodeText, CursorText, Instant, Limit, Str, ValidationRuleKey, present},
    language::Language,
    list::paged,
};

/// What follows where a rule is violated: the report is not taken, or only with a comment. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum RuleSeverity {
    Block,
    Warn,
}

impl From<RuleSeverity> for Severity {
    fn from(severity: RuleSeverity) -> Self {
        match severity {
            RuleSeverity::Block => Self::Block,
            RuleSeverity::Warn => Self::Warn,
        }
    }
}

impl From<Severity> for RuleSeverity {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Block => Self::Block,
            Severity::Warn => Self::Warn,
        }
    }
}

/// Whether a validation rule is asked or retired. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum ValidationRuleStage {
    Active,
    Retired,
}

impl ValidationRuleStage {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Retired => "RETIRED",
        }
    }
}

/// A validation rule to be made.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ValidationRuleNew {
    /// Short code, unique within the campaign for ever; comments name the rule by it.
    #[schema(example = "KHONG-GIAM")]
    code: CodeText,
    /// What must be so, in words: whoever breaks the rule reads this.
    #[schema(example = "Số liệu không thấp hơn kỳ trước.")]
    name: Str<300>,
    /// What follows where it is not so.
    severity: RuleSeverity,
    /// What must be so.
    #[validate(nested)]
    condition: ConditionBody,
}

impl ValidationRuleNew {
    pub(super) fn code(&self) -> Token {
        self.code.clone().into_text()
    }

    /// What must be so, or what is wrong with it as it is written.
    pub(super) fn condition(&self) -> Result<Condition, Vec<Fault>> {
        self.condition.parsed()
    }

    pub(super) fn command(&self, facts: CreationFacts) -> CreateValidationRule {
        let name = self.name.clone().into_text();
        let condition = self.condition();
        CreateValidationRule { code: self.code(), name, severity: self.severity.into(), condition, facts }
    }
}

/// A validation rule of a campaign.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ValidationRule)]
pub(crate) struct ValidationRuleView {
    /// Identifies the rule, for ever.
    id: ValidationRuleKey,
    /// Counts changes, from 1.
    #[schema(minimum = 1, maximum = 1_000_000_000_i64)]
    version: i64,
    /// The campaign whose reports it is asked of.
    campaign_id: CampaignKey,
    /// Short code, unique within the campaign.
    #[schema(example = "KHONG-GIAM")]
    code: CodeText,
    /// What must be so, in words.
    name: Str<300>,
    /// What follows where it is not so.
    severity: RuleSeverity,
    /// What follows, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Cảnh báo")]
    severity_label: String,
    /// What must be so.
    condition: ConditionBody,
    /// How many targets in force, of units that exist today, the rule has something to say of: those that it names, or all
    /// where it names none, as far as their values can be compared; of a sum the one that says the whole, where there is a
    /// part. With 0 it guards nothing, be it that nobody has registered such a target yet or that a code is mistyped. Present
    /// for those who follow the campaign, while the rule is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000, example = 12)]
    covered_targets: Option<usize>,
    /// Whether it is asked.
    stage: ValidationRuleStage,
    /// The stage in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Đang áp dụng")]
    stage_label: String,
    /// Since when it is asked no more; absent while it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    retired_at: Option<Instant>,
    /// When it was made, by the business clock.
    created_at: Instant,
    /// When it was changed last, by the business clock.
    updated_at: Instant,
    /// What the caller could do with it now; absent in lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    actions: Vec<ActionView>,
}

impl ValidationRuleView {
    /// The rule with what this caller could do.
    pub(super) fn of(rule: &ValidationRule, seen: Option<&InForce>, actor: &Actor, language: Language) -> Self {
        let actions = vec![ActionView::of::<RetireValidationRule, _>(actor, rule)];
        Self { actions, ..Self::listed(rule, seen, language) }
    }

    /// The rule, beside the targets in force where the caller sees them all.
    pub(super) fn listed(rule: &ValidationRule, seen: Option<&InForce>, language: Language) -> Self {
        let asked = rule.retired_at.is_none();
        let stage = match rule.retired_at {
            Some(_) => ValidationRuleStage::Retired,
            None => ValidationRuleStage::Active,
        };
        Self {
            id: rule.root.id.into(),
            version: rule.root.version,
            campaign_id: rule.campaign.into(),
            code: rule.code.clone().into(),
            name: rule.name.clone().into(),
            severity: rule.severity.into(),
            severity_label: language.label("ruleSeverity", rule.severity.as_str()),
            condition: rule.condition.clone().into(),
            covered_targets: seen.filter(|_| asked).map(|in_force| rule.condition.covered(in_force)),
            stage,
            stage_label: language.label("validationRuleStage", rule.stage_code()),
            retired_at: rule.retired_at.map(Instant),
            created_at: Instant(rule.root.created_at),
            updated_at: Instant(rule.root.updated_at),
            actions: Vec::new(),
        }
    }
}

/// A page of validation rules.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ValidationRulePage {
    /// The rules of this page.
    #[schema(max_items = 100)]
    items: Vec<ValidationRuleView>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<CursorText>,
    /// How many match in all; present where `includeTotal` asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000_i64)]
    total: Option<i64>,
}

/// Which validation rules, and which page of them.
#[derive(Clone, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ValidationRuleQuery {
    /// Only rules in these stages; repeat the parameter for several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[param(max_items = 10, required = false)]
    #[validate(length(max = 10))]
    pub(super) stage: Vec<ValidationRuleStage>,
    /// How many items a page has.
    #[serde(default)]
    #[param(required = false, example = 20)]
    pub(super) limit: Limit,
    /// Where the page before ended.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false)]
    pub(super) cursor: Option<CursorText>,
    /// Whether all that match are counted.
    #[serde(default)]
    #[param(required = false, example = false)]
    pub(super) include_total: bool,
}

paged!(ValidationRuleQuery, ValidationRulePage of ValidationRuleView);
