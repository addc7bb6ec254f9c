//! Scoring: the rubric of a campaign, and the units ranked by it.

use actix_web::{get, post, web::Data};
use serde::Deserialize;
use thidua_domain::{
    campaign::Campaign,
    rubric::{CreateScoringRubric, RetireScoringRubric, ScoringRubric},
};
use thidua_persistence::{Fence, Reader, ScoringRubricFilter, page::SortOrder};
use utoipa::IntoParams;

use crate::{
    app::Entries,
    campaigns::CampaignPath,
    command::command,
    input::{Body, Caller, IfMatch, PathOf, QueryOf, ScoringRubricKey},
    list::{List, Listed},
    papers::ReasonBody,
    problem::Problem,
    reply::Versioned,
    state::State,
};

mod body;
mod chart;
mod criterion;
mod ranking;
mod table;
mod view;

use body::{ScoringRubricNew, ScoringRubricPage, ScoringRubricQuery};
pub(crate) use view::ScoringRubricStage;
use view::ScoringRubricView;

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config
        .service(list_scoring_rubrics)
        .service(create_scoring_rubric)
        .service(read_scoring_rubric)
        .service(retire_scoring_rubric);
    ranking::configure(config);
    chart::configure(config);
}

/// Where one scoring rubric is.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(crate) struct ScoringRubricPath {
    /// Identifies the scoring rubric.
    pub(crate) scoring_rubric_id: ScoringRubricKey,
}

/// List scoring rubrics
///
/// The rubrics of a campaign, the latest first. One of them is in force at most; the others are retired.
#[utoipa::path(tag = "Scoring", operation_id = "listScoringRubrics", params(CampaignPath, ScoringRubricQuery),
    responses((status = 200, description = "A page of scoring rubrics, the latest first.", body = ScoringRubricPage)))]
#[get("/campaigns/{campaignId}/scoring-rubrics")]
async fn list_scoring_rubrics(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    query: QueryOf<ScoringRubricQuery>,
) -> Result<Listed<ScoringRubricPage>, Problem> {
    let campaign = path.0.campaign_id.id();
    let stages = query.0.stage.iter().map(|stage| stage.as_str()).collect();
    let filter = ScoringRubricFilter { campaign, stages };
    let order = SortOrder { key: None, descending: true };
    let url = format!("/v1/campaigns/{campaign}/scoring-rubrics");
    let list = List { url: &url, query: &query.0, filter, order };
    let language = caller.language;
    let view = async |reader: &Reader| {
        reader.sees::<Campaign>(campaign).await?;
        Ok(move |one| ScoringRubricView::listed(&one, language))
    };
    list.answer(&state, &caller, view).await
}

/// Create a scoring rubric
///
/// Records the criteria and their points as an issued document sets them; units are ranked by them from now on. One rubric
/// is in force at most: retire it before another document takes its place. What a rubric says never changes.
#[utoipa::path(tag = "Scoring", operation_id = "createScoringRubric", params(CampaignPath), request_body = ScoringRubricNew,
    responses((status = 201, description = "The rubric is in force.", body = ScoringRubricView)))]
#[post("/campaigns/{campaignId}/scoring-rubrics")]
async fn create_scoring_rubric(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    body: Body<ScoringRubricNew>,
) -> Result<Versioned<ScoringRubricView>, Problem> {
    let id = path.0.campaign_id.id();
    let new = body.0;
    let saved = state.store.write(caller.call.clone(), caller.claim.clone(), Fence::under(id), async move |tx| {
        let campaign: Campaign = tx.look_up(id).await?;
        let permitted = tx.permit_new::<CreateScoringRubric, _>(campaign)?;
        tx.carry_out(permitted, new.command()).await
    });
    let saved = saved.await?;
    let body = ScoringRubricView::of(&saved.object, &saved.actor, caller.language);
    Ok(Versioned::created(&saved, &caller, "scoring-rubrics", body))
}

/// Read a scoring rubric
///
/// The document that sets it, the criteria with their points, and how units of the same score are told apart.
#[utoipa::path(tag = "Scoring", operation_id = "readScoringRubric", params(ScoringRubricPath),
    responses((status = 200, description = "The rubric with its criteria.", body = ScoringRubricView)))]
#[get("/scoring-rubrics/{scoringRubricId}")]
async fn read_scoring_rubric(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ScoringRubricPath>,
) -> Result<Versioned<ScoringRubricView>, Problem> {
    let reader = state.store.read(&caller.call).await?;
    let rubric: ScoringRubric = reader.object(path.0.scoring_rubric_id.id()).await?;
    let body = ScoringRubricView::of(&rubric, &reader.actor, caller.language);
    Ok(Versioned::read(body, rubric.root.version, caller.language))
}

/// Retire a scoring rubric
///
/// Nobody is ranked by it any more; without another one there is no ranking.
#[utoipa::path(tag = "Scoring", operation_id = "retireScoringRubric", params(ScoringRubricPath), request_body = ReasonBody,
    responses((status = 200, description = "The rubric is retired.", body = ScoringRubricView)))]
#[post("/scoring-rubrics/{scoringRubricId}/retire")]
async fn retire_scoring_rubric(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ScoringRubricPath>,
    body: Body<ReasonBody>,
    expected: IfMatch,
) -> Result<Versioned<ScoringRubricView>, Problem> {
    let id = path.0.scoring_rubric_id.id();
    let reason = body.0.reason.into_text();
    let retire = async move |_: &_, _: &ScoringRubric| Ok(RetireScoringRubric { reason: reason.clone() });
    let saved = command(&state.store, &caller, Fence::None, id, expected.0, retire).await?;
    Ok(Versioned::changed(&saved, &caller, ScoringRubricView::of(&saved.object, &saved.actor, caller.language)))
}
