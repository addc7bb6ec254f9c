//! Counting targets by unit and topic.

use sea_orm::{
    Condition, EntityTrait, FromQueryResult, QueryFilter, QuerySelect,
    sea_query::{Alias, Expr, ExprTrait},
};
use thidua_domain::{
    campaign::Campaign,
    change::Aggregate,
    id::Id,
    progress::{Count, Counted, Targets},
    target::{Target, Topic},
    text::Token,
    time::Date,
    unit::Hierarchy,
};
use uuid::Uuid;

use super::with_earlier;
use crate::{
    Standing, TargetFilter,
    error::StoreError,
    page::Filter,
    shown::{every, visible},
    store::Reader,
    stored::Stored,
};

/// The targets in force that this caller can see, as far as may be counted by unit and topic: what the target's row says of
/// every day is enough for it, so that it costs the targets and never their measurements.
///
/// Read one by one are the parts of a target of the plan, what belongs to units of which one succeeds to the other, and
/// targets of which the row does not know the days on which they were reached.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn targets_now(
    reader: &Reader,
    campaign: &Campaign,
    hierarchy: &Hierarchy<'_>,
    compared_to: Option<Date>,
) -> Result<Targets, StoreError> {
    let filter =
        TargetFilter { campaign: campaign.root.id, units: Vec::new(), tasks: Vec::new(), stages: vec!["ACTIVE"] };
    let seen = filter.condition().add(visible(&Target::visibility(&reader.actor)));
    let set_by_plan: Vec<_> = campaign.plan.plan_targets.iter().map(|target| target.code.as_str()).collect();
    let in_succession: Vec<_> = hierarchy.in_succession().into_iter().map(|unit| unit.uuid()).collect();
    // Only what there is, so that each can be looked up by an index of its own.
    let alone = Condition::any()
        .add_option((!set_by_plan.is_empty()).then(|| Expr::col(Alias::new("code")).is_in(set_by_plan)))
        .add_option((!in_succession.is_empty()).then(|| Expr::col(Alias::new("unit_id")).is_in(in_succession)))
        .add(Expr::col(Alias::new("reached_days")).is_null());
    let counted = counted(reader, seen.clone().add(alone.clone().not()), compared_to).await?;
    let these = seen.add(alone);
    let standing: Vec<Standing> = every(&reader.db, these.clone(), None).await?;
    Ok(Targets { live: with_earlier(reader, standing, these, compared_to).await?, counted })
}

async fn counted(reader: &Reader, these: Condition, compared_to: Option<Date>) -> Result<Vec<Counted>, StoreError> {
    // Without a day nothing stood anywhere then, as on a day before all.
    let then = compared_to.map_or_else(|| "-infinity".to_owned(), |day| day.to_string());
    let on_day = |sql: &str| Expr::cust_with_values(format!("count(*) FILTER (WHERE {sql})"), [then.as_str()]);
    let about = ["unit_id", "task_code", "movement_code", "project_code", "restricted"];
    let rows: Vec<CountedRow> = <Target as Stored>::Entity::find()
        .filter(these)
        .select_only()
        .exprs(about.map(|column| Expr::col(Alias::new(column))))
        .expr_as(Expr::cust("count(*)"), "targets")
        .expr_as(Expr::cust("count(current_id)"), "with_value")
        .expr_as(Expr::cust("count(*) FILTER (WHERE reached_days @> 'infinity'::date)"), "reached")
        .expr_as(on_day("measured_from <= $1::date"), "with_value_then")
        .expr_as(on_day("reached_days @> $1::date"), "reached_then")
        .group_by(Expr::cust(about.join(", ")))
        .into_model()
        .all(&reader.db)
        .await?;
    rows.into_iter().map(CountedRow::counted).collect()
}

/// A row of the count.
#[derive(Debug, FromQueryResult)]
struct CountedRow {
    unit_id: Uuid,
    task_code: Option<String>,
    movement_code: Option<String>,
    project_code: Option<String>,
    restricted: bool,
    targets: i64,
    with_value: i64,
    reached: i64,
    with_value_then: i64,
    reached_then: i64,
}

impl CountedRow {
    fn counted(self) -> Result<Counted, StoreError> {
        let code = |text: Option<String>| text.map(|text| token(&text)).transpose();
        let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
        let targets = count(self.targets);
        Ok(Counted {
            unit: Id::new(self.unit_id),
            topic: Topic {
                task: code(self.task_code)?,
                movement: code(self.movement_code)?,
                project: code(self.project_code)?,
            },
            restricted: self.restricted,
            now: Count { targets, with_value: count(self.with_value), reached: count(self.reached) },
            earlier: Count { targets, with_value: count(self.with_value_then), reached: count(self.reached_then) },
        })
    }
}

fn token(text: &str) -> Result<Token, StoreError> {
    Token::parse(text).map_err(|fault| StoreError::State(format!("target: {}", fault.as_code())))
}
