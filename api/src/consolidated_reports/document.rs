//! The report as a paper.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use thidua_documents::papers::{ConsolidatedSources, consolidated_report};
use thidua_domain::consolidation::ConsolidatedReport;
use thidua_persistence::facts;

use super::ConsolidatedReportPath;
use crate::{
    attachments::FileBytes,
    input::{Caller, PathOf, QueryOf},
    printing::{self, PaperQuery},
    problem::Problem,
    state::State,
};

/// Read a consolidated report as a paper
///
/// The report in the form of an administrative document (NĐ 30/2020): the text with its sections, among them the one on the
/// locality's other movements, the signature, the recipients, and annexes with the figures of the frozen snapshot, the day up
/// to which they reach, and the reports that they come from. It is seen where the report is seen, and says nothing that the
/// report does not. Before it is signed and numbered it has blanks, as drafts have. In the workbook figures are figures, and
/// columns beside them name report, version and measurement; no cell is a formula. It is in Vietnamese, whatever
/// `Accept-Language` says.
#[utoipa::path(tag = "Consolidated reports", operation_id = "readConsolidatedReportDocument",
    params(ConsolidatedReportPath, PaperQuery),
    responses((status = 200, description = "The paper, to be saved under the name that it comes with.", content(
        (FileBytes = "application/pdf"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
#[get("/consolidated-reports/{consolidatedReportId}/document")]
pub(super) async fn read_consolidated_report_document(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ConsolidatedReportPath>,
    query: QueryOf<PaperQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let reader = state.store.read(&caller.call).await?;
    let report: ConsolidatedReport = reader.object(path.0.consolidated_report_id.id()).await?;
    let named = [report.issuer, report.coordinating_unit].into_iter().chain(report.addressee);
    let (campaign, units) = facts::papers::setting(&reader, report.campaign, named).await?;
    // The connection is not held while the paper is written.
    drop(reader);
    let paper = consolidated_report(ConsolidatedSources { report: &report, campaign: &campaign, units: &units });
    printing::print(&state, &request, paper, report.root.version, query.0.form()).await
}
