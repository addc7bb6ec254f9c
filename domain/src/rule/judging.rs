//! Asks the rules of a campaign about a report that is handed in.

use serde::{Deserialize, Serialize};

use super::{
    Condition, Severity, ValidationRule, ValidationRuleId,
    condition::{beside, beside_bound},
};
use crate::{
    measure::{Direction, Value},
    progress::{Held, counting},
    refusal::{Code, Fault},
    registration::duplicates,
    report::Figure,
    text::{Line, Paragraph, Token},
    time::Date,
    unit::{Hierarchy, UnitId, UnitLife, UnitType},
};

/// How many comments on rules a report may have.
pub const MAX_COMMENTS: usize = 50;

/// What storage knows of the rules of a campaign, and of what they compare a report with.
#[derive(Clone, Debug, Default)]
pub struct RuleFacts {
    /// The rules that are not retired, by code.
    pub rules: Vec<ValidationRule>,
    /// The figures of the unit's last accepted report of an earlier period; none where there is no such report.
    pub last: Vec<Figure>,
    /// What counts on the last day of the period of all that units measured up to then of the targets that a rule sums.
    pub parts: Vec<Part>,
}

/// What a unit measured last of a target.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// The unit.
    pub unit: UnitId,
    /// Its type.
    pub unit_type: UnitType,
    /// The target, by its code.
    pub target: Token,
    /// The day for which the value holds.
    pub as_of: Date,
    /// What was found.
    pub value: Value,
}

impl Part {
    /// Those of all that was measured up to a day that count on it: what a unit left that has ended counts, as in progress,
    /// until one that stands in its place has measured the same since. It stays a part of the type of the unit that left it.
    #[must_use]
    pub fn counting(measured: &[Self], day: Date, units: &[UnitLife]) -> Vec<Self> {
        counting(&Hierarchy::on(day, units), measured.iter()).into_iter().cloned().collect()
    }
}

impl Held for Part {
    fn unit(&self) -> UnitId {
        self.unit
    }
    fn code(&self) -> &Token {
        &self.target
    }
    fn as_of(&self) -> Option<Date> {
        Some(self.as_of)
    }
}

/// Why a report passes although a rule warns of it. Its names are those of the wire, which remarks use.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RuleComment {
    /// The rule, by its code.
    pub rule: Token,
    /// Why it is so.
    pub comment: Paragraph,
}

impl RuleComment {
    /// What is wrong with a list of them.
    #[must_use]
    pub fn check(comments: &[Self]) -> Vec<Fault> {
        let rules: Vec<_> = comments.iter().map(|comment| &comment.rule).collect();
        duplicates(&rules, |index| format!("/ruleComments/{index}/rule"))
    }
}

/// A rule that a report was handed in against, with why: kept as it was then, for the one who accepts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Violation {
    /// The rule.
    pub rule: ValidationRuleId,
    /// Its code.
    pub code: Token,
    /// What it asks, in words.
    pub name: Line,
    /// The target whose value it is about, by its code.
    pub target: Token,
    /// Why it is so, as the unit says.
    pub comment: Paragraph,
}

/// Asks every rule about the figures of a unit's report, which stand in the order of `/targetResults`.
///
/// # Errors
/// Each figure that violates a rule that blocks, or one that warns and on which the unit does not comment.
pub fn judge(
    unit: UnitId,
    figures: &[Figure],
    comments: &[RuleComment],
    facts: &RuleFacts,
) -> Result<Vec<Violation>, Vec<Fault>> {
    let (mut violations, mut faults) = (Vec::new(), Vec::new());
    for rule in &facts.rules {
        let comment = comments.iter().find(|comment| comment.rule == rule.code);
        for Judged { index, figure, .. } in rule.condition.judged(unit, figures, facts).filter(|judged| !judged.kept) {
            let fault = |code| Fault::at(format!("/targetResults/{index}"), code).about(rule.name.clone());
            match (rule.severity, comment) {
                (Severity::Block, _) => faults.push(fault(Code::RuleViolated)),
                (Severity::Warn, None) => faults.push(fault(Code::RuleCommentMissing)),
                (Severity::Warn, Some(comment)) => violations.push(Violation {
                    rule: rule.root.id,
                    code: rule.code.clone(),
                    name: rule.name.clone(),
                    target: figure.code.clone(),
                    comment: comment.comment.clone(),
                }),
            }
        }
    }
    if faults.is_empty() { Ok(violations) } else { Err(faults) }
}

/// What a condition says of a figure that it is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judged<'a> {
    /// Where the figure stands in the report.
    pub(super) index: usize,
    /// The figure.
    pub(super) figure: &'a Figure,
    /// Its value.
    pub(super) value: &'a Value,
    /// Whether it is as it must be.
    pub(super) kept: bool,
}

impl Condition {
    /// What it says of each figure of a report that has a value and that it has something to compare with.
    pub(super) fn judged<'a>(
        &'a self,
        unit: UnitId,
        figures: &'a [Figure],
        facts: &'a RuleFacts,
    ) -> impl Iterator<Item = Judged<'a>> {
        figures.iter().enumerate().filter_map(move |(index, figure)| {
            let value = &figure.finding.as_ref()?.value;
            let kept = self.kept(unit, figure, value, figures, facts)?;
            Some(Judged { index, figure, value, kept })
        })
    }

    /// Whether the value of a figure is as it must be; `None` where the rule is not about it, or has nothing to compare.
    fn kept(
        &self,
        unit: UnitId,
        figure: &Figure,
        value: &Value,
        figures: &[Figure],
        facts: &RuleFacts,
    ) -> Option<bool> {
        let of_it = |code: &Token| (figure.code == *code).then_some(());
        match self {
            Self::NotBelowLastPeriod { target } => {
                target.as_ref().map_or(Some(()), of_it)?;
                let last = facts.last.iter().find(|last| last.target == figure.target)?;
                met(Direction::AtLeast, beside(value, &last.finding.as_ref()?.value))
            }
            Self::Compared { target, operator, other_target } => {
                of_it(target)?;
                let other = figures.iter().find(|other| other.code == *other_target)?;
                met(*operator, beside(value, &other.finding.as_ref()?.value))
            }
            Self::Within { target, at_least, at_most } => {
                of_it(target)?;
                let least = at_least.map(|bound| met(Direction::AtLeast, beside_bound(value, bound)));
                let most = at_most.map(|bound| met(Direction::AtMost, beside_bound(value, bound)));
                Some(least.unwrap_or(Some(true))? && most.unwrap_or(Some(true))?)
            }
            Self::SumOfUnits { target, unit_type, owner_unit, other_target } => {
                of_it(other_target)?;
                (unit == *owner_unit).then_some(())?;
                let of_units = facts.parts.iter().filter(|part| part.target == *target && part.unit_type == *unit_type);
                let parts: Vec<_> = of_units.map(|part| &part.value).collect();
                comes_to(&figure.measure.total(&parts)?, value)
            }
        }
    }
}

fn met(operator: Direction, pair: Option<(rust_decimal::Decimal, rust_decimal::Decimal)>) -> Option<bool> {
    pair.map(|(left, right)| operator.met(left, right))
}

/// Whether a sum is the whole: of shares both parts must be, since the same percentage can be of other people.
fn comes_to(sum: &Value, whole: &Value) -> Option<bool> {
    match (sum, whole) {
        (Value::Quantitative { .. }, Value::Quantitative { .. }) | (Value::Share { .. }, Value::Share { .. }) => {
            Some(sum == whole)
        }
        (
            Value::Quantitative { .. } | Value::Share { .. } | Value::Qualitative { .. } | Value::Milestone { .. },
            Value::Quantitative { .. } | Value::Share { .. } | Value::Qualitative { .. } | Value::Milestone { .. },
        ) => None,
    }
}
