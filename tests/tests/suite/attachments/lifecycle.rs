//! What may become of evidence depends on its report: what was handed in stays what was handed in.

use super::*;

async fn removed(app: &TestApp, persona: &str, attachment: &Reply) -> Reply {
    app.persona(persona).command(&format!("{}/remove", at("attachments", attachment)), attachment).await
}

#[tokio::test]
async fn nothing_is_attached_to_or_taken_from_what_was_handed_in() {
    let (app, draft) = with_draft().await;
    let made = attached(&app, &draft, "a.txt", b"Bien ban").await;
    let submitted = handed_in(&app, &draft).await;
    let coordinator = app.persona("coordinator");
    let accepted = coordinator.command(&format!("{}/accept", at("reports", &draft)), &submitted).await.ok();
    let before = app.events().await;
    for stage in [&submitted, &accepted] {
        let more = app.persona("unit-officer").attach(&at("reports", &draft), "b.txt", "them").await.refused(409);
        assert_eq!(more.code(), "report.notEditable");
        assert_eq!(removed(&app, "unit-head", &made).await.refused(409).code(), "report.notEditable");
        assert_eq!(stage.body["attachments"][0]["sha256"], made.body["sha256"]);
    }
    assert_eq!((app.events().await, kept(&app).len()), (before, 1));
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn who_signs_has_seen_what_is_attached() {
    let (app, draft) = with_draft().await;
    let seen = report_now(&app, &draft).await;
    let made = attached(&app, &draft, "a.txt", b"Bien ban").await;
    let submit = format!("{}/submit", at("reports", &draft));
    app.persona("unit-head").command(&submit, &seen).await.refused(412);
    let seen = report_now(&app, &draft).await;
    removed(&app, "unit-officer", &made).await.ok();
    app.persona("unit-head").command(&submit, &seen).await.refused(412);
    handed_in(&app, &draft).await;
}

#[tokio::test]
async fn what_was_never_handed_in_is_deleted_when_it_is_removed() {
    let (app, draft) = with_draft().await;
    let made = attached(&app, &draft, "a.txt", b"Bien ban").await;
    let gone = removed(&app, "unit-head", &made).await.ok();
    assert_eq!((gone.text("stage"), gone.text("stageLabel")), ("REMOVED", "Đã gỡ bỏ"));
    assert_eq!(gone.body["contentKept"], json!(false));
    assert_eq!(kept(&app), Vec::<String>::new());
    assert_eq!(report_now(&app, &draft).await.body["attachments"], Value::Null);
    content_of(&app.persona("unit-head"), &made).await.refused(404);
    assert_eq!(removed(&app, "unit-head", &gone).await.refused(409).code(), "attachment.removed");
    // The same file again is a new attachment.
    attached(&app, &draft, "a.txt", b"Bien ban").await;
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn what_was_handed_in_once_stays_readable_after_it_is_removed() {
    let (app, draft) = with_draft().await;
    let made = attached(&app, &draft, "a.txt", b"Bien ban").await;
    let submitted = handed_in(&app, &draft).await;
    let why = json!({"reason": "Thay biên bản.", "remarks": []});
    app.persona("coordinator").command_with(&format!("{}/return", at("reports", &draft)), &submitted, why).await.ok();
    let gone = removed(&app, "unit-officer", &made).await.ok();
    assert_eq!(gone.body["contentKept"], json!(true));
    let later = attached(&app, &draft, "b.txt", b"Bien ban moi").await;
    let again = handed_in(&app, &draft).await;
    let named: Vec<_> = again.body["attachments"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect();
    assert_eq!(named, ["b.txt"]);
    for (attachment, bytes) in [(&made, "Bien ban"), (&later, "Bien ban moi")] {
        assert_eq!(content_of(&app.persona("coordinator"), attachment).await.ok().raw, bytes);
    }
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn a_file_is_attached_once_and_a_report_has_twenty() {
    let (app, draft) = with_draft().await;
    attached(&app, &draft, "a.txt", b"Bien ban").await;
    let twice = app.persona("unit-head").attach(&at("reports", &draft), "b.txt", "Bien ban").await.refused(422);
    assert_eq!(twice.faults(), [" attachment.attachedAlready"]);
    for number in 1..20 {
        attached(&app, &draft, &format!("{number}.txt"), format!("so {number}").as_bytes()).await;
    }
    assert_eq!(report_now(&app, &draft).await.obstacle("attachToReport"), Some("attachment.tooMany"));
    let more = app.persona("unit-head").attach(&at("reports", &draft), "21.txt", "so 21").await.refused(409);
    assert_eq!(more.code(), "attachment.tooMany");
    assert_eq!(kept(&app).len(), 20);
    let list = format!("{}/attachments", at("reports", &draft));
    let first = app.persona("unit-head").get(&format!("{list}?limit=15&includeTotal=true")).await.ok();
    assert_eq!((first.body["items"].as_array().unwrap().len(), &first.body["total"]), (15, &json!(20)));
    assert_eq!(first.body["items"][0]["name"], "a.txt", "the first is the first");
    let next = first.text("nextCursor").to_owned();
    let rest = app.persona("unit-head").get(&format!("{list}?limit=15&cursor={next}")).await.ok();
    assert_eq!(rest.body["items"].as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn twenty_at_once_are_attached_one_after_the_other() {
    let (app, draft) = with_draft().await;
    let owner = at("reports", &draft);
    let attaching = (0..24).map(|number| {
        let (officer, owner) = (app.persona("unit-officer"), owner.clone());
        tokio::spawn(async move { officer.attach(&owner, &format!("{number}.txt"), format!("so {number}")).await })
    });
    let (mut taken, mut refused) = (0, 0);
    for one in attaching.collect::<Vec<_>>() {
        let answer = one.await.unwrap();
        match answer.status.as_u16() {
            201 => taken += 1,
            409 => refused += 1,
            _ => panic!("{}", answer.raw),
        }
    }
    assert_eq!((taken, refused, kept(&app).len()), (20, 4, 20));
    assert_eq!(report_now(&app, &draft).await.body["attachments"].as_array().unwrap().len(), 20);
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}
