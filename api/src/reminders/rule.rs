//! Bodies of reminder rules.

use serde::{Deserialize, Serialize};
use thidua_domain::{
    change::Aggregate,
    principal::Actor,
    refusal::{Code, Fault},
    reminder::{Counting, CreateReminderRule, DeadlineKind, ReminderRule, RetireReminderRule, Timing},
    text::Token,
};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::{
    command::ActionView,
    input::{CampaignKey, CodeText, CursorText, Instant, Limit, ReminderRuleKey, Str, Whole, present},
    language::Language,
    list::paged,
    people::RoleCode,
};

/// Of which deadline somebody is reminded. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum DeadlineCode {
    Report,
    Registration,
    CityReport,
    Resubmission,
}

impl From<DeadlineCode> for DeadlineKind {
    fn from(code: DeadlineCode) -> Self {
        match code {
            DeadlineCode::Report => Self::Report,
            DeadlineCode::Registration => Self::Registration,
            DeadlineCode::CityReport => Self::CityReport,
            DeadlineCode::Resubmission => Self::Resubmission,
        }
    }
}

impl From<DeadlineKind> for DeadlineCode {
    fn from(kind: DeadlineKind) -> Self {
        match kind {
            DeadlineKind::Report => Self::Report,
            DeadlineKind::Registration => Self::Registration,
            DeadlineKind::CityReport => Self::CityReport,
            DeadlineKind::Resubmission => Self::Resubmission,
        }
    }
}

/// On which side of the last day. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum ReminderWhen {
    Before,
    On,
    After,
}

/// Which days count. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum DayCounting {
    Calendar,
    Working,
}

/// On which day, at eight in the morning: so many days before the last day on which the deadline can be met, on it, or
/// after it.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ReminderTiming)]
pub(crate) struct TimingBody {
    /// On which side of the last day, or on it.
    when: ReminderWhen,
    /// How many days; absent on the day itself.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = 2)]
    days: Option<Whole<1, 60>>,
    /// Which days count, all of them or working days alone; absent on the day itself.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    counting: Option<DayCounting>,
}

impl TimingBody {
    /// The timing, where each member that it needs is there, and no other.
    fn parsed(self) -> Result<Timing, Vec<Fault>> {
        let counting = self.counting.map(|counting| match counting {
            DayCounting::Calendar => Counting::Calendar,
            DayCounting::Working => Counting::Working,
        });
        match (self.when, self.days.map(Whole::get), counting) {
            (ReminderWhen::On, None, None) => Ok(Timing::On),
            (ReminderWhen::Before, Some(days), Some(counting)) => Ok(Timing::Before { days, counting }),
            (ReminderWhen::After, Some(days), Some(counting)) => Ok(Timing::After { days, counting }),
            (when, days, counting) => {
                let on_the_day = when == ReminderWhen::On;
                let code = if on_the_day { Code::DaysOnTheDay } else { Code::FieldMissing };
                let members = [("/timing/days", days.is_some()), ("/timing/counting", counting.is_some())];
                let wrong = members.into_iter().filter(|(_, there)| *there == on_the_day);
                Err(wrong.map(|(pointer, _)| Fault::at(pointer, code)).collect())
            }
        }
    }
}

impl From<Timing> for TimingBody {
    fn from(timing: Timing) -> Self {
        let (when, counted) = match timing {
            Timing::On => (ReminderWhen::On, None),
            Timing::Before { days, counting } => (ReminderWhen::Before, Some((days, counting))),
            Timing::After { days, counting } => (ReminderWhen::After, Some((days, counting))),
        };
        let counting = counted.map(|(_, counting)| match counting {
            Counting::Calendar => DayCounting::Calendar,
            Counting::Working => DayCounting::Working,
        });
        Self { when, days: counted.map(|(days, _)| u32::from(days).into()), counting }
    }
}

/// Whether a reminder rule reminds or is retired. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum ReminderRuleStage {
    Active,
    Retired,
}

impl ReminderRuleStage {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Retired => "RETIRED",
        }
    }
}

/// A reminder rule to be made.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ReminderRuleNew {
    /// Short code, unique within the campaign for ever.
    #[schema(example = "NHAC-TRUOC-HAN")]
    code: CodeText,
    /// What the rule is for, in words.
    #[schema(example = "Nhắc các đơn vị chưa nộp báo cáo, trước hạn 02 ngày làm việc")]
    name: Str<300>,
    /// Of which deadline it reminds.
    deadline: DeadlineCode,
    /// On which day it reminds, at eight in the morning.
    #[validate(nested)]
    timing: TimingBody,
    /// Whom it reminds: UNIT_OFFICER and UNIT_HEAD of the unit that owes a report or registration, for the first time or
    /// again; of the report to the city COORDINATOR, OFFICE, CLERK, CHAIR and VICE_CHAIR.
    #[schema(min_items = 1, max_items = 10)]
    #[validate(length(min = 1, max = 10))]
    roles: Vec<RoleCode>,
}

impl ReminderRuleNew {
    pub(super) fn code(&self) -> Token {
        self.code.clone().into_text()
    }

    pub(super) fn command(&self, code_taken: bool) -> CreateReminderRule {
        CreateReminderRule {
            code: self.code(),
            name: self.name.clone().into_text(),
            deadline: self.deadline.into(),
            timing: self.timing.parsed(),
            roles: self.roles.iter().copied().map(Into::into).collect(),
            code_taken,
        }
    }
}

/// A rule by which those who still owe something are reminded of its deadline (quy tắc nhắc).
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReminderRule)]
pub(crate) struct ReminderRuleView {
    /// Identifies the rule, for ever.
    id: ReminderRuleKey,
    /// Counts changes, from 1.
    #[schema(minimum = 1, maximum = 1_000_000_000_i64)]
    version: i64,
    /// The campaign whose deadlines it watches.
    campaign_id: CampaignKey,
    /// Short code, unique within the campaign.
    #[schema(example = "NHAC-TRUOC-HAN")]
    code: CodeText,
    /// What the rule is for, in words.
    name: Str<300>,
    /// Of which deadline it reminds.
    deadline: DeadlineCode,
    /// Of which deadline, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Hạn nộp báo cáo của kỳ")]
    deadline_label: String,
    /// On which day it reminds, at eight in the morning.
    timing: TimingBody,
    /// Whom it reminds, of those who still owe something.
    #[schema(max_items = 10)]
    roles: Vec<RoleCode>,
    /// Whether it reminds or is retired.
    stage: ReminderRuleStage,
    /// The stage in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Đang áp dụng")]
    stage_label: String,
    /// Since when it reminds nobody any more; absent while it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    retired_at: Option<Instant>,
    /// When it was made, by the business clock; it reminds of what comes due from then on.
    created_at: Instant,
    /// When it was changed last, by the business clock.
    updated_at: Instant,
    /// What the caller could do with it now; absent in lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    actions: Vec<ActionView>,
}

impl ReminderRuleView {
    /// The rule with what this caller could do.
    pub(super) fn of(rule: &ReminderRule, actor: &Actor, language: Language) -> Self {
        let actions = vec![ActionView::of::<RetireReminderRule, _>(actor, rule)];
        Self { actions, ..Self::listed(rule, language) }
    }

    pub(super) fn listed(rule: &ReminderRule, language: Language) -> Self {
        Self {
            id: rule.root.id.into(),
            version: rule.root.version,
            campaign_id: rule.campaign.into(),
            code: rule.code.clone().into(),
            name: rule.name.clone().into(),
            deadline: rule.deadline.into(),
            deadline_label: language.label("deadline", rule.deadline.as_str()),
            timing: rule.timing.into(),
            roles: rule.roles.iter().copied().map(Into::into).collect(),
            stage: if rule.active() { ReminderRuleStage::Active } else { ReminderRuleStage::Retired },
            stage_label: language.label("reminderRuleStage", rule.stage_code()),
            retired_at: rule.retired_at.map(Instant),
            created_at: Instant(rule.root.created_at),
            updated_at: Instant(rule.root.updated_at),
            actions: Vec::new(),
        }
    }
}

/// A page of reminder rules.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReminderRulePage {
    /// The rules of this page.
    #[schema(max_items = 100)]
    items: Vec<ReminderRuleView>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<CursorText>,
    /// How many match in all; present where `includeTotal` asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000_i64)]
    total: Option<i64>,
}

/// Which reminder rules, and which page of them.
#[derive(Clone, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReminderRuleQuery {
    /// Only rules in these stages; repeat the parameter for several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[param(max_items = 10, required = false)]
    #[validate(length(max = 10))]
    pub(super) stage: Vec<ReminderRuleStage>,
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

paged!(ReminderRuleQuery, ReminderRulePage of ReminderRuleView);
