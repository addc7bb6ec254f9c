//! What the recipient's desk answers, recorded by the clerk or by the city's own system; and another try to reach it.

use actix_web::{post, web::Data};
use thidua_domain::{
    consolidation::ConsolidatedReport,
    dispatch::{AcceptDispatch, Carried, Dispatch, DispatchId, ReceiveDispatch, RedeliverDispatch, RefuseDispatch},
    policy::Command,
};
use thidua_persistence::{Expected, Fence, Saved, StoreError};

use super::{
    DispatchPath,
    body::{AnswerBody, RejectionBody},
    view::DispatchView,
};
use crate::{
    input::{Body, Caller, IfMatch, PathOf},
    problem::Problem,
    reply::Versioned,
    state::State,
};

/// Record the receipt of a dispatch
///
/// Records that what was sent has arrived (đã đến). The same under the same reference is answered as before, whichever
/// version the caller had read, and nothing is written.
#[utoipa::path(tag = "Dispatch", operation_id = "receiveDispatch", params(DispatchPath), request_body = AnswerBody,
    responses((status = 200, description = "The recipient has it.", body = DispatchView)))]
#[post("/dispatches/{dispatchId}/receive")]
pub(super) async fn receive_dispatch(
    state: Data<State>,
    caller: Caller,
    path: PathOf<DispatchPath>,
    body: Body<AnswerBody>,
    expected: IfMatch,
) -> Result<Versioned<DispatchView>, Problem> {
    let reference = body.0.reference.into_text();
    let known = reference.clone();
    let said = move |dispatch: &Dispatch| ReceiveDispatch::was_said(&known, dispatch);
    let make = move |_| ReceiveDispatch { reference: reference.clone() };
    answer(&state, &caller, path.0.dispatch_id.id(), expected.0, said, make).await
}

/// Record the acceptance of a dispatch
///
/// Records that the recipient takes the document (đã tiếp nhận). Unless the recipient is only to know of it, the report is
/// acknowledged with it, and the reference is the number under which the city received it. The same under the same
/// reference is answered as before, whichever version the caller had read, and nothing is written.
#[utoipa::path(tag = "Dispatch", operation_id = "acceptDispatch", params(DispatchPath), request_body = AnswerBody,
    responses((status = 200, description = "The recipient has taken it.", body = DispatchView)))]
#[post("/dispatches/{dispatchId}/accept")]
pub(super) async fn accept_dispatch(
    state: Data<State>,
    caller: Caller,
    path: PathOf<DispatchPath>,
    body: Body<AnswerBody>,
    expected: IfMatch,
) -> Result<Versioned<DispatchView>, Problem> {
    let reference = body.0.reference.into_text();
    let known = reference.clone();
    let said = move |dispatch: &Dispatch| AcceptDispatch::was_said(&known, dispatch);
    let make = move |report| AcceptDispatch { reference: reference.clone(), report };
    answer(&state, &caller, path.0.dispatch_id.id(), expected.0, said, make).await
}

/// Record the refusal of a dispatch
///
/// Records that the recipient does not take the document (từ chối tiếp nhận), be it after it had taken it. Unless the
/// recipient is only to know of it, the report is refused with it, and a new one can replace it; one that is supplemented
/// stays so. The same under the same reference is answered as before, whichever version the caller had read, and nothing
/// is written.
#[utoipa::path(tag = "Dispatch", operation_id = "refuseDispatch", params(DispatchPath), request_body = RejectionBody,
    responses((status = 200, description = "The recipient has refused it.", body = DispatchView)))]
#[post("/dispatches/{dispatchId}/refuse")]
pub(super) async fn refuse_dispatch(
    state: Data<State>,
    caller: Caller,
    path: PathOf<DispatchPath>,
    body: Body<RejectionBody>,
    expected: IfMatch,
) -> Result<Versioned<DispatchView>, Problem> {
    let (reference, reason) = (body.0.reference.into_text(), body.0.reason.into_text());
    let known = reference.clone();
    let said = move |dispatch: &Dispatch| RefuseDispatch::was_said(&known, dispatch);
    let make = move |report| RefuseDispatch { reference: reference.clone(), reason: reason.clone(), report };
    answer(&state, &caller, path.0.dispatch_id.id(), expected.0, said, make).await
}

/// Records an answer with what it means for the report, unless it was recorded already.
async fn answer<C>(
    state: &State,
    caller: &Caller,
    id: DispatchId,
    expected: Expected,
    said: impl Fn(&Dispatch) -> bool + 'static,
    make: impl Fn(ConsolidatedReport) -> C + 'static,
) -> Result<Versioned<DispatchView>, Problem>
where
    C: Command<Dispatch, Of = Dispatch> + 'static,
{
    let written = state.store.write(caller.call.clone(), caller.claim.clone(), Fence::under(id), async move |tx| {
        let known: Dispatch = tx.look_up(id).await?;
        // The report is locked first, as by those who answer to the report. Who does not see it may not answer for it.
        let report: ConsolidatedReport = match tx.load(known.report).await {
            Err(StoreError::Absent) => {
                tx.permit::<C, _>(tx.load(id).await?, expected)?;
                return Err(StoreError::Absent);
            }
            loaded => loaded?,
        };
        let dispatch: Dispatch = tx.load(id).await?;
        let said = said(&dispatch);
        let permitted = tx.permit_unless_said::<C, _>(dispatch, expected, said).await?;
        tx.carry_out(permitted, make(report)).await
    });
    answered(state, caller, written.await?).await
}

/// Order the delivery of a dispatch anew
///
/// Orders that a package which was given up is carried again, from the first attempt on, while the recipient has not
/// answered. It is the same package under the same identity.
#[utoipa::path(tag = "Dispatch", operation_id = "redeliverDispatch", params(DispatchPath),
    responses((status = 200, description = "The package waits to be carried again.", body = DispatchView)))]
#[post("/dispatches/{dispatchId}/redeliver")]
pub(super) async fn redeliver_dispatch(
    state: Data<State>,
    caller: Caller,
    path: PathOf<DispatchPath>,
    expected: IfMatch,
) -> Result<Versioned<DispatchView>, Problem> {
    let id = path.0.dispatch_id.id();
    let written = state.store.write(caller.call.clone(), caller.claim.clone(), Fence::under(id), async move |tx| {
        let carried: Carried = tx.load(id).await?;
        let permitted = tx.permit::<RedeliverDispatch, _>(carried, expected.0)?;
        tx.carry_out(permitted, RedeliverDispatch).await
    });
    answered(&state, &caller, written.await?).await
}

/// The answer to a command, with how far the delivery has come by now.
async fn answered(state: &State, caller: &Caller, saved: Saved<Dispatch>) -> Result<Versioned<DispatchView>, Problem> {
    let Carried { delivery, .. } = state.store.read(&caller.call).await?.object(saved.object.root.id).await?;
    let carried = Carried { dispatch: saved.object.clone(), delivery };
    let body = DispatchView::of(&carried, &saved.actor, caller.language);
    Ok(Versioned::changed(&saved, caller, body))
}
