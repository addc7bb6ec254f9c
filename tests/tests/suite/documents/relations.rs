//! What later documents do to earlier ones: each shows the other, and the earlier one never changes.

use serde_json::{Value, json};
use thidua_tests::{Reply, TestApp};

use super::{issue, letter, of, sealed, series_of_letters, signed_plan, typed};
use crate::stage;

const NOTHING: &str = "0198f1c2-0000-7000-8000-000000000000";

fn relation(kind: &str, document: &Reply) -> Value {
    json!({"kind": kind, "documentId": document.id(), "reason": "Ghi sai thể thức."})
}

/// A plan of the committee that was issued today, as a document.
async fn plan(app: &TestApp, code: &str, number: u32) -> Reply {
    let signed = signed_plan(app, code).await;
    of(app, &issue(app, &signed, typed(number, &app.today())).await.ok()).await
}

async fn registered(app: &TestApp, change: Value) -> Reply {
    app.persona("clerk").create("/documents", letter(app, change).await).await
}

/// What was issued, without what became of it.
fn entry(document: &Reply) -> Value {
    let mut entry = document.body.clone();
    for member in ["version", "updatedAt", "affectedBy", "actions"] {
        entry.as_object_mut().unwrap().remove(member);
    }
    entry
}

#[tokio::test]
async fn a_letter_puts_the_form_of_a_document_right_and_both_show_it() {
    let app = TestApp::start_at("2025-09-15").await;
    series_of_letters(&app, "OWN").await;
    let plan = plan(&app, "ke-hoach", 7).await;
    let correction = registered(&app, json!({"relations": [relation("CORRECTS", &plan)]})).await.created();
    assert_eq!(correction.text("symbol"), "01/UBND-VHXH");
    assert_eq!(correction.body["paperSignature"]["name"], "Trần Quốc Mẫu");
    let [shown] = correction.body["relations"].as_array().unwrap().as_slice() else { panic!("one relation") };
    assert_eq!((shown["kindLabel"].as_str(), shown["symbol"].as_str()), (Some("Đính chính"), Some("07/KH-UBND")));

    let after = app.persona("clerk").get(&format!("/documents/{}", plan.id())).await.ok();
    let [shown] = after.body["affectedBy"].as_array().unwrap().as_slice() else { panic!("one relation") };
    assert_eq!((&shown["documentId"], shown["symbol"].as_str()), (&correction.body["id"], Some("01/UBND-VHXH")));
    assert_eq!(shown["reason"], "Ghi sai thể thức.");
    assert_eq!(entry(&after), entry(&plan), "what was issued stays as it is");
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn what_was_called_back_goes_nowhere_and_only_a_replacement_takes_its_place() {
    let app = TestApp::start_at("2025-09-15").await;
    series_of_letters(&app, "OWN").await;
    let issued = stage::issued(&app).await;
    let plan = sealed(&app, &issued).await;
    registered(&app, json!({"relations": [relation("RECALLS", &plan)]})).await.created();
    let plan = of(&app, &issued).await;
    let clerk = app.persona("clerk");
    let sent = clerk.command(&format!("/documents/{}/dispatch", plan.id()), &plan).await.refused(409);
    assert_eq!(sent.code(), "document.recalled");
    assert_eq!(plan.obstacle("dispatchDocument"), Some("document.recalled"));

    let again = registered(&app, json!({"relations": [relation("RECALLS", &plan)]})).await.refused(422);
    assert_eq!(again.faults(), ["/relations/0/documentId relation.toWithdrawn"]);
    let new = json!({"documentType": "PLAN", "number": 146, "issueDate": "2025-09-15", "subject": "Kế hoạch thay thế",
                     "relations": [relation("REPLACES", &plan)]});
    let replacement = registered(&app, new).await.created();
    assert_eq!(replacement.text("symbol"), "146/KH-UBND");
    let kinds: Vec<_> = of(&app, &issued).await.body["affectedBy"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["kind"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(kinds, ["RECALLS", "REPLACES"]);
}

#[tokio::test]
async fn what_was_replaced_before_it_left_does_not_leave_any_more() {
    let app = TestApp::start_at("2025-09-15").await;
    let issued = stage::issued(&app).await;
    let plan = sealed(&app, &issued).await;
    let new = json!({"documentType": "PLAN", "number": 146, "issueDate": "2025-09-15", "subject": "Kế hoạch thay thế",
                     "relations": [relation("REPLACES", &plan)]});
    registered(&app, new).await.created();
    let plan = of(&app, &issued).await;
    assert_eq!(plan.obstacle("dispatchDocument"), Some("document.replaced"));
    let dispatch = format!("/documents/{}/dispatch", plan.id());
    let refused = app.persona("clerk").command(&dispatch, &plan).await.refused(409);
    assert_eq!(refused.code(), "document.replaced");
}

#[tokio::test]
async fn a_relation_that_the_law_does_not_know_is_refused_and_nothing_is_written() {
    let app = TestApp::start_at("2025-09-15").await;
    series_of_letters(&app, "OWN").await;
    let plan = plan(&app, "ke-hoach", 7).await;
    let office = stage::unit(&app, "VP").await;
    let before = app.events().await;
    let decision = json!({"documentType": "DECISION", "relations": [relation("REPLACES", &plan)]});
    let by_plan = json!({"documentType": "PLAN", "number": 8, "issueDate": "2025-09-15",
                         "relations": [relation("CORRECTS", &plan)]});
    let mut unknown = relation("CORRECTS", &plan);
    unknown["documentId"] = json!(NOTHING);
    let twice = json!([relation("CORRECTS", &plan), relation("RECALLS", &plan)]);
    let signature = json!({"capacity": "CHỦ TỊCH", "name": "Trần Quốc Mẫu", "signedDate": "2025-09-16"});
    let other = json!({"issuerUnitId": office, "documentType": "REPORT", "number": 1, "issueDate": "2025-09-15",
                       "relations": [relation("RECALLS", &plan)]});
    for (change, fault) in [
        (decision, "/relations/0/kind relation.byOtherType"),
        (by_plan, "/relations/0/kind relation.byOtherType"),
        (json!({"relations": [relation("AMENDS", &plan)]}), "/relations/0/kind relation.byOtherType"),
        (json!({"relations": [unknown]}), "/relations/0/documentId reference.unknown"),
        (json!({"relations": twice}), "/relations/1/documentId list.duplicate"),
        (other, "/relations/0/documentId relation.otherIssuer"),
        (json!({"signature": signature}), "/signature/signedDate date.inFuture"),
        (json!({"draftingUnitId": NOTHING}), "/draftingUnitId reference.unknown"),
        (json!({"number": 5}), "/number document.givenBySystem"),
    ] {
        assert_eq!(registered(&app, change).await.refused(422).faults(), [fault]);
    }
    let mut without = letter(&app, json!({})).await;
    without.as_object_mut().unwrap().remove("draftingUnitId");
    let refused = app.persona("clerk").create("/documents", without).await.refused(422);
    assert_eq!(refused.faults(), ["/draftingUnitId field.missing"]);
    let many: Vec<_> = (0..11).map(|_| relation("CORRECTS", &plan)).collect();
    assert_eq!(
        registered(&app, json!({"relations": many})).await.refused(400).faults(),
        ["/relations field.outOfBounds"]
    );
    registered(&app, json!({"relations": [{"kind": "CORRECTS", "documentId": plan.id()}]})).await.refused(400);
    assert_eq!(app.events().await, before);
}
