//! Validation rules of a campaign (*quy tắc kiểm tra số liệu*): what the figures of a report must be like, as data.
//!
//! They are asked when a report is handed in. A rule blocks, or it warns, and what it warns of passes with a comment. A
//! rule that finds nothing to compare says nothing: it never stands in the way of a report that it is not about.

use serde::{Deserialize, Serialize};

use crate::{
    campaign::{Campaign, CampaignId},
    change::{Aggregate, Change, Moment, ObjectType, Root},
    id::Id,
    policy::{Action, Command, Permitted, Subject, Visibility},
    principal::{Actor, PrincipalKind},
    refusal::{Code, Fault, Refusal},
    text::{Line, Token},
    time::Timestamp,
    unit::UnitId,
};

mod condition;
mod judging;
#[cfg(test)]
mod tests;
mod trial;

pub use condition::Condition;
pub use judging::{MAX_COMMENTS, Part, RuleComment, RuleFacts, Violation, judge};
pub use trial::{Against, HandedIn, Trial};

/// Identifies a validation rule.
pub type ValidationRuleId = Id<ValidationRule>;

/// What follows where a rule is violated.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Severity {
    /// The report is not taken.
    Block,
    /// The report is taken with a comment that says why.
    Warn,
}

impl Severity {
    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Block => "BLOCK",
            Self::Warn => "WARN",
        }
    }
}

/// A rule that the figures of a report must keep.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ValidationRule {
    /// Identity and version.
    pub root: Root<Self>,
    /// The campaign.
    pub campaign: CampaignId,
    /// Short code, unique within the campaign for ever.
    pub code: Token,
    /// What must be so, in words; whoever breaks it reads this.
    pub name: Line,
    /// What follows where it is not.
    pub severity: Severity,
    /// What must be so, for the computer.
    pub condition: Condition,
    /// Since when it is asked no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired_at: Option<Timestamp>,
}

impl Aggregate for ValidationRule {
    const TYPE: ObjectType = ObjectType::ValidationRule;

    fn root(&self) -> &Root<Self> {
        &self.root
    }
    fn root_mut(&mut self) -> &mut Root<Self> {
        &mut self.root
    }
    fn stage_code(&self) -> &'static str {
        if self.retired_at.is_some() { "RETIRED" } else { "ACTIVE" }
    }
    fn campaign(&self) -> Option<CampaignId> {
        Some(self.campaign)
    }
    fn unit(&self) -> Option<UnitId> {
        None
    }
    // Rules are made while a campaign runs, when everybody who is known here sees it.
    fn visibility(actor: &Actor) -> Visibility {
        let known = !actor.roles.is_empty() && actor.kind != PrincipalKind::BuiltIn;
        if known { Visibility::everything() } else { Visibility::nothing() }
    }
}

impl Subject for ValidationRule {
    fn unit(&self) -> Option<UnitId> {
        None
    }
}

/// Makes a rule, which holds from the next report on that is handed in.
#[derive(Clone, Debug)]
pub struct CreateValidationRule {
    /// Short code.
    pub code: Token,
    /// What must be so, in words.
    pub name: Line,
    /// What follows where it is not.
    pub severity: Severity,
    /// What must be so, or what is wrong with it as it was written.
    pub condition: Result<Condition, Vec<Fault>>,
    /// What storage knows.
    pub facts: CreationFacts,
}

/// What storage knows when a rule is made.
#[derive(Clone, Copy, Debug, Default)]
pub struct CreationFacts {
    /// Whether a rule of the campaign has this code.
    pub code_taken: bool,
    /// Whether the unit that the condition names exists; true where it names none.
    pub owner_known: bool,
    /// Whether that unit has ended, so that it reports nothing any more.
    pub owner_gone: bool,
}

impl Command<Campaign> for CreateValidationRule {
    const ACTION: Action = Action::CreateValidationRule;
    type Of = ValidationRule;

    fn ready(campaign: &Campaign) -> Result<(), Code> {
        campaign.must_run()
    }

    /// Codes of targets are not looked up: a unit may register a target of that code later.
    fn apply(self, on: Permitted<Self, Campaign>, at: Moment<'_>) -> Result<Change<ValidationRule>, Refusal> {
        if self.facts.code_taken {
            let code = Code::ValidationRuleCodeTaken;
            return Err(Refusal { code, faults: vec![Fault::at("/code", code)] });
        }
        let condition = self.condition.map_err(Refusal::invalid)?;
        let mut faults = condition.check("/condition");
        if !self.facts.owner_known {
            faults.push(Fault::at("/condition/ownerUnitId", Code::UnknownReference));
        } else if self.facts.owner_gone {
            faults.push(Fault::at("/condition/ownerUnitId", Code::UnitEnded));
        }
        Refusal::unless_empty(faults)?;
        let rule = ValidationRule {
            root: at.root(),
            campaign: on.root.id,
            code: self.code,
            name: self.name,
            severity: self.severity,
            condition,
            retired_at: None,
        };
        Ok(Change::created(rule, "validationRule.created"))
    }
}

/// Retires a rule: it is asked no more, and what it found stays in the reports.
#[derive(Clone, Copy, Debug)]
pub struct RetireValidationRule;

impl Command<ValidationRule> for RetireValidationRule {
    const ACTION: Action = Action::RetireValidationRule;
    type Of = ValidationRule;

    fn ready(rule: &ValidationRule) -> Result<(), Code> {
        if rule.retired_at.is_some() { Err(Code::ValidationRuleRetired) } else { Ok(()) }
    }

    fn apply(self, on: Permitted<Self, ValidationRule>, at: Moment<'_>) -> Result<Change<ValidationRule>, Refusal> {
        Ok(on.made(at.now, "validationRule.retired", |rule| rule.retired_at = Some(at.now)))
    }
}
