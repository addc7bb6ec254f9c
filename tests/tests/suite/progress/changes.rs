//! What changed within some days.

use serde_json::{Value, json};
use thidua_tests::{Reply, TestApp};

use crate::stage::{
    self,
    city::{self, October},
    office,
};

/// The week in which October was reported on, seen from 8 December.
const THE_WEEK: &str = "fromDate=2025-11-03&toDate=2025-11-09";

async fn october() -> (TestApp, October) {
    let app = TestApp::start_at("2025-11-03").await;
    let october = city::october(&app).await;
    (app, october)
}

async fn changes(app: &TestApp, who: &str, campaign: &Reply, query: &str) -> Reply {
    app.persona(who).get(&format!("/campaigns/{}/changes?{query}", campaign.id())).await
}

fn items<'a>(changes: &'a Reply, pointer: &str) -> &'a [Value] {
    changes.body.pointer(pointer).and_then(Value::as_array).unwrap_or_else(|| panic!("no {pointer}"))
}

fn amount(amount: &str) -> Value {
    json!({"kind": "QUANTITATIVE", "amount": amount})
}

#[tokio::test]
async fn the_week_tells_what_was_measured_handed_in_judged_opened_and_who_came_to_be_late() {
    let (app, october) = october().await;
    let week = changes(&app, "coordinator", &october.campaign, THE_WEEK).await.ok();
    assert_eq!((week.text("fromDate"), week.text("toDate")), ("2025-11-03", "2025-11-09"));
    assert_eq!(week.text("asOfAt"), "2025-12-08T02:00:00Z");

    assert_eq!(week.body["targets"]["total"], 2);
    let moved: Vec<_> = items(&week, "/targets/items").iter().map(|one| (&one["unitCode"], &one["code"])).collect();
    assert_eq!(json!(moved), json!([["TH1", "BHYT-HS"], ["VHXH", "BHYT"]]));
    let insured = &items(&week, "/targets/items")[0];
    assert_eq!((&insured["earlier"], &insured["change"]), (&Value::Null, &Value::Null));
    let path = format!("/measurements/{}", insured["current"]["measurementId"].as_str().unwrap());
    let measured = app.persona("auditor").get(&path).await.ok();
    assert_eq!(measured.body["value"], insured["current"]["value"]);

    assert_eq!(week.body["reports"]["count"], json!({"submitted": 4, "accepted": 2, "returned": 1}));
    let latest = &items(&week, "/reports/items")[0];
    assert_eq!(latest["reachedAt"], "2025-11-03T01:00:00Z");
    let accepted =
        items(&week, "/reports/items").iter().find(|one| one["stage"] == "ACCEPTED" && one["unitCode"] == "TH1");
    assert_eq!(accepted.unwrap()["reportId"], october.school.body["id"]);
    assert_eq!(
        (&accepted.unwrap()["stageLabel"], &accepted.unwrap()["periodCode"]),
        (&json!("Đã tiếp nhận"), &json!("2025-10"))
    );

    assert_eq!(week.body["registrations"]["count"], json!({"submitted": 1, "accepted": 1, "returned": 0}));
    let late: Vec<_> = items(&week, "/newlyLate/items").iter().map(|one| (&one["unitCode"], &one["missing"])).collect();
    assert_eq!(json!(late), json!([["TH2", true], ["THCS1", true]]), "who was given it back is not late");
    assert_eq!(week.body["newlyLate"]["total"], 2);
    let opened: Vec<_> = items(&week, "/periods").iter().map(|one| (&one["stage"], &one["periodCode"])).collect();
    assert_eq!(json!(opened), json!([["OPEN", "2025-10"]]));
}

#[tokio::test]
async fn a_value_stands_beside_the_one_before_and_what_says_the_same_is_no_change() {
    let (app, october) = october().await;
    let ideas = stage::target(&app, &october.campaign, "unit-head", "SANG-KIEN").await;
    let first = stage::measured(&app, "unit-head", &ideas, "2025-10-31", amount("3")).await;
    let insured = stage::target(&app, &october.campaign, "unit-head", "BHYT-HS").await;
    let same = json!({"kind": "SHARE", "numerator": "482", "denominator": "495"});
    app.at("2025-12-15");
    let second = stage::measured(&app, "unit-head", &ideas, "2025-12-14", amount("5")).await;
    // Recorded now for a day that is behind: where the target stands does not change.
    stage::measured(&app, "unit-head", &ideas, "2025-11-30", amount("4")).await;
    stage::measured(&app, "unit-head", &insured, "2025-12-14", same).await;

    let week = changes(&app, "coordinator", &october.campaign, "").await.ok();
    assert_eq!((week.text("fromDate"), week.text("toDate")), ("2025-12-09", "2025-12-15"), "the last seven days");
    assert_eq!(week.body["targets"]["total"], 1);
    let moved = &items(&week, "/targets/items")[0];
    assert_eq!(moved["earlier"]["measurementId"], first.body["id"]);
    assert_eq!(moved["current"]["measurementId"], second.body["id"]);
    assert_eq!(
        (&moved["earlier"]["value"]["amount"], &moved["current"]["value"]["amount"]),
        (&json!("3"), &json!("5"))
    );
    assert_eq!(moved["change"]["amount"], "2");
    // By the end of the week before, only the first value was known.
    let before = changes(&app, "coordinator", &october.campaign, "toDate=2025-12-14").await.ok();
    let moved = &items(&before, "/targets/items")[0];
    assert_eq!(moved["current"]["measurementId"], first.body["id"]);
}

#[tokio::test]
async fn a_unit_is_newly_late_in_the_days_of_the_deadline_only_and_stays_so_when_it_hands_in_after_all() {
    let (app, october) = october().await;
    for days in ["fromDate=2025-10-29&toDate=2025-11-04", "fromDate=2025-11-06&toDate=2025-11-12"] {
        let other = changes(&app, "coordinator", &october.campaign, days).await.ok();
        assert_eq!(other.body["newlyLate"], json!({"total": 0, "items": []}), "{days}");
    }
    let handed_in = city::plain_report(&app, &october.period, "TH2", "head-of-TH2").await;
    let week = changes(&app, "coordinator", &october.campaign, THE_WEEK).await.ok();
    let school = &items(&week, "/newlyLate/items")[0];
    assert_eq!(
        (&school["unitCode"], &school["missing"], &school["reportId"]),
        (&json!("TH2"), &json!(false), &handed_in.body["id"])
    );
    assert_eq!(school["firstSubmittedAt"], "2025-12-08T02:00:00Z");
    let now = changes(&app, "coordinator", &october.campaign, "").await.ok();
    assert_eq!(items(&now, "/reports/items")[0]["late"], true);
}

#[tokio::test]
async fn the_communes_own_reports_are_followed_from_stage_to_stage_by_those_who_see_them() {
    let (app, october) = october().await;
    let presented = office::presented(&app, &october).await;
    let sent = city::sent(&app, &october).await;
    let steps = async |who: &str| {
        let week = changes(&app, who, &october.campaign, "").await.ok();
        let step = |one: &Value| {
            let text = |member: &str| one[member].as_str().unwrap().to_owned();
            (text("consolidatedReportId"), text("stage"))
        };
        items(&week, "/consolidatedReports").iter().map(step).collect::<Vec<_>>()
    };
    let of = |report: &Reply, stages: &[&str]| -> Vec<(String, String)> {
        stages.iter().map(|stage| (report.id().to_owned(), (*stage).to_owned())).collect()
    };
    let mut told = steps("coordinator").await;
    told.sort();
    let mut expected = of(&presented, &["DRAFT", "UNDER_REVIEW", "SIGNED", "ISSUED", "PRESENTED"]);
    expected.extend(of(&sent, &["DRAFT", "UNDER_REVIEW", "SIGNED", "ISSUED", "SENT"]));
    expected.sort();
    assert_eq!(told, expected);
    let week = changes(&app, "clerk", &october.campaign, "").await.ok();
    let step = items(&week, "/consolidatedReports").iter().find(|one| one["stage"] == "PRESENTED").unwrap();
    assert_eq!((&step["kindLabel"], &step["stageLabel"]), (&json!("Báo cáo định kỳ"), &json!("Đã trình")));
    assert_eq!(steps("portal").await, of(&sent, &["SENT"]), "the city knows what was sent to it, since it was");
    assert_eq!(steps("unit-head").await, []);
    let before = changes(&app, "coordinator", &october.campaign, THE_WEEK).await.ok();
    assert_eq!(before.body["consolidatedReports"], json!([]));
}

#[tokio::test]
async fn everybody_sees_only_what_is_theirs_to_see() {
    let (app, october) = october().await;
    let school = changes(&app, "unit-head", &october.campaign, THE_WEEK).await.ok();
    assert_eq!(school.body["targets"]["total"], 1);
    assert_eq!(school.body["reports"]["count"], json!({"submitted": 1, "accepted": 1, "returned": 0}));
    assert_eq!(school.body["newlyLate"]["total"], 0);
    assert_eq!(items(&school, "/periods").len(), 1);
    let late = changes(&app, "head-of-TH2", &october.campaign, THE_WEEK).await.ok();
    assert_eq!((&late.body["newlyLate"]["total"], &late.body["targets"]["total"]), (&json!(1), &json!(0)));

    // The city knows what was accepted, and neither when it was handed in nor who is late.
    let city = changes(&app, "portal", &october.campaign, THE_WEEK).await.ok();
    assert_eq!(city.body["reports"]["count"], json!({"submitted": 0, "accepted": 2, "returned": 0}));
    assert_eq!(city.body["targets"]["total"], 0);
    assert_eq!((items(&city, "/periods").len(), &city.body["newlyLate"]["total"]), (0, &json!(0)));
    let clerk = changes(&app, "clerk", &october.campaign, THE_WEEK).await.ok();
    assert_eq!((&clerk.body["targets"]["total"], items(&clerk, "/reports/items").len()), (&json!(0), 0));
    // An auditor follows everything.
    let auditor = changes(&app, "auditor", &october.campaign, THE_WEEK).await.ok();
    assert_eq!(auditor.body["reports"]["count"], json!({"submitted": 4, "accepted": 2, "returned": 1}));
}

#[tokio::test]
async fn days_that_are_no_range_or_too_many_are_named() {
    let (app, october) = october().await;
    for (query, named) in [
        ("fromDate=2025-11-10&toDate=2025-11-09", "toDate"),
        ("fromDate=2025-09-01&toDate=2025-12-02", "toDate"),
        ("fromDate=2025-12-09", "fromDate"),
        ("fromDate=2025-08-01", "fromDate"),
    ] {
        let refused = changes(&app, "coordinator", &october.campaign, query).await.refused(422);
        assert_eq!(refused.faults(), [format!("{named} parameter.rangeOutOfBounds")], "{query}");
    }
    changes(&app, "coordinator", &october.campaign, "fromDate=2025-09-08&toDate=2025-12-08").await.ok();
    for query in ["fromDate=2025-02-30", "from=2025-11-03", "fromDate=2025-11-03&fromDate=2025-11-04"] {
        changes(&app, "coordinator", &october.campaign, query).await.refused(400);
    }
    app.persona("coordinator").get(&format!("/campaigns/{}/changes", october.period.id())).await.refused(404);
}

#[tokio::test]
async fn it_costs_as_many_statements_for_much_as_for_little() {
    let (app, october) = october().await;
    let sent = async |query: &str| {
        let before = app.state.store.pool().statements();
        changes(&app, "coordinator", &october.campaign, query).await.ok();
        app.state.store.pool().statements() - before
    };
    let busy = sent(THE_WEEK).await;
    assert_eq!(
        busy, 12,
        "BEGIN, checkout, campaign, targets, four kinds of steps, periods, their reports, units, ROLLBACK"
    );
    assert!(sent("").await <= busy);
}
