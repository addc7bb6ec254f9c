//! The package of a dispatch and its manifest, to be read and downloaded.

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{self, ContentDisposition, DispositionParam, DispositionType},
    web::Data,
};
use thidua_domain::{attachment::Checksum, dispatch::Dispatch};

use super::{
    DispatchPath,
    manifest::ManifestView,
    package::{PackageError, Sent},
};
use crate::{
    attachments::{FileBytes, as_digest},
    input::{Caller, PathOf},
    language::Language,
    openapi::ZIP,
    problem::{Problem, Trouble},
    reply::{Versioned, has_already, tag_of},
    state::State,
};

/// Read the manifest of a dispatch
///
/// What stands in front of the documents in the package: who sends which document to whom, and the files with their
/// checksums. It never changes.
#[utoipa::path(tag = "Dispatch", operation_id = "readDispatchManifest", params(DispatchPath),
    responses((status = 200, description = "The manifest, as it is in the package.", body = ManifestView)))]
#[get("/dispatches/{dispatchId}/manifest")]
pub(super) async fn read_dispatch_manifest(
    state: Data<State>,
    caller: Caller,
    path: PathOf<DispatchPath>,
) -> Result<Versioned<ManifestView>, Problem> {
    let body = sent(&state, &caller, path).await?.manifest()?;
    Ok(Versioned::read(body, 1, Language::Vi))
}

/// Download the package of a dispatch
///
/// A ZIP with `manifest.json` and the files that it names, ready to be handed on: the signed copy of the document, byte for byte
/// as it was attached, or the paper as DOCX where there was none, and the report as data. Its bytes are the same whenever it is
/// asked for: the tag is made of the checksum. It is called by the symbol of the document, without accents.
#[utoipa::path(tag = "Dispatch", operation_id = "readDispatchPackage", params(DispatchPath),
    responses((status = 200, description = "The whole package, to be saved.", content((FileBytes = "application/zip")))))]
#[get("/dispatches/{dispatchId}/package")]
pub(super) async fn read_dispatch_package(
    state: Data<State>,
    caller: Caller,
    path: PathOf<DispatchPath>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let package = sent(&state, &caller, path).await?.package(&state.files).await?;
    let checksum = Checksum::of(&package.sha256);
    let tag = tag_of(&checksum);
    let private = (header::CACHE_CONTROL, "private, no-cache");
    if has_already(&request, &tag) {
        let mut answer = HttpResponse::NotModified();
        return Ok(answer.insert_header((header::ETAG, tag)).insert_header(private).finish());
    }
    let parameters = vec![DispositionParam::Filename(package.name)];
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::ETAG, tag))
        .insert_header(private)
        .insert_header(("Content-Digest", as_digest(&checksum)))
        .insert_header(("Repr-Digest", as_digest(&checksum)))
        .insert_header(ContentDisposition { disposition: DispositionType::Attachment, parameters })
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; sandbox"))
        // Compressed on the way, neither tag nor digest would be those of the package.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header((header::CONTENT_TYPE, ZIP));
    Ok(answer.body(package.bytes))
}

/// The dispatch, and what was sent.
async fn sent(state: &State, caller: &Caller, path: PathOf<DispatchPath>) -> Result<Sent, Problem> {
    let reader = state.store.read(&caller.call).await?;
    let dispatch: Dispatch = reader.object(path.0.dispatch_id.id()).await?;
    reader.sees(dispatch.report).await?;
    let report = reader.object_at(dispatch.report, dispatch.report_version).await?;
    Ok(Sent::load(&reader, dispatch, report).await?)
}

impl From<PackageError> for Problem {
    fn from(error: PackageError) -> Self {
        tracing::error!(%error, "a package cannot be made");
        match error {
            PackageError::Unavailable(_) => Trouble::Unavailable.into(),
            _ => Trouble::Internal.into(),
        }
    }
}
