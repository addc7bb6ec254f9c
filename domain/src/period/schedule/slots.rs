//! What comes of a pattern: the days of each period.

use chrono::{Datelike, Days, Months};

use super::{Due, Pattern};
use crate::{
    calendar::WorkingCalendar,
    period::PeriodKind,
    refusal::{Code, Fault, Refusal},
    text::{Line, TextFault, Token},
    time::{Date, Deadline, Timestamp},
};

/// The most periods of one schedule: five years of months.
const MOST_PERIODS: usize = 60;
/// The last year whose days the wire can name.
const LAST_YEAR: i32 = 2099;
/// How far behind the last days of a pattern its deadlines can lie, with room for every holiday.
const REACH: Days = Days::new(400);

/// A period that a pattern asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Slot {
    /// Short code.
    pub code: Token,
    /// Name as shown.
    pub name: Line,
    /// First day that is reported on.
    pub starts_on: Date,
    /// Last day that is reported on.
    pub ends_on: Date,
    /// From when on reports are expected.
    pub opens_at: Timestamp,
    /// From when on a report is late.
    pub due_before: Deadline,
    /// When it is to be closed.
    pub closes_at: Timestamp,
}

/// The days of one period before its deadlines are reckoned.
struct Span {
    code: Token,
    name: Line,
    starts_on: Date,
    ends_on: Date,
}

fn after(day: Date, days: Days) -> Date {
    day.checked_add_days(days).unwrap_or(day)
}

impl Pattern {
    /// The last day of which the calendar must be known.
    #[must_use]
    pub fn horizon(&self) -> Date {
        let last = match self.due {
            Due::WorkingDays { .. } => self.ends_on,
            Due::On { day } => day.max(self.ends_on),
        };
        after(last, REACH)
    }

    /// The periods that it asks for, in the order of their days: `opensAt ≤ dueBefore ≤ closesAt`, and each deadline that
    /// is counted in working days ends with a working day.
    ///
    /// # Errors
    /// What of the pattern contradicts itself.
    pub fn slots(&self, calendar: &WorkingCalendar) -> Result<Vec<Slot>, Refusal> {
        Refusal::unless_empty(self.faults())?;
        let spans = self.spans().map_err(|_| Refusal::field("/code", Code::FieldMissing))?;
        if spans.len() > MOST_PERIODS {
            return Err(Refusal::field("/endDate", Code::ListTooLong));
        }
        let slots: Vec<_> = spans.into_iter().map(|span| self.slot(span, calendar)).collect();
        let mut faults = Vec::new();
        if slots.iter().any(|slot| slot.due_before.instant() < slot.opens_at) {
            faults.push(Fault::at("/dueDate", Code::PeriodOutOfOrder));
        }
        if slots.iter().any(|slot| slot.closes_at.date().year() > LAST_YEAR) {
            faults.push(Fault::at("/endDate", Code::ScheduleBeyondCalendar));
        }
        Refusal::unless_empty(faults)?;
        Ok(slots)
    }

    fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.ends_on < self.starts_on {
            faults.push(Fault::at("/endDate", Code::EndBeforeStart));
        }
        let mut named = |given: bool, pointer: &str| match (self.months_each(), given) {
            (Some(_), true) => faults.push(Fault::at(pointer, Code::ScheduleNamesItself)),
            (None, false) => faults.push(Fault::at(pointer, Code::FieldMissing)),
            (Some(_), false) | (None, true) => {}
        };
        named(self.code.is_some(), "/code");
        named(self.name.is_some(), "/name");
        if self.months_each().is_some() && matches!(self.due, Due::On { .. }) {
            faults.push(Fault::at("/dueDate", Code::ScheduleNamesItself));
        }
        faults
    }

    /// How many months a period has, where there is one after the other.
    const fn months_each(&self) -> Option<u32> {
        match self.kind {
            PeriodKind::Monthly => Some(1),
            PeriodKind::Quarterly => Some(3),
            PeriodKind::AdHoc | PeriodKind::Interim | PeriodKind::Final => None,
        }
    }

    /// Whole months or quarters, cut at the first and the last day; or the one period.
    fn spans(&self) -> Result<Vec<Span>, TextFault> {
        let Some(months) = self.months_each() else {
            let (Some(code), Some(name)) = (self.code.clone(), self.name.clone()) else { return Ok(Vec::new()) };
            return Ok(vec![Span { code, name, starts_on: self.starts_on, ends_on: self.ends_on }]);
        };
        let mut spans = Vec::new();
        let mut first = beginning(self.starts_on, months);
        while first <= self.ends_on && spans.len() <= MOST_PERIODS {
            let Some(next) = first.checked_add_months(Months::new(months)) else { break };
            let (code, name) = called(first, months)?;
            let ends_on = next.pred_opt().unwrap_or(first).min(self.ends_on);
            spans.push(Span { code, name, starts_on: first.max(self.starts_on), ends_on });
            first = next;
        }
        Ok(spans)
    }

    fn slot(&self, span: Span, calendar: &WorkingCalendar) -> Slot {
        let Span { code, name, starts_on, ends_on } = span;
        let last_in_time = match self.due {
            Due::WorkingDays { count } => calendar.on_or_after(calendar.add_working_days(ends_on, count)),
            Due::On { day } => day,
        };
        let opens_on = ends_on.checked_sub_days(Days::new(self.opens_days_before.into())).unwrap_or(ends_on);
        let closes_after = calendar.add_working_days(last_in_time, self.closes_working_days);
        let day = Days::new(1);
        Slot {
            code,
            name,
            starts_on,
            ends_on,
            opens_at: Timestamp::start_of(opens_on),
            due_before: Deadline::before(after(last_in_time, day)),
            closes_at: Timestamp::start_of(after(closes_after, day)),
        }
    }
}

/// The first day of the month or quarter in which a day lies.
fn beginning(day: Date, months: u32) -> Date {
    let month = (day.month0() / months) * months + 1;
    Date::from_ymd_opt(day.year(), month, 1).unwrap_or(day)
}

/// What a commune calls a month or a quarter.
fn called(first: Date, months: u32) -> Result<(Token, Line), TextFault> {
    const QUARTERS: [&str; 4] = ["I", "II", "III", "IV"];
    let (year, month) = (first.year(), first.month());
    if months == 1 {
        return Ok((Token::parse(&format!("{year}-{month:02}"))?, Line::parse(&format!("Tháng {month} năm {year}"))?));
    }
    let quarter = (month - 1) / months;
    let roman = usize::try_from(quarter).ok().and_then(|index| QUARTERS.get(index)).copied().unwrap_or_default();
    Ok((Token::parse(&format!("{year}-Q{}", quarter + 1))?, Line::parse(&format!("Quý {roman} năm {year}"))?))
}
