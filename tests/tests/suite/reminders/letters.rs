//! Letters: Văn phòng asks units of its choice for what they owe.

use super::*;
use crate::stage;

fn letter(units: &[&Value], period: Option<&Reply>) -> Value {
    let mut letter = json!({
        "unitIds": units, "document": {"symbol": "158/UBND-VP", "issueDate": QUIET},
        "message": "Đề nghị {unit} khẩn trương nộp báo cáo {name}.",
    });
    if let Some(period) = period {
        letter["periodId"] = period.body["id"].clone();
    }
    letter
}

#[tokio::test]
async fn a_letter_goes_to_officers_and_heads_of_the_chosen_units_with_its_number_and_its_own_words() {
    let (app, campaign, period) = before_the_end_of_october().await;
    let path = format!("/campaigns/{}/reminders", campaign.id());
    let (station, school) = (stage::unit(&app, "TYTX").await, stage::unit(&app, "TH2").await);
    let office = app.persona("office");
    let sent = office.create(&path, letter(&[&station, &school], Some(&period))).await.created();
    assert_eq!(sent.body["document"], json!({"symbol": "158/UBND-VP", "issueDate": QUIET}));
    assert_eq!((sent.body["unitCount"].as_i64(), &sent.body["reminderRuleId"]), (Some(2), &Value::Null));
    for (persona, expected) in [("other-unit-officer", 1), ("other-unit-head", 1), ("head-of-TH2", 1), ("unit-head", 0)]
    {
        let notes = notes(&app, persona).await;
        assert_eq!(notes.len(), expected, "{persona}");
        for note in notes {
            assert_eq!(note["title"], "Đôn đốc theo văn bản số 158/UBND-VP ngày 27/10/2025");
            let unit = note["unitName"].as_str().unwrap();
            // Whatever people write is shown as they wrote it.
            assert_eq!(note["text"], format!("{unit}: Đề nghị {{unit}} khẩn trương nộp báo cáo {{name}}."));
            assert_eq!(note["subject"]["periodName"], "Tháng 10 năm 2025");
        }
    }
    let read = app.persona("auditor").get(&format!("/reminders/{}", sent.id())).await.ok();
    assert_eq!(read.body["message"], "Đề nghị {unit} khẩn trương nộp báo cáo {name}.");
    // About the campaign as a whole it may go to anybody, and again.
    for _ in 0..2 {
        let general = office.create(&path, letter(&[&station], None)).await.created();
        assert!(general.body["subject"].is_null());
    }
    assert_eq!(notes(&app, "other-unit-head").await.len(), 3);
    is_whole(&app).await;
}

#[tokio::test]
async fn a_letter_that_was_repeated_with_its_key_is_sent_once() {
    let (app, campaign, _) = before_the_end_of_october().await;
    let path = format!("/campaigns/{}/reminders", campaign.id());
    let new = letter(&[&stage::unit(&app, "TYTX").await], None);
    let office = app.persona("office").with("Idempotency-Key", "cong-van-158");
    let first = office.create(&path, new.clone()).await.created();
    let again = office.create(&path, new).await.created();
    assert_eq!((again.header("Idempotency-Replayed"), again.id()), ("true", first.id()));
    assert_eq!(notes(&app, "other-unit-head").await.len(), 1);
}

#[tokio::test]
async fn a_letter_to_who_owes_nothing_or_with_a_wrong_number_is_refused_and_nobody_is_told() {
    let (app, campaign, period) = before_the_end_of_october().await;
    reporting::handed_in(&app, &period).await;
    let path = format!("/campaigns/{}/reminders", campaign.id());
    let (done, village, waiting) =
        (stage::unit(&app, "TH1").await, stage::unit(&app, "VP").await, stage::unit(&app, "TYTX").await);
    let nothing = json!("0198f1c2-0000-7000-8000-000000000000");
    let events = app.events().await;
    let office = app.persona("office");
    let units = office.create(&path, letter(&[&waiting, &done, &village, &waiting, &nothing], Some(&period))).await;
    assert_eq!(
        units.refused(422).faults(),
        [
            "/unitIds/1 reminder.nothingOwed",
            "/unitIds/2 reminder.nothingOwed",
            "/unitIds/3 list.duplicate",
            "/unitIds/4 reference.unknown",
        ]
    );
    let mut wrong = letter(&[&waiting], None);
    wrong["periodId"] = nothing.clone();
    wrong["document"] = json!({"symbol": "46-CT/TU", "issueDate": "2025-10-28"});
    let faults = office.create(&path, wrong).await.refused(422).faults();
    let expected = [
        "/document/symbol document.symbolMalformed",
        "/document/issueDate date.inFuture",
        "/periodId reference.unknown",
    ];
    assert_eq!(faults, expected);
    for (member, value) in
        [("unitIds", json!([])), ("message", json!(" ")), ("document", json!({"symbol": "1/UBND-VP"}))]
    {
        let mut malformed = letter(&[&waiting], None);
        malformed[member] = value;
        office.create(&path, malformed).await.refused(400);
    }
    let answer = app.persona("coordinator").create(&path, letter(&[&waiting], None)).await.refused(403);
    assert_eq!(answer.code(), "policy.roleMissing");
    assert_eq!((app.events().await, notes(&app, "other-unit-head").await.len()), (events, 0));
}
