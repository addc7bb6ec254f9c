//! Facts of imports: what the rows of a table are about, a statement for each kind of thing, whatever their number.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Alias, ExprTrait};
use sea_orm::{Condition, ConnectionTrait, DbBackend, Statement, sea_query::Expr};
use thidua_domain::{
    campaign::CampaignId,
    change::Aggregate,
    id::Id,
    registration::{Registration, Stage},
    target::{Measurable, Measurement, TargetId},
    text::Token,
    time::Date,
    unit::{Unit, UnitId},
};
use uuid::Uuid;

use crate::{
    RegistrationFilter, TargetFilter,
    error::StoreError,
    page::Filter,
    shown::{self, Standing},
    store::Reader,
    stored::decode,
    tx::Tx,
};

/// The targets of a campaign that the caller can see with these codes, locked, by unit and code.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn targets(
    tx: &Tx,
    campaign: CampaignId,
    units: Vec<UnitId>,
    codes: Vec<Token>,
) -> Result<BTreeMap<(UnitId, Token), Measurable>, StoreError> {
    if units.is_empty() {
        return Ok(BTreeMap::new());
    }
    let of_units = TargetFilter { campaign, units, tasks: Vec::new(), stages: Vec::new() }.condition();
    let these = of_units.add(Expr::col(Alias::new("code")).is_in(codes.iter().map(Token::as_str)));
    let found: Vec<Measurable> = tx.every_locked(these).await?;
    let seen = found.into_iter().filter(|one| one.target.visible_to(tx.actor()));
    Ok(seen.map(|one| ((one.target.unit, one.target.code.clone()), one)).collect())
}

/// The measurement recorded last for each target on each of these days.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn measured(
    tx: &Tx,
    wanted: &[(TargetId, Date)],
) -> Result<BTreeMap<(TargetId, Date), Measurement>, StoreError> {
    let sql = "SELECT DISTINCT ON (m.target_id, m.as_of) m.state
               FROM jsonb_to_recordset($1::jsonb) AS w(target uuid, day date)
               JOIN measurement m ON m.target_id = w.target AND m.as_of = w.day
               ORDER BY m.target_id, m.as_of, m.id DESC";
    let wanted: Vec<_> =
        wanted.iter().map(|(target, day)| serde_json::json!({ "target": target, "day": day })).collect();
    let values = [serde_json::Value::Array(wanted).to_string().into()];
    let rows = tx.db().query_all_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?;
    let states = rows.iter().map(|row| decode(Measurement::TYPE, &row.try_get_by::<String, _>("state")?));
    let states: Result<Vec<Measurement>, StoreError> = states.collect();
    Ok(states?.into_iter().map(|one| ((one.target, one.as_of), one)).collect())
}

/// The units that have these codes.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn units(tx: &Tx, codes: Vec<Token>) -> Result<BTreeMap<Token, Unit>, StoreError> {
    let these = Condition::all().add(Expr::col(Alias::new("code")).is_in(codes.iter().map(Token::as_str)));
    let found: Vec<Unit> = tx.every(these).await?;
    Ok(found.into_iter().map(|unit| (unit.code.clone(), unit)).collect())
}

/// The registrations of a unit beside which another one would have to find its place.
#[derive(Debug, Default)]
pub struct StandingRegistrations {
    /// The one with which somebody still has something to do.
    pub open: Option<Registration>,
    /// The one that is accepted, and that nothing has taken the place of.
    pub accepted: Option<Registration>,
}

/// The registrations of these units that are open or accepted, by unit.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn standing_registrations(
    tx: &Tx,
    campaign: CampaignId,
    units: Vec<UnitId>,
) -> Result<BTreeMap<UnitId, StandingRegistrations>, StoreError> {
    if units.is_empty() {
        return Ok(BTreeMap::new());
    }
    let stages = [Stage::OPEN, &["ACCEPTED"]].concat();
    let found: Vec<Registration> = tx.every(RegistrationFilter { campaign, units, stages }.condition()).await?;
    let mut standing: BTreeMap<UnitId, StandingRegistrations> = BTreeMap::new();
    for one in found {
        let of_unit = standing.entry(one.unit).or_default();
        if Stage::OPEN.contains(&one.stage_code()) {
            of_unit.open = Some(one);
        } else {
            of_unit.accepted = Some(one);
        }
    }
    Ok(standing)
}

/// The targets in force that the caller may measure, for a template: those of the units for which he works.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn own_targets(reader: &Reader, campaign: CampaignId) -> Result<Vec<Standing>, StoreError> {
    let units = reader.actor.works_for();
    if units.is_empty() {
        return Ok(Vec::new());
    }
    let filter = TargetFilter { campaign, units, tasks: Vec::new(), stages: vec!["ACTIVE"] };
    shown::every(&reader.db, filter.condition(), None).await
}

/// The units for which the caller works, for a template.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn own_units(reader: &Reader) -> Result<Vec<Unit>, StoreError> {
    let ids: Vec<Uuid> = reader.actor.works_for().into_iter().map(Id::uuid).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    shown::every(&reader.db, Condition::all().add(Expr::col(Alias::new("id")).is_in(ids)), None).await
}
