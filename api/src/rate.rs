//! Rates: so many requests a minute for each caller, counted in windows of real time that are the same for all.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// The length of a window.
const WINDOW: Duration = Duration::from_secs(60);
/// How many callers of a window are told apart; those who come later share one count, so that memory has a bound.
const MOST_CALLERS: usize = 10_000;
/// Under which name those share it.
const THE_OTHERS: &str = "";

/// Counts the requests of each caller.
#[derive(Debug)]
pub(crate) struct Rates {
    limit: u32,
    window: Mutex<Window>,
}

#[derive(Debug)]
struct Window {
    began: Instant,
    counts: HashMap<String, u32>,
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
        Self { limit, window: Mutex::new(Window { began: Instant::now(), counts: HashMap::new() }) }
    }

    /// Counts one request.
    pub(crate) fn count(&self, caller: &str) -> Allowance {
        self.count_at(caller, Instant::now())
    }

    fn count_at(&self, caller: &str, now: Instant) -> Allowance {
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        if now.duration_since(window.began) >= WINDOW {
            *window = Window { began: now, counts: HashMap::new() };
        }
        let full = window.counts.len() >= MOST_CALLERS && !window.counts.contains_key(caller);
        let count = window.counts.entry(if full { THE_OTHERS } else { caller }.to_owned()).or_default();
        *count = count.saturating_add(1);
        let count = *count;
        let reset = WINDOW.saturating_sub(now.duration_since(window.began)).as_secs();
        Allowance {
            limit: self.limit,
            remaining: self.limit.saturating_sub(count),
            reset_seconds: u32::try_from(reset).unwrap_or_default(),
            exceeded: count > self.limit,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_ends_for_everybody_and_the_next_begins_empty() {
        let (rates, start) = (Rates::new(1), Instant::now());
        assert!(!rates.count_at("a", start).exceeded);
        let refused = rates.count_at("a", start + Duration::from_secs(20));
        assert!(refused.exceeded && (39..=40).contains(&refused.reset_seconds));
        assert!(!rates.count_at("b", start + Duration::from_secs(20)).exceeded);
        assert!(!rates.count_at("a", start + Duration::from_secs(61)).exceeded);
    }

    #[test]
    fn any_number_of_callers_takes_a_bounded_memory() {
        let (rates, start) = (Rates::new(5), Instant::now());
        for number in 0..MOST_CALLERS {
            assert!(!rates.count_at(&number.to_string(), start).exceeded);
        }
        let late: Vec<_> = (0..6).map(|number| rates.count_at(&format!("late {number}"), start).exceeded).collect();
        assert_eq!(late, [false, false, false, false, false, true]);
        // Who was there before keeps a count of its own.
        assert!(!rates.count_at("7", start).exceeded);
        assert!(rates.window.lock().unwrap().counts.len() <= MOST_CALLERS + 1);
    }
}
