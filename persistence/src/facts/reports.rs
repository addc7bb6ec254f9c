//! Facts of reports.

use sea_orm::{
    ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect, Statement,
    sea_query::{Alias, Expr},
};
use thidua_domain::{
    campaign::CampaignId,
    change::Aggregate,
    id::Id,
    period::PeriodId,
    report::{
        CreationFacts, Filed, Report, ReportId, SubmissionFacts,
        compliance::{Filing, Status},
    },
    time::Timestamp,
    unit::{Unit, UnitId},
};
use uuid::Uuid;

use crate::{
    ReportFilter,
    connection::Conn,
    error::StoreError,
    page::{Filter, visible},
    store::Reader,
    stored::{self, Stored},
    tx::Tx,
};

/// A report with the terms of its period, if this caller can see it.
///
/// # Errors
/// `Absent` for what does not exist or is not for this caller.
pub async fn filed(reader: &Reader, id: ReportId) -> Result<Filed, StoreError> {
    visible_to(&reader.actor, one(&reader.db, id, "").await?)
}

/// A report with the terms of its period, locked until the end, if this caller can see it.
///
/// # Errors
/// `Absent` for what does not exist or is not for this caller.
pub async fn load_filed(tx: &Tx, id: ReportId) -> Result<Filed, StoreError> {
    tx.check_fence::<Report>()?;
    visible_to(tx.actor(), one(tx.db(), id, " FOR NO KEY UPDATE OF r").await?)
}

fn visible_to(actor: &thidua_domain::principal::Actor, filed: Filed) -> Result<Filed, StoreError> {
    if filed.report.visible_to(actor) { Ok(filed) } else { Err(StoreError::Absent) }
}

// Periods are for fewer callers than reports are, but their terms are part of what a report may still become.
async fn one(db: &Conn, id: ReportId, lock: &str) -> Result<Filed, StoreError> {
    let sql = format!(
        "SELECT r.state::text AS state, (p.state - 'owed')::text AS terms
         FROM report r JOIN period p ON p.id = r.period_id WHERE r.id = $1{lock}"
    );
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, [id.uuid().into()]);
    let row = db.query_one_raw(statement).await?.ok_or(StoreError::Absent)?;
    let terms: String = row.try_get_by("terms")?;
    Ok(Filed {
        report: stored::decode(&row.try_get_by::<String, _>("state")?)?,
        terms: serde_json::from_str(&terms).map_err(|error| StoreError::State(format!("terms: {error}")))?,
    })
}

/// What drafting a report must know of its unit.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn drafting(tx: &Tx, period: PeriodId, unit: UnitId) -> Result<CreationFacts, StoreError> {
    let exists = match tx.look_up::<Unit>(unit).await {
        Ok(unit) => unit.exists_on(tx.now().date()),
        Err(StoreError::Absent) => false,
        Err(error) => return Err(error),
    };
    let sql = "SELECT state::text AS state FROM report
               WHERE period_id = $1 AND unit_id = $2 AND stage <> 'SUPERSEDED' ORDER BY id";
    let reports = states(tx, sql, [period.uuid().into(), unit.uuid().into()]).await?;
    Ok(CreationFacts::of(exists, reports))
}

/// What handing in a report must know of the unit's targets and of the measurements that it names.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn handing_in(tx: &Tx, report: &Report) -> Result<SubmissionFacts, StoreError> {
    let sql = "SELECT state::text AS state FROM target
               WHERE campaign_id = $1 AND unit_id = $2 AND stage = 'ACTIVE' ORDER BY code";
    let targets = states(tx, sql, [report.campaign.uuid().into(), report.unit.uuid().into()]).await?;
    let named: Vec<_> = report.content.target_results.iter().filter_map(|result| result.measurement).collect();
    let named = serde_json::to_string(&named).map_err(|error| StoreError::State(error.to_string()))?;
    let sql = "SELECT state FROM measurement WHERE id IN (SELECT jsonb_array_elements_text($1::jsonb)::uuid)";
    let measurements = states(tx, sql, [named.into()]).await?;
    Ok(SubmissionFacts { targets, measurements })
}

async fn states<A: Stored, const N: usize>(
    tx: &Tx,
    sql: &str,
    values: [sea_orm::Value; N],
) -> Result<Vec<A>, StoreError> {
    let rows = tx.db().query_all_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?;
    rows.iter().map(|row| stored::decode(&row.try_get_by::<String, _>("state")?)).collect()
}

/// Each report of these periods that this caller can see and that still counts, in one line; from columns alone.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn filings(
    reader: &Reader,
    campaign: CampaignId,
    periods: Vec<PeriodId>,
) -> Result<Vec<(PeriodId, Filing)>, StoreError> {
    type Row = (Uuid, Uuid, Uuid, String, Option<Uuid>, Option<chrono::DateTime<chrono::Utc>>, Option<bool>);
    let filter = ReportFilter { campaign, periods, units: Vec::new(), stages: Vec::new(), late: None };
    let mut query = <Report as Stored>::Entity::find()
        .filter(filter.condition().add(visible(&Report::visibility(&reader.actor))))
        .select_only();
    for column in ["id", "period_id", "unit_id", "stage", "corrects_id", "submitted_at", "late"] {
        query = query.expr_as(Expr::col(Alias::new(column)), column);
    }
    let rows: Vec<Row> = query.into_tuple().all(&reader.db).await?;
    let line = |(report, period, unit, stage, corrects, submitted_at, late): Row| {
        let filing = Filing {
            report: Id::new(report),
            unit: Id::new(unit),
            status: Status::of_stage(&stage)?,
            correction: corrects.is_some(),
            first_submitted_at: submitted_at.map(Timestamp::new),
            late: late.unwrap_or(false),
        };
        Some((Id::new(period), filing))
    };
    Ok(rows.into_iter().filter_map(line).collect())
}
