//! The registers: series of numbers, what was issued, and what arrived.

use thidua_tests::TestApp;

use super::{Agreement, because, body, stages, then};
use crate::{attachments::registers, documents, stage::city};

#[tokio::test]
async fn flag_and_answer_agree_for_everybody_at_every_stage_of_a_series() {
    let app = TestApp::start_at("2025-09-15").await;
    let mut agreement = Agreement::on(&app, "document-series").await;
    let series = documents::series_of_letters(&app, "ENTERED").await;
    agreement.holds_for(&series).await;
    let retired = then(&app, "office", "document-series", &series, "retire", Some(because())).await;
    agreement.holds_for(&retired).await;
    agreement.is_complete(&stages("document-series"));
}

#[tokio::test]
async fn flag_and_answer_agree_for_everybody_on_a_document_that_arrived() {
    let app = TestApp::start_at("2025-09-15").await;
    let mut agreement = Agreement::on(&app, "incoming-documents").await;
    let recorded = documents::incoming::recorded(&app).await;
    agreement.holds_for(&recorded).await;
    let mut of_scans = Agreement::on(&app, "attachments").await;
    let path = format!("/incoming-documents/{}", recorded.id());
    let scan = app.persona("clerk").attach(&path, "ban-quet.pdf", registers::PDF).await.created();
    of_scans.holds_for(&scan).await;
    then(&app, "clerk", "attachments", &scan, "remove", None).await;
    of_scans.holds_for(&scan).await;
    of_scans.is_complete(&stages("attachments"));
    agreement.holds_for(&app.persona("clerk").get(&path).await.ok()).await;
    agreement.is_complete(&stages("incoming-documents"));
}

#[tokio::test]
async fn flag_and_answer_agree_for_everybody_at_every_stage_of_an_outgoing_document() {
    let app = TestApp::start_at("2025-11-03").await;
    let october = city::october(&app).await;
    let mut agreement = Agreement::on(&app, "documents").await;
    let of_the_plan = october.campaign.body["document"]["documentId"].as_str().unwrap();
    let issued = app.persona("clerk").get(&format!("/documents/{of_the_plan}")).await.ok();
    agreement.holds_for(&issued).await;
    let sealed = then(&app, "clerk", "documents", &issued, "seal", body(&app, "sealDocument").await).await;
    agreement.holds_for(&sealed).await;
    let mut of_copies = Agreement::on(&app, "attachments").await;
    let path = format!("/documents/{of_the_plan}");
    let clerk = app.persona("clerk");
    let wrong = clerk.attach(&path, "ban-dau.pdf", registers::PDF).await.created();
    then(&app, "clerk", "attachments", &wrong, "remove", None).await;
    of_copies.holds_for(&wrong).await;
    let copy = clerk.attach(&path, "ban-da-ky.pdf", registers::PDF).await.created();
    of_copies.holds_for(&copy).await;
    let sealed = clerk.get(&path).await.ok();
    agreement.holds_for(&sealed).await;
    let sent = then(&app, "clerk", "documents", &sealed, "dispatch", None).await;
    agreement.holds_for(&sent).await;
    of_copies.holds_for(&copy).await;
    of_copies.is_complete(&stages("attachments"));
    // That of a report leaves with the report.
    let report = city::sealed(&app, &october).await;
    agreement.holds_for(&documents::of(&app, &report).await).await;
    agreement.is_complete(&stages("documents"));
}
