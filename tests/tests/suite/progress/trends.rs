//! Trends of groups: on each day what progress says of that day.

use serde_json::{Value, json};
use thidua_tests::{Reply, TestApp};

use super::measured;
use crate::{
    stage::{self, reporting},
    units,
};

async fn trend(app: &TestApp, campaign: &Reply, query: &str) -> Reply {
    app.persona("coordinator").get(&format!("/campaigns/{}/progress/trend?{query}", campaign.id())).await.ok()
}

fn points(trend: &Reply) -> &[Value] {
    trend.body["points"].as_array().unwrap()
}

/// As measured at the end of October, and again on 10 November.
async fn moved_on() -> (TestApp, Reply) {
    let (app, campaign) = measured().await;
    reporting::planned(&app, &campaign).await;
    app.at("2025-11-12");
    for (head, code, value) in [
        ("head-of-VHXH", "BHYT", json!({"kind": "SHARE", "numerator": "97895", "denominator": "99900"})),
        ("unit-head", "SANG-KIEN", json!({"kind": "QUANTITATIVE", "amount": "4"})),
    ] {
        let target = stage::target(&app, &campaign, head, code).await;
        stage::measured(&app, head, &target, "2025-11-10", value).await;
    }
    (app, campaign)
}

#[tokio::test]
async fn each_point_is_what_progress_says_of_the_group_on_that_day() {
    let (app, campaign) = moved_on().await;
    let coordinator = app.persona("coordinator");
    for (by, code) in [("FIELD", "3.2"), ("TASK", "3.2.7"), ("MOVEMENT", "M6"), ("UNIT", "TH1")] {
        for step in ["PERIOD", "WEEK"] {
            let trend = trend(&app, &campaign, &format!("by={by}&code={code}&step={step}")).await;
            assert!(points(&trend).len() >= 2, "{by} {step}");
            for point in points(&trend) {
                let day = point["onDate"].as_str().unwrap();
                let path = format!("/campaigns/{}/progress?by={by}&onDate={day}", campaign.id());
                let progress = coordinator.get(&path).await.ok();
                let groups = progress.body["groups"].as_array().unwrap();
                let nothing = json!({"targets": 0, "withValue": 0, "reached": 0});
                let group = groups.iter().find(|group| group["code"] == code);
                assert_eq!(point["count"], group.map_or(nothing, |group| group["count"].clone()), "{by} {day}");
                let totals = |list: &Value, at: &str| -> Vec<Value> {
                    list.as_array().unwrap().iter().map(|one| one.pointer(at).cloned().unwrap_or_default()).collect()
                };
                if let Some(group) = group {
                    assert_eq!(
                        totals(&point["planTargets"], "/value/total"),
                        totals(&group["planTargets"], "/total"),
                        "{by} {day}"
                    );
                    assert_eq!(trend.body["name"], group["name"]);
                }
            }
        }
    }
}

#[tokio::test]
async fn it_looks_at_the_ends_of_periods_or_week_by_week_and_always_at_the_last_day() {
    let (app, campaign) = moved_on().await;
    let dates = |trend: &Reply| -> Vec<String> {
        points(trend).iter().map(|point| point["onDate"].as_str().unwrap().to_owned()).collect()
    };
    let periods = trend(&app, &campaign, "").await;
    assert_eq!(dates(&periods), ["2025-10-31", "2025-11-12"]);
    assert_eq!((&periods.body["by"], &periods.body["name"]), (&Value::Null, &Value::Null), "all targets together");
    assert_eq!(points(&periods)[1]["count"], json!({"targets": 8, "withValue": 3, "reached": 3}));
    let october = json!({"targets": 2, "withValue": 1, "reached": 0});
    assert_eq!(points(&periods)[0]["count"], october, "those of the plan: TH1 registered in November");
    let weeks = trend(&app, &campaign, "step=WEEK").await;
    assert_eq!((dates(&weeks).len(), dates(&weeks)[0].as_str()), (9, "2025-09-17"), "the campaign began on the 15th");
    let until = trend(&app, &campaign, "toDate=2025-11-05").await;
    assert_eq!(dates(&until), ["2025-10-31", "2025-11-05"]);
}

#[tokio::test]
async fn the_branch_of_a_unit_has_a_trend_by_the_tree_of_each_day() {
    let (app, campaign) = moved_on().await;
    stage::registered(&app, &campaign, "head-of-TH2").await;
    let school = units::read(&app, "TH1").await;
    let mut body = units::grounds("2025-11-12");
    body["parentId"] = school.body["id"].clone();
    units::reorganised(&app, "TH2", "transfer", body).await.ok();
    let weeks = format!("unitId={}&below=true&step=WEEK", school.id());
    let branch = trend(&app, &campaign, &weeks).await;
    let targets: Vec<_> =
        points(&branch)[6..].iter().map(|point| point["count"]["targets"].as_i64().unwrap()).collect();
    assert_eq!(targets, [0, 6, 10], "it registered on the 3rd, and TH2 stands below it from the 12th on");
    let own = app.persona("unit-officer").get(&format!("/campaigns/{}/progress/trend", campaign.id())).await.ok();
    assert_eq!(points(&own)[1]["count"]["targets"], 6, "a unit sees its own");
}

#[tokio::test]
async fn a_trend_of_a_group_is_a_picture_with_its_figures_in_words() {
    let (app, campaign) = moved_on().await;
    let path = format!("/campaigns/{}/progress/trend/chart?by=FIELD&code=3.2", campaign.id());
    let coordinator = app.persona("coordinator");
    let picture = coordinator.get(&path).await.ok();
    assert_eq!(picture.header("Content-Type"), "image/svg+xml");
    let desc = picture.raw.split("<desc").nth(1).unwrap().split("</desc>").next().unwrap();
    for words in
        ["Đến ngày 31/10/2025: đạt 0/1 chỉ tiêu, đã có số liệu 1 chỉ tiêu.", "Đến ngày 12/11/2025: đạt 3/4 chỉ tiêu"]
    {
        assert!(desc.contains(words), "{words} in {desc}");
    }
    assert!(picture.raw.contains("Diễn biến thực hiện chỉ tiêu: 3.2"));
    let again = coordinator.with("If-None-Match", picture.etag()).get(&path).await;
    assert_eq!(again.status.as_u16(), 304);
    let nobody = app.persona("portal").get(&path).await.ok();
    assert!(nobody.raw.contains("Chưa có chỉ tiêu nào"));
}

#[tokio::test]
async fn a_group_is_named_whole_and_is_there() {
    let (app, campaign) = moved_on().await;
    let coordinator = app.persona("coordinator");
    for path in ["trend", "trend/chart"] {
        let path = format!("/campaigns/{}/progress/{path}", campaign.id());
        for (query, expected) in [
            ("by=FIELD", "code field.missing"),
            ("code=3.2", "by field.missing"),
            ("by=FIELD&code=9.9", "code reference.unknown"),
            ("by=UNIT&code=KHONG", "code reference.unknown"),
            ("toDate=2025-11-13", "toDate date.inFuture"),
            ("below=true", "unitId field.missing"),
        ] {
            assert_eq!(coordinator.get(&format!("{path}?{query}")).await.refused(422).faults(), [expected], "{query}");
        }
        coordinator.get(&format!("{path}?step=DAY")).await.refused(400);
    }
    coordinator.get("/campaigns/0198f1c2-6c00-7000-8000-000000000001/progress/trend").await.refused(404);
}

#[tokio::test]
async fn it_costs_as_many_statements_for_many_days_as_for_one() {
    let (app, campaign) = moved_on().await;
    let sent = async |query: &str| {
        let before = app.state.store.pool().statements();
        trend(&app, &campaign, query).await;
        app.state.store.pool().statements() - before
    };
    assert_eq!(sent("step=WEEK").await, 6, "BEGIN, checkout, campaign, units, courses, ROLLBACK");
    assert_eq!(sent("step=PERIOD").await, 7, "and the ends of periods");
}
