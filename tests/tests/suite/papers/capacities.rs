//! How somebody signs is printed as the law wants it, and is decided by how the role is held (NĐ 30/2020, article 13).

use serde_json::json;
use thidua_documents::Form;
use thidua_domain::{
    document::DocumentType,
    principal::{Authorisation, Mandate, Role},
};
use thidua_tests::{Reply, TestApp};

use super::{
    consolidated::{begun, printed},
    reading::paragraphs,
};
use crate::{
    documents::submitted_plan,
    stage::city::{self, October, way},
};

/// That the chairman lets somebody sign his reports, as a document of the commune says it.
fn authorisation() -> Authorisation {
    serde_json::from_value(json!({
        "head": "Chủ tịch", "givenBy": "Phạm Văn Thung", "document": "30/GUQ-UBND", "issueDate": "2025-11-28",
        "papers": [DocumentType::Report],
    }))
    .unwrap()
}

async fn signed_by(app: &TestApp, october: &October, who: &str) -> Reply {
    let submitted = city::under_review(app, october).await;
    app.persona(who).command_with(&way(&submitted, "sign"), &submitted, json!({})).await
}

/// What stands between the text and the name on the paper.
async fn lines_of(app: &TestApp, report: &Reply, name: &str) -> Vec<String> {
    let lines = paragraphs(&printed(app, report, Form::Docx).await.bytes);
    let name = lines.iter().position(|line| line == name).unwrap();
    lines[name - 2..name].to_vec()
}

#[tokio::test]
async fn who_holds_the_chair_for_the_time_being_signs_as_that() {
    let (app, october) = begun().await;
    app.register_holding("quyen-chu-tich", "Quyền Chủ tịch", Role::Chair, Mandate::Acting, None).await;
    let signed = signed_by(&app, &october, "quyen-chu-tich").await.ok();
    assert_eq!(signed.body["signature"]["capacity"], "ACTING_CHAIR");
    assert_eq!(signed.body["signature"]["capacityLabel"], "TM. ỦY BAN NHÂN DÂN\nQ. CHỦ TỊCH");
    assert_eq!(lines_of(&app, &signed, "quyen-chu-tich").await, ["TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH"]);
}

#[tokio::test]
async fn by_order_the_head_of_an_office_signs_what_the_document_names_and_nothing_else() {
    let (app, october) = begun().await;
    let held = Mandate::ByOrder { authorisation: authorisation() };
    app.register_holding("thua-lenh", "Chánh Văn phòng", Role::Office, held, None).await;
    let plan = submitted_plan(&app, "ke-hoach-khac").await;
    let refused = app.persona("thua-lenh").command(&format!("/campaigns/{}/sign", plan.id()), &plan).await.refused(403);
    assert_eq!(refused.code(), "policy.roleMissing");
    // The office as such signs for nobody.
    assert_eq!(signed_by(&app, &october, "office").await.refused(403).code(), "policy.roleMissing");
    let list = app.persona("coordinator").get(&city::collection(&october)).await.ok();
    let report = list.body["items"][0]["id"].as_str().unwrap();
    let report = app.persona("thua-lenh").get(&format!("/consolidated-reports/{report}")).await.ok();
    assert_eq!(report.obstacle("signConsolidatedReport"), None);
    let signed = app.persona("thua-lenh").command_with(&way(&report, "sign"), &report, json!({})).await.ok();
    let signature = &signed.body["signature"];
    assert_eq!(
        (&signature["capacity"], &signature["authority"]["symbol"]),
        (&json!("BY_ORDER"), &json!("30/GUQ-UBND"))
    );
    assert_eq!(lines_of(&app, &signed, "thua-lenh").await, ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]);
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn an_authority_in_writing_ends_on_its_day() {
    let (app, october) = begun().await;
    let held = || Mandate::ByAuthority { authorisation: authorisation() };
    let past = Some("2025-12-01T00:00:00+07:00");
    app.register_holding("het-han", "Trưởng phòng", Role::Coordinator, held(), past).await;
    let submitted = city::under_review(&app, &october).await;
    app.persona("het-han").command_with(&way(&submitted, "sign"), &submitted, json!({})).await.refused(404);
    let open = Some("2025-12-31T00:00:00+07:00");
    app.register_holding("uy-quyen", "Trưởng phòng", Role::Coordinator, held(), open).await;
    let signer = app.persona("uy-quyen");
    let signed = signer.command_with(&way(&submitted, "sign"), &submitted, json!({})).await.ok();
    assert_eq!(signed.body["signature"]["authority"]["givenBy"], "Phạm Văn Thung");
    assert_eq!(lines_of(&app, &signed, "uy-quyen").await, ["TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG"]);
}
