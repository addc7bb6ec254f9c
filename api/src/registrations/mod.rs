//! What units register for a campaign, and their action programmes.

use actix_web::{get, post, put, web::Data};
use serde::Deserialize;
use thidua_domain::{
    campaign::Campaign,
    policy::Within,
    registration::{
        AcceptRegistration, Content, CreateRegistration, Registration, ReplaceRegistration, ReturnRegistration,
        SubmitRegistration, WithdrawRegistration,
    },
};
use thidua_persistence::{Fence, Reader, RegistrationFilter, facts::registrations as facts, page::SortOrder};
use utoipa::IntoParams;

use crate::{
    app::Entries,
    campaigns::CampaignPath,
    command::command,
    input::{Body, Caller, IfMatch, PathOf, QueryOf, RegistrationKey, Str},
    list::{List, Listed},
    problem::Problem,
    reply::Versioned,
    state::State,
};

mod body;
mod table;
mod view;

pub(crate) use body::{AcceptanceView, RemarkBody, ReturnBody};
use body::{RegistrationContent, RegistrationNew};
use view::{RegistrationPage, RegistrationQuery, RegistrationView};

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config
        .service(list_registrations)
        .service(create_registration)
        .service(read_registration)
        .service(replace_registration)
        .service(submit_registration)
        .service(accept_registration)
        .service(return_registration)
        .service(withdraw_registration);
}

/// Where one registration is.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(crate) struct RegistrationPath {
    /// Identifies the registration.
    registration_id: RegistrationKey,
}

/// List registrations
///
/// The registrations of a campaign that the caller can see, the newest first. A draft is the unit's own until it is
/// handed in.
#[utoipa::path(tag = "Registrations", operation_id = "listRegistrations", params(CampaignPath, RegistrationQuery),
    responses((status = 200, description = "A page of registrations, the newest first.", body = RegistrationPage)))]
#[get("/campaigns/{campaignId}/registrations")]
async fn list_registrations(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    query: QueryOf<RegistrationQuery>,
) -> Result<Listed<RegistrationPage>, Problem> {
    let campaign = path.0.campaign_id.id();
    let filter = RegistrationFilter {
        campaign,
        units: query.0.unit_id.iter().map(|unit| unit.id()).collect(),
        stages: query.0.stage.iter().map(|stage| stage.as_str()).collect(),
    };
    let order = SortOrder { key: None, descending: true };
    let url = format!("/v1/campaigns/{campaign}/registrations");
    let list = List { url: &url, query: &query.0, filter, order };
    let language = caller.language;
    let view = async |reader: &Reader| {
        reader.sees::<Campaign>(campaign).await?;
        Ok(move |one| RegistrationView::listed(one, language))
    };
    list.answer(&state, &caller, view).await
}

/// Draft a registration
///
/// Begins the registration of a unit for a running campaign. A unit has one that is accepted and one that is open at most:
/// beside the accepted one only its correction, which says what it corrects and why.
#[utoipa::path(tag = "Registrations", operation_id = "createRegistration", params(CampaignPath),
    request_body = RegistrationNew,
    responses((status = 201, description = "The draft, to be completed and handed in.", body = RegistrationView)))]
#[post("/campaigns/{campaignId}/registrations")]
async fn create_registration(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    body: Body<RegistrationNew>,
) -> Result<Versioned<RegistrationView>, Problem> {
    let id = path.0.campaign_id.id();
    let new = body.0;
    let saved = state.store.write(caller.call.clone(), caller.claim.clone(), Fence::under(id), async move |tx| {
        let parent: Campaign = tx.look_up(id).await?;
        let unit = new.unit_id.id();
        let permitted = tx.permit_new::<CreateRegistration, _>(Within { parent, unit })?;
        let registration = CreateRegistration {
            content: new.content(),
            corrects: new.corrects_id.map(RegistrationKey::id),
            correction_reason: new.correction_reason.clone().map(Str::into_text),
            facts: facts::creation(tx, id, unit).await?,
        };
        tx.carry_out(permitted, registration).await
    });
    let saved = saved.await?;
    let body = RegistrationView::of(&saved.object, &saved.actor, caller.language);
    Ok(Versioned::created(&saved, &caller, "registrations", body))
}

/// Read a registration
///
/// The registration with its targets and action programme, what was asked to be changed, and what the caller could do.
#[utoipa::path(tag = "Registrations", operation_id = "readRegistration", params(RegistrationPath),
    responses((status = 200, description = "The registration with its stage.", body = RegistrationView)))]
#[get("/registrations/{registrationId}")]
async fn read_registration(
    state: Data<State>,
    caller: Caller,
    path: PathOf<RegistrationPath>,
) -> Result<Versioned<RegistrationView>, Problem> {
    let reader = state.store.read(&caller.call).await?;
    let registration: Registration = reader.object(path.0.registration_id.id()).await?;
    let body = RegistrationView::of(&registration, &reader.actor, caller.language);
    Ok(Versioned::read(body, registration.root.version, caller.language))
}

/// Replace a registration
///
/// Replaces targets and action programme as a whole, while the registration is a draft or was given back.
#[utoipa::path(tag = "Registrations", operation_id = "replaceRegistration", params(RegistrationPath),
    request_body = RegistrationContent,
    responses((status = 200, description = "The registration as it is now.", body = RegistrationView)))]
#[put("/registrations/{registrationId}")]
async fn replace_registration(
    state: Data<State>,
    caller: Caller,
    path: PathOf<RegistrationPath>,
    body: Body<RegistrationContent>,
    expected: IfMatch,
) -> Result<Versioned<RegistrationView>, Problem> {
    let id = path.0.registration_id.id();
    let content: Content = body.0.into();
    let replace = async move |tx: &_, registration: &_| {
        let facts = facts::content(tx, registration).await?;
        Ok(ReplaceRegistration { content: content.clone(), facts })
    };
    let saved = command(&state.store, &caller, Fence::under(id), id, expected.0, replace).await?;
    Ok(Versioned::changed(&saved, &caller, RegistrationView::of(&saved.object, &saved.actor, caller.language)))
}

/// Submit a registration
///
/// Hands the registration in, by the head of the unit. It needs a target and an action programme.
#[utoipa::path(tag = "Registrations", operation_id = "submitRegistration", params(RegistrationPath),
    responses((status = 200, description = "The registration lies before the coordinating office.", body = RegistrationView)))]
#[post("/registrations/{registrationId}/submit")]
async fn submit_registration(
    state: Data<State>,
    caller: Caller,
    path: PathOf<RegistrationPath>,
    expected: IfMatch,
) -> Result<Versioned<RegistrationView>, Problem> {
    let id = path.0.registration_id.id();
    let submit = async |tx: &_, registration: &_| {
        let facts = facts::content(tx, registration).await?;
        Ok(SubmitRegistration { facts })
    };
    let saved = command(&state.store, &caller, Fence::under(id), id, expected.0, submit).await?;
    Ok(Versioned::changed(&saved, &caller, RegistrationView::of(&saved.object, &saved.actor, caller.language)))
}

/// Accept a registration
///
/// Takes note of it (ghi nhận): from now on its targets count and can be measured. A correction supersedes what it
/// corrects; targets keep their identity by code, and those that it no longer names are retired. Never by who handed it in.
#[utoipa::path(tag = "Registrations", operation_id = "acceptRegistration", params(RegistrationPath),
    responses((status = 200, description = "The registration counts, with its targets.", body = RegistrationView)))]
#[post("/registrations/{registrationId}/accept")]
async fn accept_registration(
    state: Data<State>,
    caller: Caller,
    path: PathOf<RegistrationPath>,
    expected: IfMatch,
) -> Result<Versioned<RegistrationView>, Problem> {
    let id = path.0.registration_id.id();
    let accept = async |tx: &_, registration: &_| {
        let facts = facts::acceptance(tx, registration).await?;
        Ok(AcceptRegistration { facts })
    };
    let saved = command(&state.store, &caller, Fence::under(id), id, expected.0, accept).await?;
    Ok(Versioned::changed(&saved, &caller, RegistrationView::of(&saved.object, &saved.actor, caller.language)))
}

/// Return a registration
///
/// Gives the registration back to its unit (đề nghị điều chỉnh), with what is to be changed as a whole and by field, and
/// until when it is expected again.
#[utoipa::path(tag = "Registrations", operation_id = "returnRegistration", params(RegistrationPath),
    request_body = ReturnBody,
    responses((status = 200, description = "The registration is with its unit again.", body = RegistrationView)))]
#[post("/registrations/{registrationId}/return")]
async fn return_registration(
    state: Data<State>,
    caller: Caller,
    path: PathOf<RegistrationPath>,
    body: Body<ReturnBody>,
    expected: IfMatch,
) -> Result<Versioned<RegistrationView>, Problem> {
    let id = path.0.registration_id.id();
    let (reason, remarks, resubmit_before) = body.0.into_parts();
    let returned = ReturnRegistration { reason, remarks, resubmit_before };
    let give_back = async move |_: &_, _: &_| Ok(returned.clone());
    let saved = command(&state.store, &caller, Fence::under(id), id, expected.0, give_back).await?;
    Ok(Versioned::changed(&saved, &caller, RegistrationView::of(&saved.object, &saved.actor, caller.language)))
}

/// Withdraw a registration
///
/// Takes the registration back before it is accepted. Emulation is voluntary, so no reason is asked for.
#[utoipa::path(tag = "Registrations", operation_id = "withdrawRegistration", params(RegistrationPath),
    responses((status = 200, description = "The registration is taken back.", body = RegistrationView)))]
#[post("/registrations/{registrationId}/withdraw")]
async fn withdraw_registration(
    state: Data<State>,
    caller: Caller,
    path: PathOf<RegistrationPath>,
    expected: IfMatch,
) -> Result<Versioned<RegistrationView>, Problem> {
    let id = path.0.registration_id.id();
    let withdraw = async |_: &_, _: &_| Ok(WithdrawRegistration);
    let saved = command(&state.store, &caller, Fence::under(id), id, expected.0, withdraw).await?;
    Ok(Versioned::changed(&saved, &caller, RegistrationView::of(&saved.object, &saved.actor, caller.language)))
}
