//! The directory, by code.

use std::collections::BTreeMap;

use sea_orm::{Condition, ConnectionTrait, DbBackend, QueryResult, Statement};
use thidua_domain::{
    campaign::{Campaign, CampaignId, Plan},
    change::Aggregate,
    id::Id,
    text::{TextFault, Token},
    time::Date,
    unit::{ReorganisationFacts, Unit, UnitEntry, UnitFacts, UnitId, UnitLife},
};
use uuid::Uuid;

use super::consolidation::{ask, of_kind};
use crate::{connection::Conn, error::StoreError, store::Reader, stored::decode, tx::Tx};

/// The units of the directory that have these codes; for one that has ended the only one that stands in its place today.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn units_by_code<'a>(
    tx: &Tx,
    codes: impl Iterator<Item = &'a Token>,
) -> Result<BTreeMap<Token, UnitId>, StoreError> {
    let codes: Vec<Token> = codes.cloned().collect();
    let wanted = serde_json::to_string(&codes).map_err(|error| StoreError::State(error.to_string()))?;
    let sql = "SELECT code, CASE WHEN valid_before IS NULL OR valid_before > $2 THEN id ELSE (
                   SELECT (array_agg(heir.id))[1] FROM unit heir
                   WHERE heir.valid_from <= $2 AND (heir.valid_before IS NULL OR heir.valid_before > $2)
                     AND EXISTS (SELECT FROM jsonb_to_recordset(heir.heritage) AS taken(unit uuid, since date)
                                 WHERE taken.unit = unit.id AND taken.since <= $2)
                   HAVING count(*) = 1) END AS id
               FROM unit WHERE code IN (SELECT jsonb_array_elements_text($1::jsonb))";
    let values = [wanted.into(), tx.now().date().into()];
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
    let mut found = BTreeMap::new();
    for row in tx.db().query_all_raw(statement).await? {
        let id: Option<Uuid> = row.try_get_by("id")?;
        let code: String = row.try_get_by("code")?;
        if let (Some(id), Some(code)) = (id, codes.iter().find(|one| one.as_str() == code)) {
            found.insert(code.clone(), Id::new(id));
        }
    }
    Ok(found)
}

/// Every unit, for a change of where one of them stands; the directory's lock keeps them as they are.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn placing(tx: &Tx) -> Result<UnitFacts, StoreError> {
    Ok(UnitFacts { directory: tx.every(Condition::all()).await? })
}

/// Every unit, locked, with the campaigns that are not given up and their periods whose reports have not fallen due.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn reorganisation(tx: &Tx) -> Result<ReorganisationFacts, StoreError> {
    let sql = "SELECT 'campaign' AS kind, state::text AS state FROM campaign WHERE stage <> 'CANCELLED'
               UNION ALL
               SELECT 'period', state::text FROM period WHERE due_before > $1";
    let rows = ask(tx.db(), sql, vec![tx.now().utc().into()]).await?;
    Ok(ReorganisationFacts {
        directory: tx.every_locked(Condition::all()).await?,
        campaigns: of_kind(&rows, "campaign")?,
        periods: of_kind(&rows, "period")?,
    })
}

/// Whether a unit exists today.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn unit_exists(tx: &Tx, unit: UnitId) -> Result<bool, StoreError> {
    let sql = "SELECT FROM unit WHERE id = $1 AND valid_from <= $2 AND (valid_before IS NULL OR valid_before > $2)";
    Ok(!ask(tx.db(), sql, vec![unit.uuid().into(), tx.now().date().into()]).await?.is_empty())
}

/// The plan of a campaign, and whether a unit exists on a day.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn plan_and_unit(tx: &Tx, campaign: CampaignId, unit: UnitId, day: Date) -> Result<(Plan, bool), StoreError> {
    let sql = "SELECT (c.state -> 'plan')::text AS plan,
                      EXISTS (SELECT FROM unit u WHERE u.id = $2 AND u.valid_from <= $3
                              AND (u.valid_before IS NULL OR u.valid_before > $3)) AS there
               FROM campaign c WHERE c.id = $1";
    let values = vec![campaign.uuid().into(), unit.uuid().into(), day.into()];
    let rows = ask(tx.db(), sql, values).await?;
    let row = rows.first().ok_or(StoreError::Absent)?;
    Ok((decode(Campaign::TYPE, &row.try_get_by::<String, _>("plan")?)?, row.try_get_by("there")?))
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

/// The code of each of these units, and its names and places by date.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn unit_entries(reader: &Reader, units: impl Iterator<Item = UnitId>) -> Result<Vec<UnitEntry>, StoreError> {
    let sql = "SELECT id, code, faces::text AS faces FROM unit
               WHERE id IN (SELECT jsonb_array_elements_text($1::jsonb)::uuid) ORDER BY code";
    ask(&reader.db, sql, vec![wanted(units)?]).await?.iter().map(entry).collect()
}

/// Every unit, with when it exists and in whose place it stands, by code.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn unit_lives(reader: &Reader) -> Result<Vec<UnitLife>, StoreError> {
    lives(&reader.db).await
}

/// The same, on whichever connection.
pub(super) async fn lives(db: &Conn) -> Result<Vec<UnitLife>, StoreError> {
    let sql = "SELECT id, code, faces::text AS faces, heritage::text AS heritage,
                      jsonb_build_object('from', valid_from, 'before', valid_before)::text AS lives
               FROM unit ORDER BY code";
    let life = |row: &QueryResult| {
        Ok(UnitLife {
            entry: entry(row)?,
            lives: decode(Unit::TYPE, &row.try_get_by::<String, _>("lives")?)?,
            heritage: decode(Unit::TYPE, &row.try_get_by::<String, _>("heritage")?)?,
        })
    };
    ask(db, sql, Vec::new()).await?.iter().map(life).collect()
}

fn wanted(units: impl Iterator<Item = UnitId>) -> Result<sea_orm::Value, StoreError> {
    let wanted = serde_json::to_string(&units.collect::<Vec<_>>());
    Ok(wanted.map_err(|error| StoreError::State(error.to_string()))?.into())
}

fn entry(row: &QueryResult) -> Result<UnitEntry, StoreError> {
    let code: String = row.try_get_by("code")?;
    let fault = |fault: TextFault| StoreError::State(format!("unit: {}", fault.as_code()));
    Ok(UnitEntry {
        unit: Id::new(row.try_get_by::<Uuid, _>("id")?),
        code: Token::parse(&code).map_err(fault)?,
        faces: decode(Unit::TYPE, &row.try_get_by::<String, _>("faces")?)?,
    })
}
