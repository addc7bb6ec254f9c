//! Documents and workbooks of OOXML and OpenDocument texts, which are archives: what stands in them, and whether unpacking
//! them is safe.
//!
//! The directory of the archive is believed in nothing. Its sums are looked at first, since that costs nothing; then every
//! part is unpacked into nowhere, and must be as large as it was said to be.

use std::{
    fs::File,
    io::{self, Read},
};

use flate2::read::DeflateDecoder;
use rawzip::{
    CompressionMethod, FileReader, RECOMMENDED_BUFFER_SIZE, ZipArchive, ZipArchiveEntryWayfinder, ZipFileHeaderRecord,
};
use thidua_domain::{attachment::FileType, refusal::Code};

use super::inspect::{Unfit, read_up_to};

/// The most parts of a document.
const MOST_PARTS: u64 = 10_000;
/// The most bytes that all parts come to.
const MOST_UNPACKED: u64 = 256 << 20;
/// So many bytes may come out of each that goes in, but for small documents: figures in XML reach 100.
const MOST_RATIO: u64 = 200;
/// Below this the ratio says nothing.
const SMALL: u64 = 8 << 20;

/// How archives and packed files begin.
const PACKED: &[&[u8]] =
    &[b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\xfd7zXZ", b"MSCF", b"BZh", b"\x1f\x8b", b"\x28\xb5\x2f\xfd"];
/// How programs begin.
const PROGRAMS: &[&[u8]] = &[b"MZ", b"\x7fELF"];
/// Packed parts that Office itself puts into a document: the workbook behind a chart, and packed drawings.
const OWN_PARTS: &[&str] = &[".xlsx", ".docx", ".pptx", ".emz", ".wmz", ".svgz"];

/// What an OpenDocument text says that it is, in its first part.
const OPEN_TEXT: &[u8] = b"application/vnd.oasis.opendocument.text";
/// How the manifest of an OpenDocument says that a part of it is encrypted.
const ENCRYPTED: &[u8] = b"encryption-data";

/// One part, as the directory tells of it.
struct Part {
    way: ZipArchiveEntryWayfinder,
    packing: CompressionMethod,
    /// Whether it may be packed itself.
    may_be_packed: bool,
    /// Whether it lists the parts of an OpenDocument.
    is_manifest: bool,
}

/// What the directory says of an archive.
#[derive(Default)]
struct Directory {
    parts: Vec<Part>,
    unpacked: u64,
    is_office: bool,
    is_document: bool,
    is_workbook: bool,
    has_open_content: bool,
}

/// Whether an archive begins as an OpenDocument text does (ODF 1.2, part 3, section 3.3): with a part `mimetype`, which is
/// not packed and has no extra field, so that its name and what it says stand at a fixed place, and another part follows.
pub(super) fn is_open_text(head: &[u8]) -> bool {
    let is = |at: usize, bytes: &[u8]| head.get(at..).is_some_and(|rest| rest.starts_with(bytes));
    is(8, &[0, 0]) && is(26, b"\x08\0\0\0mimetype") && is(38, OPEN_TEXT) && is(38 + OPEN_TEXT.len(), b"PK")
}

/// Whether it is a document or a workbook, of a file of so many bytes that begins like an archive, or like an OpenDocument
/// text.
pub(super) fn document(file: File, size: u64, open_text: bool) -> Result<FileType, Unfit> {
    let mut buffer = vec![0_u8; RECOMMENDED_BUFFER_SIZE];
    let archive = ZipArchive::from_file(file, &mut buffer).map_err(|_| Code::FileDamaged)?;
    let directory = directory(&archive, &mut buffer, size)?;
    let kind = directory.kind(open_text).ok_or(Code::FileTypeUnknown)?;
    let mut left = most(size);
    for part in &directory.parts {
        left -= unpacked(&archive, part, left, &mut buffer)?;
    }
    Ok(kind)
}

/// How many bytes an archive of this size may come to.
fn most(size: u64) -> u64 {
    size.saturating_mul(MOST_RATIO).clamp(SMALL, MOST_UNPACKED)
}

fn directory(archive: &ZipArchive<FileReader>, buffer: &mut [u8], size: u64) -> Result<Directory, Unfit> {
    if archive.entries_hint() > MOST_PARTS {
        return Err(Code::FileUnpacksTooLarge.into());
    }
    let mut directory = Directory::default();
    let mut places = Vec::new();
    let mut entries = archive.entries(buffer);
    while let Some(entry) = entries.next_entry().map_err(|_| Code::FileDamaged)? {
        if directory.parts.len() as u64 >= MOST_PARTS {
            return Err(Code::FileUnpacksTooLarge.into());
        }
        directory.take(&entry)?;
        if directory.unpacked > most(size) {
            return Err(Code::FileUnpacksTooLarge.into());
        }
        let found = archive.get_entry(entry.wayfinder()).map_err(|_| Code::FileDamaged)?;
        places.push(found.compressed_data_range());
    }
    // The same bytes for many parts are the densest bomb that there is.
    places.sort_unstable();
    if places.windows(2).any(|pair| pair[0].1 > pair[1].0) || places.last().is_some_and(|last| last.1 > size) {
        return Err(Code::FileUnpacksTooLarge.into());
    }
    Ok(directory)
}

impl Directory {
    /// What an archive of these parts is; nothing where it would be two things.
    const fn kind(&self, open_text: bool) -> Option<FileType> {
        match (self.is_office, self.is_document, self.is_workbook, open_text && self.has_open_content) {
            (true, true, false, false) => Some(FileType::Docx),
            (true, false, true, false) => Some(FileType::Xlsx),
            (false, false, false, true) => Some(FileType::Odt),
            _ => None,
        }
    }

    fn take(&mut self, entry: &ZipFileHeaderRecord<'_>) -> Result<(), Code> {
        if entry.flags().is_encrypted() {
            return Err(Code::FileEncrypted);
        }
        let name = String::from_utf8_lossy(entry.file_path().as_bytes()).to_ascii_lowercase();
        let of_office =
            name.ends_with("vbaproject.bin") || name.contains("/macrosheets/") || name.contains("/activex/");
        if of_office || name.starts_with("basic/") || name.starts_with("scripts/") {
            return Err(Code::FileWithMacros);
        }
        self.is_office |= name == "[content_types].xml";
        self.is_document |= name == "word/document.xml";
        self.is_workbook |= name == "xl/workbook.xml";
        self.has_open_content |= name == "content.xml";
        self.unpacked = self.unpacked.saturating_add(entry.uncompressed_size_hint());
        if !entry.is_dir() {
            let may_be_packed = OWN_PARTS.iter().any(|ending| name.ends_with(ending));
            let is_manifest = name == "meta-inf/manifest.xml";
            let (way, packing) = (entry.wayfinder(), entry.compression_method());
            self.parts.push(Part { way, packing, may_be_packed, is_manifest });
        }
        Ok(())
    }
}

/// Unpacks a part into nowhere; answers how large it was, `left` at most.
fn unpacked(archive: &ZipArchive<FileReader>, part: &Part, left: u64, buffer: &mut [u8]) -> Result<u64, Unfit> {
    let entry = archive.get_entry(part.way).map_err(|_| Code::FileDamaged)?;
    let packed = entry.reader();
    if part.packing == CompressionMethod::STORE {
        through(entry.verifying_reader(packed), part, left, buffer)
    } else if part.packing == CompressionMethod::DEFLATE {
        through(entry.verifying_reader(DeflateDecoder::new(packed)), part, left, buffer)
    } else {
        Err(Code::FileDamaged.into())
    }
}

fn through(mut from: impl Read, part: &Part, left: u64, buffer: &mut [u8]) -> Result<u64, Unfit> {
    // What ends too early, is longer than it was said to be, or has another checksum.
    let damaged = |error: io::Error| match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::StorageFull => Unfit::Io(error),
        _ => Unfit::Code(Code::FileDamaged),
    };
    let (mut total, mut first) = (0_u64, true);
    // What the manifest said last, so that a word that two pieces share is found.
    let mut said = Vec::new();
    loop {
        let read = read_up_to(&mut from, buffer).map_err(damaged)?;
        let begins = |with: &&[u8]| buffer[..read].starts_with(with);
        if first && !part.may_be_packed && PACKED.iter().any(begins) {
            return Err(Code::FileNestedArchive.into());
        }
        if first && PROGRAMS.iter().any(begins) {
            return Err(Code::FileWithMacros.into());
        }
        if part.is_manifest {
            said.extend_from_slice(&buffer[..read]);
            if said.windows(ENCRYPTED.len()).any(|window| window == ENCRYPTED) {
                return Err(Code::FileEncrypted.into());
            }
            said.drain(..said.len().saturating_sub(ENCRYPTED.len()));
        }
        first = false;
        total += read as u64;
        if total > left {
            return Err(Code::FileUnpacksTooLarge.into());
        }
        if read == 0 {
            return Ok(total);
        }
    }
}
