//! A pool of our own. A connection goes back only when its last statement ended cleanly and no transaction is open;
//! everything else (an error, a cancelled future, an open transaction) drops it, and where a statement may still run on the
//! server, the place in the pool stays taken until it has ended: who resets connections does not pile up work behind us.
//!
//! That closes at the root what sqlx 0.9.0 leaves open (a cancelled `begin()` hands a connection back inside an open
//! transaction, and the next borrower's writes are lost), and spares its pings, half the cost of a request.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread::{self, ThreadId},
    time::Duration,
};

use async_trait::async_trait;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr, Statement};
use sea_query_sqlx::SqlxValues;
use sqlx::{
    AssertSqlSafe, Connection, Executor, PgConnection,
    postgres::{PgConnectOptions, PgQueryResult},
};
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};

use crate::error::{StoreError, is_lost};

/// How large the pool is and how long one waits for it.
#[derive(Clone, Debug)]
pub struct PoolOptions {
    /// Most connections at once.
    pub size: usize,
    /// How many threads answer; none of them has more than its share of the connections.
    pub workers: usize,
    /// Longest wait for one, before the answer is "busy".
    pub wait: Duration,
}

impl Default for PoolOptions {
    fn default() -> Self {
        Self { size: 12, workers: 1, wait: Duration::from_secs(2) }
    }
}

/// Reads a `postgres://` address and adds the role and the limits that every connection of the application has.
///
/// The login may be any member of `thidua_app`; the role itself owns nothing and cannot change what was logged.
///
/// # Errors
/// A sentence that says what is wrong with the address.
pub fn connect_options(url: &str) -> Result<PgConnectOptions, String> {
    let options: PgConnectOptions = url.parse().map_err(|error| format!("not a PostgreSQL address: {error}"))?;
    Ok(options.application_name("thidua").options([
        ("role", "thidua_app"),
        ("lock_timeout", "2s"),
        ("statement_timeout", "5s"),
        ("idle_in_transaction_session_timeout", "10s"),
        ("TimeZone", "UTC"),
    ]))
}

/// The pool.
#[derive(Clone, Debug)]
pub struct Pool(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    connect: PgConnectOptions,
    options: PoolOptions,
    slots: Arc<Semaphore>,
    shares: Mutex<HashMap<ThreadId, Arc<Semaphore>>>,
    idle: Mutex<Vec<Resting>>,
    statements: AtomicU64,
}

/// A connection that nobody uses, with the thread that opened it. The runtime of that thread hears first when an answer is
/// there; used by another one, each answer would wake two threads.
#[derive(Debug)]
struct Resting {
    opened_by: ThreadId,
    connection: PgConnection,
}

/// A place among all connections, and in the share of the thread. Nothing but its end matters.
#[derive(Debug)]
struct Slot {
    _share: OwnedSemaphorePermit,
    _among_all: OwnedSemaphorePermit,
}

impl Pool {
    /// A pool that connects when it is first asked.
    #[must_use]
    pub fn new(connect: PgConnectOptions, options: PoolOptions) -> Self {
        let slots = Arc::new(Semaphore::new(options.size));
        let (shares, idle) = (Mutex::default(), Mutex::default());
        Self(Arc::new(Inner { connect, options, slots, shares, idle, statements: AtomicU64::new(0) }))
    }

    /// How many statements were sent through the pool since it was made, BEGIN and COMMIT among them: a round trip each.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.0.statements.load(Ordering::Relaxed)
    }

    /// A connection of one's own, outside the pool: for the sequencer and for migrations.
    ///
    /// # Errors
    /// PostgreSQL cannot be reached.
    pub async fn detached(&self) -> Result<PgConnection, StoreError> {
        connect(&self.0.connect).await
    }

    /// Waits for a slot, then hands out a connection that this thread opened: one that rests, or a new one.
    ///
    /// # Errors
    /// `Busy` when no slot came free in time, `Unavailable` when PostgreSQL cannot be reached.
    pub async fn acquire(&self) -> Result<Conn, StoreError> {
        let me = thread::current().id();
        let slot = self.0.slot(me).await?;
        let idle = self.0.resting(me);
        let rested = idle.is_some();
        let connection = match idle {
            Some(connection) => connection,
            None => connect(&self.0.connect).await?,
        };
        Ok(Conn {
            home: Arc::clone(&self.0),
            opened_by: me,
            connection: Mutex::new(Some(connection)),
            in_transaction: AtomicBool::new(false),
            rested,
            slot: Arc::new(slot),
        })
    }
}

impl Inner {
    async fn slot(&self, thread: ThreadId) -> Result<Slot, StoreError> {
        let share = {
            let mut shares = self.shares.lock().unwrap_or_else(PoisonError::into_inner);
            let size = self.options.size.div_ceil(self.options.workers.max(1));
            Arc::clone(shares.entry(thread).or_insert_with(|| Arc::new(Semaphore::new(size))))
        };
        let all = Arc::clone(&self.slots);
        // Where a slot is free, no timer is set.
        if let Ok(_share) = Arc::clone(&share).try_acquire_owned()
            && let Ok(_among_all) = Arc::clone(&all).try_acquire_owned()
        {
            return Ok(Slot { _share, _among_all });
        }
        let both = async { Ok(Slot { _share: share.acquire_owned().await?, _among_all: all.acquire_owned().await? }) };
        match tokio::time::timeout(self.options.wait, both).await {
            Ok(Ok::<_, AcquireError>(slot)) => Ok(slot),
            Ok(Err(_)) | Err(_) => Err(StoreError::Busy),
        }
    }

    /// A connection of this thread, if one rests. Where none does, others give way to the one that it will open.
    fn resting(&self, thread: ThreadId) -> Option<PgConnection> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = idle.iter().rposition(|resting| resting.opened_by == thread) {
            return Some(idle.swap_remove(own).connection);
        }
        let surplus = idle.len().saturating_sub(self.slots.available_permits());
        idle.drain(..surplus);
        None
    }
}

/// Somewhat longer than PostgreSQL lets a statement of ours run.
const LONGEST_STATEMENT: Duration = Duration::from_secs(6);

async fn connect(options: &PgConnectOptions) -> Result<PgConnection, StoreError> {
    let connecting = PgConnection::connect_with(options);
    match tokio::time::timeout(Duration::from_secs(3), connecting).await {
        Ok(Ok(connection)) => Ok(connection),
        Ok(Err(error)) => Err(StoreError::Unavailable(DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error))))),
        Err(_) => {
            Err(StoreError::Unavailable(DbErr::Conn(RuntimeErr::Internal("connecting took too long".to_owned()))))
        }
    }
}

/// A borrowed connection; SeaORM's entities run on it unchanged.
#[derive(Debug)]
pub struct Conn {
    home: Arc<Inner>,
    opened_by: ThreadId,
    connection: Mutex<Option<PgConnection>>,
    in_transaction: AtomicBool,
    rested: bool,
    slot: Arc<Slot>,
}

/// A connection for the time of one statement. Dropped before the answer is there, it is seen out.
struct InFlight {
    connection: Option<PgConnection>,
    slot: Arc<Slot>,
}

impl InFlight {
    fn get(&mut self) -> Result<&mut PgConnection, DbErr> {
        let missing = || DbErr::Conn(RuntimeErr::Internal("an earlier statement failed".to_owned()));
        self.connection.as_mut().ok_or_else(missing)
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        if let Some(mut connection) = self.connection.take()
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            let slot = Arc::clone(&self.slot);
            runtime.spawn(async move {
                // Whatever comes of it, the connection is closed; an answer only says that its statement has ended.
                let _ = tokio::time::timeout(LONGEST_STATEMENT, connection.ping()).await;
                drop(connection);
                drop(slot);
            });
        }
    }
}

impl Conn {
    // Taken for the time of one statement: a statement that does not end leaves its place empty for good.
    fn take(&self) -> InFlight {
        self.home.statements.fetch_add(1, Ordering::Relaxed);
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner).take();
        InFlight { connection, slot: Arc::clone(&self.slot) }
    }

    fn put_back(&self, mut flight: InFlight) {
        *self.connection.lock().unwrap_or_else(PoisonError::into_inner) = flight.connection.take();
    }

    /// Whether it rested in the pool, where it may have been cut unnoticed: when its very first statement finds no
    /// server, nothing was done, and another connection may be tried.
    pub(crate) const fn rested(&self) -> bool {
        self.rested
    }

    // What cut this connection has cut those that rest as well.
    fn failed(&self, error: sqlx::Error) -> RuntimeErr {
        if is_lost(&error) {
            self.home.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
        }
        RuntimeErr::SqlxError(Arc::new(error))
    }

    /// Begins a transaction; from here on only [`Conn::commit`] brings the connection back to the pool.
    pub(crate) async fn begin(&self, how: &'static str) -> Result<(), DbErr> {
        self.in_transaction.store(true, Ordering::Relaxed);
        self.execute_unprepared(how).await.map(drop)
    }

    pub(crate) async fn commit(&self) -> Result<(), DbErr> {
        self.execute_unprepared("COMMIT").await?;
        self.in_transaction.store(false, Ordering::Relaxed);
        Ok(())
    }

    /// Ends the transaction without a trace, and keeps the connection when that worked.
    pub(crate) async fn roll_back(&self) {
        if self.execute_unprepared("ROLLBACK").await.is_ok() {
            self.in_transaction.store(false, Ordering::Relaxed);
        }
    }
}

impl Drop for Conn {
    fn drop(&mut self) {
        let open = *self.in_transaction.get_mut();
        let connection = self.connection.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(connection) = connection
            && !open
        {
            let resting = Resting { opened_by: self.opened_by, connection };
            self.home.idle.lock().unwrap_or_else(PoisonError::into_inner).push(resting);
        }
    }
}

fn values(statement: &Statement) -> SqlxValues {
    SqlxValues(statement.values.clone().unwrap_or_else(|| sea_orm::sea_query::Values(Vec::new())))
}

#[async_trait]
impl ConnectionTrait for Conn {
    fn get_database_backend(&self) -> DbBackend {
        DbBackend::Postgres
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let mut connection = self.take();
        let query = sqlx::query_with(AssertSqlSafe(statement.sql.as_str()), values(&statement));
        let done: Result<PgQueryResult, _> = connection.get()?.execute(query).await;
        let done = done.map_err(|error| DbErr::Exec(self.failed(error)))?;
        self.put_back(connection);
        Ok(done.into())
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        let mut connection = self.take();
        let done = connection.get()?.execute(AssertSqlSafe(sql.to_owned())).await;
        let done = done.map_err(|error| DbErr::Exec(self.failed(error)))?;
        self.put_back(connection);
        Ok(done.into())
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let mut connection = self.take();
        let query = sqlx::query_with(AssertSqlSafe(statement.sql.as_str()), values(&statement));
        // All rows are read, so that the connection is in step again; one row is what callers ask for.
        let rows = connection.get()?.fetch_all(query).await;
        let rows = rows.map_err(|error| DbErr::Query(self.failed(error)))?;
        self.put_back(connection);
        Ok(rows.into_iter().next().map(Into::into))
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let mut connection = self.take();
        let query = sqlx::query_with(AssertSqlSafe(statement.sql.as_str()), values(&statement));
        let rows = connection.get()?.fetch_all(query).await;
        let rows = rows.map_err(|error| DbErr::Query(self.failed(error)))?;
        self.put_back(connection);
        Ok(rows.into_iter().map(Into::into).collect())
    }
}
