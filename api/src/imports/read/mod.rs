//! Files that come in: CSV, NDJSON or XLSX, as rows that say what a single command would.
//!
//! Each row becomes the JSON object of its kind and is then read by the very types that read a single command, so that a row
//! cannot say what a body cannot. What is wrong with the form of a file is told first, of all its rows at once.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use thidua_domain::import::MAX_ROWS;
use validator::Validate;

use crate::{
    export::{Column, Form},
    input::parse,
    problem::{Detail, Place, Problem, Trouble},
};

mod cell;
mod csv;
mod headings;
mod unpacked;
mod xlsx;

pub(super) use cell::put;

/// The most columns of a table.
const MAX_COLUMNS: usize = 100;

/// A row of a table as a type: what its columns are, and how the object is finished that its cells make up.
pub(super) trait TableRow: DeserializeOwned + Validate + Send + 'static {
    /// The name of its table in the catalogue, which is that of its sheet.
    const TABLE: &'static str;
    /// Its columns.
    const COLUMNS: &'static [Column];
    /// Columns that a template shows to people, and that say nothing.
    const SHOWN: &'static [&'static str];
    /// Columns that a template fills in: a row with nothing else is not meant.
    const FILLED: &'static [&'static str];

    /// Adds what a table leaves to be understood.
    fn finish(_: &mut Map<String, Value>) {}
}

/// A row with its number, as spreadsheets count them.
#[derive(Clone, Debug)]
pub(super) struct Numbered<R> {
    pub(super) number: u32,
    pub(super) row: R,
}

/// A row that could not be read: what is wrong with it, and the unit that it is about, where that can be told.
#[derive(Clone, Debug)]
pub(super) struct Unreadable {
    pub(super) details: Vec<Detail>,
    pub(super) unit_code: Option<String>,
}

/// The rows of a file, and those that could not be read.
#[derive(Debug)]
pub(super) struct Gathered<R> {
    pub(super) rows: Vec<Numbered<R>>,
    pub(super) unreadable: Vec<Unreadable>,
}

/// Cells of a table: the headings, and the rows by number. A cell is told of by its column.
struct Cells {
    headings: Vec<String>,
    rows: Vec<(u32, Vec<Cell>)>,
}

/// What stands in a cell.
#[derive(Clone, PartialEq, Debug)]
enum Cell {
    Empty,
    /// Text, with what stands for the point in its numbers.
    Text(String, Decimal),
    Number(f64),
    Flag(bool),
    /// A day; instants have none.
    Day(String),
    /// What cannot be a value.
    Bad(&'static str),
}

/// What stands between the whole and its parts in numbers that are written as text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Decimal {
    /// A point, and nothing else.
    Point,
    /// A comma, and nothing else.
    Comma,
    /// Either, as long as it cannot be meant to group thousands.
    Either,
}

/// The rows of a file.
///
/// # Errors
/// 400, with what is wrong with the file as a whole.
pub(super) fn rows<R: TableRow>(bytes: &[u8], form: Form) -> Result<Gathered<R>, Problem> {
    let cells = match form {
        Form::Json | Form::Ndjson => return lines(bytes),
        Form::Csv => csv::cells(bytes)?,
        Form::Xlsx => xlsx::cells(bytes, R::TABLE)?,
    };
    let columns = headings::columns::<R>(&cells.headings)?;
    let mut gathered = Gathered::default();
    for (number, cells) in cells.rows {
        let meant = columns.iter().zip(&cells).any(|(column, cell)| {
            *cell != Cell::Empty && column.is_some_and(|column| !R::FILLED.contains(&column.name()))
        });
        if !meant {
            continue;
        }
        let mut object = Map::new();
        let mut details = Vec::new();
        for (column, cell) in columns.iter().zip(cells) {
            let Some(column) = column else { continue };
            if let Err(code) = cell::place(&mut object, column, cell) {
                details.push(detail(number, &pointer(column.name()), code));
            }
        }
        if details.is_empty() {
            R::finish(&mut object);
            gathered.take(number, &Value::Object(object).to_string().into_bytes());
        } else {
            gathered.unreadable.push(Unreadable { details, unit_code: unit_of(&object) });
        }
    }
    Ok(gathered)
}

/// The code of the unit that a row is about.
fn unit_of(object: &Map<String, Value>) -> Option<String> {
    object.get("unitCode")?.as_str().map(|code| code.trim().to_owned())
}

fn lines<R: TableRow>(bytes: &[u8]) -> Result<Gathered<R>, Problem> {
    let text = std::str::from_utf8(bytes).map_err(|_| wrong("sheet.otherEncoding"))?;
    let said: Vec<(u32, &str)> = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()).collect();
    if said.len() > MAX_ROWS {
        return Err(wrong("sheet.tooManyRows"));
    }
    let mut gathered = Gathered::default();
    for (number, line) in said {
        gathered.take(number, line.as_bytes());
    }
    Ok(gathered)
}

impl<R> Default for Gathered<R> {
    fn default() -> Self {
        Self { rows: Vec::new(), unreadable: Vec::new() }
    }
}

impl<R: TableRow> Gathered<R> {
    fn take(&mut self, number: u32, json: &[u8]) {
        match parse(json) {
            Ok(row) => self.rows.push(Numbered { number, row }),
            Err(problem) => {
                let details = problem.into_details().into_iter().map(|detail| detail.in_row(number)).collect();
                let said = serde_json::from_slice::<Value>(json).ok();
                let unit_code = said.as_ref().and_then(Value::as_object).and_then(unit_of);
                self.unreadable.push(Unreadable { details, unit_code });
            }
        }
    }
}

/// What is wrong with a file as a whole.
fn wrong(code: &'static str) -> Problem {
    Problem::at(Trouble::BadRequest, Place::Pointer(String::new()), code)
}

fn detail(number: u32, pointer: &str, code: &'static str) -> Detail {
    Detail::of(Place::Pointer(pointer.to_owned()), code).in_row(number)
}

/// The way to a member, as problems name it: `/value/amount`.
fn pointer(name: &str) -> String {
    format!("/{}", name.replace('.', "/"))
}
