//! Exports: every row of a list, batch by batch, from one snapshot. What is held in memory does not grow with the list.

use std::time::Duration;

use sea_orm::{
    Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect, Statement,
    sea_query::{Alias, Expr, ExprTrait},
};
use serde::de::DeserializeOwned;
use thidua_domain::{change::Aggregate, period::Period, target::Target, unit::Unit};
use tokio::sync::OwnedSemaphorePermit;
use uuid::Uuid;

use crate::{
    checkout::Call,
    error::StoreError,
    listing::{self, Listing, Whole},
    page::SortOrder,
    shown,
    store::{Reader, Store},
    stored::Stored,
};

/// How many exports run at once; whoever comes beyond that is told to come again, so that exports never hold the whole pool.
pub(crate) const MOST_AT_ONCE: usize = 3;

/// How long the one who reads may keep an export waiting before it is given up, with the snapshot that it holds.
pub const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Rows in a batch: enough that round trips do not count, few enough that they fit anywhere.
const BATCH: u32 = 500;

/// One snapshot, for as long as an export takes.
#[derive(Debug)]
pub struct Snapshot {
    /// Reads of this very snapshot, between batches.
    pub reader: Reader,
    _place: OwnedSemaphorePermit,
}

/// How much an export holds, and how recent it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Extent {
    /// The last entry of the log that is in it, with everything before it; what was committed a moment ago may be in it too.
    pub as_of_seq: i64,
    /// How many rows there are.
    pub rows: i64,
}

/// Rows as they came, to be decoded while the next ones are on their way.
#[derive(Debug)]
pub struct Batch(Vec<String>);

impl Batch {
    /// Whether the export has ended.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What the rows hold.
    ///
    /// # Errors
    /// An item that cannot be read.
    pub fn decoded<T: DeserializeOwned>(&self) -> Result<Vec<T>, StoreError> {
        self.0.iter().map(|item| listing::read(item)).collect()
    }
}

/// A kind of thing that others refer to, and that people know by its code and name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Named {
    /// A unit of the directory.
    Unit,
    /// A target of a campaign.
    Target,
    /// A reporting period.
    Period,
}

impl Store {
    /// Opens one snapshot for an export, which may take minutes.
    ///
    /// # Errors
    /// As [`Store::read`]; `Busy` where as many exports run as may.
    pub async fn snapshot(&self, call: &Call) -> Result<Snapshot, StoreError> {
        let place = self.export_place().ok_or(StoreError::Busy)?;
        Ok(Snapshot { reader: self.begun_reader(call).await?, _place: place })
    }
}

impl Snapshot {
    /// Begins to read everything of a list that this caller can see.
    ///
    /// # Errors
    /// PostgreSQL cannot be asked.
    pub async fn open<L: Listing>(&self, list: &L, order: SortOrder) -> Result<Extent, StoreError> {
        let db = &self.reader.db;
        // The limits of a request are too short for who takes his time to read.
        let seconds = LONGEST_WAIT.as_secs() + 10;
        let sql = format!(
            "SELECT set_config('idle_in_transaction_session_timeout', '{seconds}s', true), set_config('statement_timeout', '60s', true)"
        );
        db.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
        let as_of_seq = self.reader.as_of_seq().await?;
        let Whole { rows, mut statement } = list.whole(&self.reader, order).await?;
        statement.sql = format!("DECLARE export NO SCROLL CURSOR FOR {}", statement.sql);
        db.execute_raw(statement).await?;
        Ok(Extent { as_of_seq, rows })
    }

    /// The next rows; none at the end.
    ///
    /// # Errors
    /// PostgreSQL cannot be asked.
    pub async fn batch(&self) -> Result<Batch, StoreError> {
        let sql = format!("FETCH FORWARD {BATCH} FROM export");
        let rows = self.reader.db.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
        let states: Result<Vec<String>, _> = rows.iter().map(|row| row.try_get_by_index(0)).collect();
        Ok(Batch(states?))
    }

    /// Ends it, and gives the connection back.
    pub async fn close(self) {
        self.reader.db.roll_back().await;
    }
}

impl Reader {
    /// The last entry of the log that this reader sees, with everything before it.
    ///
    /// # Errors
    /// PostgreSQL cannot be asked.
    pub async fn as_of_seq(&self) -> Result<i64, StoreError> {
        let sql = "SELECT coalesce(max(seq), 0) AS seq FROM log_entry";
        let row = self.db.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
        Ok(row.ok_or_else(|| StoreError::State("no log".to_owned()))?.try_get_by("seq")?)
    }

    /// Code and name of things that this caller can see, by their identifiers; of units the name of today.
    ///
    /// # Errors
    /// PostgreSQL cannot be asked.
    pub async fn named(&self, kind: Named, ids: Vec<Uuid>) -> Result<Vec<(Uuid, String, String)>, StoreError> {
        match kind {
            Named::Unit => {
                let these = Condition::all().add(Expr::col(Alias::new("id")).is_in(ids));
                let units: Vec<Unit> =
                    shown::every(&self.db, these.add(shown::visible(&Unit::visibility(&self.actor))), None).await?;
                let today = self.now.date();
                let named = |unit: Unit| (unit.root.id.uuid(), unit.code.to_string(), unit.name_on(today).to_string());
                Ok(units.into_iter().map(named).collect())
            }
            Named::Target => self.names_of::<Target>(ids).await,
            Named::Period => self.names_of::<Period>(ids).await,
        }
    }

    async fn names_of<A: Stored>(&self, ids: Vec<Uuid>) -> Result<Vec<(Uuid, String, String)>, StoreError> {
        let seen = shown::visible(&A::visibility(&self.actor));
        let rows = A::Entity::find()
            .filter(Expr::col(Alias::new("id")).is_in(ids))
            .filter(seen)
            .select_only()
            .expr_as(Expr::col(Alias::new("id")), "id")
            .expr_as(Expr::cust("state ->> 'code'"), "code")
            .expr_as(Expr::cust("state ->> 'name'"), "name")
            .into_tuple()
            .all(&self.db)
            .await?;
        Ok(rows)
    }
}
