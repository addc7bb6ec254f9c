//! Series of numbers, as the head of each agency sets them.

use actix_web::{get, post, web::Data};
use serde::Deserialize;
use thidua_domain::{
    document::{CreateDocumentSeries, DocumentSeries, RetireDocumentSeries},
    policy::Directory,
};
use thidua_persistence::{DocumentSeriesFilter, Fence, Reader, page::SortOrder};
use utoipa::IntoParams;

use crate::{
    app::Entries,
    command::command,
    input::{Body, Caller, DocumentSeriesKey, IfMatch, PathOf, QueryOf, UnitKey},
    list::{List, Listed},
    papers::ReasonBody,
    problem::{Problem, absent_at},
    reply::Versioned,
    state::State,
};

mod body;
mod table;

use body::{DocumentSeriesNew, DocumentSeriesPage, DocumentSeriesQuery, DocumentSeriesView};

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config
        .service(list_document_series)
        .service(create_document_series)
        .service(read_document_series)
        .service(retire_document_series);
}

/// Where one series is.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(crate) struct DocumentSeriesPath {
    /// Identifies the series.
    document_series_id: DocumentSeriesKey,
}

/// List series
///
/// The series in which documents are numbered, and those that were retired, in the order in which they were recorded.
#[utoipa::path(tag = "Documents", operation_id = "listDocumentSeries", params(DocumentSeriesQuery),
    responses((status = 200, description = "A page of series, the first that was recorded first.", body = DocumentSeriesPage)))]
#[get("/document-series")]
async fn list_document_series(
    state: Data<State>,
    caller: Caller,
    query: QueryOf<DocumentSeriesQuery>,
) -> Result<Listed<DocumentSeriesPage>, Problem> {
    let filter = DocumentSeriesFilter {
        issuer: query.0.issuer_unit_id.map(UnitKey::id),
        stages: query.0.stage.iter().map(|stage| stage.as_str()).collect(),
    };
    let order = SortOrder { key: None, descending: false };
    let list = List { url: "/v1/document-series", query: &query.0, filter, order };
    let language = caller.language;
    let view = async |_: &Reader| Ok(move |one| DocumentSeriesView::listed(&one, language));
    list.answer(&state, &caller, view).await
}

/// Create a series
///
/// Records how documents of an issuer are numbered, as its head sets it (NĐ 30/2020, article 15): of one type, or of all that
/// have no series of their own; by the system, without a gap, or by the clerk, where the book is kept elsewhere. One series of
/// an issuer and a type is in force at most.
#[utoipa::path(tag = "Documents", operation_id = "createDocumentSeries", request_body = DocumentSeriesNew,
    responses((status = 201, description = "Documents are numbered in it from now on.", body = DocumentSeriesView)))]
#[post("/document-series")]
async fn create_document_series(
    state: Data<State>,
    caller: Caller,
    body: Body<DocumentSeriesNew>,
) -> Result<Versioned<DocumentSeriesView>, Problem> {
    let new = body.0;
    let saved = state.store.write(caller.call.clone(), caller.claim.clone(), Fence::Directory, async move |tx| {
        let permitted = tx.permit_new::<CreateDocumentSeries, _>(Directory)?;
        let issuer = tx.look_up(new.issuer_unit_id.id()).await.map_err(|error| absent_at(error, "/issuerUnitId"))?;
        tx.carry_out(permitted, new.command(issuer)).await
    });
    let saved = saved.await?;
    let body = DocumentSeriesView::of(&saved.object, &saved.actor, caller.language);
    Ok(Versioned::created(&saved, &caller, "document-series", body))
}

/// Read a series
///
/// Whose documents are numbered in it, who gives the numbers, and what sets it.
#[utoipa::path(tag = "Documents", operation_id = "readDocumentSeries", params(DocumentSeriesPath),
    responses((status = 200, description = "The series with its stage.", body = DocumentSeriesView)))]
#[get("/document-series/{documentSeriesId}")]
async fn read_document_series(
    state: Data<State>,
    caller: Caller,
    path: PathOf<DocumentSeriesPath>,
) -> Result<Versioned<DocumentSeriesView>, Problem> {
    let reader = state.store.read(&caller.call).await?;
    let series: DocumentSeries = reader.object(path.0.document_series_id.id()).await?;
    let body = DocumentSeriesView::of(&series, &reader.actor, caller.language);
    Ok(Versioned::read(body, series.root.version, caller.language))
}

/// Retire a series
///
/// Nothing is numbered in it any more; its numbers stay used. Another series can take its place.
#[utoipa::path(tag = "Documents", operation_id = "retireDocumentSeries", params(DocumentSeriesPath), request_body = ReasonBody,
    responses((status = 200, description = "The series is retired.", body = DocumentSeriesView)))]
#[post("/document-series/{documentSeriesId}/retire")]
async fn retire_document_series(
    state: Data<State>,
    caller: Caller,
    path: PathOf<DocumentSeriesPath>,
    body: Body<ReasonBody>,
    expected: IfMatch,
) -> Result<Versioned<DocumentSeriesView>, Problem> {
    let id = path.0.document_series_id.id();
    let reason = body.0.reason.into_text();
    let retire = async move |_: &_, _: &DocumentSeries| Ok(RetireDocumentSeries { reason: reason.clone() });
    let saved = command(&state.store, &caller, Fence::None, id, expected.0, retire).await?;
    Ok(Versioned::changed(&saved, &caller, DocumentSeriesView::of(&saved.object, &saved.actor, caller.language)))
}
