//! The evidence of a measurement: beside it, seen where it is, and fixed by the report that rests on it.

use super::*;
use crate::stage;

/// A service on 3 November, with the campaign and a measurement of TH1 for October.
async fn with_measurement() -> (TestApp, Reply, Reply) {
    let app = TestApp::start_at("2025-11-03").await;
    let campaign = reporting::running_since_september(&app).await;
    stage::registered(&app, &campaign, "unit-head").await;
    let measured = reporting::measured_in_october(&app, &campaign, "unit-officer", "SANG-KIEN").await;
    (app, campaign, measured)
}

async fn read(app: &TestApp, persona: &str, measured: &Reply) -> Reply {
    app.persona(persona).get(&at("measurements", measured)).await.ok()
}

#[tokio::test]
async fn a_measurement_stays_as_it_was_recorded_and_what_proves_it_stands_beside_it() {
    let (app, _, measured) = with_measurement().await;
    assert_eq!(measured.obstacle("attachToMeasurement"), None);
    let made = reporting::proven(&app, &measured, "unit-officer").await;
    assert_eq!((made.text("measurementId"), made.body.get("reportId")), (measured.id(), None));
    assert_eq!((made.text("unitId"), made.obstacle("removeAttachment")), (measured.text("unitId"), None));

    let now = read(&app, "unit-head", &measured).await;
    let enclosed = json!([{"attachmentId": made.id(), "name": "sang-kien.txt", "fileType": "TEXT",
                           "size": made.body["size"], "sha256": made.body["sha256"]}]);
    assert_eq!((&now.body["attachments"], &now.body["version"]), (&enclosed, &json!(1)));
    let mut recorded = now.body.clone();
    recorded.as_object_mut().unwrap().remove("attachments");
    assert_eq!(recorded, measured.body, "nothing else has changed");

    let twice =
        app.persona("unit-head").attach(&at("measurements", &measured), "b.txt", made.raw.clone()).await.created();
    let gone = app.persona("unit-head").command(&format!("{}/remove", at("attachments", &twice)), &twice).await.ok();
    assert_eq!((gone.text("stage"), &gone.body["contentKept"]), ("REMOVED", &json!(true)));
    content_of(&app.persona("coordinator"), &gone).await.ok();
    assert_eq!(read(&app, "unit-head", &measured).await.body["attachments"], enclosed);
    let list = format!("{}/attachments?includeTotal=true", at("measurements", &measured));
    let list = app.persona("auditor").get(&list).await.ok();
    assert_eq!((&list.body["total"], &list.body["items"][0]["id"]), (&json!(1), &made.body["id"]));
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn what_proves_a_measurement_is_fixed_by_the_report_that_rests_on_it_and_free_once_that_is_given_back() {
    let (app, campaign, measured) = with_measurement().await;
    let made = reporting::proven(&app, &measured, "unit-officer").await;
    let period = reporting::open(&app, &campaign).await;
    let submitted = reporting::resting_on(&app, &campaign, &period, &measured).await;
    let figure = |report: &Reply| {
        let figures = report.body["figures"].as_array().unwrap().clone();
        figures.into_iter().find(|figure| figure["measurementId"] == measured.id()).unwrap()
    };
    let named = figure(&submitted)["evidence"].clone();
    assert_eq!((&named[0]["attachmentId"], &named[0]["sha256"]), (&made.body["id"], &made.body["sha256"]));

    let (owner, before) = (at("measurements", &measured), app.events().await);
    let remove = format!("{}/remove", at("attachments", &made));
    let officer = app.persona("unit-officer");
    let late = officer.attach(&owner, "b.txt", "Danh sách khác.").await.refused(409);
    assert_eq!(late.code(), "measurement.reported");
    assert_eq!(officer.command(&remove, &made).await.refused(409).code(), "measurement.reported");
    let read_now = read(&app, "unit-head", &measured).await;
    assert_eq!(read_now.obstacle("attachToMeasurement"), Some("measurement.reported"));
    assert_eq!((app.events().await, kept(&app).len()), (before, 1), "nothing is written, and no bytes are left");

    let why = json!({"reason": "Bổ sung minh chứng.", "remarks": []});
    let give_back = format!("{}/return", at("reports", &submitted));
    let returned = app.persona("coordinator").command_with(&give_back, &submitted, why).await.ok();
    let more = officer.attach(&owner, "b.txt", "Danh sách khác.").await.created();
    officer.command(&remove, &made).await.ok();
    let submit = format!("{}/submit", at("reports", &submitted));
    let again = app.persona("unit-head").command(&submit, &returned).await.ok();
    assert_eq!(figure(&again)["evidence"][0]["attachmentId"], more.body["id"]);
    assert_eq!(content_of(&app.persona("coordinator"), &made).await.ok().raw, "Danh sách sáng kiến được công nhận.");
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn evidence_of_a_measurement_is_seen_exactly_where_the_measurement_is() {
    let (app, _, measured) = with_measurement().await;
    let made = reporting::proven(&app, &measured, "unit-officer").await;
    let mut seen = Vec::new();
    for persona in super::visibility::EVERYBODY {
        let person = app.persona(persona);
        let sees = person.get(&at("measurements", &measured)).await.status.as_u16();
        let one = person.get(&at("attachments", &made)).await;
        let list = person.get(&format!("{}/attachments", at("measurements", &measured))).await;
        for answer in [&one, &content_of(&person, &made).await, &list] {
            assert_eq!(answer.status.as_u16(), sees, "{persona}: {}", answer.raw);
        }
        if sees == 200 {
            assert_eq!(list.body["items"][0]["id"], made.body["id"], "{persona}");
            seen.push(persona);
        } else {
            person.attach(&at("measurements", &measured), "b.txt", "khac").await.refused(404);
            person.command(&format!("{}/remove", at("attachments", &made)), &made).await.refused(404);
        }
    }
    assert_eq!(seen, ["unit-officer", "unit-head", "coordinator", "office", "chair", "vice-chair", "auditor"]);
}

#[tokio::test]
async fn a_repeated_recording_says_what_can_be_done_now() {
    let (app, campaign, _) = with_measurement().await;
    let target = stage::target(&app, &campaign, "unit-officer", "SANG-KIEN").await;
    let path = format!("/targets/{}/measurements", target.id());
    let new = json!({"asOfDate": "2025-10-31", "value": {"kind": "QUANTITATIVE", "amount": "4"}}).to_string();
    let officer = app.persona("unit-officer").with("Idempotency-Key", "once");
    let first = officer.send(Method::POST, &path, Some(new.clone())).await.created();
    let made = reporting::proven(&app, &first, "unit-officer").await;
    let again = officer.send(Method::POST, &path, Some(new)).await.created();
    assert_eq!((again.id(), again.header("Idempotency-Replayed")), (first.id(), "true"));
    assert_eq!(again.body["attachments"][0]["attachmentId"], made.body["id"]);
}

#[tokio::test]
async fn twenty_files_prove_a_measurement_whoever_comes_first() {
    let (app, _, measured) = with_measurement().await;
    let owner = at("measurements", &measured);
    let attaching = (0..24).map(|number| {
        let (officer, owner) = (app.persona("unit-officer"), owner.clone());
        tokio::spawn(async move { officer.attach(&owner, &format!("{number}.txt"), format!("so {number}")).await })
    });
    let (mut taken, mut refused) = (0, 0);
    for one in attaching.collect::<Vec<_>>() {
        let answer = one.await.unwrap();
        match (answer.status.as_u16(), answer.code()) {
            (201, _) => taken += 1,
            (409, "attachment.tooMany") => refused += 1,
            _ => panic!("{}", answer.raw),
        }
    }
    assert_eq!((taken, refused, kept(&app).len()), (20, 4, 20));
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn proving_and_reading_a_measurement_take_no_more_statements_than_they_must() {
    let (app, _, measured) = with_measurement().await;
    let statements = || app.state.store.pool().statements();
    let before = statements();
    reporting::proven(&app, &measured, "unit-officer").await;
    let attached = statements();
    assert_eq!(
        attached - before,
        8,
        "caller, measurement; begin, caller, what is held, measurement, attachment, commit"
    );
    read(&app, "unit-officer", &measured).await;
    assert_eq!(statements() - attached, 2, "caller, measurement with its evidence");
}
