//! Facts of reporting periods.

use sea_orm::{Condition, ConnectionTrait, DbBackend, Statement};
use thidua_domain::{
    campaign::CampaignId,
    change::Aggregate,
    id::Id,
    period::{Pattern, Period, PeriodFacts, PeriodId, ScheduleFacts, ScheduledPeriod},
    policy::Visibility,
    text::{TextFault, Token},
};
use uuid::Uuid;

use super::calendar::exceptions;
use crate::{
    PeriodFilter,
    connection::Conn,
    error::StoreError,
    page::Filter,
    shown::{every, visible},
    store::Reader,
    tx::Tx,
};

/// What is known of the campaign's periods and of those who report, when one more is planned.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn planning(tx: &Tx, campaign: CampaignId, code: &Token) -> Result<PeriodFacts, StoreError> {
    let sql = "SELECT EXISTS (SELECT FROM period WHERE campaign_id = $1 AND code = $2) AS taken";
    let values = [campaign.uuid().into(), code.as_str().into()];
    let row = tx.db().query_one_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?;
    let row = row.ok_or_else(|| StoreError::State("the facts of a period have no row".to_owned()))?;
    Ok(PeriodFacts { code_taken: row.try_get_by("taken")?, directory: tx.every(Condition::all()).await? })
}

/// The periods of a campaign that this caller can see, by due date; of those named, or all.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn by_due_date(
    reader: &Reader,
    campaign: CampaignId,
    named: Vec<PeriodId>,
) -> Result<Vec<Period>, StoreError> {
    let filter = PeriodFilter { campaign, stages: Vec::new(), named };
    let seen = filter.condition().add(visible(&Period::visibility(&reader.actor)));
    let mut periods: Vec<Period> = every(&reader.db, seen, None).await?;
    periods.sort_by_key(|period| period.due_before);
    Ok(periods)
}

/// What is known of the directory, of the campaign's periods and of the calendar, when a schedule is carried out.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn scheduling(tx: &Tx, campaign: CampaignId, pattern: &Pattern) -> Result<ScheduleFacts, StoreError> {
    Ok(ScheduleFacts {
        exceptions: exceptions(tx.db(), pattern.starts_on, pattern.horizon()).await?,
        existing: codes(tx.db(), campaign).await?,
        directory: tx.every(Condition::all()).await?,
    })
}

/// The periods of a campaign by their codes, of a caller who sees periods.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn visible_codes(reader: &Reader, campaign: CampaignId) -> Result<Vec<ScheduledPeriod>, StoreError> {
    if Period::visibility(&reader.actor) == Visibility::nothing() {
        return Ok(Vec::new());
    }
    codes(&reader.db, campaign).await
}

async fn codes(db: &Conn, campaign: CampaignId) -> Result<Vec<ScheduledPeriod>, StoreError> {
    let sql = "SELECT id, code FROM period WHERE campaign_id = $1 ORDER BY code";
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, [campaign.uuid().into()]);
    let rows = db.query_all_raw(statement).await?;
    let fault = |fault: TextFault| StoreError::State(format!("period: {}", fault.as_code()));
    rows.iter()
        .map(|row| {
            let code: String = row.try_get_by("code")?;
            let period = Id::new(row.try_get_by::<Uuid, _>("id")?);
            Ok(ScheduledPeriod { period, code: Token::parse(&code).map_err(fault)? })
        })
        .collect()
}
