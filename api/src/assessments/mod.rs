//! Assessments: the points that people give units by the criteria of a rubric that nobody can count.

use std::{cell::Cell, rc::Rc};

use actix_web::{get, post, put, web::Data};
use serde::Deserialize;
use thidua_domain::{
    assessment::{AssessUnit, Assessed, Judging, ReplaceAssessment},
    rubric::ScoringRubric,
};
use thidua_persistence::{AssessmentFilter, Fence, Reader, facts::unit_exists, page::SortOrder};
use utoipa::IntoParams;

use crate::{
    app::Entries,
    input::{AssessmentKey, Body, Caller, IfMatch, PathOf, QueryOf, UnitKey},
    list::{List, Listed},
    problem::Problem,
    reply::Versioned,
    scoring::ScoringRubricPath,
    state::State,
};

mod body;
mod table;

use body::{AssessmentContent, AssessmentNew, AssessmentPage, AssessmentQuery, AssessmentView};

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config.service(list_assessments).service(assess_unit).service(read_assessment).service(replace_assessment);
}

/// Where one assessment is.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(crate) struct AssessmentPath {
    /// Identifies the assessment.
    assessment_id: AssessmentKey,
}

/// List assessments
///
/// What people judged by a rubric, the latest first. Those who follow the campaign see all of it, a unit what it was given
/// itself, with the reasons.
#[utoipa::path(tag = "Scoring", operation_id = "listAssessments", params(ScoringRubricPath, AssessmentQuery),
    responses((status = 200, description = "A page of assessments, the latest first.", body = AssessmentPage)))]
#[get("/scoring-rubrics/{scoringRubricId}/assessments")]
async fn list_assessments(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ScoringRubricPath>,
    query: QueryOf<AssessmentQuery>,
) -> Result<Listed<AssessmentPage>, Problem> {
    let rubric = path.0.scoring_rubric_id.id();
    let filter = AssessmentFilter {
        rubric,
        units: query.0.unit_id.iter().copied().map(UnitKey::id).collect(),
        criteria: query.0.criterion.iter().map(|code| code.as_str().to_owned()).collect(),
    };
    let order = SortOrder { key: None, descending: true };
    let url = format!("/v1/scoring-rubrics/{rubric}/assessments");
    let list = List { url: &url, query: &query.0, filter, order };
    let language = caller.language;
    let view = async |reader: &Reader| {
        reader.sees::<ScoringRubric>(rubric).await?;
        Ok(move |one| AssessmentView::listed(&one, language))
    };
    list.answer(&state, &caller, view).await
}

/// Assess a unit
///
/// Gives a unit its points for a criterion that people judge, with the reason. It is for those whose role the criterion names,
/// and never of a unit where they work or for which they hold a role. There is one assessment for a criterion and a unit;
/// whoever judges anew replaces it. It counts in the ranking at once.
#[utoipa::path(tag = "Scoring", operation_id = "assessUnit", params(ScoringRubricPath), request_body = AssessmentNew,
    responses((status = 201, description = "The unit has its points.", body = AssessmentView)))]
#[post("/scoring-rubrics/{scoringRubricId}/assessments")]
async fn assess_unit(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ScoringRubricPath>,
    body: Body<AssessmentNew>,
) -> Result<Versioned<AssessmentView>, Problem> {
    let id = path.0.scoring_rubric_id.id();
    let new = body.0;
    // A replay knows nothing but the assessment, and what can be done with it hangs on its rubric.
    let retired = Rc::new(Cell::new(false));
    let here = Rc::clone(&retired);
    let saved = state.store.write(caller.call.clone(), caller.claim.clone(), Fence::Directory, async move |tx| {
        let rubric: ScoringRubric = tx.load(id).await?;
        here.set(rubric.retired_at.is_some());
        let unit = new.unit();
        let judging = Judging { rubric, criterion: new.criterion(), unit };
        let permitted = tx.permit_new::<AssessUnit, _>(judging)?;
        let unit_there = unit_exists(tx, unit).await?;
        let (points, reason) = new.parts();
        tx.carry_out(permitted, AssessUnit { points, reason, unit_there }).await
    });
    let saved = saved.await?;
    let assessed = Assessed { assessment: saved.object.clone(), retired: retired.get() };
    let body = AssessmentView::of(&assessed, &saved.actor, caller.language);
    Ok(Versioned::created(&saved, &caller, "assessments", body))
}

/// Read an assessment
///
/// The points that a unit was given for a criterion, by whom, and why.
#[utoipa::path(tag = "Scoring", operation_id = "readAssessment", params(AssessmentPath),
    responses((status = 200, description = "The assessment with its reason.", body = AssessmentView)))]
#[get("/assessments/{assessmentId}")]
async fn read_assessment(
    state: Data<State>,
    caller: Caller,
    path: PathOf<AssessmentPath>,
) -> Result<Versioned<AssessmentView>, Problem> {
    let reader = state.store.read(&caller.call).await?;
    let assessed: Assessed = reader.object(path.0.assessment_id.id()).await?;
    let body = AssessmentView::of(&assessed, &reader.actor, caller.language);
    Ok(Versioned::read(body, assessed.assessment.root.version, caller.language))
}

/// Replace an assessment
///
/// Judges the unit anew, with the reason. What stood before stays in the log; the last one to judge stands for it.
#[utoipa::path(tag = "Scoring", operation_id = "replaceAssessment", params(AssessmentPath), request_body = AssessmentContent,
    responses((status = 200, description = "The unit has other points from now on.", body = AssessmentView)))]
#[put("/assessments/{assessmentId}")]
async fn replace_assessment(
    state: Data<State>,
    caller: Caller,
    path: PathOf<AssessmentPath>,
    body: Body<AssessmentContent>,
    expected: IfMatch,
) -> Result<Versioned<AssessmentView>, Problem> {
    let id = path.0.assessment_id.id();
    let (points, reason) = body.0.parts();
    let saved = state.store.write(caller.call.clone(), caller.claim.clone(), Fence::None, async move |tx| {
        let assessed: Assessed = tx.load(id).await?;
        let permitted = tx.permit::<ReplaceAssessment, _>(assessed, expected.0)?;
        tx.carry_out(permitted, ReplaceAssessment { points, reason: reason.clone() }).await
    });
    let saved = saved.await?;
    // Only by a rubric that still counts is anything judged anew.
    let assessed = Assessed { assessment: saved.object.clone(), retired: false };
    Ok(Versioned::changed(&saved, &caller, AssessmentView::of(&assessed, &saved.actor, caller.language)))
}
