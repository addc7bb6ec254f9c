//! The figures of the report to the city, each with the report version and the measurement that it comes from.

use serde::Serialize;
use thidua_domain::consolidation::{
    Contribution, Figures, MovementFigure, OtherMovementFigure, PeriodReporting, Reporting,
};
use utoipa::ToSchema;

use super::targets::{FieldFigureView, PlanTargetFigureView, SourceView, TargetCountView, WithoutTaskView, sources};
use crate::input::{CodeText, PeriodKey, ReportKey, Str, UnitKey};

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
    /// What was counted, each with its source.
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
pub(super) struct ReportingView {
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
    /// Identifies the reporting period.
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
        let of_period =
            |of: PeriodReporting| PeriodReportingView { period_id: of.period.into(), reporting: of.reporting.into() };
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
