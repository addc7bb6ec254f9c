//! Campaigns: the plan, from its draft to the launch.

use actix_web::{get, post, put, web::Data};
use serde::Deserialize;
use thidua_domain::{
    campaign::{
        Campaign, CancelCampaign, CheckCampaignFormat, CreateCampaign, IssueCampaign, LaunchCampaign, LaunchFacts,
        ReplaceCampaignPlan, ReturnCampaign, SignCampaign, SubmitCampaign,
    },
    document::DocumentType,
    policy::Directory,
    unit::Unit,
};
use thidua_persistence::{CampaignFilter, Fence, Reader, Tx, facts, page::SortOrder};
use utoipa::IntoParams;

use crate::{
    app::Entries,
    command::command,
    input::{Body, Caller, CampaignKey, IfMatch, PathOf, QueryOf},
    list::{List, Listed},
    papers::{NumberingBody, ReasonBody},
    problem::{Problem, absent_at},
    reply::Versioned,
    state::State,
};

mod body;
mod document;
mod plan;
mod table;

use body::{CampaignNew, CampaignPage, CampaignQuery, CampaignView};
use plan::PlanBody;

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config
        .service(list_campaigns)
        .service(create_campaign)
        .service(read_campaign)
        .service(read_campaign_plan)
        .service(document::read_campaign_plan_document)
        .service(replace_campaign_plan)
        .service(submit_campaign)
        .service(return_campaign)
        .service(check_campaign_format)
        .service(sign_campaign)
        .service(issue_campaign)
        .service(launch_campaign)
        .service(cancel_campaign);
}

/// Where one campaign is.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(crate) struct CampaignPath {
    /// Identifies the campaign.
    pub(crate) campaign_id: CampaignKey,
}

/// List campaigns
///
/// Every campaign that the caller can see, the newest first. A plan is for everybody once it is issued; before, for those
/// who prepare, sign and number it.
#[utoipa::path(tag = "Campaigns", operation_id = "listCampaigns", params(CampaignQuery),
    responses((status = 200, description = "A page of campaigns, the newest first.", body = CampaignPage)))]
#[get("/campaigns")]
async fn list_campaigns(
    state: Data<State>,
    caller: Caller,
    query: QueryOf<CampaignQuery>,
) -> Result<Listed<CampaignPage>, Problem> {
    let filter = CampaignFilter {
        stages: query.0.stage.iter().map(|stage| stage.as_str()).collect(),
        text: query.0.q.as_ref().map(|text| text.as_str().to_owned()),
    };
    let order = SortOrder { key: None, descending: true };
    let list = List { url: "/v1/campaigns", query: &query.0, filter, order };
    let language = caller.language;
    let view = async |_: &Reader| Ok(move |campaign| CampaignView::listed(&campaign, language));
    list.answer(&state, &caller, view).await
}

/// Draft a campaign
///
/// Begins a campaign with its whole plan. It stays a draft, visible to those who prepare it, until it is submitted. Who
/// issues and who compiles it must exist today, with no end recorded.
#[utoipa::path(tag = "Campaigns", operation_id = "createCampaign", request_body = CampaignNew,
    responses((status = 201, description = "The draft, to be completed and submitted.", body = CampaignView)))]
#[post("/campaigns")]
async fn create_campaign(
    state: Data<State>,
    caller: Caller,
    body: Body<CampaignNew>,
) -> Result<Versioned<CampaignView>, Problem> {
    let new = body.0;
    let plan = new.plan.into_plan()?;
    let saved = state.store.write(caller.call.clone(), caller.claim.clone(), Fence::Directory, async move |tx| {
        let permitted = tx.permit_new::<CreateCampaign, _>(Directory)?;
        let issuer: Unit =
            tx.look_up(new.issuer_unit_id.id()).await.map_err(|error| absent_at(error, "/issuerUnitId"))?;
        let coordinating: Unit =
            tx.look_up(new.coordinating_unit_id.id()).await.map_err(|error| absent_at(error, "/coordinatingUnitId"))?;
        let campaign = CreateCampaign {
            code: new.code.clone().into_text(),
            issuer,
            coordinating_unit: coordinating,
            plan: plan.clone(),
        };
        tx.carry_out(permitted, campaign).await
    });
    let saved = saved.await?;
    let body = CampaignView::of(&saved.object, &saved.actor, caller.language);
    Ok(Versioned::created(&saved, &caller, "campaigns", body))
}

/// Read a campaign
///
/// The campaign with its stage, the paper that it was issued as, and what the caller could do with it now.
#[utoipa::path(tag = "Campaigns", operation_id = "readCampaign", params(CampaignPath),
    responses((status = 200, description = "The campaign with its stage.", body = CampaignView)))]
#[get("/campaigns/{campaignId}")]
async fn read_campaign(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
) -> Result<Versioned<CampaignView>, Problem> {
    let reader = state.store.read(&caller.call).await?;
    let campaign: Campaign = reader.object(path.0.campaign_id.id()).await?;
    let body = CampaignView::of(&campaign, &reader.actor, caller.language);
    Ok(Versioned::read(body, campaign.root.version, caller.language))
}

/// Read the plan
///
/// The whole structured plan: printed text beside corrected text, fields, tasks, movements, targets, duties, deadlines.
#[utoipa::path(tag = "Campaigns", operation_id = "readCampaignPlan", params(CampaignPath),
    responses((status = 200, description = "The plan, with the version of its campaign.", body = PlanBody)))]
#[get("/campaigns/{campaignId}/plan")]
async fn read_campaign_plan(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
) -> Result<Versioned<thidua_domain::campaign::Plan>, Problem> {
    let campaign: Campaign = state.store.read(&caller.call).await?.object(path.0.campaign_id.id()).await?;
    Ok(Versioned::read(campaign.plan, campaign.root.version, caller.language))
}

/// Replace the plan
///
/// Replaces the plan of a draft as a whole. An issued plan never changes: what changes it is a document of its own.
#[utoipa::path(tag = "Campaigns", operation_id = "replaceCampaignPlan", params(CampaignPath), request_body = PlanBody,
    responses((status = 200, description = "The plan as it is now.", body = PlanBody)))]
#[put("/campaigns/{campaignId}/plan")]
async fn replace_campaign_plan(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    body: Body<PlanBody>,
    expected: IfMatch,
) -> Result<Versioned<thidua_domain::campaign::Plan>, Problem> {
    let id = path.0.campaign_id.id();
    let plan = body.0.into_plan()?;
    let replace = async move |_: &_, _: &_| Ok(ReplaceCampaignPlan { plan: plan.clone() });
    let saved = command(&state.store, &caller, Fence::campaign(id), id, expected.0, replace).await?;
    let plan = saved.object.plan.clone();
    Ok(Versioned::changed(&saved, &caller, plan))
}

/// Submit a campaign
///
/// Hands the plan in for signature. It must be complete: fields, tasks, a target, the end, legal bases, recipients, duties.
#[utoipa::path(tag = "Campaigns", operation_id = "submitCampaign", params(CampaignPath),
    responses((status = 200, description = "The plan lies before the chairman.", body = CampaignView)))]
#[post("/campaigns/{campaignId}/submit")]
async fn submit_campaign(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    expected: IfMatch,
) -> Result<Versioned<CampaignView>, Problem> {
    let id = path.0.campaign_id.id();
    let submit = async |_: &_, _: &_| Ok(SubmitCampaign);
    let saved = command(&state.store, &caller, Fence::campaign(id), id, expected.0, submit).await?;
    Ok(Versioned::changed(&saved, &caller, CampaignView::of(&saved.object, &saved.actor, caller.language)))
}

/// Return a campaign
///
/// Gives the plan back to its drafters, with the reason.
#[utoipa::path(tag = "Campaigns", operation_id = "returnCampaign", params(CampaignPath), request_body = ReasonBody,
    responses((status = 200, description = "The plan is a draft again.", body = CampaignView)))]
#[post("/campaigns/{campaignId}/return")]
async fn return_campaign(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    body: Body<ReasonBody>,
    expected: IfMatch,
) -> Result<Versioned<CampaignView>, Problem> {
    let id = path.0.campaign_id.id();
    let reason = body.0.reason.into_text();
    let give_back = async move |_: &_, _: &_| Ok(ReturnCampaign { reason: reason.clone() });
    let saved = command(&state.store, &caller, Fence::campaign(id), id, expected.0, give_back).await?;
    Ok(Versioned::changed(&saved, &caller, CampaignView::of(&saved.object, &saved.actor, caller.language)))
}

/// Check the form of a campaign's plan
///
/// Records that somebody other than who drafted the plan answers for its form (kiểm tra thể thức, NĐ 30/2020, article 12),
/// before it is signed. The register shows it, and shows where it is missing.
#[utoipa::path(tag = "Campaigns", operation_id = "checkCampaignFormat", params(CampaignPath),
    responses((status = 200, description = "The form is answered for.", body = CampaignView)))]
#[post("/campaigns/{campaignId}/check-format")]
async fn check_campaign_format(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    expected: IfMatch,
) -> Result<Versioned<CampaignView>, Problem> {
    let id = path.0.campaign_id.id();
    let check = async |_: &_, _: &_| Ok(CheckCampaignFormat);
    let saved = command(&state.store, &caller, Fence::campaign(id), id, expected.0, check).await?;
    Ok(Versioned::changed(&saved, &caller, CampaignView::of(&saved.object, &saved.actor, caller.language)))
}

/// Sign a campaign
///
/// Records that the plan was signed, by the chairman or by a deputy for him; never by who drafted it.
#[utoipa::path(tag = "Campaigns", operation_id = "signCampaign", params(CampaignPath),
    responses((status = 200, description = "The plan is signed and waits for its number.", body = CampaignView)))]
#[post("/campaigns/{campaignId}/sign")]
async fn sign_campaign(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    expected: IfMatch,
) -> Result<Versioned<CampaignView>, Problem> {
    let id = path.0.campaign_id.id();
    let sign = async |_: &_, _: &_| Ok(SignCampaign);
    let saved = command(&state.store, &caller, Fence::campaign(id), id, expected.0, sign).await?;
    Ok(Versioned::changed(&saved, &caller, CampaignView::of(&saved.object, &saved.actor, caller.language)))
}

/// Number and issue a campaign
///
/// Enters the signed plan into the outgoing register. Its series says who gives number and day: the system, without a gap, or
/// the clerk, who types a number that is new in series and year, and a day in the order of the numbers (NĐ 30/2020, article 15).
#[utoipa::path(tag = "Campaigns", operation_id = "issueCampaign", params(CampaignPath), request_body = NumberingBody,
    responses((status = 200, description = "The plan is issued and can be launched.", body = CampaignView)))]
#[post("/campaigns/{campaignId}/issue")]
async fn issue_campaign(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    body: Body<NumberingBody>,
    expected: IfMatch,
) -> Result<Versioned<CampaignView>, Problem> {
    let id = path.0.campaign_id.id();
    let typed = body.0;
    let issue = async move |tx: &Tx, campaign: &Campaign| {
        // Without a signature the stage says no afterwards.
        let signed_on = campaign.stage.signature().map_or_else(|| tx.now(), |signature| signature.signed_at).date();
        let numbering = typed.numbering(tx, campaign.issuer, DocumentType::Plan, signed_on).await?;
        Ok(IssueCampaign { numbering })
    };
    let saved = command(&state.store, &caller, Fence::campaign(id), id, expected.0, issue).await?;
    Ok(Versioned::changed(&saved, &caller, CampaignView::of(&saved.object, &saved.actor, caller.language)))
}

/// Launch a campaign
///
/// Units can register and report from this moment, and the plan's own targets can be measured. The day of launching is
/// the first day of the campaign.
#[utoipa::path(tag = "Campaigns", operation_id = "launchCampaign", params(CampaignPath),
    responses((status = 200, description = "The campaign is running from now on.", body = CampaignView)))]
#[post("/campaigns/{campaignId}/launch")]
async fn launch_campaign(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    expected: IfMatch,
) -> Result<Versioned<CampaignView>, Problem> {
    let id = path.0.campaign_id.id();
    let launch = async |tx: &_, campaign: &Campaign| {
        let units = facts::units_by_code(tx, campaign.plan.parties.iter().map(|party| &party.code)).await?;
        Ok(LaunchCampaign { facts: LaunchFacts { units } })
    };
    let saved = command(&state.store, &caller, Fence::campaign(id), id, expected.0, launch).await?;
    Ok(Versioned::changed(&saved, &caller, CampaignView::of(&saved.object, &saved.actor, caller.language)))
}

/// Cancel a campaign
///
/// Gives a campaign up before it is issued. An issued plan is only ended by a document that replaces it.
#[utoipa::path(tag = "Campaigns", operation_id = "cancelCampaign", params(CampaignPath), request_body = ReasonBody,
    responses((status = 200, description = "The campaign is given up.", body = CampaignView)))]
#[post("/campaigns/{campaignId}/cancel")]
async fn cancel_campaign(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    body: Body<ReasonBody>,
    expected: IfMatch,
) -> Result<Versioned<CampaignView>, Problem> {
    let id = path.0.campaign_id.id();
    let reason = body.0.reason.into_text();
    let cancel = async move |_: &_, _: &_| Ok(CancelCampaign { reason: reason.clone() });
    let saved = command(&state.store, &caller, Fence::campaign(id), id, expected.0, cancel).await?;
    Ok(Versioned::changed(&saved, &caller, CampaignView::of(&saved.object, &saved.actor, caller.language)))
}
