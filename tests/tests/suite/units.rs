//! Units by date: names, places and ends, with what decided them, and what follows for those who report.

use serde_json::{Value, json};
use thidua_tests::{Person, Reply, TestApp};

use crate::stage;

mod dissolving;
pub(crate) mod succession;
mod sums;

/// What every act says: from when on it counts, what decided it, and why.
pub(crate) fn grounds(effective: &str) -> Value {
    json!({
        "effectiveDate": effective, "reason": "Sắp xếp tổ chức bộ máy.",
        "decision": {"symbol": "1274/QĐ-UBND", "issueDate": "2025-09-01", "issuer": "Ủy ban nhân dân thành phố"},
    })
}

fn with(effective: &str, more: Value) -> Value {
    let mut body = grounds(effective);
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

pub(crate) fn renaming(name: &str, effective: &str) -> Value {
    with(effective, json!({"name": name}))
}

pub(crate) fn managed_by(authority: &str, effective: &str) -> Value {
    with(effective, json!({"managingAuthority": authority}))
}

/// A unit of the directory, as the administrator reads it today.
pub(crate) async fn read(app: &TestApp, code: &str) -> Reply {
    let id = stage::unit(app, code).await;
    app.persona("admin").get(&format!("/units/{}", id.as_str().unwrap())).await.ok()
}

/// What a command of the administrator on a unit answers, as it was read just before.
pub(crate) async fn reorganised(app: &TestApp, code: &str, verb: &str, body: Value) -> Reply {
    let unit = read(app, code).await;
    app.persona("admin").command_with(&format!("/units/{}/{verb}", unit.id()), &unit, body).await
}

/// A unit that was entered under another one.
pub(crate) async fn entered(app: &TestApp, code: &str, unit_type: &str, parent: &Reply) -> Reply {
    let new = json!({"code": code, "name": format!("Đơn vị {code}"), "type": unit_type, "validFromDate": "2025-07-01",
                     "parentId": parent.id()});
    app.persona("admin").create("/units", new).await.created()
}

/// The codes that a list of units shows.
async fn codes(person: &Person, query: &str) -> Vec<String> {
    let list = person.get(&format!("/units?limit=100&{query}")).await.ok();
    let items = list.body["items"].as_array().unwrap();
    items.iter().map(|unit| unit["code"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_renamed_unit_is_found_and_called_by_the_name_of_the_day() {
    let app = TestApp::start_at("2025-10-20").await;
    let renamed = reorganised(&app, "TH1", "rename", renaming("Trường Tiểu học Gia Lộc", "2025-11-01")).await.ok();
    assert_eq!(renamed.text("name"), "Trường Tiểu học mẫu số 1", "from November on, and today is October");
    let officer = app.persona("unit-officer");
    let path = format!("/units/{}", renamed.id());
    for (day, name) in [("2025-10-31", "Trường Tiểu học mẫu số 1"), ("2025-11-01", "Trường Tiểu học Gia Lộc")]
    {
        let unit = officer.get(&format!("{path}?asOfDate={day}")).await.ok();
        assert_eq!((unit.text("name"), unit.text("asOfDate"), &unit.body["exists"]), (name, day, &json!(true)));
    }
    app.at("2025-11-01");
    let today = officer.get(&path).await.ok();
    assert_eq!((today.text("name"), today.text("code")), ("Trường Tiểu học Gia Lộc", "TH1"));
    let act = &today.body["history"][0];
    assert_eq!(
        (act["kindLabel"].as_str(), act["decision"]["symbol"].as_str(), act["effectiveDate"].as_str()),
        (Some("Đổi tên"), Some("1274/QĐ-UBND"), Some("2025-11-01"))
    );
    // By whichever name, whatever the day; on a day only by the one of the day.
    for (query, found) in [
        ("q=hoc mau so 1", true),
        ("q=hoc gia loc", true),
        ("q=hoc mau so 1&asOfDate=2025-10-31", true),
        ("q=hoc mau so 1&asOfDate=2025-11-01", false),
        ("q=hoc gia loc&asOfDate=2025-11-01", true),
        ("q=hoc gia loc&asOfDate=2025-10-31", false),
    ] {
        assert_eq!(codes(&officer, query).await.contains(&"TH1".to_owned()), found, "{query}");
    }
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn the_tree_is_that_of_the_day_and_nobody_ever_stands_above_himself() {
    let app = TestApp::start_at("2025-10-20").await;
    let (office, school) = (read(&app, "VHXH").await, read(&app, "TH1").await);
    let branch = entered(&app, "TH1-A", "SCHOOL", &school).await;
    let under = with("2025-11-01", json!({"parentId": office.id(), "managingAuthority": "Sở Giáo dục và Đào tạo"}));
    let moved = reorganised(&app, "TH1-A", "transfer", under).await.ok();
    assert_eq!(moved.body["parentId"], school.body["id"]);
    let auditor = app.persona("auditor");
    let below =
        async |parent: &Reply, day: &str| codes(&auditor, &format!("parentId={}&asOfDate={day}", parent.id())).await;
    assert_eq!(below(&school, "2025-10-31").await, ["TH1-A"]);
    assert_eq!(below(&school, "2025-11-01").await, Vec::<String>::new());
    assert!(below(&office, "2025-11-01").await.contains(&"TH1-A".to_owned()));
    let then = auditor.get(&format!("/units/{}?asOfDate=2025-11-01", branch.id())).await.ok();
    assert_eq!(
        (&then.body["parentId"], then.text("managingAuthority")),
        (&office.body["id"], "Sở Giáo dục và Đào tạo")
    );

    let events = app.events().await;
    let circle = with("2025-11-05", json!({"parentId": branch.id()}));
    let refused = reorganised(&app, "VHXH", "transfer", circle).await.refused(422);
    assert_eq!(refused.faults(), ["/parentId unit.underItself"]);
    let nobody = with("2025-11-05", json!({"parentId": "0198f1c2-0000-7000-8000-000000000000"}));
    let refused = reorganised(&app, "TH1-A", "transfer", nobody).await.refused(422);
    assert_eq!(refused.faults(), ["/parentId reference.unknown"]);
    assert_eq!(
        reorganised(&app, "TH1-A", "transfer", grounds("2025-11-05")).await.refused(422).faults(),
        [" unit.nothingChanges"]
    );
    assert_eq!(app.events().await, events);
}

#[tokio::test]
async fn an_act_needs_its_day_its_decision_and_the_version_that_was_read_and_is_done_once() {
    let app = TestApp::start_at("2025-10-20").await;
    let unit = read(&app, "TH1").await;
    let (admin, path) = (app.persona("admin"), format!("/units/{}/rename", unit.id()));
    let events = app.events().await;
    let mut ahead = renaming("A", "2025-11-01");
    ahead["decision"]["issueDate"] = json!("2025-10-21");
    let refused = admin.command_with(&path, &unit, ahead).await.refused(422);
    assert_eq!(refused.faults(), ["/decision/issueDate date.inFuture"]);
    let refused = admin.command_with(&path, &unit, renaming("A", "2025-07-01")).await.refused(422);
    assert_eq!(refused.faults(), ["/effectiveDate unit.actBeforeFounding"]);
    let mut bare = renaming("A", "2025-11-01");
    bare.as_object_mut().unwrap().remove("decision");
    assert_eq!(admin.command_with(&path, &unit, bare).await.refused(400).faults(), ["/decision field.missing"]);
    let unknown = with("2025-11-01", json!({"name": "A", "code": "TH9"}));
    admin.command_with(&path, &unit, unknown).await.refused(400);
    let impossible = admin.command_with(&path, &unit, renaming("A", "2025-11-31")).await.refused(400);
    assert_eq!(impossible.faults(), ["/effectiveDate date.malformed"]);
    assert_eq!(app.events().await, events);

    let keyed = admin.with("Idempotency-Key", "rename-once");
    let first = keyed.command_with(&path, &unit, renaming("A", "2025-11-01")).await.ok();
    let again = keyed.command_with(&path, &unit, renaming("A", "2025-11-01")).await.ok();
    assert_eq!((again.header("Idempotency-Replayed"), &again.body), ("true", &first.body));
    assert_eq!(
        admin.command_with(&path, &unit, renaming("B", "2025-11-02")).await.refused(412).code(),
        "resource.stale"
    );
    assert_eq!(app.events().await, events + 1);
}
