//! What a rule would say of the reports that were handed in already: asked before it is made, so that nobody is surprised.

use std::collections::BTreeMap;

use super::{Condition, Part, RuleFacts, judging::Judged};
use crate::{
    measure::Value,
    period::{PeriodId, PeriodKind},
    report::{Figure, ReportId},
    text::Token,
    time::Date,
    unit::UnitId,
};

/// A report as it was handed in, in as much as rules ask of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HandedIn {
    /// The report.
    pub report: ReportId,
    /// Its unit.
    pub unit: UnitId,
    /// Its period.
    pub period: PeriodId,
    /// What sort of period it is.
    pub kind: PeriodKind,
    /// The last day of the period.
    pub ends_on: Date,
    /// Whether it is accepted and counts, so that later ones are compared with it.
    pub counts: bool,
    /// Its figures.
    pub figures: Vec<Figure>,
}

/// A figure that would go against the rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Against {
    /// The report.
    pub report: ReportId,
    /// Its unit.
    pub unit: UnitId,
    /// Its period.
    pub period: PeriodId,
    /// The target, by its code.
    pub target: Token,
    /// What was reported.
    pub value: Value,
}

/// What a rule would say.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Trial {
    /// How many reports were looked at.
    pub reports: usize,
    /// Of how many the rule has something to say, be it good or bad.
    pub concerned: usize,
    /// How many go against it.
    pub violating: usize,
    /// Of how many it is about a figure, and finds nothing to compare it with.
    pub silent: usize,
    /// The figures that do, by period and in the order of the reports.
    pub against: Vec<Against>,
}

impl Condition {
    /// Asks the condition of each report as if it were handed in now: beside the unit's last report of an earlier period that
    /// counts, and beside what others measured until the end of its own (`parts`, by that day).
    #[must_use]
    pub fn tried_on(&self, reports: &[HandedIn], parts: &BTreeMap<Date, Vec<Part>>) -> Trial {
        let mut trial = Trial { reports: reports.len(), ..Trial::default() };
        for report in reports {
            let facts = RuleFacts {
                rules: Vec::new(),
                last: last_before(report, reports).map(|last| last.figures.clone()).unwrap_or_default(),
                parts: parts.get(&report.ends_on).cloned().unwrap_or_default(),
            };
            let judged: Vec<_> = self.judged(report.unit, &report.figures, &facts).collect();
            trial.concerned += usize::from(judged.iter().any(|judged| judged.kept.is_ok()));
            trial.silent += usize::from(judged.iter().any(|judged| judged.kept.is_err()));
            trial.violating += usize::from(judged.iter().any(|judged| judged.kept == Ok(false)));
            let broken = judged.into_iter().filter(|judged| judged.kept == Ok(false));
            trial.against.extend(broken.map(|Judged { figure, value, .. }| Against {
                report: report.report,
                unit: report.unit,
                period: report.period,
                target: figure.code.clone(),
                value: value.clone(),
            }));
        }
        trial
    }
}

/// The unit's last report of an earlier period that counts; of those equally near the one made last, as on submission.
fn last_before<'a>(report: &HandedIn, reports: &'a [HandedIn]) -> Option<&'a HandedIn> {
    let of_unit = reports.iter().filter(|other| other.counts && other.unit == report.unit);
    let earlier = of_unit.filter(|other| other.ends_on < report.ends_on).filter_map(|other| {
        let nearness = report.kind.nearness(other.kind, other.ends_on)?;
        Some(((nearness, other.report), other))
    });
    earlier.max_by_key(|(order, _)| *order).map(|(_, last)| last)
}
