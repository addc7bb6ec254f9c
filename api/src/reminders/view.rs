//! Reminders, as they were sent.

use serde::{Deserialize, Serialize};
use thidua_domain::reminder::{About, Occasion, Reminder, Told};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::{letter::LetterView, rule::DeadlineCode};
use crate::{
    command::ActionView,
    input::{
        CampaignKey, CodeText, CursorText, Instant, Limit, PeriodKey, RegistrationKey, ReminderKey, ReminderRuleKey,
        ReportKey, Str, UnitKey, present,
    },
    language::Language,
    list::paged,
};

/// What a reminder is about: whose deadline, and which.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReminderSubject)]
pub(crate) struct SubjectView {
    /// Which deadline it is.
    deadline: DeadlineCode,
    /// Which deadline it is, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Hạn nộp báo cáo của kỳ")]
    deadline_label: String,
    /// The report that was given back and is expected again.
    #[serde(skip_serializing_if = "Option::is_none")]
    report_id: Option<ReportKey>,
    /// The registration that was given back and is expected again.
    #[serde(skip_serializing_if = "Option::is_none")]
    registration_id: Option<RegistrationKey>,
    /// The period that is to be reported on, where it is a report.
    #[serde(skip_serializing_if = "Option::is_none")]
    period_id: Option<PeriodKey>,
    /// The name of that period, as it is shown to people.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 300, pattern = "^.+$", example = "Tháng 10 năm 2025")]
    period_name: Option<String>,
    /// From this instant on it is late.
    due_before: Instant,
}

impl SubjectView {
    /// What the reminder is about; `None` for a letter about the campaign as a whole.
    pub(crate) fn of(reminder: &Reminder, language: Language) -> Option<Self> {
        let (about, due_before) = reminder.about.as_ref().zip(reminder.due_before)?;
        let (mut report_id, mut registration_id, mut period) = (None, None, None);
        match about {
            About::Report { period: of, name } => period = Some((*of, name)),
            About::ReportAgain { report, period: of, name } => {
                report_id = Some((*report).into());
                period = Some((*of, name));
            }
            About::RegistrationAgain { registration } => registration_id = Some((*registration).into()),
            About::Registration | About::CityReport => {}
        }
        Some(Self {
            deadline: about.kind().into(),
            deadline_label: language.label("deadline", about.kind().as_str()),
            report_id,
            registration_id,
            period_id: period.map(|(period, _)| period.into()),
            period_name: period.map(|(_, name)| name.as_str().to_owned()),
            due_before: Instant(due_before.instant()),
        })
    }
}

/// A unit that was reminded.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RemindedUnit)]
struct RemindedUnitView {
    /// The unit that still owed something.
    unit_id: UnitKey,
    /// How many people of it were told; 0 where nobody holds a role that would have been.
    #[schema(minimum = 0, maximum = 100_000)]
    recipients: usize,
}

impl From<&Told> for RemindedUnitView {
    fn from(told: &Told) -> Self {
        Self { unit_id: told.unit.into(), recipients: told.notes.len() }
    }
}

/// A reminder that was sent; it never changes.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Reminder)]
pub(crate) struct ReminderView {
    /// Identifies the reminder, for ever.
    id: ReminderKey,
    /// Counts changes: 1, since there are none.
    #[schema(minimum = 1, maximum = 1)]
    version: i64,
    /// The campaign that it belongs to.
    campaign_id: CampaignKey,
    /// The rule by which it was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    reminder_rule_id: Option<ReminderRuleKey>,
    /// The code of that rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "NHAC-TRUOC-HAN")]
    reminder_rule_code: Option<CodeText>,
    /// When it was to be sent by that rule; what came due while the service was down is sent once it is back.
    #[serde(skip_serializing_if = "Option::is_none")]
    planned_at: Option<Instant>,
    /// The letter with which Văn phòng sent it.
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<LetterView>,
    /// What that letter asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Str<2000>>,
    /// What it is about: which deadline, of what; absent in a letter about the campaign as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<SubjectView>,
    /// How many units were reminded.
    #[schema(minimum = 0, maximum = 100_000)]
    unit_count: usize,
    /// The units that were reminded; absent in lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000)]
    units: Vec<RemindedUnitView>,
    /// When it was sent, by the business clock.
    created_at: Instant,
    /// When it was changed last: when it was sent.
    updated_at: Instant,
    /// What the caller could do with it now: nothing, what was sent stays as it is. Absent in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 50)]
    actions: Option<Vec<ActionView>>,
}

impl ReminderView {
    /// The reminder with its units.
    pub(super) fn of(reminder: &Reminder, language: Language) -> Self {
        let units = reminder.told.iter().map(Into::into).collect();
        Self { units, actions: Some(Vec::new()), ..Self::listed(reminder, language) }
    }

    pub(super) fn listed(reminder: &Reminder, language: Language) -> Self {
        let (rule, letter) = match &reminder.occasion {
            Occasion::Rule { rule, code, moment } => (Some((rule, code, moment)), None),
            Occasion::Letter(letter) => (None, Some(letter)),
        };
        Self {
            id: reminder.root.id.into(),
            version: reminder.root.version,
            campaign_id: reminder.campaign.into(),
            reminder_rule_id: rule.map(|(rule, _, _)| (*rule).into()),
            reminder_rule_code: rule.map(|(_, code, _)| code.clone().into()),
            planned_at: rule.map(|(_, _, moment)| Instant(*moment)),
            document: letter.map(Into::into),
            message: letter.map(|letter| letter.message.clone().into()),
            subject: SubjectView::of(reminder, language),
            unit_count: reminder.told.len(),
            units: Vec::new(),
            created_at: Instant(reminder.root.created_at),
            updated_at: Instant(reminder.root.updated_at),
            actions: None,
        }
    }
}

/// A page of reminders, the newest first.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReminderPage {
    /// The reminders of this page.
    #[schema(max_items = 100)]
    items: Vec<ReminderView>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<CursorText>,
    /// How many there are in all; present where `includeTotal` asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000_i64)]
    total: Option<i64>,
}

/// Which page of reminders.
#[derive(Clone, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReminderQuery {
    /// How many items a page has.
    #[serde(default)]
    #[param(required = false, example = 20)]
    pub(super) limit: Limit,
    /// Where the page before ended.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false)]
    pub(super) cursor: Option<CursorText>,
    /// Whether all of them are counted.
    #[serde(default)]
    #[param(required = false, example = false)]
    pub(super) include_total: bool,
}

paged!(ReminderQuery, ReminderPage of ReminderView);
