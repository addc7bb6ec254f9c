//! A criterion on the wire: flat, with the member that only some kinds have.

use serde::{Deserialize, Serialize};
use thidua_domain::{
    refusal::{Code, Fault},
    rubric::{Basis, Criterion},
};
use utoipa::ToSchema;
use validator::Validate;

use crate::input::{CodeText, Dec, Str, present};

/// What a criterion counts. `TARGETS_REACHED`: of the unit's targets in force, those that are reached.
/// `TARGET_COMPLETION`: how much of the way to one target is gone, in percent from 0 to 100; what no number says is all or
/// nothing. `REPORTS_ACCEPTED` and `REPORTS_ON_TIME`: of the reports that the unit owes and that fell due, those that are
/// accepted, or were handed in on time. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum CriterionKind {
    TargetsReached,
    TargetCompletion,
    ReportsAccepted,
    ReportsOnTime,
}

/// A criterion with its points. `target` belongs to `TARGET_COMPLETION`, and to no other kind.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ScoringCriterion)]
pub(super) struct CriterionBody {
    /// Short code, unique within the rubric.
    #[schema(example = "DUNG-HAN")]
    code: CodeText,
    /// What is judged, in the words of the document.
    #[schema(example = "Nộp báo cáo đúng hạn")]
    name: Str<300>,
    /// The points of a unit that does all of it: more than 0, 1000 at most, with two decimals at most.
    #[schema(example = "20")]
    points: Dec,
    /// What is counted.
    kind: CriterionKind,
    /// The target, by its code.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "BHYT-HS")]
    target: Option<CodeText>,
}

impl CriterionBody {
    /// The criterion of this index, where its members are those of its kind.
    pub(super) fn parsed(&self, index: usize) -> Result<Criterion, Fault> {
        let fault = |code| Fault::at(format!("/criteria/{index}/target"), code);
        let basis = match (self.kind, &self.target) {
            (CriterionKind::TargetCompletion, Some(target)) => {
                Basis::TargetCompletion { target: target.clone().into_text() }
            }
            (CriterionKind::TargetCompletion, None) => return Err(fault(Code::FieldMissing)),
            (_, Some(_)) => return Err(fault(Code::ConditionMember)),
            (CriterionKind::TargetsReached, None) => Basis::TargetsReached,
            (CriterionKind::ReportsAccepted, None) => Basis::ReportsAccepted,
            (CriterionKind::ReportsOnTime, None) => Basis::ReportsOnTime,
        };
        let (code, name) = (self.code.clone().into_text(), self.name.clone().into_text());
        Ok(Criterion { code, name, points: self.points.0, basis })
    }
}

impl From<&Criterion> for CriterionBody {
    fn from(criterion: &Criterion) -> Self {
        let (kind, target) = match &criterion.basis {
            Basis::TargetsReached => (CriterionKind::TargetsReached, None),
            Basis::TargetCompletion { target } => (CriterionKind::TargetCompletion, Some(target.clone().into())),
            Basis::ReportsAccepted => (CriterionKind::ReportsAccepted, None),
            Basis::ReportsOnTime => (CriterionKind::ReportsOnTime, None),
        };
        let (code, name) = (criterion.code.clone().into(), criterion.name.clone().into());
        Self { code, name, points: Dec(criterion.points), kind, target }
    }
}
