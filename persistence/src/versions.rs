//! What was: the states that events wrote, version by version.

use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use thidua_domain::change::ObjectType;
use uuid::Uuid;

use crate::{
    connection::Conn,
    error::StoreError,
    stored::{Stored, decode, table},
};

/// The state that an event wrote.
pub(crate) async fn at_event<A: Stored>(db: &Conn, event: Uuid) -> Result<A, StoreError> {
    let from = if A::APPEND_ONLY { table::<A>() } else { "version".to_owned() };
    let sql = format!("SELECT state FROM {from} WHERE event_id = $1");
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, [event.into()]);
    let row = db.query_one_raw(statement).await?.ok_or(StoreError::Absent)?;
    decode(A::TYPE, &row.try_get_by::<String, _>("state")?)
}

/// The event that wrote a version.
pub(crate) async fn event_of(db: &Conn, kind: ObjectType, id: Uuid, version: i64) -> Result<Uuid, StoreError> {
    Ok(row(db, kind, id, version).await?.try_get_by("event_id")?)
}

/// The state of a version.
pub(crate) async fn at_version<A: Stored>(db: &Conn, id: Uuid, version: i64) -> Result<A, StoreError> {
    decode(A::TYPE, &row(db, A::TYPE, id, version).await?.try_get_by::<String, _>("state")?)
}

async fn row(db: &Conn, kind: ObjectType, id: Uuid, version: i64) -> Result<QueryResult, StoreError> {
    let sql = "SELECT event_id, state FROM version WHERE object_type = $1 AND object_id = $2 AND version = $3";
    let values = [kind.as_str().into(), id.into(), version.into()];
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
    db.query_one_raw(statement).await?.ok_or(StoreError::Absent)
}
