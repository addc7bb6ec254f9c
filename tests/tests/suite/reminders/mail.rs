//! E-mail: whoever wants reminders by e-mail too gets them there, from a real mail server, and nobody else sees where.

use thidua_api::mail::MailSettings;
use thidua_tests::{MailServer, Mood};

use super::*;
use crate::attachments::registers::sent_letter;

const ADDRESS: &str = "tram.truong@tyt-gialoc.example";

async fn wants_mail(app: &TestApp, who: &str, address: Value) {
    let body = json!({ "address": address }).to_string();
    app.persona(who).send(reqwest::Method::PUT, "/me/email-address", Some(body)).await.ok();
}

fn handed_in_at(server: &MailServer) -> MailSettings {
    MailSettings::read(&server.url, "Thi đua xã Gia Lộc <thi-dua@gialoc.example>").unwrap()
}

/// Somebody wants e-mail at a place where nobody is.
pub(crate) async fn gives_up(app: &TestApp, who: &str) {
    wants_mail(app, who, json!(ADDRESS)).await;
}

/// What waits is carried to a server that refuses it for good.
pub(crate) async fn is_refused(app: &TestApp) {
    let server = MailServer::start().await;
    server.is_in(Mood::Refuses);
    app.mail_goes_out(&handed_in_at(&server)).await;
}

/// A reminder that is due for five heads and officers, of whom one wants e-mail.
async fn reminded() -> (TestApp, Reply) {
    let (app, campaign, _) = before_the_end_of_october().await;
    reporting::reminder_rule(&app, &campaign, reporting::two_days_before()).await;
    wants_mail(&app, "other-unit-head", json!(ADDRESS)).await;
    app.moved_to("2025-10-31").await;
    (app, campaign)
}

/// Lets the time pass that a letter is put off.
async fn later(app: &TestApp) {
    let sql = "UPDATE mail SET next_attempt_at = clock_timestamp()";
    sqlx::query(sql).execute(&mut app.database.owner().await).await.unwrap();
}

async fn undelivered(app: &TestApp, who: &str) -> Vec<Value> {
    let page = app.persona(who).get("/undelivered-mail?includeTotal=true").await.ok();
    let items = page.body["items"].as_array().unwrap().clone();
    assert_eq!(page.body["total"], items.len());
    items
}

#[tokio::test]
async fn a_reminder_comes_by_e_mail_once_vietnamese_first_and_from_nobody_who_could_be_answered() {
    let (app, _) = reminded().await;
    let server = MailServer::start().await;
    app.mail_goes_out(&handed_in_at(&server)).await;
    app.mail_goes_out(&handed_in_at(&server)).await;
    let received = server.received();
    assert_eq!(received.len(), 1);
    let letter = &received[0];
    assert_eq!(letter.to, [format!("RCPT TO:<{ADDRESS}>")]);
    assert_eq!(letter.header("Subject"), "Nhắc nộp báo cáo: Tháng 10 năm 2025");
    assert_eq!(letter.header("Auto-Submitted"), "auto-generated");
    let note = &notes(&app, "other-unit-head").await[0];
    assert_eq!(letter.header("Message-ID"), format!("<{}@gialoc.example>", note["id"].as_str().unwrap()));
    let text = letter.text();
    let vietnamese = text.find(note["text"].as_str().unwrap()).expect("what the notification says");
    let english = text.find("is to be handed in by the end of 04/11/2025; days left: 4.").expect("in English too");
    assert!(text.starts_with("Kính gửi ") && vietnamese < english, "{text}");
    assert_eq!(undelivered(&app, "admin").await, Vec::<Value>::new());
}

#[tokio::test]
async fn what_people_write_never_becomes_a_header() {
    let (app, campaign, _) = before_the_end_of_october().await;
    let mut period = reporting::october();
    for (member, value) in [("code", "X"), ("name", "Tháng 10\r\nBcc: khac@example.org\r\n\r\nkhác")] {
        period[member] = json!(value);
    }
    let path = format!("/campaigns/{}/periods", campaign.id());
    let period = app.persona("coordinator").create(&path, period).await.created();
    app.persona("coordinator").command(&format!("/periods/{}/open", period.id()), &period).await.ok();
    reporting::reminder_rule(&app, &campaign, reporting::two_days_before()).await;
    wants_mail(&app, "other-unit-head", json!(ADDRESS)).await;
    app.moved_to("2025-10-31").await;
    let server = MailServer::start().await;
    app.mail_goes_out(&handed_in_at(&server)).await;
    let received = server.received();
    assert_eq!(received.len(), 2);
    for letter in received {
        assert_eq!(letter.to, [format!("RCPT TO:<{ADDRESS}>")]);
        assert!(!letter.headers().iter().any(|name| name.eq_ignore_ascii_case("bcc")), "{}", letter.raw);
    }
    for malformed in ["a@b.vn\r\nBcc: c@d.vn", "a@b", "đ@b.vn", "a@b.vn,c@d.vn", ""] {
        let body = json!({ "address": malformed }).to_string();
        let answer = app.persona("unit-head").send(reqwest::Method::PUT, "/me/email-address", Some(body)).await;
        assert_eq!(answer.refused(400).faults(), ["/address email.malformed"], "{malformed:?}");
    }
}

#[tokio::test]
async fn a_letter_that_is_put_off_is_tried_again_and_after_the_last_attempt_given_up() {
    let (app, _) = reminded().await;
    let server = MailServer::start().await;
    let settings = handed_in_at(&server);
    server.is_in(Mood::PutsOff);
    app.mail_goes_out(&settings).await;
    server.is_in(Mood::Takes);
    app.mail_goes_out(&settings).await;
    assert_eq!(server.received().len(), 0, "its next turn has not come");
    server.is_in(Mood::PutsOff);
    for attempt in 2..=6 {
        assert_eq!(undelivered(&app, "admin").await.len(), 0, "before attempt {attempt}");
        later(&app).await;
        app.mail_goes_out(&settings).await;
    }
    let dead = undelivered(&app, "admin").await;
    assert_eq!((&dead[0]["failure"], &dead[0]["attempts"]), (&json!("PUT_OFF"), &json!(6)));
    assert_eq!(dead[0]["failureLabel"], "Máy chủ thư tạm chưa nhận");
    server.is_in(Mood::Takes);
    later(&app).await;
    app.mail_goes_out(&settings).await;
    assert_eq!(server.received().len(), 0, "what is given up stays so");
    assert_eq!(notes(&app, "other-unit-head").await.len(), 1, "and can be read all the same");
}

#[tokio::test]
async fn a_letter_that_is_refused_is_given_up_at_once_and_only_administrators_are_told() {
    let (app, _) = reminded().await;
    is_refused(&app).await;
    let dead = undelivered(&app, "admin").await;
    assert_eq!((dead.len(), &dead[0]["failure"]), (1, &json!("REFUSED")));
    assert!(!dead[0].to_string().contains("tyt-gialoc"), "{}", dead[0]);
    for persona in ["office", "chair", "auditor", "other-unit-head"] {
        assert_eq!(undelivered(&app, persona).await, Vec::<Value>::new(), "{persona}");
        let file = app.persona(persona).with("Accept", "application/x-ndjson").get("/undelivered-mail").await.ok();
        assert_eq!((file.raw.as_str(), file.header("Row-Count")), ("", "0"), "{persona}");
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_puts_a_letter_off_and_two_postmen_carry_it_once() {
    let (app, _) = reminded().await;
    let nobody = MailSettings::read("smtp://127.0.0.1:1", "thi-dua@gialoc.example").unwrap();
    app.mail_goes_out(&nobody).await;
    assert_eq!(undelivered(&app, "admin").await.len(), 0);
    later(&app).await;
    let server = MailServer::start().await;
    let settings = handed_in_at(&server);
    tokio::join!(app.mail_goes_out(&settings), app.mail_goes_out(&settings), app.mail_goes_out(&settings));
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn an_address_is_its_owners_and_is_nowhere_else_and_taken_back_it_is_gone() {
    let (app, _) = reminded().await;
    let head = app.persona("other-unit-head");
    assert_eq!(head.get("/me/email-address").await.ok().body, json!({ "address": ADDRESS }));
    assert_eq!(app.persona("admin").get("/me/email-address").await.ok().body, json!({}));
    let logged: i64 = sqlx::query_scalar(
        "SELECT (SELECT count(*) FROM event WHERE entry LIKE '%tyt-gialoc%') + (SELECT count(*) FROM version WHERE state LIKE '%tyt-gialoc%')",
    )
    .fetch_one(&mut app.database.owner().await)
    .await
    .unwrap();
    assert_eq!(logged, 0);
    let taken_back = head.send(reqwest::Method::PUT, "/me/email-address", Some("{}".to_owned())).await.ok();
    assert_eq!(taken_back.body, json!({}));
    let server = MailServer::start().await;
    app.mail_goes_out(&handed_in_at(&server)).await;
    assert_eq!(server.received().len(), 0, "the letter that waited had nowhere to go");
    assert_eq!(undelivered(&app, "admin").await[0]["failure"], "NO_ADDRESS");
}

#[test]
fn letters_do_not_go_over_the_network_unencrypted() {
    let from = "thi-dua@gialoc.example";
    for url in
        ["smtps://thu:mat-khau@thu.gialoc.example", "smtp://thu.gialoc.example:587?tls=required", "smtp://127.0.0.1:25"]
    {
        assert!(MailSettings::read(url, from).is_ok(), "{url}");
    }
    for url in [
        "smtp://thu.gialoc.example",
        "smtp://thu.gialoc.example?tls=opportunistic",
        "https://thu.gialoc.example",
        "thu",
        "",
    ] {
        assert!(MailSettings::read(url, from).is_err(), "{url}");
    }
    assert!(MailSettings::read("smtp://127.0.0.1:25", "nobody").is_err());
}

#[tokio::test]
async fn a_letter_of_the_office_names_its_document_and_leads_to_it() {
    let (app, campaign, _) = before_the_end_of_october().await;
    wants_mail(&app, "other-unit-head", json!(ADDRESS)).await;
    let document = sent_letter(&app).await.0;
    let station = crate::stage::unit(&app, "TYTX").await;
    let path = format!("/campaigns/{}/reminders", campaign.id());
    let new = json!({"unitIds": [station], "documentId": document.id(), "message": "Đề nghị nộp báo cáo."});
    app.persona("office").create(&path, new).await.created();
    let server = MailServer::start().await;
    let settings = handed_in_at(&server).reached_at("https://thi-dua.example/").unwrap();
    app.mail_goes_out(&settings).await;
    let text = server.received()[0].text();
    let link = format!("https://thi-dua.example/v1/documents/{}", document.id());
    for line in ["Văn bản kèm theo: số 01/UBND-VHXH ngày 27/10/2025", "The document: 01/UBND-VHXH of 27/10/2025"]
    {
        assert!(text.contains(&format!("{line}\n{link}\n")), "{text}");
    }
    for wrong in ["thi-dua.example", "ftp://thi-dua.example", "https://thi-dua.example/?x=1"] {
        assert!(handed_in_at(&server).reached_at(wrong).is_err(), "{wrong}");
    }
}
