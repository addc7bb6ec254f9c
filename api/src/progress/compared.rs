//! With what progress is compared, and what the comparison comes to.

use serde::Serialize;
use thidua_domain::{
    campaign::CampaignId,
    period::PeriodId,
    progress::{Count, Shift, Whole},
    refusal::{Code, Refusal},
    time::Date,
};
use thidua_persistence::{Reader, StoreError, facts};
use utoipa::ToSchema;

use crate::{
    input::{DateOnly, Dec},
    measures::ValueBody,
};

/// The day that progress is compared with.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Compared {
    /// The day, at its end; none where no regular period is over and the caller chose none.
    pub(super) day: Option<Date>,
    /// The period that ended on it, where the caller chose no day.
    pub(super) period: Option<PeriodId>,
}

impl Compared {
    /// The day that the caller chose, which is none after the day that is shown, or the end of the last period that was over when the day that is shown began.
    pub(super) async fn to(
        reader: &Reader,
        campaign: CampaignId,
        chosen: Option<DateOnly>,
        shown: Date,
    ) -> Result<Self, StoreError> {
        if let Some(DateOnly(day)) = chosen {
            if day > shown {
                return Err(Refusal::field("/comparedToDate", Code::ComparedToLater).into());
            }
            return Ok(Self { day: Some(day), period: None });
        }
        let last = facts::progress::last_period(reader, campaign, shown).await?;
        Ok(Self { day: last.map(|(_, day)| day), period: last.map(|(period, _)| period) })
    }
}

/// How many targets stand how.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProgressCount)]
pub(crate) struct CountView {
    /// All targets in force.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    targets: u32,
    /// Of all targets: those that were measured.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    with_value: u32,
    /// Of those measured: those that are reached, compared exactly.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    reached: u32,
}

impl From<Count> for CountView {
    fn from(count: Count) -> Self {
        let Count { targets, with_value, reached } = count;
        Self { targets, with_value, reached }
    }
}

/// How many targets more stand so than on the day that they are compared with; fewer, with a minus.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProgressCountChange)]
pub(crate) struct CountChangeView {
    /// Targets that were measured since for the first time.
    #[schema(minimum = -1_000_000_000, maximum = 1_000_000_000)]
    with_value: i64,
    /// Targets that are reached since, less those that have fallen back.
    #[schema(minimum = -1_000_000_000, maximum = 1_000_000_000)]
    reached: i64,
}

impl CountChangeView {
    pub(super) fn of(now: Count, earlier: Count) -> Self {
        Self {
            with_value: i64::from(now.with_value) - i64::from(earlier.with_value),
            reached: i64::from(now.reached) - i64::from(earlier.reached),
        }
    }
}

/// Where a target of the plan stood on the day that it is compared with.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = EarlierProgress)]
pub(crate) struct WholeView {
    /// The value of the whole on that day: sums of numerators and of denominators, never of percentages.
    total: ValueBody,
    /// The share in percent, rounded down to six decimals; only for shares.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "95.1")]
    share_percent: Option<Dec>,
    /// How much of the way was gone, in percent, rounded down to two decimals; absent where no number says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "98.04")]
    completion_percent: Option<Dec>,
    /// Whether it was reached on that day, compared exactly.
    #[serde(skip_serializing_if = "Option::is_none")]
    reached: Option<bool>,
}

impl WholeView {
    pub(super) fn of(whole: Whole) -> Option<Self> {
        let Whole { total, percent, completion, reached } = whole;
        let total = total?.into();
        Some(Self { total, share_percent: percent.map(Dec), completion_percent: completion.map(Dec), reached })
    }
}

/// How far something has come since the day that it is compared with: differences of the figures shown, with a minus where
/// it fell back.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProgressChange)]
pub(crate) struct ShiftView {
    /// In the unit of measure; only for amounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2")]
    amount: Option<Dec>,
    /// In percentage points of the share; only for shares.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "1.895")]
    share_points: Option<Dec>,
    /// In percentage points of the way that is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "1.95")]
    completion_points: Option<Dec>,
}

impl ShiftView {
    pub(super) fn of(shift: Shift) -> Option<Self> {
        let Shift { amount, share_points, completion_points } = shift;
        (shift != Shift::default()).then(|| Self {
            amount: amount.map(Dec),
            share_points: share_points.map(Dec),
            completion_points: completion_points.map(Dec),
        })
    }
}
