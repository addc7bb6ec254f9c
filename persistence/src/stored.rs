//! How an aggregate becomes rows: its own row, its version, its event and the queue, in one statement.

use sea_orm::{ConnectionTrait, DbBackend, EntityName, EntityTrait, Statement};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use thidua_domain::{
    canonical::canonical,
    change::{Aggregate, Change, Consequence, Event, ObjectType},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{connection::Conn, error::StoreError, tx::Tx};

/// An aggregate that has a table.
pub trait Stored: Aggregate {
    /// The table, as SeaORM knows it.
    type Entity: EntityTrait;
    /// The form of the state; a new one gets a new number and a golden file.
    const SCHEMA: i16 = 1;
    /// Whether it lives under a campaign, whose lock must be held before it is read for a change.
    const FENCED: bool = true;
    /// Whether rows are only ever added, and are their own version.
    const APPEND_ONLY: bool = false;
    /// Whether it is as it was made for ever, so that the application has no right to change it.
    const NEVER_CHANGES: bool = false;
    /// The columns beside the common ones, with their SQL types.
    const COLUMNS: &'static [(&'static str, &'static str)];
    /// Those of them that a save never changes, so that the application has no right to.
    const FIXED: &'static [&'static str] = &[];
    /// A further part of the statement, for a projection that is kept with every save.
    const ALSO: &'static str = "";

    /// The values of [`Stored::COLUMNS`], by name.
    fn columns(&self) -> Value;
}

pub(crate) fn table<A: Stored>() -> String {
    A::Entity::default().table_name().to_owned()
}

/// Reads back what a row of this kind holds.
pub(crate) fn decode<T: DeserializeOwned>(kind: ObjectType, state: &str) -> Result<T, StoreError> {
    serde_json::from_str(state).map_err(|error| StoreError::State(format!("{}: {error}", kind.as_str())))
}

/// The canonical entry of the log, but for `seq` and `recordedAt` (`trust.md` §3.2).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    v: u8,
    event_id: Uuid,
    /// Business clock; the real one is `recordedAt`.
    time: Timestamp,
    actor: EntryActor<'a>,
    action: &'a str,
    object: EntryObject<'a>,
    stage: EntryStage<'a>,
    request_id: &'a str,
    /// SHA-256 over salt and state, hexadecimal.
    after_hash: String,
    caused_by: Option<Uuid>,
    reason: Option<&'a str>,
}

#[derive(Serialize)]
struct EntryActor<'a> {
    iss: &'a str,
    sub: &'a str,
    role: &'a str,
    unit: Option<Uuid>,
}

#[derive(Serialize)]
struct EntryObject<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    id: Uuid,
    version: i64,
}

#[derive(Serialize)]
struct EntryStage<'a> {
    from: Option<&'a str>,
    to: &'a str,
}

/// Everything that one unit of work writes.
pub(crate) struct Batch<'a> {
    tx: &'a Tx,
    role: &'static str,
    events: Vec<Value>,
}

impl<'a> Batch<'a> {
    pub(crate) const fn new(tx: &'a Tx, role: &'static str) -> Self {
        Self { tx, role, events: Vec::new() }
    }

    /// Adds the event of a change.
    pub(crate) fn event<A: Stored>(
        &mut self,
        object: &A,
        event: &Event,
        id: Uuid,
        caused_by: Option<Uuid>,
    ) -> Result<(), StoreError> {
        let tx = self.tx;
        let salt = tx.ids.salt();
        let state = canonical(object)?;
        let root = object.root();
        let entry = Entry {
            v: 1,
            event_id: id,
            time: tx.now,
            actor: EntryActor {
                iss: &tx.actor.issuer,
                sub: &tx.actor.subject,
                role: self.role,
                unit: tx.actor.unit.map(thidua_domain::id::Id::uuid),
            },
            action: event.action,
            object: EntryObject { kind: A::TYPE.as_str(), id: root.id.uuid(), version: root.version },
            stage: EntryStage { from: event.from, to: event.to },
            request_id: &tx.request_id,
            after_hash: after_hash(&salt, &state),
            caused_by,
            reason: event.reason.as_ref().map(AsRef::as_ref),
        };
        self.events.push(json!({
            "n": self.events.len(), "id": id, "object_type": A::TYPE.as_str(), "object_id": root.id,
            "object_version": root.version, "action": event.action, "campaign_id": object.campaign(),
            "unit_id": object.unit(), "entry": canonical(&entry)?, "salt": hex(&salt),
        }));
        Ok(())
    }

    /// Writes the rows of a consequence; its events wait for the last statement.
    pub(crate) async fn follow(&mut self, db: &Conn, consequence: Consequence, cause: Uuid) -> Result<(), StoreError> {
        match consequence {
            Consequence::Attachments(changes) => self.rows(db, changes, cause).await,
            Consequence::ConsolidatedReport(change) => self.rows(db, vec![*change], cause).await,
            Consequence::Dispatches(changes) => self.rows(db, changes, cause).await,
            Consequence::Document(change) => self.rows(db, vec![*change], cause).await,
            Consequence::Documents(changes) => self.rows(db, changes, cause).await,
            Consequence::IncomingDocument(change) => self.rows(db, vec![*change], cause).await,
            Consequence::Measurements(changes) => self.rows(db, changes, cause).await,
            Consequence::Periods(changes) => self.rows(db, changes, cause).await,
            Consequence::Registration(change) => self.rows(db, vec![*change], cause).await,
            Consequence::Registrations(changes) => self.rows(db, changes, cause).await,
            Consequence::Reports(changes) => self.rows(db, changes, cause).await,
            Consequence::Targets(changes) => self.rows(db, changes, cause).await,
            Consequence::Units(changes) => self.rows(db, changes, cause).await,
        }
    }

    async fn rows<A: Stored>(&mut self, db: &Conn, changes: Vec<Change<A>>, cause: Uuid) -> Result<(), StoreError> {
        if changes.is_empty() {
            return Ok(());
        }
        let mut rows = Vec::with_capacity(changes.len());
        for change in changes {
            let (object, event, further) = change.into_parts();
            if !further.is_empty() {
                return Err(StoreError::State("a consequence has no consequences of its own".to_owned()));
            }
            let id = self.tx.ids.fresh();
            self.event(&object, &event, id, Some(cause))?;
            rows.push(row(&object, id)?);
        }
        let expected = rows.len();
        let sql = format!("WITH {} SELECT (SELECT count(*) FROM changed) AS changed", parts::<A>());
        run(db, sql, vec![text(rows)], expected).await
    }

    /// Writes the object of the command and, in the same statement, all events and their places in the queue.
    pub(crate) async fn finish<A: Stored>(self, db: &Conn, object: &A) -> Result<(), StoreError> {
        let rows = vec![row(object, self.tx.event_id)?];
        let sql = format!(
            "WITH {parts},
             events AS (
                 INSERT INTO event (id, object_type, object_id, object_version, action, campaign_id, unit_id,
                                    principal_id, entry, salt)
                 SELECT e.id, e.object_type, e.object_id, e.object_version, e.action, e.campaign_id, e.unit_id,
                        $3::uuid, e.entry, decode(e.salt, 'hex')
                 FROM jsonb_to_recordset($2::jsonb) AS e(n integer, id uuid, object_type text, object_id uuid,
                      object_version bigint, action text, campaign_id uuid, unit_id uuid, entry text, salt text)
                 ORDER BY e.n
                 RETURNING id, staged),
             queued AS (INSERT INTO event_queue (event_id, staged) SELECT id, staged FROM events)
             SELECT (SELECT count(*) FROM changed) AS changed",
            parts = parts::<A>()
        );
        let values = vec![text(rows), text(self.events), self.tx.actor.id.uuid().into()];
        run(db, sql, values, 1).await
    }
}

fn text(values: Vec<Value>) -> sea_orm::Value {
    Value::Array(values).to_string().into()
}

fn row<A: Stored>(object: &A, event: Uuid) -> Result<Value, StoreError> {
    let root = object.root();
    let mut row = object.columns();
    let common = json!({
        "id": root.id, "version": root.version, "stage": object.stage_code(), "created_at": root.created_at,
        "updated_at": root.updated_at, "state": canonical(object)?, "event_id": event,
        "in_campaign": object.campaign(), "in_unit": object.unit(),
    });
    if let (Value::Object(row), Value::Object(common)) = (&mut row, common) {
        row.extend(common);
    }
    Ok(row)
}

/// The parts `input`, `changed` and `versions` for one kind of aggregate; `$1` holds its rows.
///
/// A new row is inserted; an existing one is replaced only by the version that follows it.
fn parts<A: Stored>() -> String {
    let table = table::<A>();
    let kind = A::TYPE.as_str();
    let schema = A::SCHEMA;
    let typed: String = A::COLUMNS.iter().map(|(name, sql_type)| format!(", {name} {sql_type}")).collect();
    let names: String = A::COLUMNS.iter().map(|(name, _)| format!(", {name}")).collect();
    let also = A::ALSO;
    let input = format!(
        "input AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS i(id uuid, version bigint, stage text,
             created_at timestamptz, updated_at timestamptz, state text, event_id uuid, in_campaign uuid, in_unit uuid{typed}))"
    );
    if A::APPEND_ONLY {
        return format!(
            "{input},
             changed AS (
                 INSERT INTO {table} AS t (id, version, stage, created_at, updated_at, state, event_id{names})
                 SELECT id, version, stage, created_at, updated_at, state, event_id{names} FROM input RETURNING t.id){also}"
        );
    }
    let replacing = if A::NEVER_CHANGES { String::new() } else { replacing::<A>() };
    format!(
        "{input},
         changed AS (
             INSERT INTO {table} AS t (id, version, stage, created_at, updated_at, state{names})
             SELECT id, version, stage, created_at, updated_at, state::jsonb{names} FROM input ORDER BY id
             {replacing} RETURNING t.id),
         versions AS (
             INSERT INTO version (object_type, object_id, version, event_id, schema, stage, campaign_id, unit_id, state)
             SELECT '{kind}', id, version, event_id, {schema}, stage, in_campaign, in_unit, state FROM input){also}"
    )
}

/// What is there is replaced only by the version that follows it.
fn replacing<A: Stored>() -> String {
    let changed = A::COLUMNS.iter().filter(|(name, _)| !A::FIXED.contains(name));
    let set: String = changed.map(|(name, _)| format!(", {name} = excluded.{name}")).collect();
    format!(
        "ON CONFLICT (id) DO UPDATE SET version = excluded.version, stage = excluded.stage,
             updated_at = excluded.updated_at, state = excluded.state{set}
         WHERE t.version = excluded.version - 1"
    )
}

async fn run(db: &Conn, sql: String, values: Vec<sea_orm::Value>, expected: usize) -> Result<(), StoreError> {
    let row = db.query_one_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?;
    let changed: i64 =
        row.ok_or_else(|| StoreError::State("a save answered nothing".to_owned()))?.try_get_by("changed")?;
    // Rows were locked when they were loaded, so only a fault of ours can leave one out; nothing is committed then.
    if usize::try_from(changed).ok() == Some(expected) {
        Ok(())
    } else {
        Err(StoreError::State(format!("{changed} of {expected} rows saved")))
    }
}

/// SHA-256 over salt and state, hexadecimal.
pub(crate) fn after_hash(salt: &[u8], state: &str) -> String {
    hex(&Sha256::new().chain_update(salt).chain_update(state).finalize())
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// All kinds that have a version, for the checker.
pub(crate) const VERSIONED: &[(ObjectType, &str)] = &[
    (ObjectType::Assessment, "assessment"),
    (ObjectType::Attachment, "attachment"),
    (ObjectType::CalendarDay, "calendar_day"),
    (ObjectType::Campaign, "campaign"),
    (ObjectType::ConsolidatedReport, "consolidated_report"),
    (ObjectType::Dispatch, "dispatch"),
    (ObjectType::Document, "document"),
    (ObjectType::DocumentSeries, "document_series"),
    (ObjectType::Import, "import"),
    (ObjectType::IncomingDocument, "incoming_document"),
    (ObjectType::Period, "period"),
    (ObjectType::PeriodSchedule, "period_schedule"),
    (ObjectType::Principal, "principal"),
    (ObjectType::Registration, "registration"),
    (ObjectType::Reminder, "reminder"),
    (ObjectType::ReminderRule, "reminder_rule"),
    (ObjectType::Report, "report"),
    (ObjectType::ScoringRubric, "scoring_rubric"),
    (ObjectType::Target, "target"),
    (ObjectType::Unit, "unit"),
    (ObjectType::ValidationRule, "validation_rule"),
];
