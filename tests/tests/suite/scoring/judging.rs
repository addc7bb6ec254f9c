//! Criteria that people judge: who gives the points, what of, and how they count.

use serde_json::{Value, json};
use thidua_tests::{Reply, TestApp};

use super::ranking;
use crate::stage::{
    self,
    reporting::{self, assessed, assessment, judged_terms, rubric},
};

/// A campaign whose rubric has a criterion that the coordinator or a deputy chairman judges; TH1 has its targets.
async fn judged() -> (TestApp, Reply) {
    let app = TestApp::start_at("2025-11-03").await;
    let campaign = reporting::running_since_september(&app).await;
    stage::registered(&app, &campaign, "unit-head").await;
    let rubric = rubric(&app, &campaign, judged_terms()).await;
    (app, rubric)
}

fn collection(rubric: &Reply) -> String {
    format!("/scoring-rubrics/{}/assessments", rubric.id())
}

/// What a unit has by the criterion that people judge.
async fn scored(app: &TestApp, rubric: &Reply, unit: &str) -> Value {
    let ranked = ranking(app, "auditor", rubric).await.ok();
    let units = ranked.body["blocks"][0]["units"].as_array().unwrap().clone();
    let row = units.into_iter().find(|row| row["unitCode"] == unit).unwrap_or_else(|| panic!("no {unit}"));
    row["criteria"].as_array().unwrap().iter().find(|one| one["code"] == "SANG-TAO").unwrap().clone()
}

#[tokio::test]
async fn the_points_that_somebody_gives_count_at_once_and_walk_back_to_reason_and_person() {
    let (app, rubric) = judged().await;
    let before = scored(&app, &rubric, "TH1").await;
    assert_eq!((&before["counted"], &before["points"]), (&Value::Null, &json!("0")), "nobody has judged yet");
    let given = assessed(&app, "vice-chair", &rubric, "TH1").await;
    assert_eq!((given.text("points"), given.text("outOf"), given.text("judgeRole")), ("8.5", "10", "VICE_CHAIR"));
    let scored = scored(&app, &rubric, "TH1").await;
    assert_eq!(scored["counted"], json!({"done": "8.5", "outOf": "10"}));
    assert_eq!((&scored["points"], &scored["assessmentId"]), (&json!("8.5"), &given.body["id"]));
    // A unit reads what it was given and why, and nothing of the others.
    let path = format!("/assessments/{}", given.id());
    let read = app.persona("unit-officer").get(&path).await.ok();
    assert_eq!(read.text("reason"), "Mô hình được nhân rộng ra ba trường.");
    assert_eq!(read.text("judgeRoleLabel"), given.text("judgeRoleLabel"));
    app.persona("other-unit-head").get(&path).await.refused(404);
    let listed = app.persona("other-unit-head").get(&collection(&rubric)).await.ok();
    assert_eq!(listed.body["items"], json!([]));
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn who_judges_anew_replaces_the_points_and_the_log_keeps_the_old_ones() {
    let (app, rubric) = judged().await;
    let first = assessed(&app, "vice-chair", &rubric, "TH1").await;
    let unit = stage::unit(&app, "TH1").await;
    let coordinator = app.persona("coordinator");
    let again = coordinator.create(&collection(&rubric), assessment(&unit)).await.refused(409);
    assert_eq!(again.code(), "assessment.exists");
    let path = format!("/assessments/{}", first.id());
    let body = json!({"points": "10", "reason": "Sau kiểm tra thực tế."});
    let second = coordinator.replace(&path, &first, body.clone()).await.ok();
    assert_eq!((second.text("points"), second.text("judgeRole")), ("10", "COORDINATOR"));
    assert_eq!(scored(&app, &rubric, "TH1").await["points"], "10");
    assert_eq!(coordinator.replace(&path, &first, body).await.refused(412).code(), "resource.stale");
    let mut owner = app.database.owner().await;
    let reasons: Vec<String> = sqlx::query_scalar(
        "SELECT entry::jsonb ->> 'reason' FROM event WHERE object_id = $1::uuid ORDER BY object_version",
    )
    .bind(first.id())
    .fetch_all(&mut owner)
    .await
    .unwrap();
    assert_eq!(reasons, ["Mô hình được nhân rộng ra ba trường.", "Sau kiểm tra thực tế."]);
}

#[tokio::test]
async fn only_the_roles_that_the_document_names_judge_and_nobody_his_own_unit() {
    let (app, rubric) = judged().await;
    let (school, office) = (stage::unit(&app, "TH1").await, stage::unit(&app, "VHXH").await);
    let events = app.events().await;
    for (who, unit, expected) in [
        ("chair", &school, "policy.otherJudge"),
        ("office", &school, "policy.otherJudge"),
        ("unit-head", &school, "policy.roleMissing"),
        ("auditor", &school, "policy.roleMissing"),
        ("coordinator", &office, "policy.ownUnit"),
    ] {
        let refused = app.persona(who).create(&collection(&rubric), assessment(unit)).await.refused(403);
        assert_eq!(refused.code(), expected, "{who}");
    }
    assert_eq!(app.events().await, events);
    let given = assessed(&app, "vice-chair", &rubric, "VHXH").await;
    let path = format!("/assessments/{}", given.id());
    let body = json!({"points": "10", "reason": "Tự đánh giá."});
    let refused = app.persona("coordinator").replace(&path, &given, body).await.refused(403);
    assert_eq!(refused.code(), "policy.ownUnit", "nor does anybody put his own unit's points right");
}

#[tokio::test]
async fn what_is_wrong_with_points_or_criteria_is_named_and_nothing_is_written() {
    let (app, rubric) = judged().await;
    let unit = stage::unit(&app, "TH1").await;
    let events = app.events().await;
    let with = |member: &str, value: Value| {
        let mut new = assessment(&unit);
        new[member] = value;
        new
    };
    let coordinator = app.persona("coordinator");
    for (new, expected) in [
        (with("points", json!("10.01")), "/points assessment.pointsOutOfBounds"),
        (with("points", json!("-1")), "/points assessment.pointsOutOfBounds"),
        (with("points", json!("8.125")), "/points assessment.pointsOutOfBounds"),
        (with("criterion", json!("KHAC")), "/criterion reference.unknown"),
        (with("criterion", json!("BAO-CAO")), "/criterion assessment.criterionCounted"),
        (with("unitId", json!("0198f1c2-0000-7000-8000-000000000000")), "/unitId unit.notThere"),
    ] {
        let refused = coordinator.create(&collection(&rubric), new).await.refused(422);
        assert_eq!(refused.faults(), [expected]);
    }
    coordinator.create(&collection(&rubric), with("reason", json!(""))).await.refused(400);
    coordinator.create(&collection(&rubric), with("score", json!("1"))).await.refused(400);
    assert_eq!(app.events().await, events);
}

#[tokio::test]
async fn a_rubric_names_who_judges_and_only_where_somebody_does() {
    let app = TestApp::start_at("2025-11-03").await;
    let campaign = reporting::running_since_september(&app).await;
    let path = format!("/campaigns/{}/scoring-rubrics", campaign.id());
    let coordinator = app.persona("coordinator");
    let with = |index: usize, roles: Value| {
        let mut terms = judged_terms();
        terms["criteria"][index]["judgeRoles"] = roles;
        terms
    };
    for (terms, expected) in [
        (with(4, json!([])), "/criteria/4/judgeRoles field.missing"),
        (with(4, json!(["CHAIR", "CHAIR"])), "/criteria/4/judgeRoles/1 list.duplicate"),
        (with(4, json!(["UNIT_HEAD"])), "/criteria/4/judgeRoles/0 scoringRubric.roleCannotJudge"),
        (with(0, json!(["CHAIR"])), "/criteria/0/judgeRoles condition.memberOfOtherKind"),
    ] {
        assert_eq!(coordinator.create(&path, terms).await.refused(422).faults(), [expected]);
    }
    let rubric = rubric(&app, &campaign, judged_terms()).await;
    assert_eq!(rubric.body["criteria"], judged_terms()["criteria"]);
}

#[tokio::test]
async fn nothing_is_judged_by_a_rubric_that_is_retired() {
    let (app, rubric) = judged().await;
    let given = assessed(&app, "vice-chair", &rubric, "TH1").await;
    let coordinator = app.persona("coordinator");
    let retire = format!("/scoring-rubrics/{}/retire", rubric.id());
    coordinator.command_with(&retire, &rubric, json!({"reason": "Có văn bản thay thế."})).await.ok();
    let unit = stage::unit(&app, "TH2").await;
    let refused = coordinator.create(&collection(&rubric), assessment(&unit)).await.refused(409);
    assert_eq!(refused.code(), "scoringRubric.retired");
    let path = format!("/assessments/{}", given.id());
    let read = coordinator.get(&path).await.ok();
    assert_eq!((read.text("stage"), read.obstacle("replaceAssessment")), ("RETIRED", Some("scoringRubric.retired")));
    let body = json!({"points": "1", "reason": "Muộn."});
    assert_eq!(coordinator.replace(&path, &given, body).await.refused(409).code(), "scoringRubric.retired");
}

#[tokio::test]
async fn two_judges_at_once_leave_one_assessment() {
    let (app, rubric) = judged().await;
    let unit = stage::unit(&app, "TH1").await;
    let path = collection(&rubric);
    let (coordinator, deputy) = (app.persona("coordinator"), app.persona("vice-chair"));
    let (one, other) =
        tokio::join!(coordinator.create(&path, assessment(&unit)), deputy.create(&path, assessment(&unit)));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    let listed = coordinator.get(&format!("{path}?includeTotal=true")).await.ok();
    assert_eq!(listed.body["total"], 1);
}

#[tokio::test]
async fn the_ranking_is_a_picture_with_shared_places_marked_and_ties_explained() {
    let app = TestApp::start_at("2025-11-03").await;
    let october = stage::city::october(&app).await;
    let rubric = rubric(&app, &october.campaign, judged_terms()).await;
    assessed(&app, "vice-chair", &rubric, "TH1").await;
    let path = format!("/scoring-rubrics/{}/ranking/chart", rubric.id());
    let picture = app.persona("chair").get(&path).await.ok();
    assert_eq!(picture.header("Content-Type"), "image/svg+xml");
    let desc = picture.raw.split("<desc").nth(1).unwrap().split("</desc>").next().unwrap();
    for words in [
        "theo văn bản số 12/HD-HĐTĐKT ngày 12/09/2025",
        "Hạng 1: TH1 ",
        "(đồng hạng): TYTX ",
        "2 đơn vị bằng điểm nhau và đồng hạng",
        "/110 điểm (",
    ] {
        assert!(desc.contains(words), "{words} in {desc}");
    }
    let english = app.persona("chair").with("Accept-Language", "en").get(&path).await.ok();
    assert!(english.raw.contains("Place 1: TH1") && english.raw.contains("of 110 points"));
    let again = app.persona("chair").with("If-None-Match", picture.etag()).get(&path).await;
    assert_eq!(again.status.as_u16(), 304);
    app.persona("unit-head").get(&path).await.refused(404);
}
