//! Bodies of the working calendar.

use serde::{Deserialize, Serialize};
use thidua_domain::{
    calendar::{CalendarDay, DayKind, RecordCalendarDay, Stage, WithdrawCalendarDay, WorkingCalendar},
    principal::Actor,
    time::Date,
};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::{
    command::ActionView,
    input::{CalendarDayKey, DateOnly, Instant, Str, present},
    language::Language,
};

/// What is said of the day: off, or worked although it is a Saturday or Sunday. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum DayKindCode {
    Holiday,
    MakeUp,
}

impl From<DayKindCode> for DayKind {
    fn from(code: DayKindCode) -> Self {
        match code {
            DayKindCode::Holiday => Self::Holiday,
            DayKindCode::MakeUp => Self::MakeUp,
        }
    }
}

impl From<DayKind> for DayKindCode {
    fn from(kind: DayKind) -> Self {
        match kind {
            DayKind::Holiday => Self::Holiday,
            DayKind::MakeUp => Self::MakeUp,
        }
    }
}

/// Whether an exception of the calendar holds. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum CalendarDayStage {
    InForce,
    Withdrawn,
}

/// An exception of the working calendar to be recorded.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct CalendarDayNew {
    /// The day that is not what the week says.
    #[schema(example = "2026-01-10")]
    exception_date: DateOnly,
    /// Off, or worked to make up for another day.
    kind: DayKindCode,
    /// Name as it is shown to people.
    #[schema(example = "Làm bù cho ngày 02/01/2026")]
    name: Str<300>,
    /// The law or the notice that says so.
    #[schema(example = "Thông báo hoán đổi ngày làm việc dịp Tết Dương lịch 2026")]
    instrument: Str<2000>,
    /// The day on which that was decided; not in the future. Before it, nobody reckons with it.
    #[schema(example = "2025-12-25")]
    decided_date: DateOnly,
}

impl CalendarDayNew {
    pub(super) fn command(&self) -> RecordCalendarDay {
        RecordCalendarDay {
            day: self.exception_date.0,
            kind: self.kind.into(),
            name: self.name.clone().into_text(),
            instrument: self.instrument.clone().into_text(),
            decided_on: self.decided_date.0,
        }
    }
}

/// A day on which the working calendar is not what the week says (ngày nghỉ, ngày làm bù), and what says so.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CalendarDay)]
pub(crate) struct CalendarDayView {
    /// Identifies the entry, for ever.
    id: CalendarDayKey,
    /// Counts changes, from 1.
    #[schema(minimum = 1, maximum = 1_000_000_000_i64)]
    version: i64,
    /// The day that is not what the week says.
    exception_date: DateOnly,
    /// Off, or worked to make up for another day.
    kind: DayKindCode,
    /// What is said of the day, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Ngày làm bù")]
    kind_label: String,
    /// Name as it is shown to people.
    name: Str<300>,
    /// The law or the notice that says so.
    instrument: Str<2000>,
    /// The day on which that was decided; before it, nobody reckons with it.
    decided_date: DateOnly,
    /// Whether it holds.
    stage: CalendarDayStage,
    /// Whether it holds, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Đang áp dụng")]
    stage_label: String,
    /// The day from which on it holds no longer.
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn_date: Option<DateOnly>,
    /// Why it was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawal_reason: Option<Str<2000>>,
    /// When it was recorded, by the business clock.
    created_at: Instant,
    /// When it was changed last, by the business clock.
    updated_at: Instant,
    /// What the caller could do with it now; absent in lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    actions: Vec<ActionView>,
}

impl CalendarDayView {
    /// The entry with what this caller could do.
    pub(super) fn of(day: &CalendarDay, actor: &Actor, language: Language) -> Self {
        let actions = vec![ActionView::of::<WithdrawCalendarDay, _>(actor, day)];
        Self { actions, ..Self::listed(day, language) }
    }

    fn listed(day: &CalendarDay, language: Language) -> Self {
        let (stage, withdrawn_date, withdrawal_reason) = match &day.stage {
            Stage::InForce => (CalendarDayStage::InForce, None, None),
            Stage::Withdrawn { withdrawn_on, reason } => {
                (CalendarDayStage::Withdrawn, Some(DateOnly(*withdrawn_on)), Some(reason.clone().into()))
            }
        };
        Self {
            id: day.root.id.into(),
            version: day.root.version,
            exception_date: DateOnly(day.day),
            kind: day.kind.into(),
            kind_label: language.label("dayKind", day.kind.as_str()),
            name: day.name.clone().into(),
            instrument: day.instrument.clone().into(),
            decided_date: DateOnly(day.decided_on),
            stage,
            stage_label: language.label("calendarDayStage", day.stage.code()),
            withdrawn_date,
            withdrawal_reason,
            created_at: Instant(day.root.created_at),
            updated_at: Instant(day.root.updated_at),
            actions: Vec::new(),
        }
    }
}

/// Which days of the calendar, and as known when.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CalendarQuery {
    /// The first day that is shown.
    #[param(example = "2025-12-16")]
    pub(super) from_date: DateOnly,
    /// The last day that is shown: not before the first, and at most 366 days with it.
    #[param(example = "2026-01-10")]
    pub(super) to_date: DateOnly,
    /// As known on this day; today where it is not said.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false, example = "2025-12-25")]
    pub(super) known_date: Option<DateOnly>,
}

/// A part of the working calendar: Saturdays and Sundays are off, but for what is said here.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Calendar)]
pub(crate) struct CalendarView {
    /// The first day that is shown.
    from_date: DateOnly,
    /// The last day that is shown.
    to_date: DateOnly,
    /// As known on this day.
    known_date: DateOnly,
    /// How many of the days are worked, the first and the last among them.
    #[schema(minimum = 0, maximum = 366)]
    working_days: usize,
    /// What of these days is not what the week says, by day.
    #[schema(max_items = 366)]
    exceptions: Vec<CalendarDayView>,
}

impl CalendarView {
    pub(super) fn of(query: &CalendarQuery, days: &[CalendarDay], today: Date, language: Language) -> Self {
        let known = query.known_date.map_or(today, |day| day.0);
        let calendar = WorkingCalendar::known_on(days, known);
        let known_of = days.iter().filter(|day| day.known_on(known));
        Self {
            from_date: query.from_date,
            to_date: query.to_date,
            known_date: DateOnly(known),
            working_days: calendar.working_days(query.from_date.0, query.to_date.0),
            exceptions: known_of.map(|day| CalendarDayView::listed(day, language)).collect(),
        }
    }
}
