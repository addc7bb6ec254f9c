//! Callers, beyond the one who calls.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{error::StoreError, tx::Tx};

/// Whether anybody was ever registered as administrator; until the end of this write nobody else can ask.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn has_administrator(tx: &Tx) -> Result<bool, StoreError> {
    let lock = "SELECT pg_advisory_xact_lock(hashtextextended('thidua bootstrap', 0))";
    tx.db().query_one_raw(Statement::from_string(DbBackend::Postgres, lock)).await?;
    let sql = "SELECT EXISTS (SELECT FROM principal WHERE grants @> '[{\"role\": \"ADMIN\"}]') AS found";
    let row = tx.db().query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    row.map_or(Ok(false), |row| Ok(row.try_get_by::<bool, _>("found")?))
}
