//! STUB
#![allow(missing_docs)]
use crate::{
    campaign::CampaignId,
    change::{Aggregate, ObjectType, Root},
    id::Id,
    policy::Visibility,
    principal::Actor,
    unit::UnitId,
};
use serde::{Deserialize, Serialize};
pub type ConsolidatedReportId = Id<ConsolidatedReport>;
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ConsolidatedReport {
    pub root: Root<Self>,
}
impl Aggregate for ConsolidatedReport {
    const TYPE: ObjectType = ObjectType::ConsolidatedReport;
    fn root(&self) -> &Root<Self> {
        &self.root
    }
    fn root_mut(&mut self) -> &mut Root<Self> {
        &mut self.root
    }
    fn stage_code(&self) -> &'static str {
        "DRAFT"
    }
    fn campaign(&self) -> Option<CampaignId> {
        None
    }
    fn unit(&self) -> Option<UnitId> {
        None
    }
    fn visibility(_: &Actor) -> Visibility {
        Visibility::nothing()
    }
}
