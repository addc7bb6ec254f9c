//! Facts of reporting periods.

use sea_orm::{
    ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
    sea_query::{Alias, Expr, ExprTrait},
};
use thidua_domain::{
    campaign::CampaignId,
    change::Aggregate,
    period::{Period, PeriodFacts, PeriodId},
    text::Token,
};

use crate::{
    PeriodFilter,
    error::StoreError,
    page::{Filter, visible},
    store::Reader,
    stored::{self, Stored},
    tx::Tx,
};

/// What planning a period must know of the campaign's periods and of the directory.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn planning(tx: &Tx, campaign: CampaignId, code: &Token) -> Result<PeriodFacts, StoreError> {
    let sql = "SELECT count(*) AS taken FROM period WHERE campaign_id = $1 AND code = $2";
    let values = [campaign.uuid().into(), code.as_str().into()];
    let row = tx.db().query_one_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?;
    let taken: i64 = row.map_or(Ok(0), |row| row.try_get_by("taken"))?;
    let all = Statement::from_string(DbBackend::Postgres, "SELECT state::text AS state FROM unit");
    let units = tx.db().query_all_raw(all).await?;
    let directory =
        units.iter().map(|row| stored::decode(&row.try_get_by::<String, _>("state")?)).collect::<Result<_, _>>()?;
    Ok(PeriodFacts { code_taken: taken > 0, directory })
}

/// The periods of a campaign that this caller can see, by due date; of those named, or all.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn by_due_date(
    reader: &Reader,
    campaign: CampaignId,
    named: Vec<PeriodId>,
) -> Result<Vec<Period>, StoreError> {
    let filter = PeriodFilter { campaign, stages: Vec::new(), named };
    let states: Vec<String> = <Period as Stored>::Entity::find()
        .filter(filter.condition().add(visible(&Period::visibility(&reader.actor))))
        .order_by_asc(Expr::col(Alias::new("due_before")))
        .order_by_asc(Expr::col(Alias::new("id")))
        .select_only()
        .expr_as(Expr::col(Alias::new("state")).cast_as(Alias::new("text")), "state")
        .into_tuple()
        .all(&reader.db)
        .await?;
    states.iter().map(|state| stored::decode(state)).collect()
}
