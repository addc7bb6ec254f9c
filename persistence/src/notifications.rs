//! Notifications: what one person has to read. Machinery, written by this module alone but for the statement that saves a
//! reminder and makes them from it.

use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};
use serde::Deserialize;
use thidua_domain::{
    reminder::{NotificationId, Reminder},
    time::Timestamp,
    unit::UnitEntry,
};

use crate::{
    checkout::Call,
    connection::Conn,
    error::StoreError,
    listing::{self, Listing, Rows, Whole},
    page::{Page, PageRequest, SortOrder},
    store::{Reader, Store},
};

/// How many days a notification is kept, read or not; the reminder stays.
const DAYS_KEPT: i64 = 400;

/// One thing that one person has to read.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
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
pub(crate) const SHOWN: &str =
    "jsonb_build_object('id', n.id, 'readAt', n.read_at, 'reminder', r.state || '{\"told\": []}',
    'unit', jsonb_build_object('unit', u.id, 'code', u.code, 'faces', u.faces))";
pub(crate) const JOINED: &str = "JOIN reminder r ON r.id = n.reminder_id JOIN unit u ON u.id = n.unit_id";

/// The caller's own notifications, the newest first.
#[derive(Clone, Copy, Debug)]
pub struct MyNotifications {
    /// Only those not read yet, or only those read; all of them without one.
    pub unread: Option<bool>,
}

impl MyNotifications {
    fn rows(self, reader: &Reader) -> Rows {
        Rows {
            item: SHOWN,
            from: format!("notification n {JOINED}"),
            key: "n.id",
            seen: "n.principal_id = $1 AND ($2::boolean IS NULL OR (n.read_at IS NULL) = $2)",
            values: vec![reader.actor.id.uuid().into(), self.unread.into()],
        }
    }
}

impl Listing for MyNotifications {
    type Item = Notification;

    async fn page(&self, reader: &Reader, request: &PageRequest) -> Result<Page<Notification>, StoreError> {
        self.rows(reader).page(reader, request).await
    }

    async fn whole(&self, reader: &Reader, _: SortOrder) -> Result<Whole, StoreError> {
        self.rows(reader).whole(reader).await
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
             SELECT ({SHOWN})::text AS notification FROM n {JOINED}"
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

/// The notification that a row holds under its name.
pub(crate) fn read(row: &QueryResult) -> Result<Notification, StoreError> {
    listing::read(&row.try_get_by::<String, _>("notification")?)
}

async fn ask(db: &Conn, sql: String, values: Vec<Value>) -> Result<Vec<QueryResult>, StoreError> {
    Ok(db.query_all_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?)
}
