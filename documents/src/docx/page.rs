//! The whole text: head, body, signature, annexes, and the sections whose pages are counted each for itself.

use super::{
    block::{WIDTH, blocks, cell, close_grid, kept, open_grid, paragraph, rule},
    xml::Xml,
};
use crate::paper::{Annex, Head, Paper, Signature};

/// The left of what stands side by side at the top; quốc hiệu needs the rest for one line.
const LEFT: u32 = 3_671;
const RIGHT: u32 = WIDTH - LEFT;
/// The left of the foot.
const HALF: u32 = WIDTH / 2;
/// Lines that are left for the signature and the seal.
const ROOM: usize = 4;

pub(super) fn document(paper: &Paper) -> String {
    let mut xml = Xml::document();
    xml.open(
        "w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"",
    );
    xml.open("w:body");
    head(&mut xml, &paper.head);
    blocks(&mut xml, &paper.body, paper.signature.is_some());
    foot(&mut xml, paper.signature.as_ref(), paper);
    for annex in &paper.annexes {
        end_section(&mut xml);
        attached(&mut xml, annex);
    }
    section(&mut xml);
    xml.close("w:body");
    xml.close("w:document");
    xml.finish()
}

fn head(xml: &mut Xml, head: &Head) {
    open_grid(xml, &[LEFT, RIGHT]);
    cell(xml, LEFT, 1, |xml| {
        for line in &head.superior {
            paragraph(xml, "Superior", line.as_str());
        }
        for line in &head.issuer {
            paragraph(xml, "Issuer", line.as_str());
        }
        rule(xml, LEFT * 3 / 10);
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
    rule(xml, WIDTH * 2 / 5);
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

fn foot(xml: &mut Xml, signature: Option<&Signature>, paper: &Paper) {
    let Some(signature) = signature else { return };
    kept(xml, "Normal", "");
    open_grid(xml, &[HALF, WIDTH - HALF]);
    cell(xml, HALF, 1, |xml| {
        paragraph(xml, "RecipientsHead", "Nơi nhận:");
        for line in paper.printed_recipients() {
            paragraph(xml, "Recipient", &line);
        }
    });
    cell(xml, WIDTH - HALF, 1, |xml| {
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

fn attached(xml: &mut Xml, annex: &Annex) {
    paragraph(xml, "AnnexLabel", annex.label.as_str());
    paragraph(xml, "AnnexTitle", annex.title.as_str());
    paragraph(xml, "AnnexOf", annex.belongs_to.as_str());
    blocks(xml, &annex.body, false);
}

/// Ends the pages that were counted together; what follows begins on a new one.
fn end_section(xml: &mut Xml) {
    xml.open("w:p");
    xml.open("w:pPr");
    xml.empty("w:pStyle w:val=\"Rule\"");
    section(xml);
    xml.close("w:pPr");
    xml.close("w:p");
}

/// A4 upright, 20 mm above and below, 30 mm on the left, 20 mm on the right; numbers from 1 in the upper margin, none on the
/// first page (NĐ 30/2020, appendix I).
fn section(xml: &mut Xml) {
    xml.open("w:sectPr");
    xml.empty("w:headerReference w:type=\"default\" r:id=\"rId3\"");
    xml.empty("w:type w:val=\"nextPage\"");
    xml.empty("w:pgSz w:w=\"11906\" w:h=\"16838\"");
    xml.empty(
        "w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1701\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"",
    );
    xml.empty("w:pgNumType w:start=\"1\"");
    xml.empty("w:titlePg");
    xml.close("w:sectPr");
}
