//! The directory, by code.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use thidua_domain::{
    id::Id,
    text::{Line, TextFault, Token},
    unit::{UnitEntry, UnitId},
};
use uuid::Uuid;

use crate::{error::StoreError, store::Reader, tx::Tx};

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

/// Every unit of the directory, by its code.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn directory(reader: &Reader) -> Result<BTreeMap<Token, UnitId>, StoreError> {
    let sql = Statement::from_string(DbBackend::Postgres, "SELECT id, code FROM unit");
    let code = |code: &str| Token::parse(code).map_err(|fault| StoreError::State(format!("unit: {}", fault.as_code())));
    let rows = reader.db.query_all_raw(sql).await?;
    rows.iter()
        .map(|row| Ok((code(&row.try_get_by::<String, _>("code")?)?, Id::new(row.try_get_by::<Uuid, _>("id")?))))
        .collect()
}

/// The code and the name of each of these units.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn unit_entries(reader: &Reader, units: impl Iterator<Item = UnitId>) -> Result<Vec<UnitEntry>, StoreError> {
    let wanted: Vec<_> = units.collect();
    let wanted = serde_json::to_string(&wanted).map_err(|error| StoreError::State(error.to_string()))?;
    let sql = "SELECT id, code, state ->> 'name' AS name FROM unit
               WHERE id IN (SELECT jsonb_array_elements_text($1::jsonb)::uuid) ORDER BY code";
    let rows =
        reader.db.query_all_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, [wanted.into()])).await?;
    let fault = |fault: TextFault| StoreError::State(format!("unit: {}", fault.as_code()));
    rows.iter()
        .map(|row| {
            let (code, name): (String, String) = (row.try_get_by("code")?, row.try_get_by("name")?);
            Ok(UnitEntry {
                unit: Id::new(row.try_get_by::<Uuid, _>("id")?),
                code: Token::parse(&code).map_err(fault)?,
                name: Line::parse(&name).map_err(fault)?,
            })
        })
        .collect()
}
