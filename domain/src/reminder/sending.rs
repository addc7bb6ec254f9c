//! A reminder as it was sent, and the act of sending one.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{DeadlineKind, Due, ReminderRule, ReminderRuleId, Watched};
use crate::{
    campaign::CampaignId,
    change::{Aggregate, Change, Moment, ObjectType, Root},
    document::DocumentId,
    id::Id,
    period::PeriodId,
    policy::{Action, Command, Permitted, Visibility},
    principal::{Actor, PrincipalId, Role},
    refusal::{Code, Refusal},
    registration::RegistrationId,
    report::ReportId,
    text::{Line, Paragraph, Token},
    time::{Date, Deadline, Timestamp},
    unit::UnitId,
};

/// Identifies a reminder.
pub type ReminderId = Id<Reminder>;

/// Marks identifiers of what one person has to read; storage keeps them, and no aggregate.
#[derive(Debug)]
pub enum Notification {}

/// Identifies a notification.
pub type NotificationId = Id<Notification>;

/// What a reminder is about.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum About {
    /// The report for a period.
    Report {
        /// The period.
        period: PeriodId,
        /// Its name.
        name: Line,
    },
    /// The registration for the campaign.
    Registration,
    /// The report to the city.
    CityReport,
    /// A report that was given back, and is expected again.
    ReportAgain {
        /// The report.
        report: ReportId,
        /// The period that it is about.
        period: PeriodId,
        /// The name of that period.
        name: Line,
    },
    /// A registration that was given back, and is expected again.
    RegistrationAgain {
        /// The registration.
        registration: RegistrationId,
    },
}

impl About {
    /// Which deadline it is.
    #[must_use]
    pub const fn kind(&self) -> DeadlineKind {
        match self {
            Self::Report { .. } => DeadlineKind::Report,
            Self::Registration => DeadlineKind::Registration,
            Self::CityReport => DeadlineKind::CityReport,
            Self::ReportAgain { .. } | Self::RegistrationAgain { .. } => DeadlineKind::Resubmission,
        }
    }

    /// The thing whose deadline it is: the period, what was given back, else the campaign.
    #[must_use]
    pub fn subject(&self, campaign: CampaignId) -> Uuid {
        match self {
            Self::Report { period, .. } => period.uuid(),
            Self::Registration | Self::CityReport => campaign.uuid(),
            Self::ReportAgain { report, .. } => report.uuid(),
            Self::RegistrationAgain { registration } => registration.uuid(),
        }
    }
}

/// Why it was sent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Occasion {
    /// By a rule.
    Rule {
        /// The rule.
        rule: ReminderRuleId,
        /// Its code.
        code: Token,
        /// When it was to be sent; what was due while nobody looked is sent later than this.
        moment: Timestamp,
    },
    /// By a letter of Văn phòng.
    Letter(Letter),
}

/// A letter (công văn) as the outgoing register has it, with what it asks for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Letter {
    /// The entry of the register; absent in what was sent before the register was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentId>,
    /// Number and symbol, as they are printed: `15/UBND-VP`.
    pub symbol: Token,
    /// The day of issue.
    pub issued_on: Date,
    /// What it asks for.
    pub message: Paragraph,
}

/// What one person gets of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Note {
    /// The notification.
    pub notification: NotificationId,
    /// For whom.
    pub principal: PrincipalId,
}

/// A unit that was reminded, and whom of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Told {
    /// The unit.
    pub unit: UnitId,
    /// One for each person; empty where nobody holds a role that would have been told.
    pub notes: Vec<Note>,
}

/// A reminder that was sent. It never changes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reminder {
    /// Identity and version.
    pub root: Root<Self>,
    /// The campaign.
    pub campaign: CampaignId,
    /// Why it was sent.
    pub occasion: Occasion,
    /// What it is about; absent in a letter that is about the campaign as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    /// The deadline of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_before: Option<Deadline>,
    /// The units: by a rule those that owed it then, by a letter those that were chosen.
    pub told: Vec<Told>,
}

impl Aggregate for Reminder {
    const TYPE: ObjectType = ObjectType::Reminder;

    fn root(&self) -> &Root<Self> {
        &self.root
    }
    fn root_mut(&mut self) -> &mut Root<Self> {
        &mut self.root
    }
    fn stage_code(&self) -> &'static str {
        "SENT"
    }
    fn campaign(&self) -> Option<CampaignId> {
        Some(self.campaign)
    }
    fn unit(&self) -> Option<UnitId> {
        None
    }
    // It names every unit that was reminded, and so is for those who follow all of them; a unit has its notifications, and sees
    // the document that it was reminded with.
    fn visibility(actor: &Actor) -> Visibility {
        if actor.has_any(Role::OVERSIGHT) { Visibility::everything() } else { Visibility::nothing() }
    }
}

/// Somebody who can be told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Recipient {
    /// Who.
    pub principal: PrincipalId,
    /// In which role.
    pub role: Role,
    /// Of which unit; absent for roles of the commune.
    pub unit: Option<UnitId>,
}

/// Tells a unit: everybody who holds one of the roles for it, or for the commune, once.
pub(super) fn tell(unit: UnitId, roles: &[Role], recipients: &[Recipient], at: Moment<'_>) -> Told {
    let concerns = |one: &&Recipient| roles.contains(&one.role) && one.unit.is_none_or(|of| of == unit);
    let mut principals: Vec<_> = recipients.iter().filter(concerns).map(|one| one.principal).collect();
    principals.sort_unstable();
    principals.dedup();
    let note = |principal| Note { notification: Id::new((at.fresh)()), principal };
    Told { unit, notes: principals.into_iter().map(note).collect() }
}

/// Sends what is due of a rule: one reminder for one deadline. Only the clock does this, as `system`.
#[derive(Clone, Debug)]
pub struct SendDueReminder {
    /// The thing whose deadline it is, as [`About::subject`] has it.
    pub subject: Uuid,
    /// The deadline.
    pub due_before: Deadline,
    /// What storage knows, read under the lock of the campaign.
    pub watched: Watched,
    /// Everybody who can be told.
    pub recipients: Vec<Recipient>,
}

impl Command<ReminderRule> for SendDueReminder {
    const ACTION: Action = Action::SendDueReminder;
    type Of = Reminder;

    fn ready(rule: &ReminderRule) -> Result<(), Code> {
        if rule.active() { Ok(()) } else { Err(Code::ReminderRuleRetired) }
    }

    /// What is due is asked again here, under the lock: who has handed in since is not reminded, and what another process
    /// has sent meanwhile is not sent twice.
    fn apply(self, on: Permitted<Self, ReminderRule>, at: Moment<'_>) -> Result<Change<Reminder>, Refusal> {
        let this = |due: &Due| {
            let subject = due.about.subject(on.campaign);
            (due.rule, subject, due.due_before) == (on.root.id, self.subject, self.due_before)
        };
        let due = self.watched.due(at.now).into_iter().find(this).ok_or(Code::ReminderNotDue)?;
        let told = due.units.iter().map(|(unit, roles)| tell(*unit, roles, &self.recipients, at)).collect();
        let reminder = Reminder {
            root: at.root(),
            campaign: on.campaign,
            occasion: Occasion::Rule { rule: on.root.id, code: on.code.clone(), moment: due.moment },
            about: Some(due.about),
            due_before: Some(due.due_before),
            told,
        };
        Ok(Change::created(reminder, "reminder.sent"))
    }
}
