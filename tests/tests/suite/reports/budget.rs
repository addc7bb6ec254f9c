//! How many statements an operation sends: each is a round trip, and none is sent for each row.

use super::*;

async fn sent(app: &TestApp, work: impl Future<Output = Reply>) -> u64 {
    let before = app.state.store.pool().statements();
    assert!(work.await.status.is_success());
    app.state.store.pool().statements() - before
}

#[tokio::test]
async fn a_report_is_read_with_two_statements_and_each_command_adds_no_more_than_its_facts() {
    let (app, _, period) = in_november().await;
    let draft = reporting::report(&app, &period, "TH1", "unit-officer").await;
    let path = format!("/reports/{}", draft.id());
    let (officer, head, coordinator) =
        (app.persona("unit-officer"), app.persona("unit-head"), app.persona("coordinator"));
    assert_eq!(sent(&app, officer.get(&path)).await, 2);
    assert_eq!(sent(&app, officer.replace(&path, &draft, json!({}))).await, 6, "one more for the plan");
    let written = read(&app, "unit-head", &draft).await;
    assert_eq!(sent(&app, head.command(&at(&draft, "submit"), &written)).await, 8, "targets, measurements, rules");
    let submitted = read(&app, "coordinator", &draft).await;
    assert_eq!(sent(&app, coordinator.command_with(&at(&draft, "return"), &submitted, because("Bổ sung"))).await, 5);
    let returned = read(&app, "unit-head", &draft).await;
    let again = head.command(&at(&draft, "submit"), &returned).await.ok();
    assert_eq!(sent(&app, coordinator.command(&at(&draft, "accept"), &again)).await, 5);
}

#[tokio::test]
async fn the_board_takes_as_many_statements_for_many_periods_as_for_one() {
    let (app, campaign, period) = in_november().await;
    reporting::accepted(&app, &period).await;
    let board = format!("/campaigns/{}/compliance", campaign.id());
    let chair = app.persona("chair");
    let one = sent(&app, chair.get(&board)).await;
    for code in ["2025-11", "2025-12", "2026-01"] {
        let mut more = reporting::october();
        more["code"] = code.into();
        app.persona("coordinator").create(&format!("/campaigns/{}/periods", campaign.id()), more).await.created();
    }
    assert_eq!(
        (one, sent(&app, chair.get(&board)).await),
        (7, 7),
        "begin, caller, campaign, periods, reports, units, end"
    );
    app.at("2025-11-10");
    let progress = format!("/campaigns/{}/progress?by=FIELD", campaign.id());
    assert_eq!(
        sent(&app, chair.get(&progress)).await,
        9,
        "begin, caller, campaign, last period, units, targets counted, targets one by one, then, end"
    );
}
