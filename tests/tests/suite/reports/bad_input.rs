//! What must not be taken for what it is not: the period of another campaign, and a return that comes too late.

use super::*;

/// A second campaign that runs, with an October of its own.
async fn another_campaign(app: &TestApp) -> (Reply, Reply) {
    let today = app.today();
    app.at("2025-09-15");
    let new = json!({
        "code": "thi-dua-khac", "issuerUnitId": stage::unit(app, "UBND").await,
        "coordinatingUnitId": stage::unit(app, "VHXH").await, "plan": stage::plan(),
    });
    let draft = app.persona("coordinator").create("/campaigns", new).await.created();
    let path = |verb: &str| format!("/campaigns/{}/{verb}", draft.id());
    let submitted = app.persona("coordinator").command(&path("submit"), &draft).await.ok();
    let signed = app.persona("chair").command(&path("sign"), &submitted).await.ok();
    let numbering = json!({"number": 146, "issueDate": app.today()});
    let issued = app.persona("clerk").command_with(&path("issue"), &signed, numbering).await.ok();
    let running = app.persona("chair").command(&path("launch"), &issued).await.ok();
    app.at(&today);
    let period = reporting::open(app, &running).await;
    (running, period)
}

#[tokio::test]
async fn a_report_for_the_period_of_another_campaign_takes_nothing_from_this_one() {
    let (app, campaign, period) = in_november().await;
    stage::registered(&app, &campaign, "unit-head").await;
    let measured = reporting::measured_in_october(&app, &campaign, "unit-officer", "SANG-KIEN").await;
    let first = reporting::resting_on(&app, &campaign, &period, &measured).await;
    app.persona("coordinator").command(&at(&first, "accept"), &first).await.ok();
    let (_, foreign) = another_campaign(&app).await;
    let (head, before) = (app.persona("unit-head"), rows(&app, "report").await);

    // The accepted report is not one of that period, so that nothing there corrects it.
    let path = format!("/periods/{}/reports", foreign.id());
    let mut new = json!({"unitId": first.body["unitId"], "correctsId": first.id(), "correctionReason": "Nhầm kỳ."});
    let refused = head.create(&path, new.clone()).await.refused(409);
    assert_eq!(refused.faults(), ["/correctsId correction.notAccepted"]);
    let nowhere = format!("/periods/{}/reports", crate::policy::NOTHING);
    head.create(&nowhere, json!({"unitId": first.body["unitId"]})).await.refused(404);
    assert_eq!(rows(&app, "report").await, before);

    // A target of this campaign is none of that one, and neither is what was measured for it.
    new = json!({"unitId": first.body["unitId"],
                 "targetResults": [{"targetId": measured.body["targetId"], "measurementId": measured.id()}]});
    let draft = head.create(&path, new).await.created();
    let refused = head.command(&at(&draft, "submit"), &draft).await.refused(422);
    assert_eq!(refused.faults()[0], "/targetResults/0/targetId reference.unknown");
    assert_eq!(read(&app, "unit-head", &draft).await.text("stage"), "DRAFT");
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn a_return_after_acceptance_is_refused_and_what_was_accepted_stays() {
    let (app, campaign, period) = in_november().await;
    let accepted = reporting::accepted(&app, &period).await;
    let registered = stage::registered(&app, &campaign, "unit-head").await;
    let events = app.events().await;
    for persona in ["coordinator", "office"] {
        let answer = app.persona(persona).command_with(&at(&accepted, "return"), &accepted, because("Muộn")).await;
        assert_eq!(answer.refused(409).code(), "report.notSubmitted", "{persona}");
    }
    let give_back = format!("/registrations/{}/return", registered.id());
    let answer = app.persona("coordinator").command_with(&give_back, &registered, because("Muộn")).await;
    assert_eq!(answer.refused(409).code(), "registration.notSubmitted");
    let now = read(&app, "coordinator", &accepted).await;
    assert_eq!(now.obstacle("returnReport"), Some("report.notSubmitted"));
    assert_eq!((now.body, app.events().await), (accepted.body.clone(), events), "nothing has changed");
}

#[tokio::test]
async fn of_two_officers_on_one_draft_the_second_is_told_and_loses_nothing() {
    let (app, _, period) = in_november().await;
    let draft = reporting::report(&app, &period, "TH1", "unit-officer").await;
    let path = format!("/reports/{}", draft.id());
    let (one, other) =
        (json!({"lessons": "Của cán bộ."}), json!({"lessons": "Của thủ trưởng.", "awards": "Giấy khen."}));
    let (officer, head) = (app.persona("unit-officer"), app.persona("unit-head"));
    let (first, second) =
        tokio::join!(officer.replace(&path, &draft, one.clone()), head.replace(&path, &draft, other.clone()));
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
    // Whoever came second reads what is there, and says his again on top of it: all of it is in the versions.
    let won = if first.status == 200 { &one } else { &other };
    let now = read(&app, "unit-head", &draft).await;
    assert_eq!(now.body["lessons"], won["lessons"]);
    let again = if first.status == 200 { &other } else { &one };
    let saved = head.replace(&path, &now, again.clone()).await.ok();
    assert_eq!((&saved.body["lessons"], &saved.body["version"]), (&again["lessons"], &json!(3)));
    let said: Vec<String> = sqlx::query_scalar(
        "SELECT state::jsonb #>> '{content,lessons}' FROM version WHERE object_id = $1::uuid ORDER BY version",
    )
    .bind(draft.id())
    .fetch_all(&mut app.database.owner().await)
    .await
    .unwrap();
    assert_eq!(said[1..], [won["lessons"].as_str().unwrap(), again["lessons"].as_str().unwrap()]);
}
