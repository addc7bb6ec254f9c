//! Workbooks: the text on one sheet, each table on a sheet of its own, where figures are figures.

use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::{
    Unwritten,
    paper::{Block, Head, Paper},
    table::{Align, Cell, Row, Table, is_risky},
    words::Words,
};

/// The font of administrative documents.
const FONT: &str = "Times New Roman";
/// The size of a sheet of paper, as Excel counts them.
const A4: u8 = 9;
/// How wide the text stands, in characters.
const TEXT_WIDTH: f64 = 100.0;
/// The highest that a row of Excel can be, in points, and the height of a line.
const HIGHEST: f64 = 409.0;
const LINE: f64 = 17.0;
/// What a name of a sheet must not have.
const NOT_IN_NAMES: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];
/// The digits of which Excel keeps none too few.
const EXACT_DIGITS: usize = 15;

/// The paper as a workbook of Excel: the same bytes for the same paper. No cell is a formula.
///
/// # Errors
/// A text is longer than a cell may be, or the package cannot be put together.
pub fn xlsx(paper: &Paper) -> Result<Vec<u8>, Unwritten> {
    written(paper).map_err(Unwritten::of)
}

fn written(paper: &Paper) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // When a file was made is no part of a paper; a day that it has not is the first that Excel counts.
    let day = paper
        .head
        .dated
        .map(|day| (chrono::Datelike::year(&day), chrono::Datelike::month(&day), chrono::Datelike::day(&day)));
    let (year, month, day) = day.unwrap_or((1900, 1, 1));
    let made = ExcelDateTime::from_ymd(u16::try_from(year).unwrap_or(1900), narrow(month), narrow(day))?;
    book.set_properties(&DocProperties::new().set_title(paper.title().as_str()).set_creation_datetime(&made));
    let sheet = book.add_worksheet();
    sheet.set_name("Văn bản")?;
    text(sheet, paper)?;
    let mut names = vec!["văn bản".to_owned()];
    for of in paper.tables() {
        let sheet = book.add_worksheet();
        sheet.set_name(free_name(&of.sheet, &mut names))?;
        table(sheet, of)?;
    }
    book.save_to_buffer()
}

fn narrow(number: u32) -> u8 {
    u8::try_from(number).unwrap_or(1)
}

/// The name that a sheet can have: 31 characters, no second one of them, whatever the case.
fn free_name(wanted: &Words, taken: &mut Vec<String>) -> String {
    let plain: String = wanted.as_str().chars().filter(|c| !NOT_IN_NAMES.contains(c)).collect();
    let plain = plain.trim_matches('\'');
    let named = |number: usize| {
        let mark = if number == 1 { String::new() } else { format!(" ({number})") };
        let room = 31 - mark.len();
        format!("{}{mark}", plain.chars().take(room).collect::<String>())
    };
    let mut number = 1;
    while taken.contains(&named(number).to_lowercase()) || named(number).is_empty() {
        number += 1;
    }
    taken.push(named(number).to_lowercase());
    named(number)
}

fn base() -> Format {
    Format::new().set_font_name(FONT).set_font_size(12).set_text_wrap().set_align(FormatAlign::Top)
}

/// The text, a paragraph in each row.
fn text(sheet: &mut Worksheet, paper: &Paper) -> Result<(), XlsxError> {
    sheet.set_paper_size(A4).set_margins(1.2, 0.8, 0.8, 0.8, 0.3, 0.3).set_print_fit_to_pages(1, 0);
    sheet.set_column_width(0, TEXT_WIDTH)?;
    let mut lines = Lines { sheet, row: 0 };
    head(&mut lines, &paper.head)?;
    body(&mut lines, &paper.body)?;
    if let Some(signature) = &paper.signature {
        lines.gap();
        let center = base().set_bold().set_align(FormatAlign::Center);
        for line in &signature.capacity {
            lines.add(line.as_str(), &center)?;
        }
        lines.gap();
        lines.add(signature.name.as_ref().map_or("", Words::as_str), &center)?;
        lines.add("Nơi nhận:", &base().set_bold().set_italic())?;
        for line in paper.printed_recipients() {
            lines.add(&line, &base())?;
        }
    }
    for annex in &paper.annexes {
        lines.gap();
        let center = base().set_align(FormatAlign::Center);
        lines.add(annex.label.as_str(), &center.clone().set_bold())?;
        lines.add(annex.title.as_str(), &center.clone().set_bold())?;
        lines.add(annex.belongs_to.as_str(), &center.set_italic())?;
        body(&mut lines, &annex.body)?;
    }
    Ok(())
}

fn head(lines: &mut Lines<'_>, head: &Head) -> Result<(), XlsxError> {
    let center = base().set_align(FormatAlign::Center);
    let bold = center.clone().set_bold();
    for line in &head.superior {
        lines.add(line.as_str(), &center)?;
    }
    for line in &head.issuer {
        lines.add(line.as_str(), &bold)?;
    }
    if let Some(symbol) = &head.symbol {
        lines.add(symbol.as_str(), &center)?;
    }
    lines.add("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", &bold)?;
    lines.add("Độc lập - Tự do - Hạnh phúc", &bold)?;
    lines.add(head.dateline.as_str(), &center.clone().set_italic())?;
    lines.gap();
    lines.add(head.kind.as_str(), &bold)?;
    lines.add(head.subject.as_str(), &bold)?;
    if let Some(remark) = &head.remark {
        lines.add(remark.as_str(), &center.clone().set_italic())?;
    }
    for receiver in &head.receivers {
        lines.add(&format!("Kính gửi: {receiver}"), &center)?;
    }
    lines.gap();
    Ok(())
}

fn body(lines: &mut Lines<'_>, blocks: &[Block]) -> Result<(), XlsxError> {
    for block in blocks {
        match block {
            Block::Part(text) | Block::Section(text) => lines.add(text.as_str(), &base().set_bold())?,
            Block::Point(text) => lines.add(text.as_str(), &base().set_italic())?,
            Block::Text(text) => lines.add(text.as_str(), &base())?,
            Block::Table(table) => {
                let caption = table.caption.as_ref().unwrap_or(&table.sheet);
                lines.add(&format!("{caption} (xem trang tính “{}”)", table.sheet), &base().set_italic())?;
            }
        }
    }
    Ok(())
}

/// Lines that are written one below the other.
struct Lines<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
}

impl Lines<'_> {
    fn gap(&mut self) {
        self.row += 1;
    }

    fn add(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        write(self.sheet, self.row, 0, text, format)?;
        self.sheet.set_row_height(self.row, height(text, TEXT_WIDTH))?;
        self.row += 1;
        Ok(())
    }
}

/// How high a row must be for a text that is wrapped; Excel itself only looks when somebody edits it.
fn height(text: &str, width: f64) -> f64 {
    let letters = text.chars().count().to_f64().unwrap_or_default();
    ((letters / (width * 0.95)).floor() + 1.0).mul_add(LINE, 1.0).min(HIGHEST)
}

/// Text that is shown as it is, whatever it begins with.
fn write(sheet: &mut Worksheet, row: u32, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
    let risky = is_risky(text).then(|| format.clone().set_quote_prefix());
    sheet.write_string_with_format(row, column, text, risky.as_ref().unwrap_or(format))?;
    Ok(())
}

fn table(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    sheet.set_freeze_panes(1, 0)?;
    let bordered = base().set_border(FormatBorder::Thin);
    let heading = bordered.clone().set_bold().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
    let last = u16::try_from(table.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    for (place, column) in (0_u16..).zip(&table.columns) {
        sheet.set_column_width(place, f64::from(column.width).clamp(8.0, 60.0))?;
        write(sheet, 0, place, column.head.as_str(), &heading)?;
    }
    for (number, row) in (1_u32..).zip(&table.rows) {
        match row {
            Row::Group(words) | Row::Note(words) => {
                let format = if matches!(row, Row::Group(_)) { bordered.clone().set_bold() } else { bordered.clone() };
                let format = format.set_italic();
                if last > 0 {
                    sheet.merge_range(number, 0, number, last, "", &format)?;
                }
                write(sheet, number, 0, words.as_str(), &format)?;
            }
            Row::Cells(cells) | Row::Total(cells) => {
                let format = if matches!(row, Row::Total(_)) { bordered.clone().set_bold() } else { bordered.clone() };
                for ((place, column), cell) in (0_u16..).zip(&table.columns).zip(cells) {
                    let format = match column.align {
                        Align::Left => format.clone(),
                        Align::Center => format.clone().set_align(FormatAlign::Center),
                        Align::Right => format.clone().set_align(FormatAlign::Right),
                    };
                    put(sheet, number, place, cell, format)?;
                }
            }
        }
    }
    Ok(())
}

fn put(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, format: Format) -> Result<(), XlsxError> {
    match cell {
        Cell::Blank => {
            sheet.write_blank(row, column, &format)?;
        }
        Cell::Words(words) => write(sheet, row, column, words.as_str(), &format)?,
        Cell::Figure(figure) => {
            let figure = figure.normalize();
            let digits = figure.mantissa().unsigned_abs().to_string().len();
            let Some(float) = figure.to_f64().filter(|_| digits <= EXACT_DIGITS) else {
                return write(sheet, row, column, &cell.printed(), &format);
            };
            // As many decimals as the figure has: Excel would round the others up.
            let decimals = figure.scale().to_usize().unwrap_or_default();
            let shown = if decimals == 0 { "#,##0".to_owned() } else { format!("#,##0.{}", "0".repeat(decimals)) };
            sheet.write_number_with_format(row, column, float, &format.set_num_format(shown))?;
        }
    }
    Ok(())
}
