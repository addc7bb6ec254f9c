//! What the values of several units come to.

use rust_decimal::Decimal;

use super::{Measure, Value, share_percent};
use crate::text::Token;

impl Measure {
    /// The value of the whole: numerators and denominators summed apart, amounts summed, steps united. What is said in
    /// words has no sum; a single unit's words stand for the whole.
    ///
    /// `None` without a value, where one is of another kind, or where the sum has more digits than there are: no figure
    /// is better than a false one.
    #[must_use]
    pub fn total(&self, values: &[&Value]) -> Option<Value> {
        match (self, values) {
            (_, []) => None,
            (Self::Quantitative { .. }, _) => {
                let amount = sum(values.iter().map(|value| match value {
                    Value::Quantitative { amount } => Some(*amount),
                    Value::Share { .. } | Value::Qualitative { .. } | Value::Milestone { .. } => None,
                }))?;
                Some(Value::Quantitative { amount })
            }
            (Self::Share { .. }, _) => {
                let parts = |which: fn(Decimal, Decimal) -> Decimal| {
                    sum(values.iter().map(|value| match value {
                        Value::Share { numerator, denominator } => Some(which(*numerator, *denominator)),
                        Value::Quantitative { .. } | Value::Qualitative { .. } | Value::Milestone { .. } => None,
                    }))
                };
                Some(Value::Share { numerator: parts(|one, _| one)?, denominator: parts(|_, other| other)? })
            }
            (Self::Qualitative { .. }, [only]) => Some((*only).clone()),
            (Self::Qualitative { .. }, _) => None,
            (Self::Milestone { steps }, _) => {
                let is_done = |code: &Token| {
                    values.iter().any(|value| match value {
                        Value::Milestone { done } => done.contains(code),
                        Value::Quantitative { .. } | Value::Share { .. } | Value::Qualitative { .. } => false,
                    })
                };
                let done = steps.iter().map(|step| step.code.clone()).filter(is_done).collect();
                Some(Value::Milestone { done })
            }
        }
    }
}

impl Value {
    /// A share in percent, for showing; nothing else has one.
    #[must_use]
    pub fn percent(&self) -> Option<Decimal> {
        match self {
            Self::Share { numerator, denominator } => share_percent(*numerator, *denominator),
            Self::Quantitative { .. } | Self::Qualitative { .. } | Self::Milestone { .. } => None,
        }
    }
}

fn sum(mut amounts: impl Iterator<Item = Option<Decimal>>) -> Option<Decimal> {
    amounts.try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(amount?))
}
