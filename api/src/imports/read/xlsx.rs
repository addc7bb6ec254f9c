//! Workbooks of Excel. Cells are read one by one, so that one that stands a million columns away costs nothing.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx, open_workbook_from_rs};
use thidua_domain::{import::MAX_ROWS, text::fold};

use super::{Cell, Cells, Decimal, MAX_COLUMNS, unpacked, wrong};
use crate::{
    language::Language,
    problem::{Detail, Place, Problem, Trouble},
};

type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;

/// The cells of the sheet that has the name of the table, or of the only one.
pub(super) fn cells(bytes: &[u8], table: &str) -> Result<Cells, Problem> {
    unpacked::check(bytes)?;
    let mut book: Workbook<'_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(|_| wrong("sheet.unreadable"))?;
    let name = sheet(&book, table)?;
    let merged = book.merge_cells_by_sheet_name(&name).map_err(|_| wrong("sheet.unreadable"))?;
    if !merged.is_empty() {
        return Err(wrong("sheet.merged"));
    }
    let mut reader = book.worksheet_cells_reader(&name).map_err(|_| wrong("sheet.unreadable"))?;
    let (mut rows, mut formulas): (Vec<(u32, Vec<Cell>)>, Vec<Detail>) = (Vec::new(), Vec::new());
    while let Some(found) = reader.next_cell_with_formula_metadata().map_err(|_| wrong("sheet.unreadable"))? {
        let (row, column) = found.pos;
        if found.formula.is_some() {
            let place = Detail::of(Place::Pointer(String::new()), "sheet.formula").in_row(row + 1);
            formulas.push(Detail { about: Some(address(row, column)), ..place });
        }
        let cell = cell(&found.value);
        if cell == Cell::Empty {
            continue;
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= MAX_COLUMNS {
            return Err(wrong("sheet.tooManyColumns"));
        }
        if rows.last().is_none_or(|(number, _)| *number != row + 1) {
            if rows.len() > MAX_ROWS {
                return Err(wrong("sheet.tooManyRows"));
            }
            rows.push((row + 1, Vec::new()));
        }
        if let Some((_, cells)) = rows.last_mut() {
            cells.resize(cells.len().max(column + 1), Cell::Empty);
            cells[column] = cell;
        }
    }
    if !formulas.is_empty() {
        return Err(Problem::with(Trouble::BadRequest, formulas));
    }
    let mut rows = rows.into_iter();
    let (_, first) = rows.next().ok_or_else(|| wrong("sheet.headingMissing"))?;
    let heading = |cell| if let Cell::Text(text, _) = cell { text } else { String::new() };
    let headings: Vec<String> = first.into_iter().map(heading).collect();
    let width = headings.len();
    let fill = |(number, mut cells): (u32, Vec<Cell>)| {
        let outside = cells.iter().skip(width).any(|cell| *cell != Cell::Empty);
        cells.resize(width, Cell::Empty);
        // What stands beside the table belongs to no column, and so is a fault of the first.
        if let Some(first) = cells.first_mut().filter(|_| outside) {
            *first = Cell::Bad("cell.outsideColumns");
        }
        (number, cells)
    };
    Ok(Cells { headings, rows: rows.map(fill).collect() })
}

fn sheet(book: &Workbook<'_>, table: &str) -> Result<String, Problem> {
    let names = book.sheet_names();
    if let [only] = names.as_slice() {
        return Ok(only.clone());
    }
    let called = Language::ALL.map(|language| fold(&language.label("table", table)));
    let found = names.iter().find(|name| called.contains(&fold(name)));
    found.cloned().ok_or_else(|| wrong("sheet.notFound"))
}

fn cell(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => Cell::Text(number.to_string(), Decimal::Point),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) => written(text),
        DataRef::SharedString(text) => written(text),
        DataRef::Bool(flag) => Cell::Flag(*flag),
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
            if (hour, minute, second, milli) == (0, 0, 0, 0) && !moment.is_duration() {
                Cell::Day(format!("{year:04}-{month:02}-{day:02}"))
            } else {
                Cell::Bad("date.malformed")
            }
        }
        DataRef::DateTimeIso(text) => Cell::Day(text.clone()),
        DataRef::DurationIso(_) => Cell::Bad("date.malformed"),
        DataRef::Error(_) => Cell::Bad("cell.error"),
    }
}

fn written(text: &str) -> Cell {
    if text.trim().is_empty() { Cell::Empty } else { Cell::Text(text.trim().to_owned(), Decimal::Either) }
}

/// The address of a cell, as Excel shows it: `C5`.
fn address(row: u32, column: u32) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.insert(0, char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}
