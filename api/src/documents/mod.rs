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

mod body;
mod kind;
mod series;
mod table;

use body::{DocumentPage, DocumentQuery, DocumentView};

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config.service(list_documents).service(read_document);
    series::configure(config);
}

/// Where one document is.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(crate) struct DocumentPath {
    /// Identifies the document.
    document_id: DocumentKey,
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
    let list = List { url: "/v1/documents", query: &query.0, filter: query.0.filter(), order: DocumentFilter::ORDER };
    let language = caller.language;
    let view = async |_: &Reader| Ok(move |document| DocumentView::of(&document, language));
    list.answer(&state, &caller, view).await
}

/// Read a document
///
/// The entry of the outgoing register: number, symbol, day, subject, and who signed.
#[utoipa::path(tag = "Documents", operation_id = "readDocument", params(DocumentPath),
    responses((status = 200, description = "The document as it was issued.", body = DocumentView)))]
#[get("/documents/{documentId}")]
async fn read_document(
    state: Data<State>,
    caller: Caller,
    path: PathOf<DocumentPath>,
) -> Result<Versioned<DocumentView>, Problem> {
    let document: Document = state.store.read(&caller.call).await?.object(path.0.document_id.id()).await?;
    Ok(Versioned::read(DocumentView::of(&document, caller.language), document.root.version, caller.language))
}
