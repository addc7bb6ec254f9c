//! What a rule asks of figures: a closed list of questions, each exact and without a division.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    measure::{Direction, Value},
    refusal::{Code, Fault},
    text::Token,
    unit::{UnitId, UnitType},
};

/// What must be so.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Condition {
    /// A value is not lower than in the unit's last accepted report of an earlier period.
    NotBelowLastPeriod {
        /// Which target, by its code; every one that can be counted where none is named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        target: Option<Token>,
    },
    /// The value of one target stands to that of another one of the same unit as it must: done ≤ total.
    Compared {
        /// The target on the left.
        target: Token,
        /// How it must stand to the other.
        operator: Direction,
        /// The target on the right.
        other_target: Token,
    },
    /// A value lies within bounds, both included; of a share, in percent.
    Within {
        /// Which target, by its code.
        target: Token,
        /// The least that it may be.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at_least: Option<Decimal>,
        /// The most that it may be.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at_most: Option<Decimal>,
    },
    /// The values of a target, over all units of a type, come to what one unit reports of its own: villages and commune. What
    /// counts is what counts on the last day of the period: of villages that were merged each figure once.
    SumOfUnits {
        /// The target that is summed, by its code.
        target: Token,
        /// The type of the units over which it is.
        unit_type: UnitType,
        /// The unit that reports the whole.
        owner_unit: UnitId,
        /// The target that says the whole, by its code.
        other_target: Token,
    },
}

impl Condition {
    /// What is wrong with it; pointers begin at `at`.
    #[must_use]
    pub fn check(&self, at: &str) -> Vec<Fault> {
        match self {
            Self::NotBelowLastPeriod { .. } | Self::SumOfUnits { .. } => Vec::new(),
            Self::Compared { target, other_target, .. } if target == other_target => {
                vec![Fault::at(format!("{at}/otherTarget"), Code::Duplicate)]
            }
            Self::Compared { .. } => Vec::new(),
            Self::Within { at_least: Some(least), at_most: Some(most), .. } if least > most => {
                vec![Fault::at(format!("{at}/atMost"), Code::BoundsOutOfOrder)]
            }
            Self::Within { at_least: None, at_most: None, .. } => {
                vec![Fault::at(format!("{at}/atLeast"), Code::FieldMissing)]
            }
            Self::Within { .. } => Vec::new(),
        }
    }
}

/// Two values as two numbers that stand to each other as the values do: shares multiplied out, so that nothing is rounded.
///
/// `None` where they are of different sorts, said in words, or have more digits than there are.
pub(super) fn beside(left: &Value, right: &Value) -> Option<(Decimal, Decimal)> {
    match (left, right) {
        (Value::Share { numerator, denominator }, Value::Share { numerator: other, denominator: whole }) => {
            Some((numerator.checked_mul(*whole)?, other.checked_mul(*denominator)?))
        }
        (Value::Share { .. }, _) | (_, Value::Share { .. }) => None,
        (left, right) => Some((number(left)?, number(right)?)),
    }
}

/// A value beside a bound, which is a percentage for a share.
pub(super) fn beside_bound(value: &Value, bound: Decimal) -> Option<(Decimal, Decimal)> {
    match value {
        Value::Share { numerator, denominator } => {
            Some((numerator.checked_mul(Decimal::ONE_HUNDRED)?, bound.checked_mul(*denominator)?))
        }
        Value::Quantitative { .. } | Value::Qualitative { .. } | Value::Milestone { .. } => {
            Some((number(value)?, bound))
        }
    }
}

fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Quantitative { amount } => Some(*amount),
        Value::Milestone { done } => Some(Decimal::from(done.len())),
        Value::Share { .. } | Value::Qualitative { .. } => None,
    }
}
