//! What is on its way to a recipient.

use serde_json::json;
use thidua_tests::TestApp;

use super::{Agreement, body, stages, then};
use crate::stage::city;

#[tokio::test]
async fn flag_and_answer_agree_for_everybody_at_every_stage_of_a_dispatch() {
    let app = TestApp::start_at("2025-11-03").await;
    let sent = city::sent(&app, &city::october(&app).await).await;
    let mut agreement = Agreement::on(&app, "dispatches").await;
    for operation in ["receiveDispatch", "acceptDispatch"] {
        agreement.asks(operation, json!({"reference": "TRUC-0009"}));
    }
    agreement.asks("refuseDispatch", json!({"reference": "TRUC-0009", "reason": "Vì lý do khác."}));
    let mut dispatch = city::dispatch(&app, &sent).await;
    agreement.holds_for(&dispatch).await;
    for (persona, verb) in [("clerk", "receive"), ("portal", "accept"), ("clerk", "refuse")] {
        let body = body(&app, &format!("{verb}Dispatch")).await;
        dispatch = then(&app, persona, "dispatches", &dispatch, verb, body).await;
        agreement.holds_for(&dispatch).await;
    }
    agreement.is_complete(&stages("dispatches"));
}
