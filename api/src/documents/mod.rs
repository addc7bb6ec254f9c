//! The registers of documents: what was issued, by issuer, series and year, and the series in which it is numbered.

use actix_web::{get, web::Data};
use serde::Deserialize;
use thidua_domain::document::Document;
use thidua_persistence::{DocumentFilter, Reader};
use utoipa::IntoParams;

use crate::{
    app::Entries,
    input::{Caller, DocumentKey, PathOf, QueryOf},
    list::{List, Listed},
    problem::Problem,
    reply::Versioned,
    state::State,
};

mod acts;
mod body;
mod book;
mod kind;
mod registering;
mod relation;
mod series;
mod table;
mod view;

use body::DocumentQuery;
use view::{DocumentPage, DocumentView};

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config
        .service(list_documents)
        .service(registering::register_document)
        .service(read_document)
        .service(acts::seal_document)
        .service(acts::dispatch_document)
        .service(book::read_outgoing_book)
        .service(book::read_incoming_book);
    series::configure(config);
}

/// Where one document is.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(crate) struct DocumentPath {
    /// Identifies the document.
    pub(crate) document_id: DocumentKey,
}

/// List the outgoing register
///
/// What was issued (sổ đăng ký văn bản đi), by year and number. The book of one issuer, series and year is this list with
/// `issuerUnitId`, `documentSeriesId` or `documentType`, and `year`.
#[utoipa::path(tag = "Documents", operation_id = "listDocuments", params(DocumentQuery),
    responses((status = 200, description = "A page of the register, by year and number.", body = DocumentPage)))]
#[get("/documents")]
async fn list_documents(
    state: Data<State>,
    caller: Caller,
    query: QueryOf<DocumentQuery>,
) -> Result<Listed<DocumentPage>, Problem> {
    // What is overdue is asked by the same clock that the items are shown by.
    let now = state.store.read(&caller.call).await?.now;
    let (filter, order) = (query.0.filter(now), DocumentFilter::ORDER);
    let list = List { url: "/v1/documents", query: &query.0, filter, order };
    let language = caller.language;
    let view = async |reader: &Reader| {
        let actor = reader.actor.clone();
        Ok(move |document| DocumentView::listed(&document, &actor, now, language))
    };
    list.answer(&state, &caller, view).await
}

/// Read a document
///
/// The entry of the outgoing register: number, symbol, day, subject, who signed; whether it is sealed and has left the house, in
/// time or late; and what later documents did to it.
#[utoipa::path(tag = "Documents", operation_id = "readDocument", params(DocumentPath),
    responses((status = 200, description = "The document as it was issued.", body = DocumentView)))]
#[get("/documents/{documentId}")]
async fn read_document(
    state: Data<State>,
    caller: Caller,
    path: PathOf<DocumentPath>,
) -> Result<Versioned<DocumentView>, Problem> {
    let reader = state.store.read(&caller.call).await?;
    let document: Document = reader.object(path.0.document_id.id()).await?;
    let body = DocumentView::of(&document, &reader.actor, reader.now, caller.language);
    Ok(Versioned::read(body, document.root.version, caller.language))
}
