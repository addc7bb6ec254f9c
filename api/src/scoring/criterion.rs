//! A criterion on the wire: flat, with the member that only some kinds have.

use serde::{Deserialize, Serialize};
use thidua_domain::{
    refusal::{Code, Fault},
    rubric::{Basis, Criterion},
};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    input::{CodeText, Dec, Str, present},
    people::RoleCode,
};

/// What a criterion counts. `TARGETS_REACHED`: of the targets in force that the unit answers for, those that are reached.
/// `TARGET_COMPLETION`: how much of the way to one target is gone, in percent from 0 to 100, for each target of that code that
/// it answers for; what no number says is all or nothing. `REPORTS_ACCEPTED` and `REPORTS_ON_TIME`: of the reports that the unit owes and that fell due, those that are
/// accepted, or were handed in on time. `JUDGED`: the points that a person gives in one of the roles that the rubric names.
/// Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum CriterionKind {
    TargetsReached,
    TargetCompletion,
    ReportsAccepted,
    ReportsOnTime,
    Judged,
}

/// A criterion with its points. `target` belongs to `TARGET_COMPLETION`, `judgeRoles` to `JUDGED`, and to no other kind.
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
    /// The points of a unit that does all of it, or the most that a person can give: more than 0, 1000 at most, with two decimals at most.
    #[schema(example = "20")]
    points: Dec,
    /// What is counted.
    kind: CriterionKind,
    /// The target, by its code.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "BHYT-HS")]
    target: Option<CodeText>,
    /// The roles of which one gives the points: `COORDINATOR`, `OFFICE`, `CHAIR`, `VICE_CHAIR`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 4))]
    #[schema(max_items = 4)]
    judge_roles: Vec<RoleCode>,
}

impl CriterionBody {
    /// The criterion of this index, where its members are those of its kind.
    pub(super) fn parsed(&self, index: usize) -> Result<Criterion, Fault> {
        let fault = |code| Fault::at(format!("/criteria/{index}/target"), code);
        if self.kind != CriterionKind::Judged && !self.judge_roles.is_empty() {
            return Err(Fault::at(format!("/criteria/{index}/judgeRoles"), Code::ConditionMember));
        }
        let basis = match (self.kind, &self.target) {
            (CriterionKind::TargetCompletion, Some(target)) => {
                Basis::TargetCompletion { target: target.clone().into_text() }
            }
            (CriterionKind::TargetCompletion, None) => return Err(fault(Code::FieldMissing)),
            (_, Some(_)) => return Err(fault(Code::ConditionMember)),
            (CriterionKind::TargetsReached, None) => Basis::TargetsReached,
            (CriterionKind::ReportsAccepted, None) => Basis::ReportsAccepted,
            (CriterionKind::ReportsOnTime, None) => Basis::ReportsOnTime,
            (CriterionKind::Judged, None) => {
                Basis::Judged { by: self.judge_roles.iter().copied().map(Into::into).collect() }
            }
        };
        let (code, name) = (self.code.clone().into_text(), self.name.clone().into_text());
        Ok(Criterion { code, name, points: self.points.0, basis })
    }
}

impl From<&Criterion> for CriterionBody {
    fn from(criterion: &Criterion) -> Self {
        let (mut target, mut judge_roles) = (None, Vec::new());
        let kind = match &criterion.basis {
            Basis::TargetsReached => CriterionKind::TargetsReached,
            Basis::TargetCompletion { target: code } => {
                target = Some(code.clone().into());
                CriterionKind::TargetCompletion
            }
            Basis::ReportsAccepted => CriterionKind::ReportsAccepted,
            Basis::ReportsOnTime => CriterionKind::ReportsOnTime,
            Basis::Judged { by } => {
                judge_roles = by.iter().copied().map(Into::into).collect();
                CriterionKind::Judged
            }
        };
        let (code, name) = (criterion.code.clone().into(), criterion.name.clone().into());
        Self { code, name, points: Dec(criterion.points), kind, target, judge_roles }
    }
}
