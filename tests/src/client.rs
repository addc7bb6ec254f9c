//! A person at the API. Every exchange is held against the contract.

use std::sync::atomic::{AtomicU64, Ordering};

use reqwest::{Method, StatusCode, header::HeaderMap};
use serde_json::Value;

use crate::contract::check_exchange;

static KEYS: AtomicU64 = AtomicU64::new(0);

/// Somebody who calls.
#[derive(Clone, Debug)]
pub struct Person {
    base: String,
    token: Option<String>,
    client: reqwest::Client,
    headers: Vec<(String, String)>,
}

/// What was answered.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body; `Null` where it is not JSON.
    pub body: Value,
    /// The body as it came, as text.
    pub raw: String,
    /// The body as it came, byte for byte.
    pub bytes: Vec<u8>,
    what: String,
}

impl Person {
    pub(crate) fn new(base: &str, token: Option<String>, client: reqwest::Client) -> Self {
        Self { base: base.to_owned(), token, client, headers: Vec::new() }
    }

    /// The same person, sending one more header with each request.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut person = self.clone();
        person.headers.push((name.to_owned(), value.to_owned()));
        person
    }

    /// Reads.
    pub async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, None).await
    }

    /// Makes something new, under a fresh idempotency key.
    pub async fn create(&self, path: &str, body: Value) -> Reply {
        self.keyed().send(Method::POST, path, Some(body.to_string())).await
    }

    /// Carries out a command without a body on what was read last.
    pub async fn command(&self, path: &str, read: &Reply) -> Reply {
        self.keyed().with("If-Match", read.etag()).send(Method::POST, path, None).await
    }

    /// Carries out a command on what was read last, with what the caller decides.
    pub async fn command_with(&self, path: &str, read: &Reply, body: Value) -> Reply {
        self.keyed().with("If-Match", read.etag()).send(Method::POST, path, Some(body.to_string())).await
    }

    /// Replaces what was read last.
    pub async fn replace(&self, path: &str, read: &Reply, body: Value) -> Reply {
        self.with("If-Match", read.etag()).send(Method::PUT, path, Some(body.to_string())).await
    }

    /// Sends a file, under a fresh idempotency key.
    pub async fn post_bytes(&self, path: &str, body: Vec<u8>) -> Reply {
        self.keyed().send_bytes(Method::POST, path, Some(body)).await
    }

    /// Sends the bytes of a file under this name, to what has attachments.
    pub async fn attach(&self, owner: &str, name: &str, bytes: impl Into<Vec<u8>>) -> Reply {
        let path = format!("{owner}/attachments?name={}", encoded(name));
        self.keyed().with("Content-Type", BYTES).send_bytes(Method::POST, &path, Some(bytes.into())).await
    }

    fn keyed(&self) -> Self {
        if self.headers.iter().any(|(name, _)| name == "Idempotency-Key") {
            return self.clone();
        }
        self.with("Idempotency-Key", &format!("test-{}", KEYS.fetch_add(1, Ordering::Relaxed)))
    }

    /// Sends just this; a body is JSON unless a header says otherwise.
    pub async fn send(&self, method: Method, path: &str, body: Option<String>) -> Reply {
        self.send_bytes(method, path, body.map(String::into_bytes)).await
    }

    async fn send_bytes(&self, method: Method, path: &str, body: Option<Vec<u8>>) -> Reply {
        let mut request = self.client.request(method.clone(), format!("{}/v1{path}", self.base));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if let Some(body) = &body {
            if !self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
                request = request.header("Content-Type", "application/json");
            }
            request = request.body(body.clone());
        }
        let answer = request.send().await.expect("an answer");
        let (status, headers) = (answer.status(), answer.headers().clone());
        let bytes = answer.bytes().await.expect("a body").to_vec();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let what = format!("{method} {path}");
        check_exchange(&method, path, status, &headers, &text);
        Reply { status, headers, body: serde_json::from_str(&text).unwrap_or(Value::Null), raw: text, bytes, what }
    }
}

/// The media type of a body that is the bytes of a file.
pub const BYTES: &str = "application/octet-stream";

/// A text as the value of a query parameter.
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

impl Reply {
    /// The reply, if it is 200.
    #[track_caller]
    pub fn ok(self) -> Self {
        self.has(200)
    }

    /// The reply, if it is 201.
    #[track_caller]
    pub fn created(self) -> Self {
        self.has(201)
    }

    /// The reply, if it is a problem of this status.
    #[track_caller]
    pub fn refused(self, status: u16) -> Self {
        self.has(status)
    }

    #[track_caller]
    fn has(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{} answered {}", self.what, self.body);
        self
    }

    /// The code of a problem.
    pub fn code(&self) -> &str {
        self.text("code")
    }

    /// A member of the body as text; empty where there is none.
    pub fn text(&self, member: &str) -> &str {
        self.body[member].as_str().unwrap_or_default()
    }

    /// `id` of the body.
    pub fn id(&self) -> &str {
        self.text("id")
    }

    /// The tag for the next change.
    pub fn etag(&self) -> &str {
        self.header("ETag")
    }

    /// A header; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// What each entry of `errors` names, with its code: `/value/numerator measure.shareOverWhole`.
    pub fn faults(&self) -> Vec<String> {
        let errors = self.body["errors"].as_array().cloned().unwrap_or_default();
        let named = |error: &Value| {
            let place = ["pointer", "parameter", "header"].iter().find_map(|kind| error[*kind].as_str());
            format!("{} {}", place.unwrap_or_default(), error["code"].as_str().unwrap_or_default())
        };
        errors.iter().map(named).collect()
    }

    /// What `actions` says of a command: `None` where it is allowed, else the code of what stands in the way.
    #[track_caller]
    pub fn obstacle(&self, operation: &str) -> Option<&str> {
        let actions = self.body["actions"].as_array().into_iter().flatten();
        let action = actions.clone().find(|action| action["operation"] == operation);
        let action = action.unwrap_or_else(|| panic!("{} says nothing of {operation}", self.what));
        assert_eq!(action["allowed"].as_bool(), Some(action["obstacle"].is_null()), "{action}");
        action["obstacle"].as_str()
    }
}
