//! The books of the registers, to be printed and bound.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use serde::{Deserialize, Serialize};
use thidua_documents::{
    Paper,
    papers::{Volume, incoming_book, outgoing_book},
};
use thidua_domain::{
    change::Aggregate as _,
    document::Document,
    incoming::IncomingDocument,
    refusal::{Code, Refusal},
    unit::{Unit, UnitId},
};
use thidua_persistence::{
    DocumentFilter, IncomingDocumentFilter, Reader, StoreError,
    facts::{
        documents::{self as facts, Between},
        papers,
    },
};
use utoipa::IntoParams;
use validator::Validate;

use crate::{
    attachments::FileBytes,
    input::{Caller, DateOnly, DocumentSeriesKey, PathOf, QueryOf, Whole, present},
    language::Language,
    printing::{self, PaperFormat},
    problem::Problem,
    state::State,
    units::UnitPath,
};

/// Which part of which book, and in which form.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct BookQuery {
    /// The form, by the ending of its files: `docx` to be edited, `pdf` to be printed, `xlsx` to be reckoned with.
    #[param(inline, example = "pdf")]
    format: PaperFormat,
    /// The year of the book: each year begins with 1.
    #[param(example = 2025)]
    year: Whole<2000, 2099>,
    /// Only what was issued, or arrived, on this day or later.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false, example = "2025-07-01")]
    from_date: Option<DateOnly>,
    /// Only what was issued, or arrived, on this day or before.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false, example = "2025-12-31")]
    to_date: Option<DateOnly>,
}

/// Of which series the book is, where the issuer keeps several.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct OutgoingBookQuery {
    /// The form, by the ending of its files: `docx` to be edited, `pdf` to be printed, `xlsx` to be reckoned with.
    #[param(inline, example = "pdf")]
    format: PaperFormat,
    /// The year of the book: each year begins with 1.
    #[param(example = 2025)]
    year: Whole<2000, 2099>,
    /// Only what was numbered in this series, where the issuer keeps a book for each.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false)]
    document_series_id: Option<DocumentSeriesKey>,
    /// Only what was issued on this day or later.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false, example = "2025-07-01")]
    from_date: Option<DateOnly>,
    /// Only what was issued on this day or before.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false, example = "2025-12-31")]
    to_date: Option<DateOnly>,
}

/// Print the outgoing book
///
/// The outgoing register of a unit and a year with the ten columns of the prescribed book (sổ đăng ký văn bản đi), to be printed
/// and bound (NĐ 30/2020, article 16.2, appendix IV), 5,000 entries at most. What only a pen can say stays blank, and so do
/// recipients and copies where the register does not say them: of a consolidated report its dispatch says where it went. Each
/// caller sees in it what `listDocuments` answers; where that is not everything, it says under its title that it is an extract.
/// It is in Vietnamese, whatever `Accept-Language` says.
#[utoipa::path(tag = "Documents", operation_id = "readOutgoingBook", params(UnitPath, OutgoingBookQuery),
    responses((status = 200, description = "The book, to be saved under the name that it comes with.", content(
        (FileBytes = "application/pdf"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))),
        (status = 422, description = "More entries than a volume holds.")))]
#[get("/units/{unitId}/outgoing-book")]
pub(super) async fn read_outgoing_book(
    state: Data<State>,
    caller: Caller,
    path: PathOf<UnitPath>,
    query: QueryOf<OutgoingBookQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (unit, asked) = (path.0.unit_id.id(), query.0);
    let book = state.store.read_snapshot(&caller.call, async |reader| outgoing(reader, unit, asked).await);
    bound(&state, &request, book.await, asked.format).await
}

async fn outgoing(reader: &Reader, unit: UnitId, asked: OutgoingBookQuery) -> Result<Paper, StoreError> {
    reader.sees::<Unit>(unit).await?;
    let filter = DocumentFilter {
        issuer: Some(unit),
        series: asked.document_series_id.map(DocumentSeriesKey::id),
        year: Some(asked.year.get()),
        ..DocumentFilter::default()
    };
    let days = between(asked.from_date, asked.to_date);
    let entries = facts::outgoing_book(reader, &filter, days).await?.ok_or_else(too_long)?;
    let named = entries.iter().filter_map(|document| document.drafter);
    let units = papers::named(reader, named.chain([unit])).await?;
    let whole = Document::visibility(&reader.actor).whole();
    let volume = Volume { keeper: unit, year: asked.year.get(), units: &units, now: reader.now, whole };
    Ok(outgoing_book(volume, &entries, |kind| Language::Vi.label("documentType", kind.as_str())))
}

/// Print the incoming book
///
/// The incoming register of a unit and a year with the ten columns of the prescribed book (sổ đăng ký văn bản đến), to be printed,
/// signed for and bound (NĐ 30/2020, article 22.3, appendix IV), 5,000 entries at most. To whom an entry was handed on stays blank,
/// since that is written and signed for by hand. Each caller sees in it what `listIncomingDocuments` answers; where that is not
/// everything, it says under its title that it is an extract. It is in Vietnamese, whatever `Accept-Language` says.
#[utoipa::path(tag = "Documents", operation_id = "readIncomingBook", params(UnitPath, BookQuery),
    responses((status = 200, description = "The book, to be saved under the name that it comes with.", content(
        (FileBytes = "application/pdf"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))),
        (status = 422, description = "More entries than a volume holds.")))]
#[get("/units/{unitId}/incoming-book")]
pub(super) async fn read_incoming_book(
    state: Data<State>,
    caller: Caller,
    path: PathOf<UnitPath>,
    query: QueryOf<BookQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (unit, asked) = (path.0.unit_id.id(), query.0);
    let book = state.store.read_snapshot(&caller.call, async |reader| incoming(reader, unit, asked).await);
    bound(&state, &request, book.await, asked.format).await
}

async fn incoming(reader: &Reader, unit: UnitId, asked: BookQuery) -> Result<Paper, StoreError> {
    reader.sees::<Unit>(unit).await?;
    let filter = IncomingDocumentFilter {
        receiver: Some(unit),
        year: Some(asked.year.get()),
        ..IncomingDocumentFilter::default()
    };
    let days = between(asked.from_date, asked.to_date);
    let entries = facts::incoming_book(reader, &filter, days).await?.ok_or_else(too_long)?;
    let units = papers::named(reader, [unit]).await?;
    let whole = IncomingDocument::visibility(&reader.actor).whole();
    let volume = Volume { keeper: unit, year: asked.year.get(), units: &units, now: reader.now, whole };
    Ok(incoming_book(volume, &entries))
}

/// The book in the form that was asked for. It has no version of its own: what it shows is in the hash.
async fn bound(
    state: &State,
    request: &HttpRequest,
    book: Result<Paper, StoreError>,
    format: PaperFormat,
) -> Result<HttpResponse, Problem> {
    let book = book.map_err(|error| Problem::from(error).with_parameters())?;
    printing::print(state, request, book, 1, format.form()).await
}

fn between(first: Option<DateOnly>, last: Option<DateOnly>) -> Between {
    Between { first: first.map(|day| day.0), last: last.map(|day| day.0) }
}

/// More than one volume: a narrower span of days is what there is to ask for.
fn too_long() -> StoreError {
    Refusal::field("/fromDate", Code::ListTooLong).into()
}
