//! The contract: collected from the handlers, completed by one post-processor, checked in and compared byte for byte.

use std::{collections::BTreeMap, sync::Arc};

use actix_web::{App, web::Bytes};
use serde::{Deserialize, de::IgnoredAny};
use serde_json::Value;
use utoipa::OpenApi;
use utoipa_actix_web::AppExt;

mod complete;
mod describe;
mod files;
mod show;

/// Where the contract is checked in, from the root of the workspace.
pub const CONTRACT_FILE: &str = "openapi/thidua.v1.json";
/// Where its examples are checked in.
pub const EXAMPLES_FILE: &str = "openapi/examples.json";

/// The media type of a package.
pub(crate) const ZIP: &str = "application/zip";
/// The media type of a body that is the bytes of a file.
pub(crate) const BYTES: &str = "application/octet-stream";

/// Operations that have a body and are understood without one.
pub(crate) const WITHOUT_BODY_TOO: &[&str] = &["submitReport"];

#[derive(OpenApi)]
#[openapi(info(title = "Thi đua", version = "0.1.0"))]
struct Base;

/// One operation, as the gate must know it.
#[derive(Clone, Debug)]
pub struct Route {
    /// operationId.
    pub operation: Arc<str>,
    /// Media types of its body, if it has one.
    pub consumes: Vec<String>,
    /// Whether it has a body that must be there.
    pub needs_body: bool,
    /// Whether its body is the bytes of a file, which nobody holds in memory.
    pub streams: bool,
    /// Media types of its answers, apart from problems.
    pub produces: Vec<String>,
    /// Whether it has query parameters at all.
    pub has_query: bool,
}

/// The published contract, and the routes that it describes.
#[derive(Debug)]
pub struct Contract {
    bytes: Bytes,
    version: String,
    routes: BTreeMap<String, BTreeMap<String, Route>>,
}

impl Contract {
    /// The contract that this program serves. A release serves the checked-in one, which costs it no memory to speak of and
    /// which a test holds against the handlers; while one works on it, the contract is what the handlers say.
    #[must_use]
    pub fn published() -> Self {
        if cfg!(debug_assertions) { Self::current() } else { Self::checked_in() }
    }

    /// The contract that the handlers make up.
    #[must_use]
    pub fn current() -> Self {
        Self::read(Bytes::from(pretty(&Self::document())))
    }

    /// The contract as it is checked in.
    #[must_use]
    pub fn checked_in() -> Self {
        Self::read(Bytes::from_static(include_bytes!("../../../openapi/thidua.v1.json")))
    }

    fn read(bytes: Bytes) -> Self {
        let Document { info, paths } = serde_json::from_slice(&bytes).unwrap_or_default();
        let methods = |item: BTreeMap<String, Operation>| {
            item.into_iter().map(|(method, operation)| (method.to_ascii_uppercase(), operation.into_route())).collect()
        };
        let routes = paths.into_iter().map(|(path, item)| (path, methods(item))).collect();
        Self { bytes, version: info.version, routes }
    }

    /// The document itself, for tests; it is large, and a service keeps only its bytes and its routes.
    #[must_use]
    pub fn document() -> Value {
        let scope = utoipa_actix_web::scope::scope("/v1").configure(|config| crate::app::operations(config));
        let (_, collected) = App::new().into_utoipa_app().openapi(Base::openapi()).service(scope).split_for_parts();
        complete::complete(serde_json::to_value(&collected).unwrap_or_default())
    }

    /// The document as it is published and checked in.
    #[must_use]
    pub const fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// `info.version`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Every path with its methods.
    pub fn paths(&self) -> impl Iterator<Item = (&String, &BTreeMap<String, Route>)> {
        self.routes.iter()
    }

    /// The operationId of a request for a concrete path (`/campaigns/0198…`).
    #[must_use]
    pub fn operation(&self, method: &str, path: &str) -> Option<&str> {
        let fits = |template: &&String| {
            let mut given = path.split('/');
            let wanted =
                template.split('/').all(|part| given.next().is_some_and(|own| part == own || part.starts_with('{')));
            wanted && given.next().is_none()
        };
        let template = self.routes.keys().find(fits)?;
        self.routes[template].get(method).map(|route| &*route.operation)
    }

    /// The methods of a path of the contract (`/campaigns/{campaignId}`).
    #[must_use]
    pub fn methods(&self, path: &str) -> Option<&BTreeMap<String, Route>> {
        self.routes.get(path)
    }
}

fn pretty(document: &Value) -> String {
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}

/// What the gate must know of a contract.
#[derive(Default, Deserialize)]
struct Document {
    info: Info,
    paths: BTreeMap<String, BTreeMap<String, Operation>>,
}

#[derive(Default, Deserialize)]
struct Info {
    version: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Operation {
    operation_id: Arc<str>,
    #[serde(default)]
    request_body: Body,
    #[serde(default)]
    parameters: Vec<Parameter>,
    responses: BTreeMap<String, Body>,
}

#[derive(Default, Deserialize)]
struct Body {
    #[serde(default)]
    content: BTreeMap<String, IgnoredAny>,
    #[serde(default)]
    required: bool,
}

#[derive(Deserialize)]
struct Parameter {
    #[serde(default, rename = "in")]
    place: String,
}

impl Operation {
    fn into_route(self) -> Route {
        let consumes: Vec<String> = self.request_body.content.into_keys().collect();
        Route {
            operation: self.operation_id,
            needs_body: self.request_body.required,
            streams: consumes.iter().any(|kind| kind == BYTES),
            consumes,
            produces: self.responses.into_values().flat_map(|answer| answer.content.into_keys()).collect(),
            has_query: self.parameters.iter().any(|parameter| parameter.place == "query"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Contract;

    #[test]
    fn what_a_release_serves_is_what_the_handlers_make_up() {
        let (served, made) = (Contract::checked_in(), Contract::current());
        assert!(served.paths().count() > 40, "the contract could be read");
        assert!(served.bytes() == made.bytes(), "run `make openapi`");
    }
}
