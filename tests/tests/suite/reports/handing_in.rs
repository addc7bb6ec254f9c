//! Drafting and handing in: what a unit says, and until when.

use super::*;

async fn new(app: &TestApp, unit: &str) -> Value {
    json!({ "unitId": stage::unit(app, unit).await })
}

fn reports(period: &Reply) -> String {
    format!("/periods/{}/reports", period.id())
}

#[tokio::test]
async fn a_unit_drafts_hands_in_and_is_accepted() {
    let (app, _, period) = in_november().await;
    let (officer, head) = (app.persona("unit-officer"), app.persona("unit-head"));
    let content = json!({
        "leadership": {"text": "Đã phát động trong toàn trường.", "documentsIssued": 2, "peopleReached": 640},
        "taskResults": [{"task": "3.2.1", "text": "Đủ phòng học trước khai giảng."}],
        "movementResults": [{"movement": "M7", "text": "32 giáo viên học kỹ năng số."},
                            {"name": "Dạy tốt, học tốt", "text": "12 tiết dạy giỏi."}],
        "exemplars": [{"name": "Tổ khối 5", "summary": "Đôi bạn cùng tiến.", "kind": "GOOD_PRACTICE"}],
        "awards": "Đề nghị khen 01 tập thể.", "difficulties": "Thiếu phòng máy.", "lessons": "Giao việc rõ.",
        "directions": "Hoàn thành chỉ tiêu.", "proposals": "Bố trí kinh phí.",
    });
    let draft = officer.create(&reports(&period), new(&app, "TH1").await).await.created();
    assert_eq!(draft.header("Location"), format!("/v1/reports/{}", draft.id()));
    let written = officer.replace(&format!("/reports/{}", draft.id()), &draft, content.clone()).await.ok();
    for (member, said) in content.as_object().unwrap() {
        assert_eq!(written.body[member], *said, "{member}");
    }
    assert_eq!(officer.command(&at(&draft, "submit"), &written).await.refused(403).code(), "policy.roleMissing");
    let submitted = head.command(&at(&draft, "submit"), &written).await.ok();
    assert_eq!((submitted.text("stage"), submitted.text("stageLabel")), ("SUBMITTED", "Đã nộp"));
    assert_eq!((&submitted.body["round"], &submitted.body["late"]), (&json!(1), &json!(false)));
    assert_eq!(submitted.text("firstSubmittedAt"), "2025-11-03T01:00:00Z");
    let accepted = app.persona("coordinator").command(&at(&draft, "accept"), &submitted).await.ok();
    assert_eq!(accepted.body["acceptance"]["name"], "Vũ Thị Hương");
    let refused = officer.replace(&format!("/reports/{}", draft.id()), &accepted, json!({})).await.refused(409);
    assert_eq!(refused.code(), "report.notEditable");
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn the_deadline_itself_is_late_and_the_microsecond_before_is_not() {
    let (app, _, period) = in_november().await;
    let school = reporting::report(&app, &period, "TH1", "unit-officer").await;
    let station = reporting::report(&app, &period, "TYTX", "other-unit-officer").await;
    app.at(IN_TIME);
    let on_time = app.persona("unit-head").command(&at(&school, "submit"), &school).await.ok();
    app.at(DUE);
    let late = app.persona("other-unit-head").command(&at(&station, "submit"), &station).await.ok();
    assert_eq!((&on_time.body["late"], &late.body["late"]), (&json!(false), &json!(true)));
    assert_eq!(late.text("firstSubmittedAt"), "2025-11-04T17:00:00Z");
}

#[tokio::test]
async fn late_stays_late_and_what_was_in_time_is_no_later_for_coming_back() {
    let (app, _, period) = in_november().await;
    let coordinator = app.persona("coordinator");
    let in_time = reporting::handed_in(&app, &period).await;
    let station = reporting::report(&app, &period, "TYTX", "other-unit-officer").await;
    app.at(DUE);
    let late = app.persona("other-unit-head").command(&at(&station, "submit"), &station).await.ok();
    for (report, head, was_late) in [(in_time, "unit-head", false), (late, "other-unit-head", true)] {
        let returned = coordinator.command_with(&at(&report, "return"), &report, because("Bổ sung")).await.ok();
        assert_eq!(returned.body["late"], json!(was_late));
        app.at("2025-11-20");
        let again = app.persona(head).command(&at(&report, "submit"), &returned).await.ok();
        assert_eq!((&again.body["late"], &again.body["round"]), (&json!(was_late), &json!(2)));
        assert_eq!(again.text("firstSubmittedAt"), report.text("firstSubmittedAt"));
    }
}

#[tokio::test]
async fn a_report_for_a_period_that_is_not_open_is_refused_and_actions_say_so() {
    let app = TestApp::start_at("2025-11-03").await;
    let campaign = reporting::running_since_september(&app).await;
    let planned = reporting::planned(&app, &campaign).await;
    let (coordinator, officer, head) =
        (app.persona("coordinator"), app.persona("unit-officer"), app.persona("unit-head"));
    let school = new(&app, "TH1").await;
    let refused = officer.create(&reports(&planned), school.clone()).await.refused(409);
    assert_eq!(refused.code(), "period.notOpen");

    let open = coordinator.command(&format!("/periods/{}/open", planned.id()), &planned).await.ok();
    let draft = reporting::report(&app, &open, "TH1", "unit-officer").await;
    let returned = reporting::report(&app, &open, "TYTX", "other-unit-officer").await;
    let returned = app.persona("other-unit-head").command(&at(&returned, "submit"), &returned).await.ok();
    let returned = coordinator.command_with(&at(&returned, "return"), &returned, because("Bổ sung")).await.ok();
    app.at(DUE);
    let closed = coordinator.command(&format!("/periods/{}/close", open.id()), &open).await.ok();

    let refused = app.persona("head-of-TH2").create(&reports(&open), new(&app, "TH2").await).await.refused(409);
    assert_eq!(refused.code(), "period.notOpen");
    let seen = read(&app, "unit-head", &draft).await;
    assert_eq!(seen.obstacle("submitReport"), Some("period.notOpen"));
    assert_eq!(head.command(&at(&draft, "submit"), &seen).await.refused(409).code(), "period.notOpen");
    let replaced = officer.replace(&format!("/reports/{}", draft.id()), &draft, json!({"lessons": "Khác"})).await.ok();
    assert_eq!(replaced.obstacle("submitReport"), Some("policy.roleMissing"));
    let again = app.persona("other-unit-head").command(&at(&returned, "submit"), &returned).await.ok();
    assert_eq!(again.text("stage"), "SUBMITTED", "what was returned comes back");

    let reopened = because("Cho nộp bù");
    coordinator.command_with(&format!("/periods/{}/reopen", open.id()), &closed, reopened).await.ok();
    let seen = read(&app, "unit-head", &draft).await;
    assert_eq!(seen.obstacle("submitReport"), None);
    let late = head.command(&at(&draft, "submit"), &seen).await.ok();
    assert_eq!(late.body["late"], json!(true));
}

#[tokio::test]
async fn a_unit_has_one_report_for_a_period_and_two_who_begin_at_once_make_one() {
    let (app, _, period) = in_november().await;
    let body = new(&app, "TH1").await;
    let (officer, head) = (app.persona("unit-officer"), app.persona("unit-head"));
    let path = reports(&period);
    let (one, other) = tokio::join!(officer.create(&path, body.clone()), head.create(&path, body.clone()));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    let third = head.create(&path, body).await.refused(409);
    assert_eq!((third.code(), third.faults()), ("report.exists", vec!["/correctsId report.exists".to_owned()]));
    assert_eq!(rows(&app, "report").await, 1);
}

#[tokio::test]
async fn two_who_write_one_draft_do_not_overwrite_each_other() {
    let (app, _, period) = in_november().await;
    let draft = reporting::report(&app, &period, "TH1", "unit-officer").await;
    let path = format!("/reports/{}", draft.id());
    let mine = app.persona("unit-officer").replace(&path, &draft, json!({"lessons": "Của cán bộ"})).await.ok();
    let stale =
        app.persona("unit-head").replace(&path, &draft, json!({"lessons": "Của thủ trưởng"})).await.refused(412);
    assert_eq!((stale.code(), stale.faults()), ("resource.stale", vec!["If-Match resource.stale".to_owned()]));
    assert_eq!(read(&app, "unit-head", &draft).await.body["lessons"], "Của cán bộ");
    assert_eq!(
        app.persona("unit-head").command(&at(&draft, "submit"), &draft).await.refused(412).code(),
        "resource.stale"
    );
    app.persona("unit-head").command(&at(&draft, "submit"), &mine).await.ok();
}

#[tokio::test]
async fn a_repeated_request_makes_no_second_report_and_is_answered_as_the_first() {
    let (app, _, period) = in_november().await;
    let officer = app.persona("unit-officer").with("Idempotency-Key", "bao-cao-thang-10");
    let body = new(&app, "TH1").await;
    let first = officer.create(&reports(&period), body.clone()).await.created();
    let again = officer.create(&reports(&period), body.clone()).await.created();
    assert_eq!(again.header("Idempotency-Replayed"), "true");
    assert_eq!((again.id(), again.etag()), (first.id(), first.etag()));
    let mut other = body;
    other["lessons"] = "Khác".into();
    assert_eq!(officer.create(&reports(&period), other).await.refused(422).code(), "idempotency.keyReused");
    assert_eq!(rows(&app, "report").await, 1);
}

#[tokio::test]
async fn what_contradicts_the_plan_or_the_contract_is_named_by_its_member() {
    let (app, _, period) = in_november().await;
    let officer = app.persona("unit-officer");
    let with = async |member: &str, value: Value| {
        let mut body = new(&app, "TH1").await;
        body[member] = value;
        officer.create(&reports(&period), body).await
    };
    let target = "0198f1c2-6c00-7000-8000-000000000001";
    let result = json!({"task": "9.9", "text": "Đã làm"});
    let refused = with("taskResults", json!([result])).await.refused(422);
    assert_eq!(refused.faults(), ["/taskResults/0/task reference.unknown"]);
    let twice = json!([{"targetId": target, "explanation": "a"}, {"targetId": target, "explanation": "b"}]);
    assert_eq!(with("targetResults", twice).await.refused(422).faults(), ["/targetResults/1/targetId list.duplicate"]);
    let both = json!([{"movement": "M1", "name": "Khác", "text": "Đã làm"}, {"movement": "M99", "text": "Đã làm"}]);
    assert_eq!(
        with("movementResults", both).await.refused(422).faults(),
        ["/movementResults/0 movement.codeOrName", "/movementResults/1/movement reference.unknown"]
    );
    let many = vec![json!({"name": "Điển hình", "summary": "Tốt"}); 201];
    assert_eq!(with("exemplars", json!(many)).await.refused(400).faults(), ["/exemplars field.outOfBounds"]);
    assert_eq!(with("awards", Value::Null).await.refused(400).faults(), ["/awards field.wrongType"]);
    assert_eq!(with("figures", json!([])).await.refused(400).faults(), ["/figures field.unknown"]);
    let negative = json!({"text": "Đã làm", "documentsIssued": -1});
    assert_eq!(
        with("leadership", negative).await.refused(400).faults(),
        ["/leadership/documentsIssued field.outOfBounds"]
    );
    assert_eq!(
        with("correctionReason", json!("Nhầm")).await.refused(422).faults(),
        ["/correctsId correction.incomplete"]
    );
    assert_eq!(rows(&app, "report").await, 0);
}

#[tokio::test]
async fn nobody_drafts_for_another_unit_nor_for_none() {
    let (app, _, period) = in_november().await;
    let school = new(&app, "TH1").await;
    let path = reports(&period);
    let refused = app.persona("other-unit-officer").create(&path, school.clone()).await.refused(403);
    assert_eq!(refused.code(), "policy.otherUnit");
    let nobody = json!({"unitId": "0198f1c2-6c00-7000-8000-000000000001"});
    assert_eq!(app.persona("unit-officer").create(&path, nobody).await.refused(403).code(), "policy.otherUnit");
    for persona in ["coordinator", "office", "chair", "auditor"] {
        let refused = app.persona(persona).create(&path, school.clone()).await.refused(403);
        assert_eq!(refused.code(), "policy.roleMissing", "{persona}");
    }
    app.persona("portal").create(&path, school).await.refused(404);
}
