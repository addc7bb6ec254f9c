//! What a rule would say of the reports that were handed in, asked before it is made.

use super::*;
use crate::stage::city;

fn within(at_most: &str) -> Value {
    json!({
        "code": "TRAN", "name": "Tỷ lệ không quá mức trần", "severity": "BLOCK",
        "condition": { "kind": "WITHIN", "target": "BHYT-HS", "atMost": at_most },
    })
}

fn collection(campaign: &Reply) -> String {
    format!("/campaigns/{}/validation-rules", campaign.id())
}

#[tokio::test]
async fn a_dry_run_says_what_the_rule_would_say_and_keeps_nothing() {
    let app = TestApp::start_at("2025-11-03").await;
    let october = city::october(&app).await;
    let (coordinator, path) = (app.persona("coordinator"), collection(&october.campaign));
    let events = app.events().await;
    // TH1 reported 482 of 495, which is 97.37 %. Four reports were handed in; one of them was given back.
    let tried = coordinator.create(&format!("{path}?dryRun=true"), within("97")).await.ok();
    let counts = ["reports", "concerned", "violating", "total"].map(|member| tried.body[member].as_i64().unwrap());
    assert_eq!(counts, [4, 1, 1, 1]);
    let row = &tried.body["violations"][0];
    assert_eq!(
        (&row["reportId"], &row["unitCode"], &row["target"]),
        (&october.school.body["id"], &json!("TH1"), &json!("BHYT-HS"))
    );
    assert_eq!(row["value"], json!({"kind": "SHARE", "numerator": "482", "denominator": "495"}));
    assert_eq!(row["periodId"], october.period.body["id"]);
    let fine = coordinator.create(&format!("{path}?dryRun=true"), within("98")).await.ok();
    assert_eq!((fine.body["violating"].as_i64(), &fine.body["violations"]), (Some(0), &json!([])));
    assert_eq!(app.events().await, events);
    assert_eq!(coordinator.get(&path).await.ok().body["items"], json!([]));
    // What was tried can be made, under the very key.
    let keyed = coordinator.with("Idempotency-Key", "try-then-make");
    keyed.create(&format!("{path}?dryRun=true"), within("97")).await.ok();
    assert_eq!(keyed.create(&path, within("97")).await.created().text("stage"), "ACTIVE");
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn a_dry_run_is_refused_where_the_rule_itself_would_be() {
    let app = TestApp::start_at("2025-11-03").await;
    let campaign = reporting::running_since_september(&app).await;
    let path = format!("{}?dryRun=true", collection(&campaign));
    for persona in ["unit-head", "office", "auditor"] {
        app.persona(persona).create(&path, within("97")).await.refused(403);
    }
    let coordinator = app.persona("coordinator");
    let mut unbound = within("97");
    unbound["condition"].as_object_mut().unwrap().remove("atMost");
    assert_eq!(coordinator.create(&path, unbound).await.refused(422).faults(), ["/condition/atLeast field.missing"]);
    reporting::rule(&app, &campaign, within("97")).await;
    assert_eq!(coordinator.create(&path, within("97")).await.refused(409).code(), "validationRule.codeTaken");
    let wrong = format!("{}?dryRun=yes", collection(&campaign));
    assert!(coordinator.create(&wrong, within("97")).await.refused(400).faults()[0].starts_with("dryRun "));
}

#[tokio::test]
async fn a_sum_is_tried_on_what_units_measured_until_the_end_of_the_period() {
    let app = TestApp::start_at("2025-11-03").await;
    let october = city::october(&app).await;
    // VHXH reported 96,995 of 100,000 for the commune; the schools' part is 482 of 495.
    let rule = json!({
        "code": "TONG-TRUONG", "name": "Tổng các trường bằng số của xã", "severity": "WARN",
        "condition": { "kind": "SUM_OF_UNITS", "target": "BHYT-HS", "unitType": "SCHOOL", "otherTarget": "BHYT",
                       "ownerUnitId": stage::unit(&app, "VHXH").await },
    });
    let path = format!("{}?dryRun=true", collection(&october.campaign));
    let tried = app.persona("coordinator").create(&path, rule).await.ok();
    assert_eq!((tried.body["concerned"].as_i64(), tried.body["violating"].as_i64()), (Some(1), Some(1)));
    assert_eq!(tried.body["violations"][0]["reportId"], october.office.body["id"]);
}
