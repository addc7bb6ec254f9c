//! Targets and their measurements.

use reqwest::Method;
use serde_json::{Value, json};
use thidua_tests::{Reply, TestApp};

use crate::stage;

/// A campaign that was launched on 15 September, on the day of this moment.
async fn running_on(day: &str) -> (TestApp, Reply) {
    let app = TestApp::start_at("2025-09-15").await;
    let campaign = stage::running(&app).await;
    app.at(day);
    (app, campaign)
}

fn share(numerator: &str, denominator: &str) -> Value {
    json!({"kind": "SHARE", "numerator": numerator, "denominator": denominator})
}

fn amount(amount: &str) -> Value {
    json!({"kind": "QUANTITATIVE", "amount": amount})
}

fn measurements(target: &Reply) -> String {
    format!("/targets/{}/measurements", target.id())
}

#[tokio::test]
async fn the_plans_own_targets_live_from_the_launch_with_the_units_that_answer_for_them() {
    let (app, campaign) = running_on("2025-10-01").await;
    let insurance = stage::target(&app, &campaign, "head-of-VHXH", "BHYT").await;
    assert_eq!((insurance.text("origin"), insurance.text("originLabel")), ("PLAN", "Chỉ tiêu của kế hoạch"));
    assert_eq!((insurance.text("stage"), insurance.text("stageLabel")), ("ACTIVE", "Đang có hiệu lực"));
    assert_eq!(insurance.body["topic"], json!({"task": "3.2.7"}));
    assert!(insurance.body["current"].is_null() && insurance.body["registrationId"].is_null());
    assert_eq!(insurance.obstacle("appendMeasurement"), None);

    stage::measured(&app, "head-of-VHXH", &insurance, "2025-09-30", share("39118", "41250")).await;
    let current = &app.persona("coordinator").get(&format!("/targets/{}", insurance.id())).await.ok().body["current"];
    assert_eq!(current["asOfDate"], "2025-09-30");
    assert_eq!(current["sharePercent"], "94.831515");
    assert_eq!((&current["completionPercent"], &current["reached"]), (&json!("97.76"), &json!(false)));

    let clearing = stage::target(&app, &campaign, "head-of-PKT", "GPMB").await;
    let done = json!({"kind": "MILESTONE", "done": ["P4", "P3"]});
    stage::measured(&app, "head-of-PKT", &clearing, "2025-10-01", done).await;
    let current = &stage::target(&app, &campaign, "head-of-PKT", "GPMB").await.body["current"];
    assert_eq!((&current["completionPercent"], &current["reached"]), (&json!("50"), &json!(false)));
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn a_share_of_96_995_percent_does_not_reach_97() {
    let (app, campaign) = running_on("2025-12-01").await;
    let insurance = stage::target(&app, &campaign, "head-of-VHXH", "BHYT").await;
    for (numerator, percent, reached) in [("96995", "96.995", false), ("97000", "97", true)] {
        stage::measured(&app, "head-of-VHXH", &insurance, "2025-12-01", share(numerator, "100000")).await;
        let current = &stage::target(&app, &campaign, "head-of-VHXH", "BHYT").await.body["current"];
        assert_eq!((&current["sharePercent"], &current["reached"]), (&json!(percent), &json!(reached)));
    }
}

#[tokio::test]
async fn a_target_stands_where_its_latest_day_says_and_of_that_day_what_was_recorded_last() {
    let (app, campaign) = running_on("2025-10-10").await;
    stage::registered(&app, &campaign, "unit-head").await;
    let target = stage::target(&app, &campaign, "unit-head", "SANG-KIEN").await;
    let mut all = Vec::new();
    for (day, found, stands) in [
        ("2025-10-05", "2", "2"),
        ("2025-10-05", "3", "3"),
        ("2025-09-20", "1", "3"),
        ("2025-10-10", "2", "2"),
        ("2025-10-09", "9", "2"),
    ] {
        all.push(stage::measured(&app, "unit-officer", &target, day, amount(found)).await.id().to_owned());
        let current = &stage::target(&app, &campaign, "unit-head", "SANG-KIEN").await.body["current"];
        assert_eq!(current["value"]["amount"], stands, "after {found} of {day}");
    }
    assert_eq!(stage::target(&app, &campaign, "unit-head", "SANG-KIEN").await.body["version"], 1);

    let officer = app.persona("unit-officer");
    let first = officer.get(&format!("{}?limit=3&includeTotal=true", measurements(&target))).await.ok();
    assert_eq!(first.body["total"], 5);
    let next = format!("{}?limit=3&cursor={}", measurements(&target), first.text("nextCursor"));
    let rest = officer.get(&next).await.ok();
    let pages = [&first, &rest].map(|page| page.body["items"].as_array().unwrap().clone()).concat();
    let listed: Vec<_> = pages.iter().map(|item| item["id"].as_str().unwrap()).collect();
    all.reverse();
    assert_eq!(listed, all);
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn a_measurement_is_its_own_version_and_is_recorded_once_whatever_its_repetitions() {
    let (app, campaign) = running_on("2025-10-01").await;
    stage::registered(&app, &campaign, "unit-head").await;
    let target = stage::target(&app, &campaign, "unit-head", "SANG-KIEN").await;
    let officer = app.persona("unit-officer").with("Idempotency-Key", "sang-kien-thang-9");
    let body = json!({"asOfDate": "2025-09-30", "value": amount("2.50"), "note": "Hội đồng họp ngày 30/9."});
    let created = officer.create(&measurements(&target), body.clone()).await.created();
    assert_eq!(created.header("Location"), format!("/v1/measurements/{}", created.id()));
    assert!(created.etag().starts_with("\"1."), "{}", created.etag());
    assert_eq!((created.body["value"].clone(), created.text("note")), (amount("2.5"), "Hội đồng họp ngày 30/9."));
    assert_eq!(created.text("recordedById"), officer.get("/me").await.ok().text("personId"));

    let replayed = officer.create(&measurements(&target), body).await.created();
    assert_eq!((replayed.header("Idempotency-Replayed"), replayed.id()), ("true", created.id()));
    let other = json!({"asOfDate": "2025-09-30", "value": amount("3")});
    assert_eq!(officer.create(&measurements(&target), other).await.refused(422).code(), "idempotency.keyReused");

    let read = officer.get(&format!("/measurements/{}", created.id())).await.ok();
    assert_eq!((read.body.clone(), read.etag()), (created.body.clone(), created.etag()));
    let known = officer.with("If-None-Match", created.etag());
    assert_eq!(known.get(&format!("/measurements/{}", created.id())).await.status.as_u16(), 304);
    let listed = officer.get(&measurements(&target)).await.ok();
    assert_eq!(listed.body["items"].as_array().unwrap().len(), 1);
}

type Case = (&'static str, Value, &'static [&'static str]);

#[tokio::test]
async fn a_value_that_cannot_be_is_refused_by_field_and_not_recorded() {
    let (app, campaign) = running_on("2025-10-01").await;
    stage::registered(&app, &campaign, "unit-head").await;
    let officer = app.persona("unit-officer");
    let day = "2025-09-30";
    let rules: [Case; 8] = [
        (
            "BHYT-HS",
            json!({"asOfDate": day, "value": share("619", "618")}),
            &["/value/numerator measure.shareOverWhole"],
        ),
        (
            "BHYT-HS",
            json!({"asOfDate": day, "value": share("-1", "618")}),
            &["/value/numerator measure.shareOverWhole"],
        ),
        ("BHYT-HS", json!({"asOfDate": day, "value": share("0", "0")}), &["/value/denominator measure.shareOfNothing"]),
        ("SANG-KIEN", json!({"asOfDate": day, "value": share("1", "2")}), &["/value/kind measure.otherKind"]),
        ("SANG-KIEN", json!({"asOfDate": "2025-09-14", "value": amount("1")}), &["/asOfDate measurement.beforeStart"]),
        ("SANG-KIEN", json!({"asOfDate": "2025-10-02", "value": amount("1")}), &["/asOfDate date.inFuture"]),
        (
            "CSVC",
            json!({"asOfDate": day, "value": {"kind": "MILESTONE", "done": ["B1", "B9", "B1"]}}),
            &["/value/done/1 reference.unknown", "/value/done/2 list.duplicate"],
        ),
        (
            "BHYT-HS",
            json!({"asOfDate": "2025-09-01", "value": share("2", "1")}),
            &["/value/numerator measure.shareOverWhole", "/asOfDate measurement.beforeStart"],
        ),
    ];
    for (code, body, faults) in rules {
        let target = stage::target(&app, &campaign, "unit-head", code).await;
        let refused = officer.create(&measurements(&target), body).await.refused(422);
        assert_eq!(
            (refused.code(), refused.faults()),
            ("rule.invalid", faults.iter().map(|fault| (*fault).to_owned()).collect())
        );
    }
    let target = stage::target(&app, &campaign, "unit-head", "SANG-KIEN").await;
    for (body, fault) in [
        (json!({"asOfDate": "2025-02-30", "value": amount("1")}), "/asOfDate date.malformed"),
        (json!({"asOfDate": "30/09/2025", "value": amount("1")}), "/asOfDate date.malformed"),
        (json!({"asOfDate": 20_250_930, "value": amount("1")}), "/asOfDate field.wrongType"),
        (json!({"asOfDate": day, "value": amount("0x1")}), "/value/amount decimal.malformed"),
        (json!({"asOfDate": day, "value": amount("1.0000001")}), "/value/amount decimal.malformed"),
        (json!({"asOfDate": day, "value": {"kind": "QUANTITATIVE", "amount": 1}}), "/value/amount field.wrongType"),
        (
            json!({"asOfDate": day, "value": {"kind": "QUANTITATIVE", "amount": "1", "reached": true}}),
            "/value field.unknown",
        ),
        (json!({"asOfDate": day, "value": amount("1"), "unitId": "TH1"}), "/unitId field.unknown"),
        (json!({"asOfDate": day, "value": amount("1"), "note": "a\u{7}"}), "/note text.control"),
        (json!({"asOfDate": day, "value": amount("1"), "note": "a".repeat(2001)}), "/note text.tooLong"),
        (json!({"asOfDate": day}), "/value field.missing"),
    ] {
        assert_eq!(officer.create(&measurements(&target), body).await.refused(400).faults(), [fault]);
    }
    assert_eq!(officer.get(&format!("{}?includeTotal=true", measurements(&target))).await.ok().body["total"], 0);
}

#[tokio::test]
async fn only_the_unit_measures_its_target_and_only_those_who_oversee_see_it_beside_the_unit() {
    let (app, campaign) = running_on("2025-10-01").await;
    stage::registered(&app, &campaign, "unit-head").await;
    let target = stage::target(&app, &campaign, "unit-head", "SANG-KIEN").await;
    let measurement = stage::measured(&app, "unit-officer", &target, "2025-09-30", amount("2")).await;
    let body = json!({"asOfDate": "2025-10-01", "value": amount("3")});
    for (persona, status) in [
        ("unit-head", 201),
        ("coordinator", 403),
        ("office", 403),
        ("chair", 403),
        ("vice-chair", 403),
        ("auditor", 403),
        ("other-unit-officer", 404),
        ("other-unit-head", 404),
        ("clerk", 404),
        ("communications", 404),
        ("accountant", 404),
        ("portal", 404),
        ("admin", 404),
    ] {
        let person = app.persona(persona);
        let seen = if status == 404 { 404 } else { 200 };
        let appended = person.create(&measurements(&target), body.clone()).await;
        assert_eq!(appended.status.as_u16(), status, "{persona} appends");
        for path in
            [format!("/targets/{}", target.id()), measurements(&target), format!("/measurements/{}", measurement.id())]
        {
            assert_eq!(person.get(&path).await.status.as_u16(), seen, "{persona} {path}");
        }
        let own = format!("/campaigns/{}/targets?task=3.2.1", campaign.id());
        let count = person.get(&own).await.ok().body["items"].as_array().unwrap().len();
        assert_eq!(count, usize::from(seen == 200), "{persona}");
    }
    let read = app.persona("coordinator").get(&format!("/targets/{}", target.id())).await.ok();
    assert_eq!(read.obstacle("appendMeasurement"), Some("policy.roleMissing"));
    let listed = app.persona("unit-head").get(&measurements(&target)).await.ok();
    assert_eq!(listed.body["items"].as_array().unwrap().len(), 2);
    app.persona("unit-head").get("/targets/01990292-0000-7000-8000-000000000000/measurements").await.refused(404);
}

#[tokio::test]
async fn a_list_of_targets_is_filtered_by_unit_task_and_stage_and_shows_where_each_stands() {
    let (app, campaign) = running_on("2025-10-01").await;
    stage::registered(&app, &campaign, "unit-head").await;
    stage::registered(&app, &campaign, "other-unit-head").await;
    let target = stage::target(&app, &campaign, "other-unit-head", "BHYT-HS").await;
    stage::measured(&app, "other-unit-officer", &target, "2025-10-01", share("1", "3")).await;
    let list = format!("/campaigns/{}/targets", campaign.id());
    let coordinator = app.persona("coordinator");
    for (query, count) in [
        (String::new(), 10),
        (format!("?unitId={}", target.text("unitId")), 4),
        ("?task=3.2.7".to_owned(), 3),
        ("?task=3.2.1&task=3.1.8".to_owned(), 3),
        ("?stage=ACTIVE".to_owned(), 10),
        ("?stage=RETIRED".to_owned(), 0),
        (format!("?task=3.2.7&unitId={}", target.text("unitId")), 1),
    ] {
        let found = coordinator.get(&format!("{list}{query}")).await.ok();
        assert_eq!(found.body["items"].as_array().unwrap().len(), count, "{query}");
    }
    let one = coordinator.get(&format!("{list}?task=3.2.7&unitId={}", target.text("unitId"))).await.ok();
    assert_eq!(one.body["items"][0]["current"]["sharePercent"], "33.333333");
    assert!(one.body["items"][0]["actions"].is_null());
}

#[tokio::test]
async fn eight_measurements_at_once_are_all_recorded_and_the_last_of_the_log_stands() {
    let (app, campaign) = running_on("2025-10-01").await;
    stage::registered(&app, &campaign, "unit-head").await;
    let target = stage::target(&app, &campaign, "unit-head", "SANG-KIEN").await;
    let path = measurements(&target);
    let sending: Vec<_> = (0..8)
        .map(|number| {
            let (officer, path) = (app.persona("unit-officer"), path.clone());
            let body = json!({"asOfDate": "2025-10-01", "value": amount(&number.to_string())});
            tokio::spawn(async move { officer.create(&path, body).await.created() })
        })
        .collect();
    for sent in sending {
        sent.await.unwrap();
    }
    let listed = app.persona("unit-head").get(&path).await.ok();
    let mut amounts: Vec<_> =
        listed.body["items"].as_array().unwrap().iter().map(|item| item["value"]["amount"].to_string()).collect();
    let newest = listed.body["items"][0].clone();
    amounts.sort();
    assert_eq!(amounts, (0..8).map(|number| format!("\"{number}\"")).collect::<Vec<_>>());
    let current = stage::target(&app, &campaign, "unit-head", "SANG-KIEN").await.body["current"].clone();
    assert_eq!((&current["measurementId"], &current["value"]), (&newest["id"], &newest["value"]));
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn a_single_read_takes_two_statements_and_recording_a_measurement_five_round_trips() {
    let (app, campaign) = running_on("2025-10-01").await;
    let accepted = stage::registered(&app, &campaign, "unit-head").await;
    let target = stage::target(&app, &campaign, "unit-head", "SANG-KIEN").await;
    let measurement = stage::measured(&app, "unit-officer", &target, "2025-09-30", amount("2")).await;
    let officer = app.persona("unit-officer");
    let body = json!({"asOfDate": "2025-09-30", "value": amount("3")}).to_string();
    let appending = officer.with("Idempotency-Key", "budget");
    for (person, method, path, body, budget) in [
        (&officer, Method::GET, format!("/targets/{}", target.id()), None, 2),
        (&officer, Method::GET, format!("/registrations/{}", accepted.id()), None, 2),
        (&officer, Method::GET, format!("/measurements/{}", measurement.id()), None, 2),
        (&officer, Method::GET, format!("/campaigns/{}", campaign.id()), None, 2),
        (&appending, Method::POST, measurements(&target), Some(body), 5),
    ] {
        let before = app.state.store.pool().statements();
        let answer = person.send(method.clone(), &path, body).await;
        assert!(answer.status.is_success(), "{}", answer.body);
        assert_eq!(app.state.store.pool().statements() - before, budget, "{method} {path}");
    }
}
