//! The stage on which tests are set: campaigns, registrations and reports, made through the public API.

use std::sync::LazyLock;

use serde_json::{Value, json};
use thidua_tests::{Reply, TestApp};

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
    let new = json!({
        "code": "gia-loc-2025", "issuerUnitId": unit(app, "UBND").await, "coordinatingUnitId": unit(app, "VHXH").await,
        "plan": plan(),
    });
    app.persona("coordinator").create("/campaigns", new).await.created()
}

/// A campaign that lies before the chairman.
pub(crate) async fn submitted(app: &TestApp) -> Reply {
    let draft = drafted(app).await;
    app.persona("coordinator").command(&format!("/campaigns/{}/submit", draft.id()), &draft).await.ok()
}

/// A campaign that is signed and waits for its number.
pub(crate) async fn signed(app: &TestApp) -> Reply {
    let submitted = submitted(app).await;
    app.persona("chair").command(&format!("/campaigns/{}/sign", submitted.id()), &submitted).await.ok()
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
