//! Accepting and returning: by whom, by whom not, and with what reasons.

use thidua_api::auth::DEV_ISSUER;
use thidua_domain::{
    policy::Directory,
    principal::{Grant, PrincipalKind, RegisterPrincipal, Role},
    text::Line,
    time::Timestamp,
};
use thidua_persistence::{Call, Fence, Identity};

use super::*;

/// Somebody who heads TH1 and works in the coordinating office's business as well.
async fn register_two_hats(app: &TestApp) {
    let school = serde_json::from_value(stage::unit(app, "TH1").await).unwrap();
    let grant = |role: Role, unit| Grant {
        role,
        unit,
        mandate: None,
        valid_from: Timestamp::parse("2025-09-01T00:00:00+07:00").unwrap(),
        valid_before: None,
    };
    let command = RegisterPrincipal {
        person: None,
        kind: PrincipalKind::Person,
        issuer: Line::parse(DEV_ISSUER).unwrap(),
        subject: Line::parse("two-hats").unwrap(),
        name: Line::parse("Nguyễn Văn Kiêm").unwrap(),
        title: None,
        unit: None,
        grants: vec![grant(Role::UnitHead, Some(school)), grant(Role::Coordinator, None)],
    };
    let call = Call { identity: Identity::system(), request_id: "two-hats".to_owned() };
    let written = app.state.store.write(call, None, Fence::None, async move |tx| {
        tx.carry_out(tx.permit_new::<RegisterPrincipal, _>(Directory)?, command.clone()).await
    });
    // A unit of work runs in a task of its own.
    tokio::task::LocalSet::new().run_until(written).await.unwrap();
}

async fn own_report(app: &TestApp, period: &Reply) -> Reply {
    let draft = reporting::report(app, period, "VHXH", "head-of-VHXH").await;
    let own = app.persona("head-of-VHXH").get(&format!("/campaigns/{}/targets", draft.text("campaignId"))).await.ok();
    let explained: Vec<_> = own.body["items"].as_array().unwrap().iter().map(|target| target["id"].clone()).collect();
    let explained: Vec<_> =
        explained.iter().map(|id| json!({"targetId": id, "explanation": "Đang chờ số liệu của BHXH."})).collect();
    let path = format!("/reports/{}", draft.id());
    let written = app.persona("head-of-VHXH").replace(&path, &draft, json!({ "targetResults": explained })).await.ok();
    app.persona("head-of-VHXH").command(&at(&draft, "submit"), &written).await.ok()
}

#[tokio::test]
async fn the_coordinating_office_does_not_judge_its_own_report_and_the_office_of_the_committee_does() {
    let (app, _, period) = in_november().await;
    let own = own_report(&app, &period).await;
    for persona in ["coordinator", "second-coordinator"] {
        for (verb, body) in [("accept", None), ("return", Some(because("Bổ sung")))] {
            let refused = match body {
                None => app.persona(persona).command(&at(&own, verb), &own).await,
                Some(body) => app.persona(persona).command_with(&at(&own, verb), &own, body).await,
            };
            assert_eq!(refused.refused(403).code(), "policy.ownUnit", "{persona} {verb}");
        }
    }
    let seen = read(&app, "coordinator", &own).await;
    assert_eq!(seen.obstacle("acceptReport"), Some("policy.ownUnit"));
    let returned = app.persona("vice-chair").command_with(&at(&own, "return"), &own, because("Bổ sung")).await.ok();
    let again = app.persona("head-of-VHXH").command(&at(&own, "submit"), &returned).await.ok();
    let accepted = app.persona("office").command(&at(&own, "accept"), &again).await.ok();
    assert_eq!(accepted.body["acceptance"]["name"], "Hoàng Văn Nam");
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn others_reports_are_accepted_by_the_coordinating_office_alone_and_returned_also_by_the_office() {
    let (app, _, period) = in_november().await;
    let submitted = reporting::handed_in(&app, &period).await;
    for (persona, code) in [
        ("office", "policy.otherUnit"),
        ("vice-chair", "policy.otherUnit"),
        ("chair", "policy.roleMissing"),
        ("unit-head", "policy.roleMissing"),
        ("auditor", "policy.roleMissing"),
    ] {
        let refused = app.persona(persona).command(&at(&submitted, "accept"), &submitted).await.refused(403);
        assert_eq!(refused.code(), code, "{persona}");
    }
    let returned =
        app.persona("office").command_with(&at(&submitted, "return"), &submitted, because("Bổ sung")).await.ok();
    assert_eq!(returned.text("stage"), "RETURNED");
    let judged = app.persona("coordinator").command(&at(&submitted, "accept"), &returned).await.refused(409);
    assert_eq!(judged.code(), "report.notSubmitted");
    let again = app.persona("unit-head").command(&at(&submitted, "submit"), &returned).await.ok();
    app.persona("second-coordinator").command(&at(&submitted, "accept"), &again).await.ok();
}

#[tokio::test]
async fn who_handed_in_accepts_nothing_whatever_other_roles_the_person_has() {
    let (app, _, period) = in_november().await;
    register_two_hats(&app).await;
    let draft = reporting::report(&app, &period, "TH1", "unit-officer").await;
    let submitted = app.persona("two-hats").command(&at(&draft, "submit"), &draft).await.ok();
    assert_eq!(submitted.obstacle("acceptReport"), Some("policy.samePerson"));
    for (verb, body) in [("accept", None), ("return", Some(because("Bổ sung")))] {
        let refused = match body {
            None => app.persona("two-hats").command(&at(&draft, verb), &submitted).await,
            Some(body) => app.persona("two-hats").command_with(&at(&draft, verb), &submitted, body).await,
        };
        assert_eq!(refused.refused(403).code(), "policy.samePerson", "{verb}");
    }
    app.persona("coordinator").command(&at(&draft, "accept"), &submitted).await.ok();
}

#[tokio::test]
async fn a_return_says_why_points_at_what_is_there_and_names_an_instant_to_come() {
    let (app, _, period) = in_november().await;
    let submitted = reporting::handed_in(&app, &period).await;
    let coordinator = app.persona("coordinator");
    let path = at(&submitted, "return");
    let unsaid = coordinator.command_with(&path, &submitted, json!({})).await.refused(400);
    assert!(unsaid.faults()[0].ends_with("field.missing"));
    let remark = |pointer: &str| json!({ "pointer": pointer, "reason": "Cần số liệu cụ thể" });
    let wrong = json!({
        "reason": "Xem lại", "remarks": [remark("/lessons"), remark("/targetResults/0")],
        "resubmitBefore": "2025-11-03T08:00:00+07:00",
    });
    let refused = coordinator.command_with(&path, &submitted, wrong).await.refused(422);
    assert_eq!(refused.faults(), ["/remarks/1/pointer remark.unknownPointer", "/resubmitBefore deadline.passed"]);

    let right = json!({
        "reason": "Xem lại", "remarks": [remark("/lessons")], "resubmitBefore": "2025-11-07T00:00:00+07:00",
    });
    let returned = coordinator.command_with(&path, &submitted, right.clone()).await.ok();
    let seen = read(&app, "unit-officer", &submitted).await;
    assert_eq!((seen.text("stage"), seen.text("returnReason")), ("RETURNED", "Xem lại"));
    assert_eq!(seen.body["remarks"], right["remarks"]);
    assert_eq!(seen.text("resubmitBefore"), "2025-11-06T17:00:00Z");
    let twice = coordinator.command_with(&path, &returned, because("Lần nữa")).await.refused(409);
    assert_eq!(twice.code(), "report.notSubmitted");
    // What to do instead is said: who wants accepted figures changed hands in a correction.
    let advice = twice.text("detail");
    assert!(advice.contains("báo cáo điều chỉnh"), "{advice}");

    let written = json!({"lessons": "Giao việc rõ người, rõ ngày; đã hoàn thành 12/12 việc."});
    let path = format!("/reports/{}", submitted.id());
    let written = app.persona("unit-officer").replace(&path, &seen, written).await.ok();
    let again = app.persona("unit-head").command(&at(&submitted, "submit"), &written).await.ok();
    assert!(again.body["returnReason"].is_null());
    assert_eq!(again.body["remarks"], right["remarks"], "what was asked for stands beside the answer to it");
    coordinator.command(&at(&submitted, "accept"), &again).await.ok();
}
