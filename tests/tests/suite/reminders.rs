//! Reminders: by rule, who still owes something hears of its deadline, once; and by letter, whom Văn phòng chooses.

use serde_json::{Value, json};
use thidua_tests::{Reply, TestApp};

use crate::stage::reporting;

mod kills;
mod letters;
pub(crate) mod mail;
mod resubmission;
mod rules;
mod sending;
mod watching;

/// The last Monday before the end of October: nothing is due yet.
const QUIET: &str = "2025-10-27";

/// A service on 27 October, with a campaign that runs and October open for reports, due before 5 November.
async fn before_the_end_of_october() -> (TestApp, Reply, Reply) {
    let app = TestApp::start_at(QUIET).await;
    let campaign = reporting::running_since_september(&app).await;
    let period = reporting::open(&app, &campaign).await;
    (app, campaign, period)
}

/// A rule on the deadlines of reports.
fn rule(code: &str, timing: Value, roles: &[&str]) -> Value {
    json!({ "code": code, "name": "Nhắc nộp báo cáo", "deadline": "REPORT", "timing": timing, "roles": roles })
}

fn before(days: u16) -> Value {
    json!({ "when": "BEFORE", "days": days, "counting": "CALENDAR" })
}

fn after(days: u16) -> Value {
    json!({ "when": "AFTER", "days": days, "counting": "CALENDAR" })
}

const BOTH: &[&str] = &["UNIT_OFFICER", "UNIT_HEAD"];

/// What somebody has to read, the newest first.
async fn notes(app: &TestApp, who: &str) -> Vec<Value> {
    let listed = app.persona(who).get("/notifications?limit=100").await.ok();
    listed.body["items"].as_array().unwrap().clone()
}

/// What was sent in the campaign, the newest first.
async fn sent(app: &TestApp, campaign: &Reply) -> Vec<Value> {
    let listed = app.persona("office").get(&format!("/campaigns/{}/reminders", campaign.id())).await.ok();
    listed.body["items"].as_array().unwrap().clone()
}

/// The log is whole, and nothing in it contradicts what was sent.
async fn is_whole(app: &TestApp) {
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}
