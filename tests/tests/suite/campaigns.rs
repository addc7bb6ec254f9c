//! The plan: drafted, submitted, signed, numbered, launched.

use thidua_tests::TestApp;

use crate::stage;

#[tokio::test]
async fn a_campaign_launches_once_and_leaves_one_trace() {
    let app = TestApp::start_at("2025-09-15").await;
    let chair = app.persona("chair");
    let issued = stage::issued(&app).await;
    assert_eq!(issued.body["document"]["symbol"], "145/KH-UBND");
    let path = format!("/campaigns/{}/launch", issued.id());

    let running = chair.command(&path, &issued).await.ok();
    assert_eq!(running.body["stage"], "RUNNING");
    assert_eq!(running.body["startDate"], "2025-09-15");
    assert_eq!(chair.command(&path, &running).await.refused(409).code(), "campaign.notIssued");
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}
