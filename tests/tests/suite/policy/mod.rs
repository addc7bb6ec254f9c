//! Who may do what: the policy of the code, held against a table that was written without it.

mod actions;
mod agreement;
mod anonymous;
mod commands;
mod invisible;
mod oracle;
mod rules;
mod samples;

use std::sync::LazyLock;

use serde_json::Value;
use thidua_api::openapi::Contract;
use thidua_tests::{BYTES, Person};

/// An operation of the contract.
pub(crate) struct Operation {
    pub(crate) id: String,
    pub(crate) method: reqwest::Method,
    /// `/campaigns/{campaignId}/sign`.
    pub(crate) path: String,
    /// `x-action`.
    pub(crate) action: String,
    pub(crate) tag: String,
    /// Whether its body is the bytes of a file.
    pub(crate) takes_bytes: bool,
    /// Whether its body is a table and no single object.
    pub(crate) takes_table: bool,
}

static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(|| {
    let contract = Contract::document();
    let paths = contract["paths"].as_object().unwrap();
    let all = paths.iter().flat_map(|(path, item)| item.as_object().unwrap().iter().map(move |each| (path, each)));
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let operation = |path: &String, method: &String, operation: &Value| Operation {
        id: text(&operation["operationId"]),
        method: reqwest::Method::from_bytes(method.to_ascii_uppercase().as_bytes()).unwrap(),
        path: path.clone(),
        action: text(&operation["x-action"]),
        tag: text(&operation["tags"][0]),
        takes_bytes: !operation["requestBody"]["content"][BYTES].is_null(),
        takes_table: !operation["requestBody"]["content"]["text/csv"].is_null(),
    };
    all.map(|(path, (method, described))| operation(path, method, described)).collect()
});

/// All operations of the contract.
pub(crate) fn operations() -> &'static [Operation] {
    &OPERATIONS
}

impl Operation {
    /// Its path for this object; what it does not name stays unknown. A file needs a name.
    pub(crate) fn at(&self, id: &str) -> String {
        let parts = self.path.split('/').map(|part| if part.starts_with('{') { id } else { part });
        let path = parts.collect::<Vec<_>>().join("/");
        match (self.takes_bytes, self.tag.as_str()) {
            (true, "Documents") => path + "?name=ban-da-ky.pdf",
            (true, _) => path + "?name=minh-chung.txt",
            (false, _) => path,
        }
    }

    /// Somebody who sends what this operation takes: JSON, the bytes of a file, or a table, of which an object is one row.
    pub(crate) fn by(&self, person: &Person) -> Person {
        match (self.takes_bytes, self.takes_table) {
            (true, _) => person.with("Content-Type", BYTES),
            (_, true) => person.with("Content-Type", "application/x-ndjson"),
            (false, false) => person.clone(),
        }
    }

    /// What is sent for this body: the bytes of a file as they are.
    pub(crate) fn sent(&self, body: &Value) -> String {
        let bytes = body.as_str().filter(|_| self.takes_bytes);
        bytes.map_or_else(|| body.to_string(), str::to_owned)
    }

    /// Whether it changes something.
    pub(crate) fn is_command(&self) -> bool {
        self.action == self.id
    }
}

/// An id that nothing has.
pub(crate) const NOTHING: &str = "0198f1c2-0000-7000-8000-000000000000";
