//! Whether a workbook, which is an archive, may be unpacked: nothing is believed of what its directory says.

use std::io::{Cursor, Read, sink};

use zip::ZipArchive;

use super::wrong;
use crate::problem::Problem;

/// The most bytes that may come out of each that goes in.
const MOST_RATIO: u64 = 100;
/// Below this the ratio says nothing: an empty sheet of Excel is mostly white space.
const SMALL: u64 = 4 << 20;
/// The most bytes that may come out in all.
const MOST: u64 = 64 << 20;
/// The most parts of a workbook.
const MOST_PARTS: usize = 500;

/// Refuses an archive that would grow beyond measure: by its directory first, which costs nothing, and then part by part,
/// unpacked into nowhere until the measure is full.
pub(super) fn check(bytes: &[u8]) -> Result<(), Problem> {
    let most = (bytes.len() as u64).saturating_mul(MOST_RATIO).clamp(SMALL, MOST);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| wrong("sheet.unreadable"))?;
    if archive.len() > MOST_PARTS || archive.decompressed_size().is_some_and(|size| size > u128::from(most)) {
        return Err(wrong("sheet.unpacksTooLarge"));
    }
    let mut left = most;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| wrong("sheet.unreadable"))?;
        let read = std::io::copy(&mut part.take(left + 1), &mut sink()).map_err(|_| wrong("sheet.unreadable"))?;
        left = left.checked_sub(read).ok_or_else(|| wrong("sheet.unpacksTooLarge"))?;
    }
    Ok(())
}
