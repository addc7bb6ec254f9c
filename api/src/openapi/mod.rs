//! The contract: collected from the handlers, completed by one post-processor, checked in and compared byte for byte.

use std::{collections::BTreeMap, sync::Arc};

use actix_web::{App, web::Bytes};
use serde_json::Value;
use utoipa::OpenApi;
use utoipa_actix_web::AppExt;

mod complete;
mod describe;
mod show;

/// Where the contract is checked in, from the root of the workspace.
pub const CONTRACT_FILE: &str = "openapi/thidua.v1.json";
/// Where its examples are checked in.
pub const EXAMPLES_FILE: &str = "openapi/examples.json";

#[derive(OpenApi)]
#[openapi(info(title = "Thi đua", version = "0.1.0"))]
struct Base;

/// One operation, as the gate must know it.
#[derive(Clone, Debug)]
pub struct Route {
    /// operationId.
    pub operation: Arc<str>,
    /// Media type of its body, if it has one.
    pub consumes: Option<String>,
    /// Media types of its answers, apart from problems.
    pub produces: Vec<String>,
    /// Whether it has query parameters at all.
    pub has_query: bool,
}

/// The published contract, and the routes that it describes.
#[derive(Debug)]
pub struct Contract {
    document: Value,
    bytes: Bytes,
    version: String,
    routes: BTreeMap<String, BTreeMap<String, Route>>,
}

impl Contract {
    /// The contract of this program.
    #[must_use]
    pub fn current() -> Self {
        let scope = utoipa_actix_web::scope::scope("/v1").configure(crate::app::operations);
        let (_, collected) = App::new().into_utoipa_app().openapi(Base::openapi()).service(scope).split_for_parts();
        let document = complete::complete(serde_json::to_value(&collected).unwrap_or_default());
        let routes = routes(&document);
        let version = document["info"]["version"].as_str().unwrap_or_default().to_owned();
        let bytes = Bytes::from(pretty(&document));
        Self { document, bytes, version, routes }
    }

    /// The document, for tests.
    #[must_use]
    pub const fn document(&self) -> &Value {
        &self.document
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

fn routes(document: &Value) -> BTreeMap<String, BTreeMap<String, Route>> {
    let mut routes = BTreeMap::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        let methods: &mut BTreeMap<_, _> = routes.entry(path.clone()).or_default();
        for (method, operation) in item.as_object().into_iter().flatten() {
            let media =
                |content: &Value| content.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
            let produces: Vec<String> = operation["responses"]
                .as_object()
                .into_iter()
                .flatten()
                .flat_map(|(_, answer)| -> Vec<String> { media(&answer["content"]) })
                .collect();
            let consumes: Vec<String> = media(&operation["requestBody"]["content"]);
            let parameters = operation["parameters"].as_array();
            methods.insert(
                method.to_ascii_uppercase(),
                Route {
                    operation: Arc::from(operation["operationId"].as_str().unwrap_or_default()),
                    consumes: consumes.into_iter().next(),
                    produces,
                    has_query: parameters.is_some_and(|all| all.iter().any(|parameter| parameter["in"] == "query")),
                },
            );
        }
    }
    routes
}
