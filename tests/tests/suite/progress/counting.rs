//! What a target's own row says of the days on which it was reached, against what its measurements say.

use serde_json::{Value, json};
use sqlx::Row as _;
use thidua_tests::{Reply, TestApp};

use crate::stage::{self, reporting};

fn ideas(amount: &str) -> Value {
    json!({"kind": "QUANTITATIVE", "amount": amount})
}

/// TH1 has registered in September; it is 20 November.
async fn registered() -> (TestApp, Reply, Reply) {
    let app = TestApp::start_at("2025-09-16").await;
    let campaign = reporting::running_since_september(&app).await;
    stage::registered(&app, &campaign, "unit-head").await;
    app.at("2025-11-20");
    let target = stage::target(&app, &campaign, "unit-head", "SANG-KIEN").await;
    (app, campaign, target)
}

/// How the targets stood at the end of a day: as they are counted, and as they are read from measurements.
async fn both(app: &TestApp, campaign: &Reply, day: &str) -> (Value, Value) {
    let path = format!("/campaigns/{}/progress?by=UNIT", campaign.id());
    let counted = app.persona("coordinator").get(&format!("{path}&comparedToDate={day}")).await.ok();
    let read = app.persona("coordinator").get(&format!("{path}&onDate={day}")).await.ok();
    (counted.body["earlierTotal"].clone(), read.body["total"].clone())
}

/// Whether the target's row knows on which days it was reached.
async fn is_known(app: &TestApp, target: &Reply) -> bool {
    let asked =
        sqlx::query("SELECT reached_days IS NOT NULL FROM target WHERE id = $1::uuid").bind(target.id().to_owned());
    asked.fetch_one(&mut app.database.owner().await).await.unwrap().get(0)
}

#[tokio::test]
async fn every_day_is_counted_as_its_measurements_say_in_whatever_order_they_were_recorded() {
    let (app, campaign, target) = registered().await;
    let measured = [
        ("2025-10-10", "2"),
        ("2025-10-20", "4"),
        ("2025-10-15", "5"),
        ("2025-10-20", "3"),
        ("2025-11-01", "6"),
        ("2025-10-12", "1"),
        ("2025-10-25", "4"),
        ("2025-11-01", "3"),
        ("2025-10-12", "4"),
        ("2025-10-05", "4"),
    ];
    for (day, amount) in measured {
        stage::measured(&app, "unit-officer", &target, day, ideas(amount)).await;
        for day in
            ["10-04", "10-05", "10-11", "10-12", "10-14", "10-15", "10-20", "10-24", "10-25", "10-31", "11-01", "11-19"]
        {
            let (counted, read) = both(&app, &campaign, &format!("2025-{day}")).await;
            assert_eq!(counted, read, "{day}, after {amount} was recorded");
        }
    }
    assert!(is_known(&app, &target).await, "that it was counted is what is tested");
    assert_eq!(both(&app, &campaign, "2025-10-25").await.0["reached"], 1);
    assert_eq!(both(&app, &campaign, "2025-11-01").await.0["reached"], 0);
}

#[tokio::test]
async fn of_several_values_that_one_file_brings_each_holds_until_the_next() {
    let (app, campaign, target) = registered().await;
    stage::measured(&app, "unit-officer", &target, "2025-10-12", ideas("1")).await;
    let file = "unitCode,targetCode,asOfDate,value.amount\nTH1,SANG-KIEN,2025-10-18,2\nTH1,SANG-KIEN,2025-10-10,4\n\
                TH1,SANG-KIEN,2025-11-02,4\nTH1,SANG-KIEN,2025-10-20,9\n";
    let path = format!("/campaigns/{}/measurement-imports", campaign.id());
    let officer = app.persona("unit-officer").with("Content-Type", "text/csv");
    officer.post_bytes(&path, file.into()).await.created();
    for day in ["10-09", "10-10", "10-11", "10-12", "10-17", "10-18", "10-19", "10-20", "11-01", "11-02"] {
        let (counted, read) = both(&app, &campaign, &format!("2025-{day}")).await;
        assert_eq!(counted, read, "{day}");
    }
    assert!(is_known(&app, &target).await);
}

#[tokio::test]
async fn a_target_that_asks_for_something_else_is_read_by_its_measurements_from_then_on() {
    let (app, campaign, target) = registered().await;
    stage::measured(&app, "unit-officer", &target, "2025-10-10", ideas("5")).await;
    stage::measured(&app, "unit-officer", &target, "2025-11-01", ideas("4")).await;
    let total = async || {
        let path = format!("/campaigns/{}/progress?by=UNIT&comparedToDate=2025-10-31", campaign.id());
        let read = app.persona("coordinator").get(&path).await.ok();
        (read.body["total"].clone(), read.body["earlierTotal"].clone())
    };
    let before = total().await;
    assert_eq!((&before.0["reached"], &before.1["reached"]), (&json!(1), &json!(1)));

    let mut correction = stage::content();
    correction["targets"][0]["measure"]["planned"] = json!("5");
    let path = format!("/campaigns/{}/registrations?unitId={}", campaign.id(), target.text("unitId"));
    correction["correctsId"] = app.persona("unit-head").get(&path).await.ok().body["items"][0]["id"].clone();
    correction["correctionReason"] = json!("Nâng chỉ tiêu.");
    let corrected = stage::handed_in(&app, &campaign, "unit-head", correction).await;
    let path = format!("/registrations/{}/accept", corrected.id());
    app.persona("coordinator").command(&path, &corrected).await.ok();
    let after = total().await;
    assert_eq!((&after.0["reached"], &after.1["reached"]), (&json!(0), &json!(1)), "4 was enough, and is no more");
    assert!(!is_known(&app, &target).await);
    stage::measured(&app, "unit-officer", &target, "2025-11-10", ideas("7")).await;
    assert_eq!(total().await.0["reached"], 1);
}
