//! The figures of the report to the city, each with the report version and the measurement that it comes from.

use serde::Serialize;
use thidua_domain::consolidation::{
    Contribution, FieldFigure, Figures, MovementFigure, OtherMovementFigure, PeriodReporting, PlanTargetFigure,
    Reporting, Source, TargetCount, TaskFigure, WithoutTask,
};
use utoipa::ToSchema;

use crate::{
    input::{CodeText, Dec, MeasurementKey, PeriodKey, ReportKey, Str, TargetKey, UnitKey},
    measures::{MeasureBody, ValueBody},
};

/// Where a figure comes from: the version of a unit's report and, where there is a value, the measurement.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FigureSource)]
struct SourceView {
    /// The unit that reported it.
    unit_id: UnitKey,
    /// The report in which it stands.
    report_id: ReportKey,
    /// The version of that report.
    #[schema(minimum = 1, maximum = 1_000_000_000_i64)]
    report_version: i64,
    /// The unit's target.
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

fn sources(sources: Vec<Source>) -> Vec<SourceView> {
    sources.into_iter().map(Into::into).collect()
}

/// How many targets stand how; those with a value and those not done add up to all.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TargetCount)]
struct TargetCountView {
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
struct PlanTargetFigureView {
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
    percent: Option<Dec>,
    /// How much of the way is gone, in percent; absent where no number says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "99.99")]
    completion: Option<Dec>,
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
            percent: figure.percent.map(Dec),
            completion: figure.completion.map(Dec),
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
    /// What was counted.
    #[schema(max_items = 10_000)]
    sources: Vec<SourceView>,
}

/// The targets of a field of the plan: the sum over its tasks.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FieldFigure)]
struct FieldFigureView {
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
struct WithoutTaskView {
    /// How these targets stand.
    count: TargetCountView,
    /// What was counted.
    #[schema(max_items = 10_000)]
    sources: Vec<SourceView>,
}

impl From<WithoutTask> for WithoutTaskView {
    fn from(figure: WithoutTask) -> Self {
        Self { count: figure.count.into(), sources: sources(figure.sources) }
    }
}

/// What a unit says of a movement.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MovementContribution)]
struct ContributionView {
    /// The unit that says it.
    unit_id: UnitKey,
    /// The report in which it stands.
    report_id: ReportKey,
    /// The version of that report.
    #[schema(minimum = 1, maximum = 1_000_000_000_i64)]
    report_version: i64,
    /// What was reached, in the unit's words.
    text: Str<20_000>,
}

fn contributions(all: Vec<Contribution>) -> Vec<ContributionView> {
    let one = |contribution: Contribution| ContributionView {
        unit_id: contribution.unit.into(),
        report_id: contribution.report.into(),
        report_version: contribution.version,
        text: contribution.text.into(),
    };
    all.into_iter().map(one).collect()
}

/// A movement of the plan: its targets, and what units say of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MovementFigure)]
struct MovementFigureView {
    /// Code of the movement of the plan.
    #[schema(example = "M2")]
    movement: CodeText,
    /// It belongs to a restricted task: it never appears in public figures.
    restricted: bool,
    /// How the targets that are about it stand.
    count: TargetCountView,
    /// What was counted.
    #[schema(max_items = 10_000)]
    sources: Vec<SourceView>,
    /// What units say of it.
    #[schema(max_items = 10_000)]
    contributions: Vec<ContributionView>,
}

impl From<MovementFigure> for MovementFigureView {
    fn from(figure: MovementFigure) -> Self {
        Self {
            movement: figure.movement.into(),
            restricted: figure.restricted,
            count: figure.count.into(),
            sources: sources(figure.sources),
            contributions: contributions(figure.contributions),
        }
    }
}

/// A movement that the plan does not name, as units name it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OtherMovementFigure)]
struct OtherMovementFigureView {
    /// Name of the movement.
    #[schema(example = "Xóa nhà tạm, nhà dột nát")]
    name: Str<300>,
    /// What units say of it.
    #[schema(max_items = 10_000)]
    contributions: Vec<ContributionView>,
}

/// How many reports stand how; a unit that owes two counts twice. Those accepted and those missing add up to those owed.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReportingCount)]
struct ReportingView {
    /// Reports that are owed.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    owed: u32,
    /// Of those owed: handed in, whatever became of them.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    reported: u32,
    /// Of those owed: accepted, and so in the figures.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    accepted: u32,
    /// Of those accepted: handed in late.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    late: u32,
    /// Of those owed: not in the figures.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    missing: u32,
    /// Reports in the figures that nobody owed.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    voluntary: u32,
}

impl From<Reporting> for ReportingView {
    fn from(count: Reporting) -> Self {
        let Reporting { owed, reported, accepted, late, missing, voluntary } = count;
        Self { owed, reported, accepted, late, missing, voluntary }
    }
}

/// How the reports of one period stand.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PeriodReporting)]
struct PeriodReportingView {
    /// The period.
    period_id: PeriodKey,
    /// How its reports stand.
    reporting: ReportingView,
}

/// All that follows from the included reports; anybody can compute it again from them.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ConsolidatedFigures)]
pub(super) struct FiguresView {
    /// How the reports of all periods stand.
    reporting: ReportingView,
    /// How the reports of each period stand; together they are those of all periods.
    #[schema(max_items = 24)]
    reporting_by_period: Vec<PeriodReportingView>,
    /// The targets of the plan, in its order.
    #[schema(max_items = 1_000)]
    plan_targets: Vec<PlanTargetFigureView>,
    /// How all targets stand: those of the fields and those about no task.
    targets: TargetCountView,
    /// The targets by field and task, in the order of the plan.
    #[schema(max_items = 1_000)]
    fields: Vec<FieldFigureView>,
    /// The targets that are about no task of the plan.
    without_task: WithoutTaskView,
    /// The movements of the plan, in its order.
    #[schema(max_items = 1_000)]
    movements: Vec<MovementFigureView>,
    /// The other movements, by name.
    #[schema(max_items = 10_000)]
    other_movements: Vec<OtherMovementFigureView>,
    /// Documents that units issued: the sum over the included reports.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_000_i64)]
    documents_issued: u64,
    /// People that units reached: the sum over the included reports.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_000_i64)]
    people_reached: u64,
}

impl From<Figures> for FiguresView {
    fn from(figures: Figures) -> Self {
        let of_period = |of: PeriodReporting| PeriodReportingView {
            period_id: of.period.into(),
            reporting: of.reporting.into(),
        };
        let other = |figure: OtherMovementFigure| OtherMovementFigureView {
            name: figure.name.into(),
            contributions: contributions(figure.contributions),
        };
        Self {
            reporting: figures.reporting.into(),
            reporting_by_period: figures.reporting_by_period.into_iter().map(of_period).collect(),
            plan_targets: figures.plan_targets.into_iter().map(Into::into).collect(),
            targets: figures.targets.into(),
            fields: figures.fields.into_iter().map(Into::into).collect(),
            without_task: figures.without_task.into(),
            movements: figures.movements.into_iter().map(Into::into).collect(),
            other_movements: figures.other_movements.into_iter().map(other).collect(),
            documents_issued: figures.documents_issued,
            people_reached: figures.people_reached,
        }
    }
}
