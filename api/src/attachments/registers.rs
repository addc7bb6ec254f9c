//! Files beside the registers: the signed copy of a document that is issued here, and the scan of one that arrived.

use actix_web::{
    HttpRequest, get, post,
    web::{Data, Payload},
};
use thidua_domain::{
    attachment::{AttachToDocument, AttachToIncomingDocument, Owner},
    document::Document,
    incoming::IncomingDocument,
};
use thidua_persistence::{Reader, Tx};

use super::{
    body::{AttachmentPage, AttachmentQuery, AttachmentView, FileBytes, UploadQuery},
    listed,
    receiving::Upload,
};
use crate::{
    app::Entries,
    documents::DocumentPath,
    incoming::IncomingDocumentPath,
    input::{Caller, PathOf, QueryOf},
    list::Listed,
    problem::Problem,
    reply::Versioned,
    state::State,
};

/// The operations on what stands beside the registers.
pub(super) fn configure(config: &mut impl Entries) {
    config
        .service(attach_to_document)
        .service(list_document_attachments)
        .service(attach_to_incoming_document)
        .service(list_incoming_document_attachments);
}

/// Attach its signed copy to a document
///
/// Attaches the signed copy (bản đã ký, bản ký số) to a document of the outgoing register that has not left the house. The
/// service signs for nobody: the copy is the PDF as it was signed elsewhere, byte for byte, and goes to the recipients with
/// the document. The body is the bytes of the file and nothing else. A document has one signed copy; another one is attached
/// once it is removed, and none after the document has left. The document gets a new version, which names the copy with its
/// checksum. It has 40 MiB at most, and no more than the service is set up to take.
#[utoipa::path(tag = "Documents", operation_id = "attachToDocument", params(DocumentPath, UploadQuery),
    request_body(content = FileBytes, content_type = "application/octet-stream", description = "The bytes of the PDF."),
    responses((status = 201, description = "The signed copy is attached.", body = AttachmentView)))]
#[post("/documents/{documentId}/attachments")]
async fn attach_to_document(
    state: Data<State>,
    caller: Caller,
    path: PathOf<DocumentPath>,
    query: QueryOf<UploadQuery>,
    request: HttpRequest,
    body: Payload,
) -> Result<Versioned<AttachmentView>, Problem> {
    let document = path.0.document_id.id();
    let upload = Upload { state, caller, name: query.0.name.into_name(), request: &request, body };
    upload.attach_to(document, AttachToDocument, async move |tx: &Tx| tx.load::<Document>(document).await).await
}

/// List the attachments of a document
///
/// The signed copy that is attached to a document now, if there is one. Whoever sees the document sees it.
#[utoipa::path(tag = "Documents", operation_id = "listDocumentAttachments", params(DocumentPath, AttachmentQuery),
    responses((status = 200, description = "A page of attachments, the first that was attached first.", body = AttachmentPage)))]
#[get("/documents/{documentId}/attachments")]
async fn list_document_attachments(
    state: Data<State>,
    caller: Caller,
    path: PathOf<DocumentPath>,
    query: QueryOf<AttachmentQuery>,
) -> Result<Listed<AttachmentPage>, Problem> {
    let document = path.0.document_id.id();
    let url = format!("/v1/documents/{document}/attachments");
    let list = listed(&url, &query.0, Owner::Document(document));
    let language = caller.language;
    let view = async |reader: &Reader| {
        reader.sees::<Document>(document).await?;
        Ok(AttachmentView::in_list(language))
    };
    list.answer(&state, &caller, view).await
}

/// Attach a scan to an incoming document
///
/// Attaches the scan (bản quét) of a document that arrived to its entry of the incoming register: a PDF, or pictures (JPEG,
/// PNG), 20 files at most. The body is the bytes of the file and nothing else. The entry gets a new version, and each of its
/// versions names its files with their checksums; one that is removed stays recorded and readable.
#[utoipa::path(tag = "Documents", operation_id = "attachToIncomingDocument", params(IncomingDocumentPath, UploadQuery),
    request_body(content = FileBytes, content_type = "application/octet-stream", description = "The bytes of the scan."),
    responses((status = 201, description = "The scan is attached.", body = AttachmentView)))]
#[post("/incoming-documents/{incomingDocumentId}/attachments")]
async fn attach_to_incoming_document(
    state: Data<State>,
    caller: Caller,
    path: PathOf<IncomingDocumentPath>,
    query: QueryOf<UploadQuery>,
    request: HttpRequest,
    body: Payload,
) -> Result<Versioned<AttachmentView>, Problem> {
    let document = path.0.incoming_document_id.id();
    let upload = Upload { state, caller, name: query.0.name.into_name(), request: &request, body };
    let load = async move |tx: &Tx| tx.load::<IncomingDocument>(document).await;
    upload.attach_to(document, AttachToIncomingDocument, load).await
}

/// List the attachments of an incoming document
///
/// The files that are attached to an entry of the incoming register now, in the order in which they were. Whoever sees the
/// entry sees them.
#[utoipa::path(tag = "Documents", operation_id = "listIncomingDocumentAttachments",
    params(IncomingDocumentPath, AttachmentQuery),
    responses((status = 200, description = "A page of attachments, the first that was attached first.", body = AttachmentPage)))]
#[get("/incoming-documents/{incomingDocumentId}/attachments")]
async fn list_incoming_document_attachments(
    state: Data<State>,
    caller: Caller,
    path: PathOf<IncomingDocumentPath>,
    query: QueryOf<AttachmentQuery>,
) -> Result<Listed<AttachmentPage>, Problem> {
    let document = path.0.incoming_document_id.id();
    let url = format!("/v1/incoming-documents/{document}/attachments");
    let list = listed(&url, &query.0, Owner::IncomingDocument(document));
    let language = caller.language;
    let view = async |reader: &Reader| {
        reader.sees::<IncomingDocument>(document).await?;
        Ok(AttachmentView::in_list(language))
    };
    list.answer(&state, &caller, view).await
}
