//! Rates: so many requests a minute for each caller, counted in fixed windows of real time.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// The length of a window.
const WINDOW: Duration = Duration::from_secs(60);
/// How many callers are remembered before the windows that ended are forgotten.
const MOST_CALLERS: usize = 10_000;

/// Counts the requests of each caller.
#[derive(Debug)]
pub(crate) struct Rates {
    limit: u32,
    callers: Mutex<HashMap<String, (Instant, u32)>>,
}

/// Where a caller stands, for the `RateLimit-…` headers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Allowance {
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    pub(crate) reset_seconds: u32,
    pub(crate) exceeded: bool,
}

impl Rates {
    pub(crate) fn new(limit: u32) -> Self {
        Self { limit, callers: Mutex::default() }
    }

    /// Counts one request.
    pub(crate) fn count(&self, caller: &str) -> Allowance {
        let now = Instant::now();
        let mut callers = self.callers.lock().unwrap_or_else(PoisonError::into_inner);
        if callers.len() >= MOST_CALLERS {
            callers.retain(|_, (began, _)| now.duration_since(*began) < WINDOW);
        }
        let window = match callers.get_mut(caller) {
            Some(window) => window,
            None => callers.entry(caller.to_owned()).or_insert((now, 0)),
        };
        if now.duration_since(window.0) >= WINDOW {
            *window = (now, 0);
        }
        window.1 = window.1.saturating_add(1);
        let reset = WINDOW.saturating_sub(now.duration_since(window.0)).as_secs();
        Allowance {
            limit: self.limit,
            remaining: self.limit.saturating_sub(window.1),
            reset_seconds: u32::try_from(reset).unwrap_or_default(),
            exceeded: window.1 > self.limit,
        }
    }
}
