//! For every command of the contract something to try it on: an object at a stage at which the command can be carried
//! out, and what its caller decides. Whoever adds a command adds a sample.

use serde_json::{Value, json};
use thidua_domain::{policy::Addressee, principal::Role};
use thidua_tests::{Reply, TestApp};

use crate::{attachments::registers, documents, protocol::new_unit, stage, units};

mod city;
mod office;
mod reports;
mod rules;

/// The roles that the sample of a criterion names as those that judge.
pub(super) const JUDGES: &[Role] = &[Role::Coordinator, Role::ViceChair];

/// Where things are that belong to no unit but to a register of documents.
pub(super) const REGISTER: &str = "REGISTER";

/// What a command is tried on.
pub(super) struct Sample {
    /// The object whose id its path names; none for what makes something new.
    pub(super) object: Option<Reply>,
    /// The code of the unit that the object belongs to.
    pub(super) unit: Option<&'static str>,
    /// To whom it goes, if it is a report on the whole campaign.
    pub(super) addressee: Option<Addressee>,
    /// What the caller decides.
    pub(super) body: Option<Value>,
}

impl Sample {
    /// Whether it is a file beside an entry of a register.
    pub(super) fn in_register(&self) -> bool {
        let names = |member: &str| self.object.as_ref().is_some_and(|object| object.body.get(member).is_some());
        names("fileType") && (names("documentId") || names("incomingDocumentId"))
    }
}

/// Whose objects a command is tried on, where it makes a difference.
pub(super) fn units_tried(operation: &str) -> &'static [&'static str] {
    match operation {
        "acceptReport" | "returnReport" => &["TH1", "VHXH"],
        "presentConsolidatedReport" | "receiveConsolidatedReport" | "handBackConsolidatedReport" => &["VP"],
        "sendConsolidatedReport"
        | "acknowledgeConsolidatedReport"
        | "refuseConsolidatedReport"
        | "supplementConsolidatedReport"
        // Of an office's own, its writer would be tried too.
        | "checkConsolidatedReportFormat" => &["UBND"],
        "removeAttachment" => &["TH1", REGISTER],
        shared if shared.ends_with("ConsolidatedReport") => &["UBND", "VP"],
        _ => &["TH1"],
    }
}

/// A service in which there can be a sample of the operation.
pub(super) async fn service(operation: &str) -> TestApp {
    match operation {
        "redeliverDispatch" => stage::exchange::refused().await,
        _ => TestApp::start_at("2025-09-15").await,
    }
}

/// The sample of an operation, in a service of its own.
pub(super) async fn sample(app: &TestApp, operation: &str, unit: &'static str) -> Option<Sample> {
    let campaign = |object| Some(Sample { object, unit: None, addressee: None, body: None });
    let sample = match operation {
        "createUnit"
        | "mergeUnits"
        | "importUnits"
        | "createCampaign"
        | "recordCalendarDay"
        | "createDocumentSeries"
        | "recordIncomingDocument" => campaign(None),
        "correctIncomingDocument" => campaign(Some(documents::incoming::recorded(app).await)),
        "registerDocument" => {
            documents::series_of_letters(app, "OWN").await;
            campaign(None)
        }
        "removeAttachment" if unit == REGISTER => campaign(Some(registers::signed_copy(app).await.1)),
        "attachToIncomingDocument" => campaign(Some(documents::incoming::recorded(app).await)),
        "sealDocument" | "attachToDocument" => campaign(Some(documents::of(app, &stage::issued(app).await).await)),
        "dispatchDocument" => campaign(Some(documents::sealed(app, &stage::issued(app).await).await)),
        "retireDocumentSeries" => campaign(Some(documents::series_of_letters(app, "OWN").await)),
        "withdrawCalendarDay" => {
            let day = body(app, "recordCalendarDay").await.unwrap_or_default();
            campaign(Some(app.persona("admin").create("/calendar-days", day).await.created()))
        }
        "renameUnit" | "transferUnit" | "splitUnit" | "dissolveUnit" => Some(Sample {
            object: Some(units::read(app, "TYTX").await),
            unit: Some("TYTX"),
            addressee: None,
            body: None,
        }),
        "replaceCampaignPlan" | "submitCampaign" | "cancelCampaign" => campaign(Some(stage::drafted(app).await)),
        "returnCampaign" | "checkCampaignFormat" | "signCampaign" => campaign(Some(stage::submitted(app).await)),
        "issueCampaign" => campaign(Some(stage::signed(app).await)),
        "launchCampaign" => campaign(Some(stage::issued(app).await)),
        _ => match reports::sample(app, operation, unit).await {
            None if unit == "VP" => office::sample(app, operation).await,
            None => city::sample(app, operation).await,
            found => found,
        },
    };
    match sample {
        Some(sample @ Sample { body: None, .. }) => Some(Sample { body: body(app, operation).await, ..sample }),
        sample => sample,
    }
}

/// A row of the table that an import takes.
fn row(app: &TestApp, operation: &str) -> Value {
    match operation {
        "importUnits" => json!({
            "code": "MAU", "name": "Trường mẫu", "type": "SCHOOL", "validFromDate": "2025-07-01",
        }),
        "importMeasurements" => json!({
            "unitCode": "TH1", "targetCode": "SANG-KIEN", "asOfDate": app.today(),
            "value": {"kind": "QUANTITATIVE", "amount": "1"},
        }),
        _ => json!({
            "unitCode": "TH1", "code": "SANG-KIEN", "name": "Sáng kiến",
            "measure": {"kind": "QUALITATIVE", "expected": "Có sáng kiến."},
        }),
    }
}

/// The letter that was dispatched, if one was.
async fn sent_letter(app: &TestApp) -> String {
    let sent = app.persona("clerk").get("/documents?documentType=OFFICIAL_LETTER&stage=DISPATCHED").await.ok();
    sent.body["items"][0]["id"].as_str().unwrap_or(super::NOTHING).to_owned()
}

/// What the caller of an operation decides, where that does not depend on the object.
pub(super) async fn body(app: &TestApp, operation: &str) -> Option<Value> {
    match operation {
        "createUnit" => Some(new_unit("MAU")),
        "importUnits" | "importMeasurements" | "importRegistrations" => Some(row(app, operation)),
        "renameUnit" => Some(units::renaming("Trạm Y tế xã Gia Lộc", "2025-11-01")),
        "transferUnit" => Some(units::managed_by("Sở Y tế", "2025-11-01")),
        "mergeUnits" => Some(units::succession::founded(app, "2025-11-01").await),
        "splitUnit" => Some(units::succession::split(&["TYT-A", "TYT-B"], false, "2025-11-01")),
        "dissolveUnit" => Some(units::grounds("2025-11-01")),
        "createCampaign" => Some(json!({
            "code": "gia-loc-2025", "issuerUnitId": stage::unit(app, "UBND").await,
            "coordinatingUnitId": stage::unit(app, "VHXH").await, "plan": stage::plan(),
        })),
        "recordCalendarDay" => Some(json!({
            "exceptionDate": "2025-09-01", "kind": "HOLIDAY", "name": "Nghỉ Quốc khánh", "decidedDate": "2025-07-01",
            "instrument": "Thông báo của cơ quan có thẩm quyền",
        })),
        "recordIncomingDocument" => Some(documents::incoming::of_the_party(app).await),
        "correctIncomingDocument" => Some(documents::incoming::put_right(app)),
        "registerDocument" => Some(documents::letter(app, json!({})).await),
        "sealDocument" => Some(json!({"manner": "SEAL"})),
        "createDocumentSeries" => Some(documents::letters(app, "OWN").await),
        "replaceCampaignPlan" => Some(stage::plan()),
        "issueCampaign" | "issueConsolidatedReport" => Some(json!({"number": 145, "issueDate": app.today()})),
        "createRegistration" => {
            let mut new = stage::content();
            new["unitId"] = stage::unit(app, "TH1").await;
            Some(new)
        }
        "replaceRegistration" => Some(stage::content()),
        "appendMeasurement" => Some(json!({"asOfDate": app.today(), "value": {"kind": "QUANTITATIVE", "amount": "1"}})),
        "createPeriod" => Some(stage::reporting::october()),
        "sendReminder" => Some(json!({
            "unitIds": [stage::unit(app, "TH1").await], "message": "Đề nghị khẩn trương nộp báo cáo.",
            "documentId": sent_letter(app).await,
        })),
        "createPeriodSchedule" => Some(stage::reporting::monthly()),
        "createReport" => Some(json!({"unitId": stage::unit(app, "TH1").await, "lessons": "Giao việc rõ người."})),
        "attachToReport" | "attachToMeasurement" => Some(json!("Biên bản nghiệm thu, 31/10/2025")),
        "attachToDocument" | "attachToIncomingDocument" => Some(json!(registers::PDF)),
        "replaceReport" => Some(json!({"lessons": "Giao việc rõ người."})),
        "replaceConsolidatedReport" => Some(json!({"narrative": stage::city::narrative()})),
        "signConsolidatedReport" | "receiveConsolidatedReport" => Some(json!({})),
        "acknowledgeConsolidatedReport" => Some(json!({"receiptNumber": stage::city::RECEIPT})),
        "receiveDispatch" => Some(json!({"reference": "TRUC-0001"})),
        "acceptDispatch" => Some(json!({"reference": stage::city::RECEIPT})),
        "refuseDispatch" => Some(json!({"reference": "TRUC-0002", "reason": "Thiếu phụ lục số liệu."})),
        "returnCampaign"
        | "cancelCampaign"
        | "returnRegistration"
        | "reopenPeriod"
        | "returnReport"
        | "withdrawCalendarDay"
        | "retireDocumentSeries"
        | "returnConsolidatedReport"
        | "refuseConsolidatedReport"
        | "handBackConsolidatedReport" => Some(json!({"reason": "Đề nghị bổ sung số liệu."})),
        _ => rules::body(app, operation).await,
    }
}
