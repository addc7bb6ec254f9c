//! Consolidated reports: compiled, reviewed, signed and issued; then sent to the city, answered and supplemented, or laid
//! before the committee of the commune.

use actix_web::{get, web::Data};
use serde::{Deserialize, Serialize};
use thidua_domain::{
    campaign::Campaign,
    consolidation::{ConsolidatedReport, Stage},
};
use thidua_persistence::{ConsolidatedReportFilter, Reader, Saved, facts::consolidation as facts, page::SortOrder};
use utoipa::IntoParams;

use crate::{
    app::Entries,
    campaigns::CampaignPath,
    input::{Caller, ConsolidatedReportKey, PathOf, QueryOf},
    language::Language,
    list::{List, Listed},
    problem::Problem,
    reply::Versioned,
    state::State,
};

mod answers;
mod body;
mod checking;
mod codes;
mod dispatching;
mod document;
mod drafting;
mod figures;
mod narrative;
mod presenting;
mod signing;
mod snapshot;
mod table;
mod targets;
mod view;

use body::ConsolidatedReportQuery;
pub(crate) use codes::{ConsolidatedReportKind, ConsolidatedReportStage};
use view::{ConsolidatedReportPage, ConsolidatedReportView};

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config
        .service(list_consolidated_reports)
        .service(drafting::create_consolidated_report)
        .service(read_consolidated_report)
        .service(document::read_consolidated_report_document)
        .service(drafting::replace_consolidated_report)
        .service(drafting::freeze_consolidated_report)
        .service(signing::submit_consolidated_report)
        .service(signing::return_consolidated_report)
        .service(checking::check_consolidated_report_format)
        .service(signing::sign_consolidated_report)
        .service(dispatching::issue_consolidated_report)
        .service(dispatching::send_consolidated_report)
        .service(dispatching::acknowledge_consolidated_report)
        .service(dispatching::refuse_consolidated_report)
        .service(dispatching::supplement_consolidated_report)
        .service(presenting::present_consolidated_report)
        .service(presenting::receive_consolidated_report)
        .service(presenting::hand_back_consolidated_report);
}

/// Where one consolidated report is.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(crate) struct ConsolidatedReportPath {
    /// Identifies the consolidated report.
    consolidated_report_id: ConsolidatedReportKey,
}

/// List consolidated reports
///
/// The reports of a campaign to the city and to the committee, the newest first. The city sees what was sent to it; units
/// see none.
#[utoipa::path(tag = "Consolidated reports", operation_id = "listConsolidatedReports",
    params(CampaignPath, ConsolidatedReportQuery),
    responses((status = 200, description = "A page of consolidated reports, the newest first.",
        body = ConsolidatedReportPage)))]
#[get("/campaigns/{campaignId}/consolidated-reports")]
async fn list_consolidated_reports(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    query: QueryOf<ConsolidatedReportQuery>,
) -> Result<Listed<ConsolidatedReportPage>, Problem> {
    let campaign = path.0.campaign_id.id();
    let stages = query.0.stage.iter().map(|stage| stage.as_str()).collect();
    let kinds = query.0.kind.iter().copied().map(Into::into).collect();
    let filter = ConsolidatedReportFilter { campaign, kinds, stages };
    let order = SortOrder { key: None, descending: true };
    let url = format!("/v1/campaigns/{campaign}/consolidated-reports");
    let list = List { url: &url, query: &query.0, filter, order };
    let language = caller.language;
    let view = async |reader: &Reader| {
        reader.sees::<Campaign>(campaign).await?;
        Ok(move |one| ConsolidatedReportView::listed(&one, language))
    };
    list.answer(&state, &caller, view).await
}

/// Read a consolidated report
///
/// The whole report: every figure with the report version and the measurement that it comes from, the missing units, what
/// is written around it, and what the caller could do with it now.
#[utoipa::path(tag = "Consolidated reports", operation_id = "readConsolidatedReport", params(ConsolidatedReportPath),
    responses((status = 200, description = "The report with everything that it rests on.",
        body = ConsolidatedReportView)))]
#[get("/consolidated-reports/{consolidatedReportId}")]
async fn read_consolidated_report(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ConsolidatedReportPath>,
) -> Result<Versioned<ConsolidatedReportView>, Problem> {
    let reader = state.store.read(&caller.call).await?;
    let report: ConsolidatedReport = reader.object(path.0.consolidated_report_id.id()).await?;
    let stale = match report.stage {
        Stage::Draft | Stage::UnderReview => Some(facts::is_stale(&reader, &report).await?),
        Stage::Signed { .. }
        | Stage::Issued { .. }
        | Stage::Sent { .. }
        | Stage::Acknowledged { .. }
        | Stage::Refused { .. }
        | Stage::Supplemented { .. }
        | Stage::Presented { .. }
        | Stage::Received { .. }
        | Stage::HandedBack { .. } => None,
    };
    let body = ConsolidatedReportView::of(&report, stale, &reader.actor, caller.language);
    Ok(Versioned::read(body, report.root.version, caller.language))
}

/// The report in the form of the contract, for whoever it is sent to: in Vietnamese, with everything that it rests on.
pub(crate) fn as_sent(report: &ConsolidatedReport) -> impl Serialize {
    ConsolidatedReportView::whole(report, Language::Vi)
}

/// The answer to a command that changed the report.
fn changed(saved: &Saved<ConsolidatedReport>, caller: &Caller) -> Versioned<ConsolidatedReportView> {
    Versioned::changed(saved, caller, view(saved, caller))
}

/// The answer to a command that made the report.
fn created(saved: &Saved<ConsolidatedReport>, caller: &Caller) -> Versioned<ConsolidatedReportView> {
    Versioned::created(saved, caller, "consolidated-reports", view(saved, caller))
}

fn view(saved: &Saved<ConsolidatedReport>, caller: &Caller) -> ConsolidatedReportView {
    ConsolidatedReportView::of(&saved.object, None, &saved.actor, caller.language)
}
