//! Rules that remind (*quy tắc nhắc*): of which deadline, when, and whom.

use serde::{Deserialize, Serialize};

use super::{DeadlineKind, Timing};
use crate::{
    campaign::{Campaign, CampaignId},
    change::{Aggregate, Change, Moment, ObjectType, Root},
    id::Id,
    policy::{Action, Command, Permitted, Subject, Visibility},
    principal::{Actor, Role},
    refusal::{Code, Fault, Refusal},
    text::{Line, Token},
    time::Timestamp,
    unit::UnitId,
};

/// Identifies a reminder rule.
pub type ReminderRuleId = Id<ReminderRule>;

/// A rule by which those who still owe something are reminded of its deadline.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReminderRule {
    /// Identity and version.
    pub root: Root<Self>,
    /// The campaign.
    pub campaign: CampaignId,
    /// Short code, unique within the campaign for ever.
    pub code: Token,
    /// What it is for, in words.
    pub name: Line,
    /// Of which deadline it reminds.
    pub deadline: DeadlineKind,
    /// On which day.
    pub timing: Timing,
    /// Whom, of those who owe it.
    pub roles: Vec<Role>,
    /// Since when it reminds nobody any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired_at: Option<Timestamp>,
}

impl ReminderRule {
    /// Whether it reminds.
    #[must_use]
    pub const fn active(&self) -> bool {
        self.retired_at.is_none()
    }
}

impl Aggregate for ReminderRule {
    const TYPE: ObjectType = ObjectType::ReminderRule;

    fn root(&self) -> &Root<Self> {
        &self.root
    }
    fn root_mut(&mut self) -> &mut Root<Self> {
        &mut self.root
    }
    fn stage_code(&self) -> &'static str {
        if self.active() { "ACTIVE" } else { "RETIRED" }
    }
    fn campaign(&self) -> Option<CampaignId> {
        Some(self.campaign)
    }
    fn unit(&self) -> Option<UnitId> {
        None
    }
    // For those who are reminded and those who follow the reports, as the periods are.
    fn visibility(actor: &Actor) -> Visibility {
        let reports = actor.has_any(&[Role::UnitOfficer, Role::UnitHead]);
        if reports || actor.has_any(Role::OVERSIGHT) { Visibility::everything() } else { Visibility::nothing() }
    }
}

impl Subject for ReminderRule {
    fn unit(&self) -> Option<UnitId> {
        None
    }
}

/// Makes a rule; it reminds from the next of its moments on.
#[derive(Clone, Debug)]
pub struct CreateReminderRule {
    /// Short code.
    pub code: Token,
    /// What it is for, in words.
    pub name: Line,
    /// Of which deadline it reminds.
    pub deadline: DeadlineKind,
    /// On which day, or what is wrong with it as it was written.
    pub timing: Result<Timing, Vec<Fault>>,
    /// Whom.
    pub roles: Vec<Role>,
    /// Whether a rule of the campaign has this code.
    pub code_taken: bool,
}

impl Command<Campaign> for CreateReminderRule {
    const ACTION: Action = Action::CreateReminderRule;
    type Of = ReminderRule;

    fn ready(campaign: &Campaign) -> Result<(), Code> {
        campaign.must_run()
    }

    /// A rule of which the plan sets no deadline would never remind anybody, and is refused.
    fn apply(self, on: Permitted<Self, Campaign>, at: Moment<'_>) -> Result<Change<ReminderRule>, Refusal> {
        if self.code_taken {
            let code = Code::ReminderRuleCodeTaken;
            return Err(Refusal { code, faults: vec![Fault::at("/code", code)] });
        }
        Refusal::unless_empty(self.faults(&on))?;
        let timing = self.timing.map_err(Refusal::invalid)?;
        let rule = ReminderRule {
            root: at.root(),
            campaign: on.root.id,
            code: self.code,
            name: self.name,
            deadline: self.deadline,
            timing,
            roles: self.roles,
            retired_at: None,
        };
        Ok(Change::created(rule, "reminderRule.created"))
    }
}

impl CreateReminderRule {
    fn faults(&self, campaign: &Campaign) -> Vec<Fault> {
        let mut faults = self.timing.as_ref().err().cloned().unwrap_or_default();
        if !self.deadline.is_set_by(campaign) {
            faults.push(Fault::at("/deadline", Code::DeadlineNotSet));
        }
        for (index, role) in self.roles.iter().enumerate() {
            let pointer = || format!("/roles/{index}");
            if !self.deadline.roles().contains(role) {
                faults.push(Fault::at(pointer(), Code::RoleNotConcerned));
            }
            if self.roles[..index].contains(role) {
                faults.push(Fault::at(pointer(), Code::Duplicate));
            }
        }
        if self.roles.is_empty() {
            faults.push(Fault::at("/roles", Code::FieldMissing));
        }
        faults
    }
}

/// Retires a rule: it reminds nobody any more, and what it sent stays.
#[derive(Clone, Copy, Debug)]
pub struct RetireReminderRule;

impl Command<ReminderRule> for RetireReminderRule {
    const ACTION: Action = Action::RetireReminderRule;
    type Of = ReminderRule;

    fn ready(rule: &ReminderRule) -> Result<(), Code> {
        if rule.active() { Ok(()) } else { Err(Code::ReminderRuleRetired) }
    }

    fn apply(self, on: Permitted<Self, ReminderRule>, at: Moment<'_>) -> Result<Change<ReminderRule>, Refusal> {
        Ok(on.made(at.now, "reminderRule.retired", |rule| rule.retired_at = Some(at.now)))
    }
}
