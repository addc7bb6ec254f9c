//! Attached files: evidence of reports and measurements, and what stands beside the registers. They are received piece by
//! piece, and seen and downloaded where what they are attached to is seen.

use std::{cell::RefCell, rc::Rc};

use actix_web::{
    HttpRequest, get, post,
    web::{Data, Payload},
};
use serde::Deserialize;
use thidua_domain::{
    attachment::{AttachToReport, Attached, Owned, Owner, Provable, RemoveAttachment, Stage},
    document::Document,
    incoming::IncomingDocument,
    report::Report,
};
use thidua_persistence::{AttachmentFilter, Fence, Reader, StoreError, Tx, facts::attachments, page::SortOrder};
use utoipa::IntoParams;

use crate::{
    app::Entries,
    input::{AttachmentKey, Caller, IfMatch, PathOf, QueryOf},
    list::{List, Listed},
    problem::{Problem, Trouble},
    reply::Versioned,
    reports::ReportPath,
    state::State,
};

mod body;
mod digest;
mod download;
mod measurement;
mod receiving;
mod registers;
mod table;

use body::{AttachmentPage, AttachmentQuery, AttachmentView, UploadQuery};
pub(crate) use body::{EnclosureView, FileBytes};
pub(crate) use digest::as_digest;
use receiving::Upload;

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config.service(attach_to_report).service(list_attachments).service(read_attachment).service(remove_attachment);
    measurement::configure(config);
    registers::configure(config);
    download::configure(config);
}

/// Where one attachment is.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(crate) struct AttachmentPath {
    /// Identifies the attachment.
    attachment_id: AttachmentKey,
}

/// Attach a file to a report
///
/// Attaches a file to a report that is a draft or was given back. The body is the bytes of the file and nothing else; they
/// are kept as they are, and nothing is taken out of them. What it is, is told by its content: PDF, DOCX, XLSX and ODT
/// without macros, JPEG, PNG, and plain text in UTF-8, which the name may call a table (CSV). The name must fit the content.
/// A file has 25 MiB at most, unless the service is set up otherwise; a report has at most 20. The report gets a new version,
/// and each of its versions names what is attached with its checksum. No copies of identity papers.
#[utoipa::path(tag = "Reports", operation_id = "attachToReport", params(ReportPath, UploadQuery),
    request_body(content = FileBytes, content_type = "application/octet-stream", description = "The bytes of the file."),
    responses((status = 201, description = "The file is attached.", body = AttachmentView)))]
#[post("/reports/{reportId}/attachments")]
async fn attach_to_report(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ReportPath>,
    query: QueryOf<UploadQuery>,
    request: HttpRequest,
    body: Payload,
) -> Result<Versioned<AttachmentView>, Problem> {
    let report = path.0.report_id.id();
    let upload = Upload { state, caller, name: query.0.name.into_name(), request: &request, body };
    upload.attach_to(report, AttachToReport, async move |tx: &Tx| tx.load::<Report>(report).await).await
}

/// List the attachments of a report
///
/// The files that are attached to a report now, in the order in which they were. Whoever sees the report sees them.
#[utoipa::path(tag = "Reports", operation_id = "listAttachments", params(ReportPath, AttachmentQuery),
    responses((status = 200, description = "A page of attachments, the first that was attached first.", body = AttachmentPage)))]
#[get("/reports/{reportId}/attachments")]
async fn list_attachments(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ReportPath>,
    query: QueryOf<AttachmentQuery>,
) -> Result<Listed<AttachmentPage>, Problem> {
    let report = path.0.report_id.id();
    let url = format!("/v1/reports/{report}/attachments");
    let list = listed(&url, &query.0, Owner::Report(report));
    let language = caller.language;
    let view = async |reader: &Reader| {
        reader.sees::<Report>(report).await?;
        Ok(AttachmentView::in_list(language))
    };
    list.answer(&state, &caller, view).await
}

/// The list of what is attached to something.
fn listed<'a>(url: &'a str, query: &'a AttachmentQuery, owner: Owner) -> List<'a, AttachmentQuery, AttachmentFilter> {
    List { url, query, filter: AttachmentFilter { owner }, order: SortOrder { key: None, descending: false } }
}

/// Read an attachment
///
/// What is known of an attached file: its name, what it is, its size and its checksum. One that was removed is still told
/// of, to those who could see it.
#[utoipa::path(tag = "Reports", operation_id = "readAttachment", params(AttachmentPath),
    responses((status = 200, description = "The attachment with its stage.", body = AttachmentView)))]
#[get("/attachments/{attachmentId}")]
async fn read_attachment(
    state: Data<State>,
    caller: Caller,
    path: PathOf<AttachmentPath>,
) -> Result<Versioned<AttachmentView>, Problem> {
    let reader = state.store.read(&caller.call).await?;
    let attached: Attached = reader.object(path.0.attachment_id.id()).await?;
    let body = AttachmentView::of(&attached, &reader.actor, caller.language);
    Ok(Versioned::read(body, attached.attachment.root.version, caller.language))
}

/// Remove an attachment
///
/// Takes a file away from a report that is a draft or was given back, or from a measurement on which no report that was
/// handed in rests. What was handed in with a report once stays readable, since the version that was signed names it, and so
/// does what was attached to a measurement; what belonged to a report that was never handed in is deleted. The report gets a
/// new version. The clerk takes the signed copy from a document that has not left the house, and a scan from an entry of the
/// incoming register; the entry gets a new version, and the file stays readable.
#[utoipa::path(tag = "Reports", operation_id = "removeAttachment", params(AttachmentPath),
    responses((status = 200, description = "The file is attached no more.", body = AttachmentView)))]
#[post("/attachments/{attachmentId}/remove")]
async fn remove_attachment(
    state: Data<State>,
    caller: Caller,
    path: PathOf<AttachmentPath>,
    expected: IfMatch,
) -> Result<Versioned<AttachmentView>, Problem> {
    let id = path.0.attachment_id.id();
    let found: Rc<RefCell<Option<Owned>>> = Rc::default();
    let here = Rc::clone(&found);
    let saved = state.store.write(caller.call.clone(), caller.claim.clone(), Fence::under(id), async move |tx| {
        let Attached { attachment, owner } = tx.load(id).await?;
        let owner = held(tx, owner).await?;
        here.replace(Some(owner.clone()));
        let permitted = tx.permit::<RemoveAttachment, _>(Attached { attachment, owner }, expected.0)?;
        tx.carry_out(permitted, RemoveAttachment).await
    });
    let saved = saved.await?;
    if let Stage::Removed { kept: false, .. } = saved.object.stage {
        state.files.give_up(saved.object.content).await;
    }
    let owner = found.take().ok_or(Trouble::Internal)?;
    let attached = Attached { attachment: saved.object.clone(), owner };
    let body = AttachmentView::of(&attached, &saved.actor, caller.language);
    Ok(Versioned::changed(&saved, &caller, body))
}

/// What a file belongs to, read once more: what counts is how it stands once it is held.
async fn held(tx: &Tx, owner: Owned) -> Result<Owned, StoreError> {
    match owner {
        Owned::Report(report) => Ok(tx.load::<Report>(report.root.id).await?.into()),
        Owned::Document(document) => Ok(tx.load::<Document>(document.root.id).await?.into()),
        Owned::IncomingDocument(document) => Ok(tx.load::<IncomingDocument>(document.root.id).await?.into()),
        Owned::Measurement(provable) => {
            let id = provable.proven.measurement.root.id;
            attachments::hold(tx, id).await?;
            Ok(tx.look_up::<Provable>(id).await?.into())
        }
    }
}
