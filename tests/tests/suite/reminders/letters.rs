//! Letters: Văn phòng asks units of its choice for what they owe.

use super::*;
use crate::{attachments::registers::sent_letter, documents, stage};

/// What Văn phòng decides: to whom, about what, with which document.
fn letter(document: &Reply, units: &[&Value], period: Option<&Reply>) -> Value {
    let mut letter = json!({
        "unitIds": units, "documentId": document.id(), "message": "Đề nghị {unit} khẩn trương nộp báo cáo {name}.",
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
    let document = sent_letter(&app).await.0;
    let sent = office.create(&path, letter(&document, &[&station, &school], Some(&period))).await.created();
    // Number and day are those of the register.
    let named = json!({"documentId": document.id(), "symbol": "01/UBND-VHXH", "issueDate": QUIET});
    assert_eq!(sent.body["document"], named);
    assert_eq!((sent.body["unitCount"].as_i64(), &sent.body["reminderRuleId"]), (Some(2), &Value::Null));
    for (persona, expected) in [("other-unit-officer", 1), ("other-unit-head", 1), ("head-of-TH2", 1), ("unit-head", 0)]
    {
        let notes = notes(&app, persona).await;
        assert_eq!(notes.len(), expected, "{persona}");
        for note in notes {
            assert_eq!(note["title"], "Đôn đốc theo văn bản số 01/UBND-VHXH ngày 27/10/2025");
            assert_eq!(note["document"], named);
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
        let general = office.create(&path, letter(&document, &[&station], None)).await.created();
        assert!(general.body["subject"].is_null());
    }
    assert_eq!(notes(&app, "other-unit-head").await.len(), 3);
    is_whole(&app).await;
}

#[tokio::test]
async fn a_letter_that_was_repeated_with_its_key_is_sent_once() {
    let (app, campaign, _) = before_the_end_of_october().await;
    let path = format!("/campaigns/{}/reminders", campaign.id());
    let new = letter(&sent_letter(&app).await.0, &[&stage::unit(&app, "TYTX").await], None);
    let office = app.persona("office").with("Idempotency-Key", "cong-van-158");
    let first = office.create(&path, new.clone()).await.created();
    let again = office.create(&path, new).await.created();
    assert_eq!((again.header("Idempotency-Replayed"), again.id()), ("true", first.id()));
    assert_eq!(notes(&app, "other-unit-head").await.len(), 1);
}

#[tokio::test]
async fn who_was_reminded_sees_the_document_and_its_signed_copy_and_no_other_unit_does() {
    let (app, campaign, _) = before_the_end_of_october().await;
    let (document, copy) = sent_letter(&app).await;
    let path = format!("/campaigns/{}/reminders", campaign.id());
    let entry = format!("/documents/{}", document.id());
    let places = [
        entry.clone(),
        format!("{entry}/attachments"),
        format!("/attachments/{}", copy.id()),
        format!("/attachments/{}/content", copy.id()),
    ];
    let seen = async |who: &str| {
        let person = app.persona(who);
        let mut all = Vec::new();
        for place in &places {
            all.push(person.get(place).await.status.as_u16());
        }
        let listed = person.get("/documents?includeTotal=true").await.ok();
        (all, listed.body["items"].as_array().unwrap().len(), listed.body["total"].as_i64())
    };
    let (nothing, all) = ((vec![404; 4], 0, Some(0)), (vec![200; 4], 1, Some(1)));
    for who in ["other-unit-officer", "other-unit-head", "head-of-TH2", "unit-head"] {
        assert_eq!(seen(who).await, nothing, "{who} before");
    }
    let station = stage::unit(&app, "TYTX").await;
    app.persona("office").create(&path, letter(&document, &[&station], None)).await.created();
    for who in ["other-unit-officer", "other-unit-head"] {
        assert_eq!(seen(who).await, all, "{who}");
        let read = app.persona(who).get(&entry).await.ok();
        assert_eq!((read.text("symbol"), &read.body["version"]), ("01/UBND-VHXH", &json!(5)));
        assert_eq!(read.body["signedCopy"]["attachmentId"], copy.id());
        // To see it is not to keep the register.
        assert_eq!(read.obstacle("attachToDocument"), Some("policy.roleMissing"));
        let sealing = format!("{entry}/seal");
        let refused = app.persona(who).command_with(&sealing, &read, json!({"manner": "SEAL"})).await.refused(403);
        assert_eq!(refused.code(), "policy.roleMissing");
        app.persona(who).command(&format!("/attachments/{}/remove", copy.id()), &copy).await.refused(403);
    }
    for who in ["head-of-TH2", "unit-head", "accountant", "admin"] {
        assert_eq!(seen(who).await, nothing, "{who}");
    }
    // Reminded once more, it is the same document; another unit sees it as well, and nobody less.
    let school = stage::unit(&app, "TH2").await;
    app.persona("office").create(&path, letter(&document, &[&station], None)).await.created();
    app.persona("office").create(&path, letter(&document, &[&station, &school], None)).await.created();
    assert_eq!((seen("other-unit-head").await, seen("head-of-TH2").await), (all.clone(), all));
    let read = app.persona("clerk").get(&entry).await.ok();
    assert_eq!(read.body["version"], json!(6), "a version for each time that it was shown to somebody else");
    // What comes after it is for who reads the register.
    let corrects = json!({"kind": "CORRECTS", "documentId": document.id(), "reason": "Chưa gửi đơn vị."});
    let correction = documents::letter(&app, json!({"relations": [corrects]})).await;
    app.persona("clerk").create("/documents", correction).await.created();
    for (who, count) in [("clerk", 1), ("other-unit-head", 0)] {
        let (read, listed) = (app.persona(who).get(&entry).await.ok(), app.persona(who).get("/documents").await.ok());
        let listed = listed.body["items"].as_array().unwrap().iter().find(|one| one["id"] == document.id()).cloned();
        let affected = |of: &Value| of["affectedBy"].as_array().unwrap().len();
        assert_eq!((affected(&read.body), affected(&listed.unwrap())), (count, count), "{who}");
    }
    let taken_back = "UPDATE document SET shown_to = '{}' WHERE shown_to <> '{}'";
    sqlx::query(taken_back).execute(&mut app.database.owner().await).await.unwrap_err();
    is_whole(&app).await;
}

#[tokio::test]
async fn only_a_letter_that_left_the_house_and_still_stands_reminds() {
    let (app, campaign, _) = before_the_end_of_october().await;
    let path = format!("/campaigns/{}/reminders", campaign.id());
    let station = stage::unit(&app, "TYTX").await;
    let (clerk, office) = (app.persona("clerk"), app.persona("office"));
    documents::series_of_letters(&app, "OWN").await;
    let entered = async |change: Value| {
        let new = documents::letter(&app, change).await;
        clerk.create("/documents", new).await.created()
    };
    let issued = entered(json!({})).await;
    let other = documents::signed_plan(&app, "gia-loc-khac").await;
    let of_other = entered(json!({"campaignId": other.id()})).await;
    documents::dispatched(&app, &of_other).await;
    let withdrawn = async |kind: &str| {
        let earlier = entered(json!({})).await;
        documents::dispatched(&app, &earlier).await;
        let relation = json!({"kind": kind, "documentId": earlier.id(), "reason": "Nội dung không còn phù hợp."});
        entered(json!({"relations": [relation]})).await;
        earlier
    };
    let (replaced, recalled) = (withdrawn("REPLACES").await, withdrawn("RECALLS").await);
    let plan =
        documents::of(&app, &app.persona("clerk").get(&format!("/campaigns/{}", campaign.id())).await.ok()).await;
    let before = app.events().await;
    for (document, code) in [
        (&issued, "reminder.documentNotDispatched"),
        (&of_other, "reminder.ofOtherCampaign"),
        (&replaced, "reminder.documentWithdrawn"),
        (&recalled, "reminder.documentWithdrawn"),
        (&plan, "reminder.byOtherType"),
    ] {
        let refused = office.create(&path, letter(document, &[&station], None)).await.refused(422);
        assert_eq!(refused.faults(), [format!("/documentId {code}")]);
    }
    let mut unknown = letter(&issued, &[&station], None);
    unknown["documentId"] = json!("0198f1c2-0000-7000-8000-000000000000");
    let refused = office.create(&path, unknown).await.refused(422);
    assert_eq!(refused.faults(), ["/documentId reference.unknown"]);
    // Number and day are not typed.
    let mut typed = letter(&issued, &[&station], None);
    typed["document"] = json!({"symbol": "158/UBND-VP", "issueDate": QUIET});
    assert_eq!(office.create(&path, typed).await.refused(400).faults(), ["/document field.unknown"]);
    assert_eq!((app.events().await, notes(&app, "other-unit-head").await.len()), (before, 0));
    documents::dispatched(&app, &issued).await;
    office.create(&path, letter(&issued, &[&station], None)).await.created();
}

#[tokio::test]
async fn a_letter_to_who_owes_nothing_is_refused_and_nobody_is_told() {
    let (app, campaign, period) = before_the_end_of_october().await;
    reporting::handed_in(&app, &period).await;
    let path = format!("/campaigns/{}/reminders", campaign.id());
    let (done, village, waiting) =
        (stage::unit(&app, "TH1").await, stage::unit(&app, "VP").await, stage::unit(&app, "TYTX").await);
    let nothing = json!("0198f1c2-0000-7000-8000-000000000000");
    let document = sent_letter(&app).await.0;
    let events = app.events().await;
    let office = app.persona("office");
    let units =
        office.create(&path, letter(&document, &[&waiting, &done, &village, &waiting, &nothing], Some(&period))).await;
    assert_eq!(
        units.refused(422).faults(),
        [
            "/unitIds/1 reminder.nothingOwed",
            "/unitIds/2 reminder.nothingOwed",
            "/unitIds/3 list.duplicate",
            "/unitIds/4 reference.unknown",
        ]
    );
    let mut wrong = letter(&document, &[&waiting], None);
    wrong["periodId"] = nothing.clone();
    assert_eq!(office.create(&path, wrong).await.refused(422).faults(), ["/periodId reference.unknown"]);
    for (member, value) in [("unitIds", json!([])), ("message", json!(" ")), ("documentId", json!("158/UBND-VP"))] {
        let mut malformed = letter(&document, &[&waiting], None);
        malformed[member] = value;
        office.create(&path, malformed).await.refused(400);
    }
    let answer = app.persona("coordinator").create(&path, letter(&document, &[&waiting], None)).await.refused(403);
    assert_eq!(answer.code(), "policy.roleMissing");
    assert_eq!((app.events().await, notes(&app, "other-unit-head").await.len()), (events, 0));
}
