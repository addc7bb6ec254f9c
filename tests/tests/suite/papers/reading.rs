//! Papers, read back as somebody reads them who knows nothing of how they were made.

use std::io::{Cursor, Read};

use calamine::{Data, Reader as _, Xlsx};
use thidua_documents::written::number;

/// Rows of cells, as they read.
pub(super) type Rows = Vec<Vec<String>>;

/// A part of a package.
#[track_caller]
pub(super) fn part(package: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// What stands between the tags of this name, in order; elements of the same name do not stand in one another here.
fn elements<'a>(xml: &'a str, name: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut found = Vec::new();
    let mut rest = xml;
    while let Some(start) = rest.find(&open) {
        let element = &rest[start + open.len()..];
        let inner = &element[element.find('>').unwrap() + 1..];
        rest = inner;
        // `<w:t` is no `<w:tbl>`, and what has no content has no end.
        if element.starts_with([' ', '>']) && !element[..element.find('>').unwrap()].ends_with('/') {
            let end = inner.find(&close).unwrap();
            found.push(&inner[..end]);
            rest = &inner[end..];
        }
    }
    found
}

fn plain(xml: &str) -> String {
    let text = elements(xml, "w:t").concat();
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// The paragraphs of a Word document, those of its tables among them.
pub(super) fn paragraphs(docx: &[u8]) -> Vec<String> {
    elements(&part(docx, "word/document.xml"), "w:p").into_iter().map(plain).filter(|text| !text.is_empty()).collect()
}

/// The tables of a Word document that have lines, each with its heading.
pub(super) fn tables(docx: &[u8]) -> Vec<Rows> {
    let document = part(docx, "word/document.xml");
    let with_lines = elements(&document, "w:tbl").into_iter().filter(|table| table.contains("<w:tblBorders>"));
    let row = |row: &str| elements(row, "w:tc").into_iter().map(plain).collect();
    with_lines.map(|table| elements(table, "w:tr").into_iter().map(row).collect()).collect()
}

/// A workbook, sheet by sheet: its name, and the text and the numbers of its cells.
pub(super) fn sheets(xlsx: &[u8]) -> Vec<(String, Vec<Vec<Data>>)> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(xlsx.to_vec())).unwrap();
    let names = book.sheet_names();
    let mut sheets = Vec::new();
    for name in names {
        let formulas = book.worksheet_formula(&name).unwrap();
        assert!(formulas.rows().flatten().all(String::is_empty), "{name} has a formula");
        let range = book.worksheet_range(&name).unwrap();
        sheets.push((name, range.rows().map(<[Data]>::to_vec).collect()));
    }
    sheets
}

/// A cell of a workbook, as a page would show it.
pub(super) fn shown(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::Float(figure) => number(figure.to_string().parse().unwrap()),
        Data::Int(figure) => number((*figure).into()),
        other => other.to_string(),
    }
}
