//! What can be done to an assessment, one small struct a command.

use rust_decimal::Decimal;

use super::{Assessed, Assessment, Judge, Judging};
use crate::{
    change::{Change, Moment},
    policy::{Action, Command, Permitted, Subject, may_on_one},
    principal::{Actor, Role},
    refusal::{Code, Fault, Refusal},
    rubric::{Basis, Criterion, ScoringRubric},
    text::Paragraph,
    unit::UnitId,
};

/// Gives a unit its points for a criterion that people judge.
#[derive(Clone, Debug)]
pub struct AssessUnit {
    /// The points.
    pub points: Decimal,
    /// Why so many.
    pub reason: Paragraph,
    /// Whether the unit exists today.
    pub unit_there: bool,
}

impl Command<Judging> for AssessUnit {
    const ACTION: Action = Action::AssessUnit;
    type Of = Assessment;

    fn ready(on: &Judging) -> Result<(), Code> {
        on.rubric.must_count()
    }

    /// A unique index sees to it that there is one for a criterion and a unit.
    fn apply(self, on: Permitted<Self, Judging>, at: Moment<'_>) -> Result<Change<Assessment>, Refusal> {
        let judge = judge(&on, at);
        let Judging { rubric, unit, .. } = &*on;
        let mut faults = Vec::new();
        let criterion = match on.criterion() {
            Some(criterion) => {
                if !matches!(criterion.basis, Basis::Judged { .. }) {
                    faults.push(Fault::at("/criterion", Code::CriterionCounted));
                }
                faults.extend(check(criterion, self.points));
                Some(criterion.clone())
            }
            None => {
                faults.push(Fault::at("/criterion", Code::UnknownReference));
                None
            }
        };
        if !self.unit_there {
            faults.push(Fault::at("/unitId", Code::UnitNotThere));
        }
        Refusal::unless_empty(faults)?;
        let criterion = criterion.ok_or_else(|| Refusal::field("/criterion", Code::UnknownReference))?;
        let assessment = Assessment {
            root: at.root(),
            campaign: rubric.campaign,
            rubric: rubric.root.id,
            criterion,
            unit: *unit,
            points: self.points.normalize(),
            reason: self.reason.clone(),
            judge,
        };
        Ok(Change::created(assessment, "assessment.created").because(self.reason))
    }
}

impl AssessUnit {
    /// Whether the caller could judge some unit by some criterion of this rubric.
    ///
    /// # Errors
    /// The code of what stands in the way: the policy first, then the stage.
    pub fn could(actor: &Actor, rubric: &ScoringRubric) -> Result<(), Code> {
        may_on_one(actor, Self::ACTION, [Bench { rubric }])?;
        rubric.must_count()
    }
}

/// A rubric before those who judge, before it is known by which criterion and whom.
struct Bench<'r> {
    rubric: &'r ScoringRubric,
}

impl Subject for Bench<'_> {
    fn unit(&self) -> Option<UnitId> {
        None
    }
    fn judged_by(&self, role: Role) -> bool {
        self.rubric.judged_by(role)
    }
}

/// Judges anew: what stood before stays in the versions.
#[derive(Clone, Debug)]
pub struct ReplaceAssessment {
    /// The points.
    pub points: Decimal,
    /// Why so many.
    pub reason: Paragraph,
}

impl Command<Assessed> for ReplaceAssessment {
    const ACTION: Action = Action::ReplaceAssessment;
    type Of = Assessment;

    fn ready(on: &Assessed) -> Result<(), Code> {
        if on.retired { Err(Code::ScoringRubricRetired) } else { Ok(()) }
    }

    fn apply(self, on: Permitted<Self, Assessed>, at: Moment<'_>) -> Result<Change<Assessment>, Refusal> {
        Refusal::unless_empty(check(&on.assessment.criterion, self.points).into_iter().collect())?;
        let judge = judge(&on, at);
        let replaced = Change::made(&on.assessment, at.now, "assessment.replaced", |assessment| {
            assessment.points = self.points.normalize();
            assessment.reason = self.reason.clone();
            assessment.judge = judge;
        });
        Ok(replaced.because(self.reason))
    }
}

fn judge<C: Command<S>, S: Subject>(on: &Permitted<C, S>, at: Moment<'_>) -> Judge {
    let by = on.by();
    Judge { person: by.person, name: by.name.clone(), role: on.role(), judged_at: at.now }
}

/// From none to those of the criterion, with two decimals at most, as the points of criteria are.
fn check(criterion: &Criterion, points: Decimal) -> Option<Fault> {
    let fits = points >= Decimal::ZERO && points <= criterion.points && points.normalize().scale() <= 2;
    (!fits).then(|| Fault::at("/points", Code::PointsOverCriterion).about(criterion.name.clone()))
}
