//! Facts of progress.

use std::collections::BTreeMap;

use sea_orm::{
    Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
    sea_query::{Alias, Expr, ExprTrait, Order},
};
use thidua_domain::{
    campaign::CampaignId,
    change::Aggregate,
    id::Id,
    period::{Period, PeriodId},
    progress::Live,
    target::{Current, Measurement, Target, TargetId},
    time::Date,
};
use uuid::Uuid;

use crate::{
    PeriodFilter, Standing, TargetFilter,
    error::StoreError,
    page::Filter,
    shown::{every, visible},
    store::Reader,
    stored::{self, Stored},
};

/// How many days a trend shows at most.
const MOST_DAYS: i64 = 400;

/// Of the latest day up to then the value recorded last: what `current` is made by, for an earlier day.
const EARLIER: &str =
    "(SELECT jsonb_build_object('measurement', m.id, 'asOf', m.as_of, 'value', m.state::jsonb -> 'value')
    FROM measurement m WHERE m.target_id = target.id AND m.as_of <= $1 ORDER BY m.as_of DESC, m.id DESC LIMIT 1)::text";

/// The targets in force that this caller can see, each with where it stands and stood on a day, in the order in which they
/// came into force.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn live_targets(
    reader: &Reader,
    campaign: CampaignId,
    compared_to: Option<Date>,
) -> Result<Vec<Live>, StoreError> {
    let filter = TargetFilter { campaign, units: Vec::new(), tasks: Vec::new(), stages: vec!["ACTIVE"] };
    let seen = filter.condition().add(visible(&Target::visibility(&reader.actor)));
    let standing: Vec<Standing> = every(&reader.db, seen.clone(), None).await?;
    with_earlier(reader, standing, seen, compared_to).await
}

/// These targets, each with where it stands and stood on a day.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn compared(
    reader: &Reader,
    standing: Vec<Standing>,
    compared_to: Option<Date>,
) -> Result<Vec<Live>, StoreError> {
    let ids: Vec<_> = standing.iter().map(|one| one.target.root.id.uuid()).collect();
    let these = Condition::all().add(Expr::col(Alias::new("id")).is_in(ids));
    with_earlier(reader, standing, these, compared_to).await
}

/// The last period that ended before a day, with its last day, if the caller can see one.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn last_period(
    reader: &Reader,
    campaign: CampaignId,
    before: Date,
) -> Result<Option<(PeriodId, Date)>, StoreError> {
    let ends_on = || Expr::cust("(state ->> 'endsOn')::date");
    let all = PeriodFilter { campaign, stages: Vec::new(), named: Vec::new() };
    let seen = all.condition().add(visible(&Period::visibility(&reader.actor))).add(ends_on().lt(before));
    let found: Option<(Uuid, Date)> = <Period as Stored>::Entity::find()
        .filter(seen)
        .order_by(ends_on(), Order::Desc)
        .order_by(Expr::col(Alias::new("id")), Order::Desc)
        .limit(1)
        .select_only()
        .expr_as(Expr::col(Alias::new("id")), "id")
        .expr_as(ends_on(), "ends_on")
        .into_tuple()
        .one(&reader.db)
        .await?;
    Ok(found.map(|(id, day)| (Id::new(id), day)))
}

async fn with_earlier(
    reader: &Reader,
    standing: Vec<Standing>,
    these: Condition,
    compared_to: Option<Date>,
) -> Result<Vec<Live>, StoreError> {
    let mut measured_since = match compared_to {
        Some(day) => earlier(reader, these, day).await?,
        None => BTreeMap::new(),
    };
    let live = |one: Standing| {
        let unchanged = one.current.clone().filter(|current| compared_to.is_some_and(|day| current.as_of <= day));
        let earlier = unchanged.or_else(|| measured_since.remove(&one.target.root.id));
        Live { target: one.target, current: one.current, earlier }
    };
    Ok(standing.into_iter().map(live).collect())
}

/// Where targets stood on a day that were measured for a later one too; one statement, whatever their number.
async fn earlier(reader: &Reader, these: Condition, day: Date) -> Result<BTreeMap<TargetId, Current>, StoreError> {
    let rows: Vec<(Uuid, Option<String>)> = <Target as Stored>::Entity::find()
        .filter(these.add(Expr::col(Alias::new("current_as_of")).gt(day)))
        .select_only()
        .expr_as(Expr::col(Alias::new("id")), "id")
        .expr_as(Expr::cust_with_values(EARLIER, [day]), "earlier")
        .into_tuple()
        .all(&reader.db)
        .await?;
    let known = rows.into_iter().filter_map(|(id, earlier)| earlier.map(|earlier| (id, earlier)));
    known.map(|(id, earlier)| Ok((Id::new(id), stored::decode(Target::TYPE, &earlier)?))).collect()
}

/// A value for each day on which a target was measured, the earliest first; of many days the latest.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn trend(reader: &Reader, target: TargetId) -> Result<Vec<Current>, StoreError> {
    let sql = "SELECT jsonb_build_object('measurement', m.id, 'asOf', m.as_of, 'value', m.state::jsonb -> 'value')::text AS point
               FROM (SELECT DISTINCT ON (as_of) id, as_of, state FROM measurement WHERE target_id = $1
                     ORDER BY as_of DESC, id DESC LIMIT $2) m ORDER BY m.as_of";
    let values = [target.uuid().into(), MOST_DAYS.into()];
    let rows = reader.db.query_all_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?;
    rows.iter().map(|row| stored::decode(Measurement::TYPE, &row.try_get_by::<String, _>("point")?)).collect()
}
