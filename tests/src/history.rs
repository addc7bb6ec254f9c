//! What callers were told, held against what the log says: the checker of every test in which something breaks.
//!
//! The order of the log is the serial order. Whatever was acknowledged stands in it exactly once, under the event that
//! the caller was told of; whatever was not, at most once; and what was acknowledged before another thing was asked for
//! stands before it.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Instant,
};

use sqlx::{PgConnection, Row};
use uuid::Uuid;

/// One thing that somebody asked for: an object that has this code, in however many requests.
#[derive(Clone, Debug)]
pub struct Attempt {
    code: String,
    started: Instant,
    /// When it was acknowledged, and by which event.
    acknowledged: Option<(Instant, Uuid)>,
}

impl Attempt {
    /// Something is asked for from now on.
    #[must_use]
    pub fn of(code: &str) -> Self {
        Self { code: code.to_owned(), started: Instant::now(), acknowledged: None }
    }

    /// The caller was told that it is done, with this `Event-Id`.
    #[must_use]
    pub fn acknowledged(mut self, event: &str) -> Self {
        let event = Uuid::parse_str(event).expect("an acknowledged write names its event");
        self.acknowledged = Some((Instant::now(), event));
        self
    }
}

/// Everything that was asked for in a test.
#[derive(Debug, Default)]
pub struct History(Mutex<Vec<Attempt>>);

impl History {
    /// Notes an attempt, whatever became of it.
    pub fn note(&self, attempt: Attempt) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(attempt);
    }

    /// How many attempts were acknowledged.
    #[must_use]
    pub fn acknowledged(&self) -> usize {
        let attempts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        attempts.iter().filter(|attempt| attempt.acknowledged.is_some()).count()
    }

    /// What the units of the directory and their events in the log do not bear out, a sentence each.
    pub async fn check_units(&self, owner: &mut PgConnection) -> Vec<String> {
        let rows = sqlx::query(
            "SELECT u.code, e.id, l.seq FROM unit u JOIN event e ON e.object_id = u.id AND e.object_type = 'unit'
             LEFT JOIN log_entry l ON l.event_id = e.id",
        );
        let mut told: HashMap<String, Vec<(Uuid, Option<i64>)>> = HashMap::new();
        for row in rows.fetch_all(owner).await.expect("the log can be read") {
            told.entry(row.get("code")).or_default().push((row.get("id"), row.get("seq")));
        }
        self.held_against(&told)
    }

    fn held_against(&self, told: &HashMap<String, Vec<(Uuid, Option<i64>)>>) -> Vec<String> {
        let attempts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut findings = Vec::new();
        let mut ordered = Vec::new();
        for attempt in attempts.iter() {
            let events = told.get(&attempt.code).map(Vec::as_slice).unwrap_or_default();
            match (attempt.acknowledged, events) {
                (None, [] | [_]) => {}
                (Some((ended, event)), [(known, Some(seq))]) if event == *known => {
                    ordered.push((attempt.started, ended, *seq, attempt.code.as_str()));
                }
                (told, found) => findings.push(format!("{}: told {told:?}, the log has {found:?}", attempt.code)),
            }
        }
        findings.extend(out_of_order(&ordered));
        findings
    }
}

/// Whoever began after another had ended must stand behind it.
fn out_of_order(ordered: &[(Instant, Instant, i64, &str)]) -> Vec<String> {
    let mut by_start: Vec<_> = ordered.iter().collect();
    by_start.sort_by_key(|(started, ..)| *started);
    let mut by_end: Vec<_> = ordered.iter().collect();
    by_end.sort_by_key(|(_, ended, ..)| *ended);
    let (mut ended_before, mut latest) = (by_end.into_iter().peekable(), None);
    let mut findings = Vec::new();
    for (started, _, seq, code) in by_start {
        while let Some((_, _, earlier, other)) = ended_before.next_if(|(_, ended, ..)| ended < started) {
            latest = latest.max(Some((*earlier, *other)));
        }
        if let Some((earlier, other)) = latest
            && earlier > *seq
        {
            findings
                .push(format!("{code} stands at {seq}, before {other} at {earlier}, which had ended when it began"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn attempt(code: &str, from: Instant, start: u64, end: Option<(u64, u128)>) -> Attempt {
        let at = |millis| from + Duration::from_millis(millis);
        let acknowledged = end.map(|(end, event)| (at(end), Uuid::from_u128(event)));
        Attempt { code: code.to_owned(), started: at(start), acknowledged }
    }

    fn check(attempts: Vec<Attempt>, log: &[(&str, u128, i64)]) -> Vec<String> {
        let mut told: HashMap<String, Vec<(Uuid, Option<i64>)>> = HashMap::new();
        for (code, event, seq) in log {
            told.entry((*code).to_owned()).or_default().push((Uuid::from_u128(*event), Some(*seq)));
        }
        History(Mutex::new(attempts)).held_against(&told)
    }

    #[test]
    fn what_agrees_is_not_found_fault_with() {
        let now = Instant::now();
        let attempts = vec![
            attempt("A", now, 0, Some((10, 1))),
            attempt("B", now, 5, Some((20, 2))),
            attempt("C", now, 30, None),
            attempt("D", now, 30, None),
        ];
        // A and B ran at the same time, so that either may stand first.
        assert!(check(attempts, &[("B", 2, 1), ("A", 1, 2), ("C", 3, 3)]).is_empty());
    }

    #[test]
    fn each_way_to_break_a_promise_is_found() {
        let now = Instant::now();
        let one = || vec![attempt("A", now, 0, Some((10, 1)))];
        assert_eq!(check(one(), &[]).len(), 1, "lost");
        assert_eq!(check(one(), &[("A", 1, 1), ("A", 9, 2)]).len(), 1, "done twice");
        assert_eq!(check(one(), &[("A", 9, 1)]).len(), 1, "another event");
        assert_eq!(check(vec![attempt("A", now, 0, None)], &[("A", 1, 1), ("A", 2, 2)]).len(), 1, "twins");
        let two = vec![attempt("A", now, 0, Some((10, 1))), attempt("B", now, 20, Some((30, 2)))];
        assert_eq!(check(two, &[("B", 2, 1), ("A", 1, 2)]).len(), 1, "backwards");
    }
}
