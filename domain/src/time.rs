//! Instants, days and deadlines. The law speaks of days in Viet Nam; the wire speaks UTC.

use std::fmt;

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A calendar day in Asia/Ho_Chi_Minh, as law and plan mean it.
pub type Date = NaiveDate;

/// Seconds east of UTC in Asia/Ho_Chi_Minh, without summer time since 1975.
const VIETNAM_OFFSET_SECONDS: i32 = 7 * 3600;

/// An instant with microseconds, the precision that storage keeps.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(DateTime<Utc>);

impl Timestamp {
    /// Takes any instant and drops what storage would not keep.
    #[must_use]
    pub fn new(value: DateTime<Utc>) -> Self {
        Self(DateTime::from_timestamp_micros(value.timestamp_micros()).unwrap_or(value))
    }

    /// The first instant of a day in Viet Nam.
    #[must_use]
    pub fn start_of(day: Date) -> Self {
        let midnight = day.and_time(NaiveTime::MIN) - TimeDelta::seconds(i64::from(VIETNAM_OFFSET_SECONDS));
        Self(midnight.and_utc())
    }

    /// Day and time of day that clocks in Viet Nam show at this instant.
    #[must_use]
    pub fn local(self) -> NaiveDateTime {
        self.0.naive_utc() + TimeDelta::seconds(i64::from(VIETNAM_OFFSET_SECONDS))
    }

    /// The day in Viet Nam on which this instant falls.
    #[must_use]
    pub fn date(self) -> Date {
        self.local().date()
    }

    /// The instant for libraries that want chrono's own type.
    #[must_use]
    pub const fn utc(self) -> DateTime<Utc> {
        self.0
    }

    /// Reads RFC 3339 with any offset; `None` where the text is not an instant.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok().map(|value| Self::new(value.to_utc()))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}
impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        DateTime::<FixedOffset>::deserialize(deserializer).map(|value| Self::new(value.to_utc()))
    }
}

/// An exclusive deadline: "trước ngày 15" ends with the last instant of the 14th.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Deadline(Timestamp);

impl Deadline {
    /// The deadline that a plan prints as "trước ngày `day`".
    #[must_use]
    pub fn before(day: Date) -> Self {
        Self(Timestamp::start_of(day))
    }

    /// The deadline that a plan prints as "đến hết ngày `day`": the day itself is in time.
    #[must_use]
    pub fn through(day: Date) -> Self {
        Self(Timestamp::start_of(day.succ_opt().unwrap_or(day)))
    }

    /// A deadline given as the first instant that is too late.
    #[must_use]
    pub const fn at(instant: Timestamp) -> Self {
        Self(instant)
    }

    /// Whether something done at `at` is late; the instant itself is.
    #[must_use]
    pub fn missed_at(self, at: Timestamp) -> bool {
        at >= self.0
    }

    /// The first instant that is too late.
    #[must_use]
    pub const fn instant(self) -> Timestamp {
        self.0
    }

    /// The last day on which it can still be met.
    #[must_use]
    pub fn last_day(self) -> Date {
        let day = self.0.date();
        if Timestamp::start_of(day) == self.0 { day.checked_sub_days(Days::new(1)).unwrap_or(day) } else { day }
    }
}

/// Some days in a row in Viet Nam, the first and the last included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    /// The first day.
    pub first: Date,
    /// The last day; not before the first.
    pub last: Date,
}

impl Span {
    /// The first instant that belongs to it.
    #[must_use]
    pub fn starts_at(self) -> Timestamp {
        Timestamp::start_of(self.first)
    }

    /// The first instant that no longer belongs to it.
    #[must_use]
    pub fn ends_before(self) -> Timestamp {
        Timestamp::start_of(self.last.succ_opt().unwrap_or(self.last))
    }

    /// Whether an instant belongs to it.
    #[must_use]
    pub fn contains(self, instant: Timestamp) -> bool {
        (self.starts_at()..self.ends_before()).contains(&instant)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_the_fifteenth_ends_with_the_fourteenth_in_viet_nam() {
        let deadline = Deadline::before(Date::from_ymd_opt(2025, 12, 15).unwrap());
        assert_eq!(deadline.instant().to_string(), "2025-12-14T17:00:00Z");
        assert_eq!(deadline.last_day(), Date::from_ymd_opt(2025, 12, 14).unwrap());
        assert!(!deadline.missed_at(Timestamp::parse("2025-12-14T23:59:59.999999+07:00").unwrap()));
        assert!(deadline.missed_at(Timestamp::parse("2025-12-15T00:00:00+07:00").unwrap()));
    }

    #[test]
    fn a_day_is_a_day_in_viet_nam() {
        assert_eq!(Timestamp::parse("2025-12-08T17:30:00Z").unwrap().date().to_string(), "2025-12-09");
    }
}
