//! Dispatches: issued documents on their way to a recipient, the package that goes there, and what the recipient answers.

use actix_web::{get, web::Data};
use serde::Deserialize;
use thidua_domain::{campaign::Campaign, dispatch::Dispatch};
use thidua_persistence::{DispatchFilter, Reader, page::SortOrder};
use utoipa::IntoParams;

use crate::{
    app::Entries,
    campaigns::CampaignPath,
    input::{Caller, DispatchKey, PathOf, QueryOf},
    list::{List, Listed},
    problem::Problem,
    reply::Versioned,
    state::State,
};

mod answering;
mod body;
mod downloading;
mod manifest;
mod package;
mod table;
mod view;

use body::DispatchQuery;
use view::{DispatchPage, DispatchView};

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config
        .service(list_dispatches)
        .service(read_dispatch)
        .service(downloading::read_dispatch_manifest)
        .service(downloading::read_dispatch_package)
        .service(answering::receive_dispatch)
        .service(answering::accept_dispatch)
        .service(answering::refuse_dispatch);
}

/// Where one dispatch is.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(crate) struct DispatchPath {
    /// Identifies the dispatch.
    dispatch_id: DispatchKey,
}

/// List dispatches
///
/// What was sent of a campaign, to whom, and what they answered, the newest first. Whoever sees what was sent sees them.
#[utoipa::path(tag = "Dispatch", operation_id = "listDispatches", params(CampaignPath, DispatchQuery),
    responses((status = 200, description = "A page of dispatches, the newest first.", body = DispatchPage)))]
#[get("/campaigns/{campaignId}/dispatches")]
async fn list_dispatches(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    query: QueryOf<DispatchQuery>,
) -> Result<Listed<DispatchPage>, Problem> {
    let campaign = path.0.campaign_id.id();
    let stages = query.0.stage.iter().map(|stage| stage.as_str()).collect();
    let report = query.0.consolidated_report_id.map(|key| key.id());
    let filter = DispatchFilter { campaign, report, stages };
    let order = SortOrder { key: None, descending: true };
    let url = format!("/v1/campaigns/{campaign}/dispatches");
    let list = List { url: &url, query: &query.0, filter, order };
    let language = caller.language;
    let view = async |reader: &Reader| {
        reader.sees::<Campaign>(campaign).await?;
        Ok(move |one| DispatchView::listed(&one, language))
    };
    list.answer(&state, &caller, view).await
}

/// Read a dispatch
///
/// What was sent to whom and when, what the recipient answered, and what the caller could do with it now.
#[utoipa::path(tag = "Dispatch", operation_id = "readDispatch", params(DispatchPath),
    responses((status = 200, description = "The dispatch with what was answered to it.", body = DispatchView)))]
#[get("/dispatches/{dispatchId}")]
async fn read_dispatch(
    state: Data<State>,
    caller: Caller,
    path: PathOf<DispatchPath>,
) -> Result<Versioned<DispatchView>, Problem> {
    let reader = state.store.read(&caller.call).await?;
    let dispatch: Dispatch = reader.object(path.0.dispatch_id.id()).await?;
    let body = DispatchView::of(&dispatch, &reader.actor, caller.language);
    Ok(Versioned::read(body, dispatch.root.version, caller.language))
}
