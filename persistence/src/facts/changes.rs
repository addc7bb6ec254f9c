//! Facts of what changed within some days: read from the log and from what was measured, never kept beside them.

use std::cmp::Reverse;

use sea_orm::{
    Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect, Statement,
    sea_query::{Alias, Expr, ExprTrait},
};
use serde::Deserialize;
use thidua_domain::{
    campaign::CampaignId,
    change::Aggregate,
    consolidation::{ConsolidatedReport, Stage},
    period::{Period, PeriodId},
    policy::Visibility,
    progress::Live,
    registration::Registration,
    report::Report,
    target::{Current, Target},
    text::Token,
    time::{Span, Timestamp},
    unit::UnitId,
};
use uuid::Uuid;

use crate::{error::StoreError, shown::visible, store::Reader, stored, stored::Stored};

/// The targets in force whose value is another one at the end of the span than at its beginning, by what was recorded until
/// then; by unit and code, with how many there are in all.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn moved_targets(
    reader: &Reader,
    campaign: CampaignId,
    span: Span,
    most: i64,
) -> Result<(i64, Vec<Live>), StoreError> {
    let stood = |before: &str| {
        format!(
            "(SELECT jsonb_build_object('measurement', m.id, 'asOf', m.as_of, 'value', m.state::jsonb -> 'value')
              FROM measurement m WHERE m.target_id = moved.target_id AND m.created_at < {before}
              ORDER BY m.as_of DESC, m.id DESC LIMIT 1)"
        )
    };
    let sql = format!(
        "WITH moved AS (
             SELECT DISTINCT target_id FROM measurement
             WHERE campaign_id = $1 AND created_at >= $2 AND created_at < $3
               AND ($4::uuid[] IS NULL OR unit_id = ANY($4))),
         stood AS (SELECT target_id, {earlier} AS earlier, {current} AS current FROM moved)
         SELECT t.state::text AS target, stood.earlier::text AS earlier, stood.current::text AS current,
                count(*) OVER () AS total
         FROM stood JOIN target t ON t.id = stood.target_id JOIN unit u ON u.id = t.unit_id
         WHERE t.stage = 'ACTIVE' AND stood.earlier -> 'value' IS DISTINCT FROM stood.current -> 'value'
         ORDER BY u.code, t.code LIMIT $5",
        earlier = stood("$2"),
        current = stood("$3"),
    );
    let values = vec![
        campaign.uuid().into(),
        span.starts_at().utc().into(),
        span.ends_before().utc().into(),
        units_seen(&Target::visibility(&reader.actor)).into(),
        most.into(),
    ];
    let rows = reader.db.query_all_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?;
    let total = rows.first().map(|row| row.try_get_by("total")).transpose()?.unwrap_or_default();
    let at = |text: Option<String>| -> Result<Option<Current>, StoreError> {
        text.map(|text| stored::decode(Target::TYPE, &text)).transpose()
    };
    let live = rows.iter().map(|row| {
        Ok(Live {
            target: stored::decode(Target::TYPE, &row.try_get_by::<String, _>("target")?)?,
            current: at(row.try_get_by("current")?)?,
            earlier: at(row.try_get_by("earlier")?)?,
        })
    });
    Ok((total, live.collect::<Result<_, StoreError>>()?))
}

/// The units whose rows are seen in every stage; `None` for all of them.
fn units_seen(visibility: &Visibility) -> Option<Vec<Uuid>> {
    let mut seen = Vec::new();
    for window in visibility.windows() {
        seen.extend(window.units.as_ref()?.iter().map(|unit| unit.uuid()));
    }
    Some(seen)
}

/// That something reached a stage.
#[derive(Clone, Debug)]
pub struct Step {
    /// What.
    pub object: Uuid,
    /// The unit that it belongs to; none for periods.
    pub unit: Option<UnitId>,
    /// The period that it is, or is for.
    pub period: Option<(PeriodId, Token)>,
    /// The stage that it reached, as the wire names it.
    pub stage: String,
    /// When, by the business clock.
    pub at: Timestamp,
    /// Whether the unit was late with it, where that is known.
    pub late: bool,
    /// Which report of the commune itself it is, where it is one.
    pub kind: Option<String>,
}

/// The steps of papers and periods within a span, each kind in itself, the latest first.
#[derive(Clone, Debug)]
pub struct Steps {
    /// Reports that were handed in, accepted or returned.
    pub reports: Vec<Step>,
    /// Registrations that were handed in, accepted or returned.
    pub registrations: Vec<Step>,
    /// Reports of the commune itself that were handed in for review, given back, signed, issued, or went on from there.
    pub consolidated: Vec<Step>,
    /// Periods that were opened, closed or opened again.
    pub periods: Vec<Step>,
}

const JUDGED: &[&str] = &["SUBMITTED", "ACCEPTED", "RETURNED"];
const OPENED: &[&str] = &["OPEN", "CLOSED", "REOPENED"];

/// What of papers and periods happened in the span and this caller can see: both the thing as it is now, and the stage that
/// it reached then.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn steps(reader: &Reader, campaign: CampaignId, span: Span) -> Result<Steps, StoreError> {
    let of_report = "'unit', unit_id, 'period', period_id, 'late', late,
        'periodCode', (SELECT p.code FROM period p WHERE p.id = report.period_id)";
    Ok(Steps {
        reports: happened::<Report>(reader, campaign, span, of_report, JUDGED).await?,
        registrations: happened::<Registration>(reader, campaign, span, "'unit', unit_id", JUDGED).await?,
        consolidated: happened::<ConsolidatedReport>(reader, campaign, span, "'kind', kind", &every_stage()).await?,
        periods: happened::<Period>(reader, campaign, span, "'period', id, 'periodCode', code", OPENED).await?,
    })
}

/// Each step of a report of the commune itself matters to those who follow it.
fn every_stage() -> Vec<&'static str> {
    Stage::edges().iter().map(|(_, _, to)| *to).collect()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    object: Uuid,
    unit: Option<UnitId>,
    period: Option<PeriodId>,
    period_code: Option<Token>,
    late: Option<bool>,
    kind: Option<String>,
    steps: Option<Vec<Reached>>,
}

#[derive(Deserialize)]
struct Reached {
    stage: String,
    at: Timestamp,
}

/// Only what was saved since the span began is looked up in the log, by the index of its events: the business time of an
/// event stands in its entry alone.
async fn happened<A: Stored>(
    reader: &Reader,
    campaign: CampaignId,
    span: Span,
    about: &str,
    stages: &[&str],
) -> Result<Vec<Step>, StoreError> {
    let visibility = A::visibility(&reader.actor);
    let kind = A::TYPE.as_str();
    let sql = format!(
        "jsonb_build_object('object', id, {about}, 'steps', (
             SELECT jsonb_agg(jsonb_build_object('stage', e.said #>> '{{stage,to}}', 'at', e.said -> 'time'))
             FROM (SELECT entry::jsonb AS said FROM event
                   WHERE object_type = '{kind}' AND object_id = {table}.id) e
             WHERE (e.said ->> 'time')::timestamptz >= $1 AND (e.said ->> 'time')::timestamptz < $2
               AND e.said #>> '{{stage,to}}' = ANY($3)
               AND e.said #> '{{stage,from}}' IS DISTINCT FROM e.said #> '{{stage,to}}'))::text",
        table = stored::table::<A>(),
    );
    let (from, before) = (span.starts_at().utc(), span.ends_before().utc());
    let stages: Vec<_> = stages.iter().map(|stage| (*stage).to_owned()).collect();
    let seen = Condition::all()
        .add(Expr::col(Alias::new("campaign_id")).eq(campaign.uuid()))
        .add(Expr::col(Alias::new("updated_at")).gte(from))
        .add(visible(&visibility));
    let rows: Vec<String> = A::Entity::find()
        .filter(seen)
        .select_only()
        .expr_as(Expr::cust_with_values(sql, [sea_orm::Value::from(from), before.into(), stages.into()]), "row")
        .into_tuple()
        .all(&reader.db)
        .await?;
    let mut all = Vec::new();
    for row in rows {
        let Row { object, unit, period, period_code, late, kind, steps } = stored::decode(A::TYPE, &row)?;
        let period = period.zip(period_code);
        let reached = steps.into_iter().flatten().filter(|step| visibility.admits(unit, &step.stage, &[]));
        all.extend(reached.map(|Reached { stage, at }| Step {
            object,
            unit,
            period: period.clone(),
            stage,
            at,
            late: late.unwrap_or(false),
            kind: kind.clone(),
        }));
    }
    all.sort_by_key(|step| Reverse((step.at, step.object)));
    Ok(all)
}
