//! Attachments and what they belong to.

use thidua_tests::TestApp;

use super::{Agreement, because, stages, then};
use crate::stage::{self, reporting};

#[tokio::test]
async fn flag_and_answer_agree_for_everybody_at_every_stage_of_an_attachment() {
    let app = TestApp::start_at("2025-11-03").await;
    let mut agreement = Agreement::on(&app, "attachments").await;
    let campaign = reporting::running_since_september(&app).await;
    let period = reporting::open(&app, &campaign).await;
    let draft = reporting::report(&app, &period, "TH1", "unit-officer").await;
    let given_up = reporting::attached(&app, &draft, "unit-officer").await;
    then(&app, "unit-officer", "attachments", &given_up, "remove", None).await;
    let kept = reporting::attached(&app, &draft, "unit-head").await;
    agreement.holds_for(&kept).await;
    let read = app.persona("unit-head").get(&format!("/reports/{}", draft.id())).await.ok();
    let submitted = then(&app, "unit-head", "reports", &read, "submit", None).await;
    agreement.holds_for(&kept).await;
    agreement.holds_for(&given_up).await;
    then(&app, "coordinator", "reports", &submitted, "return", Some(because())).await;
    agreement.holds_for(&kept).await;
    then(&app, "unit-head", "attachments", &kept, "remove", None).await;
    agreement.holds_for(&kept).await;
    agreement.is_complete(&stages("attachments"));
}

#[tokio::test]
async fn flag_and_answer_agree_for_everybody_on_a_measurement_and_its_evidence_before_and_after_it_is_reported() {
    let app = TestApp::start_at("2025-11-03").await;
    let mut agreement = Agreement::on(&app, "measurements").await;
    let mut of_evidence = Agreement::on(&app, "attachments").await;
    let campaign = reporting::running_since_september(&app).await;
    stage::registered(&app, &campaign, "unit-head").await;
    let measured = reporting::measured_in_october(&app, &campaign, "unit-officer", "SANG-KIEN").await;
    agreement.holds_for(&measured).await;
    let evidence = reporting::proven(&app, &measured, "unit-officer").await;
    of_evidence.holds_for(&evidence).await;
    let period = reporting::open(&app, &campaign).await;
    let submitted = reporting::resting_on(&app, &campaign, &period, &measured).await;
    agreement.holds_for(&measured).await;
    of_evidence.holds_for(&evidence).await;
    then(&app, "coordinator", "reports", &submitted, "return", Some(because())).await;
    agreement.holds_for(&measured).await;
    then(&app, "unit-head", "attachments", &evidence, "remove", None).await;
    of_evidence.holds_for(&evidence).await;
    agreement.is_complete(&stages("measurements"));
    of_evidence.is_complete(&stages("attachments"));
}
