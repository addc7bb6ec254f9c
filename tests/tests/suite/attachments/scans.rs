//! The scan of a document that arrived: beside its entry of the register, by the clerk, and never lost.

use super::{
    files::{jpeg, png},
    registers::{PDF, scanned},
    *,
};
use crate::documents::incoming;

#[tokio::test]
async fn an_entry_has_several_scans_and_each_of_its_versions_names_them() {
    let app = TestApp::start_at("2025-09-15").await;
    let clerk = app.persona("clerk");
    let entry = incoming::recorded(&app).await;
    assert_eq!((&entry.body["attachments"], entry.obstacle("attachToIncomingDocument")), (&json!([]), None));
    let path = at("incoming-documents", &entry);
    let pages = [("trang-1.pdf", PDF.into()), ("trang-2.jpg", jpeg(100, 100)), ("trang-3.png", png(100, 100))];
    let mut made = Vec::new();
    for (name, bytes) in pages {
        made.push(clerk.attach(&path, name, bytes).await.created());
    }
    assert_eq!(made[0].text("incomingDocumentId"), entry.id());
    assert_eq!(made[0].text("unitId"), entry.text("receiverUnitId"));
    let twice = clerk.attach(&path, "khac.pdf", PDF).await.refused(422);
    assert_eq!(twice.faults(), [" attachment.attachedAlready"]);
    let read = clerk.get(&path).await.ok();
    let names = |reply: &Reply| {
        let attached = reply.body["attachments"].as_array().unwrap().clone();
        attached.iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&read), ["trang-1.pdf", "trang-2.jpg", "trang-3.png"]);
    assert_eq!(read.body["version"], 4);

    let gone = clerk.command(&format!("{}/remove", at("attachments", &made[1])), &made[1]).await.ok();
    assert_eq!((gone.text("stage"), &gone.body["contentKept"]), ("REMOVED", &json!(true)));
    assert_eq!(content_of(&app.persona("auditor"), &gone).await.ok().bytes, jpeg(100, 100));
    let now = clerk.get(&path).await.ok();
    assert_eq!(names(&now), ["trang-1.pdf", "trang-3.png"]);
    // Putting the entry right leaves its scan alone.
    let right = clerk.command_with(&format!("{path}/correct"), &now, incoming::put_right(&app)).await.ok();
    assert_eq!(names(&right), names(&now));
    assert_eq!(kept(&app).len(), 3);
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn what_is_no_scan_is_refused_and_leaves_nothing() {
    let app = TestApp::start_at("2025-09-15").await;
    let path = at("incoming-documents", &incoming::recorded(&app).await);
    let clerk = app.persona("clerk");
    let before = app.events().await;
    for (name, bytes, fault) in [
        ("a.txt", b"Cong van".to_vec(), "name incoming.scanOfOtherType"),
        ("a.docx", super::files::docx(&[]), "name incoming.scanOfOtherType"),
        ("a.pdf", png(10, 10), "name file.nameOfOtherType"),
        ("a.png", png(0, 10), " file.damaged"),
    ] {
        assert_eq!(clerk.attach(&path, name, bytes).await.refused(422).faults(), [fault], "{name}");
    }
    for (persona, status) in [("office", 403), ("auditor", 403), ("unit-head", 404), ("portal", 404), ("admin", 404)] {
        app.persona(persona).attach(&path, "a.pdf", PDF).await.refused(status);
    }
    assert_eq!((app.events().await, kept(&app)), (before, Vec::new()));
}

#[tokio::test]
async fn twenty_scans_stand_beside_an_entry_whoever_comes_first() {
    let app = TestApp::start_at("2025-09-15").await;
    let path = at("incoming-documents", &incoming::recorded(&app).await);
    let attaching = (1..=23).map(|number| {
        let (clerk, path) = (app.persona("clerk"), path.clone());
        tokio::spawn(async move { clerk.attach(&path, &format!("{number}.png"), png(number, 1)).await })
    });
    let (mut taken, mut refused) = (0, 0);
    for one in attaching.collect::<Vec<_>>() {
        let answer = one.await.unwrap();
        match (answer.status.as_u16(), answer.code()) {
            (201, _) => taken += 1,
            (409, "attachment.tooMany") => refused += 1,
            _ => panic!("{}", answer.raw),
        }
    }
    assert_eq!((taken, refused, kept(&app).len()), (20, 3, 20));
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn a_scan_is_seen_exactly_where_its_entry_is() {
    let app = TestApp::start_at("2025-09-15").await;
    let (entry, scan) = scanned(&app).await;
    let mut seen = Vec::new();
    for persona in super::visibility::EVERYBODY {
        let person = app.persona(persona);
        let sees = person.get(&at("incoming-documents", &entry)).await.status.as_u16();
        let list = person.get(&format!("{}/attachments", at("incoming-documents", &entry))).await;
        for answer in [&person.get(&at("attachments", &scan)).await, &content_of(&person, &scan).await, &list] {
            assert_eq!(answer.status.as_u16(), sees, "{persona}: {}", answer.raw);
        }
        if sees == 200 {
            seen.push(persona);
        }
    }
    assert_eq!(seen, ["coordinator", "office", "chair", "vice-chair", "auditor", "clerk"]);
}
