//! Targets (*chỉ tiêu*): of the plan or registered by a unit; a stable identity with measurements hanging from it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    campaign::{Campaign, CampaignId},
    change::{Aggregate, Change, Moment, ObjectType, Root},
    id::Id,
    measure::Measure,
    policy::{Subject, Visibility, Window},
    principal::{Actor, Role},
    registration::RegistrationId,
    text::{Line, Token},
    time::Timestamp,
    unit::UnitId,
};

mod measurement;

pub use measurement::{AppendMeasurement, Current, Measurable, Measurement, MeasurementId};

/// Identifies a target.
pub type TargetId = Id<Target>;

/// Where a target comes from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Origin {
    /// The plan itself sets it.
    Plan,
    /// A unit registered it.
    Registration {
        /// The registration that was accepted last.
        registration: RegistrationId,
    },
}

/// What a target is about: at most one item of the plan of each sort.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Topic {
    /// Task of the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<Token>,
    /// Movement of the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub movement: Option<Token>,
    /// Project of the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<Token>,
}

/// A target in force.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Target {
    /// Identity and version.
    pub root: Root<Self>,
    /// The campaign.
    pub campaign: CampaignId,
    /// The unit that answers for it.
    pub unit: UnitId,
    /// Code, unique within unit and campaign.
    pub code: Token,
    /// What is to be reached, in words.
    pub name: Line,
    /// What it is about.
    pub topic: Topic,
    /// How it is measured.
    pub measure: Measure,
    /// Where it comes from.
    pub origin: Origin,
    /// Its task is restricted: it never appears in public figures.
    pub restricted: bool,
    /// Since when it no longer counts; it is never deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired_at: Option<Timestamp>,
}

impl Target {
    /// The targets that the plan itself sets, as they begin to live when the campaign is launched.
    ///
    /// A target whose owner is not in the directory begins with the coordinating office: nothing of a plan is lost.
    #[must_use]
    pub fn of_plan(campaign: &Campaign, units: &BTreeMap<Token, UnitId>, at: Moment<'_>) -> Vec<Change<Self>> {
        let plan = &campaign.plan;
        plan.plan_targets
            .iter()
            .map(|target| Self {
                root: at.root(),
                campaign: campaign.root.id,
                unit: target
                    .owner
                    .as_ref()
                    .and_then(|code| units.get(code))
                    .copied()
                    .unwrap_or(campaign.coordinating_unit),
                code: target.code.clone(),
                name: target.name.clone(),
                topic: Topic { task: target.task.clone(), ..Topic::default() },
                measure: target.measure.clone(),
                origin: Origin::Plan,
                restricted: target.task.as_ref().is_some_and(|task| plan.is_restricted(task)),
                retired_at: None,
            })
            .map(|target| Change::created(target, "target.created"))
            .collect()
    }
}

impl Aggregate for Target {
    const TYPE: ObjectType = ObjectType::Target;

    fn root(&self) -> &Root<Self> {
        &self.root
    }
    fn root_mut(&mut self) -> &mut Root<Self> {
        &mut self.root
    }
    fn stage_code(&self) -> &'static str {
        if self.retired_at.is_some() { "RETIRED" } else { "ACTIVE" }
    }
    fn campaign(&self) -> Option<CampaignId> {
        Some(self.campaign)
    }
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
    fn visibility(actor: &Actor) -> Visibility {
        Visibility::nothing()
            .and(actor.has_any(Role::OVERSIGHT), Window::default())
            .and(true, Window { units: Some(actor.reads_for()), ..Window::default() })
    }
}

impl Subject for Target {
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
}
