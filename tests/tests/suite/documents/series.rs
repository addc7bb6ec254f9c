//! Series: one of an issuer and a type is in force, and what it says never changes.

use serde_json::json;
use thidua_tests::TestApp;

use super::{issue, letters, own_plans, series_of_letters, signed_plan, typed};
use crate::stage;

#[tokio::test]
async fn a_series_is_recorded_read_and_retired_and_makes_room_for_another() {
    let app = TestApp::start_at("2025-09-15").await;
    let office = app.persona("office");
    let series = series_of_letters(&app, "ENTERED").await;
    let said = [series.text("numberingLabel"), series.text("documentTypeLabel"), series.text("stage")];
    assert_eq!(said, ["Văn thư nhập số đã cấp ở sổ khác", "Công văn", "ACTIVE"]);
    let again = office.create("/document-series", letters(&app, "OWN").await).await.refused(409);
    assert_eq!(again.code(), "documentSeries.taken");

    let path = format!("/document-series/{}", series.id());
    let reason = json!({"reason": "Theo quy chế văn thư mới."});
    let retired = office.command_with(&format!("{path}/retire"), &series, reason.clone()).await.ok();
    assert_eq!((retired.text("stage"), retired.text("retiredDate")), ("RETIRED", "2025-09-15"));
    let twice = office.command_with(&format!("{path}/retire"), &retired, reason).await.refused(409);
    assert_eq!(twice.code(), "documentSeries.retired");
    office.create("/document-series", letters(&app, "OWN").await).await.created();
    let active = office.get("/document-series?stage=ACTIVE&includeTotal=true").await.ok();
    assert_eq!(active.body["total"], 4, "three of the seed, and the letters");
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn a_series_that_cannot_be_is_refused_and_nothing_is_written() {
    let app = TestApp::start_at("2025-09-15").await;
    let office = app.persona("office");
    let before = app.events().await;
    let with = async |member: &str, value: serde_json::Value| {
        let mut new = letters(&app, "ENTERED").await;
        new[member] = value;
        new
    };
    for (new, status, fault) in [
        (with("startDate", json!("2025-06-30")).await, 422, "/startDate unit.notThere"),
        (with("firstNumber", json!(5)).await, 422, "/firstNumber documentSeries.firstNumberElsewhere"),
        (with("issuerUnitId", json!(series_id())).await, 422, "/issuerUnitId reference.unknown"),
        (with("firstNumber", json!(0)).await, 400, "/firstNumber field.outOfBounds"),
        (with("documentType", json!("CIRCULAR")).await, 400, "/documentType field.unknownValue"),
        (with("numbering", json!("FREE")).await, 400, "/numbering field.unknownValue"),
        (with("startDate", json!("2025-02-30")).await, 400, "/startDate date.malformed"),
    ] {
        assert_eq!(office.create("/document-series", new).await.refused(status).faults(), [fault]);
    }
    let clerk = app.persona("clerk").create("/document-series", letters(&app, "OWN").await).await.refused(403);
    assert_eq!(clerk.code(), "policy.roleMissing");
    assert_eq!(app.events().await, before);
}

fn series_id() -> &'static str {
    "0198f1c2-0000-7000-8000-000000000000"
}

#[tokio::test]
async fn whoever_sees_no_register_sees_no_series() {
    let app = TestApp::start_at("2025-09-15").await;
    let series = series_of_letters(&app, "OWN").await;
    for persona in ["clerk", "auditor", "chair", "coordinator"] {
        app.persona(persona).get(&format!("/document-series/{}", series.id())).await.ok();
    }
    for persona in ["unit-head", "portal", "admin"] {
        app.persona(persona).get(&format!("/document-series/{}", series.id())).await.refused(404);
        let listed = app.persona(persona).get("/document-series").await.ok();
        assert_eq!(listed.body["items"], json!([]), "{persona}");
    }
}

#[tokio::test]
async fn a_series_of_a_type_goes_before_the_one_of_all_others_and_without_any_nothing_is_issued() {
    let app = TestApp::start_at("2025-09-15").await;
    let own = own_plans(&app).await;
    let signed = signed_plan(&app, "mot").await;
    let issued = issue(&app, &signed, json!({})).await.ok();
    assert_eq!(issued.body["document"]["symbol"], "01/KH-UBND");

    // All types of the committee that have no series of their own, plans among them once theirs is retired.
    let office = app.persona("office");
    let mut others = letters(&app, "OWN").await;
    others.as_object_mut().unwrap().remove("documentType");
    others["firstNumber"] = json!(40);
    let others = office.create("/document-series", others).await.created();
    let retire = format!("/document-series/{}/retire", own.id());
    office.command_with(&retire, &own, json!({"reason": "Dùng chung một sổ."})).await.ok();
    let signed = signed_plan(&app, "hai").await;
    let issued = issue(&app, &signed, json!({})).await.ok();
    assert_eq!(issued.body["document"]["symbol"], "40/KH-UBND");
    let document = format!("/documents/{}", issued.body["document"]["documentId"].as_str().unwrap());
    assert_eq!(office.get(&document).await.ok().body["documentSeriesId"], others.body["id"]);

    let retire = format!("/document-series/{}/retire", others.id());
    office.command_with(&retire, &others, json!({"reason": "Chờ quy chế mới."})).await.ok();
    let signed = signed_plan(&app, "ba").await;
    let before = app.events().await;
    for numbering in [json!({}), typed(41, "2025-09-15")] {
        let refused = issue(&app, &signed, numbering).await.refused(422);
        assert_eq!(refused.code(), "document.seriesMissing");
    }
    assert_eq!(app.events().await, before);
    assert_eq!(stage::unit(&app, "UBND").await, issued.body["issuerUnitId"]);
}
