//! Lists as files: all of a list as CSV, NDJSON or XLSX, streamed from one snapshot.
//!
//! What a line of NDJSON holds is the item of the list, byte for byte. A table has a column for each member of the item that
//! is no list of things, and beside an identifier the code and the name of what it stands for. Each view says its columns
//! once ([`Tabular`]); how its members become cells is read off its own serialization ([`flat`]), so that a table cannot say
//! anything else than the item.

use serde::Serialize;

mod csv;
mod flat;
mod names;
mod stream;
mod table;
mod xlsx;

pub(crate) use csv::table as csv_of;
pub(crate) use stream::{Dress, Export, disposition, export, reckoned, saved_as};
pub(crate) use table::{Column, Kind, Table, code_of, date, each, flag, instant, list, name_of, number, text, whole};

/// What is no list, since it is reckoned as a whole, and yet is a table: with the schema of a row.
pub const RECKONED: &[(&str, &str)] = &[("readProgress", "ProgressGroup"), ("readRanking", "RankedUnit")];

/// The forms in which a list is answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Form {
    /// A page of it.
    #[default]
    Json,
    /// All of it, a line for each item, columns separated by commas (RFC 4180).
    Csv,
    /// All of it, a JSON object in each line.
    Ndjson,
    /// All of it, as a workbook of Excel.
    Xlsx,
}

impl Form {
    /// The forms that hold all of a list.
    pub const FILES: [Self; 3] = [Self::Csv, Self::Ndjson, Self::Xlsx];

    /// The form of a media type; a page for every other.
    #[must_use]
    pub fn of(media_type: &str) -> Self {
        Self::FILES.into_iter().find(|form| form.media_type() == media_type).unwrap_or_default()
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Csv => "text/csv",
            Self::Ndjson => "application/x-ndjson",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// Its media type as an answer says it.
    pub(crate) const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json | Self::Ndjson | Self::Xlsx => self.media_type(),
        }
    }

    /// The ending of a file's name.
    const fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Ndjson => "ndjson",
            Self::Xlsx => "xlsx",
        }
    }
}

/// An item of a list that can also stand in a table.
pub(crate) trait Tabular: Serialize {
    /// How it stands there.
    const TABLE: Table;
}
