//! The one statement that every use of a connection begins with: it reads the caller with the roles that hold now and
//! sets the scope of row-level security. For a write it also claims the idempotency key and takes the fence.

use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};
use serde::Deserialize;
use thidua_domain::{
    change::{Aggregate, ObjectType},
    id::Id,
    principal::{Actor, Authentication, Mandate, PrincipalKind, Role},
    time::Timestamp,
    unit::UnitId,
};
use uuid::Uuid;

use crate::{connection::Conn, error::StoreError};

/// Who calls, as the token says; verified before it gets here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Identity {
    /// `iss`, exact.
    pub issuer: String,
    /// `sub`, exact.
    pub subject: String,
    /// Whether the token is a machine's; it never matches a person, nor the other way round.
    pub machine: bool,
    /// How the caller proved to be who he is, where the token says it.
    pub authentication: Option<Authentication>,
    /// `iat`; a principal can refuse older tokens. Absent for the built-in callers.
    pub issued_at: Option<Timestamp>,
}

impl Identity {
    /// The built-in caller without a token.
    #[must_use]
    pub fn public() -> Self {
        Self::built_in("public")
    }

    /// The built-in actor of scheduled acts and of set-up; no token maps to it.
    #[must_use]
    pub fn system() -> Self {
        Self::built_in("system")
    }

    fn built_in(subject: &str) -> Self {
        let issuer = BUILT_IN.to_owned();
        Self { issuer, subject: subject.to_owned(), machine: false, authentication: None, issued_at: None }
    }
}

const BUILT_IN: &str = "urn:thidua:builtin";

/// One request to the store.
#[derive(Clone, Debug)]
pub struct Call {
    /// Who calls.
    pub identity: Identity,
    /// The request, for the log.
    pub request_id: String,
}

/// The claim of an idempotency key.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The key, scoped to the principal.
    pub key: String,
    /// SHA-256 over method, path, query and body.
    pub fingerprint: [u8; 32],
}

/// Names the lock of the directory among those of objects.
const DIRECTORY: &str = "directory";

/// The lock that a write takes before it reads what the lock protects.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fence {
    /// None: principals, documents and the names of units have their row locks and unique indexes.
    None,
    /// Shared, for what is entered into the directory: no unit that it names is reorganised meanwhile.
    Directory,
    /// Exclusive over the directory and every campaign, for what changes which units there are and where they stand.
    Reorganisation,
    /// Shared, for what lives under the campaign of this object.
    Under(ObjectType, Uuid),
    /// Exclusive, for the campaign and what is counted over all of it.
    Campaign(ObjectType, Uuid),
}

impl Fence {
    /// Shared, for a change of this object or of something under it.
    #[must_use]
    pub fn under<A: Aggregate>(id: Id<A>) -> Self {
        Self::Under(A::TYPE, id.uuid())
    }

    /// Exclusive, for a change that all of the campaign must wait for.
    #[must_use]
    pub fn campaign<A: Aggregate>(id: Id<A>) -> Self {
        Self::Campaign(A::TYPE, id.uuid())
    }
}

/// What the statement found.
pub(crate) struct Checkout {
    pub(crate) actor: Actor,
    pub(crate) now: Timestamp,
    pub(crate) claim: ClaimState,
}

/// How the key stands.
#[derive(Debug)]
pub(crate) enum ClaimState {
    /// Ours, or none was needed.
    Free,
    /// Used before, with this fingerprint and event.
    Used { fingerprint: Vec<u8>, event_id: Uuid },
    /// Used by a twin that ended while we waited; its record is visible to the next statement only.
    UsedMeanwhile,
}

// Who works for a unit reads what its predecessors left, from the day on which it took their place (in Viet Nam).
// `now` comes first: grants hold by the business clock. An unknown caller overwrites the scope of the one before.
const CALLER: &str = "
    SELECT p.id, p.person_id, p.kind, p.name, p.title, p.unit_id, p.disabled_at, p.not_before, g.held::text AS held, t.now,
           h.heritage::text AS heritage,
           set_config('app.scope', CASE WHEN g.everywhere THEN '*' ELSE coalesce((g.units || h.units)::text, '') END, false)
               AS scope
    FROM (SELECT coalesce($3::timestamptz, clock_timestamp()) AS now) t
    LEFT JOIN principal p ON p.issuer = $1 AND p.subject = $2
    LEFT JOIN LATERAL (
        SELECT bool_or(x.everywhere) AS everywhere, array_agg(x.unit) FILTER (WHERE x.unit IS NOT NULL) AS units,
               jsonb_agg(jsonb_build_array(x.role, x.unit, x.mandate)) AS held
        FROM jsonb_to_recordset(p.grants)
             AS x(role text, unit uuid, mandate jsonb, everywhere boolean, valid_from timestamptz, valid_before timestamptz)
        WHERE x.valid_from <= t.now AND (x.valid_before IS NULL OR x.valid_before > t.now)
    ) g ON p.disabled_at IS NULL
    LEFT JOIN LATERAL (
        SELECT array_agg(y.unit) AS units, jsonb_agg(jsonb_build_array(u.id, y.unit)) AS heritage
        FROM unit u, jsonb_to_recordset(u.heritage) AS y(unit uuid, since date)
        WHERE u.id = ANY (g.units) AND y.since <= timezone(interval '7 hours', t.now)::date
    ) h ON g.units IS NOT NULL";

/// Begins a read.
pub(crate) async fn for_reading(
    conn: &Conn,
    identity: &Identity,
    stands_at: Option<Timestamp>,
) -> Result<Checkout, StoreError> {
    let row = conn.query_one_raw(statement(CALLER.to_owned(), caller_values(identity, stands_at))).await?;
    found(row.as_ref(), identity, ClaimState::Free)
}

/// Begins a write; the connection is inside a transaction already.
pub(crate) async fn for_writing(
    conn: &Conn,
    call: &Call,
    stands_at: Option<Timestamp>,
    claim: Option<&Claim>,
    event_id: Uuid,
    fence: Fence,
) -> Result<Checkout, StoreError> {
    let mut values = caller_values(&call.identity, stands_at);
    values.extend([
        claim.map(|claim| claim.key.clone()).into(),
        claim.map(|claim| claim.fingerprint.to_vec()).into(),
        event_id.into(),
    ]);
    let (kind, object, exclusive) = match fence {
        Fence::None => (None, None, false),
        Fence::Directory => (Some(DIRECTORY), None, false),
        Fence::Reorganisation => (Some(DIRECTORY), None, true),
        Fence::Under(kind, object) => (Some(kind.as_str()), Some(object), false),
        Fence::Campaign(kind, object) => (Some(kind.as_str()), Some(object), true),
    };
    values.extend([kind.into(), object.into(), exclusive.into()]);
    let sql = format!(
        "WITH who AS MATERIALIZED ({CALLER}),
         claimed AS (
             INSERT INTO idempotency (principal_id, key, fingerprint, event_id)
             SELECT who.id, $4::text, $5::bytea, $6::uuid FROM who WHERE who.id IS NOT NULL AND $4::text IS NOT NULL
             ON CONFLICT DO NOTHING RETURNING event_id)
         SELECT who.*, (SELECT event_id FROM claimed) AS claimed, i.fingerprint AS used_fingerprint, i.event_id AS used_event,
                CASE WHEN $7::text = '{DIRECTORY}' THEN take_directory($9)
                     WHEN $7::text IS NOT NULL THEN take_fence($7, $8::uuid, $9) END AS fence
         FROM who LEFT JOIN idempotency i ON i.principal_id = who.id AND i.key = $4::text"
    );
    let row = conn.query_one_raw(statement(sql, values)).await?;
    let state = match &row {
        Some(row) if claim.is_some() => claim_state(row)?,
        Some(_) | None => ClaimState::Free,
    };
    let mut checkout = found(row.as_ref(), &call.identity, state)?;
    if let (ClaimState::UsedMeanwhile, Some(claim)) = (&checkout.claim, claim) {
        checkout.claim = used_meanwhile(conn, checkout.actor.id.uuid(), &claim.key).await?;
    }
    Ok(checkout)
}

fn claim_state(row: &QueryResult) -> Result<ClaimState, StoreError> {
    let claimed: Option<Uuid> = row.try_get_by("claimed")?;
    let used: Option<Uuid> = row.try_get_by("used_event")?;
    Ok(match (claimed, used) {
        (Some(_), _) => ClaimState::Free,
        (None, Some(event_id)) => ClaimState::Used { fingerprint: row.try_get_by("used_fingerprint")?, event_id },
        (None, None) => ClaimState::UsedMeanwhile,
    })
}

async fn used_meanwhile(conn: &Conn, principal: Uuid, key: &str) -> Result<ClaimState, StoreError> {
    let sql = "SELECT fingerprint, event_id FROM idempotency WHERE principal_id = $1 AND key = $2";
    let row = conn.query_one_raw(statement(sql.to_owned(), vec![principal.into(), key.into()])).await?;
    let Some(row) = row else { return Ok(ClaimState::Free) };
    Ok(ClaimState::Used { fingerprint: row.try_get_by("fingerprint")?, event_id: row.try_get_by("event_id")? })
}

fn caller_values(identity: &Identity, stands_at: Option<Timestamp>) -> Vec<Value> {
    vec![identity.issuer.clone().into(), identity.subject.clone().into(), stands_at.map(Timestamp::utc).into()]
}

fn statement(sql: String, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(DbBackend::Postgres, sql, values)
}

#[derive(Deserialize)]
struct Held(Role, Option<UnitId>, Option<Mandate>);

fn found(row: Option<&QueryResult>, identity: &Identity, claim: ClaimState) -> Result<Checkout, StoreError> {
    let row = row.ok_or(StoreError::UnknownPrincipal)?;
    let id: Option<Uuid> = row.try_get_by("id")?;
    let id = id.ok_or(StoreError::UnknownPrincipal)?;
    let disabled: Option<chrono::DateTime<chrono::Utc>> = row.try_get_by("disabled_at")?;
    let not_before: Option<chrono::DateTime<chrono::Utc>> = row.try_get_by("not_before")?;
    let kind: String = row.try_get_by("kind")?;
    let kind = kind_of(&kind)?;
    let kind_fits = match kind {
        PrincipalKind::Person => !identity.machine && identity.issuer != BUILT_IN,
        PrincipalKind::Machine => identity.machine && identity.issuer != BUILT_IN,
        PrincipalKind::BuiltIn => identity.issued_at.is_none(),
    };
    let too_old = not_before.is_some_and(|limit| identity.issued_at.is_some_and(|issued| issued.utc() < limit));
    if disabled.is_some() || too_old || !kind_fits {
        return Err(StoreError::ShutOut);
    }
    let held: Option<String> = row.try_get_by("held")?;
    let held: Vec<Held> = held.map_or(Ok(Vec::new()), |text| {
        serde_json::from_str(&text).map_err(|error| StoreError::State(format!("grants: {error}")))
    })?;
    // Who signs for the chairman holds the same role once more.
    let mut roles = Vec::with_capacity(held.len());
    for Held(role, unit, _) in &held {
        if !roles.contains(&(*role, *unit)) {
            roles.push((*role, *unit));
        }
    }
    let mandates = held.into_iter().filter_map(|Held(role, unit, mandate)| Some((role, unit, mandate?))).collect();
    let heritage: Option<String> = row.try_get_by("heritage")?;
    let heritage = heritage.map_or(Ok(Vec::new()), |text| {
        serde_json::from_str(&text).map_err(|error| StoreError::State(format!("heritage: {error}")))
    })?;
    let now: chrono::DateTime<chrono::Utc> = row.try_get_by("now")?;
    let unit: Option<Uuid> = row.try_get_by("unit_id")?;
    let actor = Actor {
        id: Id::new(id),
        person: Id::new(row.try_get_by("person_id")?),
        kind,
        issuer: identity.issuer.clone(),
        subject: identity.subject.clone(),
        authentication: identity.authentication.clone(),
        name: row.try_get_by("name")?,
        title: row.try_get_by("title")?,
        unit: unit.map(Id::new),
        roles,
        mandates,
        heritage,
    };
    Ok(Checkout { actor, now: Timestamp::new(now), claim })
}

fn kind_of(text: &str) -> Result<PrincipalKind, StoreError> {
    match text {
        "PERSON" => Ok(PrincipalKind::Person),
        "MACHINE" => Ok(PrincipalKind::Machine),
        "BUILT_IN" => Ok(PrincipalKind::BuiltIn),
        other => Err(StoreError::State(format!("kind of principal: {other}"))),
    }
}
