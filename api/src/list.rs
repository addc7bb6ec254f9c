//! What every list has in common: its page with the link to the next one, and all of it as a file.

use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody};
use serde::Serialize;
use serde_json::Value;
use thidua_persistence::{
    Listing, Reader, StoreError,
    page::{Page, PageRequest, SortOrder},
};

use crate::{
    export::{Dress, Export, Form, Tabular, export, reckoned},
    input::{Caller, CursorText, Limit},
    problem::Problem,
    reply::Plain,
    state::State,
};

/// A query of a list: besides its filter it says which page.
pub(crate) trait Paged: Serialize {
    /// Of how many items, from where on, and whether all are to be counted.
    fn page(&self) -> (Limit, Option<&CursorText>, bool);
}

// Each list has a query and a page of its own, which the contract describes; what they share is written here once.
macro_rules! paged {
    ($query:ty, $page:ident of $view:ty) => {
        paged!($query);

        impl From<thidua_persistence::page::Page<$view>> for $page {
            fn from(page: thidua_persistence::page::Page<$view>) -> Self {
                let next_cursor = page.next_cursor.map(Into::into);
                Self { items: page.items, next_cursor, total: page.total }
            }
        }
    };
    ($query:ty) => {
        impl crate::list::Paged for $query {
            fn page(&self) -> (crate::input::Limit, Option<&crate::input::CursorText>, bool) {
                (self.limit, self.cursor.as_ref(), self.include_total)
            }
        }
    };
}
pub(crate) use paged;

/// A list as it is asked for.
#[derive(Debug)]
pub(crate) struct List<'a, Q, F> {
    /// Where it is (`/v1/units`); its cursors serve no other.
    pub(crate) url: &'a str,
    /// What the caller asks for.
    pub(crate) query: &'a Q,
    /// What of it the list shows.
    pub(crate) filter: F,
    /// In which order.
    pub(crate) order: SortOrder,
}

/// The answer to a list: a page of it, or all of it.
#[derive(Debug)]
pub(crate) enum Listed<P> {
    /// A page.
    Page(Plain<P>),
    /// All of it.
    File(Box<Export>),
}

impl<P> Listed<P> {
    /// The answer to what is reckoned as a whole: itself, or its rows as a file.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(crate) async fn reckoned<V: Tabular>(
        reader: &Reader,
        caller: &Caller,
        whole: P,
        rows: impl FnOnce(P) -> Vec<V>,
    ) -> Result<Self, StoreError> {
        if caller.form == Form::Json {
            return Ok(Self::Page(Plain { body: whole, language: caller.language, next: None }));
        }
        Ok(Self::File(Box::new(reckoned(reader, caller, &rows(whole)).await?)))
    }
}

impl<P: Serialize> Responder for Listed<P> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        match self {
            Self::Page(page) => page.respond_to(request),
            Self::File(file) => file.respond_to(request),
        }
    }
}

impl<Q: Paged, F: Listing + 'static> List<'_, Q, F>
where
    F::Item: 'static,
{
    /// Answers the list in the form that the caller accepts. `prepare` asks first whether the caller can see what the list
    /// hangs under, and says how what is read becomes an item.
    ///
    /// # Errors
    /// What stands in the way of reading it.
    pub(crate) async fn answer<V, W, P>(
        self,
        state: &State,
        caller: &Caller,
        prepare: impl AsyncFnOnce(&Reader) -> Result<W, StoreError>,
    ) -> Result<Listed<P>, Problem>
    where
        V: Tabular + 'static,
        W: Fn(F::Item) -> V + 'static,
        P: From<Page<V>>,
    {
        if caller.form != Form::Json {
            let prepare = async |reader: &Reader| Ok(Dress::Alone(Box::new(prepare(reader).await?)));
            let file = export(state, caller, self.filter, self.order, prepare).await?;
            return Ok(Listed::File(Box::new(file)));
        }
        let reader = state.store.read(&caller.call).await?;
        let view = prepare(&reader).await?;
        let Page { items, next_cursor, total } = self.filter.page(&reader, &self.asked()).await?;
        let next = self.next_link(next_cursor.as_deref());
        let body = Page { items: items.into_iter().map(view).collect(), next_cursor, total }.into();
        Ok(Listed::Page(Plain { body, language: caller.language, next }))
    }
}

impl<Q: Paged, F> List<'_, Q, F> {
    /// The page that the query asks for; its cursor serves this very list, filter and order.
    pub(crate) fn asked(&self) -> PageRequest {
        let (limit, cursor, count) = self.query.page();
        PageRequest {
            limit: limit.0.into(),
            cursor: cursor.cloned().map(CursorText::into_string),
            order: self.order,
            bound_to: format!("{} {}", self.url, filter_of(self.query)),
            count,
        }
    }

    /// The URL of the next page: the same query with another cursor.
    pub(crate) fn next_link(&self, cursor: Option<&str>) -> Option<String> {
        let cursor = cursor?;
        let mut pairs: Vec<(String, String)> = Vec::new();
        for (name, value) in serde_json::to_value(self.query).ok()?.as_object()? {
            match value {
                _ if name == "cursor" => {}
                Value::Array(many) => pairs.extend(many.iter().map(|one| (name.clone(), plain(one)))),
                one => pairs.push((name.clone(), plain(one))),
            }
        }
        pairs.push(("cursor".to_owned(), cursor.to_owned()));
        Some(format!("{}?{}", self.url, serde_html_form::to_string(pairs).ok()?))
    }
}

/// The filter alone: without what only says which page.
fn filter_of(query: &impl Serialize) -> Value {
    let mut value = serde_json::to_value(query).unwrap_or_default();
    if let Some(members) = value.as_object_mut() {
        for member in ["limit", "cursor", "includeTotal"] {
            members.remove(member);
        }
    }
    value
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
