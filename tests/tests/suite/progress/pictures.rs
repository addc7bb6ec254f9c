//! Trends, and progress as pictures.

use serde_json::{Value, json};

use super::measured;
use crate::stage::{self, reporting};

#[tokio::test]
async fn a_trend_has_a_value_for_each_day_the_one_recorded_last() {
    let (app, campaign) = measured().await;
    let ideas = stage::target(&app, &campaign, "unit-head", "SANG-KIEN").await;
    let amount = |amount: &str| json!({"kind": "QUANTITATIVE", "amount": amount});
    stage::measured(&app, "unit-head", &ideas, "2025-09-30", amount("1")).await;
    let righted = stage::measured(&app, "unit-head", &ideas, "2025-10-31", amount("2")).await;
    stage::measured(&app, "unit-head", &ideas, "2025-11-03", amount("4")).await;
    let path = format!("/targets/{}/trend", ideas.id());
    let trend = app.persona("unit-officer").get(&path).await.ok();
    let told: Vec<_> = trend.body["points"]
        .as_array()
        .unwrap()
        .iter()
        .map(|point| {
            let text = |member: &str| point[member].as_str().unwrap().to_owned();
            (
                text("asOfDate"),
                point["value"]["amount"].as_str().unwrap().to_owned(),
                text("completionPercent"),
                point["reached"] == true,
            )
        })
        .collect();
    let row = |day: &str, amount: &str, completion: &str, reached| {
        (day.to_owned(), amount.to_owned(), completion.to_owned(), reached)
    };
    assert_eq!(
        told,
        [row("2025-09-30", "1", "25", false), row("2025-10-31", "2", "50", false), row("2025-11-03", "4", "100", true)]
    );
    assert_eq!(
        trend.body["points"][1]["measurementId"],
        righted.id(),
        "what was put right is shown as it was put right"
    );
    assert_eq!((trend.text("code"), trend.text("targetId")), ("SANG-KIEN", ideas.id()));
    for path in [path.clone(), format!("{path}/chart")] {
        app.persona("other-unit-head").get(&path).await.refused(404);
        app.persona("auditor").get(&path).await.ok();
    }
    assert_eq!(
        app.persona("auditor")
            .get("/targets/0198f1c2-6c00-7000-8000-000000000001/trend/chart")
            .await
            .refused(404)
            .code(),
        "resource.absent"
    );
}

#[tokio::test]
async fn a_picture_is_svg_with_its_figures_in_words_in_the_callers_language() {
    let (app, campaign) = measured().await;
    reporting::planned(&app, &campaign).await;
    app.at("2025-11-10");
    let path = format!("/campaigns/{}/progress/chart?by=FIELD", campaign.id());
    let coordinator = app.persona("coordinator");
    let picture = coordinator.get(&path).await.ok();
    assert_eq!((picture.header("Content-Type"), picture.header("Content-Language")), ("image/svg+xml", "vi"));
    let desc = picture.raw.split("<desc").nth(1).unwrap().split("</desc>").next().unwrap();
    for words in ["Đến ngày 10/11/2025: đạt 1/8 chỉ tiêu", "So với ngày 31/10/2025", "3.2 ", "Đạt 1/4, đã có số liệu 3"]
    {
        assert!(desc.contains(words), "{words} in {desc}");
    }
    let english = coordinator.with("Accept-Language", "en").get(&path).await.ok();
    assert!(english.raw.contains("lang=\"en\"") && english.raw.contains("Reached 1 of 4, measured 3"));
    let ideas = stage::target(&app, &campaign, "unit-head", "SANG-KIEN").await;
    let line = app.persona("unit-head").get(&format!("/targets/{}/trend/chart", ideas.id())).await.ok();
    assert!(line.raw.contains("Mục tiêu: ≥ 4 sáng kiến") && line.raw.contains("3 sáng kiến (31/10/2025)"));
    let words = stage::target(&app, &campaign, "unit-head", "VAN-HOA").await;
    let nothing = app.persona("unit-head").get(&format!("/targets/{}/trend/chart", words.id())).await.ok();
    assert!(nothing.raw.contains("Chưa có số liệu bằng số để vẽ"));
}

#[tokio::test]
async fn a_picture_is_the_same_bytes_until_a_figure_changes_and_is_not_sent_twice() {
    let (app, campaign) = measured().await;
    let path = format!("/campaigns/{}/progress/chart?by=UNIT", campaign.id());
    let chair = app.persona("chair");
    let first = chair.get(&path).await.ok();
    assert_eq!(chair.get(&path).await.ok().raw, first.raw);
    let again = chair.with("If-None-Match", first.etag()).get(&path).await;
    assert_eq!((again.status.as_u16(), again.raw.as_str(), again.etag()), (304, "", first.etag()));
    let ideas = stage::target(&app, &campaign, "unit-head", "SANG-KIEN").await;
    stage::measured(&app, "unit-head", &ideas, "2025-11-03", json!({"kind": "QUANTITATIVE", "amount": "4"})).await;
    let changed = chair.with("If-None-Match", first.etag()).get(&path).await.ok();
    assert_ne!((changed.etag(), &changed.raw), (first.etag(), &first.raw));
    chair.with("Accept", "image/svg+xml").get(&path).await.ok();
    chair.with("Accept", "application/json").get(&path).await.refused(406);
    let wrong = chair.get(&format!("/campaigns/{}/progress/chart?by=MONTH", campaign.id())).await.refused(400);
    assert!(wrong.faults()[0].starts_with("by field."));
}

#[tokio::test]
async fn who_sees_no_target_gets_a_picture_of_none() {
    let (app, campaign) = measured().await;
    let picture = app.persona("portal").get(&format!("/campaigns/{}/progress/chart?by=UNIT", campaign.id())).await.ok();
    assert!(picture.raw.contains("đạt 0/0 chỉ tiêu") && picture.raw.contains("Chưa có chỉ tiêu nào"));
    assert_eq!(picture.body, Value::Null);
}
