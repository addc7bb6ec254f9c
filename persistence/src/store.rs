//! The two doors. Through `read` nothing is changed; through `write` everything is, or nothing.

use std::{cell::Cell, rc::Rc, sync::Arc};

use thidua_domain::{id::Id, principal::Actor, refusal::Code, time::Timestamp};
use tokio::sync::{Notify, OnceCell, OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;

use crate::{
    checkout::{self, Call, Checkout, Claim, ClaimState, Fence},
    clock::BusinessClock,
    connection::{Conn, Pool},
    error::StoreError,
    export,
    ids::Ids,
    shown::{self, Shown},
    stored::Stored,
    tx::Tx,
    versions,
};

/// How often a unit of work that lost a deadlock is tried in all.
const MOST_TRIES: u32 = 3;

/// The store; cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    pool: Pool,
    clock: BusinessClock,
    ids: Ids,
    written: Arc<Notify>,
    cursor_key: Arc<OnceCell<Vec<u8>>>,
    exports: Arc<Semaphore>,
}

/// What a write answers: the aggregate as saved, and what its reply needs.
#[derive(Clone, Debug)]
pub struct Saved<A> {
    /// The saved state; on a replay the state that was saved then.
    pub object: A,
    /// The event that tells of it.
    pub event_id: Uuid,
    /// Whether it was done by an earlier request with the same key.
    pub replayed: bool,
    /// The caller.
    pub actor: Actor,
    /// The business clock of the write.
    pub now: Timestamp,
}

/// What a read works with.
#[derive(Debug)]
pub struct Reader {
    /// The connection; its rows are within the caller's scope.
    pub db: Conn,
    /// The caller.
    pub actor: Actor,
    /// The business clock.
    pub now: Timestamp,
    pub(crate) cursor_key: Arc<OnceCell<Vec<u8>>>,
}

impl Reader {
    /// The object, if this caller can see it.
    ///
    /// # Errors
    /// `Absent` for what does not exist or is not for this caller.
    pub async fn object<S: Shown>(&self, id: Id<S::Of>) -> Result<S, StoreError> {
        shown::one(&self.db, &self.actor, id, "").await
    }

    /// The object as it was in an earlier version, for whoever may see that it was: that is asked of what names the version.
    ///
    /// # Errors
    /// `Absent` for a version that there never was.
    pub async fn object_at<A: Stored>(&self, id: Id<A>, version: i64) -> Result<A, StoreError> {
        versions::at_version(&self.db, id.uuid(), version).await
    }

    /// Asks only whether this caller can see the object: before a list of what hangs under it.
    ///
    /// # Errors
    /// `Absent` for what does not exist or is not for this caller.
    pub async fn sees<A: Stored>(&self, id: Id<A>) -> Result<(), StoreError> {
        if shown::exists(&self.db, &self.actor, id).await? { Ok(()) } else { Err(StoreError::Absent) }
    }
}

impl Store {
    /// A store on this pool, with a business clock that runs with the database's.
    #[must_use]
    pub fn new(pool: Pool) -> Self {
        Self {
            pool,
            clock: BusinessClock::default(),
            ids: Ids::default(),
            written: Arc::default(),
            cursor_key: Arc::default(),
            exports: Arc::new(Semaphore::new(export::MOST_AT_ONCE)),
        }
    }

    /// The business clock, to be moved in `dev` and in tests.
    #[must_use]
    pub const fn clock(&self) -> &BusinessClock {
        &self.clock
    }

    /// The source of identifiers, made reproducible for the demonstration.
    #[must_use]
    pub const fn ids(&self) -> &Ids {
        &self.ids
    }

    /// The pool, for the sequencer and for health checks.
    #[must_use]
    pub const fn pool(&self) -> &Pool {
        &self.pool
    }

    /// Told after every commit, so that the sequencer need not wait for its next look.
    #[must_use]
    pub fn written(&self) -> Arc<Notify> {
        Arc::clone(&self.written)
    }

    /// Opens the door for reading: one statement, each seeing what is committed.
    ///
    /// # Errors
    /// The caller is unknown or shut out, or PostgreSQL cannot be reached in time.
    pub async fn read(&self, call: &Call) -> Result<Reader, StoreError> {
        loop {
            let db = self.pool.acquire().await?;
            match checkout::for_reading(&db, &call.identity, self.clock.frozen_at()).await {
                Err(StoreError::Unavailable(_)) if db.rested() => {}
                found => return Ok(self.reader(db, found?)),
            }
        }
    }

    fn reader(&self, db: Conn, found: Checkout) -> Reader {
        Reader { db, actor: found.actor, now: found.now, cursor_key: Arc::clone(&self.cursor_key) }
    }

    /// Opens the door for several reads that must agree: one snapshot for all of them.
    ///
    /// # Errors
    /// As [`Store::read`], and whatever `work` answers.
    pub async fn read_snapshot<T>(
        &self,
        call: &Call,
        work: impl AsyncFnOnce(&Reader) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let reader = self.begun_reader(call).await?;
        let answer = work(&reader).await;
        reader.db.roll_back().await;
        answer
    }

    /// A reader of one snapshot; whoever has it ends its transaction.
    pub(crate) async fn begun_reader(&self, call: &Call) -> Result<Reader, StoreError> {
        let db = self.begun(None, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
        let found = checkout::for_reading(&db, &call.identity, self.clock.frozen_at()).await?;
        Ok(self.reader(db, found))
    }

    /// A place among the exports that may run at once, if one is free.
    pub(crate) fn export_place(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.exports).try_acquire_owned().ok()
    }

    /// A connection in a transaction: the given one, or one of the pool.
    async fn begun(&self, given: Option<Conn>, how: &'static str) -> Result<Conn, StoreError> {
        let mut given = given;
        loop {
            let db = match given.take() {
                Some(db) => db,
                None => self.pool.acquire().await?,
            };
            match db.begin(how).await {
                Err(_) if db.rested() => {}
                begun => return begun.map(|()| db).map_err(StoreError::from),
            }
        }
    }

    /// Carries out a unit of work in one transaction, or leaves nothing behind.
    ///
    /// It runs in a task of its own, so that a client that goes away does not cut it; when it loses a deadlock, the whole
    /// of it is tried again, at most three times.
    ///
    /// # Errors
    /// Whatever `work` answers, and what stands in the way of any transaction.
    pub async fn write<A, F>(
        &self,
        call: Call,
        claim: Option<Claim>,
        fence: Fence,
        work: F,
    ) -> Result<Saved<A>, StoreError>
    where
        A: Stored,
        F: AsyncFn(&Tx) -> Result<Saved<A>, StoreError> + 'static,
    {
        // The wait for a connection comes before the task, so that waiting requests cost no task and can be given up.
        let first = self.pool.acquire().await?;
        let store = self.clone();
        let task = tokio::task::spawn_local(async move {
            let mut given = Some(first);
            for _ in 0..MOST_TRIES {
                let db = store.begun(given.take(), "BEGIN").await?;
                match store.attempt(db, &call, claim.as_ref(), fence, &work).await {
                    Err(error) if error.retryable() => {}
                    answer => return answer,
                }
            }
            Err(StoreError::Busy)
        });
        task.await.unwrap_or_else(|error| Err(StoreError::State(format!("unit of work: {error}"))))
    }

    async fn attempt<A, F>(
        &self,
        db: Conn,
        call: &Call,
        claim: Option<&Claim>,
        fence: Fence,
        work: &F,
    ) -> Result<Saved<A>, StoreError>
    where
        A: Stored,
        F: AsyncFn(&Tx) -> Result<Saved<A>, StoreError>,
    {
        let event_id = self.ids.fresh();
        let checked = checkout::for_writing(&db, call, self.clock.frozen_at(), claim, event_id, fence).await;
        let checked = match checked {
            Ok(checked) => checked,
            Err(error) => {
                db.roll_back().await;
                return Err(error);
            }
        };
        let tx = Tx {
            db,
            actor: checked.actor,
            now: checked.now,
            replay: replay(checked.claim, claim),
            event_id,
            request_id: call.request_id.clone(),
            fence,
            ids: self.ids.clone(),
            saved: Rc::new(Cell::new(false)),
        };
        match work(&tx).await {
            Ok(saved) => {
                tx.db.commit().await?;
                self.written.notify_one();
                Ok(saved)
            }
            Err(StoreError::Replay(event)) => {
                let found = versions::at_event::<A>(&tx.db, event).await;
                tx.db.roll_back().await;
                Ok(Saved { object: found?, event_id: event, replayed: true, actor: tx.actor, now: tx.now })
            }
            Err(error) => {
                tx.db.roll_back().await;
                Err(error)
            }
        }
    }
}

fn replay(state: ClaimState, claim: Option<&Claim>) -> Result<Option<Uuid>, Code> {
    match (state, claim) {
        (ClaimState::Used { fingerprint, event_id }, Some(claim)) => {
            if fingerprint == claim.fingerprint {
                Ok(Some(event_id))
            } else {
                Err(Code::KeyReused)
            }
        }
        (ClaimState::Used { .. } | ClaimState::Free | ClaimState::UsedMeanwhile, _) => Ok(None),
    }
}
