//! The books of the registers (*sổ đăng ký văn bản*), as they are printed and bound: what is registered by a system is printed
//! with every column of the form (NĐ 30/2020, articles 16.2 and 22.3, appendix IV). What only a pen can say stays blank.

use thidua_domain::{
    document::{Document, DocumentType, Relation, RelationKind},
    incoming::IncomingDocument,
    text::Line,
    time::{Date, Timestamp},
    unit::{UnitEntry, UnitId},
};

use super::frame::{Directory, dated, name_lines};
use crate::{
    file::FileName,
    paper::{Block, Head, Paper},
    table::{Cell, Column, Row, Table},
    words::Words,
    written::day,
};

/// Whose book it is, of which year, and up to when.
#[derive(Clone, Copy, Debug)]
pub struct Volume<'a> {
    /// The unit that keeps it.
    pub keeper: UnitId,
    /// Its year.
    pub year: i32,
    /// The units that are named, the keeper and the one above it among them.
    pub units: &'a [UnitEntry],
    /// When it is printed.
    pub now: Timestamp,
    /// Whether it holds every entry, and not only those that its reader may see.
    pub whole: bool,
}

/// The book of what was issued, in the order of the entries.
#[must_use]
pub fn outgoing_book(volume: Volume<'_>, entries: &[Document], type_name: fn(DocumentType) -> String) -> Paper {
    let names = Directory { units: volume.units, day: volume.now.date() };
    let row = |document: &Document| {
        Row::Cells(vec![
            Cell::words(document.symbol.as_str()),
            Cell::words(day(document.issued_on)),
            Cell::words(titled(&type_name(document.document_type), document.subject.as_str())),
            Cell::words(signer(document)),
            Cell::words(document.recipients.iter().map(Line::as_str).collect::<Vec<_>>().join("; ")),
            Cell::words(filed(document, names)),
            document.copies.map_or(Cell::Blank, Cell::count),
            document.stage.departure().map_or(Cell::Blank, |left| Cell::words(day(left.dispatched_at.date()))),
            Cell::Blank,
            Cell::words(outgoing_notes(document).join("; ")),
            Cell::words(document.root.id.to_string()),
        ])
    };
    let table = Table {
        sheet: Words::of("Văn bản đi"),
        caption: None,
        columns: vec![
            Column::left("Số, ký hiệu văn bản", 22),
            Column::center("Ngày tháng văn bản", 17),
            Column::left("Tên loại và trích yếu nội dung văn bản", 44),
            Column::left("Người ký", 22),
            Column::left("Nơi nhận văn bản", 26),
            Column::left("Đơn vị, người nhận bản lưu", 18),
            Column::right("Số lượng bản", 10),
            Column::center("Ngày chuyển", 17),
            Column::left("Ký nhận", 13),
            Column::left("Ghi chú", 28),
            Column::aside("Định danh văn bản"),
        ],
        rows: entries.iter().map(row).collect(),
    };
    let span = entries.iter().map(|document| (document.issued_on, document.number));
    volume.paper("đi", table, span)
}

/// The book of what arrived, in the order of the entries.
#[must_use]
pub fn incoming_book(volume: Volume<'_>, entries: &[IncomingDocument]) -> Paper {
    let row = |document: &IncomingDocument| {
        let entry = &document.entry;
        let symbol = entry.symbol.as_ref().map(ToString::to_string);
        let symbol = symbol.or_else(|| entry.printed_symbol.as_ref().map(ToString::to_string));
        Row::Cells(vec![
            Cell::words(day(entry.arrived_on)),
            Cell::words(format!("{:02}", document.number)),
            Cell::words(entry.sender.as_str()),
            symbol.map_or(Cell::Blank, Cell::words),
            Cell::words(day(entry.dated_on)),
            Cell::words(entry.subject.as_str()),
            Cell::Blank,
            Cell::Blank,
            Cell::Blank,
            Cell::words(incoming_notes(document).join("; ")),
            Cell::words(document.root.id.to_string()),
        ])
    };
    let table = Table {
        sheet: Words::of("Văn bản đến"),
        caption: None,
        columns: vec![
            Column::center("Ngày đến", 17),
            Column::center("Số đến", 11),
            Column::left("Tác giả", 32),
            Column::left("Số, ký hiệu văn bản", 23),
            Column::center("Ngày tháng văn bản", 17),
            Column::left("Tên loại và trích yếu nội dung văn bản", 50),
            Column::left("Đơn vị hoặc người nhận", 20),
            Column::center("Ngày chuyển", 14),
            Column::left("Ký nhận", 13),
            Column::left("Ghi chú", 26),
            Column::aside("Định danh"),
        ],
        rows: entries.iter().map(row).collect(),
    };
    let span = entries.iter().map(|document| (document.entry.arrived_on, document.number));
    volume.paper("đến", table, span)
}

impl Volume<'_> {
    fn paper(self, way: &str, table: Table, entries: impl Iterator<Item = (Date, i32)> + Clone) -> Paper {
        let names = Directory { units: self.units, day: self.now.date() };
        let Self { keeper, year, now, whole, .. } = self;
        Paper {
            file: FileName::of(&format!("Sổ đăng ký văn bản {way} {year} {}", names.code(keeper))),
            landscape: true,
            head: Head {
                superior: names.superior(keeper).map(|name| name_lines(name.as_str())).unwrap_or_default(),
                issuer: name_lines(names.name(keeper)),
                symbol: None,
                dateline: Words::of(format!("In {}", dated(Some(now.date())))),
                dated: Some(now.date()),
                kind: Words::of(format!("SỔ ĐĂNG KÝ VĂN BẢN {}", way.to_uppercase())),
                subject: Words::of(format!("Năm {year}")),
                remark: Some(Words::of(if whole { reach(entries) } else { EXTRACT.to_owned() })),
                receivers: Vec::new(),
            },
            body: vec![Block::Table(table)],
            signature: None,
            recipients: Vec::new(),
            annexes: Vec::new(),
        }
    }
}

/// Under the title of what is no whole book: it says nothing of what its reader may not see.
const EXTRACT: &str = "(Trích sổ: chỉ gồm các văn bản mà người in được xem)";

/// `(Từ ngày 15/09/2025 đến ngày 12/12/2025; từ số 25 đến số 145)`, as the first page of a book has it.
fn reach(entries: impl Iterator<Item = (Date, i32)> + Clone) -> String {
    let (days, numbers) = (entries.clone().map(|(day, _)| day), entries.map(|(_, number)| number));
    let ends = days.clone().min().zip(days.max()).zip(numbers.clone().min().zip(numbers.max()));
    ends.map_or_else(
        || "(Chưa có văn bản)".to_owned(),
        |((first, last), (lowest, highest))| {
            let (first, last) = (day(first), day(last));
            format!("(Từ ngày {first} đến ngày {last}; từ số {lowest:02} đến số {highest:02})")
        },
    )
}

/// The type and what it is about; most say their type themselves. The subject stays as it is written: whether its first word is
/// a name, nobody here can tell.
fn titled(type_name: &str, subject: &str) -> String {
    let says_it = subject.to_lowercase().starts_with(&type_name.to_lowercase());
    if says_it { subject.to_owned() } else { format!("{type_name}: {subject}") }
}

fn signer(document: &Document) -> &str {
    let here = document.signature.as_ref().map(|signature| signature.name.as_str());
    let on_paper = document.paper_signature.as_ref().map(|signature| signature.name.as_str());
    here.or(on_paper).unwrap_or_default()
}

/// The original stays with the clerk (article 19.1), a copy with who drafted it.
fn filed(document: &Document, names: Directory<'_>) -> String {
    let drafter = document.drafter.map(|unit| names.code(unit)).filter(|code| !code.is_empty());
    drafter.map_or_else(|| "VT".to_owned(), |code| format!("VT, {code}"))
}

fn outgoing_notes(document: &Document) -> Vec<String> {
    let mut notes: Vec<_> = document.relations.iter().map(|relation| related(does(relation.kind), relation)).collect();
    notes.extend(document.affected_by.iter().map(|relation| related(suffers(relation.kind), relation)));
    if document.numbered_late() {
        notes.push("Cấp số chậm".to_owned());
    }
    if document.stage.departure().is_some_and(|departure| departure.late) {
        notes.push("Phát hành chậm".to_owned());
    }
    notes.extend(document.order_comment.iter().map(ToString::to_string));
    notes
}

fn incoming_notes(document: &IncomingDocument) -> Vec<String> {
    let put_right = document
        .corrections
        .iter()
        .map(|correction| format!("Sửa thông tin ngày {}: {}", day(correction.corrected_at.date()), correction.reason));
    document.entry.order_comment.iter().map(ToString::to_string).chain(put_right).collect()
}

fn related(what: &str, relation: &Relation) -> String {
    format!("{what} {} ngày {}", relation.symbol, day(relation.issued_on))
}

const fn does(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Corrects => "Đính chính",
        RelationKind::Amends => "Sửa đổi, bổ sung",
        RelationKind::Replaces => "Thay thế",
        RelationKind::Recalls => "Thu hồi",
    }
}

const fn suffers(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Corrects => "Được đính chính bởi",
        RelationKind::Amends => "Được sửa đổi, bổ sung bởi",
        RelationKind::Replaces => "Được thay thế bởi",
        RelationKind::Recalls => "Bị thu hồi theo",
    }
}
