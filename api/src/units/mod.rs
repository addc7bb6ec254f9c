//! Units: offices, schools, stations, villages; as they are on a day, and what became of them.

use actix_web::{get, post, web::Data};
use serde::Deserialize;
use thidua_domain::{
    policy::Directory,
    unit::{CreateUnit, Unit},
};
use thidua_persistence::{Fence, Reader, Saved, UnitFilter, page::SortOrder};
use utoipa::IntoParams;

use crate::{
    app::Entries,
    input::{Body, Caller, PathOf, QueryOf, UnitKey},
    list::{List, Listed},
    problem::{Problem, absent_at},
    reply::Versioned,
    state::State,
};

mod body;
mod kind;
mod reorganising;
mod table;
mod view;

use body::UnitNew;
pub(crate) use kind::UnitTypeCode;
use view::{UnitDayQuery, UnitPage, UnitQuery, UnitView};

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    // First: `/units/merge` would be taken for a unit otherwise.
    reorganising::configure(config);
    config.service(list_units).service(create_unit).service(read_unit);
}

/// Where one unit is.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(crate) struct UnitPath {
    /// Identifies the unit in the directory.
    pub(crate) unit_id: UnitKey,
}

impl UnitView {
    /// The unit as a command left it, shown as it is today.
    fn saved(saved: &Saved<Unit>, caller: &Caller) -> Self {
        Self::of(saved.object.clone(), saved.now.date(), &saved.actor, caller.language)
    }
}

/// List units
///
/// Every unit of the directory, by code; filtered by day, type, place in the tree and a part of the name.
#[utoipa::path(tag = "Directory", operation_id = "listUnits", params(UnitQuery),
    responses((status = 200, description = "A page of units, by code.", body = UnitPage)))]
#[get("/units")]
async fn list_units(
    state: Data<State>,
    caller: Caller,
    query: QueryOf<UnitQuery>,
) -> Result<Listed<UnitPage>, Problem> {
    let filter = UnitFilter {
        types: query.0.r#type.iter().map(|code| (*code).into()).collect(),
        on: query.0.as_of_date.map(|day| day.0),
        text: query.0.q.as_ref().map(|text| text.as_str().to_owned()),
        parent: query.0.parent_id.map(UnitKey::id),
    };
    let (day, language) = (filter.on, caller.language);
    let order = SortOrder { key: Some(("code", "text")), descending: false };
    let list = List { url: "/v1/units", query: &query.0, filter, order };
    let view = async |reader: &Reader| {
        let day = day.unwrap_or_else(|| reader.now.date());
        Ok(move |unit| UnitView::listed(unit, day, language))
    };
    list.answer(&state, &caller, view).await
}

/// Enter a unit
///
/// Adds a unit to the directory. Its code is what plans and reports call it by, and is never used again.
#[utoipa::path(tag = "Directory", operation_id = "createUnit", request_body = UnitNew,
    responses((status = 201, description = "The unit is in the directory.", body = UnitView)))]
#[post("/units")]
async fn create_unit(state: Data<State>, caller: Caller, body: Body<UnitNew>) -> Result<Versioned<UnitView>, Problem> {
    let new = body.0;
    let saved = state.store.write(caller.call.clone(), caller.claim.clone(), Fence::Directory, async move |tx| {
        let permitted = tx.permit_new::<CreateUnit, _>(Directory)?;
        let parent = match new.parent_id {
            Some(parent) => Some(tx.look_up::<Unit>(parent.id()).await.map_err(|error| absent_at(error, "/parentId"))?),
            None => None,
        };
        tx.carry_out(permitted, new.command(parent)).await
    });
    let saved = saved.await?;
    Ok(Versioned::created(&saved, &caller, "units", UnitView::saved(&saved, &caller)))
}

/// Read a unit
///
/// One unit of the directory, as it is on a day, with the days between which it exists and everything that became of it.
#[utoipa::path(tag = "Directory", operation_id = "readUnit", params(UnitPath, UnitDayQuery),
    responses((status = 200, description = "The unit, as the directory knows it.", body = UnitView)))]
#[get("/units/{unitId}")]
async fn read_unit(
    state: Data<State>,
    caller: Caller,
    path: PathOf<UnitPath>,
    query: QueryOf<UnitDayQuery>,
) -> Result<Versioned<UnitView>, Problem> {
    let reader = state.store.read(&caller.call).await?;
    let unit: Unit = reader.object(path.0.unit_id.id()).await?;
    let version = unit.root.version;
    let day = query.0.as_of_date.map_or_else(|| reader.now.date(), |day| day.0);
    Ok(Versioned::read(UnitView::of(unit, day, &reader.actor, caller.language), version, caller.language))
}
