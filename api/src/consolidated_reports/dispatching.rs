//! The way of the signed report to the city, and what comes back.

use actix_web::{post, web::Data};
use thidua_domain::{
    consolidation::{
        AcknowledgeConsolidatedReport, ConsolidatedReport, Frozen, IssueConsolidatedReport, Narrative,
        RefuseConsolidatedReport, SendConsolidatedReport, SupplementConsolidatedReport,
    },
    document::{Document, DocumentType},
    refusal::{Code, Refusal},
};
use thidua_persistence::{Fence, StoreError, Tx, facts::consolidation as facts};

use super::{
    ConsolidatedReportPath,
    body::{AcknowledgementBody, SupplementBody},
    changed, created,
    view::ConsolidatedReportView,
};
use crate::{
    command::command,
    input::{Body, Caller, IfMatch, PathOf},
    papers::{NumberingBody, ReasonBody},
    problem::Problem,
    reply::Versioned,
    state::State,
};

/// Number and issue a consolidated report
///
/// Enters the signed report into the outgoing register of who issues it. Its series says who gives number and day: the system,
/// without a gap, or the clerk, who types a number that is new in series and year, and a day in the order of the numbers (NĐ
/// 30/2020, article 15).
#[utoipa::path(tag = "Consolidated reports", operation_id = "issueConsolidatedReport",
    params(ConsolidatedReportPath), request_body = NumberingBody,
    responses((status = 200, description = "The report is issued and can be sent or presented.", body = ConsolidatedReportView)))]
#[post("/consolidated-reports/{consolidatedReportId}/issue")]
pub(super) async fn issue_consolidated_report(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ConsolidatedReportPath>,
    body: Body<NumberingBody>,
    expected: IfMatch,
) -> Result<Versioned<ConsolidatedReportView>, Problem> {
    let id = path.0.consolidated_report_id.id();
    let typed = body.0;
    let issue = async move |tx: &Tx, report: &ConsolidatedReport| {
        // Without a signature the stage says no afterwards.
        let signed_on = report.stage.signature().map_or_else(|| tx.now(), |signature| signature.signed_at).date();
        let numbering = typed.numbering(tx, report.issuer, DocumentType::Report, signed_on).await?;
        Ok(IssueConsolidatedReport { numbering })
    };
    let saved = command(&state.store, &caller, Fence::under(id), id, expected.0, issue).await?;
    Ok(changed(&saved, &caller))
}

/// The document of an issued report, locked: it leaves the house with it.
pub(super) async fn document_of(tx: &Tx, report: &ConsolidatedReport) -> Result<Document, StoreError> {
    let issued = report.stage.issue().ok_or(Refusal::from(Code::ConsolidatedReportNotIssued))?;
    tx.load(issued.document).await
}

/// Send a consolidated report
///
/// Sends the report to the city, once its document is sealed or signed for the agency; the register shows that it has left the
/// house. At the deadline itself or later it is late, and stays marked so.
#[utoipa::path(tag = "Consolidated reports", operation_id = "sendConsolidatedReport",
    params(ConsolidatedReportPath),
    responses((status = 200, description = "The report is on its way to the city.", body = ConsolidatedReportView)))]
#[post("/consolidated-reports/{consolidatedReportId}/send")]
pub(super) async fn send_consolidated_report(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ConsolidatedReportPath>,
    expected: IfMatch,
) -> Result<Versioned<ConsolidatedReportView>, Problem> {
    let id = path.0.consolidated_report_id.id();
    let send = async |tx: &Tx, report: &ConsolidatedReport| {
        Ok(SendConsolidatedReport { document: document_of(tx, report).await? })
    };
    let saved = command(&state.store, &caller, Fence::under(id), id, expected.0, send).await?;
    Ok(changed(&saved, &caller))
}

/// Acknowledge a consolidated report
///
/// Records that the city has received the report, with the number that it gave it.
#[utoipa::path(tag = "Consolidated reports", operation_id = "acknowledgeConsolidatedReport",
    params(ConsolidatedReportPath), request_body = AcknowledgementBody,
    responses((status = 200, description = "The city has the report.", body = ConsolidatedReportView)))]
#[post("/consolidated-reports/{consolidatedReportId}/acknowledge")]
pub(super) async fn acknowledge_consolidated_report(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ConsolidatedReportPath>,
    body: Body<AcknowledgementBody>,
    expected: IfMatch,
) -> Result<Versioned<ConsolidatedReportView>, Problem> {
    let id = path.0.consolidated_report_id.id();
    let receipt = body.0.receipt_number.into_text();
    let acknowledge = async move |_: &_, _: &_| Ok(AcknowledgeConsolidatedReport { receipt: receipt.clone() });
    let saved = command(&state.store, &caller, Fence::under(id), id, expected.0, acknowledge).await?;
    Ok(changed(&saved, &caller))
}

/// Refuse a consolidated report
///
/// Records that the city refused the report, with the reason. A new report can then take its place.
#[utoipa::path(tag = "Consolidated reports", operation_id = "refuseConsolidatedReport",
    params(ConsolidatedReportPath), request_body = ReasonBody,
    responses((status = 200, description = "The report is refused and can be replaced.", body = ConsolidatedReportView)))]
#[post("/consolidated-reports/{consolidatedReportId}/refuse")]
pub(super) async fn refuse_consolidated_report(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ConsolidatedReportPath>,
    body: Body<ReasonBody>,
    expected: IfMatch,
) -> Result<Versioned<ConsolidatedReportView>, Problem> {
    let id = path.0.consolidated_report_id.id();
    let reason = body.0.reason.into_text();
    let refuse = async move |_: &_, _: &_| Ok(RefuseConsolidatedReport { reason: reason.clone() });
    let saved = command(&state.store, &caller, Fence::under(id), id, expected.0, refuse).await?;
    Ok(changed(&saved, &caller))
}

/// Supplement a consolidated report
///
/// Begins a supplementary report (báo cáo bổ sung) beside an acknowledged one, which stays as it was signed. `If-Match`
/// names the version of the acknowledged one; the answer is the new draft.
#[utoipa::path(tag = "Consolidated reports", operation_id = "supplementConsolidatedReport",
    params(ConsolidatedReportPath), request_body = SupplementBody,
    responses((status = 201, description = "The draft of the supplement, with its frozen figures.",
        body = ConsolidatedReportView)))]
#[post("/consolidated-reports/{consolidatedReportId}/supplement")]
pub(super) async fn supplement_consolidated_report(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ConsolidatedReportPath>,
    body: Body<SupplementBody>,
    expected: IfMatch,
) -> Result<Versioned<ConsolidatedReportView>, Problem> {
    let id = path.0.consolidated_report_id.id();
    let (periods, cut_off_date) = (body.0.periods(), body.0.cut_off_date.0);
    let reason = body.0.reason.into_text();
    let narrative: Narrative = body.0.narrative.unwrap_or_default().into();
    let supplement = async move |tx: &_, report: &ConsolidatedReport| {
        let facts = facts::freezing(tx, report.campaign, &periods).await?;
        let frozen = Frozen { periods: periods.clone(), cut_off_date, facts };
        Ok(SupplementConsolidatedReport { reason: reason.clone(), frozen, narrative: narrative.clone() })
    };
    let saved = command(&state.store, &caller, Fence::campaign(id), id, expected.0, supplement).await?;
    Ok(created(&saved, &caller))
}
