//! The check of the form, before the signature.

use actix_web::{post, web::Data};
use thidua_domain::consolidation::CheckConsolidatedReportFormat;
use thidua_persistence::Fence;

use super::{ConsolidatedReportPath, changed, view::ConsolidatedReportView};
use crate::{
    command::command,
    input::{Caller, IfMatch, PathOf},
    problem::Problem,
    reply::Versioned,
    state::State,
};

/// Check the form of a consolidated report
///
/// Records that somebody other than who compiled the report answers for its form (kiểm tra thể thức, NĐ 30/2020, article 12),
/// before it is signed. The register shows it, and shows where it is missing.
#[utoipa::path(tag = "Consolidated reports", operation_id = "checkConsolidatedReportFormat",
    params(ConsolidatedReportPath),
    responses((status = 200, description = "The form is answered for.", body = ConsolidatedReportView)))]
#[post("/consolidated-reports/{consolidatedReportId}/check-format")]
pub(super) async fn check_consolidated_report_format(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ConsolidatedReportPath>,
    expected: IfMatch,
) -> Result<Versioned<ConsolidatedReportView>, Problem> {
    let id = path.0.consolidated_report_id.id();
    let check = async |_: &_, _: &_| Ok(CheckConsolidatedReportFormat);
    let saved = command(&state.store, &caller, Fence::under(id), id, expected.0, check).await?;
    Ok(changed(&saved, &caller))
}
