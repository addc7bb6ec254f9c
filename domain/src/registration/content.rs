//! What a unit registers: its targets and its action programme (plan, part V.7).

use serde::{Deserialize, Serialize};

use super::remark::{duplicates, too_long};
use crate::{
    campaign::Plan,
    measure::Measure,
    refusal::{Code, Fault},
    target::{Origin, Target, Topic},
    text::{Line, Prose, Token},
};

/// A target that the unit sets itself (chỉ tiêu đăng ký).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RegisteredTarget {
    /// Code, unique within the registration; a correction that keeps it keeps the target and its measurements.
    pub code: Token,
    /// What is to be reached, in words.
    pub name: Line,
    /// Which task, movement or project of the plan it is about.
    #[serde(default)]
    pub topic: Topic,
    /// How it is measured.
    pub measure: Measure,
}

/// The unit's action programme (chương trình hành động), a document beside the targets.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ActionProgramme {
    /// Its title.
    pub title: Line,
    /// What the unit will do.
    pub measures: Prose,
    /// The symbol of the document, where the unit has one (thôn have neither seal nor symbol).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<Token>,
}

/// What is registered; replaced as a whole while it is a draft or returned.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Content {
    /// The targets.
    #[serde(default)]
    pub targets: Vec<RegisteredTarget>,
    /// The action programme; it may be missing until submission.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action_programme: Option<ActionProgramme>,
}

/// How many targets a unit may register.
pub const MAX_TARGETS: usize = 100;

impl Content {
    /// What is wrong with it, whatever stage it is in; `standing` are all targets that the unit has or had.
    #[must_use]
    pub fn check(&self, plan: &Plan, standing: &[Target]) -> Vec<Fault> {
        let codes: Vec<_> = self.targets.iter().map(|target| &target.code).collect();
        let mut faults = too_long("/targets", self.targets.len(), MAX_TARGETS);
        faults.extend(duplicates(&codes, |index| format!("/targets/{index}/code")));
        for (index, target) in self.targets.iter().enumerate() {
            let at = format!("/targets/{index}");
            faults.extend(check_topic(&target.topic, plan, &at));
            faults.extend(target.measure.check(&format!("{at}/measure")));
            faults.extend(check_identity(target, plan, standing, &at));
        }
        faults
    }

    /// What is still missing before it can be handed in.
    #[must_use]
    pub fn check_complete(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.targets.is_empty() {
            faults.push(Fault::at("/targets", Code::FieldMissing));
        }
        if self.action_programme.is_none() {
            faults.push(Fault::at("/actionProgramme", Code::FieldMissing));
        }
        faults
    }
}

fn check_topic(topic: &Topic, plan: &Plan, at: &str) -> Vec<Fault> {
    let known = [
        ("task", topic.task.as_ref().is_none_or(|code| plan.tasks.iter().any(|task| task.code == *code))),
        ("movement", topic.movement.as_ref().is_none_or(|code| plan.movements.iter().any(|item| item.code == *code))),
        ("project", topic.project.as_ref().is_none_or(|code| plan.projects.iter().any(|item| item.code == *code))),
    ];
    known
        .iter()
        .filter(|(_, known)| !known)
        .map(|(item, _)| Fault::at(format!("{at}/topic/{item}"), Code::UnknownReference))
        .collect()
}

/// A code says which target is meant, so what it meant before it must go on meaning.
///
/// What the unit answers for by the plan itself cannot be registered again. A code of the plan at another unit is that
/// unit's part of the commune's figure, and so must be measured like it.
fn check_identity(target: &RegisteredTarget, plan: &Plan, standing: &[Target], at: &str) -> Vec<Fault> {
    let before = standing.iter().find(|standing| standing.code == target.code);
    if before.is_some_and(|before| before.origin == Origin::Plan) {
        return vec![Fault::at(format!("{at}/code"), Code::Duplicate)];
    }
    let meant = before
        .map(|before| &before.measure)
        .or_else(|| plan.plan_targets.iter().find(|item| item.code == target.code).map(|item| &item.measure));
    match meant {
        Some(meant) if !same_scale(meant, &target.measure) => {
            vec![Fault::at(format!("{at}/measure"), Code::MeasureChanged)]
        }
        Some(_) | None => Vec::new(),
    }
}

/// Whether values of the one are values of the other: the same kind, and for numbers the same unit of measure.
pub(crate) fn same_scale(one: &Measure, other: &Measure) -> bool {
    match (one, other) {
        (Measure::Quantitative { measure_unit: one, .. }, Measure::Quantitative { measure_unit: other, .. }) => {
            one == other
        }
        (
            Measure::Quantitative { .. }
            | Measure::Share { .. }
            | Measure::Qualitative { .. }
            | Measure::Milestone { .. },
            _,
        ) => one.kind() == other.kind(),
    }
}

/// The task under which something about this topic is counted: its own, or the one that names its project.
pub(crate) fn task_of<'a>(topic: &'a Topic, plan: &'a Plan) -> Option<&'a Token> {
    topic.task.as_ref().or_else(|| {
        let project = plan.projects.iter().find(|project| Some(&project.code) == topic.project.as_ref());
        project.map(|project| &project.task)
    })
}

/// Whether figures about this topic stay out of the public: its task is restricted, or the one that names its project
/// or its movement.
pub(super) fn is_restricted(topic: &Topic, plan: &Plan) -> bool {
    let movement = plan.movements.iter().find(|movement| Some(&movement.code) == topic.movement.as_ref());
    let tasks = [task_of(topic, plan), movement.and_then(|movement| movement.task.as_ref())];
    tasks.into_iter().flatten().any(|task| plan.is_restricted(task))
}
