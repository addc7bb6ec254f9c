//! Scoring: the rubric that a document sets, and the units ranked by it.

use serde_json::{Value, json};
use thidua_tests::{Reply, TestApp};

use crate::stage::{
    city,
    reporting::{self, rubric, rubric_terms},
};

mod judging;
mod succession;

async fn ranking(app: &TestApp, who: &str, rubric: &Reply) -> Reply {
    app.persona(who).get(&format!("/scoring-rubrics/{}/ranking", rubric.id())).await
}

/// Code, place and points of each unit.
fn places(block: &Value) -> Vec<(&str, u64, &str)> {
    let units = block["units"].as_array().unwrap();
    let place = |unit: &'_ Value| unit["rank"].as_u64().unwrap();
    units
        .iter()
        .map(|unit| (unit["unitCode"].as_str().unwrap(), place(unit), unit["points"].as_str().unwrap()))
        .collect()
}

#[tokio::test]
async fn units_are_ranked_by_what_the_document_counts_and_every_count_is_shown() {
    let app = TestApp::start_at("2025-11-03").await;
    let october = city::october(&app).await;
    let rubric = rubric(&app, &october.campaign, rubric_terms()).await;
    let ranked = ranking(&app, "coordinator", &rubric).await.ok();
    let [block] = ranked.body["blocks"].as_array().unwrap().as_slice() else { panic!("one block") };
    // TH1: of its four targets none is reached, 482 of 495 insured are 97.37 % of the way; its report is accepted, in time.
    let school = block["units"].as_array().unwrap().iter().find(|unit| unit["unitCode"] == "TH1").unwrap();
    let counted: Vec<_> = school["criteria"].as_array().unwrap().iter().map(|one| one["counted"].clone()).collect();
    let progress = format!("/campaigns/{}/progress/targets?limit=100", october.campaign.id());
    let progress = app.persona("coordinator").get(&progress).await.ok();
    let of_school = |one: &&Value| one["target"]["unitId"] == school["unitId"] || one["unitId"] == school["unitId"];
    let targets: Vec<_> = progress.body["items"].as_array().unwrap().iter().filter(of_school).collect();
    assert_eq!(counted[0]["outOf"], targets.len().to_string().as_str(), "what is counted can be counted again");
    assert_eq!(counted[2], json!({"done": "1", "outOf": "1"}));
    assert_eq!(counted[3], json!({"done": "1", "outOf": "1"}));
    let sum: f64 = school["criteria"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["points"].as_str().unwrap().parse::<f64>().unwrap())
        .sum();
    assert_eq!(format!("{sum}"), school["points"].as_str().unwrap());
    assert_eq!((school["rank"].as_u64(), school["outOf"].as_str()), (Some(1), Some("100")));

    // TYTX waits in time, MN1 was in time and is to write again: 10 points each, and nothing tells them apart.
    let waiting: Vec<_> = places(block).into_iter().filter(|(code, ..)| ["TYTX", "MN1"].contains(code)).collect();
    assert_eq!((waiting[0].2, waiting[1].2), ("10", "10"));
    assert_eq!(waiting[0].1, waiting[1].1);
    let tie =
        block["ties"].as_array().unwrap().iter().find(|tie| tie["unitIds"].as_array().unwrap().len() == 2).unwrap();
    assert_eq!(tie["toldApartBy"], json!([]));
    let words = tie["explanation"].as_str().unwrap();
    assert_eq!(words, "2 đơn vị bằng điểm nhau và đồng hạng, vì không có tiêu chí phụ nào phân định được.");
    let silent: Vec<_> = places(block).into_iter().filter(|(code, ..)| ["TH2", "THCS1"].contains(code)).collect();
    assert!(silent.iter().all(|(_, _, points)| *points == "0"), "{silent:?}");
}

#[tokio::test]
async fn without_a_rubric_in_force_there_is_no_ranking_and_there_is_one_rubric_at_a_time() {
    let app = TestApp::start_at("2025-11-03").await;
    let campaign = reporting::running_since_september(&app).await;
    let collection = format!("/campaigns/{}/scoring-rubrics", campaign.id());
    let coordinator = app.persona("coordinator");
    assert_eq!(coordinator.get(&collection).await.ok().body["items"], json!([]));
    let first = rubric(&app, &campaign, rubric_terms()).await;
    let events = app.events().await;
    assert_eq!(coordinator.create(&collection, rubric_terms()).await.refused(409).code(), "scoringRubric.taken");
    assert_eq!(app.events().await, events, "nothing is written");

    let path = format!("/scoring-rubrics/{}/retire", first.id());
    let retired = coordinator.command_with(&path, &first, json!({"reason": "Có văn bản thay thế."})).await.ok();
    assert_eq!((retired.text("stage"), retired.text("stageLabel")), ("RETIRED", "Ngừng áp dụng"));
    ranking(&app, "coordinator", &first).await.refused(404);
    let second = rubric(&app, &campaign, rubric_terms()).await;
    ranking(&app, "coordinator", &second).await.ok();
    let listed = coordinator.get(&format!("{collection}?stage=ACTIVE&includeTotal=true")).await.ok();
    assert_eq!((&listed.body["items"][0]["id"], listed.body["total"].as_i64()), (&second.body["id"], Some(1)));
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn everybody_reads_the_criteria_and_only_who_follows_the_campaign_the_ranking() {
    let app = TestApp::start_at("2025-11-03").await;
    let campaign = reporting::running_since_september(&app).await;
    let rubric = rubric(&app, &campaign, rubric_terms()).await;
    for persona in ["unit-officer", "other-unit-head"] {
        let read = app.persona(persona).get(&format!("/scoring-rubrics/{}", rubric.id())).await.ok();
        assert_eq!(read.body["criteria"], rubric_terms()["criteria"]);
        ranking(&app, persona, &rubric).await.refused(404);
    }
    for persona in ["coordinator", "office", "chair", "auditor"] {
        ranking(&app, persona, &rubric).await.ok();
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_rubric_is_named_by_its_pointer_and_nothing_is_written() {
    let app = TestApp::start_at("2025-11-03").await;
    let campaign = reporting::running_since_september(&app).await;
    let collection = format!("/campaigns/{}/scoring-rubrics", campaign.id());
    let events = app.events().await;
    let without = |index: usize, member: &str, value: Value| {
        let mut new = rubric_terms();
        new["criteria"][index][member] = value;
        new
    };
    let mut later = rubric_terms();
    later["instrument"]["issueDate"] = json!("2025-11-04");
    let mut unknown = rubric_terms();
    unknown["tieBreakers"] = json!(["KHAC"]);
    let mut no_target = rubric_terms();
    no_target["criteria"][1].as_object_mut().unwrap().remove("target");
    for (new, expected) in [
        (later, "/instrument/issueDate date.inFuture"),
        (unknown, "/tieBreakers/0 reference.unknown"),
        (no_target, "/criteria/1/target field.missing"),
        (without(0, "target", json!("BHYT-HS")), "/criteria/0/target condition.memberOfOtherKind"),
        (without(0, "points", json!("0")), "/criteria/0/points scoringRubric.pointsOutOfBounds"),
        (without(0, "code", json!("BHYT")), "/criteria/1/code list.duplicate"),
    ] {
        let refused = app.persona("coordinator").create(&collection, new).await.refused(422);
        assert_eq!(refused.faults(), [expected]);
    }
    let refused = app.persona("coordinator").create(&collection, without(0, "weight", json!("1"))).await;
    assert_eq!(refused.refused(400).faults(), ["/criteria/0/weight field.unknown"]);
    assert_eq!(app.events().await, events);
}
