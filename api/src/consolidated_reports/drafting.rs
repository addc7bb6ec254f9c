//! Compiling: freezing, writing, freezing again.

use actix_web::{post, put, web::Data};
use thidua_domain::consolidation::{
    Compilation, ConsolidatedReport, CreateConsolidatedReport, Explanation, FreezeConsolidatedReport, Frozen,
    Narrative, ReplaceConsolidatedReport,
};
use thidua_persistence::{Fence, facts::consolidation as facts};

use super::{
    ConsolidatedReportPath,
    body::{ConsolidatedReportNew, ContentBody, FreezeBody},
    changed, created,
    view::ConsolidatedReportView,
};
use crate::{
    campaigns::CampaignPath,
    command::command,
    input::{Body, Caller, ConsolidatedReportKey, IfMatch, PathOf},
    problem::Problem,
    reply::Versioned,
    state::State,
};

/// Compile a consolidated report
///
/// Freezes exactly the reports of the named periods that are accepted now, names the units that owe one and are missing,
/// and computes the figures. One report to the city is on its way at a time; after the city refused it, a new one replaces
/// it. For the committee of the commune Văn phòng compiles periodic reports, sơ kết and tổng kết, where the plan asks for
/// them: one of a kind on the same periods, which a new one replaces once the committee has it.
#[utoipa::path(tag = "Consolidated reports", operation_id = "createConsolidatedReport", params(CampaignPath),
    request_body = ConsolidatedReportNew,
    responses((status = 201, description = "The draft, with its frozen figures.", body = ConsolidatedReportView)))]
#[post("/campaigns/{campaignId}/consolidated-reports")]
pub(super) async fn create_consolidated_report(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    body: Body<ConsolidatedReportNew>,
) -> Result<Versioned<ConsolidatedReportView>, Problem> {
    let campaign = path.0.campaign_id.id();
    let new = body.0;
    let (periods, cut_off_date) = (new.periods(), new.cut_off_date.0);
    let (kind, due_before) = (new.kind(), new.due_before());
    let narrative: Narrative = new.narrative.unwrap_or_default().into();
    let replaces = new.replaces_id.map(ConsolidatedReportKey::id);
    let written =
        state.store.write(caller.call.clone(), caller.claim.clone(), Fence::campaign(campaign), async move |tx| {
            let compilation = Compilation { campaign: tx.load(campaign).await?, kind };
            let permitted = tx.permit_new::<CreateConsolidatedReport, _>(compilation)?;
            let facts = facts::creation(tx, &permitted, &periods).await?;
            let frozen = facts::freezing(tx, campaign, &periods).await?;
            let frozen = Frozen { periods: periods.clone(), cut_off_date, facts: frozen };
            let narrative = narrative.clone();
            let create = CreateConsolidatedReport { frozen, narrative, replaces, due_before, facts };
            tx.carry_out(permitted, create).await
        });
    Ok(created(&written.await?, &caller))
}

/// Write a consolidated report
///
/// Replaces the narrative and what is said of missing units, as a whole. The frozen figures stay as they are.
#[utoipa::path(tag = "Consolidated reports", operation_id = "replaceConsolidatedReport",
    params(ConsolidatedReportPath), request_body = ContentBody,
    responses((status = 200, description = "The draft as it is written now.", body = ConsolidatedReportView)))]
#[put("/consolidated-reports/{consolidatedReportId}")]
pub(super) async fn replace_consolidated_report(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ConsolidatedReportPath>,
    body: Body<ContentBody>,
    expected: IfMatch,
) -> Result<Versioned<ConsolidatedReportView>, Problem> {
    let id = path.0.consolidated_report_id.id();
    let narrative: Narrative = body.0.narrative.into();
    let explanations: Vec<Explanation> = body.0.explanations.into_iter().map(Into::into).collect();
    let replace = async move |tx: &_, report: &ConsolidatedReport| {
        let facts = facts::replacement(tx, report.campaign).await?;
        Ok(ReplaceConsolidatedReport { narrative: narrative.clone(), explanations: explanations.clone(), facts })
    };
    let saved = command(&state.store, &caller, Fence::under(id), id, expected.0, replace).await?;
    Ok(changed(&saved, &caller))
}

/// Freeze a consolidated report again
///
/// Takes over exactly the reports that are accepted now, while the report is a draft. What was said of units that are
/// still missing stays.
#[utoipa::path(tag = "Consolidated reports", operation_id = "freezeConsolidatedReport",
    params(ConsolidatedReportPath), request_body = FreezeBody,
    responses((status = 200, description = "The draft with its new figures.", body = ConsolidatedReportView)))]
#[post("/consolidated-reports/{consolidatedReportId}/freeze")]
pub(super) async fn freeze_consolidated_report(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ConsolidatedReportPath>,
    body: Body<FreezeBody>,
    expected: IfMatch,
) -> Result<Versioned<ConsolidatedReportView>, Problem> {
    let id = path.0.consolidated_report_id.id();
    let (periods, cut_off_date) = (body.0.periods(), body.0.cut_off_date.0);
    let freeze = async move |tx: &_, report: &ConsolidatedReport| {
        let standing = facts::standing(tx, report, &periods).await?;
        let facts = facts::freezing(tx, report.campaign, &periods).await?;
        Ok(FreezeConsolidatedReport { frozen: Frozen { periods: periods.clone(), cut_off_date, facts }, standing })
    };
    let saved = command(&state.store, &caller, Fence::campaign(id), id, expected.0, freeze).await?;
    Ok(changed(&saved, &caller))
}
