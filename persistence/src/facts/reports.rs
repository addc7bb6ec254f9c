//! Facts of reports.

use sea_orm::{
    Condition, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Alias, Expr, ExprTrait},
};
use thidua_domain::{
    campaign::CampaignId,
    change::Aggregate,
    id::Id,
    period::{Period, PeriodId},
    principal::Actor,
    report::{
        CreationFacts, Filed, Report, ReportId, Stage, SubmissionFacts,
        compliance::{Filing, Status},
    },
    time::Timestamp,
    unit::{Unit, UnitId},
};
use uuid::Uuid;

use super::consolidation::{ask, of_kind};
use crate::{
    ReportFilter, connection::Conn, error::StoreError, page::Filter, shown::visible, store::Reader, stored::Stored,
    tx::Tx,
};

/// What is known of a unit that wants to report, and of the files of the report that it means to correct.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn creation(
    tx: &Tx,
    period: &Period,
    unit: UnitId,
    corrects: Option<ReportId>,
) -> Result<CreationFacts, StoreError> {
    let sql = "SELECT 'unit' AS kind, state::text AS state FROM unit WHERE id = $1
               UNION ALL
               SELECT 'attachment', state::text FROM attachment
               WHERE report_id = $2 AND unit_id = $1 AND stage = 'ATTACHED'";
    let rows = ask(tx.db(), sql, vec![unit.uuid().into(), corrects.map(Id::uuid).into()]).await?;
    let known: Vec<Unit> = of_kind(&rows, "unit")?;
    let existed = known.iter().any(|unit| unit.exists_on(period.ends_on));
    let of_unit = ReportFilter {
        campaign: period.campaign,
        periods: vec![period.root.id],
        units: vec![unit],
        stages: [Stage::OPEN, Stage::COUNTING].concat(),
        late: None,
    };
    Ok(CreationFacts::of(existed, tx.every(of_unit.condition()).await?, of_kind(&rows, "attachment")?))
}

/// What is known of the unit's targets, of the measurements that a report names, and of the rules that it must keep.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn submission(tx: &Tx, filed: &Filed) -> Result<SubmissionFacts, StoreError> {
    let report = &filed.report;
    let sql = "SELECT 'target' AS kind, state::text AS state FROM target
               WHERE campaign_id = $1 AND unit_id = $2 AND stage = 'ACTIVE'
               UNION ALL
               SELECT 'unit', state::text FROM unit WHERE id = $2";
    let rows = ask(tx.db(), sql, vec![report.campaign.uuid().into(), report.unit.uuid().into()]).await?;
    let unit: Unit = of_kind(&rows, "unit")?.pop().ok_or(StoreError::Absent)?;
    let named = report.content.target_results.iter().filter_map(|result| result.measurement);
    let named = Expr::col(Alias::new("id")).is_in(named.map(|measurement| measurement.uuid()));
    Ok(SubmissionFacts {
        targets: of_kind(&rows, "target")?,
        measurements: tx.every(Condition::all().add(named)).await?,
        rules: super::rules::of_report(tx, filed).await?,
        unit_existed: unit.exists_on(filed.terms.ends_on),
        unit_type: unit.unit_type,
    })
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
    filings_seen_by(&reader.db, &reader.actor, campaign, periods).await
}

/// The same, on whichever connection.
pub(super) async fn filings_seen_by(
    db: &Conn,
    actor: &Actor,
    campaign: CampaignId,
    periods: Vec<PeriodId>,
) -> Result<Vec<(PeriodId, Filing)>, StoreError> {
    type Row = (Uuid, Uuid, Uuid, String, Option<Uuid>, Option<chrono::DateTime<chrono::Utc>>, Option<bool>);
    let filter = ReportFilter { campaign, periods, units: Vec::new(), stages: Vec::new(), late: None };
    let mut query = <Report as Stored>::Entity::find()
        .filter(filter.condition().add(visible(&Report::visibility(actor))))
        .select_only();
    for column in ["id", "period_id", "unit_id", "stage", "corrects_id", "submitted_at", "late"] {
        query = query.expr_as(Expr::col(Alias::new(column)), column);
    }
    let rows: Vec<Row> = query.into_tuple().all(db).await?;
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
