//! Measuring: what a target asks for, what a value says, and whether the one meets the other. Exact, never `f64`.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    refusal::{Code, Fault},
    text::{Line, Paragraph, Token},
};

mod total;

/// Which way is better.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Direction {
    /// At least as much as planned (≥).
    AtLeast,
    /// At most as much as planned (≤).
    AtMost,
    /// Exactly as planned (=).
    Exactly,
}

/// A step of a milestone target: a project to clear, a stage to reach.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Step {
    /// Short code, unique within the target.
    pub code: Token,
    /// What is done when it is done.
    pub name: Line,
}

/// What a target asks for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Measure {
    /// A number in a unit of measure.
    Quantitative {
        /// ha, người, đồng …
        measure_unit: Token,
        /// Which way is better.
        direction: Direction,
        /// Where it stood before the campaign.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        baseline: Option<Decimal>,
        /// What is to be reached.
        planned: Decimal,
    },
    /// A share of a whole in percent; measured as numerator and denominator, and never summed across units.
    Share {
        /// Which way is better.
        direction: Direction,
        /// Where it stood before the campaign, in percent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        baseline: Option<Decimal>,
        /// What is to be reached, in percent from 0 to 100.
        planned: Decimal,
    },
    /// Something to be judged in words.
    Qualitative {
        /// What is expected.
        expected: Paragraph,
    },
    /// A list of steps, each done or not.
    Milestone {
        /// The steps.
        steps: Vec<Step>,
    },
}

/// What was found on a day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Value {
    /// For a quantitative target, in its unit of measure.
    Quantitative {
        /// The amount.
        amount: Decimal,
    },
    /// For a share.
    Share {
        /// How many of the whole.
        numerator: Decimal,
        /// The whole.
        denominator: Decimal,
    },
    /// For a qualitative target.
    Qualitative {
        /// What was found.
        finding: Paragraph,
        /// Whether it is as expected.
        reached: bool,
    },
    /// For a milestone target.
    Milestone {
        /// The codes of the steps that are done.
        done: Vec<Token>,
    },
}

/// How many steps a milestone target may have.
pub const MAX_STEPS: usize = 50;

const HUNDRED: Decimal = Decimal::ONE_HUNDRED;
/// Percentages have at most fifteen digits before the point, as every decimal on the wire.
const MOST_PERCENT: i64 = 1_000_000_000_000_000;

impl Measure {
    /// The kind on the wire.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Quantitative { .. } => "QUANTITATIVE",
            Self::Share { .. } => "SHARE",
            Self::Qualitative { .. } => "QUALITATIVE",
            Self::Milestone { .. } => "MILESTONE",
        }
    }

    /// What is wrong with it; pointers begin at `at`.
    #[must_use]
    pub fn check(&self, at: &str) -> Vec<Fault> {
        let mut faults = Vec::new();
        match self {
            Self::Quantitative { .. } | Self::Qualitative { .. } => {}
            Self::Share { baseline, planned, .. } => {
                if !percent(*planned) {
                    faults.push(Fault::at(format!("{at}/planned"), Code::ShareOverWhole));
                }
                if baseline.is_some_and(|share| !percent(share)) {
                    faults.push(Fault::at(format!("{at}/baseline"), Code::ShareOverWhole));
                }
            }
            Self::Milestone { steps } => {
                if !(1..=MAX_STEPS).contains(&steps.len()) {
                    faults.push(Fault::at(format!("{at}/steps"), Code::StepsOutOfBounds));
                }
                for (index, step) in steps.iter().enumerate() {
                    if steps[..index].iter().any(|earlier| earlier.code == step.code) {
                        faults.push(Fault::at(format!("{at}/steps/{index}/code"), Code::Duplicate));
                    }
                }
            }
        }
        faults
    }

    /// What is wrong with a value of this target; pointers begin at `at`.
    #[must_use]
    pub fn check_value(&self, value: &Value, at: &str) -> Vec<Fault> {
        match (self, value) {
            (Self::Quantitative { .. }, Value::Quantitative { .. })
            | (Self::Qualitative { .. }, Value::Qualitative { .. }) => Vec::new(),
            (Self::Share { .. }, Value::Share { numerator, denominator }) => check_share(*numerator, *denominator, at),
            (Self::Milestone { steps }, Value::Milestone { done }) => check_done(steps, done, at),
            (
                Self::Quantitative { .. } | Self::Share { .. } | Self::Qualitative { .. } | Self::Milestone { .. },
                Value::Quantitative { .. } | Value::Share { .. } | Value::Qualitative { .. } | Value::Milestone { .. },
            ) => vec![Fault::at(format!("{at}/kind"), Code::ValueOfOtherKind)],
        }
    }

    /// Whether the value meets the target: compared exactly, so that 96.995 % does not reach 97 %.
    #[must_use]
    pub fn reached(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Quantitative { direction, planned, .. }, Value::Quantitative { amount }) => {
                direction.met(*amount, *planned)
            }
            (Self::Share { direction, planned, .. }, Value::Share { numerator, denominator }) => {
                // Multiplied out, since the quotient need not have a finite number of digits.
                match (numerator.checked_mul(HUNDRED), planned.checked_mul(*denominator)) {
                    (Some(have), Some(want)) => direction.met(have, want),
                    (None, _) | (_, None) => false,
                }
            }
            (Self::Qualitative { .. }, Value::Qualitative { reached, .. }) => *reached,
            (Self::Milestone { steps }, Value::Milestone { done }) => {
                steps.iter().all(|step| done.contains(&step.code))
            }
            (
                Self::Quantitative { .. } | Self::Share { .. } | Self::Qualitative { .. } | Self::Milestone { .. },
                Value::Quantitative { .. } | Value::Share { .. } | Value::Qualitative { .. } | Value::Milestone { .. },
            ) => false,
        }
    }

    /// How much of the way is gone, in percent with two decimals, rounded down; more than 100 is possible.
    ///
    /// From the baseline where there is one. `None` where no number says it: words, a plan of nothing or next to nothing,
    /// "exactly" without a baseline, or "at most" without a baseline.
    #[must_use]
    pub fn completion(&self, value: &Value) -> Option<Decimal> {
        match (self, value) {
            (Self::Quantitative { direction, baseline, planned, .. }, Value::Quantitative { amount }) => {
                way_gone(*direction, *baseline, *planned, *amount)
            }
            (Self::Share { direction, baseline, planned }, Value::Share { numerator, denominator }) => {
                way_gone(*direction, *baseline, *planned, share_percent(*numerator, *denominator)?)
            }
            (Self::Milestone { steps }, Value::Milestone { done }) => {
                part(Decimal::from(done.len()), Decimal::from(steps.len()))
            }
            (
                Self::Quantitative { .. } | Self::Share { .. } | Self::Qualitative { .. } | Self::Milestone { .. },
                Value::Quantitative { .. } | Value::Share { .. } | Value::Qualitative { .. } | Value::Milestone { .. },
            ) => None,
        }
    }
}

impl Direction {
    /// Whether `have` is as good as `want`.
    #[must_use]
    pub fn met(self, have: Decimal, want: Decimal) -> bool {
        match self {
            Self::AtLeast => have >= want,
            Self::AtMost => have <= want,
            Self::Exactly => have == want,
        }
    }
}

/// A share in percent, for showing: six decimals, rounded down so that it never looks like more than it is.
#[must_use]
pub fn share_percent(numerator: Decimal, denominator: Decimal) -> Option<Decimal> {
    let quotient = numerator.checked_mul(HUNDRED)?.checked_div(denominator)?;
    Some(quotient.round_dp_with_strategy(6, rust_decimal::RoundingStrategy::ToZero).normalize())
}

fn way_gone(direction: Direction, baseline: Option<Decimal>, planned: Decimal, have: Decimal) -> Option<Decimal> {
    match (baseline, direction) {
        (Some(from), Direction::AtLeast | Direction::AtMost | Direction::Exactly) => {
            part(have.checked_sub(from)?, planned.checked_sub(from)?)
        }
        (None, Direction::AtLeast) if planned > Decimal::ZERO => part(have, planned),
        (None, Direction::AtLeast | Direction::AtMost | Direction::Exactly) => None,
    }
}

fn part(have: Decimal, whole: Decimal) -> Option<Decimal> {
    let quotient = have.checked_mul(HUNDRED)?.checked_div(whole)?;
    let percent = quotient.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::ToNegativeInfinity).normalize();
    // Of a plan next to nothing every result is a percentage that says nothing, and that no column holds.
    (percent.abs() < Decimal::from(MOST_PERCENT)).then_some(percent)
}

fn percent(share: Decimal) -> bool {
    (Decimal::ZERO..=HUNDRED).contains(&share)
}

fn check_share(numerator: Decimal, denominator: Decimal, at: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    if denominator <= Decimal::ZERO {
        faults.push(Fault::at(format!("{at}/denominator"), Code::ShareOfNothing));
    }
    if numerator < Decimal::ZERO || numerator > denominator {
        faults.push(Fault::at(format!("{at}/numerator"), Code::ShareOverWhole));
    }
    faults
}

fn check_done(steps: &[Step], done: &[Token], at: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (index, code) in done.iter().enumerate() {
        if !steps.iter().any(|step| step.code == *code) {
            faults.push(Fault::at(format!("{at}/done/{index}"), Code::UnknownReference));
        } else if done[..index].contains(code) {
            faults.push(Fault::at(format!("{at}/done/{index}"), Code::Duplicate));
        }
    }
    faults
}

#[cfg(test)]
mod tests;
