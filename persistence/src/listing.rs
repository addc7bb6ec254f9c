//! Lists, whatever they are made of: a page of one, or the statement that reads all of it. Those of aggregates are filters;
//! those of machinery ([`Rows`]), such as what one person has to read, have no aggregate behind them.

use std::future::Future;

use sea_orm::{
    ConnectionTrait, DbBackend, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Statement, Value,
    sea_query::{Alias, Expr},
};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::{
    error::StoreError,
    page::{Filter, Page, PageRequest, Place, SortOrder},
    shown::{self, Shown},
    store::Reader,
    stored::Stored,
};

/// All of a list: how many rows there are, and the statement that reads each as JSON.
#[derive(Debug)]
pub struct Whole {
    pub(crate) rows: i64,
    pub(crate) statement: Statement,
}

/// A list that is answered page by page, or as a file.
pub trait Listing {
    /// What is listed.
    type Item: DeserializeOwned;

    /// A page of what this caller can see.
    ///
    /// # Errors
    /// `ForeignCursor` for a cursor that was not made here, or for another list, filter or order.
    fn page(
        &self,
        reader: &Reader,
        request: &PageRequest,
    ) -> impl Future<Output = Result<Page<Self::Item>, StoreError>>;

    /// All that this caller can see.
    ///
    /// # Errors
    /// PostgreSQL cannot be asked.
    fn whole(&self, reader: &Reader, order: SortOrder) -> impl Future<Output = Result<Whole, StoreError>>;
}

impl<F: Filter> Listing for F {
    type Item = F::Of;

    async fn page(&self, reader: &Reader, request: &PageRequest) -> Result<Page<F::Of>, StoreError> {
        reader.page(self, request).await
    }

    async fn whole(&self, reader: &Reader, order: SortOrder) -> Result<Whole, StoreError> {
        let seen = reader.seen(self);
        let rows = reader.count::<<F::Of as Shown>::Of>(&seen).await?;
        let direction = if order.descending { Order::Desc } else { Order::Asc };
        let mut query = <<F::Of as Shown>::Of as Stored>::Entity::find().filter(seen);
        if let Some((column, _)) = order.key {
            query = query.order_by(Expr::col(Alias::new(column)), direction.clone());
        }
        let query = query.order_by(Expr::col(Alias::new("id")), direction).select_only();
        let statement = query.expr_as(shown::json::<F::Of>(), "state").build(DbBackend::Postgres);
        Ok(Whole { rows, statement })
    }
}

/// Rows of machinery, the newest first.
pub(crate) struct Rows {
    /// A row as JSON, as SQL over the tables.
    pub(crate) item: &'static str,
    /// The tables that the rows come from.
    pub(crate) from: String,
    /// The identifier of a row, by which they stand in order.
    pub(crate) key: &'static str,
    /// Which rows the caller is shown, as SQL with [`Rows::values`] from `$1` on.
    pub(crate) seen: &'static str,
    /// What that asks for.
    pub(crate) values: Vec<Value>,
}

impl Rows {
    pub(crate) async fn page<T: DeserializeOwned>(
        &self,
        reader: &Reader,
        request: &PageRequest,
    ) -> Result<Page<T>, StoreError> {
        let Self { item, from, key, seen, values } = self;
        let before = match &request.cursor {
            Some(cursor) => Some(reader.place(cursor, request).await?.id),
            None => None,
        };
        let total = if request.count { Some(self.count(reader).await?) } else { None };
        let (place, limit) = (values.len() + 1, values.len() + 2);
        let sql = format!(
            "SELECT {key} AS id, ({item})::text AS item FROM {from}
             WHERE {seen} AND (${place}::uuid IS NULL OR {key} < ${place}) ORDER BY {key} DESC LIMIT ${limit}"
        );
        let most = i64::try_from(request.limit).unwrap_or(i64::MAX).saturating_add(1);
        let asked = values.iter().cloned().chain([before.into(), most.into()]);
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, asked);
        let rows = reader.db.query_all_raw(statement).await?;
        let whole = usize::try_from(request.limit).unwrap_or(usize::MAX);
        let (mut items, mut last) = (Vec::with_capacity(rows.len().min(whole)), None);
        for row in rows.iter().take(whole) {
            items.push(read(&row.try_get_by::<String, _>("item")?)?);
            last = Some(Place::at(row.try_get_by::<Uuid, _>("id")?));
        }
        let next_cursor = match last {
            Some(place) if rows.len() > whole => Some(reader.cursor(&place, request).await?),
            Some(_) | None => None,
        };
        Ok(Page { items, next_cursor, total })
    }

    pub(crate) async fn whole(&self, reader: &Reader) -> Result<Whole, StoreError> {
        let Self { item, from, key, seen, values } = self;
        let sql = format!("SELECT ({item})::text AS item FROM {from} WHERE {seen} ORDER BY {key} DESC");
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, values.clone());
        Ok(Whole { rows: self.count(reader).await?, statement })
    }

    async fn count(&self, reader: &Reader) -> Result<i64, StoreError> {
        let sql = format!("SELECT count(*) AS count FROM {} WHERE {}", self.from, self.seen);
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, self.values.clone());
        let row = reader.db.query_one_raw(statement).await?;
        row.map_or(Ok(0), |row| Ok(row.try_get_by("count")?))
    }
}

/// What a row of a list holds.
pub(crate) fn read<T: DeserializeOwned>(item: &str) -> Result<T, StoreError> {
    serde_json::from_str(item).map_err(|error| StoreError::State(format!("an item of a list: {error}")))
}
