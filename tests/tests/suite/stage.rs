//! The stage on which tests are set: campaigns, registrations and reports, made through the public API.

use std::sync::LazyLock;

use serde_json::{Value, json};
use thidua_tests::{Reply, TestApp};

pub(crate) mod city;
pub(crate) mod exchange;
pub(crate) mod office;
pub(crate) mod reporting;

static PLAN: LazyLock<Value> = LazyLock::new(|| {
    let seed: toml::Table = toml::from_str(thidua_persistence::seed::GIA_LOC_2025).unwrap();
    serde_json::to_value(&seed["plan"]).unwrap()
});

/// The plan of the seed, as JSON.
pub(crate) fn plan() -> Value {
    PLAN.clone()
}

/// The id of a unit, by its code.
pub(crate) async fn unit(app: &TestApp, code: &str) -> Value {
    let units = app.persona("coordinator").get("/units?limit=100").await.ok();
    let items = units.body["items"].as_array().unwrap();
    items.iter().find(|unit| unit["code"] == code).unwrap_or_else(|| panic!("no unit {code}"))["id"].clone()
}

/// A campaign that is drafted, with its whole plan.
pub(crate) async fn drafted(app: &TestApp) -> Reply {
    drafted_with(app, plan()).await
}

async fn drafted_with(app: &TestApp, plan: Value) -> Reply {
    let new = json!({
        "code": "gia-loc-2025", "issuerUnitId": unit(app, "UBND").await, "coordinatingUnitId": unit(app, "VHXH").await,
        "plan": plan,
    });
    app.persona("coordinator").create("/campaigns", new).await.created()
}

/// A campaign that lies before the chairman.
pub(crate) async fn submitted(app: &TestApp) -> Reply {
    handed_up(app, drafted(app).await).await
}

async fn handed_up(app: &TestApp, draft: Reply) -> Reply {
    app.persona("coordinator").command(&format!("/campaigns/{}/submit", draft.id()), &draft).await.ok()
}

/// A campaign that is signed and waits for its number.
pub(crate) async fn signed(app: &TestApp) -> Reply {
    let submitted = submitted(app).await;
    sign(app, &submitted).await
}

async fn sign(app: &TestApp, submitted: &Reply) -> Reply {
    app.persona("chair").command(&format!("/campaigns/{}/sign", submitted.id()), submitted).await.ok()
}

/// A campaign that is issued today as 145/KH-UBND.
pub(crate) async fn issued(app: &TestApp) -> Reply {
    let signed = signed(app).await;
    issue(app, &signed).await
}

async fn issue(app: &TestApp, signed: &Reply) -> Reply {
    let numbering = json!({"number": 145, "issueDate": app.today()});
    app.persona("clerk").command_with(&format!("/campaigns/{}/issue", signed.id()), signed, numbering).await.ok()
}

/// A campaign that is launched today.
pub(crate) async fn running(app: &TestApp) -> Reply {
    let issued = issued(app).await;
    launch(app, &issued).await
}

/// The same, with another plan.
pub(crate) async fn running_with(app: &TestApp, plan: Value) -> Reply {
    let submitted = handed_up(app, drafted_with(app, plan).await).await;
    let issued = issue(app, &sign(app, &submitted).await).await;
    launch(app, &issued).await
}

async fn launch(app: &TestApp, issued: &Reply) -> Reply {
    app.persona("chair").command(&format!("/campaigns/{}/launch", issued.id()), issued).await.ok()
}

/// What a unit registers in these tests: a target of each kind, and an action programme.
pub(crate) fn content() -> Value {
    json!({
        "targets": [
            {"code": "SANG-KIEN", "name": "Sáng kiến được công nhận", "topic": {"task": "3.2.1", "movement": "M6"},
             "measure": {"kind": "QUANTITATIVE", "measureUnit": "sáng kiến", "direction": "AT_LEAST", "planned": "4"}},
            {"code": "BHYT-HS", "name": "Học sinh tham gia bảo hiểm y tế", "topic": {"task": "3.2.7"},
             "measure": {"kind": "SHARE", "direction": "AT_LEAST", "planned": "97"}},
            {"code": "VAN-HOA", "name": "Văn hóa công sở", "topic": {"movement": "M4"},
             "measure": {"kind": "QUALITATIVE", "expected": "Không có vi phạm quy chế văn hóa công sở."}},
            {"code": "CSVC", "name": "Cơ sở vật chất cho năm học mới", "topic": {"project": "C1"},
             "measure": {"kind": "MILESTONE", "steps": [
                 {"code": "B1", "name": "Sửa chữa phòng học"}, {"code": "B2", "name": "Bổ sung bàn ghế"}]}}
        ],
        "actionProgramme": {"title": "Chương trình hành động", "measures": "Ký giao ước thi đua giữa các tổ chuyên môn.",
                            "symbol": "12/CTr-TH1"}
    })
}

/// The unit where a persona works.
pub(crate) async fn unit_of(app: &TestApp, persona: &str) -> Value {
    app.persona(persona).get("/me").await.ok().body["unitId"].clone()
}

/// A draft of the unit where a persona works.
pub(crate) async fn registration(app: &TestApp, campaign: &Reply, persona: &str, content: Value) -> Reply {
    let mut new = content;
    new["unitId"] = unit_of(app, persona).await;
    let path = format!("/campaigns/{}/registrations", campaign.id());
    app.persona(persona).create(&path, new).await.created()
}

/// A registration that was handed in by the head of a unit.
pub(crate) async fn handed_in(app: &TestApp, campaign: &Reply, head: &str, content: Value) -> Reply {
    let draft = registration(app, campaign, head, content).await;
    app.persona(head).command(&format!("/registrations/{}/submit", draft.id()), &draft).await.ok()
}

/// A registration of a unit, by its head, that the coordinator has taken note of.
pub(crate) async fn registered(app: &TestApp, campaign: &Reply, head: &str) -> Reply {
    let submitted = handed_in(app, campaign, head, content()).await;
    let path = format!("/registrations/{}/accept", submitted.id());
    app.persona("coordinator").command(&path, &submitted).await.ok()
}

/// The target with this code of the unit where a persona works.
pub(crate) async fn target(app: &TestApp, campaign: &Reply, persona: &str, code: &str) -> Reply {
    let unit = unit_of(app, persona).await;
    let path = format!("/campaigns/{}/targets?limit=100&unitId={}", campaign.id(), unit.as_str().unwrap());
    let targets = app.persona(persona).get(&path).await.ok();
    let found = targets.body["items"].as_array().unwrap().iter().find(|target| target["code"] == code);
    let id = found.unwrap_or_else(|| panic!("no target {code} of {persona}"))["id"].clone();
    app.persona(persona).get(&format!("/targets/{}", id.as_str().unwrap())).await.ok()
}

/// A value of a target, recorded by a persona for a day.
pub(crate) async fn measured(app: &TestApp, persona: &str, target: &Reply, day: &str, value: Value) -> Reply {
    let path = format!("/targets/{}/measurements", target.id());
    app.persona(persona).create(&path, json!({"asOfDate": day, "value": value})).await.created()
}
