//! The package with the signed copy of its document: the very bytes that the clerk attached.

use serde_json::{Value, json};
use sqlx::Executor;
use thidua_api::dispatches::Correspondence;
use thidua_tests::{Reply, TestApp};

use super::{
    delivering::{again, exchanging, folder},
    packages::{entry, hexadecimal, package},
};
use crate::{
    attachments::registers::PDF,
    documents,
    stage::city::{self, dispatch, october, way},
    units,
};

const TODAY: &str = "2025-12-12T08:00:00+07:00";
const NAME: &str = "25-BC-UBND-2025.pdf";

/// A report that is sent today, with its signed copy.
pub(super) async fn sent_with(app: &TestApp, copy: &[u8]) -> (Reply, Reply) {
    let october = october(app).await;
    app.at(TODAY);
    let issued = city::issued(app, &october).await;
    let document = documents::of(app, &issued).await;
    let path = format!("/documents/{}", document.id());
    let attached = app.persona("clerk").attach(&path, "Báo cáo (ký số).pdf", copy).await.created();
    let sealed = city::seal(app, &issued).await;
    let sent = app.persona("clerk").command(&way(&sealed, "send"), &sealed).await.ok();
    (dispatch(app, &sent).await, attached)
}

fn manifest(package: &Reply) -> Value {
    serde_json::from_slice(&entry(&package.bytes, "manifest.json")).unwrap()
}

#[tokio::test]
async fn a_package_has_the_signed_copy_byte_for_byte_and_first() {
    let app = TestApp::start_at(TODAY).await;
    let (dispatch, copy) = sent_with(&app, PDF.as_bytes()).await;
    let named = &dispatch.body["signedCopy"];
    assert_eq!((&named["attachmentId"], &named["sha256"]), (&copy.body["id"], &copy.body["sha256"]));
    let first = package(&app, &dispatch).await;
    assert_eq!(entry(&first.bytes, NAME), PDF.as_bytes());
    let manifest = manifest(&first);
    let [paper, report] = manifest["attachments"].as_array().unwrap().as_slice() else { panic!("{manifest}") };
    let wanted = json!({"name": NAME, "mediaType": "application/pdf", "size": PDF.len(),
                        "sha256": hexadecimal(PDF.as_bytes())});
    assert_eq!((paper, &report["name"]), (&wanted, &json!("25-BC-UBND-2025.json")));
    let path = format!("/dispatches/{}/manifest", dispatch.id());
    assert_eq!(app.persona("auditor").get(&path).await.ok().body, manifest);

    app.at("2025-12-20");
    assert_eq!(package(&app, &dispatch).await.bytes, first.bytes, "the same for ever");
    // What has gone stays: it can neither be taken away nor replaced.
    let clerk = app.persona("clerk");
    let remove = format!("/attachments/{}/remove", copy.id());
    assert_eq!(clerk.command(&remove, &copy).await.refused(409).code(), "document.dispatchedAlready");
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn the_copy_that_goes_is_the_one_that_was_attached_when_it_was_sent() {
    let app = TestApp::start_at(TODAY).await;
    let october = october(&app).await;
    app.at(TODAY);
    let issued = city::issued(&app, &october).await;
    let path = format!("/documents/{}", documents::of(&app, &issued).await.id());
    let clerk = app.persona("clerk");
    let wrong = clerk.attach(&path, "a.pdf", PDF).await.created();
    clerk.command(&format!("/attachments/{}/remove", wrong.id()), &wrong).await.ok();
    let right = format!("{PDF}\n%%EOF\n");
    clerk.attach(&path, "b.pdf", right.clone()).await.created();
    let sealed = city::seal(&app, &issued).await;
    let sent = clerk.command(&way(&sealed, "send"), &sealed).await.ok();
    let package = package(&app, &dispatch(&app, &sent).await).await;
    assert_eq!(entry(&package.bytes, NAME), right.as_bytes());
}

#[tokio::test]
async fn a_paper_that_went_without_a_copy_says_for_ever_what_it_said_when_it_was_sent() {
    let app = TestApp::start_at(TODAY).await;
    let sent = city::sent(&app, &october(&app).await).await;
    let on_its_way = dispatch(&app, &sent).await;
    assert_eq!(on_its_way.body.get("signedCopy"), None);
    let first = package(&app, &on_its_way).await;
    app.at("2025-12-20");
    let office = units::read(&app, "UBND").await;
    let renaming = units::renaming("Ủy ban nhân dân phường Gia Lộc", "2025-12-01");
    app.persona("admin").command_with(&format!("/units/{}/rename", office.id()), &office, renaming).await.ok();
    let paper = format!("/consolidated-reports/{}/document?format=docx", sent.id());
    let today = app.persona("clerk").with("Accept", "*/*").get(&paper).await.ok();
    let then = entry(&first.bytes, "25-BC-UBND-2025.docx");
    assert_ne!(today.bytes, then, "read today, it has the name that was entered since for its day");
    assert_eq!(package(&app, &on_its_way).await.bytes, first.bytes);
}

#[tokio::test]
async fn what_was_sent_before_papers_went_along_has_the_package_that_it_had() {
    let app = TestApp::start_at(TODAY).await;
    let (dispatch, _) = sent_with(&app, PDF.as_bytes()).await;
    let before = "UPDATE dispatch SET state = state #- '{paper,file}'";
    app.database.owner().await.execute(before).await.unwrap();
    let package = package(&app, &dispatch).await;
    let manifest = manifest(&package);
    let [report] = manifest["attachments"].as_array().unwrap().as_slice() else { panic!("{manifest}") };
    assert_eq!(report["name"], "25-BC-UBND-2025.json");
    assert_eq!(report["sha256"], hexadecimal(&entry(&package.bytes, "25-BC-UBND-2025.json")));
}

#[tokio::test]
async fn the_folder_gets_what_is_downloaded() {
    let outgoing = folder("signed");
    let app = exchanging(Correspondence::into_folder(&outgoing).unwrap()).await;
    let (dispatch, _) = sent_with(&app, PDF.as_bytes()).await;
    app.packages_go_out().await;
    let put = std::fs::read(outgoing.join(dispatch.text("packageName"))).unwrap();
    assert_eq!(put, package(&app, &dispatch).await.bytes);
    assert_eq!(entry(&put, NAME), PDF.as_bytes());
}

#[tokio::test]
async fn a_package_whose_copy_is_lost_or_spoilt_is_given_up_and_goes_once_the_file_is_back() {
    let outgoing = folder("lost");
    let app = exchanging(Correspondence::into_folder(&outgoing).unwrap()).await;
    let (dispatch, _) = sent_with(&app, PDF.as_bytes()).await;
    let shelves = std::fs::read_dir(&app.files).unwrap().map(|shelf| shelf.unwrap().path());
    let mut files = shelves.filter(|path| path.is_dir()).flat_map(|shelf| std::fs::read_dir(shelf).unwrap());
    let file = files.next().unwrap().unwrap().path();
    std::fs::write(&file, PDF.replace("1.7", "1.4")).unwrap();
    app.packages_go_out().await;
    let given_up = again(&app, &dispatch).await;
    let delivery = &given_up.body["delivery"];
    assert_eq!((&delivery["state"], &delivery["failure"]), (&json!("GIVEN_UP"), &json!("NO_PACKAGE")));
    assert_eq!(std::fs::read_dir(&outgoing).unwrap().count(), 0, "nothing goes that the manifest does not name");
    let path = format!("/dispatches/{}/package", dispatch.id());
    app.persona("clerk").with("Accept", "application/zip").get(&path).await.refused(500);
    std::fs::write(&file, PDF).unwrap();
    app.persona("clerk").command(&format!("/dispatches/{}/redeliver", given_up.id()), &given_up).await.ok();
    app.packages_go_out().await;
    assert_eq!(again(&app, &dispatch).await.body["delivery"]["state"], "DELIVERED");
    assert_eq!(std::fs::read_dir(&outgoing).unwrap().count(), 1);
}

#[tokio::test]
async fn reading_a_package_takes_no_more_statements_than_it_must() {
    let app = TestApp::start_at(TODAY).await;
    let (dispatch, _) = sent_with(&app, PDF.as_bytes()).await;
    let before = app.state.store.pool().statements();
    package(&app, &dispatch).await;
    assert_eq!(app.state.store.pool().statements() - before, 5, "caller, dispatch; report seen, as sent; copy");
}
