//! What was given back until a deadline: its unit is reminded of that one.

use super::*;
use crate::stage;

fn again(timing: Value) -> Value {
    let mut new = rule("NHAC-NOP-LAI", timing, BOTH);
    new["deadline"] = json!("RESUBMISSION");
    new
}

/// What lies before the coordinator, given back until the end of Wednesday 12 November.
async fn given_back(app: &TestApp, collection: &str, submitted: &Reply) -> Reply {
    let why = json!({"reason": "Bổ sung số liệu.", "remarks": [], "resubmitBefore": "2025-11-13T00:00:00+07:00"});
    let path = format!("/{collection}/{}/return", submitted.id());
    app.persona("coordinator").command_with(&path, submitted, why).await.ok()
}

#[tokio::test]
async fn a_report_that_was_given_back_is_reminded_of_its_own_deadline_until_it_is_handed_in_again() {
    let (app, campaign, period) = before_the_end_of_october().await;
    reporting::reminder_rule(&app, &campaign, again(before(1))).await;
    let mut after_it = again(after(1));
    after_it["code"] = json!("QUA-HAN-NOP-LAI");
    reporting::reminder_rule(&app, &campaign, after_it).await;
    app.at("2025-11-03");
    let submitted = reporting::handed_in(&app, &period).await;
    app.moved_to("2025-11-05").await;
    let returned = given_back(&app, "reports", &submitted).await;
    app.moved_to("2025-11-11T07:59:59.999999+07:00").await;
    assert_eq!(sent(&app, &campaign).await.len(), 0);
    app.moved_to("2025-11-11T08:00:00+07:00").await;
    for persona in ["unit-officer", "unit-head"] {
        let notes = notes(&app, persona).await;
        assert_eq!(notes.len(), 1, "{persona}");
        assert_eq!(notes[0]["title"], "Nhắc nộp lại báo cáo: Tháng 10 năm 2025");
        let text = notes[0]["text"].as_str().unwrap().split_once(": ").unwrap().1;
        let said = "báo cáo kỳ “Tháng 10 năm 2025” đã được trả lại; hạn nộp lại là hết ngày 12/11/2025, còn 1 ngày.";
        assert_eq!(text, said);
        let subject = &notes[0]["subject"];
        assert_eq!((&subject["reportId"], &subject["periodId"]), (&returned.body["id"], &period.body["id"]));
        assert_eq!(
            (&subject["deadline"], &subject["dueBefore"]),
            (&json!("RESUBMISSION"), &json!("2025-11-12T17:00:00Z"))
        );
    }
    // Units that have handed nothing in owe a report, and not one again.
    assert_eq!(notes(&app, "head-of-TH2").await.len(), 0);
    app.look_from_another_process().await;
    app.persona("unit-head").command(&format!("/reports/{}/submit", returned.id()), &returned).await.ok();
    app.moved_to("2025-11-13").await;
    assert_eq!(sent(&app, &campaign).await.len(), 1, "once, and not once it is handed in again");
    is_whole(&app).await;
}

#[tokio::test]
async fn a_registration_that_was_given_back_is_reminded_too_and_says_until_when_it_is_expected() {
    let app = TestApp::start_at(QUIET).await;
    let campaign = reporting::running_since_september(&app).await;
    reporting::reminder_rule(&app, &campaign, again(json!({"when": "ON"}))).await;
    let submitted = stage::handed_in(&app, &campaign, "unit-head", stage::content()).await;
    let path = format!("/registrations/{}/return", submitted.id());
    let past = json!({"reason": "Nêu rõ chỉ tiêu.", "resubmitBefore": "2025-10-27T08:00:00+07:00"});
    let refused = app.persona("coordinator").command_with(&path, &submitted, past).await.refused(422);
    assert_eq!(refused.faults(), ["/resubmitBefore deadline.passed"]);
    let returned = given_back(&app, "registrations", &submitted).await;
    assert_eq!(returned.text("resubmitBefore"), "2025-11-12T17:00:00Z");
    app.moved_to("2025-11-12").await;
    let notes = notes(&app, "unit-head").await;
    assert_eq!((notes.len(), &notes[0]["subject"]["registrationId"]), (1, &returned.body["id"]));
    let text = notes[0]["text"].as_str().unwrap();
    assert!(text.ends_with("đã được trả lại; hôm nay là ngày cuối để nộp lại (hết ngày 12/11/2025)."), "{text}");
    let again =
        app.persona("unit-head").command(&format!("/registrations/{}/submit", returned.id()), &returned).await.ok();
    assert_eq!(again.body.get("resubmitBefore"), None);
    is_whole(&app).await;
}

#[tokio::test]
async fn what_was_given_back_without_a_deadline_reminds_nobody() {
    let (app, campaign, period) = before_the_end_of_october().await;
    reporting::reminder_rule(&app, &campaign, again(before(1))).await;
    let submitted = reporting::handed_in(&app, &period).await;
    let path = format!("/reports/{}/return", submitted.id());
    app.persona("coordinator").command_with(&path, &submitted, json!({"reason": "Bổ sung."})).await.ok();
    app.moved_to("2025-11-20").await;
    assert_eq!(sent(&app, &campaign).await.len(), 0);
}

#[tokio::test]
async fn a_last_day_that_the_plan_names_is_a_deadline_like_any_other() {
    let app = TestApp::start_at("2025-09-15").await;
    let mut plan = stage::plan();
    let limit = json!({"code": "D8", "lastDate": "2025-09-30", "source": plan["deadlines"][4]["source"]});
    plan["deadlines"].as_array_mut().unwrap().push(limit);
    let owed =
        plan["obligations"].as_array_mut().unwrap().iter_mut().find(|one| one["kind"] == "REGISTRATION").unwrap();
    owed["deadline"] = json!("D8");
    let campaign = stage::running_with(&app, plan).await;
    let mut new = rule("DANG-KY", json!({"when": "ON"}), BOTH);
    new["deadline"] = json!("REGISTRATION");
    reporting::reminder_rule(&app, &campaign, new).await;
    app.moved_to("2025-09-30T07:59:59+07:00").await;
    assert_eq!(sent(&app, &campaign).await.len(), 0);
    app.moved_to("2025-09-30").await;
    let notes = notes(&app, "unit-head").await;
    assert_eq!((notes.len(), &notes[0]["subject"]["dueBefore"]), (1, &json!("2025-09-30T17:00:00Z")));
    assert!(notes[0]["text"].as_str().unwrap().contains("hôm nay là ngày cuối"), "{}", notes[0]["text"]);
}
