//! The figures on targets: of the plan, by field and task, and of those about no task.

use serde::Serialize;
use thidua_domain::consolidation::{FieldFigure, PlanTargetFigure, Source, TargetCount, TaskFigure, WithoutTask};
use utoipa::ToSchema;

use crate::{
    input::{CodeText, Dec, MeasurementKey, ReportKey, Str, TargetKey, UnitKey},
    measures::{MeasureBody, ValueBody},
};

/// Where a figure comes from: the version of a unit's report and, where there is a value, the measurement.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FigureSource)]
pub(super) struct SourceView {
    /// The unit that reported it.
    unit_id: UnitKey,
    /// The report in which it stands.
    report_id: ReportKey,
    /// The version of that report.
    #[schema(minimum = 1, maximum = 1_000_000_000_i64)]
    report_version: i64,
    /// The target that was measured.
    target_id: TargetKey,
    /// The measurement; absent where the target was explained as not done.
    #[serde(skip_serializing_if = "Option::is_none")]
    measurement_id: Option<MeasurementKey>,
    /// The measured value; absent where the target was explained as not done.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<ValueBody>,
}

impl From<Source> for SourceView {
    fn from(source: Source) -> Self {
        Self {
            unit_id: source.unit.into(),
            report_id: source.report.into(),
            report_version: source.version,
            target_id: source.target.into(),
            measurement_id: source.measurement.map(Into::into),
            value: source.value.map(Into::into),
        }
    }
}

pub(super) fn sources(sources: Vec<Source>) -> Vec<SourceView> {
    sources.into_iter().map(Into::into).collect()
}

/// How many targets stand how; those with a value and those not done add up to all.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TargetCount)]
pub(super) struct TargetCountView {
    /// All targets, each counted once however many periods report on it.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    targets: u32,
    /// Of all targets: those with a value.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    with_value: u32,
    /// Of those with a value: those that are reached.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    reached: u32,
    /// Of all targets: those not done, with an explanation.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    not_done: u32,
}

impl From<TargetCount> for TargetCountView {
    fn from(count: TargetCount) -> Self {
        let TargetCount { targets, with_value, reached, not_done } = count;
        Self { targets, with_value, reached, not_done }
    }
}

/// A target of the plan, over all units that report on it under its code.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PlanTargetFigure)]
pub(super) struct PlanTargetFigureView {
    /// Code of the target in the plan.
    #[schema(example = "BHYT")]
    code: CodeText,
    /// What is to be reached, in words.
    #[schema(example = "Tỷ lệ tham gia bảo hiểm y tế toàn xã đạt 97%")]
    name: Str<300>,
    /// Its task is restricted: it never appears in public figures.
    restricted: bool,
    /// What the plan asks for.
    measure: MeasureBody,
    /// The commune's value: sums of numerators and of denominators, never of percentages. Absent where no unit has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<ValueBody>,
    /// The share in percent, for showing: six decimals at most, rounded down.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "96.995")]
    share_percent: Option<Dec>,
    /// How much of the way is gone, in percent; absent where no number says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "99.99")]
    completion_percent: Option<Dec>,
    /// Whether it is reached, compared exactly; absent without a value.
    #[serde(skip_serializing_if = "Option::is_none")]
    reached: Option<bool>,
    /// What the value was made of.
    #[schema(max_items = 10_000)]
    sources: Vec<SourceView>,
}

impl From<PlanTargetFigure> for PlanTargetFigureView {
    fn from(figure: PlanTargetFigure) -> Self {
        Self {
            code: figure.code.into(),
            name: figure.name.into(),
            restricted: figure.restricted,
            measure: figure.measure.into(),
            total: figure.total.map(Into::into),
            share_percent: figure.percent.map(Dec),
            completion_percent: figure.completion.map(Dec),
            reached: figure.reached,
            sources: sources(figure.sources),
        }
    }
}

/// The targets of a task of the plan.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TaskFigure)]
struct TaskFigureView {
    /// Code of the task of the plan.
    #[schema(example = "3.2.7")]
    task: CodeText,
    /// The task is restricted: it never appears in public figures.
    restricted: bool,
    /// How its targets stand.
    count: TargetCountView,
    /// What was counted, one by one.
    #[schema(max_items = 10_000)]
    sources: Vec<SourceView>,
}

/// The targets of a field of the plan: the sum over its tasks.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FieldFigure)]
pub(super) struct FieldFigureView {
    /// Code of the field of the plan.
    #[schema(example = "3.2")]
    field: CodeText,
    /// How its targets stand.
    count: TargetCountView,
    /// Its tasks, in the order of the plan.
    #[schema(max_items = 1_000)]
    tasks: Vec<TaskFigureView>,
}

impl From<FieldFigure> for FieldFigureView {
    fn from(figure: FieldFigure) -> Self {
        let task = |task: TaskFigure| TaskFigureView {
            task: task.task.into(),
            restricted: task.restricted,
            count: task.count.into(),
            sources: sources(task.sources),
        };
        Self {
            field: figure.field.into(),
            count: figure.count.into(),
            tasks: figure.tasks.into_iter().map(task).collect(),
        }
    }
}

/// The targets that are about no task of the plan.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WithoutTaskFigure)]
pub(super) struct WithoutTaskView {
    /// How these targets stand.
    count: TargetCountView,
    /// What was counted, one by one.
    #[schema(max_items = 10_000)]
    sources: Vec<SourceView>,
}

impl From<WithoutTask> for WithoutTaskView {
    fn from(figure: WithoutTask) -> Self {
        Self { count: figure.count.into(), sources: sources(figure.sources) }
    }
}
