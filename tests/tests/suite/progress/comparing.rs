//! Progress against an earlier day: the end of the last period, or a day that the caller chooses.

use serde_json::{Value, json};
use thidua_tests::{Reply, TestApp};

use super::{by, group, measured};
use crate::stage::{self, reporting};

fn share(numerator: &str, denominator: &str) -> Value {
    json!({"kind": "SHARE", "numerator": numerator, "denominator": denominator})
}

/// As measured at the end of October, and again on 10 November, when two targets stand better and one worse.
async fn moved_on() -> (TestApp, Reply) {
    let (app, campaign) = measured().await;
    app.at("2025-11-12");
    let commune = stage::target(&app, &campaign, "head-of-VHXH", "BHYT").await;
    stage::measured(&app, "head-of-VHXH", &commune, "2025-11-10", share("97895", "99900")).await;
    let ideas = stage::target(&app, &campaign, "unit-head", "SANG-KIEN").await;
    stage::measured(&app, "unit-head", &ideas, "2025-11-10", json!({"kind": "QUANTITATIVE", "amount": "4"})).await;
    let school = stage::target(&app, &campaign, "unit-head", "BHYT").await;
    stage::measured(&app, "unit-head", &school, "2025-11-10", share("99", "100")).await;
    (app, campaign)
}

async fn targets(app: &TestApp, who: &str, campaign: &Reply, query: &str) -> Reply {
    app.persona(who).get(&format!("/campaigns/{}/progress/targets?{query}", campaign.id())).await.ok()
}

fn item<'a>(page: &'a Reply, code: &str, unit: &Value) -> &'a Value {
    let mut items = page.body["items"].as_array().unwrap().iter();
    items.find(|item| item["code"] == code && item["unitId"] == *unit).unwrap_or_else(|| panic!("no {code}"))
}

#[tokio::test]
async fn before_a_period_has_ended_nothing_is_compared_unless_a_day_is_chosen() {
    let (app, campaign) = moved_on().await;
    let progress = by(&app, "coordinator", &campaign, "FIELD").await;
    for member in ["comparedToDate", "earlierTotal", "change"] {
        assert_eq!(progress.body[member], Value::Null, "{member}");
    }
    assert_eq!(group(&progress, "3.2")["earlierCount"], Value::Null);
    let page = targets(&app, "coordinator", &campaign, "limit=100").await;
    assert!(page.body["items"].as_array().unwrap().iter().all(|item| item["earlier"].is_null()));
    let early = by(&app, "coordinator", &campaign, "FIELD&comparedToDate=2025-09-30").await;
    assert_eq!(early.body["earlierTotal"], json!({"targets": 8, "withValue": 0, "reached": 0}));
    assert_eq!(early.body["change"], json!({"withValue": 3, "reached": 2}));
    let insurance = &group(&early, "3.2")["planTargets"][0];
    assert_eq!((&insurance["earlier"], &insurance["change"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn each_group_stands_beside_where_it_stood_when_the_last_period_ended() {
    let (app, campaign) = moved_on().await;
    let october = reporting::planned(&app, &campaign).await;
    let progress = by(&app, "coordinator", &campaign, "FIELD").await;
    assert_eq!(progress.text("comparedToDate"), "2025-10-31");
    assert_eq!(progress.text("comparedToPeriodId"), october.id());
    let culture = group(&progress, "3.2");
    assert_eq!(culture["earlierCount"], json!({"targets": 4, "withValue": 3, "reached": 1}), "the school's own share");
    assert_eq!(culture["change"], json!({"withValue": 0, "reached": 1}), "two are reached since, one fell back");
    let insurance = &culture["planTargets"][0];
    assert_eq!(insurance["total"], share("97994", "100000"));
    assert_eq!(insurance["earlier"]["total"], share("96995", "100000"), "numerators and denominators, on both days");
    assert_eq!((&insurance["earlier"]["reached"], &insurance["reached"]), (&json!(false), &json!(true)));
    assert_eq!(insurance["change"]["sharePoints"], "0.999", "97.994 - 96.995, exactly");
    assert_eq!(insurance["change"]["amount"], Value::Null, "people are not added up over shares");
}

/// A period that is planned: its code and kind, its first and last day, and the first day on which it is closed, as announced.
async fn planned(app: &TestApp, campaign: &Reply, code: &str, kind: &str, days: [&str; 3]) -> Reply {
    let [first, last, closed] = days;
    let instant = |day: &str| format!("{day}T00:00:00+07:00");
    let new = json!({
        "code": code, "name": format!("Kỳ {code}"), "kind": kind, "startDate": first, "endDate": last,
        "opensAt": instant(last), "dueBefore": instant(closed), "closesAt": instant(closed),
    });
    app.persona("coordinator").create(&format!("/campaigns/{}/periods", campaign.id()), new).await.created()
}

#[tokio::test]
async fn the_last_period_is_a_regular_one_that_is_over_and_never_the_one_that_is_reported_on() {
    let (app, campaign) = moved_on().await;
    let september = planned(&app, &campaign, "2025-09", "MONTHLY", ["2025-09-15", "2025-09-30", "2025-10-10"]).await;
    let october = planned(&app, &campaign, "2025-10", "MONTHLY", ["2025-10-01", "2025-10-31", "2025-11-10"]).await;
    // What was asked for between, a sơ kết that ends with October, one that is not over yet, and one that ends today.
    planned(&app, &campaign, "DX", "AD_HOC", ["2025-11-01", "2025-11-05", "2025-11-08"]).await;
    planned(&app, &campaign, "SK", "INTERIM", ["2025-09-15", "2025-10-31", "2025-11-10"]).await;
    let second = planned(&app, &campaign, "SK2", "INTERIM", ["2025-11-01", "2025-11-07", "2025-11-14"]).await;
    let summary = planned(&app, &campaign, "TK", "FINAL", ["2025-09-15", "2025-11-12", "2025-11-15"]).await;
    let compared = async |on: &str| {
        let progress = by(&app, "coordinator", &campaign, &format!("UNIT&onDate={on}")).await;
        (progress.body["comparedToDate"].clone(), progress.body["comparedToPeriodId"].clone())
    };
    let with = |day: &str, period: &Reply| (json!(day), period.body["id"].clone());
    assert_eq!(compared("2025-10-09").await, (Value::Null, Value::Null), "September is still reported on");
    assert_eq!(compared("2025-10-10").await, with("2025-09-30", &september), "it is over when the day begins");
    assert_eq!(compared("2025-10-31").await, with("2025-09-30", &september), "October ends today");
    assert_eq!(compared("2025-11-09").await, with("2025-09-30", &september), "October is still reported on");
    assert_eq!(compared("2025-11-12").await, with("2025-10-31", &october), "and the month is named, not the sơ kết");
    let now = by(&app, "coordinator", &campaign, "UNIT").await;
    assert_eq!((now.text("comparedToDate"), now.text("comparedToPeriodId")), ("2025-10-31", october.id()));
    let page = targets(&app, "coordinator", &campaign, "limit=1").await;
    assert_eq!((page.text("comparedToDate"), page.text("comparedToPeriodId")), ("2025-10-31", october.id()));
    app.at("2025-11-18");
    assert_eq!(compared("2025-11-13").await, with("2025-10-31", &october));
    assert_eq!(compared("2025-11-14").await, with("2025-11-07", &second), "a sơ kết that is over is a mark too");
    assert_eq!(compared("2025-11-15").await, with("2025-11-12", &summary));
}

#[tokio::test]
async fn each_target_walks_back_to_the_measurement_of_either_day() {
    let (app, campaign) = moved_on().await;
    reporting::planned(&app, &campaign).await;
    let page = targets(&app, "auditor", &campaign, "limit=100&includeTotal=true").await;
    assert_eq!((page.text("comparedToDate"), &page.body["total"]), ("2025-10-31", &json!(8)));
    let school = stage::unit(&app, "TH1").await;
    let ideas = item(&page, "SANG-KIEN", &school);
    assert_eq!(ideas["change"], json!({"amount": "1", "completionPoints": "25"}));
    for (member, amount) in [("earlier", "3"), ("current", "4")] {
        let id = ideas[member]["measurementId"].as_str().unwrap();
        let walked = app.persona("auditor").get(&format!("/measurements/{id}")).await.ok();
        assert_eq!((&walked.body["value"]["amount"], &walked.body["targetId"]), (&json!(amount), &ideas["targetId"]));
    }
    assert_eq!(item(&page, "BHYT", &school)["change"]["sharePoints"], "-1", "what falls back has a minus");
    let unmeasured = item(&page, "VAN-HOA", &school);
    assert_eq!((&unmeasured["current"], &unmeasured["earlier"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn of_the_day_compared_with_the_value_recorded_last_counts_also_when_it_was_put_right_since() {
    let (app, campaign) = moved_on().await;
    let ideas = stage::target(&app, &campaign, "unit-head", "SANG-KIEN").await;
    stage::measured(&app, "unit-head", &ideas, "2025-10-31", json!({"kind": "QUANTITATIVE", "amount": "2"})).await;
    stage::measured(&app, "unit-head", &ideas, "2025-10-30", json!({"kind": "QUANTITATIVE", "amount": "1"})).await;
    let school = stage::unit(&app, "TH1").await;
    for (day, amount) in [("2025-10-31", "2"), ("2025-11-09", "2"), ("2025-10-30", "1"), ("2025-11-10", "4")] {
        let page = targets(&app, "unit-head", &campaign, &format!("limit=100&comparedToDate={day}")).await;
        assert_eq!(item(&page, "SANG-KIEN", &school)["earlier"]["value"]["amount"], amount, "{day}");
        assert_eq!(page.body["comparedToPeriodId"], Value::Null, "the caller chose the day");
    }
}

#[tokio::test]
async fn target_by_target_it_comes_in_pages_and_everybody_sees_their_own() {
    let (app, campaign) = moved_on().await;
    let first = targets(&app, "chair", &campaign, "limit=5&comparedToDate=2025-10-31").await;
    let next = first.header("Link").split_once("</v1").unwrap().1.split_once('>').unwrap().0.to_owned();
    assert!(next.contains("comparedToDate=2025-10-31"), "{next}");
    let second = app.persona("chair").get(&next).await.ok();
    assert_eq!(second.body["items"].as_array().unwrap().len(), 3);
    assert_eq!(second.body["nextCursor"], Value::Null);
    let own = targets(&app, "unit-officer", &campaign, "limit=100&includeTotal=true").await;
    assert_eq!(own.body["total"], 6);
    assert_eq!(targets(&app, "portal", &campaign, "limit=100").await.body["items"], json!([]));
    let path = format!("/campaigns/{}/progress/targets", campaign.id());
    let wrong = app.persona("chair").get(&format!("{path}?comparedToDate=2025-02-30")).await.refused(400);
    assert_eq!(wrong.faults(), ["comparedToDate date.malformed"]);
    app.persona("chair").get("/campaigns/0198f1c2-6c00-7000-8000-000000000001/progress/targets").await.refused(404);
}

#[tokio::test]
async fn what_is_compared_with_does_not_come_after_what_is_shown() {
    let app = TestApp::start_at("2025-11-10").await;
    let campaign = reporting::running_since_september(&app).await;
    let of = format!("/campaigns/{}/progress", campaign.id());
    for query in [
        "?by=FIELD&comparedToDate=2025-11-11",
        "?by=FIELD&onDate=2025-10-31&comparedToDate=2025-11-01",
        "/targets?comparedToDate=2026-11-10",
    ] {
        let refused = app.persona("coordinator").get(&format!("{of}{query}")).await.refused(422);
        assert_eq!(refused.faults(), ["comparedToDate progress.comparedToLater"], "{query}");
    }
    app.persona("coordinator").get(&format!("{of}?by=FIELD&comparedToDate=2025-11-10")).await.ok();
}
