//! An attachment is seen exactly where its report is.

use super::*;

pub(super) const EVERYBODY: [&str; 15] = [
    "unit-officer",
    "unit-head",
    "other-unit-officer",
    "other-unit-head",
    "coordinator",
    "office",
    "chair",
    "vice-chair",
    "auditor",
    "portal",
    "clerk",
    "communications",
    "accountant",
    "council-secretary",
    "admin",
];

/// Who sees the report, and the very same people its attachment, its list and its bytes.
async fn seen_by(app: &TestApp, report: &Reply, attachment: &Reply) -> Vec<&'static str> {
    let mut seen = Vec::new();
    for persona in EVERYBODY {
        let person = app.persona(persona);
        let sees = person.get(&at("reports", report)).await.status.as_u16();
        let one = person.get(&at("attachments", attachment)).await;
        let content = content_of(&person, attachment).await;
        let list = person.get(&format!("{}/attachments", at("reports", report))).await;
        for answer in [&one, &content, &list] {
            assert_eq!(answer.status.as_u16(), sees, "{persona}: {}", answer.raw);
        }
        if sees == 200 {
            assert_eq!(list.body["items"][0]["id"], one.body["id"], "{persona}");
            seen.push(persona);
        }
    }
    seen
}

#[tokio::test]
async fn evidence_is_seen_where_its_report_is_at_every_stage() {
    let (app, draft) = with_draft().await;
    let made = attached(&app, &draft, "a.txt", b"Bien ban").await;
    let own = ["unit-officer", "unit-head"];
    let oversight = ["coordinator", "office", "chair", "vice-chair", "auditor"];
    assert_eq!(seen_by(&app, &draft, &made).await, [&own[..], &["auditor"]].concat());
    let submitted = handed_in(&app, &draft).await;
    assert_eq!(seen_by(&app, &draft, &made).await, [&own[..], &oversight].concat());
    let why = json!({"reason": "Bổ sung.", "remarks": []});
    let coordinator = app.persona("coordinator");
    coordinator.command_with(&format!("{}/return", at("reports", &draft)), &submitted, why).await.ok();
    assert_eq!(seen_by(&app, &draft, &made).await, [&own[..], &oversight].concat());
    let submitted = handed_in(&app, &draft).await;
    coordinator.command(&format!("{}/accept", at("reports", &draft)), &submitted).await.ok();
    assert_eq!(seen_by(&app, &draft, &made).await, [&own[..], &oversight, &["portal"]].concat());
    app.stranger().get(&format!("{}/content", at("attachments", &made))).await.refused(401);
}

#[tokio::test]
async fn what_the_unit_took_away_before_anybody_saw_it_stays_its_own() {
    let (app, draft) = with_draft().await;
    let made = attached(&app, &draft, "a.txt", b"Bien ban").await;
    app.persona("unit-officer").command(&format!("{}/remove", at("attachments", &made)), &made).await.ok();
    handed_in(&app, &draft).await;
    for (persona, status) in [("unit-head", 200), ("auditor", 200), ("coordinator", 404), ("chair", 404)] {
        let answer = app.persona(persona).get(&at("attachments", &made)).await;
        assert_eq!(answer.status.as_u16(), status, "{persona}");
        content_of(&app.persona(persona), &made).await.refused(404);
    }
}

#[tokio::test]
async fn an_invisible_attachment_answers_every_command_as_an_absent_one() {
    let (app, draft) = with_draft().await;
    let made = attached(&app, &draft, "a.txt", b"Bien ban").await;
    let before = app.events().await;
    for persona in ["coordinator", "other-unit-head", "portal"] {
        let person = app.persona(persona);
        person.command(&format!("{}/remove", at("attachments", &made)), &made).await.refused(404);
        person.attach(&at("reports", &draft), "b.txt", "khac").await.refused(404);
    }
    assert_eq!((app.events().await, kept(&app).len()), (before, 1));
}
