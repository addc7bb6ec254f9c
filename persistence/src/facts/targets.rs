//! Facts of targets.

use sea_orm::Condition;
use thidua_domain::{campaign::CampaignId, unit::UnitId};

use crate::{TargetFilter, page::Filter};

/// Every target that a unit has or had in a campaign, whatever its stage and origin.
pub(crate) fn of_unit(campaign: CampaignId, unit: UnitId) -> Condition {
    TargetFilter { campaign, units: vec![unit], tasks: Vec::new(), stages: Vec::new() }.condition()
}
