//! When a rule reminds: so many days before a deadline, on its last day, or after it.

use chrono::{TimeDelta, Timelike};
use serde::{Deserialize, Serialize};

use crate::{
    calendar::WorkingCalendar,
    time::{Date, Deadline, Timestamp},
};

/// The hour at which offices begin to work, and reminders go out.
const MORNING: TimeDelta = TimeDelta::hours(8);

/// How days are counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Counting {
    /// Every day.
    Calendar,
    /// Working days alone, by the working calendar.
    Working,
}

/// On which day a rule reminds, seen from the last day on which the deadline can be met.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "when", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Timing {
    /// So many days before it.
    Before {
        /// How many, from 1.
        days: u16,
        /// Which days count.
        counting: Counting,
    },
    /// On that very day, whether it is worked or not.
    On,
    /// So many days after it.
    After {
        /// How many, from 1.
        days: u16,
        /// Which days count.
        counting: Counting,
    },
}

impl Timing {
    /// The moment at which a rule reminds of a deadline: eight in the morning of its day, in Viet Nam.
    #[must_use]
    pub fn moment(self, deadline: Deadline, calendar: &WorkingCalendar) -> Timestamp {
        Timestamp::new(Timestamp::start_of(self.day(deadline.last_day(), calendar)).utc() + MORNING)
    }

    fn day(self, last: Date, calendar: &WorkingCalendar) -> Date {
        let away = |days: u16| chrono::Days::new(u64::from(days));
        let moved = match self {
            Self::On => None,
            Self::Before { days, counting: Counting::Calendar } => last.checked_sub_days(away(days)),
            Self::After { days, counting: Counting::Calendar } => last.checked_add_days(away(days)),
            Self::Before { days, counting: Counting::Working } => Some(calendar.subtract_working_days(last, days)),
            Self::After { days, counting: Counting::Working } => Some(calendar.add_working_days(last, days)),
        };
        moved.unwrap_or(last)
    }
}

/// How far a deadline is away from a moment, in days of the calendar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Distance {
    /// So many days are left until its last day.
    Left(i64),
    /// This is its last day.
    LastDay,
    /// Its last day was so many days ago; on the day itself, 0.
    Passed(i64),
}

impl Distance {
    /// How a deadline stands at a moment.
    #[must_use]
    pub fn of(deadline: Deadline, at: Timestamp) -> Self {
        let days = (deadline.last_day() - at.date()).num_days();
        if deadline.missed_at(at) {
            Self::Passed(-days)
        } else if days > 0 {
            Self::Left(days)
        } else {
            Self::LastDay
        }
    }
}

/// The hour of a deadline that ends within a day, as clocks in Viet Nam show it; `None` where it ends with the day.
#[must_use]
pub fn hour_of(deadline: Deadline) -> Option<(u32, u32)> {
    let local = deadline.instant().local().time();
    let ends_with_the_day = local.num_seconds_from_midnight() == 0 && local.nanosecond() == 0;
    (!ends_with_the_day).then_some((local.hour(), local.minute()))
}
