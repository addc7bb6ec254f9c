//! The figures of a snapshot. Percentages are never summed: a share of the commune is Σ numerators / Σ denominators.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{
    reckoning,
    snapshot::{FrozenPeriod, IncludedReport, MissingReason, MissingUnit},
};
use crate::{
    campaign::Plan,
    measure::{Measure, Value},
    period::PeriodId,
    report::ReportId,
    target::{MeasurementId, TargetId},
    text::{Line, Prose, Token},
    unit::UnitId,
};

/// Where a figure comes from: the report version and, where there is a value, the measurement.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    /// The unit.
    pub unit: UnitId,
    /// The report.
    pub report: ReportId,
    /// Its version.
    pub version: i64,
    /// The target.
    pub target: TargetId,
    /// The measurement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measurement: Option<MeasurementId>,
    /// Its value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
}

/// A target of the plan, over all units that report on it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlanTargetFigure {
    /// The target's code in the plan.
    pub code: Token,
    /// What is to be reached.
    pub name: Line,
    /// Its task is restricted: it never appears in public figures.
    pub restricted: bool,
    /// What is planned.
    pub measure: Measure,
    /// The commune's value; absent where no unit has one, and for what is said in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Value>,
    /// A share in percent, for showing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Decimal>,
    /// How much of the way is gone, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completion: Option<Decimal>,
    /// Whether it is reached, compared exactly; absent without a value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached: Option<bool>,
    /// What it was made of.
    pub sources: Vec<Source>,
}

/// How many targets stand how; `withValue` and `notDone` add up to `targets`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TargetCount {
    /// All of them.
    pub targets: u32,
    /// Of them: with a value.
    pub with_value: u32,
    /// Of those with a value: reached.
    pub reached: u32,
    /// Of all: not done, with an explanation.
    pub not_done: u32,
}

/// The targets of a task.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskFigure {
    /// The task.
    pub task: Token,
    /// It never appears in public figures.
    pub restricted: bool,
    /// Its targets.
    pub count: TargetCount,
    /// What was counted.
    pub sources: Vec<Source>,
}

/// The targets of a field: the sum of its tasks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FieldFigure {
    /// The field.
    pub field: Token,
    /// Its targets.
    pub count: TargetCount,
    /// Its tasks, in the order of the plan.
    pub tasks: Vec<TaskFigure>,
}

/// The targets that are about no task of the plan.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WithoutTask {
    /// The targets.
    pub count: TargetCount,
    /// What was counted.
    pub sources: Vec<Source>,
}

/// What a unit says of a movement.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Contribution {
    /// The unit.
    pub unit: UnitId,
    /// The report.
    pub report: ReportId,
    /// Its version.
    pub version: i64,
    /// What was reached.
    pub text: Prose,
}

/// A movement of the plan.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MovementFigure {
    /// The movement.
    pub movement: Token,
    /// It belongs to a restricted task, and never appears in public figures.
    pub restricted: bool,
    /// The targets that are about it.
    pub count: TargetCount,
    /// What was counted.
    pub sources: Vec<Source>,
    /// What units say of it.
    pub contributions: Vec<Contribution>,
}

/// A movement that the plan does not name (phong trào thi đua khác), as units name it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OtherMovementFigure {
    /// Its name.
    pub name: Line,
    /// What units say of it.
    pub contributions: Vec<Contribution>,
}

/// How many reports stand how; a unit that owes two counts twice. `accepted` and `missing` add up to `owed`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reporting {
    /// Reports that are owed.
    pub owed: u32,
    /// Of them: handed in, whatever became of them.
    pub reported: u32,
    /// Of them: accepted, and so in the figures.
    pub accepted: u32,
    /// Of the accepted: late.
    pub late: u32,
    /// Of them: not in the figures.
    pub missing: u32,
    /// Reports beside them that nobody owed, and that are in the figures.
    pub voluntary: u32,
}

/// The reports of one period.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PeriodReporting {
    /// The period.
    pub period: PeriodId,
    /// Its reports.
    pub reporting: Reporting,
}

/// All that follows from the included reports.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// The reports of all periods.
    pub reporting: Reporting,
    /// The reports of each period; they add up to `reporting`.
    pub reporting_by_period: Vec<PeriodReporting>,
    /// The targets of the plan, in its order.
    pub plan_targets: Vec<PlanTargetFigure>,
    /// All targets.
    pub targets: TargetCount,
    /// The targets by field and task, in the order of the plan.
    pub fields: Vec<FieldFigure>,
    /// The targets that are about no task of the plan; with those of the fields they add up to `targets`.
    pub without_task: WithoutTask,
    /// The movements of the plan, in its order.
    pub movements: Vec<MovementFigure>,
    /// The other movements, by name.
    pub other_movements: Vec<OtherMovementFigure>,
    /// Documents that units issued.
    pub documents_issued: u64,
    /// People that units reached.
    pub people_reached: u64,
}

impl Figures {
    /// Computes the figures; a pure function of the plan and of what the snapshot holds.
    #[must_use]
    pub fn of(plan: &Plan, periods: &[FrozenPeriod], included: &[IncludedReport], missing: &[MissingUnit]) -> Self {
        let latest = reckoning::latest(periods, included);
        let reporting_by_period: Vec<_> = periods
            .iter()
            .map(|frozen| PeriodReporting {
                period: frozen.period,
                reporting: reporting(frozen.period, included, missing),
            })
            .collect();
        let sum = |count: fn(&IncludedReport) -> Option<u32>| included.iter().filter_map(count).map(u64::from).sum();
        Self {
            reporting: reporting_by_period.iter().fold(Reporting::default(), |sum, it| sum.plus(it.reporting)),
            reporting_by_period,
            plan_targets: plan
                .plan_targets
                .iter()
                .map(|target| reckoning::plan_target(target, plan, &latest))
                .collect(),
            targets: TargetCount::over(&latest),
            fields: plan.fields.iter().map(|field| reckoning::field(&field.code, plan, &latest)).collect(),
            without_task: reckoning::without_task(plan, &latest),
            movements: plan
                .movements
                .iter()
                .map(|movement| reckoning::movement(movement, plan, included, &latest))
                .collect(),
            other_movements: reckoning::other_movements(included),
            documents_issued: sum(|report| report.documents_issued),
            people_reached: sum(|report| report.people_reached),
        }
    }
}

fn reporting(period: PeriodId, included: &[IncludedReport], missing: &[MissingUnit]) -> Reporting {
    let mut counts = Reporting::default();
    for report in included.iter().filter(|report| report.period == period) {
        if report.owed {
            counts.owed += 1;
            counts.reported += 1;
            counts.accepted += 1;
            counts.late += u32::from(report.late);
        } else {
            counts.voluntary += 1;
        }
    }
    for unit in missing.iter().filter(|unit| unit.period == period) {
        counts.owed += 1;
        counts.missing += 1;
        counts.reported += match unit.reason {
            MissingReason::NotSubmitted => 0,
            MissingReason::NotAccepted | MissingReason::Returned => 1,
        };
    }
    counts
}

impl Reporting {
    const fn plus(self, other: Self) -> Self {
        Self {
            owed: self.owed + other.owed,
            reported: self.reported + other.reported,
            accepted: self.accepted + other.accepted,
            late: self.late + other.late,
            missing: self.missing + other.missing,
            voluntary: self.voluntary + other.voluntary,
        }
    }
}
