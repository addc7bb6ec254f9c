//! Facts of registrations.

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use thidua_domain::{
    campaign::{Campaign, CampaignId, Plan},
    change::Aggregate,
    id::Id,
    registration::{AcceptanceFacts, CreationFacts, Registration, RegistrationFacts, Stage},
    unit::{Unit, UnitId},
};
use uuid::Uuid;

use super::targets::of_unit;
use crate::{error::StoreError, stored::decode, tx::Tx};

/// What is known of a unit that wants to register.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn creation(tx: &Tx, campaign: CampaignId, unit: UnitId) -> Result<CreationFacts, StoreError> {
    let sql = "
        SELECT (SELECT u.state::text FROM unit u WHERE u.id = $2) AS unit,
               (SELECT r.id FROM registration r
                WHERE r.campaign_id = $1 AND r.unit_id = $2 AND r.stage = 'ACCEPTED') AS accepted,
               EXISTS (SELECT FROM registration r WHERE r.campaign_id = $1 AND r.unit_id = $2
                       AND r.stage IN (SELECT jsonb_array_elements_text($3::jsonb))) AS open";
    let open = serde_json::to_string(Stage::OPEN).map_err(|error| StoreError::State(error.to_string()))?;
    let values = [campaign.uuid().into(), unit.uuid().into(), open.into()];
    let row = tx.db().query_one_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?;
    let row = row.ok_or_else(|| StoreError::State("the facts of a unit have no row".to_owned()))?;
    let known: Option<String> = row.try_get_by("unit")?;
    let known: Option<Unit> = known.map(|state| decode(Unit::TYPE, &state)).transpose()?;
    let accepted: Option<Uuid> = row.try_get_by("accepted")?;
    Ok(CreationFacts {
        unit_exists_today: known.is_some_and(|unit| unit.exists_on(tx.now().date())),
        accepted: accepted.map(Id::new),
        open: row.try_get_by("open")?,
        targets: tx.every(of_unit(campaign, unit)).await?,
    })
}

/// What is known of the plan and the targets that a registration is about.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn content(tx: &Tx, registration: &Registration) -> Result<RegistrationFacts, StoreError> {
    let (plan, unit_exists_today) =
        super::units::plan_and_unit(tx, registration.campaign, registration.unit, tx.now().date()).await?;
    let targets = tx.every(of_unit(registration.campaign, registration.unit)).await?;
    Ok(RegistrationFacts { plan, targets, unit_exists_today })
}

/// What accepting changes beside the registration itself, locked, and the plan by which it does.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn acceptance(tx: &Tx, registration: &Registration) -> Result<AcceptanceFacts, StoreError> {
    let (campaign, unit) = (registration.campaign, registration.unit);
    let sql = "
        WITH accepted AS MATERIALIZED (
            SELECT state FROM registration
            WHERE campaign_id = $1 AND unit_id = $2 AND stage = 'ACCEPTED' FOR NO KEY UPDATE)
        SELECT (c.state -> 'plan')::text AS plan, (SELECT a.state::text FROM accepted a) AS accepted,
               EXISTS (SELECT FROM unit u WHERE u.id = $2 AND u.valid_from <= $3
                       AND (u.valid_before IS NULL OR u.valid_before > $3)) AS there
        FROM campaign c WHERE c.id = $1";
    let values = [campaign.uuid().into(), unit.uuid().into(), tx.now().date().into()];
    let row = tx.db().query_one_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?;
    let row = row.ok_or(StoreError::Absent)?;
    let plan: Plan = decode(Campaign::TYPE, &row.try_get_by::<String, _>("plan")?)?;
    let accepted: Option<String> = row.try_get_by("accepted")?;
    Ok(AcceptanceFacts {
        plan,
        accepted: accepted.map(|state| decode(Registration::TYPE, &state)).transpose()?,
        targets: tx.every_locked(of_unit(campaign, unit)).await?,
        unit_exists_today: row.try_get_by("there")?,
    })
}
