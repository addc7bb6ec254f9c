//! What changed between two snapshots: what a supplementary report adds to the one that was signed, and what one that
//! replaces a refused one does differently. Both stay as they are; this only lays them side by side.

use std::collections::BTreeMap;

use super::{
    PlanTargetFigure, Reporting, Snapshot, TargetCount,
    snapshot::{IncludedReport, MissingUnit},
};
use crate::{
    period::PeriodId,
    report::{Figure, ReportId},
    target::TargetId,
    text::{Line, Token},
    unit::UnitId,
};

/// Something before and after; at least one of the two is there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pair<T> {
    /// In the earlier report.
    pub before: Option<T>,
    /// In the later one.
    pub after: Option<T>,
}

/// A report of a unit, in the version that went in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ReportVersion {
    /// The report.
    pub report: ReportId,
    /// Its version.
    pub version: i64,
}

/// A unit whose report for a period went in, was put right, or is no longer in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReportDifference {
    /// The unit.
    pub unit: UnitId,
    /// Its code, as the later report names it if it does.
    pub unit_code: Token,
    /// Its name, likewise.
    pub unit_name: Line,
    /// The period.
    pub period: PeriodId,
    /// Its report; absent where it was missing.
    pub report: Pair<ReportVersion>,
    /// The figures that differ, by code.
    pub figures: Vec<Pair<Figure>>,
}

/// A target of the plan whose figure differs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlanTargetDifference {
    /// Its code in the plan.
    pub code: Token,
    /// Its figure.
    pub figure: Pair<PlanTargetFigure>,
}

/// What differs between two reports on the same campaign.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Differences {
    /// The reports of units that are not the same, by unit code and period.
    pub reports: Vec<ReportDifference>,
    /// The units that owe a report and were missing in one of the two only.
    pub missing: Vec<Pair<MissingUnit>>,
    /// The targets of the plan whose value differs, by code.
    pub plan_targets: Vec<PlanTargetDifference>,
    /// How all targets stood and stand.
    pub targets: (TargetCount, TargetCount),
    /// How the reports stood and stand.
    pub reporting: (Reporting, Reporting),
}

impl Differences {
    /// Lays two snapshots side by side. Of a target of the plan the value is compared, not what it is made of, since that
    /// stands among the reports.
    #[must_use]
    pub fn between(before: &Snapshot, after: &Snapshot) -> Self {
        let plan_targets = paired(&before.figures.plan_targets, &after.figures.plan_targets, |figure| &figure.code);
        let value = |figure: &PlanTargetFigure| (figure.total.clone(), figure.reached);
        Self {
            reports: reports(before, after),
            missing: paired(&before.missing, &after.missing, |missing| (&missing.unit_code, missing.period))
                .filter(|pair| pair.before.is_none() || pair.after.is_none())
                .collect(),
            plan_targets: plan_targets
                .filter(|pair| pair.before.as_ref().map(value) != pair.after.as_ref().map(value))
                .filter_map(|figure| {
                    let code = figure.after.as_ref().or(figure.before.as_ref())?.code.clone();
                    Some(PlanTargetDifference { code, figure })
                })
                .collect(),
            targets: (before.figures.targets, after.figures.targets),
            reporting: (before.figures.reporting, after.figures.reporting),
        }
    }
}

fn reports(before: &Snapshot, after: &Snapshot) -> Vec<ReportDifference> {
    let ends_on = |period: PeriodId| {
        let periods = before.periods.iter().chain(&after.periods);
        periods.filter(|frozen| frozen.period == period).map(|frozen| frozen.ends_on).max()
    };
    let pairs = paired(&before.included, &after.included, |included| {
        (&included.unit_code, ends_on(included.period), included.period)
    });
    let differ = |pair: &Pair<IncludedReport>| {
        pair.before.as_ref().map(|included| included.report) != pair.after.as_ref().map(|included| included.report)
    };
    pairs.filter(differ).filter_map(report).collect()
}

fn report(pair: Pair<IncludedReport>) -> Option<ReportDifference> {
    let named = pair.after.as_ref().or(pair.before.as_ref())?;
    let version = |included: &IncludedReport| ReportVersion { report: included.report, version: included.version };
    let figures = |included: &Option<IncludedReport>| -> Vec<Figure> {
        included.as_ref().map(|included| included.figures.clone()).unwrap_or_default()
    };
    let (then, now) = (figures(&pair.before), figures(&pair.after));
    let by_target = |figure: &Figure| -> (Token, TargetId) { (figure.code.clone(), figure.target) };
    Some(ReportDifference {
        unit: named.unit,
        unit_code: named.unit_code.clone(),
        unit_name: named.unit_name.clone(),
        period: named.period,
        report: Pair { before: pair.before.as_ref().map(version), after: pair.after.as_ref().map(version) },
        figures: paired(&then, &now, by_target).filter(|pair| pair.before != pair.after).collect(),
    })
}

/// Everything of both, what has the same key together, by key.
fn paired<'a, T: Clone + 'a, K: Ord>(
    before: &'a [T],
    after: &'a [T],
    key: impl Fn(&'a T) -> K,
) -> impl Iterator<Item = Pair<T>> {
    let mut pairs: BTreeMap<K, Pair<T>> = BTreeMap::new();
    let empty = || Pair { before: None, after: None };
    for one in before {
        pairs.entry(key(one)).or_insert_with(empty).before = Some(one.clone());
    }
    for one in after {
        pairs.entry(key(one)).or_insert_with(empty).after = Some(one.clone());
    }
    pairs.into_values()
}
