//! Assessments (*chấm điểm*): the points that a person gives a unit for a criterion which nobody can count.
//!
//! The rubric names the roles that judge. There is one assessment for a criterion and a unit; who judges anew replaces it, and
//! what stood before stays in its versions. Nobody judges a unit where he works or for which he holds a role.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    campaign::CampaignId,
    change::{Aggregate, ObjectType, Root},
    id::Id,
    policy::{Existing, Subject, Visibility, Window},
    principal::{Actor, PersonId, Role},
    rubric::{Basis, Criterion, ScoringRubric, ScoringRubricId},
    text::{Paragraph, Token},
    time::Timestamp,
    unit::UnitId,
};

mod commands;
#[cfg(test)]
mod tests;

pub use commands::{AssessUnit, ReplaceAssessment};

/// Identifies an assessment.
pub type AssessmentId = Id<Assessment>;

/// Who gave the points that count, in which role.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Judge {
    /// Which person.
    pub person: PersonId,
    /// The name, as it was shown then.
    pub name: String,
    /// One of those that the criterion names.
    pub role: Role,
    /// When, by the business clock.
    pub judged_at: Timestamp,
}

/// The points of a unit for a criterion that people judge.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Assessment {
    /// Identity and version.
    pub root: Root<Self>,
    /// The campaign.
    pub campaign: CampaignId,
    /// The rubric.
    pub rubric: ScoringRubricId,
    /// The criterion, as the rubric has it for ever.
    pub criterion: Criterion,
    /// The unit that is judged.
    pub unit: UnitId,
    /// Its points, from none to those of the criterion.
    pub points: Decimal,
    /// Why so many.
    pub reason: Paragraph,
    /// Who gave them.
    pub judge: Judge,
}

impl Aggregate for Assessment {
    const TYPE: ObjectType = ObjectType::Assessment;

    fn root(&self) -> &Root<Self> {
        &self.root
    }
    fn root_mut(&mut self) -> &mut Root<Self> {
        &mut self.root
    }
    fn stage_code(&self) -> &'static str {
        "ACTIVE"
    }
    fn campaign(&self) -> Option<CampaignId> {
        Some(self.campaign)
    }
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
    // A unit reads what it was given and why, and nothing of the others.
    fn visibility(actor: &Actor) -> Visibility {
        Visibility::nothing()
            .and(actor.has_any(Role::OVERSIGHT), Window::default())
            .and(true, Window { units: Some(actor.reads_for()), ..Window::default() })
    }
}

/// A unit before those who judge it by a criterion of a rubric.
#[derive(Clone, Debug)]
pub struct Judging {
    /// The rubric.
    pub rubric: ScoringRubric,
    /// The criterion that is named, by its code.
    pub criterion: Token,
    /// The unit.
    pub unit: UnitId,
}

impl Judging {
    fn criterion(&self) -> Option<&Criterion> {
        self.rubric.terms.criteria.iter().find(|criterion| criterion.code == self.criterion)
    }
}

impl Subject for Judging {
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
    // Where nobody judges by the criterion, it is the rule that says so, to whoever could judge by another.
    fn judged_by(&self, role: Role) -> bool {
        match self.criterion().map(|criterion| &criterion.basis) {
            Some(Basis::Judged { by }) => by.contains(&role),
            Some(
                Basis::TargetsReached | Basis::TargetCompletion { .. } | Basis::ReportsAccepted | Basis::ReportsOnTime,
            )
            | None => self.rubric.judged_by(role),
        }
    }
}

/// An assessment with whether its rubric still counts.
#[derive(Clone, Debug, Deserialize)]
pub struct Assessed {
    /// The assessment.
    pub assessment: Assessment,
    /// Whether the rubric is retired, so that nothing of it changes any more.
    pub retired: bool,
}

impl Subject for Assessed {
    fn unit(&self) -> Option<UnitId> {
        Some(self.assessment.unit)
    }
    fn judged_by(&self, role: Role) -> bool {
        matches!(&self.assessment.criterion.basis, Basis::Judged { by } if by.contains(&role))
    }
}

impl Existing for Assessed {
    fn version(&self) -> i64 {
        self.assessment.root.version
    }
}
