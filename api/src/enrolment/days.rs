//! The days on which the working calendar is not what the week says, recorded as `system` where an installation begins.

use serde::Deserialize;
use thidua_domain::{
    calendar::{DayKind, RecordCalendarDay},
    policy::Directory,
    refusal::Code,
    text::{Line, Paragraph},
    time::Date,
};
use thidua_persistence::{Call, Fence, Identity, Store, StoreError};

use super::EnrolmentError;

/// A day to record.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DaySeed {
    /// Which day.
    pub date: Date,
    /// Off, or worked to make up for another day.
    pub kind: DayKind,
    /// What it is called.
    pub name: Line,
    /// What says so.
    pub instrument: Paragraph,
    /// From which day on that counts.
    pub decided_date: Date,
}

/// How many were recorded, and how many cannot be yet; the others were there before.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Recorded {
    /// Days that the calendar knows from now on.
    pub days: usize,
    /// Days of which nobody can know yet, since they are decided later.
    pub undecided: usize,
}

/// Records the days of which the calendar says nothing. What holds for a day already is left as it is; what is decided later
/// than today is left out, for nobody can know it.
///
/// # Errors
/// A day that the calendar refuses, or the store says no; what was recorded before it stays.
pub async fn record_days(store: &Store, days: &[DaySeed]) -> Result<Recorded, EnrolmentError> {
    let call = Call { identity: Identity::system(), request_id: "thidua-calendar".to_owned() };
    let today = store.read(&call).await?.now.date();
    let mut recorded = Recorded::default();
    for day in days {
        if day.decided_date > today {
            recorded.undecided += 1;
        } else {
            recorded.days += usize::from(record(store, &call, day.clone()).await?);
        }
    }
    Ok(recorded)
}

/// Whether the calendar said nothing of the day.
async fn record(store: &Store, call: &Call, day: DaySeed) -> Result<bool, EnrolmentError> {
    let date = day.date;
    let written = store.write(call.clone(), None, Fence::None, async move |tx| {
        let permitted = tx.permit_new::<RecordCalendarDay, _>(Directory)?;
        let day = RecordCalendarDay {
            day: day.date,
            kind: day.kind,
            name: day.name.clone(),
            instrument: day.instrument.clone(),
            decided_on: day.decided_date,
        };
        tx.carry_out(permitted, day).await
    });
    match written.await {
        Ok(_) => Ok(true),
        Err(StoreError::Refused(refusal)) if refusal.code == Code::CalendarDayTaken => Ok(false),
        Err(StoreError::Refused(refusal)) => Err(EnrolmentError::Day(date, refusal)),
        Err(error) => Err(error.into()),
    }
}
