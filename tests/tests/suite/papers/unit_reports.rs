//! Number, day and signer of a unit's report: blanks while the unit can still write it, then what was handed in.

use serde_json::json;
use thidua_documents::Form;
use thidua_tests::{Reply, TestApp};

use super::{consolidated::begun, reading::paragraphs};
use crate::stage::{self, reporting};

async fn in_november() -> (TestApp, Reply) {
    let app = TestApp::start_at("2025-11-03").await;
    let campaign = reporting::running_since_september(&app).await;
    let period = reporting::open(&app, &campaign).await;
    (app, period)
}

/// The lines of a report's paper, as somebody of the unit reads them.
async fn lines(app: &TestApp, who: &str, report: &Reply) -> Vec<String> {
    let path = format!("/reports/{}/document?format={}", report.id(), Form::Docx.ending());
    paragraphs(&app.persona(who).get(&path).await.ok().bytes)
}

#[track_caller]
fn follow(lines: &[String], expected: &[&str]) {
    let mut rest = lines.iter();
    for line in expected {
        assert!(rest.any(|own| own == line), "{line} does not follow: {lines:#?}");
    }
}

#[tokio::test]
async fn the_paper_is_a_draft_until_it_is_signed_and_again_once_it_came_back() {
    let (app, period) = in_november().await;
    let blanks = ["Số: …/BC-TH1", "Gia Lộc, ngày … tháng … năm …", "HIỆU TRƯỞNG"];
    let draft = reporting::report(&app, &period, "TH1", "unit-officer").await;
    let written = lines(&app, "unit-officer", &draft).await;
    follow(&written, &blanks);
    assert!(!written.iter().any(|line| line == "Trần Văn Bình"), "{written:#?}");

    let submit = format!("/reports/{}/submit", draft.id());
    let number = json!({"symbol": "7/BC-TH1", "issueDate": "2025-11-02"});
    let submitted = app.persona("unit-head").command_with(&submit, &draft, number).await.ok();
    let signed = ["Số: 07/BC-TH1", "Gia Lộc, ngày 02 tháng 11 năm 2025", "HIỆU TRƯỞNG", "Trần Văn Bình"];
    follow(&lines(&app, "unit-officer", &draft).await, &signed);

    let reason = json!({"reason": "Bổ sung"});
    let returned = format!("/reports/{}/return", draft.id());
    let returned = app.persona("coordinator").command_with(&returned, &submitted, reason).await.ok();
    let again = lines(&app, "unit-officer", &draft).await;
    follow(&again, &blanks);
    assert!(!again.iter().any(|line| line == "Trần Văn Bình"), "{again:#?}");

    app.at("2025-11-20");
    app.persona("unit-head").command(&submit, &returned).await.ok();
    let unnumbered = ["Số: …/BC-TH1", "Gia Lộc, ngày 20 tháng 11 năm 2025", "HIỆU TRƯỞNG", "Trần Văn Bình"];
    follow(&lines(&app, "unit-officer", &draft).await, &unnumbered);
}

#[tokio::test]
async fn a_village_has_neither_number_nor_records_office() {
    let (app, period) = in_november().await;
    let village = stage::unit(&app, "THON1").await;
    app.register_head(village.as_str().unwrap(), "Nguyễn Văn Thôn", None, None, &[]).await;
    let draft = reporting::report(&app, &period, "THON1", "Nguyễn Văn Thôn").await;
    let submit = format!("/reports/{}/submit", draft.id());
    app.persona("Nguyễn Văn Thôn").command(&submit, &draft).await.ok();
    let lines = lines(&app, "Nguyễn Văn Thôn", &draft).await;
    follow(
        &lines,
        &["THÔN MẪU SỐ 1", "Gia Lộc, ngày 03 tháng 11 năm 2025", "- Lưu.", "TRƯỞNG THÔN", "Nguyễn Văn Thôn"],
    );
    assert!(!lines.iter().any(|line| line.starts_with("Số:")), "{lines:#?}");
}

#[tokio::test]
async fn the_office_that_compiles_the_report_to_the_city_sends_its_own_to_the_committee() {
    let (app, october) = begun().await;
    let lines = lines(&app, "coordinator", &october.office).await;
    follow(&lines, &["Số: …/BC-VHXH", "Kính gửi: Ủy ban nhân dân xã Gia Lộc", "TRƯỞNG PHÒNG", "Đinh Văn Quang"]);
}

#[tokio::test]
async fn a_correction_names_the_paper_in_whose_place_it_comes() {
    let (app, october) = begun().await;
    for (who, corrected, earlier) in [
        ("unit-head", &october.school, "Báo cáo số 74/BC-TH1 ngày 03 tháng 11 năm 2025"),
        ("head-of-VHXH", &october.office, "báo cáo đã được tiếp nhận của kỳ báo cáo"),
    ] {
        let body = json!({"unitId": corrected.body["unitId"], "targetResults": corrected.body["targetResults"],
                          "correctsId": corrected.body["id"], "correctionReason": "Số liệu nhập nhầm."});
        let correction = app.persona(who).create(&format!("/periods/{}/reports", october.period.id()), body).await;
        let line = format!("Báo cáo này thay thế {earlier}. Lý do: Số liệu nhập nhầm.");
        follow(&lines(&app, who, &correction.created()).await, &[&line]);
    }
}
