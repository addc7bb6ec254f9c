//! What becomes of units: another name, another place, an end.

use actix_web::{post, web::Data};
use thidua_domain::unit::{DissolveUnit, Placement, RenameUnit, TransferUnit, Unit};
use thidua_persistence::{Fence, facts};

use super::{
    UnitPath,
    body::{UnitDissolution, UnitRenaming, UnitTransfer, grounds},
    view::UnitView,
};
use crate::{
    app::Entries,
    command::command,
    input::{Body, Caller, IfMatch, PathOf, UnitKey},
    problem::Problem,
    reply::Versioned,
    state::State,
};

/// The operations that reorganise units.
pub(super) fn configure(config: &mut impl Entries) {
    config.service(rename_unit).service(transfer_unit).service(dissolve_unit);
}

/// Rename a unit
///
/// Gives the unit another name from a day on (đổi tên), by the document that decided it. Its code and its identity stay;
/// papers of before keep the old name.
#[utoipa::path(tag = "Directory", operation_id = "renameUnit", params(UnitPath), request_body = UnitRenaming,
    responses((status = 200, description = "The unit, as it is today.", body = UnitView)))]
#[post("/units/{unitId}/rename")]
async fn rename_unit(
    state: Data<State>,
    caller: Caller,
    path: PathOf<UnitPath>,
    body: Body<UnitRenaming>,
    expected: IfMatch,
) -> Result<Versioned<UnitView>, Problem> {
    let id = path.0.unit_id.id();
    let UnitRenaming { name, effective_date, decision, reason } = body.0;
    let rename = RenameUnit { name: name.into_text(), grounds: grounds(effective_date, &decision, &reason) };
    let decide = async move |_: &_, _: &Unit| Ok(rename.clone());
    let saved = command(&state.store, &caller, Fence::None, id, expected.0, decide).await?;
    Ok(Versioned::changed(&saved, &caller, UnitView::saved(&saved, &caller)))
}

/// Transfer a unit
///
/// Puts the unit under another one, or under the management of another body, from a day on, by the document that decided it.
/// No unit ever stands above itself, on whatever day.
#[utoipa::path(tag = "Directory", operation_id = "transferUnit", params(UnitPath), request_body = UnitTransfer,
    responses((status = 200, description = "The unit, as it is today.", body = UnitView)))]
#[post("/units/{unitId}/transfer")]
async fn transfer_unit(
    state: Data<State>,
    caller: Caller,
    path: PathOf<UnitPath>,
    body: Body<UnitTransfer>,
    expected: IfMatch,
) -> Result<Versioned<UnitView>, Problem> {
    let id = path.0.unit_id.id();
    let body = body.0;
    let decide = async move |tx: &_, _: &Unit| {
        Ok(TransferUnit {
            parent: body.parent_id.map(UnitKey::id),
            managing_authority: body.managing_authority.clone().map(crate::input::Str::into_text),
            grounds: grounds(body.effective_date, &body.decision, &body.reason),
            facts: facts::placing(tx).await?,
        })
    };
    let saved = command(&state.store, &caller, Fence::Reorganisation, id, expected.0, decide).await?;
    Ok(Versioned::changed(&saved, &caller, UnitView::saved(&saved, &caller)))
}

/// Dissolve a unit
///
/// Ends the unit from a day on (giải thể), by the document that decided it; nobody takes its place. Each unit under it is
/// given another place. What it registered, measured and reported stays with it; it owes the reports of periods that ended
/// while it existed, and no others. Periods whose reports have fallen due are owed by whom they were owed.
#[utoipa::path(tag = "Directory", operation_id = "dissolveUnit", params(UnitPath), request_body = UnitDissolution,
    responses((status = 200, description = "The unit, with its end.", body = UnitView)))]
#[post("/units/{unitId}/dissolve")]
async fn dissolve_unit(
    state: Data<State>,
    caller: Caller,
    path: PathOf<UnitPath>,
    body: Body<UnitDissolution>,
    expected: IfMatch,
) -> Result<Versioned<UnitView>, Problem> {
    let id = path.0.unit_id.id();
    let body = body.0;
    let decide = async move |tx: &_, _: &Unit| {
        Ok(DissolveUnit {
            placements: body.subordinates.iter().map(Placement::from).collect(),
            grounds: grounds(body.effective_date, &body.decision, &body.reason),
            facts: facts::reorganisation(tx).await?,
        })
    };
    let saved = command(&state.store, &caller, Fence::Reorganisation, id, expected.0, decide).await?;
    Ok(Versioned::changed(&saved, &caller, UnitView::saved(&saved, &caller)))
}
