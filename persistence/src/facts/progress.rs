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
    period::{Period, PeriodId, PeriodKind},
    progress::{Course, Live, MOST_DAYS as MOST_DAYS_OF_GROUPS},
    target::{Current, Measurement, Target, TargetId},
    time::{Date, Span, Timestamp},
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

mod counting;

pub use counting::targets_now;

/// How many days the trend of a single target shows at most.
const MOST_DAYS: i64 = 400;

/// Of the latest day up to then the value recorded last: what `current` is made by, for an earlier day.
const EARLIER: &str =
    "(SELECT jsonb_build_object('measurement', m.id, 'asOf', m.as_of, 'value', m.state::jsonb -> 'value')
    FROM measurement m WHERE m.target_id = target.id AND m.as_of <= $1 ORDER BY m.as_of DESC, m.id DESC LIMIT 1)";

/// What a target was before an instant, by its versions: what it asked for then, and whether it was in force.
const AS_IT_WAS: &str =
    "(SELECT v.state::jsonb FROM version v WHERE v.object_type = 'target' AND v.object_id = target.id
      AND (v.state::jsonb #>> '{root,updatedAt}')::timestamptz < $1 ORDER BY v.version DESC LIMIT 1)";

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

/// The targets that were in force at the end of a day that is over and that this caller can see, as they were then, each
/// with where it stood at the end of that day and of the one that it is compared with, by what is recorded by now; one
/// statement, whatever their number.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn live_targets_on(
    reader: &Reader,
    campaign: CampaignId,
    day: Date,
    compared_to: Option<Date>,
) -> Result<Vec<Live>, StoreError> {
    let filter = TargetFilter { campaign, units: Vec::new(), tasks: Vec::new(), stages: Vec::new() };
    let over = Span { first: day, last: day }.ends_before().utc();
    let there = filter.condition().add(Expr::col(Alias::new("created_at")).lt(over));
    let stood = |on: Date| Expr::cust_with_values(format!("{EARLIER}::text"), [on]);
    let rows: Vec<(Option<String>, Option<String>, Option<String>)> = <Target as Stored>::Entity::find()
        .filter(there.add(visible(&Target::visibility(&reader.actor))))
        .order_by_asc(Expr::col(Alias::new("id")))
        .select_only()
        .expr_as(Expr::cust_with_values(format!("{AS_IT_WAS}::text"), [over]), "target")
        .expr_as(stood(day), "current")
        .expr_as(compared_to.map_or_else(|| Expr::cust("NULL::text"), stood), "earlier")
        .into_tuple()
        .all(&reader.db)
        .await?;
    let at = |text: Option<String>| text.map(|text| stored::decode(Target::TYPE, &text)).transpose();
    let mut live = Vec::new();
    for (target, current, earlier) in rows {
        let target: Option<Target> = target.map(|text| stored::decode(Target::TYPE, &text)).transpose()?;
        if let Some(target) = target.filter(|target| target.retired_at.is_none()) {
            live.push(Live { target, current: at(current)?, earlier: at(earlier)? });
        }
    }
    Ok(live)
}

/// Every target of a campaign that this caller can see, with what it was and where it stood at the end of each of these days;
/// one statement. Of a target that was not measured since a day nothing is looked up for it.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn courses(reader: &Reader, campaign: CampaignId, days: &[Date]) -> Result<Vec<Course>, StoreError> {
    let before = "(SELECT jsonb_agg(jsonb_build_array(asked.day, stood.at))
        FROM (SELECT day::date AS day FROM unnest($1::text[]) AS day) asked
        CROSS JOIN LATERAL (
            SELECT jsonb_build_object('measurement', m.id, 'asOf', m.as_of, 'value', m.state::jsonb -> 'value') AS at
            FROM measurement m WHERE m.target_id = target.id AND m.as_of <= asked.day
            ORDER BY m.as_of DESC, m.id DESC LIMIT 1) stood
        WHERE asked.day < target.current_as_of)";
    let json = format!(
        "jsonb_build_object(
            'versions', (SELECT jsonb_agg(v.state::jsonb ORDER BY v.version) FROM version v
                         WHERE v.object_type = 'target' AND v.object_id = target.id),
            'current', CASE WHEN current_id IS NOT NULL THEN
                jsonb_build_object('measurement', current_id, 'asOf', current_as_of, 'value', current_value) END,
            'before', coalesce({before}, '[]'))::text"
    );
    let days: Vec<_> = days.iter().map(ToString::to_string).collect();
    let filter = TargetFilter { campaign, units: Vec::new(), tasks: Vec::new(), stages: Vec::new() };
    let rows: Vec<String> = <Target as Stored>::Entity::find()
        .filter(filter.condition().add(visible(&Target::visibility(&reader.actor))))
        .order_by_asc(Expr::col(Alias::new("id")))
        .select_only()
        .expr_as(Expr::cust_with_values(json, [days]), "course")
        .into_tuple()
        .all(&reader.db)
        .await?;
    rows.iter().map(|row| stored::decode(Target::TYPE, row)).collect()
}

/// The last days of the periods that this caller can see and that have ended by a day, each once, the latest first; not
/// more than a trend shows.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn ends_of_periods(reader: &Reader, campaign: CampaignId, until: Date) -> Result<Vec<Date>, StoreError> {
    let ends_on = || Expr::cust("(state ->> 'endsOn')::date");
    let all = PeriodFilter { campaign, stages: Vec::new(), named: Vec::new() };
    let seen = all.condition().add(visible(&Period::visibility(&reader.actor))).add(ends_on().lte(until));
    let days: Vec<Date> = <Period as Stored>::Entity::find()
        .filter(seen)
        .select_only()
        .expr_as(ends_on(), "ends_on")
        .distinct()
        .order_by(Expr::cust("1"), Order::Desc)
        .limit(u64::try_from(MOST_DAYS_OF_GROUPS).unwrap_or(u64::MAX))
        .into_tuple()
        .all(&reader.db)
        .await?;
    Ok(days)
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

/// The period with which a day is compared, with its last day, if the caller can see one: of the regular ones that are over,
/// closed as announced before the day began, the one that ended last. While a period is still reported on, what is shown is
/// its own figures; of several that ended together it is the one of the shortest rhythm.
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
    let regular: Vec<_> = PeriodKind::REGULAR.iter().map(|kind| kind.as_str().to_owned()).collect();
    let rhythm = Expr::cust_with_values("array_position($1::text[], kind)", [regular.clone()]);
    let begins = Timestamp::start_of(before).utc();
    let over = Expr::cust_with_values("(state ->> 'closesAt')::timestamptz <= $1", [begins]);
    let seen = all.condition().add(visible(&Period::visibility(&reader.actor)));
    let found: Option<(Uuid, Date)> = <Period as Stored>::Entity::find()
        .filter(seen.add(Expr::col(Alias::new("kind")).is_in(regular)).add(ends_on().lt(before)).add(over))
        .order_by(ends_on(), Order::Desc)
        .order_by(rhythm, Order::Asc)
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
        .expr_as(Expr::cust_with_values(format!("{EARLIER}::text"), [day]), "earlier")
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
