//! Pages, held against those that somebody has looked at and found right: `tests/approved/`.
//!
//! `THIDUA_UPDATE=1` writes them anew, to be looked at. Letters are drawn by the same program with the same fonts everywhere, so
//! that pages are the same but for the last bit of a float: one dot in a thousand may differ, and one differs where a colour is
//! more than a fifth of the scale away.

use std::{io::Cursor, path::PathBuf};

use serde::de::DeserializeOwned;
use serde_json::json;
use sqlx::Row as _;
use thidua_documents::{
    Form, Paper,
    papers::{
        ComplianceSources, ConsolidatedSources, PlanSources, ReportSources, Volume, compliance_sheet,
        consolidated_report, incoming_book, outgoing_book, plan, unit_report,
    },
    typeset as data,
};
use thidua_domain::{
    campaign::Campaign,
    consolidation::ConsolidatedReport,
    document::Document,
    incoming::IncomingDocument,
    period::Period,
    report::{
        Report,
        compliance::{Filing, compliance},
    },
    time::Timestamp,
    unit::{Unit, UnitEntry, UnitType},
};
use thidua_tests::TestApp;

use super::{
    consolidated::{begun, printed},
    typeset::set,
};
use crate::{
    documents::{incoming, issue, letter, of, series_of_letters, signed_plan, typed},
    stage::{city, office},
};

/// How fine the approved pages are, in dots an inch.
const FINE: &str = "48";

async fn states<T: DeserializeOwned>(app: &TestApp, table: &str) -> Vec<T> {
    let rows = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT state::text AS state FROM {table} ORDER BY id")));
    let rows = rows.fetch_all(&mut app.database.owner().await).await.unwrap();
    rows.iter().map(|row| serde_json::from_str(&row.get::<String, _>("state")).unwrap()).collect()
}

fn entry(unit: &Unit) -> UnitEntry {
    UnitEntry { unit: unit.root.id, code: unit.code.clone(), faces: unit.faces() }
}

async fn directory(app: &TestApp) -> Vec<UnitEntry> {
    states::<Unit>(app, "unit").await.iter().map(entry).collect()
}

fn instant(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// A page as dots, three colours each, with its width.
fn dots(png: &[u8]) -> (u32, Vec<u8>) {
    let mut reader = png::Decoder::new(Cursor::new(png)).read_info().unwrap();
    let mut dots = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut dots).unwrap();
    assert_eq!(frame.color_type, png::ColorType::Rgba);
    dots.truncate(frame.buffer_size());
    (frame.width, dots)
}

#[track_caller]
fn looks_as_approved(paper: &[u8], name: &str, page: usize) {
    let answer = set(paper, &["--page", &page.to_string(), "--ppi", FINE]);
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("approved").join(format!("{name}-{page}.png"));
    if std::env::var_os("THIDUA_UPDATE").is_some() {
        std::fs::write(&file, &answer.stdout).unwrap();
    }
    let approved = std::fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let ((width, now), (approved_width, approved)) = (dots(&answer.stdout), dots(&approved));
    assert_eq!((width, now.len()), (approved_width, approved.len()), "{name}, page {page}: another size");
    let other = |(now, then): &(&[u8], &[u8])| now.iter().zip(*then).any(|(one, two)| one.abs_diff(*two) > 51);
    let differ = now.chunks(4).zip(approved.chunks(4)).filter(other).count();
    let most = now.len() / 4 / 1000;
    assert!(
        differ <= most,
        "{name}, page {page}: {differ} dots differ, {most} may; the approved one is {}",
        file.display()
    );
}

#[tokio::test]
async fn the_pages_of_the_report_to_the_city_are_those_that_were_approved() {
    let (app, october) = begun().await;
    let report = city::issued(&app, &october).await;
    let state: ConsolidatedReport = states(&app, "consolidated_report").await.pop().unwrap();
    let campaign: Campaign = states(&app, "campaign").await.pop().unwrap();
    let units = directory(&app).await;
    let sources = ConsolidatedSources { report: &state, campaign: &campaign, units: &units };
    let paper = data::request(&consolidated_report(sources)).unwrap();
    // What is looked at is what is answered.
    assert_eq!(set(&paper, &[]).stdout, printed(&app, &report, Form::Pdf).await.bytes);
    for page in [1, 2, 3, 4, 6, 8] {
        looks_as_approved(&paper, "city-report", page);
    }
}

#[tokio::test]
async fn the_pages_of_the_plan_are_those_that_were_approved() {
    let app = TestApp::start_at("2025-09-15").await;
    crate::stage::drafted(&app).await;
    let campaign: Campaign = states(&app, "campaign").await.pop().unwrap();
    let units = directory(&app).await;
    let paper: Paper = plan(PlanSources { campaign: &campaign, units: &units });
    let paper = data::request(&paper).unwrap();
    for page in [1, 2, 8] {
        looks_as_approved(&paper, "plan", page);
    }
}

#[tokio::test]
async fn the_pages_of_a_units_report_are_those_that_were_approved() {
    let (app, october) = begun().await;
    let reports: Vec<Report> = states(&app, "report").await;
    let report = reports.iter().find(|report| report.root.id.to_string() == october.school.id()).unwrap();
    let (campaigns, periods) = (states::<Campaign>(&app, "campaign").await, states::<Period>(&app, "period").await);
    let period = periods.iter().find(|period| period.root.id == report.period).unwrap();
    let units = directory(&app).await;
    let unit_type = UnitType::School;
    let paper = unit_report(ReportSources { report, campaign: &campaigns[0], period, unit_type, units: &units });
    let paper = data::request(&paper).unwrap();
    for page in [1, 2] {
        looks_as_approved(&paper, "unit-report", page);
    }
}

#[tokio::test]
async fn the_first_and_the_last_page_of_an_offices_report_are_those_that_were_approved() {
    let (app, october) = begun().await;
    office::issued(&app, &october).await;
    let state: ConsolidatedReport = states(&app, "consolidated_report").await.pop().unwrap();
    let campaign: Campaign = states(&app, "campaign").await.pop().unwrap();
    let units = directory(&app).await;
    let sources = ConsolidatedSources { report: &state, campaign: &campaign, units: &units };
    let paper = data::request(&consolidated_report(sources)).unwrap();
    for page in [1, 3] {
        looks_as_approved(&paper, "office-report", page);
    }
}

#[tokio::test]
async fn the_sheet_of_compliance_is_the_one_that_was_approved() {
    let (app, _) = begun().await;
    let (campaigns, reports) = (states::<Campaign>(&app, "campaign").await, states::<Report>(&app, "report").await);
    let now = instant("2025-12-08T09:00:00+07:00");
    let stand = |period: Period| {
        let filed = reports.iter().filter(|report| report.period == period.root.id);
        let filings: Vec<_> = filed.filter_map(Filing::of).collect();
        let stand = compliance(&period, &filings, now, 3);
        (period, stand)
    };
    let periods: Vec<_> = states::<Period>(&app, "period").await.into_iter().map(stand).collect();
    let units = directory(&app).await;
    let sheet = compliance_sheet(ComplianceSources { campaign: &campaigns[0], periods: &periods, units: &units, now });
    looks_as_approved(&data::request(&sheet).unwrap(), "compliance", 1);
}

#[tokio::test]
async fn the_books_of_the_registers_are_those_that_were_approved() {
    let app = TestApp::start_at("2025-09-15T09:00:00+07:00").await;
    series_of_letters(&app, "OWN").await;
    let signed = signed_plan(&app, "ke-hoach").await;
    let plan = of(&app, &issue(&app, &signed, typed(145, &app.today())).await.ok()).await;
    let corrects = json!({"relations": [{"kind": "CORRECTS", "documentId": plan.id(), "reason": "Sai thể thức."}]});
    app.persona("clerk").create("/documents", letter(&app, corrects).await).await.created();
    incoming::recorded(&app).await;
    let (mut sent, arrived) =
        (states::<Document>(&app, "document").await, states::<IncomingDocument>(&app, "incoming_document").await);
    sent.sort_by_key(|document| document.number);
    let units = directory(&app).await;
    let now = instant("2025-12-31T16:00:00+07:00");
    let volume = Volume { keeper: sent[0].issuer, year: 2025, units: &units, now, whole: true };
    let kind = |_| "Văn bản".to_owned();
    looks_as_approved(&data::request(&outgoing_book(volume, &sent, kind)).unwrap(), "outgoing-book", 1);
    looks_as_approved(&data::request(&incoming_book(volume, &arrived)).unwrap(), "incoming-book", 1);
}
