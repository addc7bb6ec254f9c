//! The plan: drafted, submitted, signed, numbered, launched.

use serde_json::{Value, json};
use thidua_tests::TestApp;

/// The plan of the seed, as JSON.
fn plan() -> Value {
    let seed: toml::Table = toml::from_str(thidua_persistence::seed::GIA_LOC_2025).unwrap();
    serde_json::to_value(&seed["plan"]).unwrap()
}

#[tokio::test]
async fn a_campaign_launches_once_and_leaves_one_trace() {
    let app = TestApp::start_at("2025-09-11").await;
    let coordinator = app.persona("coordinator");
    let units = coordinator.get("/units?limit=100").await.ok();
    let unit =
        |code: &str| units.body["items"].as_array().unwrap().iter().find(|u| u["code"] == code).unwrap()["id"].clone();
    let new = json!({"code": "gl", "issuerUnitId": unit("UBND"), "coordinatingUnitId": unit("VHXH"), "plan": plan()});
    let draft = coordinator.create("/campaigns", new).await.created();
    let path = format!("/campaigns/{}", draft.id());
    assert_eq!(app.persona("unit-head").get(&path).await.refused(404).code(), "resource.absent");
    let submitted = coordinator.command(&format!("{path}/submit"), &draft).await.ok();
    assert_eq!(
        coordinator.command(&format!("{path}/sign"), &submitted).await.refused(403).code(),
        "policy.roleMissing"
    );
    let signed = app.persona("chair").command(&format!("{path}/sign"), &submitted).await.ok();
    let number = json!({"number": 145, "issueDate": "2025-09-11"});
    let issued = app.persona("clerk").command_with(&format!("{path}/issue"), &signed, number).await.ok();
    assert_eq!(issued.body["document"]["symbol"], "145/KH-UBND");
    let running = app.persona("chair").command(&format!("{path}/launch"), &issued).await.ok();
    assert_eq!(running.body["stage"], "RUNNING");
    assert_eq!(
        app.persona("chair").command(&format!("{path}/launch"), &running).await.refused(409).code(),
        "campaign.notIssued"
    );
    let check = app.check_log().await;
    assert_eq!(check.findings, Vec::<String>::new());
}
