//! Files to try: one of each kind, and archives that are not what they seem.

use std::io::Write;

use flate2::{Compression, write::DeflateEncoder};
use rawzip::{CompressionMethod, ZipArchiveWriter};

pub(super) const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n";
pub(super) const CSV: &[u8] = "\u{feff}Khối,Học sinh\r\nKhối 1,128\r\n".as_bytes();

/// A PNG of this size; only its head is ever looked at.
pub(super) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    file.extend(width.to_be_bytes());
    file.extend(height.to_be_bytes());
    file.extend(b"\x08\x02\0\0\0\0\0\0\0");
    file
}

/// A JPEG of this size.
pub(super) fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut file = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\0\x11\x08".to_vec();
    file.extend(height.to_be_bytes());
    file.extend(width.to_be_bytes());
    file.extend(b"\x03\x01\x22\0\x02\x11\x01\x03\x11\x01\xff\xd9");
    file
}

/// An archive of these parts, packed or not.
pub(super) fn archive(parts: &[(&str, &[u8])], packing: CompressionMethod) -> Vec<u8> {
    let mut file = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut file);
    for (name, bytes) in parts {
        let (mut entry, config) = archive.new_file(*name).compression_method(packing).start().unwrap();
        let descriptor = if packing == CompressionMethod::DEFLATE {
            let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::best()));
            writer.write_all(bytes).unwrap();
            let (encoder, descriptor) = writer.finish().unwrap();
            encoder.finish().unwrap();
            descriptor
        } else {
            let mut writer = config.wrap(&mut entry);
            writer.write_all(bytes).unwrap();
            writer.finish().unwrap().1
        };
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    file
}

/// What makes an archive a document, with more beside it.
pub(super) fn docx(more: &[(&str, &[u8])]) -> Vec<u8> {
    let parts: [(&str, &[u8]); 2] = [("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w:document/>")];
    archive(&[&parts[..], more].concat(), CompressionMethod::DEFLATE)
}

/// What makes an archive a workbook.
pub(super) fn xlsx() -> Vec<u8> {
    let parts: [(&str, &[u8]); 2] = [("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")];
    archive(&parts, CompressionMethod::STORE)
}

/// What makes an archive an OpenDocument text, with more beside it: the part that says so comes first, and is not packed.
pub(super) fn odt(more: &[(&str, &[u8])]) -> Vec<u8> {
    let parts: [(&str, &[u8]); 3] = [
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", b"<office:document-content/>"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
    ];
    archive(&[&parts[..], more].concat(), CompressionMethod::STORE)
}

fn u16_at(file: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([file[at], file[at + 1]])
}

fn u32_at(file: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([file[at], file[at + 1], file[at + 2], file[at + 3]])
}

/// Where the end of the directory, and where the last of its records begin.
fn directory(file: &[u8]) -> (usize, usize) {
    let find = |mark: &[u8]| file.windows(4).rposition(|window| window == mark).unwrap();
    (find(b"PK\x05\x06"), find(b"PK\x01\x02"))
}

/// A document whose last part is named so often again in the directory: a few bytes that unpack to gigabytes.
pub(super) fn overlapping(mebibytes: usize, times: u16) -> Vec<u8> {
    let mut file = docx(&[("word/media/image1.bmp", &vec![0; mebibytes << 20])]);
    let (end, last) = directory(&file);
    let record = file[last..end].to_vec();
    let (count, size) = (u16_at(&file, end + 10) + times, u32_at(&file, end + 12));
    let grown = size + u32::try_from(record.len()).unwrap() * u32::from(times);
    file[end + 8..end + 10].copy_from_slice(&count.to_le_bytes());
    file[end + 10..end + 12].copy_from_slice(&count.to_le_bytes());
    file[end + 12..end + 16].copy_from_slice(&grown.to_le_bytes());
    let repeated = record.repeat(usize::from(times));
    file.splice(end..end, repeated);
    file
}

/// A document whose last part says in the directory that it is this small.
pub(super) fn understated(bytes: &[u8], said: u32) -> Vec<u8> {
    let mut file = docx(&[("word/media/image1.bmp", bytes)]);
    let (_, last) = directory(&file);
    file[last + 24..last + 28].copy_from_slice(&said.to_le_bytes());
    file
}

/// A document whose last part says that it is encrypted.
pub(super) fn encrypted() -> Vec<u8> {
    let mut file = docx(&[("word/styles.xml", b"<w:styles/>")]);
    let (_, last) = directory(&file);
    file[last + 8] |= 1;
    file
}
