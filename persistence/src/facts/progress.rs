//! Facts of progress.

use thidua_domain::{campaign::CampaignId, change::Aggregate, progress::Live, target::Target};

use crate::{
    Standing, TargetFilter,
    error::StoreError,
    page::Filter,
    shown::{every, visible},
    store::Reader,
};

/// The targets in force that this caller can see, each with where it stands, in the order in which they came into force.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn live_targets(reader: &Reader, campaign: CampaignId) -> Result<Vec<Live>, StoreError> {
    let filter = TargetFilter { campaign, units: Vec::new(), tasks: Vec::new(), stages: vec!["ACTIVE"] };
    let seen = filter.condition().add(visible(&Target::visibility(&reader.actor)));
    let standing: Vec<Standing> = every(&reader.db, seen, None).await?;
    Ok(standing.into_iter().map(|one| Live { target: one.target, current: one.current }).collect())
}
