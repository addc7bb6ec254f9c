//! What freezing, writing and signing a consolidated report must know of the campaign's reports.

use sea_orm::{
    Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryResult, QuerySelect, Statement,
    sea_query::{Alias, Expr},
};
use thidua_domain::{
    campaign::{Campaign, CampaignId},
    change::Aggregate,
    consolidation::{
        Compilation, ConsolidatedKind, ConsolidatedReport, ConsolidatedReportId, CreationFacts, FreezeFacts,
        ReplacementFacts, SigningFacts,
    },
    id::Id,
    period::{Period, PeriodId},
    policy::Addressee,
    report::{Report, Stage, compliance::Filing},
    unit::Unit,
};
use uuid::Uuid;

use super::units::units_by_code;
use crate::{
    ReportFilter,
    connection::Conn,
    error::StoreError,
    page::Filter,
    store::Reader,
    stored::{Stored, decode},
    tx::Tx,
};

/// What a report on these periods is frozen from.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn freezing(tx: &Tx, campaign: CampaignId, periods: &[PeriodId]) -> Result<FreezeFacts, StoreError> {
    let named: Vec<_> = periods.iter().map(|period| period.uuid()).collect();
    let sql = "SELECT 'campaign' AS kind, state::text AS state FROM campaign WHERE id = $1
               UNION ALL
               SELECT 'period', state::text FROM period WHERE campaign_id = $1 AND id = ANY($2)";
    let rows = ask(tx.db(), sql, vec![campaign.uuid().into(), named.into()]).await?;
    let plan = of_kind::<Campaign>(&rows, "campaign")?.pop().ok_or(StoreError::Absent)?.plan;
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
    Ok(FreezeFacts { plan, periods, accepted, filings, units })
}

/// What compiling a report of this kind on these periods must know: whose place it could take, and which office the plan
/// asks for it.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn creation(
    tx: &Tx,
    Compilation { campaign, kind }: &Compilation,
    periods: &[PeriodId],
) -> Result<CreationFacts, StoreError> {
    let sql = format!("SELECT state::text AS state FROM consolidated_report one WHERE {PLACE}");
    let rows = ask(tx.db(), &sql, place(campaign.root.id, *kind, periods)).await?;
    let latest = rows.first().map(read::<ConsolidatedReport>).transpose()?;
    if kind.addressee() == Addressee::City {
        return Ok(CreationFacts { latest, office: None });
    }
    let duty = kind.obligation(&campaign.plan);
    let office = units_by_code(tx, duty.iter().map(|duty| &duty.party)).await?.into_values().next();
    Ok(CreationFacts { latest, office })
}

/// Another report that stands on exactly these periods, where this one must not be the second.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn standing(
    tx: &Tx,
    report: &ConsolidatedReport,
    periods: &[PeriodId],
) -> Result<Option<ConsolidatedReportId>, StoreError> {
    if report.kind.addressee() == Addressee::City {
        return Ok(None);
    }
    let mut values = place(report.campaign, report.kind, periods);
    values.push(report.root.id.uuid().into());
    let sql = format!("SELECT id FROM consolidated_report one WHERE {PLACE} AND id <> $4");
    let rows = ask(tx.db(), &sql, values).await?;
    Ok(rows.first().map(|row| row.try_get_by::<Uuid, _>("id")).transpose()?.map(Id::new))
}

/// The place that one report at a time has: to the city the last of the campaign, to the committee the one of a kind on the
/// very same periods. What a later one replaces or supplements has given its place up.
const PLACE: &str = "campaign_id = $1 AND kind = $2
    AND (cardinality($3::uuid[]) = 0
         OR (SELECT array_agg(frozen.period ORDER BY frozen.period)
             FROM jsonb_to_recordset(state #> '{snapshot,periods}') AS frozen(period uuid))
            = (SELECT array_agg(named ORDER BY named) FROM unnest($3::uuid[]) AS named))
    AND NOT EXISTS (SELECT FROM consolidated_report later
                    WHERE later.replaces_id = one.id OR later.supplements_id = one.id)";

fn place(campaign: CampaignId, kind: ConsolidatedKind, periods: &[PeriodId]) -> Vec<sea_orm::Value> {
    let named: Vec<Uuid> = match kind.addressee() {
        Addressee::City => Vec::new(),
        Addressee::Committee => periods.iter().map(|period| period.uuid()).collect(),
    };
    vec![campaign.uuid().into(), kind.as_str().into(), named.into()]
}

/// The plan that a narrative is about.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn replacement(tx: &Tx, campaign: CampaignId) -> Result<ReplacementFacts, StoreError> {
    let campaign: Campaign = tx.look_up(campaign).await?;
    Ok(ReplacementFacts { plan: campaign.plan })
}

/// The reports that count for the periods of a snapshot, locked in the order of their ids.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn signing(tx: &Tx, report: &ConsolidatedReport) -> Result<SigningFacts, StoreError> {
    Ok(SigningFacts { accepted: tx.every_locked(counting(report)).await? })
}

/// Whether other reports count by now than those that were frozen.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn is_stale(reader: &Reader, report: &ConsolidatedReport) -> Result<bool, StoreError> {
    let id = Expr::col(Alias::new("id"));
    let counting: Vec<Uuid> = <Report as Stored>::Entity::find()
        .filter(counting(report))
        .select_only()
        .expr_as(id, "id")
        .into_tuple()
        .all(&reader.db)
        .await?;
    Ok(report.snapshot.stale(&counting.into_iter().map(Id::new).collect::<Vec<_>>()))
}

/// The reports of the snapshot's periods that are accepted, and whose place nothing has taken.
fn counting(report: &ConsolidatedReport) -> Condition {
    let filter = ReportFilter {
        campaign: report.campaign,
        periods: report.snapshot.periods.iter().map(|frozen| frozen.period).collect(),
        units: Vec::new(),
        stages: Stage::COUNTING.to_vec(),
        late: None,
    };
    filter.condition()
}

pub(super) async fn ask(db: &Conn, sql: &str, values: Vec<sea_orm::Value>) -> Result<Vec<QueryResult>, StoreError> {
    Ok(db.query_all_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?)
}

/// The rows of one kind, out of a statement that reads two.
pub(super) fn of_kind<A: Aggregate>(rows: &[QueryResult], kind: &str) -> Result<Vec<A>, StoreError> {
    let mut found = Vec::new();
    for row in rows {
        if row.try_get_by::<String, _>("kind")? == kind {
            found.push(read(row)?);
        }
    }
    Ok(found)
}

fn read<A: Aggregate>(row: &QueryResult) -> Result<A, StoreError> {
    decode(A::TYPE, &row.try_get_by::<String, _>("state")?)
}
