//! A client of the API for the story: one persona, one request, one answer.

use std::collections::HashMap;

use serde_json::{Value, json};
use thidua_domain::time::Timestamp;
use thidua_persistence::StoreError;

use crate::{auth::DevIssuer, openapi::BYTES};

/// Why the story broke off.
#[derive(Debug, thiserror::Error)]
pub enum StoryError {
    /// A seed cannot be read.
    #[error("seed: {0}")]
    Seed(String),
    /// The store says no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The service does not answer.
    #[error("no answer: {0}")]
    Silence(#[from] reqwest::Error),
    /// The service answers something else than the story expects.
    #[error("{what}: {status} {body}")]
    Unexpected {
        /// What was asked.
        what: String,
        /// The status.
        status: u16,
        /// The body.
        body: String,
    },
    /// No token can be signed.
    #[error("token: {0}")]
    Token(#[from] std::io::Error),
}

/// What the service answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The body.
    pub body: Value,
    /// The ETag, for the next change.
    pub etag: Option<String>,
}

impl Answer {
    /// A member of the body as text; empty where there is none.
    #[must_use]
    pub fn text(&self, member: &str) -> &str {
        self.body[member].as_str().unwrap_or_default()
    }
}

/// What is sent: JSON, or the bytes of a file, which is a text in this story.
enum Body {
    Json(Value),
    Bytes(String),
}

/// One exchange, as it is kept for the contract's examples.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// `GET`, `POST`, `PUT`.
    pub method: String,
    /// The path within the contract, without its query.
    pub path: String,
    /// The body that was sent.
    pub request: Option<Value>,
    /// The body that came back.
    pub response: Value,
}

/// Plays personas against a running service.
#[derive(Debug)]
pub struct Player {
    base: String,
    client: reqwest::Client,
    issuer: DevIssuer,
    tokens: HashMap<String, String>,
    commands: u32,
    run: String,
    measured: HashMap<String, String>,
    recorded: Option<Vec<Exchange>>,
}

impl Player {
    /// A player against the service at `base`; `run` tells the idempotency keys of one performance from another's.
    ///
    /// A performance under the same name, from the beginning, does again nothing that was done before: the service
    /// answers each command that it knows by its key as it did then.
    ///
    /// # Errors
    /// No client can be made.
    pub fn new(base: impl Into<String>, issuer: DevIssuer, run: impl Into<String>) -> Result<Self, StoryError> {
        let client = reqwest::Client::builder().no_proxy().build()?;
        Ok(Self {
            base: base.into(),
            client,
            issuer,
            tokens: HashMap::new(),
            commands: 0,
            run: run.into(),
            measured: HashMap::new(),
            recorded: None,
        })
    }

    /// Keeps every exchange from here on.
    #[must_use]
    pub fn recording(mut self) -> Self {
        self.recorded = Some(Vec::new());
        self
    }

    /// What was kept since this was asked last.
    pub fn take_recorded(&mut self) -> Vec<Exchange> {
        self.recorded.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// Where the business clock stands.
    ///
    /// # Errors
    /// The service does not answer, or is not in `dev`.
    pub async fn now(&self) -> Result<Timestamp, StoryError> {
        let answer = self.client.get(format!("{}/dev/clock", self.base)).send().await?;
        let status = answer.status().as_u16();
        let body = answer.text().await?;
        let clock: Value = serde_json::from_str(&body).unwrap_or_default();
        let at = clock["at"].as_str().and_then(Timestamp::parse);
        at.ok_or_else(|| StoryError::Unexpected { what: "the clock".to_owned(), status, body })
    }

    /// Moves the business clock forward to an instant, which a service in `dev` allows; false where it stands there or
    /// later already, and stays.
    ///
    /// # Errors
    /// The service does not answer, or is not in `dev`.
    pub async fn forward_to(&self, instant: Timestamp) -> Result<bool, StoryError> {
        if self.now().await? >= instant {
            return Ok(false);
        }
        let request = self.client.put(format!("{}/dev/clock", self.base)).json(&json!({ "at": instant }));
        let answer = request.send().await?;
        let status = answer.status();
        if status.is_success() {
            return Ok(true);
        }
        let body = answer.text().await?;
        Err(StoryError::Unexpected { what: format!("the clock to {instant}"), status: status.as_u16(), body })
    }

    /// Keeps in mind what was measured last of a target. A story that is told again must not ask the service for it,
    /// which knows of later steps.
    pub(super) fn keep_in_mind(&mut self, target: String, measurement: &Answer) {
        self.measured.insert(target, measurement.text("id").to_owned());
    }

    /// What was measured last of a target, as far as the story has been told.
    pub(super) fn measured(&self, target: &str) -> Option<&str> {
        self.measured.get(target).map(String::as_str)
    }

    /// Reads a resource.
    ///
    /// # Errors
    /// Anything but a success.
    pub async fn get(&mut self, persona: &str, path: &str) -> Result<Answer, StoryError> {
        self.send(persona, reqwest::Method::GET, path, None, None).await
    }

    /// Makes something new.
    ///
    /// # Errors
    /// Anything but a success.
    pub async fn create(&mut self, persona: &str, path: &str, body: Value) -> Result<Answer, StoryError> {
        self.send(persona, reqwest::Method::POST, path, None, Some(Body::Json(body))).await
    }

    /// Carries out a command on what was read last, with what the caller decides.
    ///
    /// # Errors
    /// Anything but a success.
    pub async fn command(
        &mut self,
        persona: &str,
        path: &str,
        read: &Answer,
        body: Option<Value>,
    ) -> Result<Answer, StoryError> {
        self.send(persona, reqwest::Method::POST, path, read.etag.clone(), body.map(Body::Json)).await
    }

    /// Attaches a file to what is found at `owner`, under a name of letters that a query needs not spell otherwise.
    ///
    /// # Errors
    /// Anything but a success.
    pub async fn attach(&mut self, persona: &str, owner: &str, name: &str, bytes: &str) -> Result<Answer, StoryError> {
        let path = format!("{owner}/attachments?name={name}");
        self.send(persona, reqwest::Method::POST, &path, None, Some(Body::Bytes(bytes.to_owned()))).await
    }

    /// Says what is to be, where nothing else hangs on it.
    ///
    /// # Errors
    /// Anything but a success.
    pub async fn put(&mut self, persona: &str, path: &str) -> Result<Answer, StoryError> {
        self.send(persona, reqwest::Method::PUT, path, None, None).await
    }

    /// Replaces what was read last.
    ///
    /// # Errors
    /// Anything but a success.
    pub async fn replace(
        &mut self,
        persona: &str,
        path: &str,
        read: &Answer,
        body: Value,
    ) -> Result<Answer, StoryError> {
        match self.send(persona, reqwest::Method::PUT, path, read.etag.clone(), Some(Body::Json(body))).await {
            // A replacement has no key. In an earlier performance it was done already, and the story went on.
            Err(StoryError::Unexpected { status: 412, .. }) => self.get(persona, path).await,
            answer => answer,
        }
    }

    async fn send(
        &mut self,
        persona: &str,
        method: reqwest::Method,
        path: &str,
        etag: Option<String>,
        body: Option<Body>,
    ) -> Result<Answer, StoryError> {
        let token = match self.tokens.get(persona) {
            Some(token) => token.clone(),
            None => {
                let token = self.issuer.mint(persona)?;
                self.tokens.insert(persona.to_owned(), token.clone());
                token
            }
        };
        let what = format!("{persona}: {method} {path}");
        let mut request = self.client.request(method.clone(), format!("{}/v1{path}", self.base)).bearer_auth(token);
        if method == reqwest::Method::POST {
            self.commands += 1;
            request = request.header("Idempotency-Key", format!("{}-{}", self.run, self.commands));
        }
        if let Some(etag) = etag {
            request = request.header("If-Match", etag);
        }
        request = match &body {
            Some(Body::Json(value)) => request.json(value),
            Some(Body::Bytes(bytes)) => request.header("Content-Type", BYTES).body(bytes.clone()),
            None => request,
        };
        let answer = request.send().await?;
        let status = answer.status();
        let etag = answer.headers().get("ETag").and_then(|tag| tag.to_str().ok()).map(str::to_owned);
        let text = answer.text().await?;
        if !status.is_success() {
            return Err(StoryError::Unexpected { what, status: status.as_u16(), body: text });
        }
        let response: Value = serde_json::from_str(&text).unwrap_or_default();
        if let Some(recorded) = &mut self.recorded {
            let path = path.split('?').next().unwrap_or_default().to_owned();
            let request = body.map(|body| match body {
                Body::Json(value) => value,
                Body::Bytes(text) => text.into(),
            });
            recorded.push(Exchange { method: method.to_string(), path, request, response: response.clone() });
        }
        Ok(Answer { body: response, etag })
    }
}
