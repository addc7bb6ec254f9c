//! A write between the doors: load, permit, save. It writes nothing but a [`Change`].
//!
//! Locks are taken in this order, everywhere: the idempotency key, the campaign's fence, the object of the command, then
//! what its consequences touch, by id.

use std::{cell::Cell, rc::Rc};

use sea_orm::{Condition, sea_query::LockType};
use thidua_domain::{
    change::{Aggregate, Change, Moment},
    id::Id,
    policy::{self, Command, Existing, Permitted, Subject},
    principal::Actor,
    refusal::Code,
    time::Timestamp,
};
use uuid::Uuid;

use crate::{
    checkout::Fence,
    connection::Conn,
    error::StoreError,
    ids::Ids,
    shown::{self, Shown},
    store::Saved,
    stored::{Batch, Stored},
    versions,
};

/// The version that the caller read and means to change (`If-Match`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Expected(pub i64);

/// An open unit of work.
#[derive(Debug)]
pub struct Tx {
    pub(crate) db: Conn,
    pub(crate) actor: Actor,
    pub(crate) now: Timestamp,
    pub(crate) replay: Result<Option<Uuid>, Code>,
    pub(crate) event_id: Uuid,
    pub(crate) request_id: String,
    pub(crate) fence: Fence,
    pub(crate) ids: Ids,
    pub(crate) saved: Rc<Cell<bool>>,
}

impl Tx {
    /// The connection, for facts; rows are within the caller's scope.
    #[must_use]
    pub const fn db(&self) -> &Conn {
        &self.db
    }

    /// The caller.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The business clock.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// The object, locked until the end, if this caller can see it.
    ///
    /// # Errors
    /// `Absent` for what does not exist or is not for this caller.
    pub async fn load<S: Shown>(&self, id: Id<S::Of>) -> Result<S, StoreError> {
        if S::Of::FENCED && self.fence == Fence::None {
            return Err(StoreError::State(format!("{} was loaded without its campaign's lock", S::Of::TYPE.as_str())));
        }
        shown::one(&self.db, &self.actor, id, "FOR NO KEY UPDATE").await
    }

    /// An object that is only looked at, if this caller can see it; its campaign's fence keeps it as it is.
    ///
    /// # Errors
    /// `Absent` for what does not exist or is not for this caller.
    pub async fn look_up<S: Shown>(&self, id: Id<S::Of>) -> Result<S, StoreError> {
        shown::one(&self.db, &self.actor, id, "").await
    }

    /// Everything that a condition lets through, by id: for facts, so that it is not asked who may see it.
    ///
    /// # Errors
    /// PostgreSQL cannot be asked.
    pub async fn every<S: Shown>(&self, condition: Condition) -> Result<Vec<S>, StoreError> {
        shown::every(&self.db, condition, None).await
    }

    /// Everything that a condition lets through, locked until the end, by id: for what is changed as a consequence.
    ///
    /// # Errors
    /// PostgreSQL cannot be asked.
    pub async fn every_locked<S: Shown>(&self, condition: Condition) -> Result<Vec<S>, StoreError> {
        shown::every(&self.db, condition, Some(LockType::NoKeyUpdate)).await
    }

    /// Asks the policy for a command on an existing object, then whether it is a replay, then whether it is stale.
    ///
    /// # Errors
    /// 403, then the answer of the earlier request or a reused key, then 412: in this order.
    pub fn permit<C: Command<S>, S: Existing>(
        &self,
        subject: S,
        expected: Expected,
    ) -> Result<Permitted<C, S>, StoreError> {
        let current = subject.version();
        let permitted = self.permit_new::<C, S>(subject)?;
        if expected.0 == current { Ok(permitted) } else { Err(StoreError::Stale { current }) }
    }

    /// Asks the policy for a command that makes something new, then whether it is a replay.
    ///
    /// # Errors
    /// 403, then the answer of the earlier request or a reused key.
    pub fn permit_new<C: Command<S>, S: Subject>(&self, subject: S) -> Result<Permitted<C, S>, StoreError> {
        let permitted = policy::permit(&self.actor, subject)?;
        match self.replay {
            Err(code) => Err(StoreError::Refused(code.into())),
            Ok(Some(event)) => Err(StoreError::Replay(event)),
            Ok(None) => Ok(permitted),
        }
    }

    /// As [`Tx::permit`], for what somebody else tells us and may tell us twice: where the object says so already, there is
    /// nothing to do, and what was saved then is answered again, whatever version the caller had read (RFC 9110, section
    /// 13.1.1).
    ///
    /// # Errors
    /// 403, then the answer of the earlier request or a reused key, then what was said before, then 412.
    pub async fn permit_unless_said<C: Command<A>, A: Stored + Subject>(
        &self,
        object: A,
        expected: Expected,
        said: bool,
    ) -> Result<Permitted<C, A>, StoreError> {
        let version = object.root().version;
        let permitted = self.permit_new::<C, A>(object)?;
        if said {
            let id = permitted.root().id.uuid();
            return Err(StoreError::Replay(versions::event_of(&self.db, A::TYPE, id, version).await?));
        }
        if expected.0 == version { Ok(permitted) } else { Err(StoreError::Stale { current: version }) }
    }

    /// Carries a permitted command out and saves what it changes: the row, its version and its event, with everything
    /// that must follow. It is the only write there is, and there is one in a unit of work.
    ///
    /// # Errors
    /// What stage, rules or unique indexes say no to.
    pub async fn carry_out<C: Command<S>, S: Subject>(
        &self,
        permitted: Permitted<C, S>,
        command: C,
    ) -> Result<Saved<C::Of>, StoreError>
    where
        C::Of: Stored,
    {
        let role = permitted.role().as_str();
        let fresh = || self.ids.fresh();
        let change = permitted.carry_out(command, Moment { now: self.now, fresh: &fresh })?;
        self.save(change, role).await
    }

    async fn save<A: Stored>(&self, change: Change<A>, role: &'static str) -> Result<Saved<A>, StoreError> {
        if self.saved.replace(true) {
            return Err(StoreError::State("one unit of work saves one change".to_owned()));
        }
        let (object, event, consequences) = change.into_parts();
        let mut batch = Batch::new(self, role);
        batch.event(&object, &event, self.event_id, None)?;
        // Rows of consequences first: what is superseded makes room in a unique index for what takes its place.
        // Events come last, in one statement, cause before effect.
        for consequence in consequences {
            batch.follow(&self.db, consequence, self.event_id).await?;
        }
        batch.finish(&self.db, &object).await?;
        Ok(Saved { object, event_id: self.event_id, replayed: false, actor: self.actor.clone(), now: self.now })
    }
}
