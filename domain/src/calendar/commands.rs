//! What the administrator of the directory does with the calendar.

use super::{CalendarDay, DayKind, Stage, is_weekend};
use crate::{
    change::{Change, Moment},
    policy::{Action, Command, Directory, Permitted},
    refusal::{Code, Fault, Refusal},
    text::{Line, Paragraph},
    time::Date,
};

/// Records an exception of the calendar.
#[derive(Clone, Debug)]
pub struct RecordCalendarDay {
    /// The day.
    pub day: Date,
    /// What is said of it.
    pub kind: DayKind,
    /// Its name.
    pub name: Line,
    /// What says so.
    pub instrument: Paragraph,
    /// When that was decided.
    pub decided_on: Date,
}

impl Command<Directory> for RecordCalendarDay {
    const ACTION: Action = Action::RecordCalendarDay;
    type Of = CalendarDay;

    fn ready(_: &Directory) -> Result<(), Code> {
        Ok(())
    }

    /// One exception a day holds; a unique index sees to it.
    fn apply(self, _: Permitted<Self, Directory>, at: Moment<'_>) -> Result<Change<CalendarDay>, Refusal> {
        let mut faults = Vec::new();
        if self.kind == DayKind::MakeUp && !is_weekend(self.day) {
            faults.push(Fault::at("/exceptionDate", Code::MakeUpOnWeekday));
        }
        if self.decided_on > at.now.date() {
            faults.push(Fault::at("/decidedDate", Code::DayInFuture));
        }
        Refusal::unless_empty(faults)?;
        let day = CalendarDay {
            root: at.root(),
            day: self.day,
            kind: self.kind,
            name: self.name,
            instrument: self.instrument,
            decided_on: self.decided_on,
            stage: Stage::InForce,
        };
        Ok(Change::created(day, "calendarDay.recorded"))
    }
}

/// Withdraws an exception; what was reckoned with it stays as it was announced.
#[derive(Clone, Debug)]
pub struct WithdrawCalendarDay {
    /// Why.
    pub reason: Paragraph,
}

impl Command<CalendarDay> for WithdrawCalendarDay {
    const ACTION: Action = Action::WithdrawCalendarDay;
    type Of = CalendarDay;

    fn ready(day: &CalendarDay) -> Result<(), Code> {
        match day.stage {
            Stage::InForce => Ok(()),
            Stage::Withdrawn { .. } => Err(Code::CalendarDayWithdrawn),
        }
    }

    fn apply(self, on: Permitted<Self, CalendarDay>, at: Moment<'_>) -> Result<Change<CalendarDay>, Refusal> {
        let reason = self.reason.clone();
        Ok(on
            .made(at.now, "calendarDay.withdrawn", |day| {
                day.stage = Stage::Withdrawn { withdrawn_on: at.now.date(), reason };
            })
            .because(self.reason))
    }
}
