//! How figures are reckoned from the reports of a snapshot.

use std::collections::BTreeMap;

use super::{
    figures::{
        Contribution, FieldFigure, MovementFigure, OtherMovementFigure, PlanTargetFigure, Source, TargetCount,
        TaskFigure, WithoutTask,
    },
    snapshot::{FrozenPeriod, IncludedReport},
};
use crate::{
    campaign::{
        Plan,
        plan::{Movement, PlanTarget},
    },
    measure::Value,
    registration::{same_scale, task_of},
    report::Figure,
    target::TargetId,
    text::{Line, Token},
    time::Date,
};

/// What is known last of a target, with the report that says it.
pub(super) struct Known<'a> {
    report: &'a IncludedReport,
    figure: &'a Figure,
}

/// What is known last of each target, in the order of the reports: a target that several periods report on counts once.
///
/// The value of the latest day stands, and of that day the one reported in the latest period; a report that has no
/// value does not take back an earlier one.
pub(super) fn latest<'a>(periods: &[FrozenPeriod], included: &'a [IncludedReport]) -> Vec<Known<'a>> {
    let place = |report: &IncludedReport| periods.iter().position(|frozen| frozen.period == report.period);
    let rank = |known: &Known<'_>| -> (Option<Date>, Option<usize>) {
        (known.figure.finding.as_ref().map(|finding| finding.as_of), place(known.report))
    };
    let mut at: BTreeMap<TargetId, usize> = BTreeMap::new();
    let mut latest: Vec<Known<'a>> = Vec::new();
    for report in included {
        for figure in &report.figures {
            let known = Known { report, figure };
            match at.get(&figure.target) {
                None => {
                    at.insert(figure.target, latest.len());
                    latest.push(known);
                }
                Some(&index) => {
                    if rank(&known) > rank(&latest[index]) {
                        latest[index] = known;
                    }
                }
            }
        }
    }
    latest
}

impl Known<'_> {
    fn source(&self) -> Source {
        let finding = self.figure.finding.as_ref();
        Source {
            unit: self.report.unit,
            report: self.report.report,
            version: self.report.version,
            target: self.figure.target,
            measurement: finding.map(|finding| finding.measurement),
            value: finding.map(|finding| finding.value.clone()),
        }
    }

    fn is_about(&self, task: &Token, plan: &Plan) -> bool {
        task_of(&self.figure.topic, plan) == Some(task)
    }
}

impl TargetCount {
    pub(super) fn over<'a>(known: impl IntoIterator<Item = &'a Known<'a>>) -> Self {
        let mut count = Self::default();
        for known in known {
            count.targets += 1;
            match &known.figure.finding {
                Some(finding) => {
                    count.with_value += 1;
                    count.reached += u32::from(finding.reached);
                }
                None => count.not_done += 1,
            }
        }
        count
    }

    const fn plus(self, other: Self) -> Self {
        Self {
            targets: self.targets + other.targets,
            with_value: self.with_value + other.with_value,
            reached: self.reached + other.reached,
            not_done: self.not_done + other.not_done,
        }
    }
}

/// A target of the plan: the sum over the units that report under its code on its scale; nobody else's target is
/// summed, since only the plan says that two units mean the same.
pub(super) fn plan_target(target: &PlanTarget, plan: &Plan, latest: &[Known<'_>]) -> PlanTargetFigure {
    let parts: Vec<_> = latest
        .iter()
        .filter(|known| known.figure.code == target.code && same_scale(&known.figure.measure, &target.measure))
        .collect();
    let values: Vec<_> =
        parts.iter().filter_map(|known| known.figure.finding.as_ref()).map(|finding| &finding.value).collect();
    let total = target.measure.total(&values);
    PlanTargetFigure {
        code: target.code.clone(),
        name: target.name.clone(),
        restricted: target.task.as_ref().is_some_and(|task| plan.is_restricted(task)),
        measure: target.measure.clone(),
        percent: total.as_ref().and_then(Value::percent),
        completion: total.as_ref().and_then(|total| target.measure.completion(total)),
        reached: total.as_ref().map(|total| target.measure.reached(total)),
        sources: sources(&parts),
        total,
    }
}

/// The targets of a field, by task.
pub(super) fn field(code: &Token, plan: &Plan, latest: &[Known<'_>]) -> FieldFigure {
    let tasks: Vec<_> = plan
        .tasks
        .iter()
        .filter(|task| task.field == *code)
        .map(|task| {
            let of_task: Vec<_> = latest.iter().filter(|known| known.is_about(&task.code, plan)).collect();
            TaskFigure {
                task: task.code.clone(),
                restricted: task.restricted,
                count: TargetCount::over(of_task.iter().copied()),
                sources: sources(&of_task),
            }
        })
        .collect();
    let count = tasks.iter().fold(TargetCount::default(), |sum, task| sum.plus(task.count));
    FieldFigure { field: code.clone(), count, tasks }
}

/// The targets that are about no task of the plan.
pub(super) fn without_task(plan: &Plan, latest: &[Known<'_>]) -> WithoutTask {
    let about_one = |known: &&Known<'_>| plan.tasks.iter().any(|task| known.is_about(&task.code, plan));
    let others: Vec<_> = latest.iter().filter(|known| !about_one(known)).collect();
    WithoutTask { count: TargetCount::over(others.iter().copied()), sources: sources(&others) }
}

fn sources(of: &[&Known<'_>]) -> Vec<Source> {
    of.iter().map(|known| known.source()).collect()
}

/// A movement of the plan.
pub(super) fn movement(
    movement: &Movement,
    plan: &Plan,
    included: &[IncludedReport],
    latest: &[Known<'_>],
) -> MovementFigure {
    let code = &movement.code;
    let mut contributions = Vec::new();
    for report in included {
        for result in report.movement_results.iter().filter(|result| result.movement.as_ref() == Some(code)) {
            contributions.push(report.contribution(&result.text));
        }
    }
    let about: Vec<_> = latest.iter().filter(|known| known.figure.topic.movement.as_ref() == Some(code)).collect();
    MovementFigure {
        movement: code.clone(),
        restricted: movement.task.as_ref().is_some_and(|task| plan.is_restricted(task)),
        count: TargetCount::over(about.iter().copied()),
        sources: sources(&about),
        contributions,
    }
}

/// The movements that units name beside those of the plan.
pub(super) fn other_movements(included: &[IncludedReport]) -> Vec<OtherMovementFigure> {
    let mut by_name: BTreeMap<&Line, Vec<Contribution>> = BTreeMap::new();
    for report in included {
        for result in &report.movement_results {
            if let Some(name) = &result.name {
                by_name.entry(name).or_default().push(report.contribution(&result.text));
            }
        }
    }
    by_name.into_iter().map(|(name, contributions)| OtherMovementFigure { name: name.clone(), contributions }).collect()
}

impl IncludedReport {
    fn contribution(&self, text: &crate::text::Prose) -> Contribution {
        Contribution { unit: self.unit, report: self.report, version: self.version, text: text.clone() }
    }
}
