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
pub type ReportId = Id<Report>;
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Report {
    pub root: Root<Self>,
}
impl Aggregate for Report {
    const TYPE: ObjectType = ObjectType::Report;
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
