//! What a unit writes: the outline of `domain.md` §3.2 (TT 01/2024, article 3.3).

use serde::{Deserialize, Serialize};

use crate::{
    campaign::Plan,
    refusal::{Code, Fault},
    registration::{duplicates, too_long},
    rule::{MAX_COMMENTS, RuleComment},
    target::{MeasurementId, TargetId},
    text::{Line, Paragraph, Prose, Token},
};

/// I. Leading, launching, informing (công tác lãnh đạo, chỉ đạo, phát động, tuyên truyền).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Leadership {
    /// What was done.
    pub text: Prose,
    /// Number of documents issued (số văn bản).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documents_issued: Option<u32>,
    /// Number of people reached (số lượt người).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people_reached: Option<u32>,
}

/// II.1. The result of a task of the plan.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TaskResult {
    /// The task.
    pub task: Token,
    /// What was reached.
    pub text: Prose,
}

/// II.2. The result of a target: a measurement, or why there is none. Its names are those of the wire, which remarks use.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TargetResult {
    /// The target.
    #[serde(rename = "targetId")]
    pub target: TargetId,
    /// The measurement that is reported; its value is frozen on submission.
    #[serde(rename = "measurementId", default, skip_serializing_if = "Option::is_none")]
    pub measurement: Option<MeasurementId>,
    /// Why it was not done (chưa thực hiện), or what to know of the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Paragraph>,
}

/// II.3. The result of a movement: one of the plan by its code, or another one by its name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MovementResult {
    /// A movement of the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub movement: Option<Token>,
    /// The name of another movement (phong trào thi đua khác).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Line>,
    /// What was reached.
    pub text: Prose,
}

/// What sort of example was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ExemplarKind {
    /// Điển hình tiên tiến.
    AdvancedExample,
    /// Mô hình mới.
    NewModel,
    /// Cách làm hay.
    GoodPractice,
    /// Sáng kiến.
    Initiative,
}

/// III. An example that the unit found.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExemplarFound {
    /// Who or what it is.
    pub name: Line,
    /// What is exemplary.
    pub summary: Paragraph,
    /// What sort of example.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<ExemplarKind>,
}

/// A report as written; replaced as a whole while it is a draft or returned.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Content {
    /// I. Leading, launching, informing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leadership: Option<Leadership>,
    /// II.1. Results by task of the plan.
    #[serde(default)]
    pub task_results: Vec<TaskResult>,
    /// II.2. Results by target of the unit.
    #[serde(default)]
    pub target_results: Vec<TargetResult>,
    /// II.3. Results by movement.
    #[serde(default)]
    pub movement_results: Vec<MovementResult>,
    /// III. Examples found (điển hình tiên tiến, mô hình mới, sáng kiến).
    #[serde(default)]
    pub exemplars: Vec<ExemplarFound>,
    /// IV. Awards given and proposed (khen thưởng).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awards: Option<Prose>,
    /// V. Shortcomings and their causes (tồn tại, hạn chế, nguyên nhân).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difficulties: Option<Prose>,
    /// V. Lessons (bài học kinh nghiệm).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lessons: Option<Prose>,
    /// VI. What comes next (phương hướng).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub directions: Option<Prose>,
    /// VI. What is asked for (kiến nghị, đề xuất).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposals: Option<Prose>,
    /// Why the figures are as they are where a rule of the campaign warns of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rule_comments: Vec<RuleComment>,
}

/// How many entries each list of a report may have.
pub const MAX_RESULTS: usize = 200;

impl Content {
    /// What is wrong with it, whatever stage it is in.
    #[must_use]
    pub fn check(&self, plan: &Plan) -> Vec<Fault> {
        let lists = [
            ("/taskResults", self.task_results.len()),
            ("/targetResults", self.target_results.len()),
            ("/movementResults", self.movement_results.len()),
            ("/exemplars", self.exemplars.len()),
        ];
        let mut faults: Vec<_> = lists.iter().flat_map(|(at, len)| too_long(at, *len, MAX_RESULTS)).collect();
        faults.extend(too_long("/ruleComments", self.rule_comments.len(), MAX_COMMENTS));
        faults.extend(RuleComment::check(&self.rule_comments));
        faults.extend(self.check_tasks(plan));
        let targets: Vec<_> = self.target_results.iter().map(|result| result.target).collect();
        faults.extend(duplicates(&targets, |index| format!("/targetResults/{index}/targetId")));
        faults.extend(self.check_movements(plan));
        faults
    }

    fn check_tasks(&self, plan: &Plan) -> Vec<Fault> {
        let tasks: Vec<_> = self.task_results.iter().map(|result| &result.task).collect();
        let mut faults = duplicates(&tasks, |index| format!("/taskResults/{index}/task"));
        for (index, code) in tasks.iter().enumerate() {
            if plan.tasks.iter().all(|task| task.code != **code) {
                faults.push(Fault::at(format!("/taskResults/{index}/task"), Code::UnknownReference));
            }
        }
        faults
    }

    fn check_movements(&self, plan: &Plan) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (index, result) in self.movement_results.iter().enumerate() {
            let earlier = &self.movement_results[..index];
            let at = format!("/movementResults/{index}");
            match (&result.movement, &result.name) {
                (Some(code), None) => {
                    if plan.movements.iter().all(|movement| movement.code != *code) {
                        faults.push(Fault::at(format!("{at}/movement"), Code::UnknownReference));
                    }
                    if earlier.iter().any(|earlier| earlier.movement.as_ref() == Some(code)) {
                        faults.push(Fault::at(format!("{at}/movement"), Code::Duplicate));
                    }
                }
                (None, Some(name)) => {
                    if earlier.iter().any(|earlier| earlier.name.as_ref() == Some(name)) {
                        faults.push(Fault::at(format!("{at}/name"), Code::Duplicate));
                    }
                }
                (Some(_), Some(_)) | (None, None) => faults.push(Fault::at(at, Code::MovementCodeOrName)),
            }
        }
        faults
    }
}
