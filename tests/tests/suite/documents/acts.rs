//! Sealed, then sent off: in this order, once, and not later than the next working day without a mark.

use serde_json::json;
use sqlx::Executor;
use thidua_tests::TestApp;

use super::{issue, of, sealed, signed_plan, typed};
use crate::stage::{self, city, office};

#[tokio::test]
async fn a_document_is_sealed_and_leaves_the_house_and_the_register_shows_when_and_by_whom() {
    let app = TestApp::start_at("2025-09-15").await;
    let clerk = app.persona("clerk");
    let issued = of(&app, &stage::issued(&app).await).await;
    let path = format!("/documents/{}", issued.id());
    assert_eq!((issued.text("stage"), issued.text("dispatchDueBefore")), ("ISSUED", "2025-09-16T17:00:00Z"));
    let early = clerk.command(&format!("{path}/dispatch"), &issued).await.refused(409);
    assert_eq!(early.code(), "document.notSealed");
    let manner = json!({"manner": "AGENCY_SIGNATURE"});
    let sealed = clerk.command_with(&format!("{path}/seal"), &issued, manner.clone()).await.ok();
    assert_eq!(sealed.body["seal"]["mannerLabel"], "Ký số của cơ quan");
    assert_eq!(sealed.body["seal"]["sealedByName"], "Bùi Thị Thảo");
    let twice = clerk.command_with(&format!("{path}/seal"), &sealed, manner).await.refused(409);
    assert_eq!(twice.code(), "document.sealedAlready");
    app.at("2025-09-16T16:00:00+07:00");
    let sent = clerk.command(&format!("{path}/dispatch"), &sealed).await.ok();
    assert_eq!((sent.text("stage"), sent.text("dispatchedAt")), ("DISPATCHED", "2025-09-16T09:00:00Z"));
    assert_eq!(sent.body["dispatchedLate"], false);
    let again = clerk.command(&format!("{path}/dispatch"), &sent).await.refused(409);
    assert_eq!(again.code(), "document.dispatchedAlready");
    for unknown in ["WAX", ""] {
        let wrong = clerk.command_with(&format!("{path}/seal"), &sent, json!({"manner": unknown})).await.refused(400);
        assert_eq!(wrong.faults(), ["/manner field.unknownValue"]);
    }
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn what_stays_over_the_next_working_day_is_overdue_and_what_leaves_then_is_late_for_ever() {
    // Signed on Friday: Monday is the last day.
    let app = TestApp::start_at("2025-09-12").await;
    let signed = signed_plan(&app, "ke-hoach").await;
    let clerk = app.persona("clerk");
    let document = sealed(&app, &issue(&app, &signed, typed(1, "2025-09-12")).await.ok()).await;
    assert_eq!(document.text("dispatchDueBefore"), "2025-09-15T17:00:00Z");
    let overdue = async || {
        let listed = clerk.get("/documents?dispatchOverdue=true&includeTotal=true").await.ok();
        listed.body["total"].as_i64().unwrap()
    };
    app.at("2025-09-15T23:59:59+07:00");
    assert_eq!(overdue().await, 0);
    app.at("2025-09-16T00:00:00+07:00");
    assert_eq!(overdue().await, 1);
    let path = format!("/documents/{}", document.id());
    assert_eq!(clerk.get(&path).await.ok().body["dispatchOverdue"], true);
    let sent = clerk.command(&format!("{path}/dispatch"), &document).await.ok();
    assert_eq!((&sent.body["dispatchedLate"], &sent.body["dispatchOverdue"]), (&json!(true), &json!(false)));
    assert_eq!(overdue().await, 0);

    let late = signed_plan(&app, "ke-hoach-muon").await;
    app.at("2025-09-19");
    let late = of(&app, &issue(&app, &late, typed(2, "2025-09-19")).await.ok()).await;
    assert_eq!((&late.body["numberedLate"], &sent.body["numberedLate"]), (&json!(true), &json!(false)));
}

#[tokio::test]
async fn the_paper_of_a_report_leaves_with_the_report_and_not_before_it_is_sealed() {
    let app = TestApp::start_at("2025-12-08T09:00:00+07:00").await;
    let october = city::october(&app).await;
    let clerk = app.persona("clerk");
    for (issued, verb) in
        [(city::issued(&app, &october).await, "send"), (office::issued(&app, &october).await, "present")]
    {
        assert_eq!(issued.text("stage"), "ISSUED");
        let unsealed = clerk.command(&city::way(&issued, verb), &issued).await.refused(409);
        assert_eq!(unsealed.code(), "consolidatedReport.notSealed");
        let sealed = city::seal(&app, &issued).await;
        let document = of(&app, &sealed).await;
        let apart = clerk.command(&format!("/documents/{}/dispatch", document.id()), &document).await.refused(409);
        assert_eq!(apart.code(), "document.leavesWithReport");
        clerk.command(&city::way(&sealed, verb), &sealed).await.ok();
        let document = of(&app, &sealed).await;
        assert_eq!((document.text("stage"), &document.body["dispatchedLate"]), ("DISPATCHED", &json!(false)));
    }
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn who_answers_for_the_form_is_another_and_the_register_shows_it() {
    let app = TestApp::start_at("2025-09-15").await;
    let submitted = stage::submitted(&app).await;
    let path = format!("/campaigns/{}", submitted.id());
    let office = app.persona("office");
    let checked = office.command(&format!("{path}/check-format"), &submitted).await.ok();
    assert_eq!(checked.body["formatCheck"]["checkedByName"], "Hoàng Văn Nam");
    let twice = office.command(&format!("{path}/check-format"), &checked).await.refused(409);
    assert_eq!(twice.code(), "format.checkedAlready");
    app.persona("coordinator").command(&format!("{path}/check-format"), &checked).await.refused(403);
    let returned = json!({"reason": "Sửa phần căn cứ."});
    let draft = app.persona("chair").command_with(&format!("{path}/return"), &checked, returned).await.ok();
    assert_eq!(draft.body.get("formatCheck"), None, "what is handed in again is checked again");

    let submitted = app.persona("coordinator").command(&format!("{path}/submit"), &draft).await.ok();
    let checked = office.command(&format!("{path}/check-format"), &submitted).await.ok();
    let signed = app.persona("chair").command(&format!("{path}/sign"), &checked).await.ok();
    let entry = of(&app, &issue(&app, &signed, typed(145, "2025-09-15")).await.ok()).await;
    assert_eq!(entry.body["formatCheck"], checked.body["formatCheck"]);
}

#[tokio::test]
async fn nothing_of_what_was_issued_can_be_changed_in_the_database() {
    let app = TestApp::start_at("2025-09-15").await;
    stage::issued(&app).await;
    let mut owner = app.database.owner().await;
    let forged = "UPDATE document SET state = jsonb_set(state, '{subject}', '\"Khác\"')";
    let error = owner.execute(forged).await.expect_err("the entry stays");
    assert!(error.to_string().contains("what was issued is never changed"), "{error}");
    owner.execute("SET SESSION AUTHORIZATION thidua_app").await.unwrap();
    for column in ["number = 1", "year = 2024", "symbol = 'x'", "issued_on = now()", "folded_subject = 'x'"] {
        owner.execute(sqlx::AssertSqlSafe(format!("UPDATE document SET {column}"))).await.expect_err(column);
    }
}
