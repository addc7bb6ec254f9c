//! Counting working days.

use std::collections::BTreeMap;

use chrono::{Datelike, Weekday};

use super::{CalendarDay, DayKind};
use crate::time::Date;

/// Whether offices are closed on this day of the week.
#[must_use]
pub fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The calendar as it was known on a day.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WorkingCalendar(BTreeMap<Date, DayKind>);

impl WorkingCalendar {
    /// What of these exceptions was known on a day.
    #[must_use]
    pub fn known_on<'a>(days: impl IntoIterator<Item = &'a CalendarDay>, day: Date) -> Self {
        Self(days.into_iter().filter(|one| one.known_on(day)).map(|one| (one.day, one.kind)).collect())
    }

    /// Whether offices work on a day.
    #[must_use]
    pub fn is_working(&self, day: Date) -> bool {
        match self.0.get(&day) {
            Some(DayKind::Holiday) => false,
            Some(DayKind::MakeUp) => true,
            None => !is_weekend(day),
        }
    }

    /// The `count`-th working day after a day: the day itself never counts. With 0 it is the day itself.
    #[must_use]
    pub fn add_working_days(&self, from: Date, count: u16) -> Date {
        let after = from.iter_days().skip(1).filter(|day| self.is_working(*day));
        usize::from(count).checked_sub(1).and_then(|before| after.into_iter().nth(before)).unwrap_or(from)
    }

    /// The `count`-th working day before a day: the day itself never counts. With 0 it is the day itself.
    #[must_use]
    pub fn subtract_working_days(&self, from: Date, count: u16) -> Date {
        let before = std::iter::successors(from.pred_opt(), Date::pred_opt).filter(|day| self.is_working(*day));
        usize::from(count).checked_sub(1).and_then(|after| before.into_iter().nth(after)).unwrap_or(from)
    }

    /// The day itself where it is worked, else the next one that is.
    #[must_use]
    pub fn on_or_after(&self, day: Date) -> Date {
        day.iter_days().find(|one| self.is_working(*one)).unwrap_or(day)
    }

    /// How many working days there are from one day to another, both counted.
    #[must_use]
    pub fn working_days(&self, from: Date, to: Date) -> usize {
        from.iter_days().take_while(|day| *day <= to).filter(|day| self.is_working(*day)).count()
    }
}
