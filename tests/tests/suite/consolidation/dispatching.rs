//! The way to the city, and what comes back.

use reqwest::Method;
use serde_json::json;
use sqlx::Row as _;
use thidua_tests::{Reply, TestApp};

use crate::stage::city::{self, RECEIPT, acknowledged, collection, frozen, replacing, sealed, sent, supplement, way};

const TODAY: &str = "2025-12-08T09:00:00+07:00";

#[tokio::test]
async fn it_is_on_time_until_the_last_instant_before_the_fifteenth_and_late_from_then_on() {
    for (instant, late) in [("2025-12-14T23:59:59.999999+07:00", false), ("2025-12-15T00:00:00+07:00", true)] {
        let app = TestApp::start_at(TODAY).await;
        let october = city::october(&app).await;
        let issued = sealed(&app, &october).await;
        assert_eq!(issued.body["document"]["symbol"], "25/BC-UBND");
        app.at(instant);
        let sent = app.persona("clerk").command(&way(&issued, "send"), &issued).await.ok();
        assert_eq!(sent.body["dispatch"]["late"], late, "{instant}");
        // What is late stays late, whatever the city answers.
        app.at("2025-12-20");
        let receipt = json!({ "receiptNumber": RECEIPT });
        let answered = app.persona("portal").command_with(&way(&sent, "acknowledge"), &sent, receipt).await.ok();
        assert_eq!(answered.body["dispatch"], sent.body["dispatch"]);
        assert_eq!(answered.body["receipt"]["receiptNumber"], RECEIPT);
        assert_eq!(answered.body["receipt"]["acknowledgedAt"], "2025-12-20T01:00:00Z");
    }
}

#[tokio::test]
async fn sending_again_under_the_same_key_makes_one_message() {
    let app = TestApp::start_at(TODAY).await;
    let october = city::october(&app).await;
    let issued = sealed(&app, &october).await;
    let clerk = app.persona("clerk").with("Idempotency-Key", "gui-thanh-pho-1");
    let first = clerk.command(&way(&issued, "send"), &issued).await.ok();
    app.at("2025-12-15");
    let again = clerk.command(&way(&issued, "send"), &issued).await.ok();
    assert_eq!(again.header("Idempotency-Replayed"), "true");
    assert_eq!((again.header("Event-Id"), &again.body), (first.header("Event-Id"), &first.body));
    let other = app.persona("clerk").command(&way(&issued, "send"), &again).await.refused(409);
    assert_eq!(other.code(), "consolidatedReport.notIssued");
    let count = sqlx::query("SELECT count(*) FROM event WHERE action = 'consolidatedReport.sent'");
    let count: i64 = count.fetch_one(&mut app.database.owner().await).await.unwrap().get(0);
    assert_eq!(count, 1);
}

#[tokio::test]
async fn a_number_is_used_once_in_the_series_of_reports_and_never_before_the_signature() {
    let app = TestApp::start_at(TODAY).await;
    let october = city::october(&app).await;
    let signed = city::signed(&app, &october).await;
    let issue = async |number: u32, day: &str| {
        let numbering = json!({ "number": number, "issueDate": day });
        app.persona("clerk").command_with(&way(&signed, "issue"), &signed, numbering).await
    };
    let early = issue(25, "2025-12-07").await.refused(422);
    assert_eq!(early.faults(), ["/issueDate document.issueBeforeSigning"]);
    assert_eq!(issue(25, "2025-12-09").await.refused(422).faults(), ["/issueDate date.inFuture"]);
    // The plan is 145/KH-UBND: the same number in another series.
    assert_eq!(issue(145, "2025-12-08").await.ok().body["document"]["symbol"], "145/BC-UBND");
}

#[tokio::test]
async fn a_refused_report_is_replaced_by_a_new_one_under_the_same_deadline() {
    let app = TestApp::start_at(TODAY).await;
    let october = city::october(&app).await;
    let sent = sent(&app, &october).await;
    let early = replacing(&app, &october, &sent).await.refused(409);
    assert_eq!(early.faults(), ["/replacesId consolidatedReport.replacesNotRefused"]);
    let reason = json!({ "reason": "Thiếu phụ lục số liệu." });
    let refused = app.persona("portal").command_with(&way(&sent, "refuse"), &sent, reason).await.ok();
    assert_eq!(refused.body["refusal"]["reason"], "Thiếu phụ lục số liệu.");
    assert_eq!(refused.obstacle("acknowledgeConsolidatedReport"), Some("consolidatedReport.notSent"));

    let beside = app.persona("coordinator").create(&collection(&october), frozen(&october)).await.refused(409);
    assert_eq!(beside.code(), "consolidatedReport.exists");
    let new = replacing(&app, &october, &refused).await.created();
    assert_eq!((&new.body["replacesId"], &new.body["dueBefore"]), (&refused.body["id"], &refused.body["dueBefore"]));
    let twice = replacing(&app, &october, &refused).await.refused(409);
    assert_eq!(twice.code(), "consolidatedReport.replacesNotRefused");
    let submitted = app.persona("coordinator").command(&way(&new, "submit"), &new).await.ok();
    let signed = app.persona("chair").command_with(&way(&new, "sign"), &submitted, json!({})).await.ok();
    let number = json!({"number": 27, "issueDate": app.today()});
    let clerk = app.persona("clerk");
    let issued = clerk.command_with(&way(&new, "issue"), &signed, number).await.ok();
    let shown = async |report: &Reply, member: &str| {
        let path = format!("/documents/{}", report.body["document"]["documentId"].as_str().unwrap());
        let relations = clerk.get(&path).await.ok().body[member].clone();
        let [relation] = relations.as_array().unwrap().as_slice() else { panic!("one relation: {relations}") };
        json!([relation["kind"], relation["symbol"], relation["reason"]])
    };
    let why = "Thiếu phụ lục số liệu.";
    assert_eq!(shown(&issued, "relations").await, json!(["REPLACES", refused.body["document"]["symbol"], why]));
    assert_eq!(shown(&refused, "affectedBy").await, json!(["REPLACES", "27/BC-UBND", why]));
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn a_supplement_stands_beside_the_acknowledged_report_which_stays_as_it_was_signed() {
    let app = TestApp::start_at(TODAY).await;
    let october = city::october(&app).await;
    let acknowledged = acknowledged(&app, &october).await;
    app.at("2026-01-05");
    let (coordinator, path) = (app.persona("coordinator"), way(&acknowledged, "supplement"));
    let keyed = coordinator.with("Idempotency-Key", "bo-sung-1");
    let untagged = keyed.send(Method::POST, &path, Some(supplement(&october).to_string())).await.refused(428);
    assert_eq!(untagged.faults(), ["If-Match header.missing"]);

    let new = keyed.command_with(&path, &acknowledged, supplement(&october)).await.created();
    assert_eq!(new.header("Location"), format!("/v1/consolidated-reports/{}", new.id()));
    assert_eq!((&new.body["stage"], &new.body["version"]), (&json!("DRAFT"), &json!(1)));
    assert_eq!(new.body["supplementsId"], acknowledged.body["id"]);
    assert_eq!(new.text("supplementReason"), "Kết quả từ ngày 06 đến ngày 31 tháng 12.");
    assert!(new.body["dueBefore"].is_null(), "the plan's deadline was for the report that it supplements");

    let old = coordinator.get(&format!("/consolidated-reports/{}", acknowledged.id())).await.ok();
    assert_eq!((old.text("stage"), &old.body["supplementedById"]), ("SUPPLEMENTED", &new.body["id"]));
    for part in ["snapshot", "narrative", "signature", "document", "dispatch", "receipt"] {
        assert_eq!(old.body[part], acknowledged.body[part], "{part}");
    }
    let again = keyed.command_with(&path, &acknowledged, supplement(&october)).await.created();
    assert_eq!((again.id(), again.header("Idempotency-Replayed")), (new.id(), "true"));
    let stale = coordinator.command_with(&path, &acknowledged, supplement(&october)).await.refused(412);
    assert_eq!(stale.code(), "resource.stale");
    let twice = coordinator.command_with(&path, &old, supplement(&october)).await.refused(409);
    assert_eq!(twice.code(), "consolidatedReport.notAcknowledged");
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn a_supplement_says_what_changed_since_and_who_does_not_see_it_learns_nothing_of_it() {
    let app = TestApp::start_at(TODAY).await;
    let october = city::october(&app).await;
    let acknowledged = acknowledged(&app, &october).await;
    let (coordinator, portal) = (app.persona("coordinator"), app.persona("portal"));
    let path = format!("/consolidated-reports/{}", acknowledged.id());
    let alone = coordinator.get(&format!("{path}/differences")).await.refused(422);
    assert_eq!(alone.faults(), ["sinceId field.missing"]);

    let station = &october.station;
    coordinator.command(&format!("/reports/{}/accept", station.id()), station).await.ok();
    app.at("2026-01-05");
    let new = coordinator
        .command_with(&way(&acknowledged, "supplement"), &acknowledged, supplement(&october))
        .await
        .created();
    let changed = coordinator.get(&format!("/consolidated-reports/{}/differences", new.id())).await.ok();
    assert_eq!(
        (&changed.body["sinceId"], &changed.body["reason"]),
        (&acknowledged.body["id"], &new.body["supplementReason"])
    );
    let counts = &changed.body["counts"];
    assert_eq!((&counts["reportingBefore"]["accepted"], &counts["reportingAfter"]["accepted"]), (&json!(1), &json!(2)));
    let reports = changed.body["reports"].as_array().unwrap();
    assert_eq!((reports.len(), &reports[0]["unitCode"], &reports[0]["before"]), (1, &json!("TYTX"), &json!(null)));
    assert_eq!(reports[0]["after"]["reportId"], station.body["id"]);
    let missing = changed.body["missing"].as_array().unwrap();
    assert_eq!((missing.len(), &missing[0]["before"]["unitCode"]), (1, &json!("TYTX")));
    assert!(missing[0]["after"].is_null() && changed.body["planTargets"].as_array().unwrap().is_empty());

    let back = coordinator.get(&format!("{path}/differences?sinceId={}", new.id())).await.ok();
    assert_eq!(back.body["reports"][0]["before"], reports[0]["after"]);
    let hidden = portal.get(&format!("{path}/differences?sinceId={}", new.id())).await.refused(422);
    assert_eq!(hidden.faults(), ["sinceId reference.unknown"]);
    assert_eq!(portal.get(&format!("/consolidated-reports/{}/differences", new.id())).await.refused(404).status, 404);
}

#[tokio::test]
async fn a_supplement_of_periods_that_are_not_there_changes_nothing() {
    let app = TestApp::start_at(TODAY).await;
    let october = city::october(&app).await;
    let acknowledged = acknowledged(&app, &october).await;
    let mut body = supplement(&october);
    body["periodIds"] = json!([october.campaign.id()]);
    let path = way(&acknowledged, "supplement");
    let refused = app.persona("coordinator").command_with(&path, &acknowledged, body).await.refused(422);
    assert_eq!(refused.faults(), ["/periodIds/0 reference.unknown"]);
    let read = app.persona("coordinator").get(&format!("/consolidated-reports/{}", acknowledged.id())).await.ok();
    assert_eq!(read.text("stage"), "ACKNOWLEDGED");
}
