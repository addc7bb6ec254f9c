//! Units of work that are carried out, or only tried: then everything is judged, and nothing is kept.

use std::{cell::RefCell, rc::Rc};

use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody};
use serde::Serialize;
use thidua_persistence::{Fence, Saved, StoreError, Stored, Tx};

use crate::{
    input::Caller,
    problem::Problem,
    reply::{Plain, Versioned},
    state::State,
};

/// What became of a unit of work.
pub(crate) enum Tried<A, P> {
    /// It was carried out.
    Kept(Box<Saved<A>>),
    /// It was only tried, and this is told of it.
    Told(P),
}

/// What is answered: the thing that was made, or what it would do.
pub(crate) enum Outcome<V, P> {
    Done(Versioned<V>),
    Tried(Plain<P>),
}

impl<V: Serialize, P: Serialize> Responder for Outcome<V, P> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        match self {
            Self::Done(made) => made.respond_to(request),
            Self::Tried(told) => told.respond_to(request),
        }
    }
}

/// Carries `work` out; with `tell` it is only tried, and told what that says of the object as it would have been saved.
///
/// # Errors
/// Whatever stands in the way of the work itself, tried or not.
pub(crate) async fn carried_out_or_tried<A: Stored, P: 'static>(
    state: &State,
    caller: &Caller,
    fence: Fence,
    work: impl AsyncFn(&Tx) -> Result<Saved<A>, StoreError> + 'static,
    tell: Option<impl AsyncFn(&Tx, &A) -> Result<P, StoreError> + 'static>,
) -> Result<Tried<A, P>, Problem> {
    let told: Rc<RefCell<Option<P>>> = Rc::default();
    let noted = Rc::clone(&told);
    let written = state.store.write(caller.call.clone(), caller.claim.clone(), fence, async move |tx| {
        let saved = work(tx).await?;
        if let Some(tell) = &tell {
            noted.replace(Some(tell(tx, &saved.object).await?));
            return Err(StoreError::OnlyTried);
        }
        Ok(saved)
    });
    match (written.await, told.take()) {
        (Err(StoreError::OnlyTried), Some(told)) => Ok(Tried::Told(told)),
        (saved, _) => Ok(Tried::Kept(Box::new(saved?))),
    }
}
