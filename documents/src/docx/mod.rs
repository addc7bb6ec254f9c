//! Word documents (ISO/IEC 29500, WordprocessingML): the parts of the package, and what is in each.
//!
//! They are written here, since the libraries at hand cannot repeat the heading of a table on the next page (`w:tblHeader`),
//! which a table of a hundred rows needs. Foreign text gets into a part through [`xml::Xml::text`] alone.

use std::io::{Cursor, Write};

use thidua_domain::time::Date;
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use crate::{Unwritten, paper::Paper};

mod block;
mod page;
mod xml;

use xml::Xml;

const TYPES: &str = include_str!("content-types.xml");
const PACKAGE: &str = include_str!("package.rels");
const RELATIONS: &str = include_str!("document.xml.rels");
const STYLES: &str = include_str!("styles.xml");
const SETTINGS: &str = include_str!("settings.xml");
const NUMBERS: &str = include_str!("page-number.xml");

/// The paper as a Word document: the same bytes for the same paper.
///
/// # Errors
/// The package cannot be put together.
pub fn docx(paper: &Paper) -> Result<Vec<u8>, Unwritten> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", PACKAGE),
        ("docProps/core.xml", &core(paper)),
        ("word/_rels/document.xml.rels", RELATIONS),
        ("word/document.xml", &page::document(paper)),
        ("word/header1.xml", NUMBERS),
        ("word/settings.xml", SETTINGS),
        ("word/styles.xml", STYLES),
    ];
    // The beginning of the format's own time: when a file was made is no part of a paper.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, content) in parts {
        package.start_file(name, options).map_err(Unwritten::of)?;
        package.write_all(content.as_bytes()).map_err(Unwritten::of)?;
    }
    Ok(package.finish().map_err(Unwritten::of)?.into_inner())
}

fn core(paper: &Paper) -> String {
    let mut xml = Xml::document();
    xml.open(
        "cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"",
    );
    let issuer: Vec<_> = paper.head.issuer.iter().map(|line| line.as_str()).collect();
    for (tag, text) in
        [("dc:title", paper.title().as_str()), ("dc:creator", &issuer.join(" ")), ("dc:language", "vi-VN")]
    {
        xml.open(tag);
        xml.text(text);
        xml.close(tag);
    }
    if let Some(dated) = paper.head.dated {
        xml.open("dcterms:created xsi:type=\"dcterms:W3CDTF\"");
        xml.text(&midnight(dated));
        xml.close("dcterms:created");
    }
    xml.close("cp:coreProperties");
    xml.finish()
}

/// The beginning of a day in Viet Nam.
fn midnight(day: Date) -> String {
    format!("{day}T00:00:00+07:00")
}
