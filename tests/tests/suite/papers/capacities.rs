//! How somebody signs is printed as the law wants it, and is decided by how the role is held (NĐ 30/2020, article 13).

use serde_json::json;
use thidua_documents::Form;
use thidua_domain::{
    document::DocumentType,
    principal::{Authorisation, Mandate, Role},
};
use thidua_tests::{Reply, TestApp};

use super::{
    consolidated::begun,
    reading::paragraphs,
    typeset::{pages, squeezed},
};
use crate::{
    documents::submitted_plan,
    stage::{
        self,
        city::{self, October, way},
        office, reporting,
    },
};

/// That the chairman lets somebody sign his reports, as a document of the commune says it.
fn authorisation() -> Authorisation {
    serde_json::from_value(json!({
        "head": "Chủ tịch", "givenBy": "Phạm Văn Thung", "document": "30/GUQ-UBND", "issueDate": "2025-11-28",
        "papers": [DocumentType::Report],
    }))
    .unwrap()
}

fn deputy_of(head: &str) -> Mandate {
    Mandate::Deputy { head: serde_json::from_value(json!(head)).unwrap() }
}

async fn signed_by(app: &TestApp, october: &October, who: &str) -> Reply {
    let submitted = city::under_review(app, october).await;
    app.persona(who).command_with(&way(&submitted, "sign"), &submitted, json!({})).await
}

/// The paper at this place ends with these lines above this name, whether written or set: nothing stands between the list of
/// recipients, which ends with `kept`, and the lines, or between them and the name.
async fn ends_with(app: &TestApp, place: &str, kept: &str, lines: &[&str], name: &str) {
    let paper = async |form: Form| {
        let path = format!("{place}/document?format={}", form.ending());
        app.persona("coordinator").get(&path).await.ok().bytes
    };
    let block: Vec<&str> = [kept].into_iter().chain(lines.iter().copied()).chain([name]).collect();
    let written = paragraphs(&paper(Form::Docx).await);
    let at = written.iter().position(|line| line == kept).unwrap();
    assert_eq!(written[at..at + block.len()], block, "{written:#?}");
    let set = pages(&paper(Form::Pdf).await).concat();
    assert!(set.contains(&squeezed(&block.concat())), "{block:?} is not in {set}");
}

/// The same of a report to the city.
async fn signed_for_the_commune(app: &TestApp, report: &Reply, lines: &[&str], name: &str) {
    ends_with(app, &format!("/consolidated-reports/{}", report.id()), "- Lưu: VT, VHXH.", lines, name).await;
}

#[tokio::test]
async fn the_chairman_signs_on_behalf_of_the_committee() {
    let (app, october) = begun().await;
    let signed = signed_by(&app, &october, "chair").await.ok();
    assert_eq!(signed.body["signature"]["capacity"], "ON_BEHALF");
    signed_for_the_commune(&app, &signed, &["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], "Trần Quốc Mẫu").await;
}

#[tokio::test]
async fn a_deputy_signs_for_the_chairman() {
    let (app, october) = begun().await;
    let signed = signed_by(&app, &october, "vice-chair").await.ok();
    assert_eq!(signed.body["signature"]["capacity"], "FOR_THE_CHAIR");
    let lines = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"];
    signed_for_the_commune(&app, &signed, &lines, "Lương Thị Ngọc").await;
}

#[tokio::test]
async fn for_an_office_sign_its_head_a_deputy_and_who_holds_the_post_for_the_time_being() {
    let (app, october) = begun().await;
    let office = stage::unit(&app, "VP").await;
    let holders = [
        // Of whom nobody entered a title, the paper and the answer print the same one.
        ("Chánh không tên gọi", None, None, "HEAD_OF_UNIT", &["CHÁNH VĂN PHÒNG"][..]),
        (
            "Phó văn phòng",
            Some("Phó Chánh Văn phòng"),
            Some(deputy_of("Chánh Văn phòng")),
            "FOR_THE_HEAD",
            &["KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"],
        ),
        ("Quyền chánh", Some("Chánh Văn phòng"), Some(Mandate::Acting), "ACTING_HEAD", &["Q. CHÁNH VĂN PHÒNG"]),
    ];
    for (kind, (name, title, held, capacity, lines)) in ["PERIODIC", "INTERIM", "SUMMARY"].into_iter().zip(holders) {
        app.register_head(office.as_str().unwrap(), name, title, held, &[Role::Office]).await;
        let draft = app.persona("office").create(&city::collection(&october), office::new(&october, kind)).await;
        let draft = draft.created();
        let submitted = app.persona("office").command(&way(&draft, "submit"), &draft).await.ok();
        let signed = app.persona(name).command_with(&way(&submitted, "sign"), &submitted, json!({})).await.ok();
        let signature = &signed.body["signature"];
        assert_eq!(
            (signature["capacity"].as_str(), signature["capacityLabel"].as_str()),
            (Some(capacity), Some(lines.join("\n").as_str()))
        );
        ends_with(&app, &format!("/consolidated-reports/{}", signed.id()), "- Lưu: VT, VP.", lines, name).await;
    }
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn for_a_school_sign_a_deputy_and_who_holds_the_post_for_the_time_being() {
    let app = TestApp::start_at("2025-11-03").await;
    let campaign = reporting::running_since_september(&app).await;
    let period = reporting::open(&app, &campaign).await;
    let school = stage::unit(&app, "TH1").await;
    let mut report = reporting::report(&app, &period, "TH1", "unit-officer").await;
    let place = format!("/reports/{}", report.id());
    for (name, title, held, lines) in [
        ("Quyền hiệu trưởng", None, Mandate::Acting, &["Q. HIỆU TRƯỞNG"][..]),
        ("Phó hiệu trưởng", Some("Phó Hiệu trưởng"), deputy_of("Hiệu trưởng"), &["KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG"]),
    ] {
        app.register_head(school.as_str().unwrap(), name, title, Some(held), &[]).await;
        let submitted = app.persona(name).command(&format!("{place}/submit"), &report).await.ok();
        assert_eq!(submitted.body["signature"]["capacityLabel"], lines.join("\n"));
        ends_with(&app, &place, "- Lưu: VT.", lines, name).await;
        let why = json!({"reason": "Bổ sung"});
        report = app.persona("coordinator").command_with(&format!("{place}/return"), &submitted, why).await.ok();
    }
}

#[tokio::test]
async fn who_holds_the_chair_for_the_time_being_signs_as_that() {
    let (app, october) = begun().await;
    app.register_holding("quyen-chu-tich", "Quyền Chủ tịch", Role::Chair, Mandate::Acting, None).await;
    let signed = signed_by(&app, &october, "quyen-chu-tich").await.ok();
    assert_eq!(signed.body["signature"]["capacity"], "ACTING_CHAIR");
    assert_eq!(signed.body["signature"]["capacityLabel"], "TM. ỦY BAN NHÂN DÂN\nQ. CHỦ TỊCH");
    signed_for_the_commune(&app, &signed, &["TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH"], "quyen-chu-tich").await;
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
    signed_for_the_commune(&app, &signed, &["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"], "thua-lenh").await;
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
    signed_for_the_commune(&app, &signed, &["TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG"], "uy-quyen").await;
}
