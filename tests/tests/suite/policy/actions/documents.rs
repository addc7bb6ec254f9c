//! The registers: series of numbers, and what arrived.

use thidua_tests::TestApp;

use super::{Agreement, because, stages, then};
use crate::documents;

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
    agreement.holds_for(&documents::incoming::recorded(&app).await).await;
    agreement.is_complete(&stages("incoming-documents"));
}
