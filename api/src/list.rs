//! What every list has in common: its page, and the link to the next one.

use serde::Serialize;
use serde_json::Value;
use thidua_persistence::page::{PageRequest, SortOrder};

use crate::input::{CursorText, Limit};

/// The page that a query asks for; its cursor serves this very list, filter and order.
pub(crate) fn asked(
    operation: &str,
    query: &impl Serialize,
    limit: Limit,
    cursor: Option<&CursorText>,
    count: bool,
    order: SortOrder,
) -> PageRequest {
    PageRequest {
        limit: limit.0.into(),
        cursor: cursor.cloned().map(CursorText::into_string),
        order,
        bound_to: format!("{operation} {}", filter_of(query)),
        count,
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

/// The URL of the next page: the same query with another cursor.
pub(crate) fn next_link(path: &str, query: &impl Serialize, cursor: Option<&str>) -> Option<String> {
    let cursor = cursor?;
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (name, value) in serde_json::to_value(query).ok()?.as_object()? {
        match value {
            _ if name == "cursor" => {}
            Value::Array(many) => pairs.extend(many.iter().map(|one| (name.clone(), plain(one)))),
            one => pairs.push((name.clone(), plain(one))),
        }
    }
    pairs.push(("cursor".to_owned(), cursor.to_owned()));
    Some(format!("{path}?{}", serde_html_form::to_string(pairs).ok()?))
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
