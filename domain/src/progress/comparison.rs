//! Where something stands, and how far it has come since an earlier day.
//!
//! The earlier day is read with what is recorded by now: a value that was put right since is compared as it was put right.

use rust_decimal::Decimal;

use crate::{
    measure::{Measure, Value},
    target::Current,
};

/// Differences have at most fifteen digits before the point, as every decimal on the wire.
const MOST_CHANGE: i64 = 1_000_000_000_000_000;

/// What one or more values come to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Whole {
    /// The value of the whole; absent where nobody measured, and for what several units say in words.
    pub total: Option<Value>,
    /// A share in percent, for showing.
    pub percent: Option<Decimal>,
    /// How much of the way is gone, in percent.
    pub completion: Option<Decimal>,
    /// Whether it is reached; absent without a value.
    pub reached: Option<bool>,
}

/// How far something has come; each figure is the difference of two that are shown, so that anybody can check it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Shift {
    /// In the unit of measure; only for amounts.
    pub amount: Option<Decimal>,
    /// In percentage points; only for shares.
    pub share_points: Option<Decimal>,
    /// Of the way that is gone, in percentage points.
    pub completion_points: Option<Decimal>,
}

impl Whole {
    /// What these values come to: numerators and denominators are summed apart, percentages never.
    #[must_use]
    pub fn of(measure: &Measure, values: &[&Value]) -> Self {
        let total = measure.total(values);
        Self {
            percent: total.as_ref().and_then(Value::percent),
            completion: total.as_ref().and_then(|total| measure.completion(total)),
            reached: total.as_ref().map(|total| measure.reached(total)),
            total,
        }
    }

    /// What a single target comes to.
    #[must_use]
    pub fn of_one(measure: &Measure, current: Option<&Current>) -> Self {
        let value: Vec<_> = current.iter().map(|current| &current.value).collect();
        Self::of(measure, &value)
    }

    /// How far it has come since it stood there.
    #[must_use]
    pub fn since(&self, earlier: &Self) -> Shift {
        let amount = |whole: &Self| match &whole.total {
            Some(Value::Quantitative { amount }) => Some(*amount),
            Some(Value::Share { .. } | Value::Qualitative { .. } | Value::Milestone { .. }) | None => None,
        };
        Shift {
            amount: difference(amount(self), amount(earlier)),
            share_points: difference(self.percent, earlier.percent),
            completion_points: difference(self.completion, earlier.completion),
        }
    }
}

fn difference(now: Option<Decimal>, then: Option<Decimal>) -> Option<Decimal> {
    let change = now?.checked_sub(then?)?;
    (change.abs() < Decimal::from(MOST_CHANGE)).then_some(change)
}
