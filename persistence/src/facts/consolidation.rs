//! What freezing, writing and signing the report to the city must know of the campaign's reports.

use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use thidua_domain::{
    campaign::{Campaign, CampaignId},
    change::Aggregate,
    consolidation::{
        ConsolidatedReport, CreationFacts, FreezeFacts, ReplacementFacts, SigningFacts, Snapshot,
    },
    id::Id,
    period::{Period, PeriodId},
    report::{Report, ReportId, compliance::Filing},
    unit::Unit,
};

use crate::{connection::Conn, error::StoreError, store::Reader, stored, tx::Tx};

/// Reports that count: accepted, and nothing has taken their place.
const COUNTS: &str = "stage IN ('ACCEPTED', 'LOCKED')";

/// What a report on these periods is frozen from.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn freeze_facts(tx: &Tx, campaign: CampaignId, periods: &[PeriodId]) -> Result<FreezeFacts, StoreError> {
    let named: Vec<_> = periods.iter().map(|period| period.uuid()).collect();
    let sql = "SELECT 'campaign' AS kind, state::text AS state FROM campaign WHERE id = $1
               UNION ALL
               SELECT 'period', state::text FROM period WHERE campaign_id = $1 AND id = ANY($2)";
    let rows = ask(tx.db(), sql, vec![campaign.uuid().into(), named.into()]).await?;
    let found: Vec<Campaign> = of_kind(&rows, "campaign")?;
    let periods: Vec<Period> = of_kind(&rows, "period")?;

    let owing: Vec<_> = periods.iter().flat_map(|period| &period.owed).map(|owed| owed.unit.uuid()).collect();
    let ours: Vec<_> = periods.iter().map(|period| period.root.id.uuid()).collect();
    let sql = "WITH filed AS (
                   SELECT unit_id, state FROM report WHERE period_id = ANY($1) AND stage <> 'SUPERSEDED')
               SELECT 'report' AS kind, state::text AS state FROM filed
               UNION ALL
               SELECT 'unit', state::text FROM unit WHERE id = ANY($2) OR id IN (SELECT unit_id FROM filed)";
    let rows = ask(tx.db(), sql, vec![ours.into(), owing.into()]).await?;
    let reports: Vec<Report> = of_kind(&rows, "report")?;
    let units: Vec<Unit> = of_kind(&rows, "unit")?;
    let filings = reports.iter().filter_map(|report| Some((report.period, Filing::of(report)?))).collect();
    let accepted = reports.into_iter().filter(|report| report.stage.counts()).collect();
    Ok(FreezeFacts { plan: plan_of(found)?, periods, accepted, filings, units })
}

/// The last report of the campaign: each later one replaces or supplements the one before it.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn creation_facts(tx: &Tx, campaign: CampaignId) -> Result<CreationFacts, StoreError> {
    let sql = "SELECT state::text AS state FROM consolidated_report one
               WHERE campaign_id = $1 AND NOT EXISTS (
                   SELECT FROM consolidated_report later
                   WHERE later.replaces_id = one.id OR later.supplements_id = one.id)";
    let rows = ask(tx.db(), sql, vec![campaign.uuid().into()]).await?;
    let latest = rows.first().map(decode::<ConsolidatedReport>).transpose()?;
    Ok(CreationFacts { latest })
}

/// The plan that a narrative is about.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn replacement_facts(tx: &Tx, campaign: CampaignId) -> Result<ReplacementFacts, StoreError> {
    let sql = "SELECT state::text AS state FROM campaign WHERE id = $1";
    let rows = ask(tx.db(), sql, vec![campaign.uuid().into()]).await?;
    Ok(ReplacementFacts { plan: plan_of(rows.iter().map(decode).collect::<Result<_, _>>()?)? })
}

/// The reports that count for the periods of a snapshot, locked in the order of their ids.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn signing_facts(tx: &Tx, snapshot: &Snapshot) -> Result<SigningFacts, StoreError> {
    let sql = format!(
        "SELECT state::text AS state FROM report WHERE period_id = ANY($1) AND {COUNTS} ORDER BY id FOR NO KEY UPDATE"
    );
    let rows = ask(tx.db(), &sql, vec![periods_of(snapshot)]).await?;
    Ok(SigningFacts { accepted: rows.iter().map(decode).collect::<Result<_, _>>()? })
}

/// Whether other reports count by now than those that were frozen.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn is_stale(reader: &Reader, snapshot: &Snapshot) -> Result<bool, StoreError> {
    let sql = format!("SELECT id FROM report WHERE period_id = ANY($1) AND {COUNTS}");
    let rows = ask(&reader.db, &sql, vec![periods_of(snapshot)]).await?;
    let accepted: Vec<ReportId> =
        rows.iter().map(|row| Ok(Id::new(row.try_get_by("id")?))).collect::<Result<_, StoreError>>()?;
    Ok(snapshot.stale(&accepted))
}

fn periods_of(snapshot: &Snapshot) -> sea_orm::Value {
    let periods: Vec<_> = snapshot.periods.iter().map(|frozen| frozen.period.uuid()).collect();
    periods.into()
}

fn plan_of(found: Vec<Campaign>) -> Result<thidua_domain::campaign::Plan, StoreError> {
    found.into_iter().next().map(|campaign| campaign.plan).ok_or(StoreError::Absent)
}

async fn ask(db: &Conn, sql: &str, values: Vec<sea_orm::Value>) -> Result<Vec<QueryResult>, StoreError> {
    Ok(db.query_all_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?)
}

fn of_kind<A: Aggregate>(rows: &[QueryResult], kind: &str) -> Result<Vec<A>, StoreError> {
    let mut found = Vec::new();
    for row in rows {
        if row.try_get_by::<String, _>("kind")? == kind {
            found.push(decode(row)?);
        }
    }
    Ok(found)
}

fn decode<A: Aggregate>(row: &QueryResult) -> Result<A, StoreError> {
    stored::decode(&row.try_get_by::<String, _>("state")?)
}
