//! Periods planned by a schedule: all or none, on working days, and what is there already is left as it is.

use super::*;
use crate::stage::reporting;

async fn at_work(day: &str) -> (TestApp, Reply) {
    let app = TestApp::start_at(day).await;
    let campaign = reporting::running_since_september(&app).await;
    (app, campaign)
}

fn schedules(campaign: &Reply) -> String {
    format!("/campaigns/{}/period-schedules", campaign.id())
}

fn preview(campaign: &Reply, query: &str) -> String {
    format!("/campaigns/{}/schedule-preview?{query}", campaign.id())
}

const MONTHLY: &str =
    "kind=MONTHLY&startDate=2025-09-15&endDate=2025-12-31&dueWorkingDays=3&opensDaysBefore=6&closesWorkingDays=3";

fn codes(reply: &Reply, list: &str) -> Vec<String> {
    let items = reply.body[list].as_array().unwrap();
    items.iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
}

/// The instants at which the reports of a campaign fall due.
async fn due(app: &TestApp, campaign: &Reply) -> Vec<String> {
    let periods = app.persona("unit-head").get(&format!("/campaigns/{}/periods", campaign.id())).await.ok();
    let items = periods.body["items"].as_array().unwrap();
    items.iter().map(|one| one["dueBefore"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_schedule_plans_its_months_leaves_what_is_there_and_can_be_carried_out_again() {
    let (app, campaign) = at_work("2025-10-20").await;
    let coordinator = app.persona("coordinator");
    let october = reporting::planned(&app, &campaign).await;
    let shown = coordinator.get(&preview(&campaign, MONTHLY)).await.ok();
    assert_eq!(codes(&shown, "periods"), ["2025-09", "2025-10", "2025-11", "2025-12"]);
    assert_eq!(shown.body["periods"][1]["existingPeriodId"], october.id());
    let before = app.events().await;

    let schedule = coordinator.create(&schedules(&campaign), reporting::monthly()).await.created();
    assert_eq!(codes(&schedule, "planned"), ["2025-09", "2025-11", "2025-12"]);
    assert_eq!(codes(&schedule, "existing"), ["2025-10"]);
    assert_eq!(app.events().await, before + 4, "the schedule and three periods");
    // 3 October, October as it was planned, 3 December, and 6 January: New Year is off.
    let deadlines = ["2025-10-03", "2025-11-04", "2025-12-03", "2026-01-06"].map(|day| format!("{day}T17:00:00Z"));
    assert_eq!(due(&app, &campaign).await, deadlines);

    let november = schedule.body["planned"][1]["periodId"].as_str().unwrap();
    let november = coordinator.get(&format!("/periods/{november}")).await.ok();
    assert_eq!((november.text("name"), november.text("scheduleId")), ("Tháng 11 năm 2025", schedule.id()));
    assert_eq!(november.text("opensAt"), "2025-11-23T17:00:00Z");
    assert_eq!(november.text("closesAt"), "2025-12-08T17:00:00Z");
    assert_eq!(november.body["owed"].as_array().unwrap().len(), october.body["owed"].as_array().unwrap().len());
    assert_eq!(november.obstacle("openPeriod"), None);
    let read = app.persona("unit-head").get(&format!("/period-schedules/{}", schedule.id())).await.ok();
    assert_eq!(read.body["planned"], schedule.body["planned"]);

    let again = coordinator.create(&schedules(&campaign), reporting::monthly()).await.created();
    assert_eq!((codes(&again, "planned").len(), codes(&again, "existing").len()), (0, 4));
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn deadlines_follow_the_calendar_as_it_is_known_and_stay_when_it_changes() {
    let (app, campaign) = at_work("2025-12-24").await;
    let single = |code: &str| {
        json!({
            "kind": "AD_HOC", "code": code, "name": "Báo cáo đột xuất", "startDate": "2025-12-01", "endDate": "2025-12-15",
            "dueWorkingDays": 18, "opensDaysBefore": 0, "closesWorkingDays": 0,
        })
    };
    let coordinator = app.persona("coordinator");
    coordinator.create(&schedules(&campaign), single("DOT-XUAT-1")).await.created();
    app.at("2025-12-25");
    swapped(&app).await;
    let later = coordinator.create(&schedules(&campaign), single("DOT-XUAT-2")).await.created();
    assert_eq!(later.text("knownDate"), "2025-12-25");
    // Friday the ninth as it was known then; Saturday the tenth since it is made up for.
    assert_eq!(due(&app, &campaign).await, ["2026-01-09T17:00:00Z", "2026-01-10T17:00:00Z"]);
}

#[tokio::test]
async fn a_report_of_a_scheduled_period_is_in_time_until_the_last_microsecond_and_late_from_the_deadline_on() {
    for (instant, late) in [("2025-12-03T23:59:59.999999+07:00", false), ("2025-12-04T00:00:00+07:00", true)] {
        let (app, campaign) = at_work("2025-11-24").await;
        let coordinator = app.persona("coordinator");
        let schedule = coordinator.create(&schedules(&campaign), reporting::monthly()).await.created();
        let path = format!("/periods/{}", schedule.body["planned"][2]["periodId"].as_str().unwrap());
        let period = coordinator.get(&path).await.ok();
        coordinator.command(&format!("{path}/open"), &period).await.ok();
        let draft = reporting::report(&app, &period, "TH1", "unit-officer").await;
        app.at(instant);
        let board = coordinator.get(&format!("/campaigns/{}/compliance", campaign.id())).await.ok();
        let of_period = board.body["periods"].as_array().unwrap();
        let totals = &of_period.iter().find(|one| one["periodId"] == period.id()).unwrap()["totals"];
        assert_eq!(
            (totals["missing"].as_i64(), totals["dueSoon"].as_i64()),
            if late { (Some(5), Some(0)) } else { (Some(0), Some(5)) }
        );
        let submitted = app.persona("unit-head").command(&format!("/reports/{}/submit", draft.id()), &draft).await.ok();
        assert_eq!(submitted.body["late"], json!(late), "{instant}");
    }
}

#[tokio::test]
async fn a_schedule_that_contradicts_itself_is_refused_by_field_in_preview_and_in_earnest_and_nothing_is_written() {
    let (app, campaign) = at_work("2025-10-20").await;
    let coordinator = app.persona("coordinator");
    let before = app.events().await;
    let mut backwards = reporting::monthly();
    backwards["endDate"] = "2025-09-01".into();
    backwards["code"] = "2025-09".into();
    let refused = coordinator.create(&schedules(&campaign), backwards).await.refused(422);
    assert_eq!(refused.faults(), ["/endDate date.endBeforeStart", "/code periodSchedule.namesItself"]);
    let mut both = reporting::monthly();
    both["dueDate"] = "2025-10-03".into();
    let refused = coordinator.create(&schedules(&campaign), both).await.refused(422);
    assert_eq!(refused.faults(), ["/dueWorkingDays periodSchedule.dueNotOne"]);
    let mut endless = reporting::monthly();
    endless["endDate"] = "2099-12-31".into();
    let refused = coordinator.create(&schedules(&campaign), endless).await.refused(422);
    assert_eq!(refused.faults(), ["/endDate list.tooLong"]);
    let mut slow = reporting::monthly();
    slow["dueWorkingDays"] = 61.into();
    let refused = coordinator.create(&schedules(&campaign), slow).await.refused(400);
    assert_eq!(refused.faults(), ["/dueWorkingDays field.outOfBounds"]);
    let backwards = MONTHLY.replace("endDate=2025-12-31", "endDate=2025-09-01");
    let refused = coordinator.get(&preview(&campaign, &backwards)).await.refused(422);
    assert_eq!(refused.faults(), ["endDate date.endBeforeStart"]);
    let refused = app.persona("office").create(&schedules(&campaign), reporting::monthly()).await.refused(403);
    assert_eq!(refused.code(), "policy.roleMissing");
    assert_eq!(app.events().await, before);
}
