//! What the clerk does with a document that is numbered: seals it, sends it off.

use actix_web::{post, web::Data};
use thidua_domain::document::{DispatchDocument, Document, SealDocument};
use thidua_persistence::{Fence, Tx};

use super::{DocumentPath, body::SealingBody, view::DocumentView};
use crate::{
    command::command,
    input::{Body, Caller, IfMatch, PathOf},
    problem::Problem,
    reply::Versioned,
    state::State,
};

/// Seal a document
///
/// Records that the agency stands for the document, with its seal or with its digital signature. The system seals nothing
/// itself. The paper of a consolidated report can leave the house only then.
#[utoipa::path(tag = "Documents", operation_id = "sealDocument", params(DocumentPath), request_body = SealingBody,
    responses((status = 200, description = "The document is sealed and can leave the house.", body = DocumentView)))]
#[post("/documents/{documentId}/seal")]
pub(super) async fn seal_document(
    state: Data<State>,
    caller: Caller,
    path: PathOf<DocumentPath>,
    body: Body<SealingBody>,
    expected: IfMatch,
) -> Result<Versioned<DocumentView>, Problem> {
    let id = path.0.document_id.id();
    // Whose paper it is never changes, so that its campaign's lock can be taken before anything is read for the change.
    let report = state.store.read(&caller.call).await?.object::<Document>(id).await?.consolidated_report;
    let manner = body.0.manner.into();
    let seal = async move |tx: &Tx, _: &Document| {
        let report = match report {
            Some(report) => Some(tx.load(report).await?),
            None => None,
        };
        Ok(SealDocument { manner, report })
    };
    let fence = report.map_or(Fence::None, Fence::campaign);
    let saved = command(&state.store, &caller, fence, id, expected.0, seal).await?;
    let body = DocumentView::of(&saved.object, &saved.actor, saved.now, caller.language);
    Ok(Versioned::changed(&saved, &caller, body))
}

/// Dispatch a document
///
/// Records that a sealed document was sent off. Later than the next working day after it was signed is late, and stays marked
/// so (NĐ 30/2020, article 18.1). The paper of a consolidated report leaves with the report.
#[utoipa::path(tag = "Documents", operation_id = "dispatchDocument", params(DocumentPath),
    responses((status = 200, description = "The document has left the house.", body = DocumentView)))]
#[post("/documents/{documentId}/dispatch")]
pub(super) async fn dispatch_document(
    state: Data<State>,
    caller: Caller,
    path: PathOf<DocumentPath>,
    expected: IfMatch,
) -> Result<Versioned<DocumentView>, Problem> {
    let id = path.0.document_id.id();
    let dispatch = async |_: &_, _: &Document| Ok(DispatchDocument);
    let saved = command(&state.store, &caller, Fence::None, id, expected.0, dispatch).await?;
    let body = DocumentView::of(&saved.object, &saved.actor, saved.now, caller.language);
    Ok(Versioned::changed(&saved, &caller, body))
}
