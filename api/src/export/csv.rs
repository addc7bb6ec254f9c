//! CSV by RFC 4180, with the mark by which Excel knows UTF-8.

use std::borrow::Cow;

use csv::{Terminator, WriterBuilder};
use thidua_documents::is_risky;

use super::{flat::Row, names::Names, table::Column};
use crate::language::Language;

/// What Excel needs in order to read Vietnamese.
pub(super) const MARK: &str = "\u{feff}";

/// The line of headings.
pub(super) fn headings(columns: &[Column], language: Language) -> Result<Vec<u8>, csv::Error> {
    let mut lines = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(MARK.as_bytes().to_vec());
    lines.write_record(columns.iter().map(|column| column.heading(language)))?;
    lines.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

/// A line for each row.
pub(super) fn lines(columns: &[Column], rows: &[Row], names: &Names) -> Result<Vec<u8>, csv::Error> {
    let buffer = Vec::with_capacity(rows.len() * 300);
    let mut lines = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(buffer);
    for row in rows {
        for (place, column) in columns.iter().enumerate() {
            let text = names.cell(columns, row, place).unwrap_or_default();
            if column.kind.is_written() {
                lines.write_field(inert(text).as_bytes())?;
            } else {
                lines.write_field(text)?;
            }
        }
        lines.write_record(None::<&[u8]>)?;
    }
    lines.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

/// A table of texts.
pub(crate) fn table(columns: &[Column], rows: &[Vec<String>], language: Language) -> Result<Vec<u8>, csv::Error> {
    let mut bytes = headings(columns, language)?;
    let mut lines = WriterBuilder::new().terminator(Terminator::CRLF).flexible(true).from_writer(Vec::new());
    for row in rows {
        let filled = row.iter().map(String::as_str).chain(std::iter::repeat("")).take(columns.len());
        lines.write_record(filled.map(|text| inert(text).into_owned()))?;
    }
    bytes.extend(lines.into_inner().map_err(|error| csv::Error::from(error.into_error()))?);
    Ok(bytes)
}

/// The text as it may stand in a file.
fn inert(text: &str) -> Cow<'_, str> {
    if is_risky(text) { format!("'{text}").into() } else { text.into() }
}
