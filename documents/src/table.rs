//! Tables: what stands in their cells, not how it is drawn.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::{words::Words, written::number};

/// Where the text of a column stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    /// Names, sentences.
    Left,
    /// Short marks.
    Center,
    /// Figures.
    Right,
}

/// A column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// What heads it.
    pub head: Words,
    /// Its share of the width; only the proportions count.
    pub width: u16,
    /// Where its text stands.
    pub align: Align,
    /// It is in the workbook and on no page: an identifier, by which a figure is walked back.
    pub only_in_workbook: bool,
}

impl Column {
    /// A column of names or sentences.
    #[must_use]
    pub fn left(head: &str, width: u16) -> Self {
        Self { head: head.into(), width, align: Align::Left, only_in_workbook: false }
    }

    /// A column of short marks.
    #[must_use]
    pub fn center(head: &str, width: u16) -> Self {
        Self { align: Align::Center, ..Self::left(head, width) }
    }

    /// A column of figures.
    #[must_use]
    pub fn right(head: &str, width: u16) -> Self {
        Self { align: Align::Right, ..Self::left(head, width) }
    }

    /// A column that only the workbook has.
    #[must_use]
    pub fn aside(head: &str) -> Self {
        Self { only_in_workbook: true, ..Self::left(head, 30) }
    }
}

/// What stands in a cell. Figures stay figures, so that the workbook can reckon with them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Cell {
    /// Nothing.
    Blank,
    /// Words, among them codes and days.
    Words(Words),
    /// A figure, written `1.234,5` on a page.
    Figure(Decimal),
}

impl Cell {
    /// Words.
    #[must_use]
    pub fn words(text: impl AsRef<str>) -> Self {
        Self::Words(Words::of(text))
    }

    /// A count.
    #[must_use]
    pub fn count(count: impl Into<Decimal>) -> Self {
        Self::Figure(count.into())
    }

    /// As a page shows it.
    #[must_use]
    pub fn printed(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Words(words) => words.to_string(),
            Self::Figure(figure) => number(*figure),
        }
    }
}

/// A row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Row {
    /// A cell for each column, those of the workbook among them.
    Cells(Vec<Cell>),
    /// The same, for a sum.
    Total(Vec<Cell>),
    /// The name of the rows that follow, over the whole width.
    Group(Words),
    /// What is to be known of the row before, over the whole width.
    Note(Words),
}

/// A table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    /// What the workbook calls its sheet; short, since Excel takes 31 characters.
    pub sheet: Words,
    /// What stands above it.
    pub caption: Option<Words>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, without the heading.
    pub rows: Vec<Row>,
}

impl Table {
    /// The columns that a page has, with their places.
    pub fn printed(&self) -> impl Iterator<Item = (usize, &Column)> {
        self.columns.iter().enumerate().filter(|(_, column)| !column.only_in_workbook)
    }
}

/// Whether a spreadsheet would take a text for a formula (OWASP ASVS 5.0, 1.2.10): also in its full-width forms, which an
/// input method may have left there.
#[must_use]
pub fn is_risky(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'])
}
