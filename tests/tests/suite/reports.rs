//! Periods and reports, from what is owed to what counts.

use serde_json::{Value, json};
use thidua_tests::{Reply, TestApp};

use crate::stage::{self, reporting};

mod actions;
mod bad_input;
mod budget;
mod compliance;
mod corrections;
mod figures;
mod handing_in;
mod judging;
mod periods;
mod rules;
mod signing;
mod trials;
mod visibility;

/// Still in time for October.
const IN_TIME: &str = "2025-11-04T23:59:59.999999+07:00";
/// The first instant that is too late.
const DUE: &str = "2025-11-05T00:00:00+07:00";

/// A service on 3 November, with a campaign that runs and October open for reports.
async fn in_november() -> (TestApp, Reply, Reply) {
    let app = TestApp::start_at("2025-11-03").await;
    let campaign = reporting::running_since_september(&app).await;
    let period = reporting::open(&app, &campaign).await;
    (app, campaign, period)
}

/// Where a command on a report is.
fn at(report: &Reply, verb: &str) -> String {
    format!("/reports/{}/{verb}", report.id())
}

/// A report as somebody reads it.
async fn read(app: &TestApp, who: &str, report: &Reply) -> Reply {
    app.persona(who).get(&format!("/reports/{}", report.id())).await.ok()
}

/// A reason with nothing else.
fn because(reason: &str) -> Value {
    json!({ "reason": reason })
}

/// How many rows a table has, behind the scenes.
async fn rows(app: &TestApp, table: &'static str) -> i64 {
    let mut owner = app.database.owner().await;
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}")))
        .fetch_one(&mut owner)
        .await
        .unwrap()
}
