//! The way of an office's report to the committee of the commune.

use actix_web::{post, web::Data};
use thidua_domain::consolidation::{ConsolidatedReport, PresentConsolidatedReport, ReceiveConsolidatedReport};
use thidua_persistence::{Fence, Tx};

use super::{ConsolidatedReportPath, changed, dispatching::document_of, view::ConsolidatedReportView};
use crate::{
    command::command,
    input::{Caller, IfMatch, PathOf},
    problem::Problem,
    reply::Versioned,
    state::State,
};

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
/// The chairman or a deputy takes note of the report for the committee; never who compiled, handed in or signed it.
#[utoipa::path(tag = "Consolidated reports", operation_id = "receiveConsolidatedReport",
    params(ConsolidatedReportPath),
    responses((status = 200, description = "The committee has the report.", body = ConsolidatedReportView)))]
#[post("/consolidated-reports/{consolidatedReportId}/receive")]
pub(super) async fn receive_consolidated_report(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ConsolidatedReportPath>,
    expected: IfMatch,
) -> Result<Versioned<ConsolidatedReportView>, Problem> {
    let id = path.0.consolidated_report_id.id();
    let receive = async |_: &_, _: &_| Ok(ReceiveConsolidatedReport);
    let saved = command(&state.store, &caller, Fence::under(id), id, expected.0, receive).await?;
    Ok(changed(&saved, &caller))
}
