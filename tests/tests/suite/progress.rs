//! Progress, live from the targets.

use serde_json::{Value, json};
use thidua_tests::{Reply, TestApp};

use crate::stage::{self, reporting};

mod changes;
mod comparing;
mod pictures;
mod rollups;
mod trends;

/// A campaign in November, with the targets of TH1 beside those of the plan, of which some are measured.
async fn measured() -> (TestApp, Reply) {
    let app = TestApp::start_at("2025-11-03").await;
    let campaign = reporting::running_since_september(&app).await;
    let mut content = stage::content();
    let targets = content["targets"].as_array_mut().unwrap();
    targets.push(json!({
        "code": "BHYT", "name": "Phần của trường trong tỷ lệ toàn xã", "topic": {"task": "3.2.7"},
        "measure": {"kind": "SHARE", "direction": "AT_LEAST", "planned": "100"},
    }));
    targets.push(json!({
        "code": "QP", "name": "Tuyên truyền quốc phòng", "topic": {"task": "3.3.1"},
        "measure": {"kind": "QUALITATIVE", "expected": "Đủ các buổi theo kế hoạch."},
    }));
    let submitted = stage::handed_in(&app, &campaign, "unit-head", content).await;
    let path = format!("/registrations/{}/accept", submitted.id());
    app.persona("coordinator").command(&path, &submitted).await.ok();

    let share = |numerator: &str, denominator: &str| json!({"kind": "SHARE", "numerator": numerator, "denominator": denominator});
    let commune = stage::target(&app, &campaign, "head-of-VHXH", "BHYT").await;
    stage::measured(&app, "head-of-VHXH", &commune, "2025-10-31", share("96895", "99900")).await;
    let school = stage::target(&app, &campaign, "unit-head", "BHYT").await;
    stage::measured(&app, "unit-head", &school, "2025-10-31", share("100", "100")).await;
    let ideas = stage::target(&app, &campaign, "unit-head", "SANG-KIEN").await;
    stage::measured(&app, "unit-head", &ideas, "2025-10-31", json!({"kind": "QUANTITATIVE", "amount": "3"})).await;
    (app, campaign)
}

async fn by(app: &TestApp, who: &str, campaign: &Reply, by: &str) -> Reply {
    app.persona(who).get(&format!("/campaigns/{}/progress?by={by}", campaign.id())).await.ok()
}

fn group<'a>(progress: &'a Reply, code: &str) -> &'a Value {
    let groups = progress.body["groups"].as_array().unwrap();
    groups.iter().find(|group| group["code"] == code).unwrap_or_else(|| panic!("no group {code}"))
}

fn codes(progress: &Reply) -> Vec<&str> {
    progress.body["groups"].as_array().unwrap().iter().map(|group| group["code"].as_str().unwrap()).collect()
}

fn count(targets: i64, with_value: i64, reached: i64) -> Value {
    json!({"targets": targets, "withValue": with_value, "reached": reached})
}

#[tokio::test]
async fn the_communes_share_is_summed_by_numerators_and_denominators_and_walks_back_to_measurements() {
    let (app, campaign) = measured().await;
    let fields = by(&app, "coordinator", &campaign, "FIELD").await;
    assert_eq!(codes(&fields), ["3.1", "3.2", "3.3", "3.4"]);
    let culture = group(&fields, "3.2");
    assert_eq!(culture["count"], count(4, 3, 1), "two of insurance, one more of the school, its ideas");
    let insurance = &culture["planTargets"][0];
    assert_eq!(insurance["total"], json!({"kind": "SHARE", "numerator": "96995", "denominator": "100000"}));
    assert_eq!((&insurance["sharePercent"], &insurance["reached"]), (&json!("96.995"), &json!(false)));
    let sources = insurance["sources"].as_array().unwrap();
    assert_eq!(sources.len(), 2);
    for source in sources {
        let id = source["current"]["measurementId"].as_str().unwrap();
        let walked = app.persona("auditor").get(&format!("/measurements/{id}")).await.ok();
        assert_eq!(walked.body["value"], source["current"]["value"]);
        assert_eq!(walked.body["targetId"], source["targetId"]);
    }
    let works = group(&fields, "3.1");
    assert_eq!(works["count"], count(2, 0, 0), "land clearance, and a project of task 3.1.3");
    let clearance = &works["planTargets"][0];
    assert_eq!(
        (&clearance["code"], &clearance["total"], &clearance["reached"]),
        (&json!("GPMB"), &Value::Null, &Value::Null)
    );
}

#[tokio::test]
async fn every_target_is_in_one_group_or_in_none_whatever_it_is_grouped_by() {
    let (app, campaign) = measured().await;
    for (way, groups) in [("FIELD", 4), ("TASK", 22), ("MOVEMENT", 12), ("UNIT", 3)] {
        let progress = by(&app, "auditor", &campaign, way).await;
        assert_eq!(progress.body["total"], count(8, 3, 1), "{way}");
        assert_eq!(progress.text("by"), way);
        let all = progress.body["groups"].as_array().unwrap();
        assert_eq!(all.len(), groups, "{way}");
        let sum = |member: &str| {
            let of = |part: &Value| part["count"][member].as_i64().unwrap();
            all.iter().map(of).sum::<i64>() + of(&progress.body["ungrouped"])
        };
        assert_eq!([sum("targets"), sum("withValue"), sum("reached")], [8, 3, 1], "{way}");
    }
    let units = by(&app, "chair", &campaign, "UNIT").await;
    assert_eq!(codes(&units), ["PKT", "TH1", "VHXH"]);
    assert_eq!(group(&units, "TH1")["unitId"], stage::unit(&app, "TH1").await);
    let part = &group(&units, "TH1")["planTargets"][0];
    assert_eq!((&part["sharePercent"], &part["reached"]), (&json!("100"), &json!(true)), "its own part");
    let movements = by(&app, "chair", &campaign, "MOVEMENT").await;
    assert_eq!(group(&movements, "M6")["count"], count(1, 1, 0));
}

#[tokio::test]
async fn what_is_restricted_is_marked() {
    let (app, campaign) = measured().await;
    let marked = |progress: &Reply| -> Vec<String> {
        let groups = progress.body["groups"].as_array().unwrap();
        let marked = groups.iter().filter(|group| group["restricted"] == true);
        marked.map(|group| group["code"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(marked(&by(&app, "coordinator", &campaign, "TASK").await), ["3.3.1", "3.3.2"]);
    assert_eq!(marked(&by(&app, "coordinator", &campaign, "FIELD").await), ["3.3"]);
    assert_eq!(marked(&by(&app, "coordinator", &campaign, "UNIT").await), ["TH1"]);
}

#[tokio::test]
async fn a_unit_counts_its_own_targets_and_who_follows_none_counts_nothing() {
    let (app, campaign) = measured().await;
    let own = by(&app, "unit-officer", &campaign, "FIELD").await;
    assert_eq!(own.body["total"], count(6, 2, 1));
    let insurance = &group(&own, "3.2")["planTargets"][0];
    assert_eq!(insurance["total"], json!({"kind": "SHARE", "numerator": "100", "denominator": "100"}));
    assert_eq!(insurance["sources"].as_array().unwrap().len(), 1, "the part of others is not shown");
    for persona in ["other-unit-head", "portal", "communications", "clerk"] {
        let nothing = by(&app, persona, &campaign, "UNIT").await;
        assert_eq!((&nothing.body["total"], &nothing.body["groups"]), (&count(0, 0, 0), &json!([])), "{persona}");
    }
}

#[tokio::test]
async fn it_is_said_by_what_the_targets_are_grouped() {
    let app = TestApp::start_at("2025-09-15").await;
    let campaign = stage::running(&app).await;
    let path = format!("/campaigns/{}/progress", campaign.id());
    let auditor = app.persona("auditor");
    assert_eq!(auditor.get(&path).await.refused(400).faults(), ["by field.missing"]);
    assert!(auditor.get(&format!("{path}?by=MONTH")).await.refused(400).faults()[0].starts_with("by field."));
    auditor.get("/campaigns/0198f1c2-6c00-7000-8000-000000000001/progress?by=UNIT").await.refused(404);
}
