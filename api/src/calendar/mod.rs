//! The working calendar: which days are worked, and what says so.

use actix_web::{get, post, web::Data};
use serde::Deserialize;
use thidua_domain::{
    calendar::{CalendarDay, RecordCalendarDay, WithdrawCalendarDay},
    policy::Directory,
};
use thidua_persistence::{Fence, facts::calendar as facts};
use utoipa::IntoParams;

use crate::{
    app::Entries,
    command::command,
    input::{Body, CalendarDayKey, Caller, IfMatch, PathOf, QueryOf},
    papers::ReasonBody,
    problem::{Place, Problem},
    reply::{Plain, Versioned},
    state::State,
};

mod body;

use body::{CalendarDayNew, CalendarDayView, CalendarQuery, CalendarView};

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config
        .service(read_calendar)
        .service(record_calendar_day)
        .service(read_calendar_day)
        .service(withdraw_calendar_day);
}

/// Where one exception of the calendar is.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(crate) struct CalendarDayPath {
    /// Identifies the exception of the calendar.
    calendar_day_id: CalendarDayKey,
}

/// The most days that are shown at once: a leap year.
const MOST_DAYS: i64 = 366;

/// Read the working calendar
///
/// What of a range of days is not what the week says, and how many of them are worked: as known today, or as it was known
/// on another day, since a swap counts from the day on which it was decided.
#[utoipa::path(tag = "Calendar", operation_id = "readCalendar", params(CalendarQuery),
    responses((status = 200, description = "The calendar of these days, with each exception.", body = CalendarView),
        (status = 422, description = "The days are no range, or too many.")))]
#[get("/calendar")]
async fn read_calendar(
    state: Data<State>,
    caller: Caller,
    query: QueryOf<CalendarQuery>,
) -> Result<Plain<CalendarView>, Problem> {
    let QueryOf(query) = query;
    let (from, to) = (query.from_date.0, query.to_date.0);
    if !(0..MOST_DAYS).contains(&(to - from).num_days()) {
        return Err(Problem::contradiction(Place::Parameter("toDate".to_owned()), "parameter.rangeOutOfBounds"));
    }
    let reader = state.store.read(&caller.call).await?;
    let days = facts::exceptions(&reader.db, from, to).await?;
    let body = CalendarView::of(&query, &days, reader.now.date(), caller.language);
    Ok(Plain { body, language: caller.language, next: None })
}

/// Record an exception of the calendar
///
/// A day off, or a Saturday or Sunday that is worked to make up for another day. It counts from the day on which it was
/// decided; deadlines that were announced before stay as they are.
#[utoipa::path(tag = "Calendar", operation_id = "recordCalendarDay", request_body = CalendarDayNew,
    responses((status = 201, description = "The calendar says so from now on.", body = CalendarDayView)))]
#[post("/calendar-days")]
async fn record_calendar_day(
    state: Data<State>,
    caller: Caller,
    body: Body<CalendarDayNew>,
) -> Result<Versioned<CalendarDayView>, Problem> {
    let new = body.0;
    let saved = state.store.write(caller.call.clone(), caller.claim.clone(), Fence::None, async move |tx| {
        let permitted = tx.permit_new::<RecordCalendarDay, _>(Directory)?;
        tx.carry_out(permitted, new.command()).await
    });
    let saved = saved.await?;
    let body = CalendarDayView::of(&saved.object, &saved.actor, caller.language);
    Ok(Versioned::created(&saved, &caller, "calendar-days", body))
}

/// Read an exception of the calendar
///
/// One day that is not what the week says, with the law or notice that says so; withdrawn ones stay readable.
#[utoipa::path(tag = "Calendar", operation_id = "readCalendarDay", params(CalendarDayPath),
    responses((status = 200, description = "The exception, as it was recorded.", body = CalendarDayView)))]
#[get("/calendar-days/{calendarDayId}")]
async fn read_calendar_day(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CalendarDayPath>,
) -> Result<Versioned<CalendarDayView>, Problem> {
    let reader = state.store.read(&caller.call).await?;
    let day: CalendarDay = reader.object(path.0.calendar_day_id.id()).await?;
    let body = CalendarDayView::of(&day, &reader.actor, caller.language);
    Ok(Versioned::read(body, day.root.version, caller.language))
}

/// Withdraw an exception of the calendar
///
/// With the reason. From today on it is reckoned with no longer; what was reckoned with it stays as it was announced. The
/// day can be recorded anew.
#[utoipa::path(tag = "Calendar", operation_id = "withdrawCalendarDay", params(CalendarDayPath), request_body = ReasonBody,
    responses((status = 200, description = "The exception holds no longer.", body = CalendarDayView)))]
#[post("/calendar-days/{calendarDayId}/withdraw")]
async fn withdraw_calendar_day(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CalendarDayPath>,
    body: Body<ReasonBody>,
    expected: IfMatch,
) -> Result<Versioned<CalendarDayView>, Problem> {
    let id = path.0.calendar_day_id.id();
    let reason = body.0.reason.into_text();
    let withdraw = async move |_: &_, _: &CalendarDay| Ok(WithdrawCalendarDay { reason: reason.clone() });
    let saved = command(&state.store, &caller, Fence::None, id, expected.0, withdraw).await?;
    Ok(Versioned::changed(&saved, &caller, CalendarDayView::of(&saved.object, &saved.actor, caller.language)))
}
