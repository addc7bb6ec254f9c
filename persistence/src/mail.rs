//! Letters that wait to be sent, and the addresses they go to. Machinery, written by this module alone but for the
//! statement that saves a reminder and queues them with its notifications.

use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};
use serde::Deserialize;
use thidua_domain::{
    principal::{PrincipalId, Role},
    reminder::NotificationId,
    time::Timestamp,
};

use crate::{
    checkout::Call,
    connection::Conn,
    error::StoreError,
    listing::{Listing, Rows, Whole},
    notifications::{JOINED, Notification, SHOWN, read},
    outbox::{Outbox, Outcome},
    page::{Page, PageRequest, SortOrder},
    store::{Reader, Store},
};

/// How often a letter is tried at most.
pub const MOST_ATTEMPTS: i32 = 6;
/// After this time a reminder is no longer news, whether it was never tried or in vain.
const STALE: &str = "3 days";

/// A letter that it is this process's turn to send.
#[derive(Clone, Debug)]
pub struct Letter {
    /// What it says.
    pub notification: Notification,
    /// For whom, by name.
    pub name: String,
    /// Where to; absent where the reader has taken it back or was shut out since.
    pub address: Option<String>,
    /// Which attempt this is, from 1.
    pub attempt: i32,
}

/// Why a letter did not get through; never what a server said, since servers repeat addresses.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Failure {
    /// The reader has taken the address back, or was shut out.
    NoAddress,
    /// No letter can be made of it: the address is none.
    Malformed,
    /// The server refuses it for good.
    Refused,
    /// The server does not take it now.
    PutOff,
    /// The server cannot be reached, or not securely.
    Unreachable,
    /// It was not sent in time to be news.
    Stale,
}

impl Failure {
    /// All of them.
    pub const ALL: &'static [Self] =
        &[Self::NoAddress, Self::Malformed, Self::Refused, Self::PutOff, Self::Unreachable, Self::Stale];

    /// The name on the wire and in the table.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoAddress => "NO_ADDRESS",
            Self::Malformed => "MALFORMED",
            Self::Refused => "REFUSED",
            Self::PutOff => "PUT_OFF",
            Self::Unreachable => "UNREACHABLE",
            Self::Stale => "STALE",
        }
    }
}

// Taking a letter puts it off by 5, 10, 20, 40, 80 and 160 minutes; there it stays after an attempt in vain.
const OUTBOX: Outbox = Outbox {
    table: "mail",
    key: "notification_id",
    done: "sent_at",
    now: "clock_timestamp()",
    lease: "interval '5 minutes' * power(2, attempts)",
    next: "next_attempt_at",
    most_attempts: MOST_ATTEMPTS,
};

/// A letter that was given up.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeadLetter {
    /// The notification; its reader finds it there all the same.
    pub notification: NotificationId,
    /// For whom.
    pub principal: PrincipalId,
    /// When it was queued, by the real clock.
    pub queued_at: Timestamp,
    /// When it was given up, by the real clock.
    pub given_up_at: Timestamp,
    /// How often it was tried.
    pub attempts: i32,
    /// Why.
    pub failure: Failure,
}

impl Store {
    /// Takes the next letter that is due, and puts it off, so that no other process takes it too; should this process
    /// die, it is tried again then. What is stale is given up on the way.
    ///
    /// # Errors
    /// PostgreSQL cannot be asked.
    pub async fn next_letter(&self, call: &Call) -> Result<Option<Letter>, StoreError> {
        let reader = self.read(call).await?;
        let stale = format!(
            "UPDATE mail SET given_up_at = clock_timestamp(), failure = coalesce(failure, 'STALE')
             WHERE sent_at IS NULL AND given_up_at IS NULL AND queued_at < clock_timestamp() - interval '{STALE}'"
        );
        ask(&reader.db, stale, Vec::new()).await?;
        let taken = OUTBOX.taken();
        let sql = format!(
            "WITH {taken}
             SELECT ({SHOWN})::text AS notification, taken.attempts, p.name AS reader, CASE WHEN p.disabled_at IS NULL THEN a.address END AS address
             FROM taken JOIN notification n ON n.id = taken.notification_id {JOINED}
             JOIN principal p ON p.id = n.principal_id LEFT JOIN mail_address a ON a.principal_id = n.principal_id"
        );
        let rows = ask(&reader.db, sql, Vec::new()).await?;
        let letter = |row: &QueryResult| {
            Ok(Letter {
                notification: read(row)?,
                name: row.try_get_by("reader")?,
                address: row.try_get_by("address")?,
                attempt: row.try_get_by("attempts")?,
            })
        };
        rows.first().map(letter).transpose()
    }

    /// Keeps what became of the attempt; after the last one, a letter that may work another time is given up as well.
    ///
    /// # Errors
    /// PostgreSQL cannot be asked.
    pub async fn letter_done(
        &self,
        call: &Call,
        id: NotificationId,
        outcome: Outcome<Failure>,
    ) -> Result<(), StoreError> {
        let reader = self.read(call).await?;
        let (done, never) = (outcome == Outcome::Done, matches!(outcome, Outcome::Never(_)));
        let failure = outcome.failure().map(Failure::as_str);
        let values = vec![id.uuid().into(), done.into(), never.into(), failure.into()];
        ask(&reader.db, OUTBOX.settle(), values).await.map(drop)
    }

    /// Where the caller wants letters sent to; `None` takes it back. Answers what holds now.
    ///
    /// # Errors
    /// PostgreSQL cannot be asked.
    pub async fn set_mail_address(&self, call: &Call, address: Option<String>) -> Result<Option<String>, StoreError> {
        let reader = self.read(call).await?;
        let caller = reader.actor.id.uuid();
        let Some(address) = address else {
            let sql = "DELETE FROM mail_address WHERE principal_id = $1".to_owned();
            return ask(&reader.db, sql, vec![caller.into()]).await.map(|_| None);
        };
        let sql = "INSERT INTO mail_address (principal_id, address) VALUES ($1, $2)
                   ON CONFLICT (principal_id) DO UPDATE SET address = excluded.address, updated_at = clock_timestamp()";
        ask(&reader.db, sql.to_owned(), vec![caller.into(), address.clone().into()]).await.map(|_| Some(address))
    }
}

impl Reader {
    /// Where the caller's own letters are sent to.
    ///
    /// # Errors
    /// PostgreSQL cannot be asked.
    pub async fn mail_address(&self) -> Result<Option<String>, StoreError> {
        let sql = "SELECT address FROM mail_address WHERE principal_id = $1".to_owned();
        let rows = ask(&self.db, sql, vec![self.actor.id.uuid().into()]).await?;
        rows.first().map(|row| Ok(row.try_get_by("address")?)).transpose()
    }
}

/// The letters that were given up, the newest first: for administrators, who can do something about it, and for nobody else. They
/// name no address.
#[derive(Clone, Copy, Debug)]
pub struct DeadLetters;

impl DeadLetters {
    fn rows(reader: &Reader) -> Rows {
        Rows {
            item:
                "jsonb_build_object('notification', notification_id, 'principal', principal_id, 'queuedAt', queued_at,
                'givenUpAt', given_up_at, 'attempts', attempts, 'failure', failure)",
            from: "mail".to_owned(),
            key: "notification_id",
            seen: "given_up_at IS NOT NULL AND $1::boolean",
            values: vec![reader.actor.has(Role::Admin).into()],
        }
    }
}

impl Listing for DeadLetters {
    type Item = DeadLetter;

    async fn page(&self, reader: &Reader, request: &PageRequest) -> Result<Page<DeadLetter>, StoreError> {
        Self::rows(reader).page(reader, request).await
    }

    async fn whole(&self, reader: &Reader, _: SortOrder) -> Result<Whole, StoreError> {
        Self::rows(reader).whole(reader).await
    }
}

async fn ask(db: &Conn, sql: String, values: Vec<Value>) -> Result<Vec<QueryResult>, StoreError> {
    Ok(db.query_all_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?)
}
