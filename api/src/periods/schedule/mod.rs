//! Schedules: periods planned several at once, on the working calendar.

use actix_web::{get, post, web::Data};
use serde::Deserialize;
use thidua_domain::{
    calendar::WorkingCalendar,
    campaign::Campaign,
    period::{CreatePeriodSchedule, PeriodSchedule},
};
use thidua_persistence::{
    Fence,
    facts::{calendar, periods as facts},
};
use utoipa::IntoParams;

use crate::{
    campaigns::CampaignPath,
    input::{Body, Caller, PathOf, PeriodScheduleKey, QueryOf},
    problem::Problem,
    reply::{Plain, Versioned},
    state::State,
};

mod body;

use body::{PeriodScheduleView, ScheduleNew, SchedulePreview};

/// Where one schedule is.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(crate) struct PeriodSchedulePath {
    /// Identifies the schedule.
    period_schedule_id: PeriodScheduleKey,
}

/// Preview a schedule
///
/// The periods that a schedule would plan by the working calendar as it is known today, and which of them are there
/// already. Nothing is written.
#[utoipa::path(tag = "Reports", operation_id = "previewPeriodSchedule", params(CampaignPath, ScheduleNew),
    responses((status = 200, description = "What would be planned, in the order of the days.", body = SchedulePreview),
        (status = 422, description = "The schedule contradicts itself.")))]
#[get("/campaigns/{campaignId}/schedule-preview")]
pub(super) async fn preview_period_schedule(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    query: QueryOf<ScheduleNew>,
) -> Result<Plain<SchedulePreview>, Problem> {
    let QueryOf(query) = query;
    let campaign = path.0.campaign_id.id();
    let pattern = query.pattern().map_err(Problem::of_query)?;
    let reader = state.store.read(&caller.call).await?;
    reader.sees::<Campaign>(campaign).await?;
    let today = reader.now.date();
    let exceptions = calendar::exceptions(&reader.db, pattern.starts_on, pattern.horizon()).await?;
    let slots = pattern.slots(&WorkingCalendar::known_on(&exceptions, today)).map_err(Problem::of_query)?;
    let existing = facts::visible_codes(&reader, campaign).await?;
    let body = SchedulePreview::of(&slots, &existing, today);
    Ok(Plain { body, language: caller.language, next: None })
}

/// Plan periods by a schedule
///
/// Plans a period for each month or quarter of a range of days, or a single one, all of them or none. Deadlines are counted
/// in working days by the calendar as it is known today, and stay as they are when it changes. Periods that are there
/// already under a code of the schedule are left as they are, and named.
#[utoipa::path(tag = "Reports", operation_id = "createPeriodSchedule", params(CampaignPath), request_body = ScheduleNew,
    responses((status = 201, description = "Its periods are planned, to be opened.", body = PeriodScheduleView)))]
#[post("/campaigns/{campaignId}/period-schedules")]
pub(super) async fn create_period_schedule(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    body: Body<ScheduleNew>,
) -> Result<Versioned<PeriodScheduleView>, Problem> {
    let id = path.0.campaign_id.id();
    let new = body.0;
    let saved = state.store.write(caller.call.clone(), caller.claim.clone(), Fence::campaign(id), async move |tx| {
        let campaign: Campaign = tx.look_up(id).await?;
        let permitted = tx.permit_new::<CreatePeriodSchedule, _>(campaign)?;
        let pattern = new.pattern()?;
        let facts = facts::scheduling(tx, id, &pattern).await?;
        tx.carry_out(permitted, CreatePeriodSchedule { pattern, facts }).await
    });
    let saved = saved.await?;
    let body = PeriodScheduleView::of(&saved.object, caller.language);
    Ok(Versioned::created(&saved, &caller, "period-schedules", body))
}

/// Read a schedule
///
/// What was asked for, the day as of which the working calendar was taken, and the periods that came of it.
#[utoipa::path(tag = "Reports", operation_id = "readPeriodSchedule", params(PeriodSchedulePath),
    responses((status = 200, description = "The schedule with its periods.", body = PeriodScheduleView)))]
#[get("/period-schedules/{periodScheduleId}")]
pub(super) async fn read_period_schedule(
    state: Data<State>,
    caller: Caller,
    path: PathOf<PeriodSchedulePath>,
) -> Result<Versioned<PeriodScheduleView>, Problem> {
    let schedule: PeriodSchedule = state.store.read(&caller.call).await?.object(path.0.period_schedule_id.id()).await?;
    let body = PeriodScheduleView::of(&schedule, caller.language);
    Ok(Versioned::read(body, schedule.root.version, caller.language))
}
