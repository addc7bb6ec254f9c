//! The plan, the reports of units and the sheet of compliance, as papers.

use calamine::Data;
use serde_json::json;
use thidua_documents::Form;
use thidua_domain::campaign::Plan;
use thidua_tests::{Reply, TestApp};

use super::{
    consolidated::begun,
    reading::{paragraphs, sheets, shown, tables},
    typeset::{pages, squeezed},
};
use crate::stage::{self, reporting};

async fn paper(app: &TestApp, who: &str, path: &str, form: Form) -> Reply {
    app.persona(who).get(&format!("{path}/document?format={}", form.ending())).await.ok()
}

/// The text of the plan as it was printed, without its misprints.
fn meant() -> String {
    let printed = include_str!("../../../../persistence/seeds/gia-loc-2025.txt");
    let begin = printed.find("Thực hiện kế hoạch số 232").unwrap();
    let end = printed.find("Nơi nhận:").unwrap();
    let mut text = squeezed(&printed[begin..end]);
    let plan: Plan = serde_json::from_value(stage::plan()).unwrap();
    let head = |place: &str| matches!(place, "HEADER" | "TITLE");
    for slip in plan.corrections.iter().filter(|slip| !slip.places.iter().any(|place| head(place.as_str()))) {
        text = text.replace(&squeezed(slip.printed.as_str()), &squeezed(slip.corrected.as_str()));
    }
    words(&text)
}

/// What was printed has a stop after the number of one field and none after that of the next, and a list without its dashes.
fn words(text: &str) -> String {
    text.replace(['-', '.'], "")
}

#[tokio::test]
async fn the_plan_has_every_word_of_the_printed_one_in_its_order_and_no_other() {
    let app = TestApp::start_at("2025-09-15").await;
    let draft = stage::drafted(&app).await;
    let path = format!("/campaigns/{}/plan", draft.id());
    let lines = paragraphs(&paper(&app, "coordinator", &path, Form::Docx).await.bytes);
    let at = |begin: &str| lines.iter().position(|line| line.starts_with(begin)).unwrap();
    let text = words(&squeezed(&lines[at("Thực hiện kế hoạch số 232")..at("Nơi nhận:")].concat()));
    let meant = meant();
    let differ = text.chars().zip(meant.chars()).position(|(one, other)| one != other);
    let around = |text: &str, at: usize| text.chars().skip(at.saturating_sub(40)).take(80).collect::<String>();
    assert!(differ.is_none(), "{:?}\n{:?}", differ.map(|at| around(&text, at)), differ.map(|at| around(&meant, at)));
    assert_eq!(text.len(), meant.len());
    for line in ["Số: …/KH-UBND", "Gia Lộc, ngày … tháng 9 năm 2025", "KẾ HOẠCH", "- Lưu: VT, VHXH.", "Phạm Văn Thung"]
    {
        assert!(lines.iter().any(|own| own == line), "{line}: {lines:#?}");
    }
    app.persona("unit-head").get(&format!("{path}/document?format=docx")).await.refused(404);
}

#[tokio::test]
async fn an_issued_plan_has_its_number_and_its_day_and_units_read_it() {
    let app = TestApp::start_at("2025-09-15").await;
    let issued = stage::issued(&app).await;
    let path = format!("/campaigns/{}/plan", issued.id());
    let pdf = paper(&app, "unit-head", &path, Form::Pdf).await;
    assert!(pdf.header("Content-Disposition").contains("\"ke-hoach-145-kh-ubnd.pdf\""));
    let first = &pages(&pdf.bytes)[0];
    assert!(first.contains("Số:145/KH-UBND") && first.contains("ngày15tháng9năm2025"), "{first}");
}

#[tokio::test]
async fn a_units_report_is_addressed_as_the_plan_says_and_has_the_figures_that_were_handed_in() {
    let (app, october) = begun().await;
    let path = format!("/reports/{}", october.school.id());
    let docx = paper(&app, "unit-officer", &path, Form::Docx).await;
    let lines = paragraphs(&docx.bytes);
    let mut rest = lines.iter();
    for line in [
        "TRƯỜNG TIỂU HỌC MẪU SỐ 1",
        "Số: 74/BC-TH1",
        "Gia Lộc, ngày 03 tháng 11 năm 2025",
        "BÁO CÁO",
        "(Số liệu tính đến ngày 31/10/2025)",
        "Kính gửi: Ủy ban nhân dân xã Gia Lộc (qua Phòng Văn hóa – Xã hội)",
        "- Số văn bản đã ban hành: 3.",
        "HIỆU TRƯỞNG",
        "Trần Văn Bình",
    ] {
        assert!(rest.any(|own| own == line), "{line} does not follow: {lines:#?}");
    }
    let [targets] = &tables(&docx.bytes)[..] else { panic!("{lines:#?}") };
    let insured = targets.iter().find(|row| row[1] == "Học sinh tham gia bảo hiểm y tế").unwrap();
    // 482 of 495 is 97.373737…
    assert_eq!(insured[2..7], ["%", "97", "97,37", "100,38", "đạt"]);
    assert!(targets.iter().any(|row| row[0] == "Số liệu gốc: 482/495"));
    app.persona("other-unit-head").get(&format!("{path}/document?format=pdf")).await.refused(404);
    let pdf = paper(&app, "coordinator", &path, Form::Pdf).await;
    assert!(pages(&pdf.bytes).concat().contains("Sốliệugốc:482/495"));
}

#[tokio::test]
async fn the_sheet_of_compliance_says_what_the_caller_sees_of_it() {
    let (app, october) = begun().await;
    let path = format!("/campaigns/{}/compliance", october.campaign.id());
    let seen = app.persona("coordinator").get(&path).await.ok();
    let totals = &seen.body["periods"][0]["totals"];
    let book = sheets(&paper(&app, "coordinator", &path, Form::Xlsx).await.bytes);
    let names: Vec<_> = book.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Văn bản", "Tổng hợp", "Tháng 10 năm 2025"]);
    let number = |name: &str| Data::Float(totals[name].as_f64().unwrap());
    let row = &book[1].1[1];
    let expected = ["owed", "accepted", "submitted", "returned", "notSubmitted", "late", "missing"].map(number);
    assert_eq!(row[2..9], expected);
    let share = |name: &str| Data::Float(totals[name].as_str().unwrap().parse().unwrap());
    assert_eq!(row[9..11], [share("completenessPercent"), share("onTimePercent")]);
    let units = &book[2].1;
    let status = |code: &str| units.iter().find(|row| shown(&row[1]) == code).map(|row| shown(&row[3]));
    assert_eq!(status("TH1"), Some("Đã tiếp nhận".to_owned()));
    assert_eq!(status("MN1"), Some("Đã trả lại".to_owned()));
    assert_eq!(status("TH2"), Some("Chưa nộp".to_owned()));

    let own = sheets(&paper(&app, "unit-head", &path, Form::Xlsx).await.bytes);
    let codes: Vec<_> = own[2].1.iter().map(|row| shown(&row[1])).filter(|code| !code.is_empty()).collect();
    assert_eq!(json!(codes), json!(["Mã", "TH1"]), "a unit sees itself");
}

#[tokio::test]
async fn a_campaign_without_periods_has_a_sheet_too() {
    let app = TestApp::start_at("2025-09-15").await;
    let running = stage::running(&app).await;
    let path = format!("/campaigns/{}/compliance", running.id());
    for form in Form::ALL {
        paper(&app, "coordinator", &path, form).await;
    }
    let period = reporting::planned(&app, &running).await;
    assert_eq!(period.text("stage"), "PLANNED");
    paper(&app, "coordinator", &path, Form::Xlsx).await;
}
