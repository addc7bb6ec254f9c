//! A correction takes the place of what it corrects; targets keep their identity by code.

use serde_json::{Value, json};

use super::{begun, count, path};
use crate::stage;

#[tokio::test]
async fn a_second_registration_beside_the_accepted_one_must_correct_it_and_say_why() {
    let (app, campaign) = begun().await;
    let first = stage::registered(&app, &campaign, "unit-head").await;
    let other = stage::registered(&app, &campaign, "other-unit-head").await;
    let head = app.persona("unit-head");
    let list = format!("/campaigns/{}/registrations", campaign.id());
    let second = |corrects: Option<&Value>, reason: Option<&str>| {
        let mut new = stage::content();
        new["unitId"] = first.body["unitId"].clone();
        if let Some(corrects) = corrects {
            new["correctsId"] = corrects.clone();
        }
        if let Some(reason) = reason {
            new["correctionReason"] = reason.into();
        }
        new
    };
    let refused = head.create(&list, second(None, None)).await.refused(409);
    assert_eq!(
        (refused.code(), refused.faults()),
        ("registration.accepted", vec!["/correctsId registration.accepted".to_owned()])
    );
    for foreign in [&other.body["id"], &json!("01990292-0000-7000-8000-000000000000")] {
        let refused = head.create(&list, second(Some(foreign), Some("Điều chỉnh"))).await.refused(409);
        assert_eq!(refused.faults(), ["/correctsId correction.notAccepted"]);
    }
    let silent = head.create(&list, second(Some(&first.body["id"]), None)).await.refused(422);
    assert_eq!(silent.faults(), ["/correctionReason correction.incomplete"]);
    assert_eq!(count(&app, &campaign).await, 2);

    let correction = head.create(&list, second(Some(&first.body["id"]), Some("Điều chỉnh"))).await.created();
    assert_eq!(correction.body["correctsId"], first.body["id"]);
    assert_eq!(correction.text("correctionReason"), "Điều chỉnh");
    let third = head.create(&list, second(Some(&first.body["id"]), Some("Điều chỉnh"))).await.refused(409);
    assert_eq!(third.code(), "registration.open");
}

#[tokio::test]
async fn accepting_a_correction_keeps_targets_by_code_with_their_measurements_and_retires_the_others() {
    let (app, campaign) = begun().await;
    let first = stage::registered(&app, &campaign, "unit-head").await;
    let kept = stage::target(&app, &campaign, "unit-head", "SANG-KIEN").await;
    let dropped = stage::target(&app, &campaign, "unit-head", "VAN-HOA").await;
    let amount = json!({"kind": "QUANTITATIVE", "amount": "2"});
    let measurement = stage::measured(&app, "unit-officer", &kept, "2025-09-17", amount).await;

    app.at("2025-09-25");
    let mut content = stage::content();
    content["targets"][0]["measure"]["planned"] = json!("2");
    content["targets"][2] = json!({
        "code": "DOC-SACH", "name": "Lượt mượn sách", "topic": {"movement": "M5"},
        "measure": {"kind": "QUANTITATIVE", "measureUnit": "lượt", "direction": "AT_LEAST", "planned": "600"}
    });
    content["correctsId"] = first.body["id"].clone();
    content["correctionReason"] = json!("Điều chỉnh theo nghị quyết hội nghị đầu năm học.");
    let submitted = stage::handed_in(&app, &campaign, "unit-head", content.clone()).await;
    let accepted = app.persona("coordinator").command(&path(&submitted, "accept"), &submitted).await.ok();

    let head = app.persona("unit-head");
    let superseded = head.get(&format!("/registrations/{}", first.id())).await.ok();
    assert_eq!(
        (superseded.text("stage"), superseded.body["supersededById"].clone()),
        ("SUPERSEDED", accepted.body["id"].clone())
    );
    assert_eq!(superseded.body["acceptance"], first.body["acceptance"]);

    let kept_now = stage::target(&app, &campaign, "unit-head", "SANG-KIEN").await;
    assert_eq!(kept_now.id(), kept.id());
    assert_eq!(kept_now.body["version"], 2);
    assert_eq!(kept_now.body["registrationId"], accepted.body["id"]);
    assert_eq!(kept_now.body["current"]["measurementId"], measurement.body["id"]);
    assert_eq!(
        (kept_now.body["current"]["completionPercent"].clone(), kept_now.body["current"]["reached"].clone()),
        (json!("100"), json!(true))
    );

    let retired = head.get(&format!("/targets/{}", dropped.id())).await.ok();
    assert_eq!((retired.text("stage"), retired.text("retiredAt")), ("RETIRED", "2025-09-25T01:00:00Z"));
    assert_eq!(retired.obstacle("appendMeasurement"), Some("target.retired"));
    let value = json!({"asOfDate": "2025-09-25", "value": {"kind": "QUALITATIVE", "finding": "Tốt", "reached": true}});
    let measure = format!("/targets/{}/measurements", dropped.id());
    assert_eq!(app.persona("unit-officer").create(&measure, value).await.refused(409).code(), "target.retired");
    stage::target(&app, &campaign, "unit-head", "DOC-SACH").await;

    // A code that comes back is the same target.
    content["targets"][2] = stage::content()["targets"][2].clone();
    content["correctsId"] = accepted.body["id"].clone();
    let submitted = stage::handed_in(&app, &campaign, "unit-head", content).await;
    app.persona("coordinator").command(&path(&submitted, "accept"), &submitted).await.ok();
    let back = stage::target(&app, &campaign, "unit-head", "VAN-HOA").await;
    assert_eq!((back.id(), back.text("stage"), back.text("retiredAt")), (dropped.id(), "ACTIVE", ""));
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn a_code_keeps_its_measure_and_a_code_of_the_plan_is_not_registered_again_by_its_owner() {
    let (app, campaign) = begun().await;
    let first = stage::registered(&app, &campaign, "unit-head").await;
    let mut content = stage::content();
    content["targets"][0]["measure"] = json!({"kind": "QUALITATIVE", "expected": "Nhiều sáng kiến"});
    content["unitId"] = first.body["unitId"].clone();
    content["correctsId"] = first.body["id"].clone();
    content["correctionReason"] = json!("Điều chỉnh");
    let list = format!("/campaigns/{}/registrations", campaign.id());
    let refused = app.persona("unit-head").create(&list, content).await.refused(422);
    assert_eq!(refused.faults(), ["/targets/0/measure target.measureChanged"]);

    let mut own = stage::content();
    own["targets"][1]["code"] = json!("BHYT");
    own["unitId"] = stage::unit_of(&app, "head-of-VHXH").await;
    let refused = app.persona("head-of-VHXH").create(&list, own).await.refused(422);
    assert_eq!(refused.faults(), ["/targets/1/code list.duplicate"]);
}
