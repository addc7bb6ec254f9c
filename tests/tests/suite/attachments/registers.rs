//! The signed copy of a document: one PDF beside the entry of the register, by the clerk, fixed when the document leaves.

use futures_util::future::join_all;
use sqlx::Executor;

use super::{files::png, *};
use crate::{
    documents::{self, incoming, of},
    stage,
};

/// A PDF, as somebody signed it elsewhere.
pub(crate) const PDF: &str = "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n";

/// An official letter of today that waits for its seal.
pub(crate) async fn letter(app: &TestApp) -> Reply {
    documents::series_of_letters(app, "OWN").await;
    let letter = documents::letter(app, json!({})).await;
    app.persona("clerk").create("/documents", letter).await.created()
}

/// The same with its signed copy.
pub(crate) async fn signed_copy(app: &TestApp) -> (Reply, Reply) {
    let document = letter(app).await;
    let copy = app.persona("clerk").attach(&at("documents", &document), "ban-da-ky.pdf", PDF).await.created();
    (app.persona("clerk").get(&at("documents", &document)).await.ok(), copy)
}

/// The same once it has left the house: units can be reminded with it.
pub(crate) async fn sent_letter(app: &TestApp) -> (Reply, Reply) {
    let (document, copy) = signed_copy(app).await;
    (documents::dispatched(app, &document).await, copy)
}

/// An entry of the incoming register with its scan.
pub(crate) async fn scanned(app: &TestApp) -> (Reply, Reply) {
    let entry = incoming::recorded(app).await;
    let scan = app.persona("clerk").attach(&at("incoming-documents", &entry), "ban-quet.pdf", PDF).await.created();
    (app.persona("clerk").get(&at("incoming-documents", &entry)).await.ok(), scan)
}

fn remove(attachment: &Reply) -> String {
    format!("{}/remove", at("attachments", attachment))
}

#[tokio::test]
async fn a_signed_copy_stands_beside_its_document_which_names_it_and_moves_on_by_a_version() {
    let app = TestApp::start_at("2025-09-15").await;
    let clerk = app.persona("clerk");
    let issued = letter(&app).await;
    assert_eq!((issued.body.get("signedCopy"), issued.obstacle("attachToDocument")), (None, None));
    let path = at("documents", &issued);
    let copy = clerk.attach(&path, "Công văn (ký số).pdf", PDF).await.created();
    assert_eq!((copy.text("documentId"), copy.text("unitId")), (issued.id(), issued.text("issuerUnitId")));
    assert_eq!((copy.body.get("campaignId"), copy.body.get("reportId")), (None, None));
    assert_eq!((copy.text("fileType"), copy.obstacle("removeAttachment")), ("PDF", None));

    let read = clerk.get(&path).await.ok();
    let named = json!({"attachmentId": copy.id(), "name": "Công văn (ký số).pdf", "fileType": "PDF",
                       "size": PDF.len(), "sha256": copy.body["sha256"]});
    assert_eq!((&read.body["signedCopy"], &read.body["version"]), (&named, &json!(2)));
    let mut before = read.body.clone();
    let members = before.as_object_mut().unwrap();
    members.remove("signedCopy");
    for member in ["version", "updatedAt", "actions"] {
        members.insert(member.to_owned(), issued.body[member].clone());
    }
    assert_eq!(before, issued.body, "nothing else has changed");
    let list = app.persona("auditor").get(&format!("{path}/attachments?includeTotal=true")).await.ok();
    assert_eq!((&list.body["total"], &list.body["items"][0]["id"]), (&json!(1), &copy.body["id"]));
    let content = app.persona("chair").get(&format!("{}/content", at("attachments", &copy))).await.ok();
    assert_eq!((content.bytes.as_slice(), content.header("Content-Type")), (PDF.as_bytes(), "application/pdf"));
    let tail = clerk.with("Range", "bytes=-6").get(&format!("{}/content", at("attachments", &copy))).await;
    assert_eq!((tail.status.as_u16(), tail.raw.as_str()), (206, "%%EOF\n"));

    // Who read the document before has not seen the copy.
    let seal = format!("{path}/seal");
    clerk.command_with(&seal, &issued, json!({"manner": "SEAL"})).await.refused(412);
    clerk.command_with(&seal, &read, json!({"manner": "SEAL"})).await.ok();
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn a_document_has_one_signed_copy_which_is_a_pdf() {
    let app = TestApp::start_at("2025-09-15").await;
    let clerk = app.persona("clerk");
    let path = at("documents", &letter(&app).await);
    let before = app.events().await;
    for (name, bytes, fault) in [
        ("a.png", png(10, 10), "name document.signedCopyNotPdf"),
        ("a.txt", b"X5O!P%@AP[4\\PZX54(P^)7CC)7}".to_vec(), "name document.signedCopyNotPdf"),
        ("a.pdf", png(10, 10), "name file.nameOfOtherType"),
        ("a.pdf", b"X5O!P%@AP[4\\PZX54(P^)7CC)7}".to_vec(), "name file.nameOfOtherType"),
        ("a.docx", PDF.into(), "name file.nameOfOtherType"),
        ("con.pdf", PDF.into(), "name file.nameReserved"),
        ("a.pdf", PDF.as_bytes()[..20].to_vec(), " file.damaged"),
    ] {
        assert_eq!(clerk.attach(&path, name, bytes).await.refused(422).faults(), [fault], "{name}");
    }
    let nameless = clerk.with("Content-Type", thidua_tests::BYTES).with("Idempotency-Key", "nameless");
    let nameless = nameless.send(Method::POST, &format!("{path}/attachments"), Some(PDF.to_owned())).await;
    assert_eq!(nameless.refused(400).faults(), ["name field.missing"]);
    assert_eq!((app.events().await, kept(&app)), (before, Vec::new()), "nothing is left");

    clerk.attach(&path, "a.pdf", PDF).await.created();
    let second = clerk.attach(&path, "b.pdf", format!("{PDF}\n%%EOF\n")).await.refused(409);
    assert_eq!(second.code(), "document.signedCopyAttached");
    assert_eq!(kept(&app).len(), 1);
}

#[tokio::test]
async fn of_copies_that_come_at_once_one_is_taken() {
    let app = TestApp::start_at("2025-09-15").await;
    let path = at("documents", &letter(&app).await);
    let attaching = (0..8).map(|number| {
        let (clerk, path) = (app.persona("clerk"), path.clone());
        async move { clerk.attach(&path, &format!("{number}.pdf"), format!("{PDF}{number}\n%%EOF")).await }
    });
    let answers = join_all(attaching).await;
    let taken: Vec<_> = answers.iter().filter(|answer| answer.status.as_u16() == 201).collect();
    let others = answers.iter().filter(|answer| answer.status.as_u16() != 201);
    assert_eq!(taken.len(), 1);
    assert!(others.into_iter().all(|answer| answer.code() == "document.signedCopyAttached"));
    let read = app.persona("clerk").get(&path).await.ok();
    assert_eq!((&read.body["signedCopy"]["attachmentId"], kept(&app).len()), (&taken[0].body["id"], 1));
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn a_copy_can_become_another_until_the_document_has_left_and_no_bytes_are_ever_lost() {
    let app = TestApp::start_at("2025-09-15").await;
    let clerk = app.persona("clerk");
    let document = of(&app, &stage::issued(&app).await).await;
    let path = at("documents", &document);
    let first = clerk.attach(&path, "a.pdf", PDF).await.created();
    assert_eq!(first.body["campaignId"], document.body["campaignId"]);
    let seal = format!("{path}/seal");
    let manner = json!({"manner": "SEAL"});
    clerk.command_with(&seal, &clerk.get(&path).await.ok(), manner).await.ok();
    let gone = clerk.command(&remove(&first), &first).await.ok();
    assert_eq!((gone.text("stage"), &gone.body["contentKept"]), ("REMOVED", &json!(true)));
    assert_eq!(clerk.get(&path).await.ok().body.get("signedCopy"), None);
    assert_eq!(clerk.command(&remove(&first), &gone).await.refused(409).code(), "attachment.removed");

    let second = clerk.attach(&path, "b.pdf", format!("{PDF}\n%%EOF\n")).await.created();
    let sealed = clerk.get(&path).await.ok();
    let left = clerk.command(&format!("{path}/dispatch"), &sealed).await.ok();
    assert_eq!(left.body["signedCopy"]["attachmentId"], second.body["id"]);
    assert_eq!(left.obstacle("attachToDocument"), Some("document.dispatchedAlready"));
    let events = app.events().await;
    assert_eq!(clerk.command(&remove(&second), &second).await.refused(409).code(), "document.dispatchedAlready");
    assert_eq!(clerk.attach(&path, "c.pdf", PDF).await.refused(409).code(), "document.dispatchedAlready");
    assert_eq!(app.events().await, events);
    for copy in [&first, &second] {
        content_of(&app.persona("auditor"), copy).await.ok();
    }
    let swept = app.state.files.sweep(&app.state.store, std::time::Duration::ZERO).await.unwrap();
    assert_eq!((swept, kept(&app).len()), (thidua_api::files::Swept::default(), 2));
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn the_database_itself_keeps_the_copy_of_what_has_left_and_lets_nothing_else_change() {
    let app = TestApp::start_at("2025-09-15").await;
    let (document, _) = signed_copy(&app).await;
    let clerk = app.persona("clerk");
    let path = at("documents", &document);
    let mut owner = app.database.owner().await;
    let subject = "UPDATE document SET state = jsonb_set(state, '{subject}', '\"Khác\"')";
    assert!(owner.execute(subject).await.unwrap_err().to_string().contains("never changed"));
    let sealed = clerk.command_with(&format!("{path}/seal"), &document, json!({"manner": "SEAL"})).await.ok();
    clerk.command(&format!("{path}/dispatch"), &sealed).await.ok();
    let without = "UPDATE document SET state = state - 'signedCopy'";
    assert!(owner.execute(without).await.unwrap_err().to_string().contains("never changed"));
    let nobody = "UPDATE attachment SET document_id = NULL";
    let refused = owner.execute(nobody).await.unwrap_err().to_string();
    assert!(refused.contains("violates check constraint"), "{refused}");
}

#[tokio::test]
async fn the_same_key_attaches_one_copy_and_answers_it_again_even_after_the_document_has_left() {
    let app = TestApp::start_at("2025-09-15").await;
    let clerk = app.persona("clerk");
    let document = letter(&app).await;
    let path = at("documents", &document);
    let keyed = clerk.with("Idempotency-Key", "once");
    let first = keyed.attach(&path, "a.pdf", PDF).await.created();
    let read = clerk.get(&path).await.ok();
    let sealed = clerk.command_with(&format!("{path}/seal"), &read, json!({"manner": "SEAL"})).await.ok();
    clerk.command(&format!("{path}/dispatch"), &sealed).await.ok();
    let events = app.events().await;
    let again = keyed.attach(&path, "a.pdf", PDF).await.created();
    assert_eq!((again.id(), again.header("Idempotency-Replayed")), (first.id(), "true"));
    for (name, bytes) in [("a.pdf", format!("{PDF}\n%%EOF\n")), ("b.pdf", PDF.to_owned())] {
        let reused = keyed.attach(&path, name, bytes).await.refused(422);
        assert_eq!(reused.faults(), ["Idempotency-Key idempotency.keyReused"]);
    }
    assert_eq!((app.events().await, kept(&app).len()), (events, 1));
}

#[tokio::test]
async fn a_copy_is_seen_exactly_where_its_document_is_removed_or_not() {
    let app = TestApp::start_at("2025-09-15").await;
    let (document, copy) = signed_copy(&app).await;
    for gone in [false, true] {
        if gone {
            app.persona("clerk").command(&remove(&copy), &copy).await.ok();
        }
        let mut seen = Vec::new();
        for persona in super::visibility::EVERYBODY {
            let person = app.persona(persona);
            let sees = person.get(&at("documents", &document)).await.status.as_u16();
            let one = person.get(&at("attachments", &copy)).await;
            let list = person.get(&format!("{}/attachments", at("documents", &document))).await;
            for answer in [&one, &content_of(&person, &copy).await, &list] {
                assert_eq!(answer.status.as_u16(), sees, "{persona}: {}", answer.raw);
            }
            if sees == 200 {
                seen.push(persona);
                let other = persona != "clerk";
                if other {
                    person.attach(&at("documents", &document), "b.pdf", PDF).await.refused(403);
                    person.command(&remove(&copy), &one).await.refused(403);
                }
            } else {
                person.attach(&at("documents", &document), "b.pdf", PDF).await.refused(404);
                person.command(&remove(&copy), &copy).await.refused(404);
            }
        }
        assert_eq!(seen, ["coordinator", "office", "chair", "vice-chair", "auditor", "clerk"], "removed: {gone}");
    }
    assert_eq!(kept(&app).len(), 1);
}

#[tokio::test]
async fn attaching_a_copy_and_reading_its_document_take_no_more_statements_than_they_must() {
    let app = TestApp::start_at("2025-09-15").await;
    let document = letter(&app).await;
    let clerk = app.persona("clerk");
    let statements = || app.state.store.pool().statements();
    let before = statements();
    clerk.attach(&at("documents", &document), "a.pdf", PDF).await.created();
    let attached = statements();
    assert_eq!(attached - before, 8, "caller, document; begin, caller, document, its next version, attachment, commit");
    clerk.get(&at("documents", &document)).await.ok();
    assert_eq!(statements() - attached, 2, "caller, document");
}
