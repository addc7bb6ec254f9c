//! The registers, as numbering must know them.

use chrono::Datelike;
use sea_orm::{
    Condition,
    sea_query::{Alias, Expr, ExprTrait},
};
use thidua_domain::{
    calendar::{CalendarDay, WorkingCalendar},
    change::Aggregate,
    document::{Document, DocumentId, DocumentSeries, DocumentType, NumberingFacts},
    incoming::{IncomingDocument, IncomingFacts},
    time::Date,
    unit::UnitId,
};

use super::consolidation::ask;
use crate::{
    DocumentFilter, IncomingDocumentFilter,
    error::StoreError,
    shown::every,
    store::Reader,
    stored::{Stored, decode},
    tx::Tx,
};

/// The series in force, locked until the end, so that one number is given after the other; and what its register says of the
/// year and of what stands before and behind a number that was typed, but for entries whose place was explained. A document of the type that was numbered in an earlier series counts
/// too. Without a day, today's year. With it the exceptions of the working calendar of the weeks after the signature.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn numbering(
    tx: &Tx,
    issuer: UnitId,
    document_type: DocumentType,
    number: Option<i32>,
    day: Option<Date>,
    signed_on: Date,
) -> Result<NumberingFacts, StoreError> {
    let sql = "SELECT state::text AS state FROM document_series
               WHERE issuer_unit_id = $1 AND stage = 'ACTIVE' AND (type = $2 OR type IS NULL)
               ORDER BY type NULLS LAST LIMIT 1 FOR NO KEY UPDATE";
    let rows = ask(tx.db(), sql, vec![issuer.uuid().into(), document_type.as_str().into()]).await?;
    let Some(row) = rows.first() else { return Ok(NumberingFacts::default()) };
    let series: DocumentSeries = decode(DocumentSeries::TYPE, &row.try_get_by::<String, _>("state")?)?;
    // Read by a statement of its own, which sees what was committed while the lock was waited for.
    let sql = "WITH booked AS (SELECT number, issued_on, state ->> 'orderComment' IS NULL AS in_order FROM document
                   WHERE year = $4 AND (series_id = $1 OR (issuer_unit_id = $2 AND type = $3)))
               SELECT (SELECT max(number) FROM booked) AS last,
                      (SELECT max(issued_on) FROM booked WHERE number < $5 AND in_order) AS before,
                      (SELECT min(issued_on) FROM booked WHERE number > $5 AND in_order) AS after,
                      (SELECT coalesce(jsonb_agg(c.state), '[]') FROM calendar_day c WHERE c.day BETWEEN $6 AND $6 + 60)::text AS days";
    let year = day.unwrap_or_else(|| tx.now().date()).year();
    let values = vec![
        series.root.id.uuid().into(),
        issuer.uuid().into(),
        document_type.as_str().into(),
        year.into(),
        number.into(),
        signed_on.into(),
    ];
    let rows = ask(tx.db(), sql, values).await?;
    let row = rows.first().ok_or_else(|| StoreError::State("a register without an answer".to_owned()))?;
    let days: Vec<CalendarDay> = decode(CalendarDay::TYPE, &row.try_get_by::<String, _>("days")?)?;
    Ok(NumberingFacts {
        calendar: WorkingCalendar::known_on(&days, tx.now().date()),
        series: Some(series),
        last: row.try_get_by("last")?,
        before: row.try_get_by("before")?,
        after: row.try_get_by("after")?,
    })
}

/// What the incoming book of a unit and a year says, held until the end, so that one number is given after the other: of the
/// place of an entry with this number, or of the end.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn incoming(tx: &Tx, receiver: UnitId, year: i32, number: Option<i32>) -> Result<IncomingFacts, StoreError> {
    let lock =
        "SELECT pg_advisory_xact_lock(hashtextextended('incoming ' || $1::text || ' ' || $2::text, 0))::text AS held";
    ask(tx.db(), lock, vec![receiver.uuid().into(), year.into()]).await?;
    // Read by a statement of its own, which sees what was committed while the lock was waited for.
    let sql = "WITH booked AS (SELECT number, arrived_on, state #>> '{entry,orderComment}' IS NULL AS in_order
                   FROM incoming_document WHERE receiver_unit_id = $1 AND year = $2)
               SELECT (SELECT max(number) FROM booked) AS last,
                      (SELECT max(arrived_on) FROM booked WHERE ($3::integer IS NULL OR number < $3) AND in_order) AS before,
                      (SELECT min(arrived_on) FROM booked WHERE number > $3 AND in_order) AS after";
    let rows = ask(tx.db(), sql, vec![receiver.uuid().into(), year.into(), number.into()]).await?;
    let row = rows.first().ok_or_else(|| StoreError::State("a register without an answer".to_owned()))?;
    Ok(IncomingFacts {
        last: row.try_get_by("last")?,
        before: row.try_get_by("before")?,
        after: row.try_get_by("after")?,
    })
}

/// How many entries a printed book holds at most.
pub const MOST_ENTRIES: usize = 5_000;

/// The entries of a book that this caller can see, between two days, in the order of their numbers; `None` where it would hold
/// more than [`MOST_ENTRIES`].
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn outgoing_book(
    reader: &Reader,
    filter: &DocumentFilter,
    days: Between,
) -> Result<Option<Vec<Document>>, StoreError> {
    let seen = reader.seen(filter).add(days.on("issued_on"));
    // Where there are several series, a number stands in each of them.
    entries(reader, seen, |document: &Document| (document.number, document.root.id)).await
}

/// The same of what arrived.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn incoming_book(
    reader: &Reader,
    filter: &IncomingDocumentFilter,
    days: Between,
) -> Result<Option<Vec<IncomingDocument>>, StoreError> {
    let seen = reader.seen(filter).add(days.on("arrived_on"));
    entries(reader, seen, |document: &IncomingDocument| document.number).await
}

async fn entries<A: Stored, K: Ord>(
    reader: &Reader,
    seen: Condition,
    place: impl Fn(&A) -> K,
) -> Result<Option<Vec<A>>, StoreError> {
    let there = reader.count::<A>(&seen).await?;
    if usize::try_from(there).is_ok_and(|there| there > MOST_ENTRIES) {
        return Ok(None);
    }
    let mut entries: Vec<A> = every(&reader.db, seen, None).await?;
    entries.sort_by_key(place);
    Ok(Some(entries))
}

/// Both days are within; without one there is no bound.
#[derive(Clone, Copy, Debug)]
pub struct Between {
    /// The first day.
    pub first: Option<Date>,
    /// The last.
    pub last: Option<Date>,
}

impl Between {
    fn on(self, column: &str) -> Condition {
        let day = || Expr::col(Alias::new(column));
        Condition::all()
            .add_option(self.first.map(|first| day().gte(first)))
            .add_option(self.last.map(|last| day().lte(last)))
    }
}

/// Earlier documents that a new one concerns, by id, locked until the end; what there is none of is left out.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn earlier(tx: &Tx, ids: impl Iterator<Item = DocumentId>) -> Result<Vec<Document>, StoreError> {
    let ids = ids.map(|id| id.uuid());
    tx.every_locked(Condition::all().add(Expr::col(Alias::new("id")).is_in(ids))).await
}
