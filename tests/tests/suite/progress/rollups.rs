//! Roll-ups: a unit with all below it, by the tree of the day; and progress as it stood on a day that is over.

use serde_json::{Value, json};
use thidua_tests::{Reply, TestApp};

use super::{codes, count, group};
use crate::{
    stage::{self, reporting},
    units,
};

async fn asked(app: &TestApp, campaign: &Reply, query: &str) -> Reply {
    app.persona("coordinator").get(&format!("/campaigns/{}/progress?{query}", campaign.id())).await.ok()
}

/// TH1 and TH2 with their targets, of which each has measured one by 20 October; TH2 goes below TH1 on 1 November.
async fn one_below_the_other() -> (TestApp, Reply, [Reply; 2]) {
    let app = TestApp::start_at("2025-10-20").await;
    let campaign = reporting::running_since_september(&app).await;
    for head in ["unit-head", "head-of-TH2"] {
        stage::registered(&app, &campaign, head).await;
        let target = stage::target(&app, &campaign, head, "SANG-KIEN").await;
        let value = json!({"kind": "QUANTITATIVE", "amount": "4"});
        stage::measured(&app, head, &target, "2025-10-19", value).await;
    }
    let school = units::read(&app, "TH1").await;
    let mut body = units::managed_by("Phòng Văn hóa - Xã hội", "2025-11-01");
    body["parentId"] = school.body["id"].clone();
    let other = units::reorganised(&app, "TH2", "transfer", body).await.ok();
    (app, campaign, [school, other])
}

#[tokio::test]
async fn a_unit_is_asked_for_alone_or_with_all_below_it_by_the_tree_of_the_day() {
    let (app, campaign, [school, other]) = one_below_the_other().await;
    let school_with = |below: bool| format!("by=UNIT&unitId={}&below={below}", school.id());
    let before = asked(&app, &campaign, &school_with(true)).await;
    assert_eq!((codes(&before), &before.body["total"]), (vec!["TH1"], &count(4, 1, 1)), "today nobody is below it");
    app.at("2025-11-02");
    let since = asked(&app, &campaign, &school_with(true)).await;
    assert_eq!((codes(&since), &since.body["total"]), (vec!["TH1", "TH2"], &count(8, 2, 2)));
    assert_eq!((&since.body["unitId"], &since.body["below"]), (&school.body["id"], &json!(true)));
    let below = group(&since, "TH2");
    assert_eq!(
        (&below["aboveUnitId"], &below["managingAuthority"]),
        (&school.body["id"], &json!("Phòng Văn hóa - Xã hội"))
    );
    let alone = asked(&app, &campaign, &school_with(false)).await;
    let branch = asked(&app, &campaign, &format!("by=UNIT&unitId={}&below=true", other.id())).await;
    for member in ["targets", "withValue", "reached"] {
        let of = |reply: &Reply| reply.body["total"][member].as_i64().unwrap();
        assert_eq!(of(&alone) + of(&branch), of(&since), "{member}: what is its own, and the branch below it");
    }
    // Whatever it is grouped by, only the branch is counted.
    let fields = asked(&app, &campaign, &format!("by=FIELD&unitId={}&below=true", school.id())).await;
    assert_eq!(fields.body["total"], count(8, 2, 2));
    assert_eq!(
        group(&fields, "3.2")["planTargets"][0]["sources"],
        json!([]),
        "the commune's insurance is not of the branch"
    );

    // A day before the change is asked by the tree of that day.
    let then = asked(&app, &campaign, &format!("{}&onDate=2025-10-31", school_with(true))).await;
    assert_eq!((codes(&then), then.text("onDate")), (vec!["TH1"], "2025-10-31"));
    assert_eq!(then.body["total"], count(4, 1, 1));
}

#[tokio::test]
async fn a_day_that_is_over_shows_the_targets_values_and_names_of_that_day() {
    let (app, campaign, _) = one_below_the_other().await;
    units::reorganised(&app, "TH1", "rename", units::renaming("Trường Tiểu học Gia Lộc", "2025-11-01")).await.ok();
    app.at("2025-11-05");
    // Since then TH1 has measured worse, has dropped a target and set another one.
    let ideas = stage::target(&app, &campaign, "unit-head", "SANG-KIEN").await;
    stage::measured(&app, "unit-head", &ideas, "2025-11-04", json!({"kind": "QUANTITATIVE", "amount": "3"})).await;
    let mut correction = stage::content();
    correction["targets"].as_array_mut().unwrap().truncate(2);
    correction["targets"][0]["measure"]["planned"] = json!("5");
    let path = format!("/campaigns/{}/registrations?unitId={}", campaign.id(), ideas.text("unitId"));
    correction["correctsId"] = app.persona("unit-head").get(&path).await.ok().body["items"][0]["id"].clone();
    correction["correctionReason"] = json!("Điều chỉnh theo tình hình thực tế.");
    let corrected = stage::handed_in(&app, &campaign, "unit-head", correction).await;
    let path = format!("/registrations/{}/accept", corrected.id());
    app.persona("coordinator").command(&path, &corrected).await.ok();

    let now = asked(&app, &campaign, "by=UNIT").await;
    assert_eq!(group(&now, "TH1")["count"], count(2, 1, 0));
    assert_eq!(group(&now, "TH1")["name"], "Trường Tiểu học Gia Lộc");
    assert_eq!(now.body["onDate"], Value::Null);
    let then = asked(&app, &campaign, "by=UNIT&onDate=2025-10-31&comparedToDate=2025-10-18").await;
    let school = group(&then, "TH1");
    assert_eq!((&school["count"], &school["name"]), (&count(4, 1, 1), &json!("Trường Tiểu học mẫu số 1")));
    assert_eq!((&school["earlierCount"], &school["change"]["reached"]), (&count(4, 0, 0), &json!(1)));
    let before = asked(&app, &campaign, "by=UNIT&onDate=2025-10-18").await;
    assert_eq!(before.body["total"]["withValue"], 0, "it had not been measured");
    let earlier = asked(&app, &campaign, "by=UNIT&onDate=2025-09-14").await;
    assert_eq!(earlier.body["total"], count(0, 0, 0), "no target was in force");
    assert_eq!(
        asked(&app, &campaign, "by=UNIT&onDate=2025-11-05").await.body["groups"],
        now.body["groups"],
        "today is today"
    );
    let picture = format!("/campaigns/{}/progress/chart?by=UNIT&onDate=2025-10-31", campaign.id());
    let picture = app.persona("coordinator").get(&picture).await.ok();
    assert!(picture.raw.contains("Đến ngày 31/10/2025") && picture.raw.contains("TH1 Trường Tiểu học mẫu số 1"));
}

#[tokio::test]
async fn what_a_merged_unit_left_is_in_the_branch_of_its_successor_and_once() {
    let (app, campaign, [school, _]) = one_below_the_other().await;
    let into = json!({"intoUnitId": stage::unit(&app, "TYTX").await});
    let body = units::succession::merger(&app, &["TH2"], "2025-11-10", into).await;
    app.persona("admin").create("/units/merge", body).await.ok();
    app.at("2025-11-12");
    let station = stage::unit(&app, "TYTX").await;
    let with_all_below = |unit: &str, day: &str| format!("by=UNIT&unitId={unit}&below=true&onDate={day}");
    for (unit, day, expected) in [
        (school.id(), "2025-11-09", 8),
        (school.id(), "2025-11-10", 4),
        (station.as_str().unwrap(), "2025-11-09", 0),
        (station.as_str().unwrap(), "2025-11-10", 4),
    ] {
        let branch = asked(&app, &campaign, &with_all_below(unit, day)).await;
        assert_eq!(branch.body["total"]["targets"], expected, "{unit} on {day}");
    }
}

#[tokio::test]
async fn compliance_is_rolled_up_by_the_tree_of_each_periods_last_day() {
    let (app, campaign, [school, _]) = one_below_the_other().await;
    reporting::planned(&app, &campaign).await;
    let mut november = reporting::october();
    november["code"] = json!("2025-11");
    november["endDate"] = json!("2025-11-30");
    november["dueBefore"] = json!("2025-12-05T00:00:00+07:00");
    november["closesAt"] = json!("2025-12-10T00:00:00+07:00");
    app.persona("coordinator").create(&format!("/campaigns/{}/periods", campaign.id()), november).await.created();
    let path = format!("/campaigns/{}/compliance?unitId={}", campaign.id(), school.id());
    let owed = async |query: &str| {
        let board = app.persona("auditor").get(&format!("{path}{query}")).await.ok();
        let owed = |period: &Value| {
            assert_eq!(period["totals"]["owed"], period["owing"].as_array().unwrap().len());
            period["totals"]["owed"].as_u64().unwrap()
        };
        board.body["periods"].as_array().unwrap().iter().map(owed).collect::<Vec<_>>()
    };
    assert_eq!(owed("&below=true").await, [1, 2], "in October nobody was below it");
    assert_eq!(owed("").await, [1, 1]);
    let own = app.persona("other-unit-head").get(&format!("{path}&below=true")).await.ok();
    let shown = own.body["periods"].as_array().unwrap().iter();
    assert!(
        shown.map(|period| &period["owing"]).all(|owing| *owing == json!([])),
        "a branch shows nobody more than is theirs"
    );
}

#[tokio::test]
async fn what_is_asked_for_must_be_known_and_over() {
    let (app, campaign, [school, _]) = one_below_the_other().await;
    let unknown = "0198f1c2-6c00-7000-8000-000000000001";
    let coordinator = app.persona("coordinator");
    for path in ["progress", "progress/chart"] {
        let path = format!("/campaigns/{}/{path}?by=FIELD", campaign.id());
        for (query, expected) in [
            ("&below=true".to_owned(), "unitId field.missing"),
            (format!("&unitId={unknown}"), "unitId reference.unknown"),
            ("&onDate=2025-10-21".to_owned(), "onDate date.inFuture"),
        ] {
            assert_eq!(coordinator.get(&format!("{path}{query}")).await.refused(422).faults(), [expected]);
        }
        let wrong = coordinator.get(&format!("{path}&unitId={}&below=all", school.id())).await.refused(400);
        assert!(wrong.faults()[0].starts_with("below "), "{:?}", wrong.faults());
    }
    let path = format!("/campaigns/{}/compliance", campaign.id());
    assert_eq!(coordinator.get(&format!("{path}?below=true")).await.refused(422).faults(), ["unitId field.missing"]);
    let refused = coordinator.get(&format!("{path}?unitId={unknown}&below=true")).await.refused(422);
    assert_eq!(refused.faults(), ["unitId reference.unknown"]);
}
