//! What is read of a row: the state of its aggregate, or with it what is kept beside the state.

use sea_orm::{
    Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
    sea_query::{Alias, Expr, ExprTrait, LockType, SimpleExpr},
};
use serde::{Deserialize, de::DeserializeOwned};
use thidua_domain::{
    assessment::{Assessed, Assessment},
    change::Aggregate,
    id::Id,
    policy::{Visibility, Window},
    principal::Actor,
    report::{Filed, Report},
    target::{Current, Measurable, Target},
    time::Date,
};

use crate::{
    connection::Conn,
    error::StoreError,
    stored::{self, Stored},
};

/// What is read of a row, with one statement.
pub trait Shown: DeserializeOwned {
    /// The aggregate whose row it is, and whose visibility holds.
    type Of: Stored;
    /// The JSON that is read, as SQL over the columns of the table.
    const JSON: &'static str;

    /// The aggregate itself.
    fn object(&self) -> &Self::Of;

    /// Whether this caller may know of it: by its own unit and stage, unless it is seen where something else is.
    fn seen_by(&self, actor: &Actor) -> bool {
        self.object().visible_to(actor)
    }

    /// The same as a condition on the rows of its table.
    fn seen(actor: &Actor) -> Condition {
        visible(&Self::Of::visibility(actor))
    }
}

impl<A: Stored> Shown for A {
    type Of = A;
    const JSON: &'static str = "state";

    fn object(&self) -> &A {
        self
    }
}

/// A target with where it stands, and with what measuring must know of its campaign.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Standing {
    /// The target.
    pub target: Target,
    /// The first day of its campaign, while that is running.
    pub started_on: Option<Date>,
    /// Where it stands; absent while nothing was measured.
    pub current: Option<Current>,
}

impl Standing {
    /// The target as the subject of measuring, as far as it is flagged: on which days its unit exists is not asked.
    #[must_use]
    pub fn measurable(self) -> Measurable {
        Measurable { target: self.target, started_on: self.started_on, unit_lives: None }
    }
}

impl Shown for Standing {
    type Of = Target;
    // Of the campaign only a day is read: it never changes under the fence, and its plan is long.
    const JSON: &'static str = "jsonb_build_object(
        'target', state,
        'startedOn', (SELECT c.started_on FROM campaign c WHERE c.id = target.campaign_id AND c.stage = 'RUNNING'),
        'current', CASE WHEN current_id IS NOT NULL THEN
            jsonb_build_object('measurement', current_id, 'asOf', current_as_of, 'value', current_value) END)";

    fn object(&self) -> &Target {
        &self.target
    }
}

impl Shown for Measurable {
    type Of = Target;
    const JSON: &'static str = "jsonb_build_object(
        'target', state,
        'startedOn', (SELECT c.started_on FROM campaign c WHERE c.id = target.campaign_id AND c.stage = 'RUNNING'),
        'unitLives', (SELECT jsonb_build_object('from', u.valid_from, 'before', u.valid_before)
                      FROM unit u WHERE u.id = target.unit_id))";

    fn object(&self) -> &Target {
        &self.target
    }
}

impl Shown for Assessed {
    type Of = Assessment;
    const JSON: &'static str = "jsonb_build_object(
        'assessment', state,
        'retired', (SELECT r.stage = 'RETIRED' FROM scoring_rubric r WHERE r.id = assessment.rubric_id))";

    fn object(&self) -> &Assessment {
        &self.assessment
    }
}

impl Shown for Filed {
    type Of = Report;
    // Periods are for fewer callers than reports are, but their terms are part of what a report may still become. Who else
    // owes a report is not.
    const JSON: &'static str = "jsonb_build_object(
        'report', state, 'terms', (SELECT p.state - 'owed' FROM period p WHERE p.id = report.period_id))";

    fn object(&self) -> &Report {
        &self.report
    }
}

/// The column to select: the JSON as text.
pub(crate) fn json<S: Shown>() -> SimpleExpr {
    Expr::cust(format!("({})::text", S::JSON))
}

/// One row, if this caller can see it; `lock` ends the statement.
pub(crate) async fn one<S: Shown>(db: &Conn, actor: &Actor, id: Id<S::Of>, lock: &str) -> Result<S, StoreError> {
    let sql = format!("SELECT ({})::text AS state FROM {} WHERE id = $1 {lock}", S::JSON, stored::table::<S::Of>());
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, [id.uuid().into()]);
    let row = db.query_one_raw(statement).await?.ok_or(StoreError::Absent)?;
    let shown: S = stored::decode(S::Of::TYPE, &row.try_get_by::<String, _>("state")?)?;
    if shown.seen_by(actor) { Ok(shown) } else { Err(StoreError::Absent) }
}

/// Every row that a condition lets through, in the order of the ids, in which they are also locked.
pub(crate) async fn every<S: Shown>(
    db: &Conn,
    condition: Condition,
    lock: Option<LockType>,
) -> Result<Vec<S>, StoreError> {
    let mut query = <S::Of as Stored>::Entity::find()
        .filter(condition)
        .order_by_asc(Expr::col(Alias::new("id")))
        .select_only()
        .expr_as(json::<S>(), "state");
    if let Some(lock) = lock {
        query = query.lock(lock);
    }
    let rows: Vec<String> = query.into_tuple().all(db).await?;
    rows.iter().map(|state| stored::decode(S::Of::TYPE, state)).collect()
}

/// Whether there is such an object for this caller.
pub(crate) async fn exists<A: Stored>(db: &Conn, actor: &Actor, id: Id<A>) -> Result<bool, StoreError> {
    let seen = Condition::all().add(Expr::col(Alias::new("id")).eq(id.uuid())).add(visible(&A::visibility(actor)));
    let found: Option<i32> =
        A::Entity::find().filter(seen).select_only().expr_as(Expr::val(1), "found").into_tuple().one(db).await?;
    Ok(found.is_some())
}

/// What a caller may know of, as a condition on `unit_id`, `stage` and `shown_to`.
pub(crate) fn visible(visibility: &Visibility) -> Condition {
    visibility.windows().iter().fold(Condition::any().add(Expr::val(false)), |any, window| any.add(through(window)))
}

fn through(window: &Window) -> Condition {
    let mut all = Condition::all();
    if let Some(units) = &window.units {
        all = all.add(Expr::col(Alias::new("unit_id")).is_in(units.iter().map(|unit| unit.uuid())));
    }
    if let Some(stages) = window.stages {
        all = all.add(Expr::col(Alias::new("stage")).is_in(stages.iter().copied()));
    }
    if let Some(units) = &window.shown_to {
        let units: Vec<_> = units.iter().map(ToString::to_string).collect();
        let units = sea_orm::Value::from(format!("{{{}}}", units.join(",")));
        all = all.add(Expr::cust_with_values("shown_to && $1::text::uuid[]", [units]));
    }
    all
}
