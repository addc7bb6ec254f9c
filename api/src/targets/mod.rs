//! Targets in force, with their measurements.

use actix_web::{get, web::Data};
use serde::Deserialize;
use thidua_domain::campaign::Campaign;
use thidua_persistence::{Reader, Standing, TargetFilter, page::SortOrder};
use utoipa::IntoParams;

use crate::{
    app::Entries,
    campaigns::CampaignPath,
    input::{Caller, PathOf, QueryOf, TargetKey},
    list::{List, Listed},
    problem::Problem,
    reply::Versioned,
    state::State,
};

mod body;
mod measurements;
mod table;
mod trend;

pub(crate) use body::CurrentView;
use body::{TargetPage, TargetQuery, TargetView};
pub(crate) use measurements::MeasurementPath;

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config.service(list_targets).service(read_target);
    measurements::configure(config);
    trend::configure(config);
}

/// Where one target is.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(crate) struct TargetPath {
    /// Identifies the target.
    target_id: TargetKey,
}

/// List targets
///
/// The targets of a campaign that the caller can see, each with where it stands, in the order in which they came into
/// force: those of the plan itself come first.
#[utoipa::path(tag = "Targets", operation_id = "listTargets", params(CampaignPath, TargetQuery),
    responses((status = 200, description = "A page of targets, the oldest first.", body = TargetPage)))]
#[get("/campaigns/{campaignId}/targets")]
async fn list_targets(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    query: QueryOf<TargetQuery>,
) -> Result<Listed<TargetPage>, Problem> {
    let campaign = path.0.campaign_id.id();
    let filter = TargetFilter {
        campaign,
        units: query.0.unit_id.iter().map(|unit| unit.id()).collect(),
        tasks: query.0.task.iter().map(|task| task.as_str().to_owned()).collect(),
        stages: query.0.stage.iter().map(|stage| stage.as_str()).collect(),
    };
    let order = SortOrder { key: None, descending: false };
    let url = format!("/v1/campaigns/{campaign}/targets");
    let list = List { url: &url, query: &query.0, filter, order };
    let language = caller.language;
    let view = async |reader: &Reader| {
        reader.sees::<Campaign>(campaign).await?;
        Ok(move |one| TargetView::listed(one, language))
    };
    list.answer(&state, &caller, view).await
}

/// Read a target
///
/// The target with what it asks for, where it stands, and whether the caller could measure it now.
#[utoipa::path(tag = "Targets", operation_id = "readTarget", params(TargetPath),
    responses((status = 200, description = "The target with where it stands.", body = TargetView)))]
#[get("/targets/{targetId}")]
async fn read_target(
    state: Data<State>,
    caller: Caller,
    path: PathOf<TargetPath>,
) -> Result<Versioned<TargetView>, Problem> {
    let reader = state.store.read(&caller.call).await?;
    let standing: Standing = reader.object(path.0.target_id.id()).await?;
    let version = standing.target.root.version;
    Ok(Versioned::read(TargetView::of(standing, &reader.actor, caller.language), version, caller.language))
}
