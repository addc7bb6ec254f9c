//! Reports of units: drafted, handed in, judged, corrected; and who still owes one.

use std::{cell::RefCell, rc::Rc};

use actix_web::{get, post, put, web::Data};
use serde::Deserialize;
use thidua_domain::{
    campaign::Campaign,
    period::{Period, Terms},
    policy::{Command, Within},
    report::{
        AcceptReport, AcceptanceFacts, CreateReport, Filed, PeriodContext, ReplaceReport, Report, ReportFacts,
        ReturnReport, SubmitReport,
    },
};
use thidua_persistence::{
    Expected, Fence, Reader, ReportFilter, Saved, StoreError, Tx,
    facts::{plan_and_unit, reports as facts},
    page::SortOrder,
};
use utoipa::IntoParams;

use crate::{
    app::Entries,
    campaigns::CampaignPath,
    input::{Body, BodyIfAny, Caller, IfMatch, PathOf, PeriodKey, QueryOf, ReportKey, UnitKey},
    list::{List, Listed},
    periods::PeriodPath,
    problem::{Problem, Trouble},
    registrations::ReturnBody,
    reply::Versioned,
    state::State,
};

mod body;
mod compliance;
mod content;
mod document;
mod figure;
mod page;
mod table;
mod view;

use body::{ReportContent, ReportNew, SubmissionBody};
pub(crate) use figure::FigureView;
use page::{ReportPage, ReportQuery};
use view::ReportView;

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config
        .service(list_reports)
        .service(create_report)
        .service(read_report)
        .service(document::read_report_document)
        .service(replace_report)
        .service(submit_report)
        .service(accept_report)
        .service(return_report);
    compliance::configure(config);
}

/// Where one report is.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(crate) struct ReportPath {
    /// Identifies the report.
    pub(crate) report_id: ReportKey,
}

/// The terms of the period, as a unit of work found them: what its answer says of handing in depends on them, and a replay
/// knows nothing but the report.
#[derive(Clone, Debug, Default)]
struct Found(Rc<RefCell<Option<Terms>>>);

impl Found {
    fn note(&self, terms: Terms) {
        self.0.replace(Some(terms));
    }

    fn view(&self, saved: &Saved<Report>, caller: &Caller) -> Result<ReportView, Problem> {
        let terms = self.0.take().ok_or(Trouble::Internal)?;
        let filed = Filed { report: saved.object.clone(), terms };
        Ok(ReportView::of(&filed, &saved.actor, caller.language))
    }
}

/// List reports
///
/// The reports of a campaign that the caller can see, the newest first, without what they say. A draft is the unit's own
/// until it is handed in; the portal sees what was accepted.
#[utoipa::path(tag = "Reports", operation_id = "listReports", params(CampaignPath, ReportQuery),
    responses((status = 200, description = "A page of reports, the newest first.", body = ReportPage)))]
#[get("/campaigns/{campaignId}/reports")]
async fn list_reports(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    query: QueryOf<ReportQuery>,
) -> Result<Listed<ReportPage>, Problem> {
    let campaign = path.0.campaign_id.id();
    let filter = ReportFilter {
        campaign,
        periods: query.0.period_id.iter().copied().map(PeriodKey::id).collect(),
        units: query.0.unit_id.iter().copied().map(UnitKey::id).collect(),
        stages: query.0.stage.iter().map(|stage| stage.as_str()).collect(),
        late: query.0.late,
    };
    let order = SortOrder { key: None, descending: true };
    let url = format!("/v1/campaigns/{campaign}/reports");
    let list = List { url: &url, query: &query.0, filter, order };
    let language = caller.language;
    let view = async |reader: &Reader| {
        reader.sees::<Campaign>(campaign).await?;
        Ok(move |one| ReportView::listed(&one, language))
    };
    list.answer(&state, &caller, view).await
}

/// Draft a report
///
/// Begins the report of a unit for a period. A unit has one report for a period; once it is accepted, a change is a new
/// report that corrects it, says why, and supersedes it when it is accepted in its turn. It begins with the files of what it
/// corrects, each of which can be removed from it alone. Corrections also come into a closed period, and are as late as what
/// they correct.
#[utoipa::path(tag = "Reports", operation_id = "createReport", params(PeriodPath), request_body = ReportNew,
    responses((status = 201, description = "The draft, to be completed and handed in.", body = ReportView)))]
#[post("/periods/{periodId}/reports")]
async fn create_report(
    state: Data<State>,
    caller: Caller,
    path: PathOf<PeriodPath>,
    body: Body<ReportNew>,
) -> Result<Versioned<ReportView>, Problem> {
    let id = path.0.period_id.id();
    let new = body.0;
    let found = Found::default();
    let here = found.clone();
    let saved = state.store.write(caller.call.clone(), caller.claim.clone(), Fence::under(id), async move |tx| {
        let period: Period = tx.look_up(id).await?;
        let campaign: Campaign = tx.look_up(period.campaign).await?;
        here.note(period.terms());
        let unit = new.unit().id();
        let parent = PeriodContext { campaign, period };
        let permitted = tx.permit_new::<CreateReport, _>(Within { parent, unit })?;
        let facts = facts::creation(tx, &permitted.parent.period, unit, new.corrects()).await?;
        tx.carry_out(permitted, new.command(facts)).await
    });
    let saved = saved.await?;
    let body = found.view(&saved, &caller)?;
    Ok(Versioned::created(&saved, &caller, "reports", body))
}

/// Read a report
///
/// The report with everything that the unit wrote, the figures that were frozen when it was handed in, what was asked to be
/// changed, and what the caller could do with it now.
#[utoipa::path(tag = "Reports", operation_id = "readReport", params(ReportPath),
    responses((status = 200, description = "The report with its stage.", body = ReportView)))]
#[get("/reports/{reportId}")]
async fn read_report(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ReportPath>,
) -> Result<Versioned<ReportView>, Problem> {
    let reader = state.store.read(&caller.call).await?;
    let filed: Filed = reader.object(path.0.report_id.id()).await?;
    let body = ReportView::of(&filed, &reader.actor, caller.language);
    Ok(Versioned::read(body, filed.report.root.version, caller.language))
}

/// Replace a report
///
/// Replaces what is reported as a whole, while the report is a draft or was given back.
#[utoipa::path(tag = "Reports", operation_id = "replaceReport", params(ReportPath), request_body = ReportContent,
    responses((status = 200, description = "The report as it is now.", body = ReportView)))]
#[put("/reports/{reportId}")]
async fn replace_report(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ReportPath>,
    body: Body<ReportContent>,
    expected: IfMatch,
) -> Result<Versioned<ReportView>, Problem> {
    let content = body.0.content();
    let replace = async move |tx: &Tx, report: &Report, terms: &Terms| {
        let (plan, unit_existed) = plan_and_unit(tx, report.campaign, report.unit, terms.ends_on).await?;
        Ok(ReplaceReport { content: content.clone(), facts: ReportFacts { plan, unit_existed } })
    };
    on_report(&state, &caller, path.0, expected.0, replace).await
}

/// Submit a report
///
/// Signs the report for the unit and hands it in; who signs, and in which capacity, is kept with it. A unit that numbers its
/// papers says number and day, each time it hands in; without a body there is no number. Of every target in force it has a measurement, whose value is frozen into
/// the report with the names and checksums of what proves it, or says why there is none. What violates a validation rule of the campaign that blocks is refused; what one
/// warns of passes with a comment on that rule. At `dueBefore` or later it is late, and stays so; the first submission counts.
#[utoipa::path(tag = "Reports", operation_id = "submitReport", params(ReportPath), request_body = SubmissionBody,
    responses((status = 200, description = "The report lies before those who judge it.", body = ReportView)))]
#[post("/reports/{reportId}/submit")]
async fn submit_report(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ReportPath>,
    body: BodyIfAny<SubmissionBody>,
    expected: IfMatch,
) -> Result<Versioned<ReportView>, Problem> {
    let id = path.0.report_id.id();
    let numbered = body.0.numbered();
    let found = Found::default();
    let here = found.clone();
    let saved = state.store.write(caller.call.clone(), caller.claim.clone(), Fence::under(id), async move |tx| {
        let filed: Filed = tx.load(id).await?;
        here.note(filed.terms.clone());
        let permitted = tx.permit::<SubmitReport, _>(filed, expected.0)?;
        let facts = facts::submission(tx, &permitted).await?;
        tx.carry_out(permitted, SubmitReport { numbered: numbered.clone(), facts }).await
    });
    let saved = saved.await?;
    let body = found.view(&saved, &caller)?;
    Ok(Versioned::changed(&saved, &caller, body))
}

/// Accept a report
///
/// Accepts it (tiếp nhận): from now on it counts and never changes. A correction supersedes what it corrects. Never by who
/// handed it in; the coordinating office's own report is accepted by the office of the committee or a deputy chairman.
#[utoipa::path(tag = "Reports", operation_id = "acceptReport", params(ReportPath),
    responses((status = 200, description = "The report counts from now on.", body = ReportView)))]
#[post("/reports/{reportId}/accept")]
async fn accept_report(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ReportPath>,
    expected: IfMatch,
) -> Result<Versioned<ReportView>, Problem> {
    let accept = async |tx: &Tx, report: &Report, _: &Terms| {
        let corrected = match report.corrects {
            Some(corrected) => Some(tx.load::<Report>(corrected).await?),
            None => None,
        };
        Ok(AcceptReport { facts: AcceptanceFacts { corrected } })
    };
    on_report(&state, &caller, path.0, expected.0, accept).await
}

/// Return a report
///
/// Gives the report back to its unit, with what is to be changed as a whole and by field. It can come back whatever has
/// become of the period, and is no later for it.
#[utoipa::path(tag = "Reports", operation_id = "returnReport", params(ReportPath), request_body = ReturnBody,
    responses((status = 200, description = "The report is with its unit again.", body = ReportView)))]
#[post("/reports/{reportId}/return")]
async fn return_report(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ReportPath>,
    body: Body<ReturnBody>,
    expected: IfMatch,
) -> Result<Versioned<ReportView>, Problem> {
    let (reason, remarks, resubmit_before) = body.0.into_parts();
    let command = ReturnReport { reason, remarks, resubmit_before };
    let give_back = async move |_: &Tx, _: &Report, _: &Terms| Ok(command.clone());
    on_report(&state, &caller, path.0, expected.0, give_back).await
}

/// Carries out a command on a report, which is loaded with the terms of its period for the answer.
async fn on_report<C: Command<Report, Of = Report>>(
    state: &State,
    caller: &Caller,
    path: ReportPath,
    expected: Expected,
    decide: impl AsyncFn(&Tx, &Report, &Terms) -> Result<C, StoreError> + 'static,
) -> Result<Versioned<ReportView>, Problem> {
    let id = path.report_id.id();
    let found = Found::default();
    let here = found.clone();
    let saved = state.store.write(caller.call.clone(), caller.claim.clone(), Fence::under(id), async move |tx| {
        let Filed { report, terms } = tx.load(id).await?;
        here.note(terms.clone());
        let permitted = tx.permit::<C, _>(report, expected)?;
        let command = decide(tx, &permitted, &terms).await?;
        tx.carry_out(permitted, command).await
    });
    let saved = saved.await?;
    let body = found.view(&saved, caller)?;
    Ok(Versioned::changed(&saved, caller, body))
}
