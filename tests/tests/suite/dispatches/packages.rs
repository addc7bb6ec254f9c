//! The package: the same bytes for the same dispatch, and everything in it that an exchange needs.

use std::io::{Cursor, Read};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use thidua_tests::{Reply, TestApp};
use zip::ZipArchive;

use crate::stage::city::{self, dispatch, october, sent};

const TODAY: &str = "2025-12-12T08:00:00+07:00";

pub(super) async fn package(app: &TestApp, dispatch: &Reply) -> Reply {
    let path = format!("/dispatches/{}/package", dispatch.id());
    app.persona("clerk").with("Accept", "application/zip").get(&path).await.ok()
}

/// A file of a package.
pub(super) fn entry(package: &[u8], name: &str) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(package)).unwrap();
    let mut file = archive.by_name(name).unwrap();
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).unwrap();
    bytes
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn a_package_has_what_the_exchange_needs_and_the_report_as_it_was_sent() {
    let app = TestApp::start_at(TODAY).await;
    let october = october(&app).await;
    app.at(TODAY);
    let sent = sent(&app, &october).await;
    let dispatch = dispatch(&app, &sent).await;
    let package = package(&app, &dispatch).await;
    let name = dispatch.text("packageName");
    assert!(name.starts_with("25-BC-UBND-2025-") && name.len() <= 50, "{name}");
    assert_eq!(package.header("Content-Disposition"), format!("attachment; filename=\"{name}\""));
    assert_eq!(package.header("Content-Type"), "application/zip");

    let manifest: Value = serde_json::from_slice(&entry(&package.bytes, "manifest.json")).unwrap();
    let read = app.persona("auditor").get(&format!("/dispatches/{}/manifest", dispatch.id())).await.ok();
    assert_eq!(manifest, read.body, "the manifest is read as it is in the package");
    assert_eq!(manifest["from"], json!({ "organName": "Ủy ban nhân dân xã Gia Lộc" }));
    assert_eq!(manifest["to"], json!({ "organName": "UBND thành phố" }));
    assert_eq!(manifest["code"], json!({ "codeNumber": "25", "codeNotation": "BC-UBND" }));
    assert_eq!(manifest["promulgationInfo"], json!({ "place": "Gia Lộc", "promulgationDate": "2025-12-12" }));
    assert_eq!(manifest["documentType"], json!({ "abbreviation": "BC", "typeName": "Báo cáo" }));
    assert_eq!(manifest["subject"], "Báo cáo kết quả Đợt thi đua");
    assert_eq!(manifest["signerInfo"]["position"], "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH");
    assert_eq!(manifest["signerInfo"]["fullName"], sent.body["signature"]["name"]);
    assert_eq!((&manifest["purpose"], &manifest["documentId"]), (&json!("NEW"), &Value::Null));
    assert_eq!(
        (&manifest["sentAt"], &manifest["dispatchId"]),
        (&sent.body["dispatch"]["sentAt"], &dispatch.body["id"])
    );

    let [paper, enclosed] = manifest["attachments"].as_array().unwrap().as_slice() else { panic!("{manifest}") };
    assert_eq!(paper["name"], "25-BC-UBND-2025.docx");
    let document = format!("/consolidated-reports/{}/document?format=docx", sent.id());
    let document = app.persona("clerk").with("Accept", "*/*").get(&document).await.ok();
    assert_eq!(entry(&package.bytes, "25-BC-UBND-2025.docx"), document.bytes, "without a signed copy, the paper");
    assert_eq!(
        (&paper["sha256"], &paper["mediaType"]),
        (&json!(hexadecimal(&document.bytes)), &json!(document.header("Content-Type")))
    );
    let report = entry(&package.bytes, enclosed["name"].as_str().unwrap());
    assert_eq!(enclosed["sha256"], hexadecimal(&report));
    assert_eq!(enclosed["size"], report.len());
    let report: Value = serde_json::from_slice(&report).unwrap();
    let seen = app.persona("portal").get(&format!("/consolidated-reports/{}", sent.id())).await.ok();
    for member in ["id", "version", "snapshot", "narrative", "signature", "document", "dispatch", "stage"] {
        assert_eq!(report[member], seen.body[member], "{member}");
    }
    assert!(report.get("actions").is_none(), "what somebody could do with it is nobody else's business");
}

#[tokio::test]
async fn a_package_is_the_same_bytes_whatever_is_answered_and_whoever_reads_it() {
    let app = TestApp::start_at(TODAY).await;
    let sent = sent(&app, &october(&app).await).await;
    let on_its_way = dispatch(&app, &sent).await;
    let first = package(&app, &on_its_way).await;
    let body = json!({ "reference": city::RECEIPT });
    let accept = format!("/dispatches/{}/accept", on_its_way.id());
    app.persona("portal").command_with(&accept, &on_its_way, body).await.ok();
    app.at("2025-12-20");
    let english = app.persona("auditor").with("Accept", "application/zip").with("Accept-Language", "en");
    let path = format!("/dispatches/{}/package", on_its_way.id());
    let again = english.get(&path).await.ok();
    assert_eq!(again.bytes, first.bytes);
    assert_eq!((again.etag(), again.header("Content-Digest")), (first.etag(), first.header("Content-Digest")));
    assert_eq!(again.etag(), format!("\"1.{}\"", &hexadecimal(&first.bytes)[..8]));
    let known = english.with("If-None-Match", first.etag()).get(&path).await;
    assert_eq!((known.status.as_u16(), known.bytes.len()), (304, 0));
    app.persona("clerk").with("Accept", "application/pdf").get(&path).await.refused(406);
}

#[tokio::test]
async fn what_cannot_be_seen_has_no_package() {
    let app = TestApp::start_at(TODAY).await;
    let sent = sent(&app, &october(&app).await).await;
    let dispatch = dispatch(&app, &sent).await;
    for what in ["package", "manifest"] {
        app.persona("unit-head").get(&format!("/dispatches/{}/{what}", dispatch.id())).await.refused(404);
        app.persona("clerk").get(&format!("/dispatches/{}/{what}", sent.id())).await.refused(404);
        app.stranger().get(&format!("/dispatches/{}/{what}", dispatch.id())).await.refused(401);
    }
}
