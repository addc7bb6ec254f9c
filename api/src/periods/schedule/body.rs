//! Bodies of schedules.

use serde::{Deserialize, Serialize};
use thidua_domain::{
    period::{Due, Pattern, PeriodSchedule, ScheduledPeriod, Slot},
    refusal::{Code, Refusal},
    time::Date,
};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::{
    command::ActionView,
    input::{CampaignKey, CodeText, DateOnly, Instant, PeriodKey, PeriodScheduleKey, Str, Whole, present},
    language::Language,
    periods::body::PeriodKindCode,
};

/// A count of days.
type DayCount = Whole<0, 60>;

/// Periods to be planned: how often, over which days, and until when their reports are in time.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
#[schema(as = PeriodScheduleNew)]
pub(crate) struct ScheduleNew {
    /// One period for each month or quarter of the days, or a single one.
    #[param(inline)]
    kind: PeriodKindCode,
    /// First day that is reported on; the first month or quarter begins with it.
    #[schema(example = "2025-09-15")]
    #[param(example = "2025-09-15")]
    start_date: DateOnly,
    /// Last day that is reported on; the last month or quarter ends with it.
    #[schema(example = "2025-12-31")]
    #[param(example = "2025-12-31")]
    end_date: DateOnly,
    /// Code of a single period; months and quarters have their own, such as 2025-10 or 2025-Q4.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false)]
    code: Option<CodeText>,
    /// Name of a single period; months and quarters have their own.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false)]
    name: Option<Str<300>>,
    /// How many working days units have after the last day reported on; either this or `dueDate`.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = 3)]
    #[param(required = false, example = 3)]
    due_working_days: Option<DayCount>,
    /// The last day in time of a single period, whatever day it is; either this or `dueWorkingDays`.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false)]
    due_date: Option<DateOnly>,
    /// How many days before the last day reported on reports are expected.
    #[schema(example = 6)]
    #[param(example = 6)]
    opens_days_before: DayCount,
    /// How many working days after the last day in time a period is to be closed.
    #[schema(example = 3)]
    #[param(example = 3)]
    closes_working_days: DayCount,
}

impl ScheduleNew {
    pub(super) fn pattern(&self) -> Result<Pattern, Refusal> {
        let due = match (self.due_working_days, self.due_date) {
            (Some(count), None) => Due::WorkingDays { count: count.get() },
            (None, Some(day)) => Due::On { day: day.0 },
            (None, None) | (Some(_), Some(_)) => {
                return Err(Refusal::field("/dueWorkingDays", Code::ScheduleDueNotOne));
            }
        };
        Ok(Pattern {
            kind: self.kind.into(),
            starts_on: self.start_date.0,
            ends_on: self.end_date.0,
            code: self.code.clone().map(CodeText::into_text),
            name: self.name.clone().map(Str::into_text),
            due,
            opens_days_before: self.opens_days_before.get(),
            closes_working_days: self.closes_working_days.get(),
        })
    }
}

/// A period that a schedule asks for.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ScheduleSlot {
    /// Its code within the campaign.
    code: CodeText,
    /// Its name as it is shown to people.
    name: Str<300>,
    /// First day that is reported on.
    start_date: DateOnly,
    /// Last day that is reported on.
    end_date: DateOnly,
    /// From when on reports are expected.
    opens_at: Instant,
    /// From this instant on a report is late.
    due_before: Instant,
    /// When the period is to be closed.
    closes_at: Instant,
    /// The period that is there already under this code, and would be left as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    existing_period_id: Option<PeriodKey>,
}

/// What a schedule would plan.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PeriodSchedulePreview)]
pub(crate) struct SchedulePreview {
    /// The working calendar is taken as it is known on this day.
    known_date: DateOnly,
    /// The periods, in the order of their days.
    #[schema(max_items = 60)]
    periods: Vec<ScheduleSlot>,
}

impl SchedulePreview {
    pub(super) fn of(slots: &[Slot], existing: &[ScheduledPeriod], today: Date) -> Self {
        let there = |slot: &Slot| existing.iter().find(|one| one.code == slot.code).map(|one| one.period.into());
        let shown = |slot: &Slot| ScheduleSlot {
            code: slot.code.clone().into(),
            name: slot.name.clone().into(),
            start_date: DateOnly(slot.starts_on),
            end_date: DateOnly(slot.ends_on),
            opens_at: Instant(slot.opens_at),
            due_before: Instant(slot.due_before.instant()),
            closes_at: Instant(slot.closes_at),
            existing_period_id: there(slot),
        };
        Self { known_date: DateOnly(today), periods: slots.iter().map(shown).collect() }
    }
}

/// A period of a schedule, by its code.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ScheduledPeriod)]
pub(crate) struct ScheduledView {
    /// The period that came of it.
    period_id: PeriodKey,
    /// Its code within the campaign.
    #[schema(example = "2025-10")]
    code: CodeText,
}

impl From<&ScheduledPeriod> for ScheduledView {
    fn from(one: &ScheduledPeriod) -> Self {
        Self { period_id: one.period.into(), code: one.code.clone().into() }
    }
}

/// A schedule by which periods were planned, and the reason why their deadlines are what they are.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PeriodSchedule)]
pub(crate) struct PeriodScheduleView {
    /// Identifies the schedule, for ever.
    id: PeriodScheduleKey,
    /// Counts changes, from 1; a schedule never changes.
    #[schema(minimum = 1, maximum = 1_000_000_000_i64)]
    version: i64,
    /// The campaign whose periods these are.
    campaign_id: CampaignKey,
    /// One period for each month or quarter of the days, or a single one.
    kind: PeriodKindCode,
    /// The sort of period in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Hằng tháng")]
    kind_label: String,
    /// First day that is reported on.
    start_date: DateOnly,
    /// Last day that is reported on.
    end_date: DateOnly,
    /// How many working days units have after the last day reported on.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_working_days: Option<DayCount>,
    /// The last day in time, where it was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_date: Option<DateOnly>,
    /// How many days before the last day reported on reports are expected.
    opens_days_before: DayCount,
    /// How many working days after the last day in time a period is to be closed.
    closes_working_days: DayCount,
    /// The working calendar was taken as it was known on this day.
    known_date: DateOnly,
    /// The periods that were planned, in the order of their days.
    #[schema(max_items = 60)]
    planned: Vec<ScheduledView>,
    /// The periods that were there already, and were left as they are.
    #[schema(max_items = 60)]
    existing: Vec<ScheduledView>,
    /// When it was carried out, by the business clock.
    created_at: Instant,
    /// The same instant: a schedule never changes.
    updated_at: Instant,
    /// What the caller could do with it now: nothing, a schedule never changes.
    #[schema(max_items = 50)]
    actions: Vec<ActionView>,
}

impl PeriodScheduleView {
    pub(super) fn of(schedule: &PeriodSchedule, language: Language) -> Self {
        let pattern = &schedule.pattern;
        let (due_working_days, due_date) = match pattern.due {
            Due::WorkingDays { count } => (Some(DayCount::from(u32::from(count))), None),
            Due::On { day } => (None, Some(DateOnly(day))),
        };
        Self {
            id: schedule.root.id.into(),
            version: schedule.root.version,
            campaign_id: schedule.campaign.into(),
            kind: pattern.kind.into(),
            kind_label: language.label("periodKind", pattern.kind.as_str()),
            start_date: DateOnly(pattern.starts_on),
            end_date: DateOnly(pattern.ends_on),
            due_working_days,
            due_date,
            opens_days_before: u32::from(pattern.opens_days_before).into(),
            closes_working_days: u32::from(pattern.closes_working_days).into(),
            known_date: DateOnly(schedule.known_on),
            planned: schedule.planned.iter().map(Into::into).collect(),
            existing: schedule.existing.iter().map(Into::into).collect(),
            created_at: Instant(schedule.root.created_at),
            updated_at: Instant(schedule.root.updated_at),
            actions: Vec::new(),
        }
    }
}
