//! What a file is, by its content: a closed list, and for each kind what makes it unfit. Nothing is ever decoded for show.

use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
};

use imagesize::reader_size;
use thidua_domain::{attachment::FileType, refusal::Code};

use super::archive;

/// Why a file is not taken.
#[derive(Debug)]
pub(super) enum Unfit {
    /// For what stands in it.
    Code(Code),
    /// It could not be read.
    Io(io::Error),
}

impl From<Code> for Unfit {
    fn from(code: Code) -> Self {
        Self::Code(code)
    }
}

impl From<io::Error> for Unfit {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// The most pixels of a picture: a telephone of today takes half of it, and decoded it is 400 MB.
const MOST_PIXELS: u64 = 100_000_000;
/// The most pixels of one side.
const LONGEST_SIDE: u64 = 30_000;
/// In how many of its last bytes a PDF says that it ends.
const PDF_TAIL: u64 = 1024;
/// How much of the beginning of a file is looked at to tell what it might be.
const HEAD: usize = 80;
/// How much of a text is looked at at once.
const PIECE: usize = 64 << 10;

/// What this file is; it has so many bytes. It takes its time, so that it is asked off the threads that answer.
pub(super) fn kind_of(mut file: File, size: u64) -> Result<FileType, Unfit> {
    let mut head = [0_u8; HEAD];
    let read = read_up_to(&mut file, &mut head)?;
    file.rewind()?;
    match &head[..read] {
        [b'%', b'P', b'D', b'F', b'-', ..] => pdf(file, size),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => picture(file, FileType::Png),
        [0xff, 0xd8, 0xff, ..] => picture(file, FileType::Jpeg),
        [b'P', b'K', 3, 4, ..] => archive::document(file, size, archive::is_open_text(&head[..read])),
        _ => text(file),
    }
}

/// Fills the buffer, or less of it at the end of the file.
pub(super) fn read_up_to(from: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match from.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

fn pdf(mut file: File, size: u64) -> Result<FileType, Unfit> {
    file.seek(SeekFrom::Start(size.saturating_sub(PDF_TAIL)))?;
    let mut tail = Vec::new();
    file.take(PDF_TAIL).read_to_end(&mut tail)?;
    let ends = tail.windows(5).any(|window| window == b"%%EOF");
    if ends { Ok(FileType::Pdf) } else { Err(Code::FileDamaged.into()) }
}

/// Only the head of a picture is read, which says how large it would be.
fn picture(file: File, kind: FileType) -> Result<FileType, Unfit> {
    let size = reader_size(&mut BufReader::new(file)).map_err(|_| Code::FileDamaged)?;
    let (width, height) = (size.width as u64, size.height as u64);
    if width == 0 || height == 0 {
        Err(Code::FileDamaged.into())
    } else if width.max(height) > LONGEST_SIDE || width.saturating_mul(height) > MOST_PIXELS {
        Err(Code::FilePictureTooLarge.into())
    } else {
        Ok(kind)
    }
}

/// Plain text is UTF-8 without control characters; whatever else begins like nothing above is unknown.
fn text(mut file: File) -> Result<FileType, Unfit> {
    let mut buffer = vec![0_u8; PIECE];
    let mut kept = 0;
    loop {
        let read = read_up_to(&mut file, &mut buffer[kept..])?;
        let piece = &buffer[..kept + read];
        let valid = match std::str::from_utf8(piece) {
            Ok(_) => piece.len(),
            // A character may be cut by the end of a piece, but not by that of the file.
            Err(error) if error.error_len().is_none() && read > 0 => error.valid_up_to(),
            Err(_) => return Err(Code::FileTypeUnknown.into()),
        };
        let odd = |byte: &u8| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c) || *byte == 0x7f;
        if piece[..valid].iter().any(odd) {
            return Err(Code::FileTypeUnknown.into());
        }
        if read == 0 {
            return Ok(FileType::Text);
        }
        let rest = valid..kept + read;
        kept = rest.len();
        buffer.copy_within(rest, 0);
    }
}
