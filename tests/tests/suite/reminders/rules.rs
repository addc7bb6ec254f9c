//! Rules: what is refused, and when a rule begins and ends to remind.

use super::*;
use crate::stage;

#[tokio::test]
async fn a_rule_that_contradicts_itself_or_would_remind_nobody_is_refused_and_nothing_is_written() {
    let (app, campaign, _) = before_the_end_of_october().await;
    let path = format!("/campaigns/{}/reminder-rules", campaign.id());
    let events = app.events().await;
    let other = |pointer: &str, value: Value| {
        let mut new = reporting::two_days_before();
        *new.pointer_mut(pointer).unwrap() = value;
        new
    };
    let cases: &[(Value, &[&str])] = &[
        (other("/timing", json!({"when": "ON", "days": 1})), &["/timing/days reminderRule.daysOnTheDay"]),
        (other("/timing", json!({"when": "AFTER"})), &["/timing/days field.missing", "/timing/counting field.missing"]),
        (other("/roles", json!(["UNIT_HEAD", "CHAIR"])), &["/roles/1 reminderRule.roleNotConcerned"]),
        (other("/roles", json!(["UNIT_HEAD", "UNIT_HEAD"])), &["/roles/1 list.duplicate"]),
        (other("/deadline", json!("REGISTRATION")), &["/deadline reminderRule.deadlineNotSet"]),
    ];
    for (new, faults) in cases {
        let answer = app.persona("coordinator").create(&path, new.clone()).await.refused(422);
        assert_eq!(answer.faults(), *faults, "{new}");
    }
    for (pointer, value) in [
        ("/timing/days", json!(0)),
        ("/timing/days", json!(61)),
        ("/timing/days", json!("2")),
        ("/timing/counting", Value::Null),
        ("/roles", json!([])),
        ("/roles", json!(["MAYOR"])),
        ("/code", json!("")),
    ] {
        app.persona("coordinator").create(&path, other(pointer, value)).await.refused(400);
    }
    assert_eq!(app.events().await, events);
    app.persona("office").create(&path, reporting::two_days_before()).await.created();
    let again = app.persona("coordinator").create(&path, reporting::two_days_before()).await.refused(409);
    assert_eq!(
        (again.code(), again.faults()),
        ("reminderRule.codeTaken", vec!["/code reminderRule.codeTaken".to_owned()])
    );
}

#[tokio::test]
async fn a_rule_reminds_from_its_next_moment_on_and_not_of_what_lies_behind_it() {
    let (app, campaign, _) = before_the_end_of_october().await;
    app.at("2025-10-31T08:00:00.000001+07:00");
    reporting::reminder_rule(&app, &campaign, reporting::two_days_before()).await;
    app.moved_to("2025-11-04").await;
    assert_eq!(sent(&app, &campaign).await.len(), 0);
}

#[tokio::test]
async fn a_retired_rule_reminds_nobody_any_more_and_what_it_sent_stays() {
    let (app, campaign, _) = before_the_end_of_october().await;
    let kept = reporting::reminder_rule(&app, &campaign, rule("A", before(4), BOTH)).await;
    let dropped = reporting::reminder_rule(&app, &campaign, rule("B", before(2), BOTH)).await;
    app.moved_to("2025-10-31").await;
    for one in [&kept, &dropped] {
        app.persona("office").command(&format!("/reminder-rules/{}/retire", one.id()), one).await.ok();
    }
    app.moved_to("2025-11-03").await;
    assert_eq!(notes(&app, "head-of-TH2").await.len(), 1);
    let path = format!("/campaigns/{}/reminder-rules?stage=RETIRED", campaign.id());
    let listed = app.persona("unit-officer").get(&path).await.ok();
    assert_eq!(listed.body["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn days_are_counted_by_the_working_calendar_as_it_is_known_when_somebody_looks() {
    let (app, campaign, _) = before_the_end_of_october().await;
    reporting::reminder_rule(&app, &campaign, reporting::two_days_before()).await;
    // Monday the third is declared off: two working days before the fourth are Thursday and Friday.
    let off = json!({
        "exceptionDate": "2025-11-03", "kind": "HOLIDAY", "name": "Nghỉ hoán đổi", "decidedDate": "2025-10-27",
        "instrument": "Thông báo hoán đổi ngày làm việc",
    });
    app.persona("admin").create("/calendar-days", off).await.created();
    app.moved_to("2025-10-30").await;
    assert_eq!(sent(&app, &campaign).await.len(), 1);
}

#[tokio::test]
async fn a_period_that_is_closed_or_not_open_yet_reminds_nobody() {
    let app = TestApp::start_at(QUIET).await;
    let campaign = reporting::running_since_september(&app).await;
    let planned = reporting::planned(&app, &campaign).await;
    reporting::reminder_rule(&app, &campaign, rule("A", before(1), BOTH)).await;
    reporting::reminder_rule(&app, &campaign, rule("B", after(10), BOTH)).await;
    app.moved_to("2025-11-03").await;
    assert_eq!(sent(&app, &campaign).await.len(), 0, "nobody can hand in yet");
    let open = app.persona("coordinator").command(&format!("/periods/{}/open", planned.id()), &planned).await.ok();
    app.moved_to("2025-11-03T08:30:00+07:00").await;
    assert_eq!(sent(&app, &campaign).await.len(), 1, "late, once they can");
    app.moved_to("2025-11-10").await;
    app.persona("coordinator").command(&format!("/periods/{}/close", open.id()), &open).await.ok();
    app.moved_to("2025-11-20").await;
    assert_eq!(sent(&app, &campaign).await.len(), 1, "nobody can hand in any more");
}

#[tokio::test]
async fn who_is_reminded_of_a_registration_has_handed_none_in() {
    let app = TestApp::start_at("2025-09-15").await;
    let mut plan = stage::plan();
    let limit = json!({
        "code": "D8", "dueBefore": "2025-10-01T00:00:00+07:00", "source": plan["deadlines"][4]["source"],
    });
    plan["deadlines"].as_array_mut().unwrap().push(limit);
    let owed =
        plan["obligations"].as_array_mut().unwrap().iter_mut().find(|one| one["kind"] == "REGISTRATION").unwrap();
    owed["deadline"] = json!("D8");
    let campaign = stage::running_with(&app, plan).await;
    let new = json!({
        "code": "DANG-KY", "name": "Nhắc đăng ký thi đua", "deadline": "REGISTRATION", "timing": before(5),
        "roles": ["UNIT_HEAD"],
    });
    reporting::reminder_rule(&app, &campaign, new).await;
    stage::handed_in(&app, &campaign, "unit-head", stage::content()).await;
    stage::registration(&app, &campaign, "other-unit-officer", stage::content()).await;
    app.moved_to("2025-09-25").await;
    assert_eq!(notes(&app, "unit-head").await.len(), 0, "it handed one in");
    let waited_for = notes(&app, "other-unit-head").await;
    assert_eq!(waited_for.len(), 1, "a draft is none");
    let text = waited_for[0]["text"].as_str().unwrap();
    assert!(text.ends_with("hạn nộp bản đăng ký thi đua là hết ngày 30/09/2025, còn 5 ngày."), "{text}");
    is_whole(&app).await;
}
