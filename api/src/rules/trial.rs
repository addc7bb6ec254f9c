//! What a rule would say of the reports that were handed in already.

use serde::{Deserialize, Serialize};
use thidua_domain::{
    rule::{Against, Trial},
    time::Date,
    unit::Unit,
};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::{
    input::{CodeText, PeriodKey, ReportKey, Str, UnitKey},
    measures::ValueBody,
};

/// How many figures a trial shows at most.
const MOST_SHOWN: usize = 100;

/// Whether a rule is only tried out.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct TrialQuery {
    /// Whether the rule is judged and asked of the reports that were handed in, and nothing is kept.
    #[serde(default)]
    #[param(required = false, example = true)]
    pub(super) dry_run: bool,
}

/// A figure of a report that goes against the rule.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TriedViolation)]
struct AgainstView {
    /// The report that holds the figure.
    report_id: ReportKey,
    /// The unit that reports.
    unit_id: UnitKey,
    /// Its short code, as plans use it.
    #[schema(example = "TH1")]
    unit_code: CodeText,
    /// Its full name today, as printed.
    #[schema(example = "Trường Tiểu học")]
    unit_name: Str<300>,
    /// The period that is reported on.
    period_id: PeriodKey,
    /// The target whose value it is, by its code.
    #[schema(example = "BHYT-HS")]
    target: CodeText,
    /// The value that was reported.
    value: ValueBody,
}

/// What a validation rule would say of the reports that were handed in. Nothing of it was kept.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ValidationRulePreview {
    /// How many targets in force the rule has something to say of, as `coveredTargets` of a rule: with 0 it would guard nothing.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    covered_targets: usize,
    /// Reports that were handed in, and wait, count or were given back.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    reports: usize,
    /// Of them: those of which the rule has something to say.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    concerned: usize,
    /// Of those it has something to say of: the ones that go against it.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    violating: usize,
    /// Of all reports: those with a figure that the rule is about, and nothing to compare it with.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    silent: usize,
    /// The figures that go against it: how many there are in all.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    total: usize,
    /// The figures that go against it, by the last day of the period; of more than a hundred the first hundred.
    #[schema(max_items = 100)]
    violations: Vec<AgainstView>,
}

impl ValidationRulePreview {
    pub(super) fn of(trial: Trial, covered_targets: usize, units: &[Unit], today: Date) -> Self {
        let Trial { reports, concerned, violating, silent, against } = trial;
        let row = |against: &Against| {
            let unit = units.iter().find(|unit| unit.root.id == against.unit)?;
            Some(AgainstView {
                report_id: against.report.into(),
                unit_id: against.unit.into(),
                unit_code: unit.code.clone().into(),
                unit_name: unit.name_on(today).clone().into(),
                period_id: against.period.into(),
                target: against.target.clone().into(),
                value: against.value.clone().into(),
            })
        };
        Self {
            covered_targets,
            reports,
            concerned,
            violating,
            silent,
            total: against.len(),
            violations: against.iter().take(MOST_SHOWN).filter_map(row).collect(),
        }
    }
}
