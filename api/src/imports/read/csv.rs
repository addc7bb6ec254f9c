//! CSV, as Excel writes it: in Viet Nam with semicolons and decimal commas, elsewhere with commas and points.

use csv::ReaderBuilder;
use thidua_domain::import::MAX_ROWS;

use super::{Cell, Cells, Decimal, MAX_COLUMNS, wrong};
use crate::problem::Problem;

/// The cells of a file. What separates the columns also says what stands in numbers: a decimal point beside commas, a decimal
/// comma beside semicolons and tabs. Thousands are never grouped, so that nothing has to be guessed.
pub(super) fn cells(bytes: &[u8]) -> Result<Cells, Problem> {
    let text = std::str::from_utf8(bytes).map_err(|_| wrong("sheet.otherEncoding"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let separator = separator(text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default());
    let decimal = if separator == b',' { Decimal::Point } else { Decimal::Comma };
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let (mut headings, mut rows): (Vec<String>, Vec<(u32, Vec<Cell>)>) = (Vec::new(), Vec::new());
    // The line on which a record begins, and the byte up to which lines were counted.
    let (mut line, mut counted) = (1, 0);
    // Lines within cells, which are no rows to a spreadsheet.
    let mut within = 0;
    while reader.read_record(&mut record).map_err(|_| wrong("sheet.unreadable"))? {
        if record.len() > MAX_COLUMNS {
            return Err(wrong("sheet.tooManyColumns"));
        }
        // Where the reader says that a record begins, the end of the line before it and empty lines can still be ahead: of the
        // two characters with which Excel ends a line it has read one.
        let begins = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(counted);
        let ahead = text.as_bytes().iter().skip(begins).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        line += breaks(text.as_bytes().get(counted..begins + ahead).unwrap_or_default());
        counted = begins + ahead;
        let number = u32::try_from(line - within).unwrap_or(u32::MAX);
        within += record.iter().map(|field| breaks(field.as_bytes())).sum::<usize>();
        if headings.is_empty() {
            headings = record.iter().map(|field| field.trim().to_owned()).collect();
            continue;
        }
        if rows.len() >= MAX_ROWS {
            return Err(wrong("sheet.tooManyRows"));
        }
        let mut cells: Vec<Cell> = record.iter().map(|field| cell(field, decimal)).collect();
        let outside = cells.iter().skip(headings.len()).any(|cell| *cell != Cell::Empty);
        cells.resize(headings.len(), Cell::Empty);
        if let Some(first) = cells.first_mut().filter(|_| outside) {
            *first = Cell::Bad("cell.outsideColumns");
        }
        rows.push((number, cells));
    }
    Ok(Cells { headings, rows })
}

fn breaks(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

/// What stands most often in the line of headings, outside quotation marks.
fn separator(line: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in line.bytes() {
        quoted ^= byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(separator, _)| !quoted && *separator == byte) {
            *count += 1;
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or_default();
    counts.iter().find(|(_, count)| *count == most).map_or(b',', |(separator, _)| *separator)
}

fn cell(field: &str, decimal: Decimal) -> Cell {
    let text = field.trim();
    // The apostrophe that keeps a text from being taken for a formula belongs to the file and not to the text.
    let text = text.strip_prefix('\'').filter(|rest| thidua_documents::is_risky(rest)).unwrap_or(text);
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned(), decimal) }
}
