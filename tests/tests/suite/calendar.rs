//! The working calendar: exceptions with what says so, counted as they were known on a day.

use serde_json::{Value, json};
use thidua_tests::{Reply, TestApp};

mod schedules;

/// The swap that `domain.md` §0.19 names: 2 January is off, and made up for on Saturday the tenth.
fn swap(day: &str, kind: &str) -> Value {
    json!({
        "exceptionDate": day, "kind": kind, "name": "Hoán đổi dịp Tết Dương lịch", "decidedDate": "2025-12-25",
        "instrument": "Thông báo hoán đổi ngày làm việc dịp Tết Dương lịch 2026",
    })
}

async fn swapped(app: &TestApp) -> Reply {
    let admin = app.persona("admin");
    admin.create("/calendar-days", swap("2026-01-02", "HOLIDAY")).await.created();
    admin.create("/calendar-days", swap("2026-01-10", "MAKE_UP")).await.created()
}

/// How many days are worked from the day after 15 December 2025 on, as known on a day.
async fn worked(app: &TestApp, until: &str, known: &str) -> i64 {
    let path = format!("/calendar?fromDate=2025-12-16&toDate={until}&knownDate={known}");
    app.persona("unit-officer").get(&path).await.ok().body["workingDays"].as_i64().unwrap()
}

#[tokio::test]
async fn working_days_are_counted_as_the_calendar_was_known_on_the_day_that_is_asked_for() {
    let app = TestApp::start_at("2025-12-25").await;
    swapped(&app).await;
    for (until, before, since) in [("2026-01-05", 14, 13), ("2026-01-10", 18, 18), ("2026-01-13", 20, 20)] {
        assert_eq!(worked(&app, until, "2025-12-24").await, before, "{until}");
        assert_eq!(worked(&app, until, "2025-12-25").await, since, "{until}");
    }
    // The eighteenth day is the Saturday itself, and was the Friday before.
    assert_eq!(worked(&app, "2026-01-09", "2025-12-24").await, 18);
    assert_eq!(worked(&app, "2026-01-09", "2025-12-25").await, 17);
}

#[tokio::test]
async fn the_calendar_begins_with_what_the_law_fixes_and_shows_what_says_so() {
    let app = TestApp::start_at("2025-09-15").await;
    let path = "/calendar?fromDate=2025-09-01&toDate=2025-09-05";
    let calendar = app.persona("unit-head").get(path).await.ok();
    assert_eq!((calendar.body["workingDays"].as_i64(), calendar.text("knownDate")), (Some(4), "2025-09-15"));
    let holiday = &calendar.body["exceptions"][0];
    assert_eq!(
        (holiday["exceptionDate"].as_str(), holiday["kindLabel"].as_str()),
        (Some("2025-09-02"), Some("Ngày nghỉ"))
    );
    assert!(holiday["instrument"].as_str().unwrap().starts_with("Bộ luật Lao động"));
    let one = app.persona("auditor").get(&format!("/calendar-days/{}", holiday["id"].as_str().unwrap())).await.ok();
    assert_eq!((one.text("name"), one.text("stage")), ("Quốc khánh", "IN_FORCE"));
    assert_eq!(one.obstacle("withdrawCalendarDay"), Some("policy.roleMissing"));
}

#[tokio::test]
async fn what_was_withdrawn_holds_no_longer_stays_readable_and_makes_room() {
    let app = TestApp::start_at("2025-12-25").await;
    let made_up = swapped(&app).await;
    let admin = app.persona("admin");
    let again = admin.create("/calendar-days", swap("2026-01-10", "HOLIDAY")).await.refused(409);
    assert_eq!(again.code(), "calendarDay.taken");

    app.at("2025-12-28");
    let path = format!("/calendar-days/{}", made_up.id());
    let withdraw = format!("{path}/withdraw");
    let reason = json!({"reason": "Ghi nhầm ngày làm bù"});
    let gone = admin.command_with(&withdraw, &made_up, reason.clone()).await.ok();
    assert_eq!((gone.text("stage"), gone.text("withdrawnDate")), ("WITHDRAWN", "2025-12-28"));
    assert_eq!(gone.obstacle("withdrawCalendarDay"), Some("calendarDay.withdrawn"));
    assert_eq!(admin.command_with(&withdraw, &gone, reason).await.refused(409).code(), "calendarDay.withdrawn");
    assert_eq!(worked(&app, "2026-01-10", "2025-12-27").await, 18);
    assert_eq!(worked(&app, "2026-01-10", "2025-12-28").await, 17);
    assert_eq!(app.persona("unit-head").get(&path).await.ok().text("withdrawalReason"), "Ghi nhầm ngày làm bù");
    admin.create("/calendar-days", swap("2026-01-10", "MAKE_UP")).await.created();
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn an_exception_that_cannot_be_and_a_range_that_is_none_are_refused_and_nothing_is_written() {
    let app = TestApp::start_at("2025-12-24").await;
    let admin = app.persona("admin");
    let before = app.events().await;
    let wrong = admin.create("/calendar-days", swap("2026-01-09", "MAKE_UP")).await.refused(422);
    assert_eq!(wrong.faults(), ["/exceptionDate calendarDay.makeUpOnWeekday", "/decidedDate date.inFuture"]);
    let impossible = admin.create("/calendar-days", swap("2026-02-30", "HOLIDAY")).await.refused(400);
    assert_eq!(impossible.faults(), ["/exceptionDate date.malformed"]);
    let coordinator = app.persona("coordinator");
    let refused = coordinator.create("/calendar-days", swap("2026-01-10", "MAKE_UP")).await.refused(403);
    assert_eq!(refused.code(), "policy.roleMissing");
    for (from, to) in [("2025-12-31", "2025-12-30"), ("2025-01-01", "2026-01-02")] {
        let refused = admin.get(&format!("/calendar?fromDate={from}&toDate={to}")).await.refused(422);
        assert_eq!(refused.faults(), ["toDate parameter.rangeOutOfBounds"], "{from} {to}");
    }
    admin.get("/calendar?fromDate=2025-01-01&toDate=2026-01-01").await.ok();
    admin.get("/calendar?fromDate=2025-01-01").await.refused(400);
    assert_eq!(app.events().await, before);
}
