//! Evidence: files attached to reports, received piece by piece, seen and downloaded where the report is seen.

use std::{cell::RefCell, rc::Rc};

use actix_web::{
    HttpRequest, get, post,
    web::{Data, Payload},
};
use serde::Deserialize;
use thidua_domain::{
    attachment::{AttachToReport, Attached, Attachment, Checksum, ContentId, RemoveAttachment, Stage},
    id::Id,
    policy,
    report::{Report, ReportId},
};
use thidua_persistence::{AttachmentFilter, Claim, Fence, Reader, Saved, StoreError, page::SortOrder};
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
mod table;

use body::{AttachmentPage, AttachmentQuery, AttachmentView, UploadQuery};
pub(crate) use body::{EnclosureView, FileBytes};
pub(crate) use digest::as_digest;
use digest::content_digest;

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config.service(attach_to_report).service(list_attachments).service(read_attachment).service(remove_attachment);
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
/// Attaches a file to a report that is a draft or was given back. The body is the bytes of the file and nothing else. What
/// it is, is told by its content: PDF, DOCX and XLSX without macros, JPEG, PNG, and plain text in UTF-8, which the name may
/// call a table (CSV). The name must fit the content. A file has 25 MiB at most, unless the service is set up otherwise;
/// a report has at most 20. The report gets a new version, and each of its versions names what is attached with its
/// checksum. No copies of identity papers.
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
    let (report, name) = (path.0.report_id.id(), query.0.name.into_name());
    let digest = content_digest(request.headers())?;
    may_attach(&state, &caller, report).await?;
    let content: ContentId = Id::new(state.store.ids().fresh());
    let received = state.files.receive(content, body, digest).await?;
    let kind = match state.files.look_into(content, received.size).await {
        Ok(kind) => kind,
        Err(problem) => {
            state.files.give_up(content).await;
            return Err(problem);
        }
    };
    let claim = caller.claim_with(&received.sha256);
    let sha256 = Checksum::of(&received.sha256);
    let attach = AttachToReport { name, kind, size: received.size, sha256, content };
    // In a task of its own: whoever goes away now must not keep what is committed from keeping its bytes.
    let done = actix_web::rt::spawn(keep(state, caller.clone(), claim, report, attach)).await;
    let (saved, report) = done.map_err(|_| Trouble::Internal)??;
    let body = AttachmentView::of(&saved.object, &report, &saved.actor, caller.language);
    Ok(Versioned::created(&saved, &caller, "attachments", body))
}

/// Finds out before anything is received that it would be for nothing. The stage is asked afterwards: a repetition is
/// answered whatever the stage is by then.
async fn may_attach(state: &State, caller: &Caller, report: ReportId) -> Result<(), Problem> {
    let reader = state.store.read(&caller.call).await?;
    let report: Report = reader.object(report).await?;
    policy::permit::<AttachToReport, _>(&reader.actor, report)?;
    Ok(())
}

/// Writes the row that names the bytes, or gives the bytes up.
async fn keep(
    state: Data<State>,
    caller: Caller,
    claim: Option<Claim>,
    id: ReportId,
    attach: AttachToReport,
) -> Result<(Saved<Attachment>, Report), Problem> {
    let content = attach.content;
    let found: Rc<RefCell<Option<Report>>> = Rc::default();
    let here = Rc::clone(&found);
    let saved = state.store.write(caller.call.clone(), claim, Fence::under(id), async move |tx| {
        let report: Report = tx.load(id).await?;
        here.replace(Some(report.clone()));
        let permitted = tx.permit_new::<AttachToReport, _>(report)?;
        tx.carry_out(permitted, attach.clone()).await
    });
    let saved = saved.await;
    match &saved {
        // An earlier request has done it, with bytes of its own.
        Ok(saved) if saved.replayed => state.files.give_up(content).await,
        Ok(_) => {}
        // Whether it was committed is not known: the sweeper finds out.
        Err(StoreError::Unavailable(_) | StoreError::Fault(_) | StoreError::State(_)) => {}
        Err(_) => state.files.give_up(content).await,
    }
    let report = found.take().ok_or(Trouble::Internal);
    // What is wrong with the name is a fault of the query.
    saved.map_err(|error| Problem::from(error).with_parameters()).and_then(|saved| Ok((saved, report?)))
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
    let filter = AttachmentFilter { report };
    let order = SortOrder { key: None, descending: false };
    let url = format!("/v1/reports/{report}/attachments");
    let list = List { url: &url, query: &query.0, filter, order };
    let language = caller.language;
    let view = async |reader: &Reader| {
        reader.sees::<Report>(report).await?;
        Ok(move |one: Attached| AttachmentView::listed(&one.attachment, language))
    };
    list.answer(&state, &caller, view).await
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
    let Attached { attachment, report } = reader.object(path.0.attachment_id.id()).await?;
    let body = AttachmentView::of(&attachment, &report, &reader.actor, caller.language);
    Ok(Versioned::read(body, attachment.root.version, caller.language))
}

/// Remove an attachment
///
/// Takes a file away from a report that is a draft or was given back. What was handed in with the report once stays
/// readable, since the version that was signed names it; what never was is deleted. The report gets a new version.
#[utoipa::path(tag = "Reports", operation_id = "removeAttachment", params(AttachmentPath),
    responses((status = 200, description = "The file belongs to the report no more.", body = AttachmentView)))]
#[post("/attachments/{attachmentId}/remove")]
async fn remove_attachment(
    state: Data<State>,
    caller: Caller,
    path: PathOf<AttachmentPath>,
    expected: IfMatch,
) -> Result<Versioned<AttachmentView>, Problem> {
    let id = path.0.attachment_id.id();
    let found: Rc<RefCell<Option<Report>>> = Rc::default();
    let here = Rc::clone(&found);
    let saved = state.store.write(caller.call.clone(), caller.claim.clone(), Fence::under(id), async move |tx| {
        let Attached { attachment, report } = tx.load(id).await?;
        // It changes too, so that what counts is how it stands once it is locked.
        let report: Report = tx.load(report.root.id).await?;
        here.replace(Some(report.clone()));
        let permitted = tx.permit::<RemoveAttachment, _>(Attached { attachment, report }, expected.0)?;
        tx.carry_out(permitted, RemoveAttachment).await
    });
    let saved = saved.await?;
    if let Stage::Removed { kept: false, .. } = saved.object.stage {
        state.files.give_up(saved.object.content).await;
    }
    let report = found.take().ok_or(Trouble::Internal)?;
    let body = AttachmentView::of(&saved.object, &report, &saved.actor, caller.language);
    Ok(Versioned::changed(&saved, &caller, body))
}
