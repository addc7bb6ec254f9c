//! What becomes of units: another name, another place, an end.

use actix_web::{post, web::Data};
use thidua_domain::{
    policy::Directory,
    unit::{DissolveUnit, MergeUnits, Placement, RenameUnit, SplitUnit, Successor, TransferUnit, Unit},
};
use thidua_persistence::{Fence, StoreError, facts};

use super::{
    UnitPath,
    body::{UnitDissolution, UnitMerger, UnitRenaming, UnitSplit, UnitTransfer, grounds},
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
    config.service(rename_unit).service(transfer_unit).service(merge_units).service(split_unit).service(dissolve_unit);
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

/// Merge units
///
/// Ends units from a day on, by the document that decided it, and puts another one in their place: one that is founded (hợp
/// nhất), or one that goes on (sáp nhập). The units under them go under it. What they registered, measured and reported stays
/// with them, and those who work for the other read it from that day on; it is asked for the reports that they would have
/// owed. The units are named in the body and asked as they are: there is no `If-Match`.
#[utoipa::path(tag = "Directory", operation_id = "mergeUnits", request_body = UnitMerger,
    responses((status = 200, description = "The unit that takes their place, as it is today.", body = UnitView)))]
#[post("/units/merge")]
async fn merge_units(
    state: Data<State>,
    caller: Caller,
    body: Body<UnitMerger>,
) -> Result<Versioned<UnitView>, Problem> {
    let body = body.0;
    let saved = state.store.write(caller.call.clone(), caller.claim.clone(), Fence::Reorganisation, async move |tx| {
        let permitted = tx.permit_new::<MergeUnits, _>(Directory)?;
        let new = body.new_unit.clone().map(Into::into);
        let successor = Successor::of(body.into_unit_id.map(UnitKey::id), new).map_err(StoreError::Refused)?;
        let merge = MergeUnits {
            members: body.unit_ids.iter().copied().map(UnitKey::id).collect(),
            successor,
            grounds: grounds(body.effective_date, &body.decision, &body.reason),
            facts: facts::reorganisation(tx).await?,
        };
        tx.carry_out(permitted, merge).await
    });
    let saved = saved.await?;
    Ok(Versioned::changed(&saved, &caller, UnitView::saved(&saved, &caller)))
}

/// Split a unit
///
/// Makes several units out of one from a day on, by the document that decided it: in its place (chia), or beside it (tách).
/// What it registered, measured and reported stays with it; those who work for units that stand in its place read it from that
/// day on, and these are asked for the reports that it would have owed.
#[utoipa::path(tag = "Directory", operation_id = "splitUnit", params(UnitPath), request_body = UnitSplit,
    responses((status = 200, description = "The unit that was split, with those that were made out of it.", body = UnitView)))]
#[post("/units/{unitId}/split")]
async fn split_unit(
    state: Data<State>,
    caller: Caller,
    path: PathOf<UnitPath>,
    body: Body<UnitSplit>,
    expected: IfMatch,
) -> Result<Versioned<UnitView>, Problem> {
    let id = path.0.unit_id.id();
    let body = body.0;
    let decide = async move |tx: &_, _: &Unit| {
        Ok(SplitUnit {
            parts: body.new_units.iter().cloned().map(Into::into).collect(),
            goes_on: body.goes_on,
            placements: body.subordinates.iter().cloned().map(Into::into).collect(),
            grounds: grounds(body.effective_date, &body.decision, &body.reason),
            facts: facts::reorganisation(tx).await?,
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
