//! The directory, by code.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use thidua_domain::{id::Id, text::Token, unit::UnitId};
use uuid::Uuid;

use crate::{error::StoreError, tx::Tx};

/// The units of the directory that have these codes.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn units_by_code<'a>(
    tx: &Tx,
    codes: impl Iterator<Item = &'a Token>,
) -> Result<BTreeMap<Token, UnitId>, StoreError> {
    let codes: Vec<Token> = codes.cloned().collect();
    let wanted = serde_json::to_string(&codes).map_err(|error| StoreError::State(error.to_string()))?;
    let sql = "SELECT id, code FROM unit WHERE code IN (SELECT jsonb_array_elements_text($1::jsonb))";
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, [wanted.into()]);
    let mut found = BTreeMap::new();
    for row in tx.db().query_all_raw(statement).await? {
        let id: Uuid = row.try_get_by("id")?;
        let code: String = row.try_get_by("code")?;
        if let Some(code) = codes.iter().find(|one| one.as_str() == code) {
            found.insert(code.clone(), Id::new(id));
        }
    }
    Ok(found)
}
