//! Registrations: drafted, handed in, judged, corrected, taken back.

use reqwest::Method;
use serde_json::{Value, json};
use thidua_api::story::{Player, Scene, play};
use thidua_domain::time::Timestamp;
use thidua_tests::{Reply, TestApp};

use crate::stage;

mod bad_input;
mod corrections;
mod visibility;

/// A campaign that was launched two days ago.
async fn begun() -> (TestApp, Reply) {
    let app = TestApp::start_at("2025-09-15").await;
    let campaign = stage::running(&app).await;
    app.at("2025-09-17");
    (app, campaign)
}

fn path(registration: &Reply, verb: &str) -> String {
    format!("/registrations/{}/{verb}", registration.id())
}

/// How many registrations of the campaign there are.
async fn count(app: &TestApp, campaign: &Reply) -> Value {
    let path = format!("/campaigns/{}/registrations?includeTotal=true", campaign.id());
    app.persona("auditor").get(&path).await.ok().body["total"].clone()
}

#[tokio::test]
async fn a_registration_is_drafted_by_the_officer_handed_in_by_the_head_and_accepted_by_the_coordinator() {
    let (app, campaign) = begun().await;
    let draft = stage::registration(&app, &campaign, "unit-officer", stage::content()).await;
    assert_eq!(draft.header("Location"), format!("/v1/registrations/{}", draft.id()));
    assert_eq!((draft.text("stage"), draft.body["round"].as_i64()), ("DRAFT", Some(0)));
    assert_eq!(draft.body["targets"], stage::content()["targets"]);
    assert_eq!(draft.body["actionProgramme"], stage::content()["actionProgramme"]);
    assert_eq!(draft.obstacle("replaceRegistration"), None);
    assert_eq!(draft.obstacle("submitRegistration"), Some("policy.roleMissing"));
    let officer = app.persona("unit-officer");
    assert_eq!(officer.command(&path(&draft, "submit"), &draft).await.refused(403).code(), "policy.roleMissing");

    let head = app.persona("unit-head");
    let submitted = head.command(&path(&draft, "submit"), &draft).await.ok();
    assert_eq!((submitted.text("stage"), submitted.text("stageLabel")), ("SUBMITTED", "Đã nộp"));
    assert_eq!(submitted.body["round"], 1);
    assert_eq!(submitted.text("submittedAt"), "2025-09-17T01:00:00Z");
    assert_eq!(submitted.text("submitterId"), head.get("/me").await.ok().text("personId"));
    assert_eq!(submitted.obstacle("replaceRegistration"), Some("registration.notEditable"));
    assert_eq!(head.command(&path(&draft, "accept"), &submitted).await.refused(403).code(), "policy.roleMissing");

    let accepted = app.persona("coordinator").command(&path(&draft, "accept"), &submitted).await.ok();
    assert_eq!(accepted.text("stage"), "ACCEPTED");
    assert_eq!(accepted.body["acceptance"]["name"], "Vũ Thị Hương");
    assert_eq!(accepted.obstacle("acceptRegistration"), Some("registration.notSubmitted"));

    let targets = head.get(&format!("/campaigns/{}/targets?includeTotal=true", campaign.id())).await.ok();
    assert_eq!(targets.body["total"], 4);
    for target in targets.body["items"].as_array().unwrap() {
        assert_eq!(target["origin"], "REGISTRATION");
        assert_eq!(target["registrationId"], accepted.body["id"]);
        assert!(target["current"].is_null());
    }
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn a_returned_registration_says_field_by_field_what_to_change_and_comes_back() {
    let (app, campaign) = begun().await;
    let submitted = stage::handed_in(&app, &campaign, "other-unit-head", stage::content()).await;
    let coordinator = app.persona("coordinator");
    let remarks = json!([
        {"pointer": "/targets/0/measure/planned", "reason": "Thấp hơn năm trước."},
        {"pointer": "/actionProgramme/measures", "reason": "Nêu rõ thời gian."}
    ]);
    let nowhere =
        json!({"reason": "Điều chỉnh", "remarks": [remarks[0], {"pointer": "/targets/9", "reason": "Ở đâu?"}]});
    let refused = coordinator.command_with(&path(&submitted, "return"), &submitted, nowhere).await.refused(422);
    assert_eq!(refused.faults(), ["/remarks/1/pointer remark.unknownPointer"]);

    let body = json!({"reason": "Đề nghị điều chỉnh.", "remarks": remarks});
    let returned = coordinator.command_with(&path(&submitted, "return"), &submitted, body).await.ok();
    assert_eq!((returned.text("stage"), returned.text("returnReason")), ("RETURNED", "Đề nghị điều chỉnh."));
    assert_eq!(returned.body["remarks"], remarks);
    assert_eq!(
        coordinator.command(&path(&submitted, "accept"), &returned).await.refused(409).code(),
        "registration.notSubmitted"
    );

    let officer = app.persona("other-unit-officer");
    let mut better = stage::content();
    better["targets"][0]["measure"]["planned"] = json!("12");
    let address = format!("/registrations/{}", submitted.id());
    let read = officer.get(&address).await.ok();
    let replaced = officer.replace(&address, &read, better).await.ok();
    assert_eq!((replaced.text("stage"), replaced.body["remarks"].clone()), ("RETURNED", remarks.clone()));
    let head = app.persona("other-unit-head");
    assert_eq!(
        head.command(&path(&submitted, "withdraw"), &replaced).await.refused(409).code(),
        "registration.notWithdrawable"
    );
    let again = head.command(&path(&submitted, "submit"), &replaced).await.ok();
    assert_eq!((again.text("stage"), again.body["round"].as_i64()), ("SUBMITTED", Some(2)));
    let accepted = coordinator.command(&path(&submitted, "accept"), &again).await.ok();
    assert_eq!(accepted.body["targets"][0]["measure"]["planned"], "12");
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn a_registration_is_handed_in_only_with_a_target_and_an_action_programme() {
    let (app, campaign) = begun().await;
    let draft = stage::registration(&app, &campaign, "unit-head", json!({"targets": []})).await;
    let head = app.persona("unit-head");
    let refused = head.command(&path(&draft, "submit"), &draft).await.refused(422);
    assert_eq!(refused.code(), "rule.invalid");
    assert_eq!(refused.faults(), ["/targets field.missing", "/actionProgramme field.missing"]);
    assert_eq!(head.get(&format!("/registrations/{}", draft.id())).await.ok().body["version"], 1);
}

#[tokio::test]
async fn a_registration_is_taken_back_before_it_is_accepted_and_makes_room_for_another() {
    let (app, campaign) = begun().await;
    let head = app.persona("unit-head");
    let first = stage::handed_in(&app, &campaign, "unit-head", stage::content()).await;
    let mut second = stage::content();
    second["unitId"] = first.body["unitId"].clone();
    let list = format!("/campaigns/{}/registrations", campaign.id());
    assert_eq!(head.create(&list, second.clone()).await.refused(409).code(), "registration.open");

    let officer = app.persona("unit-officer");
    assert_eq!(officer.command(&path(&first, "withdraw"), &first).await.refused(403).code(), "policy.roleMissing");
    let withdrawn = head.command(&path(&first, "withdraw"), &first).await.ok();
    assert_eq!((withdrawn.text("stage"), withdrawn.text("stageLabel")), ("WITHDRAWN", "Đã rút"));
    head.create(&list, second).await.created();
    assert_eq!(count(&app, &campaign).await, 2);
}

#[tokio::test]
async fn units_register_only_while_the_campaign_runs_and_only_for_themselves() {
    let app = TestApp::start_at("2025-09-15").await;
    let issued = stage::issued(&app).await;
    let list = format!("/campaigns/{}/registrations", issued.id());
    let mut new = stage::content();
    new["unitId"] = stage::unit_of(&app, "unit-head").await;
    assert_eq!(app.persona("unit-head").create(&list, new.clone()).await.refused(409).code(), "campaign.notRunning");

    app.persona("chair").command(&format!("/campaigns/{}/launch", issued.id()), &issued).await.ok();
    for (persona, code) in [
        ("other-unit-head", "policy.otherUnit"),
        ("coordinator", "policy.roleMissing"),
        ("auditor", "policy.roleMissing"),
        ("admin", "policy.roleMissing"),
    ] {
        assert_eq!(app.persona(persona).create(&list, new.clone()).await.refused(403).code(), code, "{persona}");
    }
    let nowhere = "/campaigns/01990292-0000-7000-8000-000000000000/registrations";
    app.persona("unit-head").create(nowhere, new).await.refused(404);
    app.persona("unit-head").get(nowhere).await.refused(404);
    assert_eq!(count(&app, &issued).await, 0);
}

#[tokio::test]
async fn of_two_coordinators_who_accept_at_once_one_is_told_that_it_is_stale() {
    let (app, campaign) = begun().await;
    let submitted = stage::handed_in(&app, &campaign, "unit-head", stage::content()).await;
    let accept = path(&submitted, "accept");
    let (first, second) = (app.persona("coordinator"), app.persona("second-coordinator"));
    let (one, two) = tokio::join!(first.command(&accept, &submitted), second.command(&accept, &submitted));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
    let targets = first.get(&format!("/campaigns/{}/targets?includeTotal=true", campaign.id())).await.ok();
    assert_eq!(targets.body["total"], 6, "four of the unit and two of the plan");
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn of_two_drafts_that_begin_at_once_one_finds_the_other_open() {
    let (app, campaign) = begun().await;
    let mut new = stage::content();
    new["unitId"] = stage::unit_of(&app, "unit-head").await;
    let list = format!("/campaigns/{}/registrations", campaign.id());
    let (head, officer) = (app.persona("unit-head"), app.persona("unit-officer"));
    let (one, two) = tokio::join!(head.create(&list, new.clone()), officer.create(&list, new));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    let refused = if one.status.as_u16() == 409 { &one } else { &two };
    assert_eq!(refused.code(), "registration.open");
    assert_eq!(count(&app, &campaign).await, 1);
}

#[tokio::test]
async fn a_repeated_command_is_carried_out_once_and_a_stale_one_not_at_all() {
    let (app, campaign) = begun().await;
    let draft = stage::registration(&app, &campaign, "unit-head", stage::content()).await;
    let head = app.persona("unit-head");
    let submit = path(&draft, "submit");
    let without = head.with("Idempotency-Key", "nop-1").send(Method::POST, &submit, None).await.refused(428);
    assert_eq!(without.faults(), ["If-Match header.missing"]);

    let keyed = head.with("Idempotency-Key", "nop-1");
    let submitted = keyed.command(&submit, &draft).await.ok();
    let accepted = app.persona("coordinator").command(&path(&draft, "accept"), &submitted).await.ok();
    assert_eq!(accepted.text("stage"), "ACCEPTED");
    let replayed = keyed.command(&submit, &draft).await.ok();
    assert_eq!(replayed.header("Idempotency-Replayed"), "true");
    assert_eq!((replayed.text("stage"), replayed.header("Event-Id")), ("SUBMITTED", submitted.header("Event-Id")));
    let stale = head.command(&submit, &draft).await.refused(412);
    assert_eq!(stale.faults(), ["If-Match resource.stale"]);
    let withdraw = keyed.command(&path(&draft, "withdraw"), &accepted).await.refused(422);
    assert_eq!(
        (withdraw.code(), withdraw.faults()),
        ("idempotency.keyReused", vec!["Idempotency-Key idempotency.keyReused".to_owned()])
    );
}

#[tokio::test]
async fn the_story_registers_seven_units_and_measures_what_they_registered() {
    let app = TestApp::start_at("2025-09-10").await;
    let mut player = Player::new(app.base.clone(), app.issuer.clone(), "test").unwrap();
    let mut told = Vec::new();
    let mut tell = |line: &str| told.push(line.to_owned());
    let until = Timestamp::parse("2025-10-03T17:00:00+07:00").unwrap();
    play(&mut player, &mut Scene { until, tell: &mut tell }).await.unwrap();
    assert!(told.iter().any(|line| line.starts_with("19/09/2025") && line.contains("đề nghị Trạm Y tế điều chỉnh")));

    let coordinator = app.persona("coordinator");
    let campaigns = coordinator.get("/campaigns").await.ok();
    let path = format!("/campaigns/{}", campaigns.body["items"][0]["id"].as_str().unwrap());
    for (stage, count) in [("ACCEPTED", 7), ("SUPERSEDED", 1), ("WITHDRAWN", 1)] {
        let list = format!("{path}/registrations?stage={stage}&includeTotal=true");
        assert_eq!(coordinator.get(&list).await.ok().body["total"], count, "{stage}");
    }
    let targets = coordinator.get(&format!("{path}/targets?limit=100")).await.ok();
    let targets = targets.body["items"].as_array().unwrap().clone();
    let insurance = targets.iter().find(|target| target["code"] == "BHYT").unwrap();
    assert_eq!(insurance["current"]["sharePercent"], "94.831515");
    assert_eq!(targets.iter().filter(|target| target["restricted"] == true).count(), 1);
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}
