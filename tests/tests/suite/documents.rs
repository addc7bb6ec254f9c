//! The registers of documents: series of numbers, and what was issued.

use serde_json::{Value, json};
use thidua_tests::{Reply, TestApp};

use crate::stage;

mod acts;
pub(crate) mod incoming;
mod numbering;
mod outgoing;
mod relations;
mod series;

/// A series for the official letters of the committee, which the cast has none for.
pub(crate) async fn letters(app: &TestApp, numbering: &str) -> Value {
    json!({
        "issuerUnitId": stage::unit(app, "UBND").await, "documentType": "OFFICIAL_LETTER", "numbering": numbering,
        "startDate": "2025-07-01",
    })
}

/// The same, recorded.
pub(crate) async fn series_of_letters(app: &TestApp, numbering: &str) -> Reply {
    app.persona("office").create("/document-series", letters(app, numbering).await).await.created()
}

/// From now on the system gives the numbers of plans.
pub(crate) async fn own_plans(app: &TestApp) -> Reply {
    let office = app.persona("office");
    let listed = office.get("/document-series?limit=100").await.ok();
    let plans = listed.body["items"].as_array().unwrap().iter().find(|one| one["documentType"] == "PLAN").unwrap();
    let plans = office.get(&format!("/document-series/{}", plans["id"].as_str().unwrap())).await.ok();
    let reason = json!({"reason": "Chuyển sang hệ thống cấp số."});
    office.command_with(&format!("/document-series/{}/retire", plans.id()), &plans, reason).await.ok();
    let mut own = letters(app, "OWN").await;
    own["documentType"] = json!("PLAN");
    office.create("/document-series", own).await.created()
}

/// A plan of its own that is signed and waits for its number.
pub(crate) async fn signed_plan(app: &TestApp, code: &str) -> Reply {
    let submitted = submitted_plan(app, code).await;
    app.persona("chair").command(&format!("/campaigns/{}/sign", submitted.id()), &submitted).await.ok()
}

/// A plan of its own that lies before the chairman.
pub(crate) async fn submitted_plan(app: &TestApp, code: &str) -> Reply {
    let new = json!({
        "code": code, "issuerUnitId": stage::unit(app, "UBND").await,
        "coordinatingUnitId": stage::unit(app, "VHXH").await, "plan": stage::plan(),
    });
    let draft = app.persona("coordinator").create("/campaigns", new).await.created();
    app.persona("coordinator").command(&format!("/campaigns/{}/submit", draft.id()), &draft).await.ok()
}

/// The clerk numbers a signed plan.
pub(crate) async fn issue(app: &TestApp, signed: &Reply, numbering: Value) -> Reply {
    app.persona("clerk").command_with(&format!("/campaigns/{}/issue", signed.id()), signed, numbering).await
}

/// What is typed where the book is kept elsewhere.
pub(crate) fn typed(number: u32, day: &str) -> Value {
    json!({"number": number, "issueDate": day})
}

/// The document that something was issued as, as the clerk reads it.
pub(crate) async fn of(app: &TestApp, issued: &Reply) -> Reply {
    let id = issued.body["document"]["documentId"].as_str().unwrap();
    app.persona("clerk").get(&format!("/documents/{id}")).await.ok()
}

/// The same, sealed.
pub(crate) async fn sealed(app: &TestApp, issued: &Reply) -> Reply {
    let document = of(app, issued).await;
    let path = format!("/documents/{}/seal", document.id());
    app.persona("clerk").command_with(&path, &document, json!({"manner": "SEAL"})).await.ok()
}

/// An official letter of the committee that was signed today, with what a test wants otherwise.
pub(crate) async fn letter(app: &TestApp, change: Value) -> Value {
    let mut letter = json!({
        "issuerUnitId": stage::unit(app, "UBND").await, "documentType": "OFFICIAL_LETTER",
        "draftingUnitId": stage::unit(app, "VHXH").await, "subject": "Đính chính kế hoạch",
        "signature": {"capacity": "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "name": "Trần Quốc Mẫu", "signedDate": app.today()},
    });
    letter.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    letter
}

/// What the clerk sends off: sealed and dispatched.
pub(crate) async fn dispatched(app: &TestApp, registered: &Reply) -> Reply {
    let (clerk, path) = (app.persona("clerk"), format!("/documents/{}", registered.id()));
    let read = clerk.get(&path).await.ok();
    let sealed = clerk.command_with(&format!("{path}/seal"), &read, json!({"manner": "SEAL"})).await.ok();
    clerk.command(&format!("{path}/dispatch"), &sealed).await.ok()
}
