//! What waits to be carried out of the house: queued in the transaction that causes it, taken by one carrier at a time, put
//! off where it does not get through, given up in the end. Any number of processes may carry; one that dies loses nothing.

/// What became of an attempt.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome<F> {
    /// The other side has it.
    Done,
    /// It may work another time.
    Later(F),
    /// It will never work.
    Never(F),
}

impl<F: Copy> Outcome<F> {
    /// Why it did not get through.
    #[must_use]
    pub const fn failure(self) -> Option<F> {
        match self {
            Self::Done => None,
            Self::Later(failure) | Self::Never(failure) => Some(failure),
        }
    }
}

/// A table of things that wait. It has the columns `attempts`, `next_attempt_at`, `given_up_at` and `failure`.
pub(crate) struct Outbox {
    /// The table.
    pub(crate) table: &'static str,
    /// What its rows are known by.
    pub(crate) key: &'static str,
    /// The column that says when the other side had it.
    pub(crate) done: &'static str,
    /// What the time is, as SQL.
    pub(crate) now: &'static str,
    /// For how long who takes it has it alone, as SQL: should the carrier die, it is tried again then.
    pub(crate) lease: &'static str,
    /// When it is tried next after an attempt in vain, as SQL.
    pub(crate) next: &'static str,
    /// How often it is tried at most.
    pub(crate) most_attempts: i32,
}

impl Outbox {
    /// The part `taken` of a statement: the next that is due, for this carrier alone.
    pub(crate) fn taken(&self) -> String {
        let Self { table, key, done, now, lease, .. } = self;
        format!(
            "taken AS (
                 UPDATE {table} SET attempts = attempts + 1, next_attempt_at = {now} + {lease}
                 WHERE {key} = (
                     SELECT {key} FROM {table}
                     WHERE {done} IS NULL AND given_up_at IS NULL AND next_attempt_at <= {now}
                     ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
                 RETURNING {key}, attempts)"
        )
    }

    /// The statement that keeps what became of an attempt: `$1` is the key, `$2` whether it is done, `$3` whether it will
    /// never work, `$4` the failure. After the last attempt, what may work another time is given up as well.
    pub(crate) fn settle(&self) -> String {
        let Self { table, key, done, now, next, most_attempts, .. } = self;
        format!(
            "UPDATE {table} SET {done} = CASE WHEN $2::boolean THEN {now} END, failure = $4,
                    given_up_at = CASE WHEN NOT $2 AND ($3::boolean OR attempts >= {most_attempts}) THEN {now} END,
                    next_attempt_at = CASE WHEN $2 OR $3 THEN next_attempt_at ELSE {next} END
             WHERE {key} = $1 AND {done} IS NULL AND given_up_at IS NULL"
        )
    }
}
