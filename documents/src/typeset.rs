//! A paper as the program `thidua-typeset` reads it: data alone, in which nothing is markup.
//!
//! How a page looks is that program's business; what stands on it is said here.

use chrono::Datelike as _;
use serde::Serialize;

use crate::{
    Unwritten,
    paper::{Block, Paper},
    table::{Align, Cell, Row, Table},
    words::Words,
};

/// The version of this form, which both sides must know.
pub const FORM: u32 = 2;

/// What the typesetter reads: JSON in UTF-8, the same bytes for the same paper.
///
/// # Errors
/// The paper cannot be serialized.
pub fn request(paper: &Paper) -> Result<Vec<u8>, Unwritten> {
    serde_json::to_vec(&Request::of(paper)).map_err(Unwritten::of)
}

#[derive(Serialize)]
struct Request<'a> {
    form: u32,
    landscape: bool,
    title: Words,
    author: String,
    dated: Option<[i32; 3]>,
    superior: &'a [Words],
    issuer: &'a [Words],
    symbol: Option<&'a Words>,
    dateline: &'a Words,
    kind: &'a Words,
    subject: &'a Words,
    remark: Option<&'a Words>,
    receivers: &'a [Words],
    body: Vec<Piece<'a>>,
    signature: Option<Signed<'a>>,
    recipients: Vec<String>,
    annexes: Vec<Attached<'a>>,
}

#[derive(Serialize)]
struct Signed<'a> {
    capacity: &'a [Words],
    name: Option<&'a Words>,
}

#[derive(Serialize)]
struct Attached<'a> {
    label: &'a Words,
    title: &'a Words,
    belongs: &'a Words,
    body: Vec<Piece<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "is", rename_all = "lowercase")]
enum Piece<'a> {
    Part {
        text: &'a Words,
    },
    Section {
        text: &'a Words,
    },
    Point {
        text: &'a Words,
    },
    Text {
        text: &'a Words,
    },
    Table {
        caption: Option<&'a Words>,
        widths: Vec<u16>,
        sides: Vec<Align>,
        heads: Vec<&'a Words>,
        rows: Vec<Line<'a>>,
    },
}

#[derive(Serialize)]
#[serde(tag = "is", rename_all = "lowercase")]
enum Line<'a> {
    Cells { cells: Vec<String> },
    Total { cells: Vec<String> },
    Group { text: &'a Words },
    Note { text: &'a Words },
}

impl<'a> Request<'a> {
    fn of(paper: &'a Paper) -> Self {
        let head = &paper.head;
        let number = |part: u32| i32::try_from(part).unwrap_or_default();
        let author: Vec<_> = head.issuer.iter().map(Words::as_str).collect();
        let annex = |annex: &'a crate::paper::Annex| Attached {
            label: &annex.label,
            title: &annex.title,
            belongs: &annex.belongs_to,
            body: pieces(&annex.body),
        };
        Self {
            form: FORM,
            landscape: paper.landscape,
            title: paper.title(),
            author: author.join(" "),
            dated: head.dated.map(|day| [day.year(), number(day.month()), number(day.day())]),
            superior: &head.superior,
            issuer: &head.issuer,
            symbol: head.symbol.as_ref(),
            dateline: &head.dateline,
            kind: &head.kind,
            subject: &head.subject,
            remark: head.remark.as_ref(),
            receivers: &head.receivers,
            body: pieces(&paper.body),
            signature: paper
                .signature
                .as_ref()
                .map(|signature| Signed { capacity: &signature.capacity, name: signature.name.as_ref() }),
            recipients: paper.printed_recipients().collect(),
            annexes: paper.annexes.iter().map(annex).collect(),
        }
    }
}

fn pieces(blocks: &[Block]) -> Vec<Piece<'_>> {
    blocks
        .iter()
        .map(|block| match block {
            Block::Part(text) => Piece::Part { text },
            Block::Section(text) => Piece::Section { text },
            Block::Point(text) => Piece::Point { text },
            Block::Text(text) => Piece::Text { text },
            Block::Table(of) => table(of),
        })
        .collect()
}

fn table(table: &Table) -> Piece<'_> {
    let printed: Vec<_> = table.printed().collect();
    let cells = |cells: &[Cell]| -> Vec<String> {
        printed.iter().map(|(place, _)| cells.get(*place).map(Cell::printed).unwrap_or_default()).collect()
    };
    Piece::Table {
        caption: table.caption.as_ref(),
        widths: printed.iter().map(|(_, column)| column.width).collect(),
        sides: printed.iter().map(|(_, column)| column.align).collect(),
        heads: printed.iter().map(|(_, column)| &column.head).collect(),
        rows: table
            .rows
            .iter()
            .map(|row| match row {
                Row::Cells(all) => Line::Cells { cells: cells(all) },
                Row::Total(all) => Line::Total { cells: cells(all) },
                Row::Group(text) => Line::Group { text },
                Row::Note(text) => Line::Note { text },
            })
            .collect(),
    }
}
