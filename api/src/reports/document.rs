//! The report of a unit as a paper.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use thidua_documents::papers::{ReportSources, unit_report};
use thidua_domain::report::Report;
use thidua_persistence::facts;

use super::ReportPath;
use crate::{
    attachments::FileBytes,
    input::{Caller, PathOf, QueryOf},
    printing::{self, PaperQuery},
    problem::Problem,
    state::State,
};

/// Read a unit's report as a paper
///
/// The report in the form of an administrative document (NĐ 30/2020), with the figures as they were handed in. It is seen where
/// the report is seen. Number and day are those that the unit gave it when it handed it in; the number stays blank where the unit
/// gave none, and the day is then that of the signature. The signature is printed as it was recorded: who signed, and in which
/// capacity (TM., KT., TL., TUQ., Q.). A draft has blanks, and so has what came back, until it is handed in again. A village has no
/// number. It is in Vietnamese, whatever `Accept-Language` says.
#[utoipa::path(tag = "Reports", operation_id = "readReportDocument", params(ReportPath, PaperQuery),
    responses((status = 200, description = "The paper, to be saved under the name that it comes with.", content(
        (FileBytes = "application/pdf"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
#[get("/reports/{reportId}/document")]
pub(super) async fn read_report_document(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ReportPath>,
    query: QueryOf<PaperQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let reader = state.store.read(&caller.call).await?;
    let report: Report = reader.object(path.0.report_id.id()).await?;
    let setting = facts::papers::of_report(&reader, &report).await?;
    // The connection is not held while the paper is written.
    drop(reader);
    let paper = unit_report(ReportSources {
        report: &report,
        campaign: &setting.campaign,
        period: &setting.period,
        unit_type: setting.unit_type,
        units: &setting.units,
    });
    printing::print(&state, &request, paper, report.root.version, query.0.form()).await
}
