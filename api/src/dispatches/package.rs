//! The package that goes to a recipient: a ZIP with a manifest and the files that it names.
//!
//! It is made anew whenever it is wanted, of what is fixed: the dispatch as it was sent and the report in the version that
//! was sent. The same dispatch gives the same bytes, so that nothing has to be kept beside the record.

use std::io::{Cursor, Write};

use serde::Serialize;
use sha2::{Digest, Sha256};
use thidua_domain::{
    canonical::{NotCanonical, canonical},
    consolidation::ConsolidatedReport,
    dispatch::Dispatch,
};
use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::manifest::{EnclosedView, ManifestView};
use crate::consolidated_reports::as_sent;

/// The most bytes of a package that the exchange takes (`domain.md` §3.1).
const MOST_BYTES: usize = 50 << 20;
/// The name of the manifest in the package.
const MANIFEST: &str = "manifest.json";

/// A package, ready to go.
#[derive(Clone, Debug)]
pub(crate) struct Package {
    /// How it is called: ASCII, 50 characters at most.
    pub(crate) name: String,
    /// Its bytes, the same for the same dispatch.
    pub(crate) bytes: Vec<u8>,
    /// Their SHA-256.
    pub(crate) sha256: [u8; 32],
}

/// Why a package cannot be made; a fault of ours, or more than the exchange takes.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PackageError {
    #[error(transparent)]
    NotCanonical(#[from] NotCanonical),
    #[error("the archive: {0}")]
    Zip(#[from] ZipError),
    #[error("the archive: {0}")]
    Io(#[from] std::io::Error),
    #[error("{0} bytes are more than the exchange takes")]
    TooLarge(usize),
}

/// A file of the package.
struct Enclosed {
    name: String,
    media_type: &'static str,
    bytes: Vec<u8>,
}

impl Enclosed {
    fn described(&self) -> EnclosedView {
        let sha256: [u8; 32] = Sha256::digest(&self.bytes).into();
        EnclosedView::of(self.name.clone(), self.media_type, self.bytes.len() as u64, &sha256)
    }
}

/// What stands in front of a package, without the package.
pub(super) fn manifest(dispatch: &Dispatch, report: &ConsolidatedReport) -> Result<ManifestView, PackageError> {
    let files = enclosed(dispatch, report)?;
    Ok(ManifestView::of(dispatch, files.iter().map(Enclosed::described).collect()))
}

impl Package {
    /// The package of a dispatch; `report` is the report in the version that was sent.
    pub(crate) fn of(dispatch: &Dispatch, report: &ConsolidatedReport) -> Result<Self, PackageError> {
        let files = enclosed(dispatch, report)?;
        let manifest = ManifestView::of(dispatch, files.iter().map(Enclosed::described).collect());
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        // No time and no rights of whoever happened to make it.
        let as_ever = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        archive.start_file(MANIFEST, as_ever)?;
        archive.write_all(&text(&manifest)?)?;
        for file in &files {
            archive.start_file(file.name.as_str(), as_ever)?;
            archive.write_all(&file.bytes)?;
        }
        let bytes = archive.finish()?.into_inner();
        if bytes.len() > MOST_BYTES {
            return Err(PackageError::TooLarge(bytes.len()));
        }
        let sha256 = Sha256::digest(&bytes).into();
        Ok(Self { name: dispatch.file_name(), bytes, sha256 })
    }
}

/// The files of a package: the report as it was sent, in the form of the contract.
fn enclosed(dispatch: &Dispatch, report: &ConsolidatedReport) -> Result<Vec<Enclosed>, PackageError> {
    let name = format!("{}.json", dispatch.paper_name());
    Ok(vec![Enclosed { name, media_type: "application/json", bytes: text(&as_sent(report))? }])
}

fn text(value: &impl Serialize) -> Result<Vec<u8>, NotCanonical> {
    canonical(value).map(String::into_bytes)
}
