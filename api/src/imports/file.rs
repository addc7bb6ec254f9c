//! A table that came in, as far as it could be read.

use sha2::{Digest as _, Sha256};
use thidua_domain::{
    import::{Digest, Effort, Rejection, Row, Rows},
    policy::{Command, Subject},
    refusal::Fault,
};
use thidua_persistence::StoreError;

use super::read::{self, Gathered, Numbered, TableRow, Unreadable};
use crate::{
    input::Sent,
    problem::{Detail, Place, Problem, Trouble},
};

/// A table with its rows, what identifies it, and how much of it is to be carried out.
#[derive(Debug)]
pub(super) struct Table<R> {
    pub(super) rows: Vec<Numbered<R>>,
    unreadable: Vec<Unreadable>,
    digest: Digest,
    effort: Effort,
}

impl<R: TableRow> Table<R> {
    /// Reads a file away from the worker, which meanwhile serves others.
    ///
    /// # Errors
    /// 400, for what is wrong with the file as a whole; for rows that cannot be read, where all are to be carried out or
    /// there is no other.
    pub(super) async fn read(sent: Sent, effort: Effort) -> Result<Self, Problem> {
        let broken = || Problem::from(StoreError::State("a file could not be read".to_owned()));
        let task = actix_web::web::block(move || {
            let hash = Sha256::digest(&sent.bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
            (read::rows::<R>(&sent.bytes, sent.form), hash)
        });
        let (gathered, hash) = task.await.map_err(|_| broken())?;
        let Gathered { rows, unreadable } = gathered?;
        let table = Self { rows, unreadable, digest: Digest::parse(&hash).map_err(|_| broken())?, effort };
        let wholly = effort == Effort::AllOrNothing || table.rows.is_empty();
        if wholly && !table.unreadable.is_empty() { Err(table.refused()) } else { Ok(table) }
    }

    /// Refuses the table where it cannot be told of a row that could not be read to which paper it belongs: a paper that
    /// lacks a row would be another.
    ///
    /// # Errors
    /// 400, with all that is wrong with rows that could not be read.
    pub(super) fn of_whole_papers(self) -> Result<Self, Problem> {
        let lost = self.unreadable.iter().any(|one| one.unit_code.is_none());
        if lost { Err(self.refused()) } else { Ok(self) }
    }

    fn refused(&self) -> Problem {
        Problem::with(Trouble::BadRequest, self.details())
    }

    /// What is wrong with rows that could not be read.
    pub(super) fn details(&self) -> Vec<Detail> {
        self.unreadable.iter().flat_map(|one| one.details.clone()).collect()
    }

    /// Whether a row about the unit of this code could not be read.
    pub(super) fn misses(&self, unit_code: &str) -> bool {
        self.unreadable.iter().any(|one| one.unit_code.as_deref() == Some(unit_code))
    }

    /// What the rows come to.
    pub(super) fn come_to<C: Command<S>, S: Subject>(
        &self,
        rows: Vec<Row<C, S>>,
        unchanged: u32,
        faults: Vec<Fault>,
    ) -> Rows<C, S> {
        let unreadable = self.details().into_iter().filter_map(rejection).collect();
        Rows { digest: self.digest.clone(), effort: self.effort, unreadable, rows, unchanged, faults }
    }
}

fn rejection(detail: Detail) -> Option<Rejection> {
    let Place::Pointer(pointer) = detail.place else { return None };
    Some(Rejection { row: detail.row?, pointer, code: detail.code, about: detail.about })
}

/// Why a row was left out, as problems tell of it.
pub(super) fn detail(rejection: &Rejection) -> Detail {
    let Rejection { row, pointer, code, about } = rejection.clone();
    Detail { place: Place::Pointer(pointer), code, about, row: Some(row) }
}
