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

use crate::{
    connection::Pool,
    error::StoreError,
    stored::{VERSIONED, after_hash, hex},
};

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
            let waiting = count(&mut connection, "SELECT count(*) FROM event_queue").await?;
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
         ORDER BY q.staged LIMIT $1",
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

/// What the checker found; every list is empty when all is well.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LogCheck {
    /// Entries in the log.
    pub entries: i64,
    /// Events that wait for a number.
    pub waiting: i64,
    /// What is wrong, a sentence each.
    pub findings: Vec<String>,
}

/// Checks the log against the events, the versions and the rows. Takes a connection that sees everything.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn check_log(connection: &mut PgConnection) -> Result<LogCheck, StoreError> {
    sqlx::query("SELECT set_config('app.scope', '*', false)").execute(&mut *connection).await.map_err(fault)?;
    let mut check = LogCheck {
        entries: count(connection, "SELECT count(*) FROM log_entry").await?,
        waiting: count(connection, "SELECT count(*) FROM event_queue").await?,
        findings: Vec::new(),
    };
    for (sql, finding) in COUNTS {
        let found = count(connection, sql).await?;
        if found > 0 {
            check.findings.push(format!("{found} {finding}"));
        }
    }
    for (kind, table) in VERSIONED {
        let sql = format!(
            "SELECT count(*) FROM {table} t LEFT JOIN version v
                 ON v.object_type = '{}' AND v.object_id = t.id AND v.version = t.version
             WHERE t.id NOT IN (SELECT id FROM principal WHERE kind = 'BUILT_IN')
               AND (v.object_id IS NULL OR v.state::jsonb <> t.state OR v.stage <> t.stage)",
            kind.as_str()
        );
        let found = count(connection, &sql).await?;
        if found > 0 {
            check.findings.push(format!("{found} rows of {table} that differ from their last version"));
        }
    }
    hashes(connection, &mut check).await?;
    Ok(check)
}

const COUNTS: &[(&str, &str)] = &[
    (
        "SELECT count(*) FROM (SELECT seq - lag(seq, 1, 0::bigint) OVER (ORDER BY seq) AS step FROM log_entry) s WHERE step <> 1",
        "gaps in the numbers of the log",
    ),
    (
        "SELECT count(*) FROM event e WHERE NOT EXISTS (SELECT FROM log_entry l WHERE l.event_id = e.id)
         AND NOT EXISTS (SELECT FROM event_queue q WHERE q.event_id = e.id)",
        "events with neither a number nor a place in the queue",
    ),
    (
        "SELECT count(*) FROM (SELECT version - lag(version, 1, 0::bigint)
             OVER (PARTITION BY object_type, object_id ORDER BY version) AS step FROM version) s WHERE step <> 1",
        "versions that do not follow their predecessor",
    ),
    (
        "SELECT count(*) FROM (SELECT l.seq < lag(l.seq) OVER (PARTITION BY e.object_type, e.object_id
             ORDER BY e.object_version) AS backwards FROM event e JOIN log_entry l ON l.event_id = e.id) s WHERE backwards",
        "versions of one object that stand in the log in the wrong order",
    ),
    (
        "SELECT count(*) FROM event e JOIN log_entry l ON l.event_id = e.id
         JOIN log_entry c ON c.event_id = (e.entry::jsonb ->> 'causedBy')::uuid WHERE c.seq > l.seq",
        "effects that stand before their cause",
    ),
    ("SELECT count(*) FROM idempotency i WHERE NOT EXISTS (SELECT FROM event e WHERE e.id = i.event_id)", "keys without event"),
];

async fn hashes(connection: &mut PgConnection, check: &mut LogCheck) -> Result<(), StoreError> {
    let rows = sqlx::query(
        "SELECT e.id, e.entry, e.salt, e.recorded_at, l.seq, l.leaf_hash, coalesce(v.state, m.state) AS state
         FROM event e LEFT JOIN log_entry l ON l.event_id = e.id
         LEFT JOIN version v ON v.event_id = e.id LEFT JOIN measurement m ON m.event_id = e.id ORDER BY e.staged",
    )
    .fetch_all(connection)
    .await
    .map_err(fault)?;
    for row in rows {
        let id: Uuid = row.try_get("id").map_err(fault)?;
        let entry: String = row.try_get("entry").map_err(fault)?;
        let salt: Vec<u8> = row.try_get("salt").map_err(fault)?;
        let state: Option<String> = row.try_get("state").map_err(fault)?;
        let Some(state) = state else {
            check.findings.push(format!("event {id} without the state that it tells of"));
            continue;
        };
        if !entry.contains(&format!("\"afterHash\":\"{}\"", after_hash(&salt, &state))) {
            check.findings.push(format!("event {id} with a state that does not match its hash"));
        }
        let seq: Option<i64> = row.try_get("seq").map_err(fault)?;
        let known: Option<Vec<u8>> = row.try_get("leaf_hash").map_err(fault)?;
        if let (Some(seq), Some(known)) = (seq, known) {
            let recorded_at = row.try_get("recorded_at").map_err(fault)?;
            if leaf(&sealed(&entry, seq, recorded_at)?) != known {
                check.findings.push(format!("entry {seq} with hash {} that is not its own", hex(&known)));
            }
        }
    }
    Ok(())
}

async fn count(connection: &mut PgConnection, sql: &str) -> Result<i64, StoreError> {
    sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(connection).await.map_err(fault)
}
