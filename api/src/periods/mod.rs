//! Reporting periods: when units report, and until when.

use actix_web::{get, post, web::Data};
use serde::Deserialize;
use thidua_domain::{
    campaign::Campaign,
    period::{ClosePeriod, CreatePeriod, OpenPeriod, Period, ReopenPeriod},
};
use thidua_persistence::{Fence, PeriodFilter, Reader, facts::periods as facts, page::SortOrder};
use utoipa::IntoParams;

use crate::{
    app::Entries,
    campaigns::CampaignPath,
    command::command,
    input::{Body, Caller, IfMatch, PathOf, PeriodKey, QueryOf},
    list::{List, Listed},
    papers::ReasonBody,
    problem::Problem,
    reply::Versioned,
    state::State,
};

mod body;
mod page;
mod schedule;
mod table;

pub(crate) use body::PeriodStage;
use body::{PeriodNew, PeriodView};
use page::{PeriodPage, PeriodQuery};

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config
        .service(list_periods)
        .service(create_period)
        .service(read_period)
        .service(open_period)
        .service(close_period)
        .service(reopen_period)
        .service(schedule::preview_period_schedule)
        .service(schedule::create_period_schedule)
        .service(schedule::read_period_schedule);
}

/// Where one reporting period is.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(crate) struct PeriodPath {
    /// Identifies the period.
    pub(crate) period_id: PeriodKey,
}

/// List reporting periods
///
/// The periods of a campaign, by the instant at which their reports fall due; for those who report and those who follow.
#[utoipa::path(tag = "Reports", operation_id = "listPeriods", params(CampaignPath, PeriodQuery),
    responses((status = 200, description = "A page of periods, the first due first.", body = PeriodPage)))]
#[get("/campaigns/{campaignId}/periods")]
async fn list_periods(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    query: QueryOf<PeriodQuery>,
) -> Result<Listed<PeriodPage>, Problem> {
    let campaign = path.0.campaign_id.id();
    let stages = query.0.stage.iter().map(|stage| stage.as_str()).collect();
    let filter = PeriodFilter { campaign, stages, named: Vec::new() };
    let order = SortOrder { key: Some(("due_before", "timestamptz")), descending: false };
    let url = format!("/v1/campaigns/{campaign}/periods");
    let list = List { url: &url, query: &query.0, filter, order };
    let language = caller.language;
    let view = async |reader: &Reader| {
        reader.sees::<Campaign>(campaign).await?;
        Ok(move |one| PeriodView::listed(&one, language))
    };
    list.answer(&state, &caller, view).await
}

/// Plan a reporting period
///
/// Sets when units report and until when: the plan says "định kỳ" without a day. Who owes a report is fixed here, from the
/// plan and the directory, so that nobody becomes missing afterwards.
#[utoipa::path(tag = "Reports", operation_id = "createPeriod", params(CampaignPath), request_body = PeriodNew,
    responses((status = 201, description = "The period is planned, to be opened.", body = PeriodView)))]
#[post("/campaigns/{campaignId}/periods")]
async fn create_period(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    body: Body<PeriodNew>,
) -> Result<Versioned<PeriodView>, Problem> {
    let id = path.0.campaign_id.id();
    let new = body.0;
    let saved = state.store.write(caller.call.clone(), caller.claim.clone(), Fence::campaign(id), async move |tx| {
        let campaign: Campaign = tx.look_up(id).await?;
        let permitted = tx.permit_new::<CreatePeriod, _>(campaign)?;
        let facts = facts::planning(tx, id, &new.code().clone().into_text()).await?;
        tx.carry_out(permitted, new.command(facts)).await
    });
    let saved = saved.await?;
    let body = PeriodView::of(&saved.object, &saved.actor, caller.language);
    Ok(Versioned::created(&saved, &caller, "periods", body))
}

/// Read a reporting period
///
/// The period with the units that owe a report, each with the sentence of the plan that obliges it.
#[utoipa::path(tag = "Reports", operation_id = "readPeriod", params(PeriodPath),
    responses((status = 200, description = "The period with who owes a report.", body = PeriodView)))]
#[get("/periods/{periodId}")]
async fn read_period(
    state: Data<State>,
    caller: Caller,
    path: PathOf<PeriodPath>,
) -> Result<Versioned<PeriodView>, Problem> {
    let reader = state.store.read(&caller.call).await?;
    let period: Period = reader.object(path.0.period_id.id()).await?;
    let body = PeriodView::of(&period, &reader.actor, caller.language);
    Ok(Versioned::read(body, period.root.version, caller.language))
}

/// Open a reporting period
///
/// Units can draft and hand in their reports from now on; the announced instant is for their calendars alone.
#[utoipa::path(tag = "Reports", operation_id = "openPeriod", params(PeriodPath),
    responses((status = 200, description = "The period is open for reports.", body = PeriodView)))]
#[post("/periods/{periodId}/open")]
async fn open_period(
    state: Data<State>,
    caller: Caller,
    path: PathOf<PeriodPath>,
    expected: IfMatch,
) -> Result<Versioned<PeriodView>, Problem> {
    let id = path.0.period_id.id();
    let open = async |_: &_, _: &Period| Ok(OpenPeriod);
    let saved = command(&state.store, &caller, Fence::campaign(id), id, expected.0, open).await?;
    Ok(Versioned::changed(&saved, &caller, PeriodView::of(&saved.object, &saved.actor, caller.language)))
}

/// Close a reporting period
///
/// No report can be handed in for the first time from now on; what was returned and what corrects an accepted report still
/// comes in. Not before the reports are due.
#[utoipa::path(tag = "Reports", operation_id = "closePeriod", params(PeriodPath),
    responses((status = 200, description = "The period is closed.", body = PeriodView)))]
#[post("/periods/{periodId}/close")]
async fn close_period(
    state: Data<State>,
    caller: Caller,
    path: PathOf<PeriodPath>,
    expected: IfMatch,
) -> Result<Versioned<PeriodView>, Problem> {
    let id = path.0.period_id.id();
    let close = async |_: &_, _: &Period| Ok(ClosePeriod);
    let saved = command(&state.store, &caller, Fence::campaign(id), id, expected.0, close).await?;
    Ok(Versioned::changed(&saved, &caller, PeriodView::of(&saved.object, &saved.actor, caller.language)))
}

/// Reopen a reporting period
///
/// Lets reports come in once more, with the reason. The instant at which they fall due stays, so that they are late.
#[utoipa::path(tag = "Reports", operation_id = "reopenPeriod", params(PeriodPath), request_body = ReasonBody,
    responses((status = 200, description = "The period is open for reports again.", body = PeriodView)))]
#[post("/periods/{periodId}/reopen")]
async fn reopen_period(
    state: Data<State>,
    caller: Caller,
    path: PathOf<PeriodPath>,
    body: Body<ReasonBody>,
    expected: IfMatch,
) -> Result<Versioned<PeriodView>, Problem> {
    let id = path.0.period_id.id();
    let reason = body.0.reason.into_text();
    let reopen = async move |_: &_, _: &Period| Ok(ReopenPeriod { reason: reason.clone() });
    let saved = command(&state.store, &caller, Fence::campaign(id), id, expected.0, reopen).await?;
    Ok(Versioned::changed(&saved, &caller, PeriodView::of(&saved.object, &saved.actor, caller.language)))
}
