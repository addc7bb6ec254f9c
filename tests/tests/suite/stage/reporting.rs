//! Periods and reports to begin with.

use serde_json::{Value, json};
use thidua_tests::{Reply, TestApp};

use super::{measured, running, target, unit};

/// A campaign that runs since 15 September, whatever the day of the clock.
pub(crate) async fn running_since_september(app: &TestApp) -> Reply {
    let today = app.today();
    app.at("2025-09-15");
    let running = running(app).await;
    app.at(&today);
    running
}

/// A month to be reported on: October, due before 5 November.
pub(crate) fn october() -> Value {
    json!({
        "code": "2025-10", "name": "Tháng 10 năm 2025", "kind": "MONTHLY", "startDate": "2025-10-01",
        "endDate": "2025-10-31", "opensAt": "2025-10-25T00:00:00+07:00", "dueBefore": "2025-11-05T00:00:00+07:00",
        "closesAt": "2025-11-10T00:00:00+07:00",
    })
}

/// A month after the other to the end of the campaign, each due three working days after its last day.
pub(crate) fn monthly() -> Value {
    json!({
        "kind": "MONTHLY", "startDate": "2025-09-15", "endDate": "2025-12-31", "dueWorkingDays": 3,
        "opensDaysBefore": 6, "closesWorkingDays": 3,
    })
}

/// October, planned.
pub(crate) async fn planned(app: &TestApp, campaign: &Reply) -> Reply {
    app.persona("coordinator").create(&format!("/campaigns/{}/periods", campaign.id()), october()).await.created()
}

/// October, open for reports.
pub(crate) async fn open(app: &TestApp, campaign: &Reply) -> Reply {
    let planned = planned(app, campaign).await;
    app.persona("coordinator").command(&format!("/periods/{}/open", planned.id()), &planned).await.ok()
}

/// The draft of a unit's report, by somebody of the unit.
pub(crate) async fn report(app: &TestApp, period: &Reply, unit_code: &str, by: &str) -> Reply {
    let new = json!({ "unitId": unit(app, unit_code).await, "lessons": "Giao việc rõ người, rõ ngày." });
    app.persona(by).create(&format!("/periods/{}/reports", period.id()), new).await.created()
}

/// A file attached to a report, by somebody of its unit.
pub(crate) async fn attached(app: &TestApp, report: &Reply, by: &str) -> Reply {
    let owner = format!("/reports/{}", report.id());
    app.persona(by).attach(&owner, "bien-ban.txt", "Biên bản nghiệm thu phòng máy tính.").await.created()
}

/// A number of October for a target, by somebody of its unit.
pub(crate) async fn measured_in_october(app: &TestApp, campaign: &Reply, by: &str, code: &str) -> Reply {
    let target = target(app, campaign, by, code).await;
    measured(app, by, &target, "2025-10-31", json!({"kind": "QUANTITATIVE", "amount": "3"})).await
}

/// A file attached to a measurement, by somebody of its unit.
pub(crate) async fn proven(app: &TestApp, measured: &Reply, by: &str) -> Reply {
    let owner = format!("/measurements/{}", measured.id());
    app.persona(by).attach(&owner, "sang-kien.txt", "Danh sách sáng kiến được công nhận.").await.created()
}

/// The report of TH1 that rests on a measurement, handed in by its head; of other targets it says that nothing was done.
pub(crate) async fn resting_on(app: &TestApp, campaign: &Reply, period: &Reply, on: &Reply) -> Reply {
    let head = app.persona("unit-head");
    let th1 = unit(app, "TH1").await;
    let path = format!("/campaigns/{}/targets?unitId={}", campaign.id(), th1.as_str().unwrap());
    let targets = head.get(&path).await.ok();
    let said = |target: &Value| {
        if target["id"] == on.body["targetId"] {
            json!({"targetId": target["id"], "measurementId": on.id()})
        } else {
            json!({"targetId": target["id"], "explanation": "Chưa thực hiện."})
        }
    };
    let results: Vec<_> = targets.body["items"].as_array().unwrap().iter().map(said).collect();
    let new = json!({"unitId": th1, "targetResults": results});
    let draft = head.create(&format!("/periods/{}/reports", period.id()), new).await.created();
    head.command(&format!("/reports/{}/submit", draft.id()), &draft).await.ok()
}

/// The report of TH1, handed in by its head.
pub(crate) async fn handed_in(app: &TestApp, period: &Reply) -> Reply {
    let draft = report(app, period, "TH1", "unit-officer").await;
    app.persona("unit-head").command(&format!("/reports/{}/submit", draft.id()), &draft).await.ok()
}

/// The report of TH1, accepted by the coordinator.
pub(crate) async fn accepted(app: &TestApp, period: &Reply) -> Reply {
    let submitted = handed_in(app, period).await;
    app.persona("coordinator").command(&format!("/reports/{}/accept", submitted.id()), &submitted).await.ok()
}

/// A rule that no figure falls below that of the period before.
pub(crate) fn not_below(severity: &str) -> Value {
    json!({
        "code": "KHONG-GIAM", "name": "Số liệu không thấp hơn kỳ trước", "severity": severity,
        "condition": { "kind": "NOT_BELOW_LAST_PERIOD" },
    })
}

/// What a document says of scoring, for a campaign on the sample units.
pub(crate) fn rubric_terms() -> Value {
    json!({
        "instrument": {"symbol": "12/HD-HĐTĐKT", "title": "Hướng dẫn chấm điểm thi đua", "issueDate": "2025-09-12"},
        "criteria": [
            {"code": "CHI-TIEU", "name": "Chỉ tiêu đã đạt", "points": "60", "kind": "TARGETS_REACHED"},
            {"code": "BHYT", "name": "Bảo hiểm y tế học sinh", "points": "10", "kind": "TARGET_COMPLETION", "target": "BHYT-HS"},
            {"code": "BAO-CAO", "name": "Báo cáo được tiếp nhận", "points": "20", "kind": "REPORTS_ACCEPTED"},
            {"code": "DUNG-HAN", "name": "Nộp báo cáo đúng hạn", "points": "10", "kind": "REPORTS_ON_TIME"},
        ],
        "tieBreakers": ["DUNG-HAN"], "within": "CAMPAIGN", "nothingCounted": "ZERO",
    })
}

/// The same with a criterion that the coordinator or a deputy chairman judges.
pub(crate) fn judged_terms() -> Value {
    let mut terms = rubric_terms();
    let judged = json!({
        "code": "SANG-TAO", "name": "Cách làm mới, sáng tạo", "points": "10", "kind": "JUDGED",
        "judgeRoles": ["COORDINATOR", "VICE_CHAIR"],
    });
    terms["criteria"].as_array_mut().unwrap().push(judged);
    terms
}

/// What somebody gives a unit by it.
pub(crate) fn assessment(unit: &Value) -> Value {
    json!({"criterion": "SANG-TAO", "unitId": unit, "points": "8.5", "reason": "Mô hình được nhân rộng ra ba trường."})
}

/// The points of a unit, given by somebody.
pub(crate) async fn assessed(app: &TestApp, who: &str, rubric: &Reply, unit_code: &str) -> Reply {
    let new = assessment(&unit(app, unit_code).await);
    app.persona(who).create(&format!("/scoring-rubrics/{}/assessments", rubric.id()), new).await.created()
}

/// A rubric of a campaign, recorded by the coordinator.
pub(crate) async fn rubric(app: &TestApp, campaign: &Reply, new: Value) -> Reply {
    app.persona("coordinator").create(&format!("/campaigns/{}/scoring-rubrics", campaign.id()), new).await.created()
}

/// A rule of a campaign, made by the coordinator.
pub(crate) async fn rule(app: &TestApp, campaign: &Reply, new: Value) -> Reply {
    app.persona("coordinator").create(&format!("/campaigns/{}/validation-rules", campaign.id()), new).await.created()
}

/// A rule that reminds a unit's officer and head two working days before reports are due.
pub(crate) fn two_days_before() -> Value {
    json!({
        "code": "NHAC-TRUOC-HAN", "name": "Nhắc trước hạn 02 ngày làm việc", "deadline": "REPORT",
        "timing": { "when": "BEFORE", "days": 2, "counting": "WORKING" }, "roles": ["UNIT_OFFICER", "UNIT_HEAD"],
    })
}

/// A reminder rule of a campaign, made by the coordinator.
pub(crate) async fn reminder_rule(app: &TestApp, campaign: &Reply, new: Value) -> Reply {
    app.persona("coordinator").create(&format!("/campaigns/{}/reminder-rules", campaign.id()), new).await.created()
}
