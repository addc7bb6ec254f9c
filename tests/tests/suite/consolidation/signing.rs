//! Review, signature, and what signing does to the reports of the units.

use serde_json::json;
use thidua_tests::{Reply, TestApp};

use crate::stage::{
    self,
    city::{self, October, collection, frozen, school_report, under_review, way},
};

const TODAY: &str = "2025-12-08T09:00:00+07:00";

async fn reviewed() -> (TestApp, October, Reply) {
    let app = TestApp::start_at(TODAY).await;
    let october = city::october(&app).await;
    let submitted = under_review(&app, &october).await;
    (app, october, submitted)
}

async fn stage_of(app: &TestApp, report: &Reply) -> Reply {
    app.persona("auditor").get(&format!("/reports/{}", report.id())).await.ok()
}

#[tokio::test]
async fn every_section_of_the_outline_says_something_before_anybody_reviews_it() {
    let app = TestApp::start_at(TODAY).await;
    let october = city::october(&app).await;
    let coordinator = app.persona("coordinator");
    let bare = coordinator.create(&collection(&october), frozen(&october)).await.created();
    let refused = coordinator.command(&way(&bare, "submit"), &bare).await.refused(422);
    assert_eq!(refused.faults().len(), 10);
    assert!(refused.faults().contains(&"/narrative/otherMovements field.missing".to_owned()));

    let mut narrative = city::narrative();
    narrative["otherMovements"] = json!([]);
    narrative["otherMovementsRemark"] = "Không có phong trào nào khác.".into();
    let path = format!("/consolidated-reports/{}", bare.id());
    let written = coordinator.replace(&path, &bare, json!({ "narrative": narrative })).await.ok();
    assert_eq!(coordinator.command(&way(&bare, "submit"), &written).await.ok().body["stage"], "UNDER_REVIEW");
}

#[tokio::test]
async fn a_returned_report_says_why_until_it_is_handed_in_again() {
    let (app, _, submitted) = reviewed().await;
    let reason = json!({ "reason": "Bổ sung phong trào khác." });
    let returned = app.persona("office").command_with(&way(&submitted, "return"), &submitted, reason).await.ok();
    assert_eq!((&returned.body["stage"], returned.text("returnReason")), (&json!("DRAFT"), "Bổ sung phong trào khác."));
    let again = app.persona("coordinator").command(&way(&submitted, "submit"), &returned).await.ok();
    assert!(again.body["returnReason"].is_null());
    let sign = way(&submitted, "sign");
    let refused = app.persona("chair").command_with(&sign, &submitted, json!({})).await.refused(412);
    assert_eq!(refused.code(), "resource.stale");
}

#[tokio::test]
async fn who_compiled_never_signs_by_person_and_a_deputy_signs_for_the_chairman() {
    let (app, _, submitted) = reviewed().await;
    let sign = way(&submitted, "sign");
    let deputy = app.persona("vice-chair");
    // The deputy chairman and the compiler become one person with two accounts.
    let mut owner = app.database.owner().await;
    let same_person = "UPDATE principal SET person_id = (SELECT person_id FROM principal WHERE subject = $1)
                       WHERE subject = 'vice-chair'";
    sqlx::query(same_person).bind("coordinator").execute(&mut owner).await.unwrap();
    let refused = deputy.command_with(&sign, &submitted, json!({})).await.refused(403);
    assert_eq!(refused.code(), "policy.samePerson");
    let read = deputy.get(&format!("/consolidated-reports/{}", submitted.id())).await.ok();
    assert_eq!(read.obstacle("signConsolidatedReport"), Some("policy.samePerson"));

    // A colleague of the compiler's office took no part in this report.
    sqlx::query(same_person).bind("second-coordinator").execute(&mut owner).await.unwrap();
    let signed = deputy.command_with(&sign, &submitted, json!({})).await.ok();
    let label = "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH";
    assert_eq!(signed.body["signature"]["capacityLabel"], label);
}

#[tokio::test]
async fn whoever_froze_again_has_compiled_too() {
    let app = TestApp::start_at(TODAY).await;
    let october = city::october(&app).await;
    let draft = city::draft(&app, &october).await;
    let second = app.persona("second-coordinator");
    let again = second.command_with(&way(&draft, "freeze"), &draft, frozen(&october)).await.ok();
    let submitted = app.persona("coordinator").command(&way(&draft, "submit"), &again).await.ok();
    let mut owner = app.database.owner().await;
    let same = "UPDATE principal SET person_id = (SELECT person_id FROM principal WHERE subject = 'second-coordinator')
                WHERE subject = 'chair'";
    sqlx::query(same).execute(&mut owner).await.unwrap();
    let refused = app.persona("chair").command_with(&way(&draft, "sign"), &submitted, json!({})).await.refused(403);
    assert_eq!(refused.code(), "policy.samePerson");
}

#[tokio::test]
async fn signing_locks_the_reports_it_rests_on_and_no_other() {
    let (app, october, submitted) = reviewed().await;
    let signed = app.persona("chair").command_with(&way(&submitted, "sign"), &submitted, json!({})).await.ok();
    assert_eq!(signed.body["signature"]["name"], "Trần Quốc Mẫu");
    assert_eq!(signed.body["signedAsFrozen"], false);
    for report in [&october.school, &october.office] {
        assert_eq!(stage_of(&app, report).await.text("stage"), "LOCKED");
    }
    assert_eq!(stage_of(&app, &october.station).await.text("stage"), "SUBMITTED");
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn a_stale_snapshot_is_signed_only_as_frozen_and_that_stays_visible() {
    let (app, october, submitted) = reviewed().await;
    let (chair, sign) = (app.persona("chair"), way(&submitted, "sign"));
    let station = &october.station;
    app.persona("coordinator").command(&format!("/reports/{}/accept", station.id()), station).await.ok();
    let read = chair.get(&format!("/consolidated-reports/{}", submitted.id())).await.ok();
    assert_eq!(read.body["stale"], true);
    for body in [json!({}), json!({ "asFrozen": false })] {
        let refused = chair.command_with(&sign, &submitted, body).await.refused(409);
        assert_eq!(refused.faults(), ["/asFrozen consolidatedReport.snapshotStale"]);
    }
    assert_eq!(stage_of(&app, &october.school).await.text("stage"), "ACCEPTED", "nothing was written");
    let signed = chair.command_with(&sign, &submitted, json!({ "asFrozen": true })).await.ok();
    assert_eq!(signed.body["signedAsFrozen"], true);
    assert_eq!(stage_of(&app, station).await.text("stage"), "ACCEPTED", "what was not frozen is not locked");
}

#[tokio::test]
async fn a_correction_of_a_locked_report_supersedes_it_and_the_signed_report_stays_as_it_was() {
    let app = TestApp::start_at(TODAY).await;
    let october = city::october(&app).await;
    let signed = city::signed(&app, &october).await;
    let path = format!("/consolidated-reports/{}", signed.id());
    let auditor = app.persona("auditor");
    let before = auditor.get(&path).await.ok();

    let why = json!({ "correctsId": october.school.id(), "correctionReason": "Nhập nhầm số học sinh." });
    let correction = school_report(&app, &october.campaign, &october.period, why).await;
    let accept = format!("/reports/{}/accept", correction.id());
    app.persona("coordinator").command(&accept, &correction).await.ok();
    assert_eq!(stage_of(&app, &october.school).await.text("stage"), "SUPERSEDED");
    assert_eq!(stage_of(&app, &correction).await.text("stage"), "ACCEPTED");
    let after = auditor.get(&path).await.ok();
    assert_eq!((after.etag(), &after.body), (before.etag(), &before.body));
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn a_correction_that_is_accepted_during_review_makes_the_snapshot_stale() {
    let (app, october, submitted) = reviewed().await;
    let why = json!({ "correctsId": october.school.id(), "correctionReason": "Nhập nhầm số học sinh." });
    let correction = school_report(&app, &october.campaign, &october.period, why).await;
    let read = async || app.persona("chair").get(&format!("/consolidated-reports/{}", submitted.id())).await.ok();
    assert_eq!(read().await.body["stale"], false, "a correction that is not accepted counts for nothing");
    let accept = format!("/reports/{}/accept", correction.id());
    app.persona("coordinator").command(&accept, &correction).await.ok();
    assert_eq!(read().await.body["stale"], true);
    let unit = stage::unit(&app, "TH1").await;
    let included = &submitted.body["snapshot"]["includedReports"];
    let frozen = included.as_array().unwrap().iter().find(|report| report["unitId"] == unit).unwrap();
    assert_eq!(frozen["reportId"], october.school.body["id"]);
}
