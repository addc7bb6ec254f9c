//! The report to the city, on every step of its way.

use serde_json::{Value, json};
use thidua_tests::{Reply, TestApp};

use super::{
    measured, registered,
    reporting::{open, running_since_september},
    target, unit,
};

/// The number that the city gives the report.
pub(crate) const RECEIPT: &str = "HP-2025-118732";

/// A campaign with October, reported on: TH1 accepted, VHXH accepted of its own will with the commune's insurance figure,
/// TYTX waiting, MN1 given back, TH2 and THCS1 silent. It is 8 December, 9 o'clock.
#[derive(Clone, Debug)]
pub(crate) struct October {
    pub(crate) campaign: Reply,
    pub(crate) period: Reply,
    /// The accepted report of TH1.
    pub(crate) school: Reply,
    /// The accepted report of VHXH.
    pub(crate) office: Reply,
    /// The report of TYTX, which waits to be judged.
    pub(crate) station: Reply,
}

pub(crate) async fn october(app: &TestApp) -> October {
    app.at("2025-11-03");
    let campaign = running_since_september(app).await;
    registered(app, &campaign, "unit-head").await;
    let period = open(app, &campaign).await;
    let coordinator = app.persona("coordinator");

    let submitted = school_report(app, &campaign, &period, json!({})).await;
    let school = coordinator.command(&format!("/reports/{}/accept", submitted.id()), &submitted).await.ok();
    let submitted = office_report(app, &campaign, &period).await;
    let office = app.persona("office").command(&format!("/reports/{}/accept", submitted.id()), &submitted).await.ok();
    let station = plain_report(app, &period, "TYTX", "other-unit-head").await;
    let returned = plain_report(app, &period, "MN1", "head-of-MN1").await;
    let reason = json!({ "reason": "Thiếu kết quả quý III.", "remarks": [] });
    coordinator.command_with(&format!("/reports/{}/return", returned.id()), &returned, reason).await.ok();

    app.at("2025-12-08T09:00:00+07:00");
    October { campaign, period, school, office, station }
}

/// The report of TH1, handed in today as 74/BC-TH1, a correction as 75: its insurance target measured, the others explained; one movement of the
/// plan, one other.
pub(crate) async fn school_report(app: &TestApp, campaign: &Reply, period: &Reply, more: Value) -> Reply {
    let insured = target(app, campaign, "unit-officer", "BHYT-HS").await;
    let value = json!({ "kind": "SHARE", "numerator": "482", "denominator": "495" });
    let measured = measured(app, "unit-officer", &insured, "2025-10-31", value).await;
    let mut results = vec![json!({ "targetId": insured.id(), "measurementId": measured.id() })];
    for code in ["SANG-KIEN", "VAN-HOA", "CSVC"] {
        let other = target(app, campaign, "unit-officer", code).await;
        results.push(json!({ "targetId": other.id(), "explanation": "Chưa đến kỳ đánh giá." }));
    }
    let mut report = json!({
        "leadership": { "text": "Tổ chức ký giao ước thi đua.", "documentsIssued": 3, "peopleReached": 495 },
        "targetResults": results,
        "movementResults": [
            { "movement": "M6", "text": "Số hóa hồ sơ học sinh." }, { "name": "Khuyến học", "text": "Trao 12 suất quà." },
        ],
    });
    report.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let symbol = if report["correctsId"].is_null() { "74/BC-TH1" } else { "75/BC-TH1" };
    let numbered = json!({ "symbol": symbol, "issueDate": app.today() });
    hand_in(app, period, "TH1", "unit-head", report, numbered).await
}

/// The report of VHXH, of its own will, with the commune's insurance figure.
pub(crate) async fn office_report(app: &TestApp, campaign: &Reply, period: &Reply) -> Reply {
    let insured = target(app, campaign, "head-of-VHXH", "BHYT").await;
    let value = json!({ "kind": "SHARE", "numerator": "96995", "denominator": "100000" });
    let measured = measured(app, "head-of-VHXH", &insured, "2025-10-31", value).await;
    let results = json!([{ "targetId": insured.id(), "measurementId": measured.id() }]);
    hand_in(app, period, "VHXH", "head-of-VHXH", json!({ "targetResults": results }), json!({})).await
}

/// The report of a unit that has registered nothing.
pub(crate) async fn plain_report(app: &TestApp, period: &Reply, unit_code: &str, head: &str) -> Reply {
    hand_in(app, period, unit_code, head, json!({ "lessons": "Giao việc rõ người, rõ ngày." }), json!({})).await
}

async fn hand_in(
    app: &TestApp,
    period: &Reply,
    unit_code: &str,
    head: &str,
    mut report: Value,
    numbered: Value,
) -> Reply {
    report["unitId"] = unit(app, unit_code).await;
    let draft = app.persona(head).create(&format!("/periods/{}/reports", period.id()), report).await.created();
    app.persona(head).command_with(&format!("/reports/{}/submit", draft.id()), &draft, numbered).await.ok()
}

/// Every section of the outline says something.
pub(crate) fn narrative() -> Value {
    json!({
        "title": "Báo cáo kết quả Đợt thi đua", "leadership": "Đã tổ chức phát động.", "results": "Đạt kết quả tốt.",
        "fieldResults": [{ "field": "3.2", "text": "Hoàn thành nhiệm vụ." }],
        "movementResults": [{ "movement": "M2", "text": "Chỉnh trang đường làng." }],
        "otherMovements": [{ "name": "Khuyến học", "text": "Trao học bổng." }],
        "exemplars": "Một mô hình mới.", "awards": "Đang bình xét.", "difficulties": "Nộp chậm.",
        "lessons": "Đôn đốc sớm.", "directions": "Tiếp tục thực hiện.", "proposals": "Không có.",
    })
}

/// What is frozen of October.
pub(crate) fn frozen(october: &October) -> Value {
    json!({ "periodIds": [october.period.id()], "cutOffDate": "2025-12-05" })
}

/// What begins a report to the city.
pub(crate) fn new(october: &October) -> Value {
    let mut new = frozen(october);
    new["narrative"] = narrative();
    new
}

/// Where reports to the city are compiled.
pub(crate) fn collection(october: &October) -> String {
    format!("/campaigns/{}/consolidated-reports", october.campaign.id())
}

/// Where a command on a report goes.
pub(crate) fn way(report: &Reply, verb: &str) -> String {
    format!("/consolidated-reports/{}/{verb}", report.id())
}

/// A draft, with its whole narrative.
pub(crate) async fn draft(app: &TestApp, october: &October) -> Reply {
    app.persona("coordinator").create(&collection(october), new(october)).await.created()
}

/// The draft that replaces a refused report.
pub(crate) async fn replacing(app: &TestApp, october: &October, refused: &Reply) -> Reply {
    let mut body = new(october);
    body["replacesId"] = refused.id().into();
    app.persona("coordinator").create(&collection(october), body).await
}

/// Before those who review it.
pub(crate) async fn under_review(app: &TestApp, october: &October) -> Reply {
    let draft = draft(app, october).await;
    app.persona("coordinator").command(&way(&draft, "submit"), &draft).await.ok()
}

/// Signed by the chairman.
pub(crate) async fn signed(app: &TestApp, october: &October) -> Reply {
    let submitted = under_review(app, october).await;
    app.persona("chair").command_with(&way(&submitted, "sign"), &submitted, json!({})).await.ok()
}

/// Issued today as 25/BC-UBND.
pub(crate) async fn issued(app: &TestApp, october: &October) -> Reply {
    let signed = signed(app, october).await;
    let numbering = json!({ "number": 25, "issueDate": app.today() });
    app.persona("clerk").command_with(&way(&signed, "issue"), &signed, numbering).await.ok()
}

/// Issued, and its document sealed: it can leave the house.
pub(crate) async fn sealed(app: &TestApp, october: &October) -> Reply {
    let issued = issued(app, october).await;
    seal(app, &issued).await
}

/// The document of an issued report is sealed; answers the report as it stands then.
pub(crate) async fn seal(app: &TestApp, issued: &Reply) -> Reply {
    let clerk = app.persona("clerk");
    let document = format!("/documents/{}", issued.body["document"]["documentId"].as_str().unwrap());
    let read = clerk.get(&document).await.ok();
    clerk.command_with(&format!("{document}/seal"), &read, json!({ "manner": "SEAL" })).await.ok();
    clerk.get(&format!("/consolidated-reports/{}", issued.id())).await.ok()
}

/// Sent now.
pub(crate) async fn sent(app: &TestApp, october: &October) -> Reply {
    let sealed = sealed(app, october).await;
    app.persona("clerk").command(&way(&sealed, "send"), &sealed).await.ok()
}

/// The dispatch by which a report goes to the city, as the clerk reads it.
pub(crate) async fn dispatch(app: &TestApp, report: &Reply) -> Reply {
    let list = format!(
        "/campaigns/{}/dispatches?consolidatedReportId={}",
        report.body["campaignId"].as_str().unwrap(),
        report.id()
    );
    let clerk = app.persona("clerk");
    let listed = clerk.get(&list).await.ok();
    let decides = |one: &&Value| one["forInformation"] == false;
    let found = listed.body["items"].as_array().unwrap().iter().find(decides).expect("a dispatch to the city");
    clerk.get(&format!("/dispatches/{}", found["id"].as_str().unwrap())).await.ok()
}

/// Received by the city.
pub(crate) async fn acknowledged(app: &TestApp, october: &October) -> Reply {
    let sent = sent(app, october).await;
    let receipt = json!({ "receiptNumber": RECEIPT });
    app.persona("portal").command_with(&way(&sent, "acknowledge"), &sent, receipt).await.ok()
}

/// What begins a supplement.
pub(crate) fn supplement(october: &October) -> Value {
    let mut body = new(october);
    body["reason"] = "Kết quả từ ngày 06 đến ngày 31 tháng 12.".into();
    body
}
