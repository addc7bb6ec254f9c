//! Workbooks of Excel, written while they are sent: no library that we know of writes them to something that cannot be
//! wound back. Every cell is a value by its type; a cell that is a formula cannot be written here at all.

use std::{
    cell::RefCell,
    fmt::Write as _,
    io::{self, Write},
    rc::Rc,
};

use chrono::NaiveDate;
use thidua_documents::is_risky;
use thidua_domain::time::Timestamp;
use zip::{
    CompressionMethod, ZipWriter,
    result::ZipResult,
    write::{SimpleFileOptions, StreamWriter},
};

use super::{
    flat::Row,
    names::Names,
    table::{Column, Kind},
};
use crate::language::Language;

/// Rows of a sheet that Excel opens, without the one of the headings.
const MOST_ROWS: u32 = 1_048_575;

/// Styles of cells, by their place in `styles.xml`.
const HEADING: u8 = 1;
const DAY: u8 = 2;
const MOMENT: u8 = 3;
/// Shown as written, also when somebody edits it: what Excel itself does with a text that looks like a formula.
const QUOTED: u8 = 4;

const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Times New Roman"/></font><font><b/><sz val="11"/><name val="Times New Roman"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/><xf quotePrefix="1"/></cellXfs></styleSheet>"#;

/// What was written and not yet sent.
#[derive(Clone, Default)]
struct Outgoing(Rc<RefCell<Vec<u8>>>);

impl Write for Outgoing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A workbook that is being written: a sheet, and more of them where one is full.
pub(super) struct Workbook {
    zip: ZipWriter<StreamWriter<Outgoing>>,
    outgoing: Outgoing,
    columns: &'static [Column],
    headings: Vec<String>,
    title: String,
    sheets: u32,
    rows: u32,
    xml: String,
}

impl Workbook {
    pub(super) fn begin(columns: &'static [Column], title: &str, language: Language) -> ZipResult<Self> {
        let outgoing = Outgoing::default();
        let mut book = Self {
            zip: ZipWriter::new_stream(outgoing.clone()),
            outgoing,
            columns,
            headings: columns.iter().map(|column| column.heading(language)).collect(),
            title: title.to_owned(),
            sheets: 0,
            rows: 0,
            xml: String::new(),
        };
        book.begin_sheet()?;
        Ok(book)
    }

    /// Adds rows, and gives out what can be sent.
    pub(super) fn add(&mut self, rows: &[Row], names: &Names) -> ZipResult<Vec<u8>> {
        for row in rows {
            if self.rows == MOST_ROWS {
                self.end_sheet()?;
                self.begin_sheet()?;
            }
            self.rows += 1;
            self.row(row, names);
        }
        self.write_xml()?;
        Ok(self.taken())
    }

    /// Ends the workbook, and gives out what is left of it.
    pub(super) fn finish(mut self) -> ZipResult<Vec<u8>> {
        self.end_sheet()?;
        let sheets = 1..=self.sheets;
        let each = |part: &dyn Fn(u32) -> String| sheets.clone().map(part).collect::<String>();
        let types = each(&|n| {
            format!(
                "<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
            )
        });
        let named = each(&|n| format!("<sheet name=\"{}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>", self.sheet_name(n)));
        let related = each(&|n| relationship(n, "worksheet", &format!("worksheets/sheet{n}.xml")));
        let parts = [
            ("xl/styles.xml", STYLES.to_owned()),
            (
                "xl/workbook.xml",
                format!(
                    "{DECLARED}<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>{named}</sheets></workbook>"
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                relationships(&format!("{related}{}", relationship(self.sheets + 1, "styles", "styles.xml"))),
            ),
            ("_rels/.rels", relationships(&relationship(1, "officeDocument", "xl/workbook.xml"))),
            (
                "[Content_Types].xml",
                format!(
                    "{DECLARED}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>{types}</Types>"
                ),
            ),
        ];
        for (name, xml) in parts {
            self.zip.start_file(name, packed())?;
            self.zip.write_all(xml.as_bytes())?;
        }
        self.zip.finish()?;
        Ok(std::mem::take(&mut self.outgoing.0.borrow_mut()))
    }

    fn begin_sheet(&mut self) -> ZipResult<()> {
        self.sheets += 1;
        self.rows = 0;
        self.zip.start_file(format!("xl/worksheets/sheet{}.xml", self.sheets), packed())?;
        self.xml.push_str(DECLARED);
        self.xml.push_str("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>");
        for (place, column) in (1..).zip(self.columns) {
            // Writing to a string cannot fail, here and below.
            let _ = write!(
                self.xml,
                "<col min=\"{place}\" max=\"{place}\" width=\"{}\" customWidth=\"1\"/>",
                width(column)
            );
        }
        self.xml.push_str("</cols><sheetData><row r=\"1\">");
        for (place, heading) in self.headings.iter().enumerate() {
            string_cell(&mut self.xml, place, 1, HEADING, heading);
        }
        self.xml.push_str("</row>");
        self.write_xml()
    }

    fn end_sheet(&mut self) -> ZipResult<()> {
        self.xml.push_str("</sheetData></worksheet>");
        self.write_xml()
    }

    fn row(&mut self, row: &Row, names: &Names) {
        let number = self.rows + 1;
        let _ = write!(self.xml, "<row r=\"{number}\">");
        for (place, column) in self.columns.iter().enumerate() {
            let Some(text) = names.cell(self.columns, row, place) else { continue };
            cell(&mut self.xml, place, number, column.kind, text);
        }
        self.xml.push_str("</row>");
    }

    /// The name under which Excel shows a sheet: at most 31 characters, without those that it does not take.
    fn sheet_name(&self, number: u32) -> String {
        let plain = self.title.chars().filter(|c| !"[]:*?/\\'".contains(*c));
        let name = if number == 1 {
            plain.take(31).collect()
        } else {
            plain.take(24).collect::<String>() + &format!(" ({number})")
        };
        let mut escaped = String::new();
        escape(&mut escaped, &name);
        escaped
    }

    fn write_xml(&mut self) -> ZipResult<()> {
        self.zip.write_all(self.xml.as_bytes())?;
        self.xml.clear();
        Ok(())
    }

    fn taken(&self) -> Vec<u8> {
        std::mem::take(&mut self.outgoing.0.borrow_mut())
    }
}

const DECLARED: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

fn packed() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(1))
}

fn relationships(all: &str) -> String {
    format!(
        "{DECLARED}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{all}</Relationships>"
    )
}

fn relationship(id: u32, kind: &str, target: &str) -> String {
    format!(
        "<Relationship Id=\"rId{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/>"
    )
}

const fn width(column: &Column) -> u8 {
    match column.kind {
        Kind::NameOf(..) => 40,
        Kind::Text | Kind::List | Kind::Each(_) | Kind::Instant => 20,
        Kind::Date | Kind::Number | Kind::Flag | Kind::CodeOf(..) => 14,
    }
}

fn cell(xml: &mut String, place: usize, row: u32, kind: Kind, text: &str) {
    let number = |xml: &mut String, style: u8, value: &str| {
        let _ = write!(xml, "<c r=\"{}{row}\" s=\"{style}\"><v>{value}</v></c>", letters(place));
    };
    match kind {
        Kind::Number => number(xml, 0, text),
        Kind::Flag => {
            let value = u8::from(text == "true");
            let _ = write!(xml, "<c r=\"{}{row}\" t=\"b\"><v>{value}</v></c>", letters(place));
        }
        Kind::Date | Kind::Instant => {
            let style = if kind == Kind::Date { DAY } else { MOMENT };
            match serial(text) {
                Some(serial) => number(xml, style, &serial),
                None => string_cell(xml, place, row, 0, text),
            }
        }
        Kind::Text | Kind::List | Kind::Each(_) | Kind::CodeOf(..) | Kind::NameOf(..) => {
            let style = if is_risky(text) { QUOTED } else { 0 };
            string_cell(xml, place, row, style, text);
        }
    }
}

fn string_cell(xml: &mut String, place: usize, row: u32, style: u8, text: &str) {
    let _ =
        write!(xml, "<c r=\"{}{row}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">", letters(place));
    escape(xml, text);
    xml.push_str("</t></is></c>");
}

/// A day, or an instant as it stood on the clocks of Viet Nam, as Excel counts days.
fn serial(text: &str) -> Option<String> {
    let first = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let days = |day: NaiveDate| (day - first).num_days();
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(days(day).to_string());
    }
    let instant = Timestamp::parse(text)?;
    let passed = instant.utc() - Timestamp::start_of(instant.date()).utc();
    // Ten digits behind the point are far less than a millisecond.
    Some(format!("{}.{:010}", days(instant.date()), passed.num_milliseconds() * 10_000_000_000 / 86_400_000))
}

/// The letters of a column: A, …, Z, AA, …
fn letters(place: usize) -> String {
    let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap_or_default());
    if place < 26 { letter(place).to_string() } else { format!("{}{}", letter(place / 26 - 1), letter(place)) }
}

/// A text in XML, and in the form in which Excel would write it: `_x0041_` stands for "A" there.
fn escape(xml: &mut String, text: &str) {
    for (at, c) in text.char_indices() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\r' => xml.push_str("_x000D_"),
            '_' if is_escape(&text[at..]) => xml.push_str("_x005F_"),
            c => xml.push(c),
        }
    }
}

fn is_escape(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7 && bytes[1] == b'x' && bytes[6] == b'_' && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
}
