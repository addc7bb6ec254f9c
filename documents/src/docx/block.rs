//! The pieces of the text: headings, paragraphs, tables.

use super::xml::Xml;
use crate::{
    paper::Block,
    table::{Align, Row, Table},
    words::Words,
};

/// A paragraph in a style.
pub(super) fn paragraph(xml: &mut Xml, style: &str, text: &str) {
    arranged(xml, style, "", text);
}

/// A paragraph in a style, with properties of its own after those of the style.
fn arranged(xml: &mut Xml, style: &str, properties: &str, text: &str) {
    xml.open("w:p");
    xml.open("w:pPr");
    xml.empty(&format!("w:pStyle w:val=\"{style}\""));
    if !properties.is_empty() {
        xml.empty(properties);
    }
    xml.close("w:pPr");
    if !text.is_empty() {
        xml.open("w:r");
        xml.open("w:t xml:space=\"preserve\"");
        xml.text(text);
        xml.close("w:t");
        xml.close("w:r");
    }
    xml.close("w:p");
}

/// A short line below what stands above it: the border of an empty paragraph between two indents.
pub(super) fn rule(xml: &mut Xml, indent: u32) {
    xml.open("w:p");
    xml.open("w:pPr");
    xml.empty("w:pStyle w:val=\"Rule\"");
    xml.open("w:pBdr");
    xml.empty("w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"");
    xml.close("w:pBdr");
    xml.empty(&format!("w:ind w:left=\"{indent}\" w:right=\"{indent}\""));
    xml.close("w:pPr");
    xml.close("w:p");
}

/// Opens a table without lines, for what stands side by side.
pub(super) fn open_grid(xml: &mut Xml, widths: &[u32]) {
    open_table(xml, widths, false);
    xml.open("w:tr");
    xml.open("w:trPr");
    xml.empty("w:cantSplit");
    xml.close("w:trPr");
}

/// Closes it.
pub(super) fn close_grid(xml: &mut Xml) {
    xml.close("w:tr");
    xml.close("w:tbl");
}

fn open_table(xml: &mut Xml, widths: &[u32], lines: bool) {
    xml.open("w:tbl");
    xml.open("w:tblPr");
    xml.empty(&format!("w:tblW w:w=\"{}\" w:type=\"dxa\"", widths.iter().sum::<u32>()));
    if lines {
        xml.open("w:tblBorders");
        for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
            xml.empty(&format!("w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\""));
        }
        xml.close("w:tblBorders");
    }
    xml.empty("w:tblLayout w:type=\"fixed\"");
    xml.close("w:tblPr");
    xml.open("w:tblGrid");
    for width in widths {
        xml.empty(&format!("w:gridCol w:w=\"{width}\""));
    }
    xml.close("w:tblGrid");
}

/// A cell of this width, over so many columns.
pub(super) fn cell(xml: &mut Xml, width: u32, span: usize, write: impl FnOnce(&mut Xml)) {
    xml.open("w:tc");
    xml.open("w:tcPr");
    xml.empty(&format!("w:tcW w:w=\"{width}\" w:type=\"dxa\""));
    if span > 1 {
        xml.empty(&format!("w:gridSpan w:val=\"{span}\""));
    }
    xml.close("w:tcPr");
    write(xml);
    xml.close("w:tc");
}

/// A paragraph that stands on the page of what follows.
pub(super) fn kept(xml: &mut Xml, style: &str, text: &str) {
    arranged(xml, style, "w:keepNext", text);
}

/// The pieces of a text, one after the other. A signature never stands alone on a page: the last paragraph goes with it.
pub(super) fn blocks(xml: &mut Xml, blocks: &[Block], width: u32, signed: bool) {
    for (index, block) in blocks.iter().enumerate() {
        match block {
            Block::Text(text) if signed && index + 1 == blocks.len() => kept(xml, "BodyText", text.as_str()),
            Block::Part(text) => paragraph(xml, "Part", text.as_str()),
            Block::Section(text) => paragraph(xml, "Section", text.as_str()),
            Block::Point(text) => paragraph(xml, "Point", text.as_str()),
            Block::Text(text) => paragraph(xml, "BodyText", text.as_str()),
            Block::Table(of) => table(xml, of, width),
        }
    }
}

fn table(xml: &mut Xml, table: &Table, width: u32) {
    if let Some(caption) = &table.caption {
        paragraph(xml, "Caption", caption.as_str());
    }
    let printed: Vec<_> = table.printed().collect();
    let whole: u32 = printed.iter().map(|(_, column)| u32::from(column.width)).sum();
    let widths: Vec<_> = printed.iter().map(|(_, column)| width * u32::from(column.width) / whole.max(1)).collect();
    open_table(xml, &widths, true);
    xml.open("w:tr");
    xml.open("w:trPr");
    xml.empty("w:cantSplit");
    xml.empty("w:tblHeader");
    xml.close("w:trPr");
    for ((_, column), width) in printed.iter().zip(&widths) {
        cell(xml, *width, 1, |xml| paragraph(xml, "CellHead", column.head.as_str()));
    }
    xml.close("w:tr");
    let across = |xml: &mut Xml, style: &str, text: &Words| {
        cell(xml, widths.iter().sum(), widths.len(), |xml| paragraph(xml, style, text.as_str()));
    };
    for row in &table.rows {
        xml.open("w:tr");
        match row {
            Row::Group(name) => across(xml, "CellGroup", name),
            Row::Note(note) => across(xml, "CellNote", note),
            Row::Cells(cells) | Row::Total(cells) => {
                let style = if matches!(row, Row::Total(_)) { "CellTotal" } else { "Cell" };
                for ((place, column), width) in printed.iter().zip(&widths) {
                    let text = cells.get(*place).map(crate::Cell::printed).unwrap_or_default();
                    let side = match column.align {
                        Align::Left => "",
                        Align::Center => "w:jc w:val=\"center\"",
                        Align::Right => "w:jc w:val=\"right\"",
                    };
                    cell(xml, *width, 1, |xml| arranged(xml, style, side, &text));
                }
            }
        }
        xml.close("w:tr");
    }
    xml.close("w:tbl");
    // Two tables in a row would become one.
    paragraph(xml, "Rule", "");
}
