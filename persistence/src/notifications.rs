//! Notifications: what one person has to read. Machinery, written by this module alone but for the statement that saves a
//! reminder and makes them from it.

use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};
use thidua_domain::{
    change::ObjectType,
    id::Id,
    reminder::{NotificationId, Reminder},
    text::{TextFault, Token},
    time::Timestamp,
    unit::UnitEntry,
};
use uuid::Uuid;

use crate::{
    checkout::Call,
    connection::Conn,
    error::StoreError,
    page::{Page, PageRequest, Place},
    store::{Reader, Store},
    stored::decode,
};

/// How many days a notification is kept, read or not; the reminder stays.
const DAYS_KEPT: i64 = 400;

/// One thing that one person has to read.
#[derive(Clone, Debug)]
pub struct Notification {
    /// Identifies it.
    pub id: NotificationId,
    /// What was said; of whom else it was said to, nothing.
    pub reminder: Reminder,
    /// The unit of which it was said.
    pub unit: UnitEntry,
    /// When it was read first.
    pub read_at: Option<Timestamp>,
}

// What a notification is made of, whatever is asked of the caller's.
const SHOWN: &str = "SELECT n.id, n.read_at, (r.state || '{\"told\": []}')::text AS reminder, u.id AS unit, u.code, u.faces::text AS faces";
const JOINED: &str = "JOIN reminder r ON r.id = n.reminder_id JOIN unit u ON u.id = n.unit_id";

impl Reader {
    /// A page of the caller's own notifications, the newest first; of those not read yet, of those read, or of all.
    ///
    /// # Errors
    /// `ForeignCursor` for a cursor that was not made here, or for another list or filter.
    pub async fn notifications(
        &self,
        unread: Option<bool>,
        request: &PageRequest,
    ) -> Result<Page<Notification>, StoreError> {
        let before = match &request.cursor {
            Some(cursor) => Some(self.place(cursor, request).await?.id),
            None => None,
        };
        let own = "n.principal_id = $1 AND ($2::boolean IS NULL OR (n.read_at IS NULL) = $2)";
        let caller: [Value; 2] = [self.actor.id.uuid().into(), unread.into()];
        let total = if request.count {
            let sql = format!("SELECT count(*) AS count FROM notification n WHERE {own}");
            let rows = ask(&self.db, sql, caller.to_vec()).await?;
            Some(rows.first().map_or(Ok(0), |row| row.try_get_by("count"))?)
        } else {
            None
        };
        let sql = format!(
            "{SHOWN} FROM notification n {JOINED} WHERE {own} AND ($3::uuid IS NULL OR n.id < $3) ORDER BY n.id DESC LIMIT $4"
        );
        let limit = i64::try_from(request.limit).unwrap_or(i64::MAX);
        let further = [before.into(), limit.saturating_add(1).into()];
        let rows = ask(&self.db, sql, caller.into_iter().chain(further).collect()).await?;
        let whole = usize::try_from(request.limit).unwrap_or(usize::MAX);
        let items: Vec<_> = rows.iter().take(whole).map(read).collect::<Result<_, _>>()?;
        let next_cursor = match items.last() {
            Some(last) if rows.len() > whole => Some(self.cursor(&Place::at(last.id.uuid()), request).await?),
            Some(_) | None => None,
        };
        Ok(Page { items, next_cursor, total })
    }
}

impl Store {
    /// Keeps in mind that the caller has read it; the first time counts.
    ///
    /// # Errors
    /// `Absent` for what does not exist or is somebody else's.
    pub async fn mark_read(&self, call: &Call, id: NotificationId) -> Result<Notification, StoreError> {
        let reader = self.read(call).await?;
        let sql = format!(
            "WITH n AS (
                 UPDATE notification SET read_at = coalesce(read_at, $3) WHERE id = $1 AND principal_id = $2 RETURNING *)
             {SHOWN} FROM n {JOINED}"
        );
        let values = vec![id.uuid().into(), reader.actor.id.uuid().into(), reader.now.utc().into()];
        let rows = ask(&reader.db, sql, values).await?;
        rows.first().map_or(Err(StoreError::Absent), read)
    }

    /// Clears away what is older than a notification is kept, by the business clock.
    ///
    /// # Errors
    /// PostgreSQL cannot be asked.
    pub async fn forget_notifications(&self, call: &Call) -> Result<(), StoreError> {
        let reader = self.read(call).await?;
        let limit = reader.now.utc() - chrono::TimeDelta::days(DAYS_KEPT);
        ask(&reader.db, "DELETE FROM notification WHERE created_at < $1".to_owned(), vec![limit.into()]).await.map(drop)
    }
}

fn read(row: &QueryResult) -> Result<Notification, StoreError> {
    let fault = |fault: TextFault| StoreError::State(format!("unit: {}", fault.as_code()));
    let (code, faces): (String, String) = (row.try_get_by("code")?, row.try_get_by("faces")?);
    let read_at: Option<chrono::DateTime<chrono::Utc>> = row.try_get_by("read_at")?;
    Ok(Notification {
        id: Id::new(row.try_get_by::<Uuid, _>("id")?),
        reminder: decode(ObjectType::Reminder, &row.try_get_by::<String, _>("reminder")?)?,
        unit: UnitEntry {
            unit: Id::new(row.try_get_by::<Uuid, _>("unit")?),
            code: Token::parse(&code).map_err(fault)?,
            faces: decode(ObjectType::Unit, &faces)?,
        },
        read_at: read_at.map(Timestamp::new),
    })
}

async fn ask(db: &Conn, sql: String, values: Vec<Value>) -> Result<Vec<QueryResult>, StoreError> {
    Ok(db.query_all_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?)
}
