//! The incoming register: what arrived, and how an entry is put right.

use actix_web::{get, post, web::Data};
use chrono::Datelike;
use serde::Deserialize;
use thidua_domain::{
    incoming::{CorrectIncomingDocument, IncomingDocument, RecordIncomingDocument},
    policy::Directory,
    unit::{Unit, UnitId},
};
use thidua_persistence::{Fence, IncomingDocumentFilter, Reader, StoreError, Tx, facts::documents as facts};
use utoipa::IntoParams;

use crate::{
    app::Entries,
    command::command,
    input::{Body, Caller, IfMatch, IncomingDocumentKey, PathOf, QueryOf, UnitKey},
    list::{List, Listed},
    problem::{Problem, absent_at},
    reply::Versioned,
    state::State,
};

mod body;
mod table;
mod view;

use body::{IncomingDocumentCorrection, IncomingDocumentNew, IncomingDocumentQuery};
use view::{IncomingDocumentPage, IncomingDocumentView};

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config
        .service(list_incoming_documents)
        .service(record_incoming_document)
        .service(read_incoming_document)
        .service(correct_incoming_document);
}

/// Where one document that arrived is.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(crate) struct IncomingDocumentPath {
    /// Identifies the entry of the incoming register.
    pub(crate) incoming_document_id: IncomingDocumentKey,
}

/// List the incoming register
///
/// What arrived (sổ đăng ký văn bản đến), by year and number. The book of one unit and year is this list with
/// `receiverUnitId` and `year`.
#[utoipa::path(tag = "Documents", operation_id = "listIncomingDocuments", params(IncomingDocumentQuery),
    responses((status = 200, description = "A page of the register, by year and number.", body = IncomingDocumentPage)))]
#[get("/incoming-documents")]
async fn list_incoming_documents(
    state: Data<State>,
    caller: Caller,
    query: QueryOf<IncomingDocumentQuery>,
) -> Result<Listed<IncomingDocumentPage>, Problem> {
    let (filter, order) = (query.0.filter(), IncomingDocumentFilter::ORDER);
    let list = List { url: "/v1/incoming-documents", query: &query.0, filter, order };
    let view = async |_: &Reader| Ok(|document: IncomingDocument| IncomingDocumentView::listed(&document));
    list.answer(&state, &caller, view).await
}

/// Record an incoming document
///
/// Enters a document that arrived. It gets the next number (số đến) of the receiver's book in the year of its arrival, without
/// a gap, beside the symbol that its sender gave it. The same symbol and day of the same sender are entered once.
#[utoipa::path(tag = "Documents", operation_id = "recordIncomingDocument", request_body = IncomingDocumentNew,
    responses((status = 201, description = "The entry with its number.", body = IncomingDocumentView)))]
#[post("/incoming-documents")]
async fn record_incoming_document(
    state: Data<State>,
    caller: Caller,
    body: Body<IncomingDocumentNew>,
) -> Result<Versioned<IncomingDocumentView>, Problem> {
    let new = body.0;
    let saved = state.store.write(caller.call.clone(), caller.claim.clone(), Fence::Directory, async move |tx| {
        let permitted = tx.permit_new::<RecordIncomingDocument, _>(Directory)?;
        let receiver: Unit =
            tx.look_up(new.receiver_unit_id.id()).await.map_err(|error| absent_at(error, "/receiverUnitId"))?;
        let entry = new.entry(sender(tx, new.sender_unit_id).await?)?;
        let facts = facts::incoming(tx, receiver.root.id, entry.arrived_on.year(), None).await?;
        tx.carry_out(permitted, RecordIncomingDocument { receiver, entry, facts }).await
    });
    let saved = saved.await?;
    let body = IncomingDocumentView::of(&saved.object, &saved.actor);
    Ok(Versioned::created(&saved, &caller, "incoming-documents", body))
}

/// The sending unit, if there is such a one.
async fn sender(tx: &Tx, sender: Option<UnitKey>) -> Result<Option<UnitId>, StoreError> {
    let Some(sender) = sender else { return Ok(None) };
    let unit: Unit = tx.look_up(sender.id()).await.map_err(|error| absent_at(error, "/senderUnitId"))?;
    Ok(Some(unit.root.id))
}

/// Read an incoming document
///
/// The entry of the incoming register, with every act that put it right and what it said before.
#[utoipa::path(tag = "Documents", operation_id = "readIncomingDocument", params(IncomingDocumentPath),
    responses((status = 200, description = "The entry as it stands now.", body = IncomingDocumentView)))]
#[get("/incoming-documents/{incomingDocumentId}")]
async fn read_incoming_document(
    state: Data<State>,
    caller: Caller,
    path: PathOf<IncomingDocumentPath>,
) -> Result<Versioned<IncomingDocumentView>, Problem> {
    let reader = state.store.read(&caller.call).await?;
    let document: IncomingDocument = reader.object(path.0.incoming_document_id.id()).await?;
    let body = IncomingDocumentView::of(&document, &reader.actor);
    Ok(Versioned::read(body, document.root.version, caller.language))
}

/// Correct an incoming document
///
/// Puts an entry right as a whole, with the reason. What it said before stays readable; number and book never change.
#[utoipa::path(tag = "Documents", operation_id = "correctIncomingDocument", params(IncomingDocumentPath),
    request_body = IncomingDocumentCorrection,
    responses((status = 200, description = "The entry says so from now on.", body = IncomingDocumentView)))]
#[post("/incoming-documents/{incomingDocumentId}/correct")]
async fn correct_incoming_document(
    state: Data<State>,
    caller: Caller,
    path: PathOf<IncomingDocumentPath>,
    body: Body<IncomingDocumentCorrection>,
    expected: IfMatch,
) -> Result<Versioned<IncomingDocumentView>, Problem> {
    let id = path.0.incoming_document_id.id();
    let right = body.0;
    let correct = async move |tx: &Tx, document: &IncomingDocument| {
        let entry = right.entry(sender(tx, right.sender_unit_id).await?)?;
        let facts = facts::incoming(tx, document.receiver, document.year, Some(document.number)).await?;
        Ok(CorrectIncomingDocument { entry, reason: right.reason(), facts })
    };
    let saved = command(&state.store, &caller, Fence::Directory, id, expected.0, correct).await?;
    Ok(Versioned::changed(&saved, &caller, IncomingDocumentView::of(&saved.object, &saved.actor)))
}
