//! Corrections: what was accepted never changes, and a later word takes its place.

use super::*;

async fn correction(app: &TestApp, period: &Reply, of: &Reply) -> Reply {
    let new = json!({
        "unitId": of.body["unitId"], "correctsId": of.id(), "correctionReason": "Số liệu nhập nhầm",
        "lessons": "Kiểm tra chéo số liệu.",
    });
    app.persona("unit-officer").create(&format!("/periods/{}/reports", period.id()), new).await
}

#[tokio::test]
async fn accepting_a_correction_supersedes_what_it_corrects_and_one_caused_the_other() {
    let (app, _, period) = in_november().await;
    let first = reporting::accepted(&app, &period).await;
    let drafted = correction(&app, &period, &first).await.created();
    assert_eq!((drafted.text("correctsId"), drafted.text("correctionReason")), (first.id(), "Số liệu nhập nhầm"));
    assert_eq!(drafted.text("firstSubmittedAt"), first.text("firstSubmittedAt"));
    let submitted = app.persona("unit-head").command(&at(&drafted, "submit"), &drafted).await.ok();
    let accepted = app.persona("coordinator").command(&at(&drafted, "accept"), &submitted).await.ok();

    let superseded = read(&app, "unit-officer", &first).await;
    assert_eq!((superseded.text("stage"), superseded.text("supersededById")), ("SUPERSEDED", drafted.id()));
    assert_eq!(superseded.body["acceptance"], first.body["acceptance"]);
    assert_eq!(superseded.body["lessons"], first.body["lessons"], "what was accepted never changes");
    let mut owner = app.database.owner().await;
    let caused: String = sqlx::query_scalar(
        "SELECT entry::jsonb ->> 'causedBy' FROM event WHERE action = 'report.superseded' AND object_id = $1::uuid",
    )
    .bind(first.id())
    .fetch_one(&mut owner)
    .await
    .unwrap();
    assert_eq!(caused, accepted.header("Event-Id"));

    let third = correction(&app, &period, &first).await.refused(409);
    assert_eq!(third.code(), "correction.notAccepted", "it is the correction that counts");
    correction(&app, &period, &accepted).await.created();
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn only_what_is_accepted_is_corrected_once_at_a_time_and_with_a_reason() {
    let (app, _, period) = in_november().await;
    let path = format!("/periods/{}/reports", period.id());
    let submitted = reporting::handed_in(&app, &period).await;
    let early = correction(&app, &period, &submitted).await.refused(409);
    assert_eq!(
        (early.code(), early.faults()[0].as_str()),
        ("correction.notAccepted", "/correctsId correction.notAccepted")
    );
    let first = app.persona("coordinator").command(&at(&submitted, "accept"), &submitted).await.ok();

    let unsaid = json!({"unitId": first.body["unitId"], "correctsId": first.id()});
    let refused = app.persona("unit-officer").create(&path, unsaid).await.refused(422);
    assert_eq!(refused.faults(), ["/correctionReason correction.incomplete"]);
    let drafted = correction(&app, &period, &first).await.created();
    let second = correction(&app, &period, &first).await.refused(409);
    assert_eq!(
        (second.code(), second.faults()[0].as_str()),
        ("report.correctionOpen", "/correctsId report.correctionOpen")
    );
    let beside = json!({"unitId": first.body["unitId"]});
    assert_eq!(app.persona("unit-officer").create(&path, beside).await.refused(409).code(), "report.exists");

    let of_another = json!({
        "unitId": stage::unit(&app, "TYTX").await, "correctsId": first.id(), "correctionReason": "Nhầm",
    });
    let foreign = app.persona("other-unit-officer").create(&path, of_another).await.refused(409);
    assert_eq!(foreign.code(), "correction.notAccepted");
    assert_eq!(read(&app, "unit-officer", &drafted).await.text("stage"), "DRAFT");
}

#[tokio::test]
async fn a_correction_comes_into_a_closed_period_and_is_as_late_as_what_it_corrects() {
    let (app, _, period) = in_november().await;
    let draft = reporting::report(&app, &period, "TH1", "unit-officer").await;
    app.at(DUE);
    let late = app.persona("unit-head").command(&at(&draft, "submit"), &draft).await.ok();
    let first = app.persona("coordinator").command(&at(&draft, "accept"), &late).await.ok();
    app.persona("coordinator").command(&format!("/periods/{}/close", period.id()), &period).await.ok();
    app.at("2025-11-20");
    let drafted = correction(&app, &period, &first).await.created();
    assert_eq!(drafted.body["late"], json!(true));
    let seen = read(&app, "unit-head", &drafted).await;
    assert_eq!(seen.obstacle("submitReport"), None);
    let submitted = app.persona("unit-head").command(&at(&drafted, "submit"), &seen).await.ok();
    assert_eq!(
        (&submitted.body["late"], submitted.text("firstSubmittedAt")),
        (&json!(true), late.text("firstSubmittedAt"))
    );
}
