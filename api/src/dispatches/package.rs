//! The package that goes to a recipient: a ZIP with a manifest and the files that it names.
//!
//! It is made anew whenever it is wanted, of what is fixed: the dispatch as it was sent, the report in the version that was
//! sent, and the signed copy or what the paper prints beside the report in the versions that there were. The same dispatch
//! gives the same bytes, so that nothing has to be kept beside the record.

use std::io::{Cursor, Write};

use actix_web::web::Bytes;
use serde::Serialize;
use sha2::{Digest, Sha256};
use thidua_documents::{
    Form, Paper, Unwritten, docx,
    papers::{ConsolidatedSources, consolidated_report},
};
use thidua_domain::{
    attachment::{Checksum, ContentId, File},
    canonical::{NotCanonical, canonical},
    consolidation::ConsolidatedReport,
    dispatch::{Dispatch, MAX_PACKAGE, SentFile},
};
use thidua_persistence::{
    Reader, StoreError,
    facts::{attachments, papers},
};
use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::manifest::{EnclosedView, ManifestView};
use crate::{consolidated_reports::as_sent, files::Files};

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
    #[error(transparent)]
    Unwritten(#[from] Unwritten),
    #[error("the archive: {0}")]
    Zip(#[from] ZipError),
    #[error("the archive: {0}")]
    Io(#[from] std::io::Error),
    #[error("{0} bytes are more than the exchange takes")]
    TooLarge(u64),
    #[error("the signed copy is lost, or is not what it was")]
    CopyLost,
    #[error("the signed copy cannot be read for the moment: {0}")]
    Unavailable(object_store::Error),
    #[error("its making broke off")]
    BrokeOff,
}

/// What a package is made of.
#[derive(Debug)]
pub(crate) struct Sent {
    dispatch: Dispatch,
    /// The report in the version that was sent.
    report: ConsolidatedReport,
    document: Sheet,
}

/// The document as a file.
#[derive(Debug)]
enum Sheet {
    /// Of what was sent before documents went along.
    None,
    /// The signed copy, and where storage has its bytes.
    Copy(File, ContentId),
    /// The paper, to be written out.
    Paper(Box<Paper>),
}

/// A file of the package.
struct Enclosed {
    name: String,
    media_type: &'static str,
    bytes: Bytes,
}

impl Enclosed {
    fn described(&self) -> EnclosedView {
        let sha256 = Checksum::of(&Sha256::digest(&self.bytes).into());
        EnclosedView::of(self.name.clone(), self.media_type, self.bytes.len() as u64, sha256)
    }
}

impl Sent {
    /// What the package of a dispatch is made of; `report` is the report in the version that was sent. One statement.
    pub(crate) async fn load(
        reader: &Reader,
        dispatch: Dispatch,
        report: ConsolidatedReport,
    ) -> Result<Self, StoreError> {
        let document = match &dispatch.paper.file {
            None => Sheet::None,
            Some(SentFile::SignedCopy { copy }) => {
                Sheet::Copy(copy.file.clone(), attachments::content_of(reader, copy.attachment).await?)
            }
            Some(SentFile::Paper { printed }) => {
                let (campaign, units) = papers::printed(reader, dispatch.campaign, printed).await?;
                let sources = ConsolidatedSources { report: &report, campaign: &campaign, units: &units };
                Sheet::Paper(Box::new(consolidated_report(sources)))
            }
        };
        Ok(Self { dispatch, report, document })
    }

    /// What stands in front of the package, without the package.
    pub(super) fn manifest(&self) -> Result<ManifestView, PackageError> {
        Ok(self.manifest_of(&self.made()?))
    }

    /// The package.
    pub(crate) async fn package(self, files: &Files) -> Result<Package, PackageError> {
        let copy = match &self.document {
            Sheet::Copy(file, content) => Some(copy(files, file, *content).await?),
            Sheet::None | Sheet::Paper(_) => None,
        };
        let made = tokio::task::spawn_blocking(move || self.packed(copy)).await;
        made.unwrap_or(Err(PackageError::BrokeOff))
    }

    /// The files that are made here: the paper, unless it is signed, and the report in the form of the contract.
    fn made(&self) -> Result<Vec<Enclosed>, PackageError> {
        let mut made = Vec::new();
        if let Sheet::Paper(paper) = &self.document {
            let media_type = Form::Docx.media_type();
            made.push(Enclosed { name: self.name(Form::Docx.ending()), media_type, bytes: docx(paper)?.into() });
        }
        let report = text(&as_sent(&self.report))?.into();
        made.push(Enclosed { name: self.name("json"), media_type: "application/json", bytes: report });
        Ok(made)
    }

    fn name(&self, ending: &str) -> String {
        format!("{}.{ending}", self.dispatch.paper_name())
    }

    /// The signed copy stands first.
    fn manifest_of(&self, made: &[Enclosed]) -> ManifestView {
        let copy = match &self.document {
            Sheet::Copy(file, _) => {
                let name = self.name(Form::Pdf.ending());
                Some(EnclosedView::of(name, file.kind.media_type(), file.size, file.sha256.clone()))
            }
            Sheet::None | Sheet::Paper(_) => None,
        };
        ManifestView::of(&self.dispatch, copy.into_iter().chain(made.iter().map(Enclosed::described)).collect())
    }

    fn packed(self, copy: Option<Bytes>) -> Result<Package, PackageError> {
        let made = self.made()?;
        let manifest = text(&self.manifest_of(&made))?;
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        // No time and no rights of whoever happened to make it.
        let as_ever = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        // What is packed in itself gains nothing by being packed again.
        let as_it_is = as_ever.compression_method(CompressionMethod::Stored);
        archive.start_file(MANIFEST, as_ever)?;
        archive.write_all(&manifest)?;
        if let Some(copy) = copy {
            archive.start_file(self.name(Form::Pdf.ending()), as_it_is)?;
            archive.write_all(&copy)?;
        }
        for file in &made {
            let packed = file.media_type == Form::Docx.media_type();
            archive.start_file(file.name.as_str(), if packed { as_it_is } else { as_ever })?;
            archive.write_all(&file.bytes)?;
        }
        let bytes = archive.finish()?.into_inner();
        if bytes.len() as u64 > MAX_PACKAGE {
            return Err(PackageError::TooLarge(bytes.len() as u64));
        }
        let sha256 = Sha256::digest(&bytes).into();
        Ok(Package { name: self.dispatch.file_name(), bytes, sha256 })
    }
}

/// The bytes of the signed copy, as they were attached.
async fn copy(files: &Files, file: &File, content: ContentId) -> Result<Bytes, PackageError> {
    let bytes = files.bytes(content).await.map_err(|error| match error {
        object_store::Error::NotFound { .. } => PackageError::CopyLost,
        error => PackageError::Unavailable(error),
    })?;
    // A package never carries what its manifest does not name.
    if Checksum::of(&Sha256::digest(&bytes).into()) == file.sha256 { Ok(bytes) } else { Err(PackageError::CopyLost) }
}

fn text(value: &impl Serialize) -> Result<Vec<u8>, NotCanonical> {
    canonical(value).map(String::into_bytes)
}
