//! Files are received, looked into, kept as they are, and seen where their report, measurement or entry of a register is.

use reqwest::Method;
use serde_json::{Value, json};
use thidua_tests::{Person, Reply, TestApp};

use crate::stage::reporting;

mod content;
mod corrections;
mod downloading;
mod files;
mod kills;
mod lifecycle;
mod measurements;
mod receiving;
pub(crate) mod registers;
mod scans;
mod sweeping;
mod visibility;

/// A service on 3 November, with the draft of the report of TH1 for October.
async fn with_draft() -> (TestApp, Reply) {
    let app = TestApp::start_at("2025-11-03").await;
    let campaign = reporting::running_since_september(&app).await;
    let period = reporting::open(&app, &campaign).await;
    let draft = reporting::report(&app, &period, "TH1", "unit-officer").await;
    (app, draft)
}

/// Where something is.
fn at(collection: &str, object: &Reply) -> String {
    format!("/{collection}/{}", object.id())
}

/// A file attached to the draft by the officer of its unit.
async fn attached(app: &TestApp, report: &Reply, name: &str, bytes: &[u8]) -> Reply {
    app.persona("unit-officer").attach(&at("reports", report), name, bytes).await.created()
}

/// The report as its head reads it now.
async fn report_now(app: &TestApp, report: &Reply) -> Reply {
    app.persona("unit-head").get(&at("reports", report)).await.ok()
}

/// The report, handed in by its head as it is now.
async fn handed_in(app: &TestApp, report: &Reply) -> Reply {
    let now = report_now(app, report).await;
    app.persona("unit-head").command(&format!("{}/submit", at("reports", report)), &now).await.ok()
}

async fn content_of(person: &Person, attachment: &Reply) -> Reply {
    person.get(&format!("{}/content", at("attachments", attachment))).await
}

/// The names of all files in the folder, those that are still being received too.
fn kept(app: &TestApp) -> Vec<String> {
    let entries = |folder: std::path::PathBuf| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let shelves = entries(app.files.clone()).filter(|path| path.is_dir());
    let name = |path: std::path::PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    shelves.flat_map(entries).map(name).collect()
}
