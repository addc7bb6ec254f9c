//! Documents that were signed outside this system: letters, decisions, and what they do to earlier documents.

use actix_web::{post, web::Data};
use thidua_domain::{
    campaign::Campaign,
    document::{Intent, RegisterDocument},
    policy::Directory,
    refusal::{Code, Refusal},
    unit::Unit,
};
use thidua_persistence::{Fence, StoreError, Tx, facts::documents as facts};

use super::{body::DocumentNew, view::DocumentView};
use crate::{
    input::{Body, Caller, DocumentKey, Str, Whole},
    problem::{Problem, absent_at},
    reply::Versioned,
    state::State,
};

/// Register a document
///
/// Enters a document that was drafted and signed outside this system into the outgoing register, such as an official letter. It is
/// numbered as its series says. It can concern earlier documents of the same issuer: an official letter puts their form right
/// (công văn đính chính), a document of the same type amends or replaces them, either calls them back (NĐ 30/2020, article
/// 18). What was issued stays as it is, and shows what was done to it.
#[utoipa::path(tag = "Documents", operation_id = "registerDocument", request_body = DocumentNew,
    responses((status = 201, description = "The entry with its number.", body = DocumentView)))]
#[post("/documents")]
pub(super) async fn register_document(
    state: Data<State>,
    caller: Caller,
    body: Body<DocumentNew>,
) -> Result<Versioned<DocumentView>, Problem> {
    let new = body.0;
    let saved = state.store.write(caller.call.clone(), caller.claim.clone(), Fence::Directory, async move |tx| {
        let permitted = tx.permit_new::<RegisterDocument, _>(Directory)?;
        let issuer: Unit =
            tx.look_up(new.issuer_unit_id.id()).await.map_err(|error| absent_at(error, "/issuerUnitId"))?;
        let drafter: Option<Unit> = match new.drafting_unit_id {
            Some(unit) => Some(tx.look_up(unit.id()).await.map_err(|error| absent_at(error, "/draftingUnitId"))?),
            None => None,
        };
        if let Some(campaign) = new.campaign_id {
            tx.look_up::<Campaign>(campaign.id()).await.map_err(|error| absent_at(error, "/campaignId"))?;
        }
        let relations = earlier(tx, &new).await?;
        let signature = new.signature.signature();
        let typed = new.numbering();
        let numbering = typed.numbering(tx, issuer.root.id, new.document_type.0, signature.signed_on).await?;
        let register = RegisterDocument {
            issuer,
            drafter,
            campaign: new.campaign_id.map(|campaign| campaign.id()),
            document_type: new.document_type.0,
            subject: new.subject.clone().into_text(),
            recipients: new.recipients.iter().cloned().map(Str::into_text).collect(),
            copies: new.copies.map(Whole::get),
            signature,
            numbering,
            relations,
        };
        tx.carry_out(permitted, register).await
    });
    let saved = saved.await?;
    let body = DocumentView::of(&saved.object, &saved.actor, saved.now, caller.language);
    Ok(Versioned::created(&saved, &caller, "documents", body))
}

/// The documents that it concerns, locked; the register is seen as a whole by whoever writes it.
async fn earlier(tx: &Tx, new: &DocumentNew) -> Result<Vec<Intent>, StoreError> {
    if new.relations.is_empty() {
        return Ok(Vec::new());
    }
    let ids = new.relations.iter().map(|relation| relation.document_id).map(DocumentKey::id);
    let found = facts::earlier(tx, ids).await?;
    let intent = |(index, relation): (usize, &super::relation::RelationNew)| {
        let earlier = found.iter().find(|document| document.root.id == relation.document_id.id());
        let unknown = || Refusal::field(&format!("/relations/{index}/documentId"), Code::UnknownReference);
        let earlier = earlier.cloned().ok_or_else(unknown)?;
        Ok(Intent { kind: relation.kind.into(), earlier, reason: Some(relation.reason.clone().into_text()) })
    };
    new.relations.iter().enumerate().map(intent).collect()
}
