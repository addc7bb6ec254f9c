//! A correction begins with the files of what it corrects: the same bytes, there once, and each the correction's own to part
//! with.

use std::time::Duration;

use thidua_api::files::Swept;

use super::*;

/// The correction of an accepted report, by the officer of its unit.
async fn correction(app: &TestApp, of: &Reply) -> Reply {
    let new = json!({"unitId": of.body["unitId"], "correctsId": of.id(), "correctionReason": "Số liệu nhập nhầm."});
    let path = format!("/periods/{}/reports", of.text("periodId"));
    app.persona("unit-officer").create(&path, new).await.created()
}

async fn accepted(app: &TestApp, report: &Reply) -> Reply {
    let submitted = handed_in(app, report).await;
    app.persona("coordinator").command(&format!("{}/accept", at("reports", report)), &submitted).await.ok()
}

#[tokio::test]
async fn a_correction_begins_with_the_files_of_what_it_corrects_and_the_bytes_are_there_once() {
    let (app, draft) = with_draft().await;
    let first = attached(&app, &draft, "a.txt", b"Bien ban").await;
    attached(&app, &draft, "b.txt", b"Danh sach").await;
    let counting = accepted(&app, &draft).await;
    let correction = correction(&app, &counting).await;
    let names = |report: &Reply| {
        let all = report.body["attachments"].as_array().unwrap().iter();
        all.map(|one| (one["name"].clone(), one["sha256"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(names(&correction), names(&counting), "in the same order, with the same checksums");
    assert_eq!(kept(&app).len(), 2, "no bytes were copied");
    let carried = correction.body["attachments"][0]["attachmentId"].as_str().unwrap().to_owned();
    assert_ne!(carried, first.id());
    let carried = app.persona("unit-head").get(&format!("/attachments/{carried}")).await.ok();
    assert_eq!((carried.text("carriedFromId"), carried.text("reportId")), (first.id(), correction.id()));
    assert_eq!(content_of(&app.persona("unit-head"), &carried).await.ok().raw, "Bien ban");
    // It is with the unit still, and so are its files; what counts is seen as before.
    content_of(&app.persona("coordinator"), &carried).await.refused(404);
    content_of(&app.persona("coordinator"), &first).await.ok();
    let again = app.persona("unit-officer").attach(&at("reports", &correction), "c.txt", "Bien ban").await.refused(422);
    assert_eq!(again.faults(), [" attachment.attachedAlready"]);
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn what_a_correction_parts_with_stays_with_what_it_corrects_and_its_bytes_stay() {
    let (app, draft) = with_draft().await;
    let first = attached(&app, &draft, "a.txt", b"Bien ban").await;
    let counting = accepted(&app, &draft).await;
    let correction = correction(&app, &counting).await;
    let carried = correction.body["attachments"][0]["attachmentId"].as_str().unwrap().to_owned();
    let carried = app.persona("unit-head").get(&format!("/attachments/{carried}")).await.ok();
    let original = format!("{}/remove", at("attachments", &first));
    assert_eq!(app.persona("unit-head").command(&original, &first).await.refused(409).code(), "report.notEditable");
    let gone =
        app.persona("unit-head").command(&format!("{}/remove", at("attachments", &carried)), &carried).await.ok();
    assert_eq!((gone.text("stage"), &gone.body["contentKept"]), ("REMOVED", &json!(true)));
    assert_eq!(report_now(&app, &correction).await.body["attachments"], Value::Null);
    assert_eq!(report_now(&app, &counting).await.body["attachments"][0]["attachmentId"], first.body["id"]);

    assert_eq!(app.state.files.sweep(&app.state.store, Duration::ZERO).await.unwrap(), Swept::default());
    assert_eq!(content_of(&app.persona("coordinator"), &first).await.ok().raw, "Bien ban");
    let superseding = accepted(&app, &correction).await;
    assert_eq!(superseding.body.get("attachments"), None);
    assert_eq!(report_now(&app, &counting).await.text("stage"), "SUPERSEDED");
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}
