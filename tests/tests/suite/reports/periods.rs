//! Reporting periods: planned, opened, closed, reopened.

use super::*;

fn periods(campaign: &Reply) -> String {
    format!("/campaigns/{}/periods", campaign.id())
}

async fn codes(app: &TestApp, entries: &Value, member: &str) -> Vec<String> {
    let units = app.persona("coordinator").get("/units?limit=100").await.ok();
    let code = |id: &Value| {
        let units = units.body["items"].as_array().unwrap();
        units.iter().find(|unit| unit["id"] == *id).unwrap()["code"].as_str().unwrap().to_owned()
    };
    entries.as_array().unwrap().iter().map(|entry| code(&entry[member])).collect()
}

#[tokio::test]
async fn a_period_is_opened_closed_and_reopened_with_a_reason_and_leaves_its_traces() {
    let app = TestApp::start_at("2025-10-20").await;
    let campaign = reporting::running_since_september(&app).await;
    let coordinator = app.persona("coordinator");
    let planned = reporting::planned(&app, &campaign).await;
    assert_eq!((planned.text("stage"), planned.text("kindLabel")), ("PLANNED", "Hằng tháng"));
    assert_eq!(planned.text("dueBefore"), "2025-11-04T17:00:00Z");
    assert_eq!(planned.obstacle("openPeriod"), None);
    assert_eq!(planned.obstacle("closePeriod"), Some("period.notOpen"));
    assert_eq!(planned.obstacle("reopenPeriod"), Some("period.notClosed"));

    let path = |verb: &str| format!("/periods/{}/{verb}", planned.id());
    let open = coordinator.command(&path("open"), &planned).await.ok();
    assert_eq!(open.text("openedAt"), "2025-10-20T01:00:00Z");
    assert_eq!(coordinator.command(&path("open"), &open).await.refused(409).code(), "period.notPlanned");
    assert_eq!(coordinator.command(&path("close"), &open).await.refused(422).code(), "period.stillDue");

    app.at(DUE);
    let closed = coordinator.command(&path("close"), &open).await.ok();
    assert_eq!((closed.text("stage"), closed.text("closedAt")), ("CLOSED", "2025-11-04T17:00:00Z"));
    assert!(closed.body["openedAt"].is_null());
    let unsaid = coordinator.command_with(&path("reopen"), &closed, json!({})).await.refused(400);
    assert!(unsaid.faults()[0].ends_with("field.missing"));
    let reopened = coordinator.command_with(&path("reopen"), &closed, because("Trạm y tế xin nộp bù")).await.ok();
    assert_eq!((reopened.text("stage"), reopened.text("reopenReason")), ("REOPENED", "Trạm y tế xin nộp bù"));
    assert_eq!(coordinator.command(&path("close"), &closed).await.refused(412).code(), "resource.stale");
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn exactly_the_units_that_the_plan_obliges_owe_a_report_and_with_its_sentence() {
    let (app, _, period) = in_november().await;
    let owed = &period.body["owed"];
    assert_eq!(codes(&app, owed, "unitId").await, ["MN1", "TH1", "TH2", "THCS1", "TYTX"]);
    assert_eq!(owed[0]["obligation"], "O3");
    assert!(owed[0]["source"].as_str().unwrap().starts_with("định kỳ báo cáo kết quả về UBND xã"));
}

#[tokio::test]
async fn a_period_that_contradicts_itself_or_another_is_refused_and_nothing_is_written() {
    let (app, campaign, _) = in_november().await;
    let coordinator = app.persona("coordinator");
    let before = rows(&app, "version").await;
    let taken = coordinator.create(&periods(&campaign), reporting::october()).await.refused(409);
    assert_eq!((taken.code(), taken.faults()), ("period.codeTaken", vec!["/code period.codeTaken".to_owned()]));

    let mut upside_down = reporting::october();
    upside_down["code"] = "2025-10b".into();
    upside_down["endDate"] = "2025-09-30".into();
    upside_down["opensAt"] = "2025-11-06T00:00:00+07:00".into();
    upside_down["closesAt"] = "2025-11-01T00:00:00+07:00".into();
    let refused = coordinator.create(&periods(&campaign), upside_down).await.refused(422);
    assert_eq!(
        refused.faults(),
        ["/endDate date.endBeforeStart", "/dueBefore period.outOfOrder", "/closesAt period.outOfOrder"]
    );
    let mut foreign = reporting::october();
    foreign["kind"] = "WEEKLY".into();
    assert_eq!(
        coordinator.create(&periods(&campaign), foreign).await.refused(400).faults(),
        ["/kind field.unknownValue"]
    );
    assert_eq!(rows(&app, "version").await, before);
}

#[tokio::test]
async fn a_period_belongs_to_a_campaign_that_runs_and_to_the_coordinating_office() {
    let app = TestApp::start_at("2025-09-15").await;
    let issued = stage::issued(&app).await;
    let refused = app.persona("coordinator").create(&periods(&issued), reporting::october()).await.refused(409);
    assert_eq!(refused.code(), "campaign.notRunning");
    for persona in ["chair", "office", "unit-head", "auditor", "portal", "admin"] {
        let refused = app.persona(persona).create(&periods(&issued), reporting::october()).await.refused(403);
        assert_eq!(refused.code(), "policy.roleMissing", "{persona}");
    }
    let nowhere = "/campaigns/0198f1c2-6c00-7000-8000-000000000001/periods";
    app.persona("coordinator").create(nowhere, reporting::october()).await.refused(404);
    app.persona("coordinator").get(nowhere).await.refused(404);
}

#[tokio::test]
async fn periods_come_by_due_date_page_by_page_for_those_who_report_and_those_who_follow() {
    let (app, campaign, _) = in_november().await;
    for (code, due) in [("2025-11", "2025-12-05"), ("2025-09", "2025-10-05")] {
        let mut period = reporting::october();
        period["code"] = code.into();
        period["opensAt"] = format!("{due}T00:00:00+07:00").into();
        period["dueBefore"] = format!("{due}T00:00:00+07:00").into();
        period["closesAt"] = format!("{due}T00:00:00+07:00").into();
        app.persona("coordinator").create(&periods(&campaign), period).await.created();
    }
    let mut seen = Vec::new();
    let mut path = format!("{}?limit=2&includeTotal=true", periods(&campaign));
    loop {
        let page = app.persona("unit-officer").get(&path).await.ok();
        assert_eq!(page.body["total"], 3);
        let items = page.body["items"].as_array().unwrap();
        assert!(items.iter().all(|item| item["owed"].is_null() && item["actions"].is_null()));
        seen.extend(items.iter().map(|item| item["code"].as_str().unwrap().to_owned()));
        let Some(cursor) = page.body["nextCursor"].as_str() else { break };
        path = format!("{}?limit=2&includeTotal=true&cursor={cursor}", periods(&campaign));
    }
    assert_eq!(seen, ["2025-09", "2025-10", "2025-11"]);
    let planned = app.persona("auditor").get(&format!("{}?stage=PLANNED", periods(&campaign))).await.ok();
    assert_eq!(planned.body["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn who_has_nothing_to_do_with_reports_does_not_know_of_periods() {
    let (app, campaign, period) = in_november().await;
    for persona in ["portal", "clerk", "communications", "accountant", "council-member", "admin"] {
        app.persona(persona).get(&format!("/periods/{}", period.id())).await.refused(404);
        let list = app.persona(persona).get(&periods(&campaign)).await.ok();
        assert_eq!(list.body["items"], json!([]), "{persona}");
        let path = format!("/periods/{}/close", period.id());
        app.persona(persona).command(&path, &period).await.refused(404);
    }
    let path = format!("/periods/{}/close", period.id());
    for persona in ["unit-head", "office", "chair", "auditor"] {
        let refused = app.persona(persona).command(&path, &period).await.refused(403);
        assert_eq!(refused.code(), "policy.roleMissing", "{persona}");
    }
}
