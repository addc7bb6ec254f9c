//! What somebody may not know of looks as if it did not exist, down to the last byte.

use serde_json::json;
use thidua_tests::{Reply, TestApp};

use super::{NOTHING, operations, samples::body};
use crate::stage;

/// The answer without what tells one request from another.
fn told(answer: &Reply) -> (u16, String, Vec<String>) {
    let own = answer.header("Request-Id");
    assert!(!own.is_empty());
    let mut headers: Vec<_> = answer
        .headers
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "request-id" | "date" | "ratelimit-remaining" | "ratelimit-reset"))
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    headers.sort();
    (answer.status.as_u16(), answer.raw.replace(own, ""), headers)
}

#[tokio::test]
async fn a_hidden_campaign_answers_every_operation_as_an_unknown_one_does() {
    let app = TestApp::start_at("2025-09-15").await;
    let draft = stage::drafted(&app).await;
    let before = app.events().await;
    for persona in ["unit-head", "accountant", "portal", "admin", "council-member"] {
        let person = app.persona(persona).with("If-Match", draft.etag()).with("If-None-Match", draft.etag());
        for operation in operations().iter().filter(|one| one.path.starts_with("/campaigns/{campaignId}")) {
            let person = operation.by(&person).with("Idempotency-Key", &format!("hidden-{}", operation.id));
            let body = match operation.id.as_str() {
                "createConsolidatedReport" => {
                    let narrative = crate::stage::city::narrative();
                    Some(json!({"periodIds": [NOTHING], "cutOffDate": app.today(), "narrative": narrative}))
                }
                other => body(&app, other).await,
            };
            let ask = async |id: &str| {
                // The queries that are not optional.
                let query = match operation.id.as_str() {
                    progress if progress.starts_with("readProgress") => "?by=UNIT",
                    paper if paper.ends_with("Document") => "?format=xlsx",
                    "previewPeriodSchedule" => {
                        "?kind=MONTHLY&startDate=2025-09-15&endDate=2025-12-31&dueWorkingDays=3\
                         &opensDaysBefore=6&closesWorkingDays=3"
                    }
                    _ => "",
                };
                let (path, body) = (operation.at(id) + query, body.as_ref().map(ToString::to_string));
                person.send(operation.method.clone(), &path, body).await
            };
            let (hidden, unknown) = (ask(draft.id()).await, ask(NOTHING).await);
            assert_eq!(told(&hidden), told(&unknown), "{} by {persona}", operation.id);
            assert_eq!(hidden.status.as_u16(), 404, "{} by {persona}: {}", operation.id, hidden.raw);
        }
        let listed = app.persona(persona).get("/campaigns?includeTotal=true").await.ok();
        assert_eq!((listed.body["items"].as_array().unwrap().len(), &listed.body["total"]), (0, &0.into()));
        let searched = app.persona(persona).get("/campaigns?q=thi%20dua&stage=DRAFT").await.ok();
        assert_eq!(searched.body["items"].as_array().unwrap().len(), 0);
    }
    assert_eq!(app.events().await, before);
}

#[tokio::test]
async fn who_may_see_is_decided_at_every_stage() {
    let app = TestApp::start_at("2025-09-15").await;
    let signed = stage::signed(&app).await;
    let path = format!("/campaigns/{}", signed.id());
    for persona in ["coordinator", "office", "chair", "vice-chair", "clerk", "auditor"] {
        app.persona(persona).get(&path).await.ok();
        app.persona(persona).get(&format!("{path}/plan")).await.ok();
    }
    app.persona("unit-head").get(&path).await.refused(404);
    let numbering = json!({"number": 145, "issueDate": app.today()});
    app.persona("clerk").command_with(&format!("{path}/issue"), &signed, numbering).await.ok();
    for persona in ["unit-head", "unit-officer", "portal", "admin", "council-member", "communications"] {
        app.persona(persona).get(&path).await.ok();
    }
}
