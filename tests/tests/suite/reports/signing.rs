//! Handing in is signing for the unit; a unit that numbers its papers says the number of this one.

use thidua_domain::principal::Mandate;
use thidua_tests::Person;

use super::*;

fn numbered(symbol: &str, issue_date: &str) -> Value {
    json!({"symbol": symbol, "issueDate": issue_date})
}

/// What a report says of its number.
fn number(report: &Reply) -> [&Value; 2] {
    [&report.body["symbol"], &report.body["issueDate"]]
}

/// The head of a village, of whom nobody entered a title, and a draft of its report.
async fn village(app: &TestApp, period: &Reply) -> (Person, Reply) {
    let unit = stage::unit(app, "THON1").await;
    app.register_head(unit.as_str().unwrap(), "truong-thon", None, None, &[]).await;
    let draft = reporting::report(app, period, "THON1", "truong-thon").await;
    (app.persona("truong-thon"), draft)
}

#[tokio::test]
async fn a_report_keeps_who_signed_it_and_the_number_that_the_unit_gave_it() {
    let (app, campaign, period) = in_november().await;
    let draft = reporting::report(&app, &period, "TH1", "unit-officer").await;
    assert_eq!((&draft.body["signature"], number(&draft)), (&Value::Null, [&Value::Null; 2]));
    let head = app.persona("unit-head");
    let submitted = head.command_with(&at(&draft, "submit"), &draft, numbered("7/BC-TH1", "2025-11-02")).await.ok();
    let signature = &submitted.body["signature"];
    assert_eq!((&signature["name"], &signature["capacity"]), (&json!("Trần Văn Bình"), &json!("HEAD_OF_UNIT")));
    assert_eq!(
        (signature["capacityLabel"].as_str(), &signature["signedAt"]),
        (Some("HIỆU TRƯỞNG"), &submitted.body["submittedAt"])
    );
    assert_eq!(number(&submitted), [&json!("07/BC-TH1"), &json!("2025-11-02")], "two digits below ten");

    let accepted = app.persona("coordinator").command(&at(&draft, "accept"), &submitted).await.ok();
    assert_eq!((&accepted.body["signature"], number(&accepted)), (signature, number(&submitted)));
    let listed = app.persona("auditor").get(&format!("/campaigns/{}/reports", campaign.id())).await.ok();
    assert_eq!(listed.body["items"][0]["symbol"], "07/BC-TH1");
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn what_comes_back_is_signed_and_numbered_anew_and_a_correction_has_a_number_of_its_own() {
    let (app, _, period) = in_november().await;
    let (coordinator, head) = (app.persona("coordinator"), app.persona("unit-head"));
    let draft = reporting::report(&app, &period, "TH1", "unit-officer").await;
    let first = head.command_with(&at(&draft, "submit"), &draft, numbered("07/BC-TH1", "2025-11-03")).await.ok();
    let returned = coordinator.command_with(&at(&draft, "return"), &first, because("Bổ sung")).await.ok();
    assert_eq!((&returned.body["signature"], number(&returned)), (&first.body["signature"], number(&first)));

    let school = stage::unit(&app, "TH1").await;
    let deputy = Mandate::Deputy { head: serde_json::from_value(json!("Hiệu trưởng")).unwrap() };
    app.register_head(school.as_str().unwrap(), "pho-hieu-truong", Some("Phó Hiệu trưởng"), Some(deputy), &[]).await;
    let again = app.persona("pho-hieu-truong").command(&at(&draft, "submit"), &returned).await.ok();
    assert_eq!(again.body["signature"]["capacityLabel"], "KT. HIỆU TRƯỞNG\nPHÓ HIỆU TRƯỞNG");
    assert_eq!(number(&again), [&Value::Null; 2], "the number of the first paper is not that of the second");

    let accepted = coordinator.command(&at(&draft, "accept"), &again).await.ok();
    let new = json!({"unitId": school, "correctsId": accepted.id(), "correctionReason": "Số liệu nhập nhầm."});
    let correction = head.create(&format!("/periods/{}/reports", period.id()), new).await.created();
    assert_eq!(correction.body["signature"], Value::Null, "nobody has signed the correction");
    app.at("2025-11-20");
    let corrected =
        head.command_with(&at(&correction, "submit"), &correction, numbered("09/BC-TH1", "2025-11-20")).await.ok();
    assert_eq!(number(&corrected), [&json!("09/BC-TH1"), &json!("2025-11-20")]);
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn a_village_has_no_number_and_is_signed_for_by_who_heads_it() {
    let (app, _, period) = in_november().await;
    let (head, draft) = village(&app, &period).await;
    let refused =
        head.command_with(&at(&draft, "submit"), &draft, numbered("01/BC-THON1", "2025-11-03")).await.refused(422);
    assert_eq!(refused.faults(), ["/symbol unit.withoutSymbol", "/issueDate unit.withoutSymbol"]);
    assert_eq!(read(&app, "truong-thon", &draft).await.text("stage"), "DRAFT", "nothing was kept");
    let submitted = head.command(&at(&draft, "submit"), &draft).await.ok();
    assert_eq!(submitted.body["signature"]["capacityLabel"], "TRƯỞNG THÔN");
    assert_eq!(number(&submitted), [&Value::Null; 2]);
}

#[tokio::test]
async fn a_wrong_number_is_named_by_its_member_and_nothing_is_handed_in() {
    let (app, _, period) = in_november().await;
    let draft = reporting::report(&app, &period, "TH1", "unit-officer").await;
    let head = app.persona("unit-head");
    let events = app.events().await;
    for (body, status, fault) in [
        (json!({"symbol": "07/BC-TH1"}), 422, "/issueDate field.missing"),
        (json!({"issueDate": "2025-11-03"}), 422, "/symbol field.missing"),
        (numbered("07-BC/TH1", "2025-11-03"), 422, "/symbol document.symbolMalformed"),
        (numbered("07/KH-TH1", "2025-11-03"), 422, "/symbol document.symbolOfOtherType"),
        (numbered("07/BC-TH1", "2025-11-04"), 422, "/issueDate date.inFuture"),
        (numbered("07/BC-TH1", "2025-09-30"), 422, "/issueDate report.issuedBeforePeriod"),
        (numbered("07/BC-TH1", "2025-11-31"), 400, "/issueDate date.malformed"),
        (json!({"symbol": null, "issueDate": "2025-11-03"}), 400, "/symbol field.wrongType"),
        (json!({"number": 7}), 400, "/number field.unknown"),
        (json!([]), 400, " field.wrongType"),
    ] {
        let refused = head.command_with(&at(&draft, "submit"), &draft, body.clone()).await.refused(status);
        assert_eq!(refused.faults(), [fault], "{body}");
    }
    assert_eq!((app.events().await, read(&app, "unit-head", &draft).await.text("stage")), (events, "DRAFT"));
    // A body that is there has the media type that the operation takes.
    let csv = head.with("Content-Type", "text/csv").with("If-Match", draft.etag());
    csv.with("Idempotency-Key", "nop-bang-csv").post_bytes(&at(&draft, "submit"), b"a,b".to_vec()).await.refused(415);
    let empty = head.with("Content-Type", "application/json").command(&at(&draft, "submit"), &draft).await.ok();
    assert_eq!(number(&empty), [&Value::Null; 2]);
}

#[tokio::test]
async fn a_unit_gives_each_number_of_its_own_once_a_year() {
    let (app, _, period) = in_november().await;
    let (coordinator, head) = (app.persona("coordinator"), app.persona("unit-head"));
    let draft = reporting::report(&app, &period, "TH1", "unit-officer").await;
    let first = head.command_with(&at(&draft, "submit"), &draft, numbered("07/BC-TH1", "2025-11-03")).await.ok();
    let returned = coordinator.command_with(&at(&draft, "return"), &first, because("Bổ sung")).await.ok();
    let again = head.command_with(&at(&draft, "submit"), &returned, numbered("07/BC-TH1", "2025-11-03")).await.ok();
    let accepted = coordinator.command(&at(&draft, "accept"), &again).await.ok();
    let new = json!({"unitId": accepted.body["unitId"], "correctsId": accepted.id(), "correctionReason": "Nhập nhầm."});
    let correction = head.create(&format!("/periods/{}/reports", period.id()), new).await.created();
    let taken = numbered("7/BC-TH1", "2025-11-02");
    let refused = head.command_with(&at(&correction, "submit"), &correction, taken).await.refused(409);
    assert_eq!(refused.code(), "document.numberTaken");
    assert_eq!(read(&app, "unit-head", &correction).await.text("stage"), "DRAFT", "nothing was kept");
    head.command_with(&at(&correction, "submit"), &correction, numbered("08/BC-TH1", "2025-11-03")).await.ok();
}
