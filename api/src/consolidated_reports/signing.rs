//! Review and signature.

use actix_web::{post, web::Data};
use thidua_domain::consolidation::{
    ConsolidatedReport, ReturnConsolidatedReport, SignConsolidatedReport, SubmitConsolidatedReport,
};
use thidua_persistence::{Fence, facts::consolidation as facts};

use super::{ConsolidatedReportPath, body::SigningBody, changed, view::ConsolidatedReportView};
use crate::{
    command::command,
    input::{Body, Caller, IfMatch, PathOf},
    papers::ReasonBody,
    problem::Problem,
    reply::Versioned,
    state::State,
};

/// Submit a consolidated report
///
/// Hands the report in for review. Every section of its outline must say something, to the city the one on other movements
/// too.
#[utoipa::path(tag = "Consolidated reports", operation_id = "submitConsolidatedReport",
    params(ConsolidatedReportPath),
    responses((status = 200, description = "The report lies before those who review it.", body = ConsolidatedReportView)))]
#[post("/consolidated-reports/{consolidatedReportId}/submit")]
pub(super) async fn submit_consolidated_report(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ConsolidatedReportPath>,
    expected: IfMatch,
) -> Result<Versioned<ConsolidatedReportView>, Problem> {
    let id = path.0.consolidated_report_id.id();
    let submit = async |_: &_, _: &_| Ok(SubmitConsolidatedReport);
    let saved = command(&state.store, &caller, Fence::under(id), id, expected.0, submit).await?;
    Ok(changed(&saved, &caller))
}

/// Return a consolidated report
///
/// Gives the report back to who compiles it, with the reason; an office's report by the head of that office.
#[utoipa::path(tag = "Consolidated reports", operation_id = "returnConsolidatedReport",
    params(ConsolidatedReportPath), request_body = ReasonBody,
    responses((status = 200, description = "The report is a draft again.", body = ConsolidatedReportView)))]
#[post("/consolidated-reports/{consolidatedReportId}/return")]
pub(super) async fn return_consolidated_report(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ConsolidatedReportPath>,
    body: Body<ReasonBody>,
    expected: IfMatch,
) -> Result<Versioned<ConsolidatedReportView>, Problem> {
    let id = path.0.consolidated_report_id.id();
    let reason = body.0.reason.into_text();
    let give_back = async move |_: &_, _: &_| Ok(ReturnConsolidatedReport { reason: reason.clone() });
    let saved = command(&state.store, &caller, Fence::under(id), id, expected.0, give_back).await?;
    Ok(changed(&saved, &caller))
}

/// Sign a consolidated report
///
/// Records that the report was signed: to the city by the chairman or by a deputy for him, to the committee by the head of
/// the office that issues it; never by who compiled it. It locks the reports that it rests on. Where accepted reports have
/// changed since the freeze, it is signed only as frozen.
#[utoipa::path(tag = "Consolidated reports", operation_id = "signConsolidatedReport",
    params(ConsolidatedReportPath), request_body = SigningBody,
    responses((status = 200, description = "The report is signed and waits for its number.", body = ConsolidatedReportView)))]
#[post("/consolidated-reports/{consolidatedReportId}/sign")]
pub(super) async fn sign_consolidated_report(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ConsolidatedReportPath>,
    body: Body<SigningBody>,
    expected: IfMatch,
) -> Result<Versioned<ConsolidatedReportView>, Problem> {
    let id = path.0.consolidated_report_id.id();
    let as_frozen = body.0.as_frozen;
    let sign = async move |tx: &_, report: &ConsolidatedReport| {
        Ok(SignConsolidatedReport { as_frozen, facts: facts::signing(tx, report).await? })
    };
    let saved = command(&state.store, &caller, Fence::campaign(id), id, expected.0, sign).await?;
    Ok(changed(&saved, &caller))
}
