//! The whole text: head, body, signature, annexes, and the sections whose pages are counted each for itself.

use super::{
    block::{blocks, cell, close_grid, kept, open_grid, paragraph, rule},
    xml::Xml,
};
use crate::paper::{Annex, Head, Paper, Signature};

/// The right of what stands side by side at the top: quốc hiệu needs it for one line.
const RIGHT: u32 = 5_400;
/// Lines that are left for the signature and the seal.
const ROOM: usize = 4;

pub(super) fn document(paper: &Paper) -> String {
    let mut xml = Xml::document();
    xml.open(
        "w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"",
    );
    xml.open("w:body");
    let sheet = Sheet { landscape: paper.landscape };
    head(&mut xml, &paper.head, sheet.width());
    blocks(&mut xml, &paper.body, sheet.width(), paper.signature.is_some());
    foot(&mut xml, paper.signature.as_ref(), paper, sheet.width());
    for annex in &paper.annexes {
        end_section(&mut xml, sheet);
        attached(&mut xml, annex, sheet.width());
    }
    section(&mut xml, sheet);
    xml.close("w:body");
    xml.close("w:document");
    xml.finish()
}

fn head(xml: &mut Xml, head: &Head, width: u32) {
    let left = width - RIGHT;
    open_grid(xml, &[left, RIGHT]);
    cell(xml, left, 1, |xml| {
        for line in &head.superior {
            paragraph(xml, "Superior", line.as_str());
        }
        for line in &head.issuer {
            paragraph(xml, "Issuer", line.as_str());
        }
        rule(xml, left * 3 / 10);
        if let Some(symbol) = &head.symbol {
            paragraph(xml, "Symbol", symbol.as_str());
        }
    });
    cell(xml, RIGHT, 1, |xml| {
        paragraph(xml, "Nation", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
        paragraph(xml, "Motto", "Độc lập - Tự do - Hạnh phúc");
        rule(xml, RIGHT * 19 / 100);
        paragraph(xml, "Dateline", head.dateline.as_str());
    });
    close_grid(xml);
    paragraph(xml, "Kind", head.kind.as_str());
    paragraph(xml, "Subject", head.subject.as_str());
    if let Some(remark) = &head.remark {
        paragraph(xml, "Remark", remark.as_str());
    }
    rule(xml, width * 2 / 5);
    match head.receivers.as_slice() {
        [] => {}
        [one] => paragraph(xml, "Receiver", &format!("Kính gửi: {one}")),
        many => {
            paragraph(xml, "Receiver", "Kính gửi:");
            for receiver in many {
                paragraph(xml, "Receiver", &format!("- {receiver};"));
            }
        }
    }
}

fn foot(xml: &mut Xml, signature: Option<&Signature>, paper: &Paper, width: u32) {
    let Some(signature) = signature else { return };
    let half = width / 2;
    kept(xml, "Normal", "");
    open_grid(xml, &[half, width - half]);
    cell(xml, half, 1, |xml| {
        paragraph(xml, "RecipientsHead", "Nơi nhận:");
        for line in paper.printed_recipients() {
            paragraph(xml, "Recipient", &line);
        }
    });
    cell(xml, width - half, 1, |xml| {
        for line in &signature.capacity {
            paragraph(xml, "Capacity", line.as_str());
        }
        for _ in 0..ROOM {
            paragraph(xml, "Capacity", "");
        }
        paragraph(xml, "Signer", signature.name.as_ref().map_or("", |name| name.as_str()));
    });
    close_grid(xml);
}

fn attached(xml: &mut Xml, annex: &Annex, width: u32) {
    paragraph(xml, "AnnexLabel", annex.label.as_str());
    paragraph(xml, "AnnexTitle", annex.title.as_str());
    paragraph(xml, "AnnexOf", annex.belongs_to.as_str());
    blocks(xml, &annex.body, width, false);
}

/// Ends the pages that were counted together; what follows begins on a new one.
fn end_section(xml: &mut Xml, sheet: Sheet) {
    xml.open("w:p");
    xml.open("w:pPr");
    xml.empty("w:pStyle w:val=\"Rule\"");
    section(xml, sheet);
    xml.close("w:pPr");
    xml.close("w:p");
}

/// How the sheets of a paper lie.
#[derive(Clone, Copy)]
struct Sheet {
    landscape: bool,
}

impl Sheet {
    /// The width between the margins, in twentieths of a point: 160 mm upright, 247 mm on the long side.
    const fn width(self) -> u32 {
        if self.landscape { 14_003 } else { 9_071 }
    }

    /// A4.
    const fn size(self) -> &'static str {
        if self.landscape {
            "w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\""
        } else {
            "w:pgSz w:w=\"11906\" w:h=\"16838\""
        }
    }
}

/// A4, 20 mm above and below, 30 mm on the left, 20 mm on the right; numbers from 1 in the upper margin, none on the
/// first page (NĐ 30/2020, appendix I).
fn section(xml: &mut Xml, sheet: Sheet) {
    xml.open("w:sectPr");
    xml.empty("w:headerReference w:type=\"default\" r:id=\"rId3\"");
    xml.empty("w:type w:val=\"nextPage\"");
    xml.empty(sheet.size());
    xml.empty(
        "w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1701\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"",
    );
    xml.empty("w:pgNumType w:start=\"1\"");
    xml.empty("w:titlePg");
    xml.close("w:sectPr");
}
