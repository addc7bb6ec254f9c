//! The event log: a sequencer that gives every committed event its number, and the checker that proves it whole.
//!
//! Writers never wait for one another here. Each leaves its events in a small queue, in the same statement that writes
//! them; one leader empties the queue in `staged` order. What shares a lock is always in order, since `staged` is drawn
//! while the lock is held; a stalled writer delays only itself.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, Utc};
use sea_orm::{DbErr, RuntimeErr};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, PgConnection, Row};
use thidua_domain::{canonical::canonical, time::Timestamp};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::{connection::Pool, error::StoreError};

mod check;

pub use check::{LogCheck, check_log};

/// How often the queue is looked at without a nudge.
const POLL: Duration = Duration::from_millis(50);
/// How many events a batch numbers at most.
const BATCH: i64 = 500;
/// How long idempotency keys are kept.
const KEYS_KEPT: &str = "48 hours";
/// How many looks lie between two clean-ups of keys, about ten minutes.
const LOOKS_BETWEEN_CLEANUPS: u32 = 12_000;

/// Numbers events; as many may run as there are processes, one of them leads.
#[derive(Clone, Debug)]
pub struct Sequencer {
    pool: Pool,
    nudge: Arc<Notify>,
    lag: Arc<AtomicI64>,
}

impl Sequencer {
    /// A sequencer that is told of commits by `nudge`.
    #[must_use]
    pub fn new(pool: Pool, nudge: Arc<Notify>) -> Self {
        Self { pool, nudge, lag: Arc::default() }
    }

    /// How many events waited for a number at the last look; negative while nobody here knows.
    #[must_use]
    pub fn lag(&self) -> i64 {
        self.lag.load(Ordering::Relaxed)
    }

    /// Runs for ever; after a failure it connects anew.
    pub async fn run(self) {
        loop {
            if let Err(error) = self.lead().await {
                self.lag.store(-1, Ordering::Relaxed);
                tracing::warn!(%error, "sequencer starts again");
            }
            tokio::time::sleep(POLL * 10).await;
        }
    }

    async fn lead(&self) -> Result<(), StoreError> {
        let mut connection = self.pool.detached().await?;
        while !self.leads(&mut connection).await? {
            // Another process numbers; how far it is behind is known here all the same.
            let waiting = check::count(&mut connection, "SELECT count(*) FROM event_queue").await?;
            self.lag.store(waiting, Ordering::Relaxed);
            tokio::time::sleep(POLL * 10).await;
        }
        let mut last: i64 = sqlx::query_scalar("SELECT coalesce(max(seq), 0) FROM log_entry")
            .fetch_one(&mut connection)
            .await
            .map_err(fault)?;
        let mut looks: u32 = 0;
        loop {
            let numbered = number(&mut connection, last).await?;
            last += numbered;
            self.lag.store(numbered, Ordering::Relaxed);
            looks = looks.wrapping_add(1);
            if looks % LOOKS_BETWEEN_CLEANUPS == 1 {
                forget_keys(&mut connection).await?;
            }
            if numbered < BATCH {
                // Either is a reason to look; which one it was does not matter.
                let _ = tokio::time::timeout(POLL, self.nudge.notified()).await;
            }
        }
    }

    async fn leads(&self, connection: &mut PgConnection) -> Result<bool, StoreError> {
        let sql = "SELECT pg_try_advisory_lock(hashtextextended('thidua sequencer', 0))
                   FROM (SELECT set_config('app.scope', '*', false)) scope";
        sqlx::query_scalar(sql).fetch_one(connection).await.map_err(fault)
    }
}

async fn number(connection: &mut PgConnection, last: i64) -> Result<i64, StoreError> {
    let waiting = sqlx::query(
        "SELECT q.event_id, e.entry, e.recorded_at FROM event_queue q JOIN event e ON e.id = q.event_id
         ORDER BY e.staged LIMIT $1",
    )
    .bind(BATCH)
    .fetch_all(&mut *connection)
    .await
    .map_err(fault)?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let (mut numbers, mut events, mut leaves) = (Vec::new(), Vec::new(), Vec::new());
    for (seq, row) in (last + 1..).zip(&waiting) {
        let entry: String = row.try_get("entry").map_err(fault)?;
        let recorded_at: DateTime<Utc> = row.try_get("recorded_at").map_err(fault)?;
        numbers.push(seq);
        events.push(row.try_get::<Uuid, _>("event_id").map_err(fault)?);
        leaves.push(leaf(&sealed(&entry, seq, recorded_at)?));
    }
    sqlx::query(
        "WITH gone AS (DELETE FROM event_queue WHERE event_id = ANY ($2))
         INSERT INTO log_entry (seq, event_id, leaf_hash) SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::bytea[])",
    )
    .bind(numbers)
    .bind(events)
    .bind(leaves)
    .execute(connection)
    .await
    .map_err(fault)?;
    i64::try_from(waiting.len()).map_err(|error| StoreError::State(error.to_string()))
}

async fn forget_keys(connection: &mut PgConnection) -> Result<(), StoreError> {
    let sql = format!("DELETE FROM idempotency WHERE created_at < clock_timestamp() - interval '{KEYS_KEPT}'");
    sqlx::query(AssertSqlSafe(sql)).execute(connection).await.map(drop).map_err(fault)
}

/// The whole entry, as the log hashes it: what the writer wrote, with its number and the real clock.
fn sealed(entry: &str, seq: i64, recorded_at: DateTime<Utc>) -> Result<String, StoreError> {
    let mut entry: serde_json::Value =
        serde_json::from_str(entry).map_err(|error| StoreError::State(format!("entry: {error}")))?;
    if let serde_json::Value::Object(fields) = &mut entry {
        fields.insert("seq".to_owned(), seq.into());
        fields.insert("recordedAt".to_owned(), Timestamp::new(recorded_at).to_string().into());
    }
    Ok(canonical(&entry)?)
}

/// The leaf of RFC 6962: SHA-256 over a zero byte and the entry.
fn leaf(entry: &str) -> Vec<u8> {
    Sha256::new().chain_update([0]).chain_update(entry).finalize().to_vec()
}

fn fault(error: sqlx::Error) -> StoreError {
    StoreError::Fault(DbErr::Query(RuntimeErr::SqlxError(Arc::new(error))))
}
