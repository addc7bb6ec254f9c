//! Key sets of issuers: from a file or fetched, kept for their time, refreshed for an unknown key at most every 30 s.

use std::{
    path::PathBuf,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse};
use serde::Deserialize;

use super::step_up::StepUp;
use crate::problem::{Problem, Trouble};

/// How long a fetched set is used before it is fetched again.
pub(super) const FRESH: Duration = Duration::from_secs(300);
/// How long a set is used when it cannot be fetched again.
const STALE_IF_ERROR: Duration = Duration::from_secs(24 * 3600);
/// The least time between two fetches.
const BETWEEN_FETCHES: Duration = Duration::from_secs(30);
/// The same while there are no keys at all: who waited for a fetch that failed must not begin the next one.
const BETWEEN_FIRST_FETCHES: Duration = Duration::from_secs(1);
/// The largest set.
const MAX_BYTES: usize = 256 << 10;

/// Where the keys of an issuer come from.
#[derive(Clone, Debug)]
pub enum KeySource {
    /// A file, read when it is first needed and as often as a set would be fetched.
    File(PathBuf),
    /// An address: https, or http on the loopback.
    Url(String),
}

/// An issuer whose tokens are accepted.
#[derive(Debug)]
pub struct Issuer {
    /// `iss`, exact.
    pub name: String,
    /// What `aud` must contain.
    pub audience: String,
    /// What it is asked for where a signature is recorded.
    pub(super) step_up: Option<StepUp>,
    source: KeySource,
    held: Mutex<Held>,
    fetching: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct Held {
    keys: Option<JwkSet>,
    loaded: Option<Instant>,
    tried: Option<Instant>,
}

impl Issuer {
    /// An issuer whose keys are loaded when they are first needed.
    #[must_use]
    pub fn new(name: impl Into<String>, audience: impl Into<String>, source: KeySource) -> Self {
        Self {
            name: name.into(),
            audience: audience.into(),
            step_up: None,
            source,
            held: Mutex::default(),
            fetching: tokio::sync::Mutex::default(),
        }
    }

    /// The same, asked for a proof of this strength where a signature is recorded.
    #[must_use]
    pub fn asked_for(self, step_up: Option<StepUp>) -> Self {
        Self { step_up, ..self }
    }

    /// The key, and whether the set was loaded anew for it.
    pub(super) async fn key(&self, kid: &str) -> Result<(Jwk, bool), Problem> {
        if let Some(key) = self.find(kid, FRESH) {
            return Ok((key, false));
        }
        // Single flight: who waited here finds what the one before has loaded.
        let _flight = self.fetching.lock().await;
        if let Some(key) = self.find(kid, FRESH) {
            return Ok((key, false));
        }
        let loaded = self.may_try() && self.load().await;
        match self.find(kid, STALE_IF_ERROR) {
            Some(key) => Ok((key, loaded)),
            None if self.has_keys() => Err(Trouble::InvalidToken.into()),
            None => Err(Trouble::Unavailable.into()),
        }
    }

    fn find(&self, kid: &str, not_older: Duration) -> Option<Jwk> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let usable = held.loaded.is_some_and(|loaded| loaded.elapsed() < not_older);
        let key = held.keys.as_ref().filter(|_| usable)?.find(kid)?;
        matches!(key.common.public_key_use, None | Some(PublicKeyUse::Signature)).then(|| key.clone())
    }

    fn has_keys(&self) -> bool {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.keys.is_some() && held.loaded.is_some_and(|loaded| loaded.elapsed() < STALE_IF_ERROR)
    }

    fn may_try(&self) -> bool {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let least = if held.keys.is_some() { BETWEEN_FETCHES } else { BETWEEN_FIRST_FETCHES };
        held.tried.is_none_or(|tried| tried.elapsed() >= least)
    }

    async fn load(&self) -> bool {
        let bytes = match &self.source {
            KeySource::File(path) => tokio::fs::read(path).await.map_err(|error| error.to_string()),
            KeySource::Url(url) => fetch(url).await,
        };
        let keys = bytes.and_then(|bytes| key_set(&bytes));
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        // The end of the try counts: one that fails may have taken as long as the time between two.
        held.tried = Some(Instant::now());
        match keys {
            Ok(keys) => {
                held.keys = Some(keys);
                held.loaded = Some(Instant::now());
                true
            }
            Err(error) => {
                tracing::warn!(issuer = self.name, error, "key set cannot be loaded");
                false
            }
        }
    }
}

/// A key of a kind that is not known here says nothing against the others.
fn key_set(bytes: &[u8]) -> Result<JwkSet, String> {
    #[derive(Deserialize)]
    struct Published {
        keys: Vec<serde_json::Value>,
    }
    let published: Published = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    let keys = published.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok()).collect();
    Ok(JwkSet { keys })
}

async fn fetch(url: &str) -> Result<Vec<u8>, String> {
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(3))
        .build()
        .map_err(|error| error.to_string())?;
    let mut answer = client.get(url).send().await.map_err(|error| error.to_string())?;
    if !answer.status().is_success() {
        return Err(format!("answered {}", answer.status()));
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| error.to_string())? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > MAX_BYTES {
            return Err("too large".to_owned());
        }
    }
    Ok(bytes)
}
