//! How a file becomes an attachment, whatever it is attached to: who may is asked first, then the bytes are received and
//! looked into, and at last the row is written that names them.

use std::{cell::RefCell, rc::Rc};

use actix_web::{
    HttpRequest,
    web::{Data, Payload},
};
use thidua_domain::{
    attachment::{Attached, Attachment, Checksum, ContentId, FileName, Owned, Received},
    id::Id,
    policy::{self, Command, Subject},
};
use thidua_persistence::{Claim, Fence, Saved, Shown, StoreError, Tx};

use super::{body::AttachmentView, digest::content_digest};
use crate::{
    input::Caller,
    problem::{Problem, Trouble},
    reply::Versioned,
    state::State,
};

/// What arrives, and whose it is.
pub(super) struct Upload<'a> {
    pub(super) state: Data<State>,
    pub(super) caller: Caller,
    pub(super) name: FileName,
    pub(super) request: &'a HttpRequest,
    pub(super) body: Payload,
}

impl Upload<'_> {
    /// Attaches it to `owner` by the command that `attach` makes of the file; `load` finds the owner in the unit of work, so
    /// that it stays as it was found.
    pub(super) async fn attach_to<S, C>(
        self,
        owner: Id<S::Of>,
        attach: fn(Received) -> C,
        load: impl AsyncFn(&Tx) -> Result<S, StoreError> + 'static,
    ) -> Result<Versioned<AttachmentView>, Problem>
    where
        S: Shown + Subject + Clone + Into<Owned> + 'static,
        C: Command<S, Of = Attachment> + 'static,
    {
        let Upload { state, caller, name, request, body } = self;
        let digest = content_digest(request.headers())?;
        may_attach::<S, C>(&state, &caller, owner).await?;
        let content: ContentId = Id::new(state.store.ids().fresh());
        let received = state.files.receive(content, body, digest).await?;
        let kind = match state.files.look_into(content, received.size).await {
            Ok(kind) => kind,
            Err(problem) => {
                state.files.give_up(content).await;
                return Err(problem);
            }
        };
        let claim = caller.claim_with(&received.sha256);
        let sha256 = Checksum::of(&received.sha256);
        let file = Received { name, kind, size: received.size, sha256, content };
        let keeping = Keeping { state, caller: caller.clone(), claim, fence: Fence::under(owner) };
        // In a task of its own: whoever goes away now must not keep what is committed from keeping its bytes.
        let done = actix_web::rt::spawn(keeping.keep(file, attach, load)).await;
        let (saved, owner) = done.map_err(|_| Trouble::Internal)??;
        let attached = Attached { attachment: saved.object.clone(), owner };
        let view = AttachmentView::of(&attached, &saved.actor, caller.language);
        Ok(Versioned::created(&saved, &caller, "attachments", view))
    }
}

/// Finds out before anything is received that it would be for nothing. The stage is asked afterwards: a repetition is
/// answered whatever the stage is by then.
async fn may_attach<S: Shown + Subject, C: Command<S>>(
    state: &State,
    caller: &Caller,
    owner: Id<S::Of>,
) -> Result<(), Problem> {
    let reader = state.store.read(&caller.call).await?;
    let owner: S = reader.object(owner).await?;
    policy::permit::<C, _>(&reader.actor, owner)?;
    Ok(())
}

/// Under which terms the row is written.
struct Keeping {
    state: Data<State>,
    caller: Caller,
    claim: Option<Claim>,
    fence: Fence,
}

impl Keeping {
    /// Writes the row that names the bytes, or gives the bytes up.
    async fn keep<S, C>(
        self,
        file: Received,
        attach: fn(Received) -> C,
        load: impl AsyncFn(&Tx) -> Result<S, StoreError> + 'static,
    ) -> Result<(Saved<Attachment>, Owned), Problem>
    where
        S: Shown + Subject + Clone + Into<Owned> + 'static,
        C: Command<S, Of = Attachment> + 'static,
    {
        let Self { state, caller, claim, fence } = self;
        let content = file.content;
        let found: Rc<RefCell<Option<S>>> = Rc::default();
        let here = Rc::clone(&found);
        let saved = state.store.write(caller.call.clone(), claim, fence, async move |tx| {
            let owner = load(tx).await?;
            here.replace(Some(owner.clone()));
            let permitted = tx.permit_new::<C, S>(owner)?;
            tx.carry_out(permitted, attach(file.clone())).await
        });
        let saved = saved.await;
        match &saved {
            // An earlier request has done it, with bytes of its own.
            Ok(saved) if saved.replayed => state.files.give_up(content).await,
            Ok(_) => {}
            // Whether it was committed is not known: the sweeper finds out.
            Err(StoreError::Unavailable(_) | StoreError::Fault(_) | StoreError::State(_)) => {}
            Err(_) => state.files.give_up(content).await,
        }
        let owner = found.take().ok_or(Trouble::Internal);
        // What is wrong with the name is a fault of the query.
        saved.map_err(|error| Problem::from(error).with_parameters()).and_then(|saved| Ok((saved, owner?.into())))
    }
}
