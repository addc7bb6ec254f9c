//! Units that end and those that stand in their place, in the ranking.

use thidua_domain::principal::Role;

use super::*;
use crate::{
    stage::{self, reporting::assessed},
    units,
};

/// Of each ranked unit its code, and what was counted by each criterion.
async fn counted(app: &TestApp, rubric: &Reply) -> Vec<(String, Vec<String>)> {
    let ranked = ranking(app, "coordinator", rubric).await.ok();
    let units = ranked.body["blocks"][0]["units"].as_array().unwrap().clone();
    let of = |one: &Value| match (one["counted"]["done"].as_str(), one["counted"]["outOf"].as_str()) {
        (Some(done), Some(of)) => format!("{done}/{of}"),
        _ => String::new(),
    };
    let row = |unit: &Value| {
        let criteria = unit["criteria"].as_array().unwrap().iter().map(of).collect();
        (unit["unitCode"].as_str().unwrap().to_owned(), criteria)
    };
    units.iter().map(row).collect()
}

async fn of(app: &TestApp, rubric: &Reply, code: &str) -> Option<Vec<String>> {
    counted(app, rubric).await.into_iter().find(|(unit, _)| unit == code).map(|(_, counted)| counted)
}

#[tokio::test]
async fn a_successor_is_ranked_by_what_was_left_and_who_has_ended_is_ranked_no_more() {
    let app = TestApp::start_at("2025-11-08").await;
    let campaign = reporting::running_since_september(&app).await;
    let october = reporting::open(&app, &campaign).await;
    // TH1 and TH2 have 485 of 495 insured, which is more than 97 %; of four targets one is reached.
    for head in ["unit-head", "head-of-TH2"] {
        stage::registered(&app, &campaign, head).await;
        let insured = stage::target(&app, &campaign, head, "BHYT-HS").await;
        let value = json!({"kind": "SHARE", "numerator": "485", "denominator": "495"});
        stage::measured(&app, head, &insured, "2025-11-07", value).await;
    }
    let rubric = rubric(&app, &campaign, reporting::judged_terms()).await;
    assessed(&app, "vice-chair", &rubric, "TH2").await;
    let body = units::succession::founded(&app, "2025-11-20").await;
    app.persona("admin").create("/units/merge", body).await.ok();
    let own = |last: &str| ["1/4", "100/100", "0/1", "0/1", last].map(String::from).to_vec();
    assert_eq!(of(&app, &rubric, "TH1").await, Some(own("")), "until then each stands for itself");
    assert_eq!(of(&app, &rubric, "TH2").await, Some(own("8.5/10")));
    assert_eq!(of(&app, &rubric, "TH-GL").await, None);

    app.at("2025-11-20");
    // The reports of October and what people judged stay with those who have ended.
    let inherited = Some(["2/8", "200/200", "", "", ""].map(String::from).to_vec());
    assert_eq!(of(&app, &rubric, "TH-GL").await, inherited);
    let listed: Vec<_> = counted(&app, &rubric).await.into_iter().map(|(code, _)| code).collect();
    assert!(!listed.contains(&"TH1".to_owned()) && !listed.contains(&"TH2".to_owned()), "{listed:?}");
    let chart = format!("/scoring-rubrics/{}/ranking/chart", rubric.id());
    let chart = app.persona("chair").get(&chart).await.ok();
    assert!(chart.raw.contains("TH-GL") && !chart.raw.contains("TH2"));
    let compliance = format!("/campaigns/{}/compliance?unitId={}", campaign.id(), units::read(&app, "TH2").await.id());
    let history = app.persona("coordinator").get(&compliance).await.ok();
    assert!(history.raw.contains(october.id()), "what it owed is read where reports are");

    // What the successor measures itself under the code takes the place of what was left.
    let new = units::read(&app, "TH-GL").await;
    app.register_at(new.id(), "head-of-TH-GL", &[Role::UnitHead]).await;
    stage::registered(&app, &campaign, "head-of-TH-GL").await;
    assert_eq!(of(&app, &rubric, "TH-GL").await.unwrap()[..2], ["2/12", "200/300"], "it has not measured");
    let insured = stage::target(&app, &campaign, "head-of-TH-GL", "BHYT-HS").await;
    let value = json!({"kind": "SHARE", "numerator": "900", "denominator": "1000"});
    stage::measured(&app, "head-of-TH-GL", &insured, "2025-11-20", value).await;
    assert_eq!(of(&app, &rubric, "TH-GL").await.unwrap()[..2], ["0/10", "92.78/100"]);
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}
