//! The working calendar, as rules need it.

use thidua_domain::{calendar::CalendarDay, time::Date};

use crate::{connection::Conn, entity::CalendarFilter, error::StoreError, page::Filter, shown::every};

/// The exceptions of a range of days, by day; withdrawn ones too, since it may be asked what was known before.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn exceptions(db: &Conn, from: Date, to: Date) -> Result<Vec<CalendarDay>, StoreError> {
    let mut days: Vec<CalendarDay> = every(db, CalendarFilter { from, to }.condition(), None).await?;
    days.sort_by_key(|one| one.day);
    Ok(days)
}
