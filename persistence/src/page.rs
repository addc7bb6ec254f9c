//! Lists: keyset pages with an opaque, signed cursor that is bound to its filter and order.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sea_orm::{
    Condition, ConnectionTrait, DbBackend, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Statement,
    sea_query::{Alias, Expr, ExprTrait, SimpleExpr},
};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use thidua_domain::change::Aggregate;
use uuid::Uuid;

use crate::{
    connection::Conn,
    error::StoreError,
    shown::{self, Shown},
    store::Reader,
    stored::{self, Stored},
};

/// Which rows of a kind a list shows; the same for the list, its count and its export.
pub trait Filter {
    /// What is listed.
    type Of: Shown;

    /// The condition on the columns of its table.
    fn condition(&self) -> Condition;
}

/// What of a list is asked for.
#[derive(Clone, Debug)]
pub struct PageRequest {
    /// 1 to 100.
    pub limit: u64,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// In which order.
    pub order: SortOrder,
    /// Name and filter of the list in one text: a cursor serves no other.
    pub bound_to: String,
    /// Whether all that match are to be counted.
    pub count: bool,
}

/// The order of a list; the id breaks ties, so that no item is ever skipped or shown twice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SortOrder {
    /// A column with its SQL type; `None` for the order of creation.
    pub key: Option<(&'static str, &'static str)>,
    /// From the end.
    pub descending: bool,
}

/// One page.
#[derive(Clone, Debug)]
pub struct Page<A> {
    /// At most `limit` items.
    pub items: Vec<A>,
    /// Where the next page begins; absent on the last.
    pub next_cursor: Option<String>,
    /// How many match in all, if that was asked.
    pub total: Option<i64>,
}

/// Where a page ended.
#[derive(Serialize, Deserialize)]
pub(crate) struct Place {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    pub(crate) id: Uuid,
}

impl Place {
    /// In the order of creation, which has no key but the id.
    pub(crate) const fn at(id: Uuid) -> Self {
        Self { key: None, id }
    }
}

type Signer = Hmac<Sha256>;

/// The aggregate whose rows a filter lists.
type Listed<F> = <<F as Filter>::Of as Shown>::Of;

/// Bytes of the signature that travel in front of the place.
const SIGNATURE_BYTES: usize = 16;

impl Reader {
    /// A page of what this caller can see and the filter lets through.
    ///
    /// # Errors
    /// `ForeignCursor` for a cursor that was not made here, or for another list, filter or order.
    pub async fn page<F: Filter>(&self, filter: &F, request: &PageRequest) -> Result<Page<F::Of>, StoreError> {
        let seen = self.seen(filter);
        let total = if request.count { Some(self.count::<Listed<F>>(&seen).await?) } else { None };
        let order = if request.order.descending { Order::Desc } else { Order::Asc };
        let mut query = <Listed<F> as Stored>::Entity::find().filter(seen);
        if let Some(cursor) = &request.cursor {
            query = query.filter(after(&self.place(cursor, request).await?, request.order));
        }
        if let Some((column, _)) = request.order.key {
            query = query.order_by(Expr::col(Alias::new(column)), order.clone());
        }
        let key = request.order.key.map_or_else(|| Expr::val(Option::<String>::None), |(column, _)| as_text(column));
        let rows: Vec<(Uuid, Option<String>, String)> = query
            .order_by(Expr::col(Alias::new("id")), order)
            .limit(request.limit + 1)
            .select_only()
            .expr_as(Expr::col(Alias::new("id")), "id")
            .expr_as(key, "key")
            .expr_as(shown::json::<F::Of>(), "state")
            .into_tuple()
            .all(&self.db)
            .await?;
        let whole = usize::try_from(request.limit).unwrap_or(usize::MAX);
        let more = rows.len() > whole;
        let mut items = Vec::with_capacity(rows.len().min(whole));
        let mut last = None;
        for (id, key, state) in rows.into_iter().take(whole) {
            items.push(stored::decode(Listed::<F>::TYPE, &state)?);
            last = Some(Place { key, id });
        }
        let next_cursor = match last {
            Some(place) if more => Some(self.cursor(&place, request).await?),
            Some(_) | None => None,
        };
        Ok(Page { items, next_cursor, total })
    }

    /// What the filter lets through of what this caller can see.
    pub(crate) fn seen<F: Filter>(&self, filter: &F) -> Condition {
        filter.condition().add(F::Of::seen(&self.actor))
    }

    pub(crate) async fn count<A: Stored>(&self, seen: &Condition) -> Result<i64, StoreError> {
        let counted: Option<i64> = A::Entity::find()
            .filter(seen.clone())
            .select_only()
            .expr_as(Expr::cust("count(*)"), "count")
            .into_tuple()
            .one(&self.db)
            .await?;
        Ok(counted.unwrap_or_default())
    }

    pub(crate) async fn place(&self, cursor: &str, request: &PageRequest) -> Result<Place, StoreError> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).map_err(|_| StoreError::ForeignCursor)?;
        let (signature, place) = bytes.split_at_checked(SIGNATURE_BYTES).ok_or(StoreError::ForeignCursor)?;
        self.signer(request, place).await?.verify_truncated_left(signature).map_err(|_| StoreError::ForeignCursor)?;
        serde_json::from_slice(place).map_err(|_| StoreError::ForeignCursor)
    }

    pub(crate) async fn cursor(&self, place: &Place, request: &PageRequest) -> Result<String, StoreError> {
        let place = serde_json::to_vec(place).map_err(|error| StoreError::State(error.to_string()))?;
        let signature = self.signer(request, &place).await?.finalize().into_bytes();
        let mut bytes = signature[..SIGNATURE_BYTES].to_vec();
        bytes.extend(place);
        Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes))
    }

    async fn signer(&self, request: &PageRequest, place: &[u8]) -> Result<Signer, StoreError> {
        let key = self.cursor_key.get_or_try_init(|| cursor_key(&self.db)).await?;
        let mut signer = Signer::new_from_slice(key).map_err(|error| StoreError::State(error.to_string()))?;
        signer.update(format!("{}\n{:?}\n", request.bound_to, request.order).as_bytes());
        signer.update(place);
        Ok(signer)
    }
}

fn after(place: &Place, order: SortOrder) -> SimpleExpr {
    let id = Expr::col(Alias::new("id"));
    let Some((column, sql_type)) = order.key else {
        return if order.descending { id.lt(place.id) } else { id.gt(place.id) };
    };
    let comparison = if order.descending { "<" } else { ">" };
    let sql = format!("({column}, id) {comparison} ($1::{sql_type}, $2)");
    Expr::cust_with_values(sql, [sea_orm::Value::from(place.key.clone()), place.id.into()])
}

/// The installation's own secret, read once by each process.
async fn cursor_key(db: &Conn) -> Result<Vec<u8>, StoreError> {
    let statement = Statement::from_string(DbBackend::Postgres, "SELECT cursor_key FROM instance");
    let row = db.query_one_raw(statement).await?.ok_or_else(|| StoreError::State("no instance row".to_owned()))?;
    Ok(row.try_get_by("cursor_key")?)
}

fn as_text(column: &str) -> SimpleExpr {
    Expr::col(Alias::new(column)).cast_as(Alias::new("text"))
}
