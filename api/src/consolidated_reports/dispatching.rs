//! The way of the signed report to the city, and what comes back.

use actix_web::{post, web::Data};
use thidua_domain::{
    consolidation::{
        AcknowledgeConsolidatedReport, ConsolidatedReport, ConsolidatedReportId, Frozen, IssueConsolidatedReport,
        Narrative, RefuseConsolidatedReport, SendConsolidatedReport, SupplementConsolidatedReport,
    },
    dispatch::{Dispatch, Posting},
    document::{Document, DocumentType},
    policy::Command,
    refusal::{Code, Refusal},
};
use thidua_persistence::{
    Expected, Fence, StoreError, Tx,
    facts::{
        consolidation as facts,
        dispatches::{self, Sending},
    },
};

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
/// 30/2020, article 15). Where the report replaces or supplements another one, the documents of both show it.
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
        Ok(IssueConsolidatedReport { numbering, predecessor: dispatches::preceding(tx, report).await? })
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
/// Sends the report to the city, once its document is sealed or signed for the agency: from this moment on it is on its way to
/// each recipient (`listDispatches`), and the register shows that it has left the house. With it goes the signed copy of the
/// document, or the paper (DOCX) where there is none. At the deadline itself or later it is late, and stays marked so; how long
/// it takes to get there does not count.
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
    let correspondents = state.exchange.recipients();
    let send = async move |tx: &Tx, report: &ConsolidatedReport| {
        let Sending { campaign, issuer, earlier, printed } = dispatches::sending(tx, report).await?;
        let posting = Posting::to_the_city(&correspondents, &campaign.plan, &issuer, earlier, tx.now());
        Ok(SendConsolidatedReport { document: document_of(tx, report).await?, posting, printed })
    };
    let saved = command(&state.store, &caller, Fence::under(id), id, expected.0, send).await?;
    Ok(changed(&saved, &caller))
}

/// Acknowledge a consolidated report
///
/// Records that the city has received the report, with the number that it gave it; so it has received its dispatch. The same
/// under the same number is answered as before, whichever version the caller had read, and nothing is written.
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
    let known = receipt.clone();
    let said = move |report: &ConsolidatedReport| AcknowledgeConsolidatedReport::was_said(&known, report);
    let make = move |dispatch| AcknowledgeConsolidatedReport { receipt: receipt.clone(), dispatch };
    answered(&state, &caller, id, expected.0, said, make).await
}

/// Refuse a consolidated report
///
/// Records that the city refused the report, with the reason, be it after it had acknowledged it; so it has refused its
/// dispatch. A new report can then take its place. The same for the same reason is answered as before, whichever version the
/// caller had read, and nothing is written.
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
    let known = reason.clone();
    let said = move |report: &ConsolidatedReport| RefuseConsolidatedReport::was_said(&known, report);
    let make = move |dispatch| RefuseConsolidatedReport { reason: reason.clone(), dispatch };
    answered(&state, &caller, id, expected.0, said, make).await
}

/// Records what the city says of the report with what it means for its dispatch, unless it was recorded already.
async fn answered<C>(
    state: &State,
    caller: &Caller,
    id: ConsolidatedReportId,
    expected: Expected,
    said: impl Fn(&ConsolidatedReport) -> bool + 'static,
    make: impl Fn(Option<Dispatch>) -> C + 'static,
) -> Result<Versioned<ConsolidatedReportView>, Problem>
where
    C: Command<ConsolidatedReport, Of = ConsolidatedReport> + 'static,
{
    let written = state.store.write(caller.call.clone(), caller.claim.clone(), Fence::under(id), async move |tx| {
        let report: ConsolidatedReport = tx.load(id).await?;
        let said = said(&report);
        let permitted = tx.permit_unless_said::<C, _>(report, expected, said).await?;
        let dispatch = dispatches::deciding(tx, id).await?;
        tx.carry_out(permitted, make(dispatch)).await
    });
    Ok(changed(&written.await?, caller))
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
