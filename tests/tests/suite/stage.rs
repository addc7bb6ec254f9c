//! The stage on which tests are set: campaigns, registrations and reports, made through the public API.

use serde_json::{Value, json};
use thidua_tests::{Reply, TestApp};

/// The plan of the seed, as JSON.
pub(crate) fn plan() -> Value {
    let seed: toml::Table = toml::from_str(thidua_persistence::seed::GIA_LOC_2025).unwrap();
    serde_json::to_value(&seed["plan"]).unwrap()
}

/// The id of a unit, by its code.
pub(crate) async fn unit(app: &TestApp, code: &str) -> Value {
    let units = app.persona("coordinator").get("/units?limit=100").await.ok();
    let items = units.body["items"].as_array().unwrap();
    items.iter().find(|unit| unit["code"] == code).unwrap_or_else(|| panic!("no unit {code}"))["id"].clone()
}

/// A campaign that is drafted, with its whole plan.
pub(crate) async fn drafted(app: &TestApp) -> Reply {
    let new = json!({
        "code": "gia-loc-2025", "issuerUnitId": unit(app, "UBND").await, "coordinatingUnitId": unit(app, "VHXH").await,
        "plan": plan(),
    });
    app.persona("coordinator").create("/campaigns", new).await.created()
}

/// A campaign that is signed and waits for its number.
pub(crate) async fn signed(app: &TestApp) -> Reply {
    let draft = drafted(app).await;
    let path = format!("/campaigns/{}", draft.id());
    let submitted = app.persona("coordinator").command(&format!("{path}/submit"), &draft).await.ok();
    app.persona("chair").command(&format!("{path}/sign"), &submitted).await.ok()
}

/// A campaign that is issued today as 145/KH-UBND.
pub(crate) async fn issued(app: &TestApp) -> Reply {
    let signed = signed(app).await;
    let numbering = json!({"number": 145, "issueDate": app.today()});
    app.persona("clerk").command_with(&format!("/campaigns/{}/issue", signed.id()), &signed, numbering).await.ok()
}

/// A campaign that is launched today.
pub(crate) async fn running(app: &TestApp) -> Reply {
    let issued = issued(app).await;
    app.persona("chair").command(&format!("/campaigns/{}/launch", issued.id()), &issued).await.ok()
}

/// A campaign that runs since 15 September, whatever the day of the clock.
pub(crate) async fn running_since_september(app: &TestApp) -> Reply {
    let today = app.today();
    app.at("2025-09-15");
    let running = running(app).await;
    app.at(&today);
    running
}

/// A month to be reported on: October, due before 5 November.
pub(crate) fn october() -> Value {
    json!({
        "code": "2025-10", "name": "Tháng 10 năm 2025", "kind": "MONTHLY", "startDate": "2025-10-01",
        "endDate": "2025-10-31", "opensAt": "2025-10-25T00:00:00+07:00", "dueBefore": "2025-11-05T00:00:00+07:00",
        "closesAt": "2025-11-10T00:00:00+07:00",
    })
}

/// October, planned.
pub(crate) async fn planned(app: &TestApp, campaign: &Reply) -> Reply {
    app.persona("coordinator").create(&format!("/campaigns/{}/periods", campaign.id()), october()).await.created()
}

/// October, open for reports.
pub(crate) async fn open(app: &TestApp, campaign: &Reply) -> Reply {
    let planned = planned(app, campaign).await;
    app.persona("coordinator").command(&format!("/periods/{}/open", planned.id()), &planned).await.ok()
}

/// The draft of a unit's report, by somebody of the unit.
pub(crate) async fn report(app: &TestApp, period: &Reply, unit_code: &str, by: &str) -> Reply {
    let new = json!({ "unitId": unit(app, unit_code).await, "lessons": "Giao việc rõ người, rõ ngày." });
    app.persona(by).create(&format!("/periods/{}/reports", period.id()), new).await.created()
}

/// The report of TH1, handed in by its head.
pub(crate) async fn handed_in(app: &TestApp, period: &Reply) -> Reply {
    let draft = report(app, period, "TH1", "unit-officer").await;
    app.persona("unit-head").command(&format!("/reports/{}/submit", draft.id()), &draft).await.ok()
}

/// The report of TH1, accepted by the coordinator.
pub(crate) async fn accepted(app: &TestApp, period: &Reply) -> Reply {
    let submitted = handed_in(app, period).await;
    app.persona("coordinator").command(&format!("/reports/{}/accept", submitted.id()), &submitted).await.ok()
}
