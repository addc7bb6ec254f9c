//! The way of an office's report to the committee of the commune.

use actix_web::{post, web::Data};
use serde::{Deserialize, Serialize};
use thidua_domain::consolidation::{
    ConsolidatedReport, HandBackConsolidatedReport, PresentConsolidatedReport, ReceiveConsolidatedReport,
};
use thidua_persistence::{Fence, Tx};
use utoipa::ToSchema;
use validator::Validate;

use super::{ConsolidatedReportPath, changed, dispatching::document_of, view::ConsolidatedReportView};
use crate::{
    command::command,
    input::{Body, Caller, IfMatch, PathOf, Str, present},
    papers::ReasonBody,
    problem::Problem,
    reply::Versioned,
    state::State,
};

/// What the committee says to a report of which it takes note.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ConsolidatedReportReception)]
pub(super) struct ReceptionBody {
    /// The opinion of the committee (ý kiến chỉ đạo), for the office and for the record; no personal data.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "Đôn đốc các đơn vị chưa nộp báo cáo.")]
    opinion: Option<Str<2_000>>,
}

/// Present a consolidated report
///
/// Lays an office's issued report before the committee of the commune, once its document is sealed or signed for the office. At its deadline itself or later it is late, and
/// stays marked so. A report to the city is sent instead.
#[utoipa::path(tag = "Consolidated reports", operation_id = "presentConsolidatedReport",
    params(ConsolidatedReportPath),
    responses((status = 200, description = "The report lies before the committee.", body = ConsolidatedReportView)))]
#[post("/consolidated-reports/{consolidatedReportId}/present")]
pub(super) async fn present_consolidated_report(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ConsolidatedReportPath>,
    expected: IfMatch,
) -> Result<Versioned<ConsolidatedReportView>, Problem> {
    let id = path.0.consolidated_report_id.id();
    let present = async |tx: &Tx, report: &ConsolidatedReport| {
        Ok(PresentConsolidatedReport { document: document_of(tx, report).await? })
    };
    let saved = command(&state.store, &caller, Fence::under(id), id, expected.0, present).await?;
    Ok(changed(&saved, &caller))
}

/// Receive a consolidated report
///
/// The chairman or a deputy takes note of the report for the committee, with its opinion where there is one; never who
/// compiled, handed in or signed it.
#[utoipa::path(tag = "Consolidated reports", operation_id = "receiveConsolidatedReport",
    params(ConsolidatedReportPath), request_body = ReceptionBody,
    responses((status = 200, description = "The committee has the report.", body = ConsolidatedReportView)))]
#[post("/consolidated-reports/{consolidatedReportId}/receive")]
pub(super) async fn receive_consolidated_report(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ConsolidatedReportPath>,
    body: Body<ReceptionBody>,
    expected: IfMatch,
) -> Result<Versioned<ConsolidatedReportView>, Problem> {
    let id = path.0.consolidated_report_id.id();
    let opinion = body.0.opinion.map(Str::into_text);
    let receive = async move |_: &_, _: &_| Ok(ReceiveConsolidatedReport { opinion: opinion.clone() });
    let saved = command(&state.store, &caller, Fence::under(id), id, expected.0, receive).await?;
    Ok(changed(&saved, &caller))
}

/// Hand a consolidated report back
///
/// The chairman or a deputy gives the report back to the office for the committee, with its reasons; never who compiled,
/// handed in or signed it. What was signed and numbered stays as it was: the office makes a new report, which replaces it.
#[utoipa::path(tag = "Consolidated reports", operation_id = "handBackConsolidatedReport",
    params(ConsolidatedReportPath), request_body = ReasonBody,
    responses((status = 200, description = "The report is with its office again, to be replaced.",
        body = ConsolidatedReportView)))]
#[post("/consolidated-reports/{consolidatedReportId}/hand-back")]
pub(super) async fn hand_back_consolidated_report(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ConsolidatedReportPath>,
    body: Body<ReasonBody>,
    expected: IfMatch,
) -> Result<Versioned<ConsolidatedReportView>, Problem> {
    let id = path.0.consolidated_report_id.id();
    let reason = body.0.reason.into_text();
    let hand_back = async move |_: &_, _: &_| Ok(HandBackConsolidatedReport { reason: reason.clone() });
    let saved = command(&state.store, &caller, Fence::under(id), id, expected.0, hand_back).await?;
    Ok(changed(&saved, &caller))
}
