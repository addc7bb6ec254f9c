//! What is reckoned as a whole, as files of its rows.

use thidua_api::export::RECKONED;

use super::*;

fn all(values: &Value) -> Vec<Value> {
    values.as_array().unwrap().clone()
}

#[tokio::test]
async fn a_ranking_and_the_groups_of_progress_are_files_of_their_rows() {
    let app = TestApp::start_at("2025-09-15").await;
    let october = city::october(&app).await;
    let rubric = reporting::rubric(&app, &october.campaign, reporting::judged_terms()).await;
    reporting::assessed(&app, "vice-chair", &rubric, "TH1").await;
    assert_eq!(RECKONED.len(), 2, "say below what else is reckoned");
    let coordinator = app.persona("coordinator");

    let path = format!("/scoring-rubrics/{}/ranking", rubric.id());
    let ranking = coordinator.get(&path).await.ok();
    let units: Vec<Value> = all(&ranking.body["blocks"]).iter().flat_map(|block| all(&block["units"])).collect();
    assert!(units.len() > 3 && units.iter().all(|unit| unit["unitTypeLabel"].is_string()), "{units:?}");
    says_the_same(&coordinator, &path, &units).await;
    let csv = file(&coordinator, &path, Form::Csv).await;
    assert!(csv.raw.contains(",Hạng [rank],"), "{}", csv.raw);
    assert!(csv.header("Content-Disposition").contains("xep-hang-"), "{}", csv.header("Content-Disposition"));
    // Who may not read it may not in another form.
    app.persona("unit-head").with("Accept", "text/csv").get(&path).await.refused(404);

    for by in ["FIELD", "MOVEMENT", "UNIT"] {
        let path = format!("/campaigns/{}/progress?by={by}", october.campaign.id());
        let progress = coordinator.get(&path).await.ok();
        let groups = all(&progress.body["groups"]);
        assert!(!groups.is_empty(), "{by}");
        says_the_same(&coordinator, &path, &groups).await;
    }
    // A campaign in which nobody sees anything of units has a table without rows.
    let path = format!("/campaigns/{}/progress?by=UNIT", october.campaign.id());
    let nothing = file(&app.persona("accountant"), &path, Form::Ndjson).await;
    assert_eq!((nothing.raw.as_str(), nothing.header("Row-Count")), ("", "0"));
    let fault = coordinator.with("Accept", "text/csv").get(&format!("{path}&onDate=2026-12-31")).await.refused(422);
    assert_eq!(fault.faults(), ["onDate date.inFuture"]);
}
