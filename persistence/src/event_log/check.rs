//! The checker of the log: it holds the log against the events, the versions and the rows, and proves it whole.

use sqlx::{AssertSqlSafe, PgConnection, Row};
use uuid::Uuid;

use super::{fault, leaf, sealed};
use crate::{
    error::StoreError,
    stored::{VERSIONED, after_hash, hex},
};

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
            check.findings.push(format!("{found} rows of {table} that differ from their version"));
        }
        let sql = format!(
            "SELECT count(DISTINCT v.object_id) FROM version v LEFT JOIN {table} t ON t.id = v.object_id
             WHERE v.object_type = '{}' AND (t.id IS NULL OR v.version > t.version)",
            kind.as_str()
        );
        let found = count(connection, &sql).await?;
        if found > 0 {
            check.findings.push(format!("{found} rows of {table} that are gone or behind their versions"));
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
        "SELECT count(*) FROM event_queue q JOIN log_entry l ON l.event_id = q.event_id",
        "events that have a number and wait for one",
    ),
    (
        "SELECT count(*) FROM event e, LATERAL (SELECT e.entry::jsonb AS entry) x
         WHERE x.entry ->> 'eventId' <> e.id::text OR x.entry ->> 'action' <> e.action
            OR x.entry -> 'object' <> jsonb_build_object('type', e.object_type, 'id', e.object_id, 'version', e.object_version)",
        "events whose entry tells of something else",
    ),
    (
        "SELECT count(*) FROM version v JOIN event e ON e.id = v.event_id
         WHERE (v.object_type, v.object_id, v.version) <> (e.object_type, e.object_id, e.object_version)
            OR v.stage <> e.entry::jsonb -> 'stage' ->> 'to'",
        "versions whose event tells of something else",
    ),
    (
        "SELECT count(*) FROM (SELECT e.entry::jsonb -> 'stage' ->> 'from' AS told, lag(v.stage)
             OVER (PARTITION BY v.object_type, v.object_id ORDER BY v.version) AS was
             FROM version v JOIN event e ON e.id = v.event_id) s WHERE told IS DISTINCT FROM was",
        "events that begin at another stage than the one before ended at",
    ),
    (
        "SELECT count(*) FROM principal p WHERE jsonb_strip_nulls(p.grants) <> jsonb_strip_nulls((
             SELECT coalesce(jsonb_agg(jsonb_build_object(
                 'role', x.g -> 'role', 'unit', x.g -> 'unit', 'mandate', x.g -> 'mandate',
                 'valid_from', x.g -> 'validFrom', 'valid_before', x.g -> 'validBefore',
                 'everywhere', p.grants -> (x.n::integer - 1) -> 'everywhere') ORDER BY x.n), '[]'::jsonb)
             FROM jsonb_array_elements(p.state -> 'grants') WITH ORDINALITY AS x(g, n))) AND p.kind <> 'BUILT_IN'",
        "principals whose roles at a checkout are not those of their grants",
    ),
    (
        "SELECT count(*) FROM unit WHERE heritage <> coalesce(state -> 'heritage', '[]')
             OR valid_from::text <> state ->> 'validFrom' OR valid_before::text IS DISTINCT FROM state ->> 'validBefore'",
        "units whose heritage or days at a checkout are not those of their state",
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
    (
        "SELECT count(*) FROM reminder r, jsonb_array_elements(r.state -> 'told') AS one
         WHERE NOT EXISTS (SELECT FROM reminded_unit u WHERE u.reminder_id = r.id AND u.unit_id = (one ->> 'unit')::uuid)",
        "units that a reminder names and that are not kept beside it",
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

pub(super) async fn count(connection: &mut PgConnection, sql: &str) -> Result<i64, StoreError> {
    sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(connection).await.map_err(fault)
}
