//! The end of a unit: who stands under it, who writes for it, what it still owes.

use super::*;
use crate::stage::reporting;

/// The codes of the units that owe a report for a period, as the coordinator reads it.
pub(super) async fn owing(app: &TestApp, period: &Reply) -> Vec<String> {
    let campaign = period.body["campaignId"].as_str().unwrap();
    let path = format!("/campaigns/{campaign}/compliance?periodId={}", period.id());
    let board = app.persona("coordinator").get(&path).await.ok();
    let rows = board.body["periods"][0]["owing"].as_array().unwrap();
    rows.iter().map(|row| row["unitCode"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_unit_ends_when_each_unit_below_it_has_a_place_and_then_takes_nobody_in() {
    let app = TestApp::start_at("2025-10-20").await;
    let (office, school) = (read(&app, "VHXH").await, read(&app, "TH1").await);
    let branch = entered(&app, "TH1-A", "SCHOOL", &school).await;
    let events = app.events().await;
    let refused = reorganised(&app, "TH1", "dissolve", grounds("2025-11-01")).await.refused(422);
    assert_eq!(refused.faults(), ["/subordinates unit.subordinateUnplaced"]);
    assert!(refused.body["errors"][0]["message"].as_str().unwrap().ends_with("Đơn vị TH1-A"));
    assert_eq!(app.events().await, events);

    let placed = with("2025-11-01", json!({"subordinates": [{"unitId": branch.id(), "parentId": office.id()}]}));
    let ended = reorganised(&app, "TH1", "dissolve", placed).await.ok();
    assert_eq!((ended.text("stage"), ended.text("stageLabel")), ("DISSOLVED", "Giải thể"));
    assert_eq!((ended.text("validBeforeDate"), &ended.body["exists"]), ("2025-11-01", &json!(true)));
    assert_eq!(app.events().await, events + 2, "the unit, and the one that moved because of it");
    let moved = read(&app, "TH1-A").await;
    assert_eq!(moved.body["history"][0]["parentId"], office.body["id"]);

    let auditor = app.persona("auditor");
    assert!(codes(&auditor, "asOfDate=2025-10-31").await.contains(&"TH1".to_owned()));
    assert!(!codes(&auditor, "asOfDate=2025-11-01").await.contains(&"TH1".to_owned()));
    assert!(codes(&auditor, "").await.contains(&"TH1".to_owned()), "nothing is lost");
    let new =
        json!({"code": "TH1-B", "name": "A", "type": "SCHOOL", "validFromDate": "2025-07-01", "parentId": school.id()});
    let refused = app.persona("admin").create("/units", new).await.refused(422);
    assert_eq!(refused.faults(), ["/parentId unit.ended"]);
    let again = reorganised(&app, "TH1", "dissolve", grounds("2025-12-01")).await.refused(409);
    assert_eq!(again.code(), "unit.ended");
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn who_compiles_or_issues_a_campaign_does_not_end() {
    let app = TestApp::start_at("2025-10-20").await;
    reporting::running_since_september(&app).await;
    for code in ["VHXH", "UBND"] {
        let refused = reorganised(&app, code, "dissolve", grounds("2025-11-01")).await.refused(409);
        assert_eq!(refused.code(), "unit.leadsCampaign", "{code}");
    }
}

#[tokio::test]
async fn nobody_begins_a_campaign_led_by_a_unit_that_ends() {
    let app = TestApp::start_at("2025-10-20").await;
    reorganised(&app, "VP", "dissolve", grounds("2025-11-01")).await.ok();
    let office = stage::unit(&app, "VP").await;
    let mut new = json!({"code": "dot-2", "issuerUnitId": office, "coordinatingUnitId": office, "plan": stage::plan()});
    let events = app.events().await;
    let coordinator = app.persona("coordinator");
    let refused = coordinator.create("/campaigns", new.clone()).await.refused(422);
    assert_eq!(refused.faults(), ["/issuerUnitId unit.ended", "/coordinatingUnitId unit.ended"]);
    assert_eq!(app.events().await, events);
    new["issuerUnitId"] = stage::unit(&app, "UBND").await;
    new["coordinatingUnitId"] = stage::unit(&app, "VHXH").await;
    coordinator.create("/campaigns", new).await.created();
}

#[tokio::test]
async fn no_rule_waits_for_the_figure_of_a_unit_that_has_ended() {
    let app = TestApp::start_at("2025-10-20").await;
    let campaign = reporting::running_since_september(&app).await;
    reorganised(&app, "THON1", "dissolve", grounds("2025-10-10")).await.ok();
    let rule = json!({
        "code": "TONG-THON", "name": "Tổng các thôn bằng số của xã", "severity": "BLOCK",
        "condition": {"kind": "SUM_OF_UNITS", "target": "BHYT", "unitType": "VILLAGE", "otherTarget": "BHYT-XA",
                      "ownerUnitId": stage::unit(&app, "THON1").await},
    });
    let path = format!("/campaigns/{}/validation-rules", campaign.id());
    let refused = app.persona("coordinator").create(&path, rule).await.refused(422);
    assert_eq!(refused.faults(), ["/condition/ownerUnitId unit.ended"]);
}

#[tokio::test]
async fn a_dissolved_unit_owes_what_ended_before_and_those_who_worked_there_still_hand_it_in() {
    let app = TestApp::start_at("2025-10-20").await;
    let campaign = reporting::running_since_september(&app).await;
    let october = reporting::open(&app, &campaign).await;
    let mut november = reporting::october();
    for (member, value) in [
        ("code", "2025-11"),
        ("startDate", "2025-11-01"),
        ("endDate", "2025-11-30"),
        ("dueBefore", "2025-12-05T00:00:00+07:00"),
        ("closesAt", "2025-12-10T00:00:00+07:00"),
    ] {
        november[member] = value.into();
    }
    let coordinator = app.persona("coordinator");
    let path = format!("/campaigns/{}/periods", campaign.id());
    let november = coordinator.create(&path, november).await.created();
    let november = coordinator.command(&format!("/periods/{}/open", november.id()), &november).await.ok();
    assert_eq!(owing(&app, &october).await, owing(&app, &november).await);
    let ahead = reporting::report(&app, &november, "TH1", "unit-officer").await;

    let ended = reorganised(&app, "TH1", "dissolve", grounds("2025-11-01")).await.ok();
    assert!(owing(&app, &october).await.contains(&"TH1".to_owned()), "it existed on 31 October");
    assert!(!owing(&app, &november).await.contains(&"TH1".to_owned()));
    let mut owner = app.database.owner().await;
    let caused: (String, String) = sqlx::query_as(
        "SELECT action, entry::jsonb ->> 'causedBy' FROM event WHERE object_id = $1::uuid ORDER BY object_version DESC LIMIT 1",
    )
    .bind(november.id())
    .fetch_one(&mut owner)
    .await
    .unwrap();
    assert_eq!(caused, ("period.owingChanged".to_owned(), ended.header("Event-Id").to_owned()));

    app.at("2025-11-03");
    reporting::handed_in(&app, &october).await;
    let events = app.events().await;
    let head = app.persona("unit-head");
    let late = head.command(&format!("/reports/{}/submit", ahead.id()), &ahead).await.refused(422);
    assert_eq!(late.code(), "unit.notThere");
    let body = json!({"lessons": "Viết thêm."});
    assert_eq!(
        head.replace(&format!("/reports/{}", ahead.id()), &ahead, body).await.refused(422).code(),
        "unit.notThere"
    );
    assert_eq!(app.events().await, events);
}

#[tokio::test]
async fn nothing_is_registered_or_measured_for_a_unit_after_its_end() {
    let app = TestApp::start_at("2025-10-20").await;
    let campaign = reporting::running_since_september(&app).await;
    stage::registered(&app, &campaign, "unit-head").await;
    let waiting = stage::handed_in(&app, &campaign, "other-unit-head", stage::content()).await;
    let draft = {
        let mut correction = stage::content();
        let path = format!("/campaigns/{}/registrations?unitId={}", campaign.id(), read(&app, "TH1").await.id());
        let accepted = app.persona("unit-head").get(&path).await.ok().body["items"][0]["id"].clone();
        correction["correctsId"] = accepted;
        correction["correctionReason"] = json!("Điều chỉnh chỉ tiêu.");
        stage::registration(&app, &campaign, "unit-head", correction).await
    };
    let target = stage::target(&app, &campaign, "unit-officer", "SANG-KIEN").await;
    reorganised(&app, "TH1", "dissolve", grounds("2025-11-01")).await.ok();
    reorganised(&app, "TYTX", "dissolve", grounds("2025-11-01")).await.ok();

    // Until its last day it works as before.
    let value = json!({"kind": "QUANTITATIVE", "amount": "1"});
    app.at("2025-11-05");
    stage::measured(&app, "unit-officer", &target, "2025-10-31", value.clone()).await;
    let events = app.events().await;
    let head = app.persona("unit-head");
    let after = json!({"asOfDate": "2025-11-01", "value": value});
    let refused = head.create(&format!("/targets/{}/measurements", target.id()), after).await.refused(422);
    assert_eq!(refused.faults(), ["/asOfDate unit.notThere"]);
    let refused = head.command(&format!("/registrations/{}/submit", draft.id()), &draft).await.refused(422);
    assert_eq!(refused.code(), "unit.notThere");
    let path = format!("/registrations/{}/accept", waiting.id());
    assert_eq!(app.persona("coordinator").command(&path, &waiting).await.refused(422).code(), "unit.notThere");
    let mut new = stage::content();
    new["unitId"] = waiting.body["unitId"].clone();
    let other = app.persona("other-unit-head");
    other.command(&format!("/registrations/{}/withdraw", waiting.id()), &waiting).await.ok();
    let refused = other.create(&format!("/campaigns/{}/registrations", campaign.id()), new).await.refused(422);
    assert_eq!(refused.faults(), ["/unitId unit.notThere"]);
    assert_eq!(app.events().await, events + 1, "taking back is all that was done");
}
