//! What Văn phòng compiles for the committee of the commune: the same figures, other people, another way.

use serde_json::{Value, json};
use thidua_tests::{Reply, TestApp};

use crate::stage::{
    self,
    city::{self, October, collection, frozen, way},
    office::{draft, issued, new, presented, received, under_review},
};

const TODAY: &str = "2025-12-08T09:00:00+07:00";

async fn begun() -> (TestApp, October) {
    let app = TestApp::start_at(TODAY).await;
    let october = city::october(&app).await;
    (app, october)
}

async fn read(app: &TestApp, persona: &str, report: &Reply) -> Reply {
    app.persona(persona).get(&format!("/consolidated-reports/{}", report.id())).await
}

#[tokio::test]
async fn it_freezes_what_the_city_would_be_told_and_names_who_is_missing() {
    let (app, october) = begun().await;
    let mine = draft(&app, &october).await;
    let city = city::draft(&app, &october).await;
    assert_eq!(mine.body["snapshot"], city.body["snapshot"]);
    assert_eq!(mine.body["snapshot"]["missingUnits"].as_array().unwrap().len(), 4);
    assert_eq!((&mine.body["kind"], &mine.body["kindLabel"]), (&json!("PERIODIC"), &json!("Báo cáo định kỳ")));
    let (vp, ubnd) = (stage::unit(&app, "VP").await, stage::unit(&app, "UBND").await);
    assert_eq!((&mine.body["issuerUnitId"], &mine.body["coordinatingUnitId"]), (&vp, &vp));
    assert_eq!((&mine.body["addresseeUnitId"], &city.body["addresseeUnitId"]), (&ubnd, &Value::Null));
    // D6 of the plan has no date, and none is made up.
    assert_eq!((&mine.body["dueBefore"], &city.body["dueBefore"]), (&Value::Null, &json!("2025-12-14T17:00:00Z")));
}

#[tokio::test]
async fn it_is_signed_by_the_head_of_the_office_numbered_in_the_offices_series_presented_and_received() {
    let (app, october) = begun().await;
    // The commune's own series is another one: the same number is free in it.
    city::issued(&app, &october).await;
    let received = received(&app, &october).await;
    assert_eq!((received.text("stage"), received.text("stageLabel")), ("RECEIVED", "Đã tiếp nhận"));
    let signature = &received.body["signature"];
    assert_eq!(
        (&signature["capacity"], &signature["capacityLabel"]),
        (&json!("HEAD_OF_UNIT"), &json!("CHÁNH VĂN PHÒNG"))
    );
    assert_eq!(received.body["document"]["symbol"], "01/BC-VP");
    assert_eq!(received.body["dispatch"], json!({ "sentAt": "2025-12-08T02:00:00Z", "late": false }));
    assert_eq!(received.body["reception"]["name"], "Trần Quốc Mẫu");
    assert_eq!(received.body["reception"]["receivedAt"], "2025-12-08T02:00:00Z");
    let school = app.persona("unit-head").get(&format!("/reports/{}", october.school.id())).await.ok();
    assert_eq!(school.text("stage"), "LOCKED");
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn nothing_of_it_goes_to_the_city() {
    let (app, october) = begun().await;
    let issued = issued(&app, &october).await;
    let refused = app.persona("clerk").command(&way(&issued, "send"), &issued).await.refused(403);
    assert_eq!(refused.code(), "policy.otherAddressee");
    let issued = city::seal(&app, &issued).await;
    let presented = app.persona("clerk").command(&way(&issued, "present"), &issued).await.ok();
    read(&app, "portal", &presented).await.refused(404);
    let listed = app.persona("portal").get(&format!("{}?includeTotal=true", collection(&october))).await.ok();
    assert_eq!(listed.body["total"], 0);
    let city = city::issued(&app, &october).await;
    let refused = app.persona("clerk").command(&way(&city, "present"), &city).await.refused(403);
    assert_eq!(refused.code(), "policy.otherAddressee");
}

#[tokio::test]
async fn each_office_compiles_its_own_kinds() {
    let (app, october) = begun().await;
    for kind in ["PERIODIC", "INTERIM", "SUMMARY"] {
        let refused = app.persona("coordinator").create(&collection(&october), new(&october, kind)).await.refused(403);
        assert_eq!(refused.code(), "policy.otherAddressee", "{kind}");
        let made = app.persona("office").create(&collection(&october), new(&october, kind)).await.created();
        assert_eq!(made.body["kind"], kind);
        let refused = app.persona("coordinator").command(&way(&made, "submit"), &made).await.refused(403);
        assert_eq!(refused.code(), "policy.otherAddressee", "{kind}");
    }
    let listed = app.persona("auditor").get(&format!("{}?kind=INTERIM&kind=SUMMARY", collection(&october))).await.ok();
    let kinds: Vec<_> = listed.body["items"].as_array().unwrap().iter().map(|item| item["kind"].clone()).collect();
    assert_eq!(kinds, ["SUMMARY", "INTERIM"]);
}

#[tokio::test]
async fn its_head_returns_it_and_other_units_know_nothing_of_it() {
    let (app, october) = begun().await;
    let submitted = under_review(&app, &october).await;
    for persona in ["head-of-VHXH", "unit-head", "accountant"] {
        read(&app, persona, &submitted).await.refused(404);
    }
    let chair = read(&app, "chair", &submitted).await.ok();
    assert_eq!(chair.obstacle("signConsolidatedReport"), Some("policy.otherAddressee"));
    let office = read(&app, "office", &submitted).await.ok();
    assert_eq!(office.obstacle("signConsolidatedReport"), Some("policy.roleMissing"));
    let head = app.persona("head-of-VP");
    let city = city::draft(&app, &october).await;
    assert_eq!(
        read(&app, "head-of-VP", &city).await.ok().obstacle("signConsolidatedReport"),
        Some("policy.roleMissing")
    );
    let why = json!({ "reason": "Bổ sung nguyên nhân chậm." });
    let returned = head.command_with(&way(&submitted, "return"), &submitted, why).await.ok();
    assert_eq!((returned.text("stage"), returned.text("returnReason")), ("DRAFT", "Bổ sung nguyên nhân chậm."));
}

#[tokio::test]
async fn who_drafted_it_does_not_sign_and_who_signed_it_does_not_receive() {
    use thidua_domain::principal::Role;
    let (app, october) = begun().await;
    let vp = stage::unit(&app, "VP").await;
    let roles = [Role::Office, Role::UnitHead, Role::ViceChair];
    app.register_at(vp.as_str().unwrap(), "deputy-and-head", &roles).await;
    let both = app.persona("deputy-and-head");
    let draft = both.create(&collection(&october), new(&october, "INTERIM")).await.created();
    let submitted = app.persona("office").command(&way(&draft, "submit"), &draft).await.ok();
    let sign = async |person: &str, report: &Reply| {
        app.persona(person).command_with(&way(report, "sign"), report, json!({})).await
    };
    assert_eq!(sign("deputy-and-head", &submitted).await.refused(403).code(), "policy.samePerson");
    sign("head-of-VP", &submitted).await.ok();

    let submitted = under_review(&app, &october).await;
    let signed = sign("deputy-and-head", &submitted).await.ok();
    assert_eq!(signed.body["signature"]["capacity"], "HEAD_OF_UNIT");
    let numbering = json!({ "number": 2, "issueDate": app.today() });
    let issued = app.persona("clerk").command_with(&way(&signed, "issue"), &signed, numbering).await.ok();
    let issued = city::seal(&app, &issued).await;
    let presented = app.persona("clerk").command(&way(&issued, "present"), &issued).await.ok();
    let refused = both.command_with(&way(&presented, "receive"), &presented, json!({})).await.refused(403);
    assert_eq!(refused.code(), "policy.samePerson");
    app.persona("vice-chair").command_with(&way(&presented, "receive"), &presented, json!({})).await.ok();
}

#[tokio::test]
async fn one_of_a_kind_stands_on_the_same_periods_until_it_is_received_and_replaced() {
    let (app, october) = begun().await;
    let office = app.persona("office");
    let presented = presented(&app, &october).await;
    let mut again = new(&october, "PERIODIC");
    let refused = office.create(&collection(&october), again.clone()).await.refused(409);
    assert_eq!(refused.faults(), ["/replacesId consolidatedReport.existsForPeriods"]);
    again["replacesId"] = presented.id().into();
    let refused = office.create(&collection(&october), again.clone()).await.refused(409);
    assert_eq!(refused.faults(), ["/replacesId consolidatedReport.replacesNotReceived"]);
    // Another kind on the same periods is another report.
    let interim = office.create(&collection(&october), new(&october, "INTERIM")).await.created();
    office.command_with(&way(&interim, "freeze"), &interim, frozen(&october)).await.ok();

    app.persona("chair").command_with(&way(&presented, "receive"), &presented, json!({})).await.ok();
    let replacing = office.create(&collection(&october), again.clone()).await.created();
    assert_eq!(replacing.body["replacesId"], presented.body["id"]);
    office.command_with(&way(&replacing, "freeze"), &replacing, frozen(&october)).await.ok();
    assert_eq!(
        office.create(&collection(&october), again).await.refused(409).code(),
        "consolidatedReport.replacesNotReceived"
    );
}

#[tokio::test]
async fn freezing_again_does_not_take_the_place_of_another_one() {
    let (app, october) = begun().await;
    let office = app.persona("office");
    draft(&app, &october).await;
    let mut september = stage::reporting::october();
    september["code"] = json!("2025-09");
    september["name"] = json!("Tháng 9 năm 2025");
    september["startDate"] = json!("2025-09-15");
    september["endDate"] = json!("2025-09-30");
    let periods = format!("/campaigns/{}/periods", october.campaign.id());
    let september = app.persona("coordinator").create(&periods, september).await.created();
    let mut other = new(&october, "PERIODIC");
    other["periodIds"] = json!([september.id()]);
    let other = office.create(&collection(&october), other).await.created();
    let refused = office.command_with(&way(&other, "freeze"), &other, frozen(&october)).await.refused(409);
    assert_eq!(refused.faults(), ["/periodIds consolidatedReport.existsForPeriods"]);
    let mut both = frozen(&october);
    both["periodIds"] = json!([september.id(), october.period.id()]);
    office.command_with(&way(&other, "freeze"), &other, both).await.ok();
}

#[tokio::test]
async fn what_does_not_fit_the_kind_is_refused_by_its_member_and_nothing_is_written() {
    let (app, october) = begun().await;
    let office = app.persona("office");
    let mut last = stage::reporting::october();
    last["code"] = json!("TK");
    last["kind"] = json!("FINAL");
    let periods = format!("/campaigns/{}/periods", october.campaign.id());
    let last = app.persona("coordinator").create(&periods, last).await.created();
    let events = app.events().await;
    let mut on_the_end = new(&october, "PERIODIC");
    on_the_end["periodIds"] = json!([october.period.id(), last.id()]);
    for kind in ["PERIODIC", "INTERIM"] {
        on_the_end["kind"] = kind.into();
        let refused = office.create(&collection(&october), on_the_end.clone()).await.refused(422);
        assert_eq!(refused.faults(), ["/periodIds/1 consolidatedReport.periodOfOtherKind"], "{kind}");
    }
    on_the_end["kind"] = json!("YEARLY");
    office.create(&collection(&october), on_the_end.clone()).await.refused(400);
    let mut dated = new(&october, "CITY_FINAL");
    dated["dueBefore"] = json!("2025-12-20T00:00:00+07:00");
    let refused = app.persona("coordinator").create(&collection(&october), dated).await.refused(422);
    assert_eq!(refused.faults(), ["/dueBefore consolidatedReport.deadlineGiven"]);
    assert_eq!(app.events().await, events);
    on_the_end["kind"] = json!("SUMMARY");
    office.create(&collection(&october), on_the_end).await.created();
}

#[tokio::test]
async fn a_deadline_that_the_plan_does_not_give_can_be_named_and_its_instant_is_late() {
    for (instant, late) in [("2025-12-09T23:59:59.999999+07:00", false), ("2025-12-10T00:00:00+07:00", true)] {
        let (app, october) = begun().await;
        let mut dated = new(&october, "PERIODIC");
        dated["dueBefore"] = json!("2025-12-10T00:00:00+07:00");
        let draft = app.persona("office").create(&collection(&october), dated).await.created();
        assert_eq!(draft.text("dueBefore"), "2025-12-09T17:00:00Z");
        let submitted = app.persona("office").command(&way(&draft, "submit"), &draft).await.ok();
        let sign = way(&submitted, "sign");
        let signed = app.persona("head-of-VP").command_with(&sign, &submitted, json!({})).await.ok();
        let numbering = json!({ "number": 1, "issueDate": app.today() });
        let issued = app.persona("clerk").command_with(&way(&signed, "issue"), &signed, numbering).await.ok();
        app.at(instant);
        let issued = city::seal(&app, &issued).await;
        let presented = app.persona("clerk").command(&way(&issued, "present"), &issued).await.ok();
        assert_eq!(presented.body["dispatch"]["late"], late, "{instant}");
    }
}

#[tokio::test]
async fn a_stale_one_is_signed_only_as_frozen() {
    let (app, october) = begun().await;
    let submitted = under_review(&app, &october).await;
    let accept = format!("/reports/{}/accept", october.station.id());
    app.persona("coordinator").command(&accept, &october.station).await.ok();
    assert_eq!(read(&app, "head-of-VP", &submitted).await.ok().body["stale"], true);
    let head = app.persona("head-of-VP");
    let refused = head.command_with(&way(&submitted, "sign"), &submitted, json!({})).await.refused(409);
    assert_eq!(refused.faults(), ["/asFrozen consolidatedReport.snapshotStale"]);
    let signed = head.command_with(&way(&submitted, "sign"), &submitted, json!({ "asFrozen": true })).await.ok();
    assert_eq!(signed.body["signedAsFrozen"], true);
}

#[tokio::test]
async fn the_other_movements_are_the_citys_to_know() {
    let (app, october) = begun().await;
    let mut without = new(&october, "PERIODIC");
    without["narrative"]["otherMovements"] = json!([]);
    let draft = app.persona("office").create(&collection(&october), without).await.created();
    app.persona("office").command(&way(&draft, "submit"), &draft).await.ok();
}

#[tokio::test]
async fn the_committee_gives_a_report_back_with_reasons_and_the_office_replaces_it() {
    let (app, october) = begun().await;
    let presented = presented(&app, &october).await;
    let why = json!({"reason": "Bổ sung kết quả tháng 9 và nguyên nhân các đơn vị nộp muộn."});
    let hand_back = way(&presented, "hand-back");
    for persona in ["office", "head-of-VP", "clerk", "coordinator"] {
        let refused = app.persona(persona).command_with(&hand_back, &presented, why.clone()).await.refused(403);
        assert_eq!(refused.code(), "policy.roleMissing", "{persona}");
    }
    app.persona("chair").command_with(&hand_back, &presented, json!({})).await.refused(400);
    let back = app.persona("chair").command_with(&hand_back, &presented, why.clone()).await.ok();
    assert_eq!((back.text("stage"), back.text("stageLabel")), ("HANDED_BACK", "Đã trả lại"));
    assert_eq!(
        (&back.body["handBack"]["reason"], &back.body["handBack"]["handedBackAt"]),
        (&why["reason"], &back.body["updatedAt"])
    );
    for kept in ["document", "signature", "dispatch", "snapshot", "narrative"] {
        assert_eq!(back.body[kept], presented.body[kept], "{kept}");
    }
    let again = app.persona("vice-chair").command_with(&way(&back, "receive"), &back, json!({})).await.refused(409);
    assert_eq!(again.code(), "consolidatedReport.notPresented");
    read(&app, "portal", &back).await.refused(404);

    let mut new = new(&october, "PERIODIC");
    new["replacesId"] = back.id().into();
    let replacing = app.persona("office").create(&collection(&october), new).await.created();
    assert_eq!(replacing.body["replacesId"], back.body["id"]);
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn the_committee_says_something_to_a_report_of_which_it_takes_note() {
    let (app, october) = begun().await;
    let presented = presented(&app, &october).await;
    let opinion = json!({"opinion": "Giao Văn phòng đôn đốc các đơn vị chưa nộp báo cáo."});
    let received =
        app.persona("vice-chair").command_with(&way(&presented, "receive"), &presented, opinion.clone()).await.ok();
    assert_eq!(received.body["reception"]["opinion"], opinion["opinion"]);
    assert_eq!(read(&app, "head-of-VP", &received).await.ok().body["reception"], received.body["reception"]);
    let late = app.persona("chair").command_with(&way(&received, "hand-back"), &received, because()).await.refused(409);
    assert_eq!(late.code(), "consolidatedReport.notPresented");
}

fn because() -> Value {
    json!({"reason": "Bổ sung số liệu."})
}
