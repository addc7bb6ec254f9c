//! Who sees which report: a draft is the unit's own, what was accepted is the portal's too.

use super::*;

/// What each sees of a report in a stage: everybody who may ever see one.
async fn seen_by(app: &TestApp, campaign: &Reply, report: &Reply) -> Vec<&'static str> {
    let mut seen = Vec::new();
    for persona in [
        "unit-officer",
        "unit-head",
        "other-unit-officer",
        "other-unit-head",
        "coordinator",
        "office",
        "chair",
        "vice-chair",
        "auditor",
        "portal",
        "clerk",
        "communications",
        "accountant",
        "council-secretary",
        "admin",
    ] {
        let one = app.persona(persona).get(&format!("/reports/{}", report.id())).await;
        let list =
            app.persona(persona).get(&format!("/campaigns/{}/reports?includeTotal=true", campaign.id())).await.ok();
        let listed = list.body["items"].as_array().unwrap().iter().any(|item| item["id"] == report.id());
        assert_eq!(one.status.as_u16(), if listed { 200 } else { 404 }, "{persona}");
        assert_eq!(list.body["total"], json!(i32::from(listed)), "{persona}");
        if listed {
            seen.push(persona);
        }
    }
    seen
}

#[tokio::test]
async fn each_sees_a_report_from_the_stage_on_that_concerns_them() {
    let (app, campaign, period) = in_november().await;
    let own = ["unit-officer", "unit-head"];
    let oversight = ["coordinator", "office", "chair", "vice-chair", "auditor"];
    let draft = reporting::report(&app, &period, "TH1", "unit-officer").await;
    assert_eq!(seen_by(&app, &campaign, &draft).await, [&own[..], &["auditor"]].concat());
    let submitted = app.persona("unit-head").command(&at(&draft, "submit"), &draft).await.ok();
    assert_eq!(seen_by(&app, &campaign, &draft).await, [&own[..], &oversight].concat());
    app.persona("coordinator").command(&at(&draft, "accept"), &submitted).await.ok();
    assert_eq!(seen_by(&app, &campaign, &draft).await, [&own[..], &oversight, &["portal"]].concat());
}

#[tokio::test]
async fn an_invisible_report_answers_every_command_as_an_absent_one() {
    let (app, _, period) = in_november().await;
    let draft = reporting::report(&app, &period, "TH1", "unit-officer").await;
    for persona in ["coordinator", "other-unit-head", "portal"] {
        let person = app.persona(persona);
        person.replace(&format!("/reports/{}", draft.id()), &draft, json!({})).await.refused(404);
        person.command(&at(&draft, "submit"), &draft).await.refused(404);
        person.command(&at(&draft, "accept"), &draft).await.refused(404);
        person.command_with(&at(&draft, "return"), &draft, because("Bổ sung")).await.refused(404);
    }
}

#[tokio::test]
async fn the_portal_takes_over_what_was_accepted_and_judges_nothing() {
    let (app, _, period) = in_november().await;
    let accepted = reporting::accepted(&app, &period).await;
    let seen = read(&app, "portal", &accepted).await;
    for command in ["replaceReport", "submitReport", "acceptReport", "returnReport"] {
        assert_eq!(seen.obstacle(command), Some("policy.roleMissing"));
    }
    let refused = app.persona("portal").command(&at(&accepted, "accept"), &seen).await.refused(403);
    assert_eq!(refused.code(), "policy.roleMissing");
}

#[tokio::test]
async fn a_list_is_filtered_and_says_nothing_of_what_reports_say() {
    let (app, campaign, period) = in_november().await;
    reporting::accepted(&app, &period).await;
    let station = reporting::report(&app, &period, "TYTX", "other-unit-officer").await;
    app.at(DUE);
    app.persona("other-unit-head").command(&at(&station, "submit"), &station).await.ok();
    let list = async |query: &str| {
        let list = app.persona("auditor").get(&format!("/campaigns/{}/reports?{query}", campaign.id())).await.ok();
        let items = list.body["items"].as_array().unwrap().clone();
        assert!(items.iter().all(|item| item["lessons"].is_null() && item["actions"].is_null()));
        items.iter().map(|item| item["stage"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(list("").await, ["SUBMITTED", "ACCEPTED"], "the newest first");
    assert_eq!(list("late=true").await, ["SUBMITTED"]);
    assert_eq!(list("late=false").await, ["ACCEPTED"]);
    assert_eq!(list("stage=ACCEPTED&stage=LOCKED").await, ["ACCEPTED"]);
    assert_eq!(list(&format!("periodId={}", period.id())).await.len(), 2);
    assert_eq!(list(&format!("unitId={}", station.text("unitId"))).await, ["SUBMITTED"]);
    assert_eq!(list("periodId=0198f1c2-6c00-7000-8000-000000000001").await, Vec::<String>::new());
    let wrong = app.persona("auditor").get(&format!("/campaigns/{}/reports?late=perhaps", campaign.id())).await;
    assert_eq!(wrong.refused(400).faults(), ["late field.wrongType"]);
}
