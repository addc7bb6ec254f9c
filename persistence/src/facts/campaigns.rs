//! Whether a campaign is there, without its plan.

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use thidua_domain::{
    campaign::{Campaign, CampaignId},
    change::Aggregate,
};

use crate::{error::StoreError, store::Reader};

/// Answers for a list under a campaign, which is absent where its campaign is.
///
/// # Errors
/// `Absent` for a campaign that does not exist or is not for this caller.
pub async fn see_campaign(reader: &Reader, id: CampaignId) -> Result<(), StoreError> {
    let sql = "SELECT stage FROM campaign WHERE id = $1";
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, [id.uuid().into()]);
    let row = reader.db.query_one_raw(statement).await?.ok_or(StoreError::Absent)?;
    let stage: String = row.try_get_by("stage")?;
    if Campaign::visibility(&reader.actor).admits(None, &stage) { Ok(()) } else { Err(StoreError::Absent) }
}
