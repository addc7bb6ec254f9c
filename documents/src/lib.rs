//! Papers (*văn bản*): values of the domain in the form that NĐ 30/2020 gives an administrative document.
//!
//! [`papers`] turns a campaign, a report or a sheet of compliance into one [`Paper`]: the head, the body, the signature, the
//! recipients and the annexes, and nothing of how a page looks. Each form is then a function of that one value, so that they
//! cannot say different things: [`docx`] and [`xlsx`] are made here, and [`typeset::request`] is what the program
//! `thidua-typeset` turns into PDF.
//!
//! A paper is in Vietnamese, whoever reads it; its words are part of its form and stand here, not in a catalogue. A paper
//! without number and day has blanks for them, as a draft has. The same paper gives the same bytes.

mod docx;
mod file;
mod paper;
pub mod papers;
pub mod signing;
mod table;
pub mod typeset;
mod words;
pub mod written;
mod xlsx;

pub use docx::docx;
pub use file::{FileName, Form};
pub use paper::{Annex, Block, Head, Paper, Signature};
pub use table::{Align, Cell, Column, Row, Table, is_risky};
pub use words::Words;
pub use xlsx::xlsx;

/// A paper that could not be written out; what it says is for the log.
#[derive(Debug, thiserror::Error)]
#[error("the paper cannot be written: {0}")]
pub struct Unwritten(String);

impl Unwritten {
    fn of(error: impl std::fmt::Display) -> Self {
        Self(error.to_string())
    }
}
