//! Facts of progress.

use sea_orm::{
    EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Alias, Expr, ExprTrait},
};
use thidua_domain::{
    campaign::CampaignId,
    change::Aggregate,
    id::Id,
    progress::Live,
    target::{Current, Target},
    time::Date,
};
use uuid::Uuid;

use crate::{
    error::StoreError,
    page::{Filter, visible},
    store::Reader,
    stored::{self, Stored},
    TargetFilter,
};

/// The targets in force that this caller can see, each with where it stands, by unit and code.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn live_targets(reader: &Reader, campaign: CampaignId) -> Result<Vec<Live>, StoreError> {
    type Row = (String, Option<Uuid>, Option<Date>, Option<String>);
    let filter = TargetFilter { campaign, units: Vec::new(), tasks: Vec::new(), stages: vec!["ACTIVE"] };
    let text = |column: &str| Expr::col(Alias::new(column)).cast_as(Alias::new("text"));
    let rows: Vec<Row> = <Target as Stored>::Entity::find()
        .filter(filter.condition().add(visible(&Target::visibility(&reader.actor))))
        .order_by_asc(Expr::col(Alias::new("unit_id")))
        .order_by_asc(Expr::col(Alias::new("code")))
        .select_only()
        .expr_as(text("state"), "state")
        .expr_as(Expr::col(Alias::new("current_id")), "current_id")
        .expr_as(Expr::col(Alias::new("current_as_of")), "current_as_of")
        .expr_as(text("current_value"), "current_value")
        .into_tuple()
        .all(&reader.db)
        .await?;
    rows.into_iter()
        .map(|(state, id, as_of, value)| Ok(Live { target: stored::decode(&state)?, current: current(id, as_of, value)? }))
        .collect()
}

/// Where a target stands, as its row tells it.
fn current(id: Option<Uuid>, as_of: Option<Date>, value: Option<String>) -> Result<Option<Current>, StoreError> {
    let (Some(id), Some(as_of), Some(value)) = (id, as_of, value) else { return Ok(None) };
    let value = serde_json::from_str(&value).map_err(|error| StoreError::State(format!("current value: {error}")))?;
    Ok(Some(Current { measurement: Id::new(id), as_of, value }))
}
