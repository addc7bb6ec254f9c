//! The report to the city, and those of Văn phòng, as papers.

use serde_json::json;
use thidua_documents::Form;
use thidua_tests::{Reply, TestApp};

use super::reading::{paragraphs, part};
use crate::stage::{
    city::{self, October, way},
    office,
};

pub(super) const TODAY: &str = "2025-12-08T09:00:00+07:00";

pub(super) async fn begun() -> (TestApp, October) {
    let app = TestApp::start_at(TODAY).await;
    let october = city::october(&app).await;
    (app, october)
}

/// The paper of a report in a form.
pub(super) async fn printed(app: &TestApp, report: &Reply, form: Form) -> Reply {
    app.persona("coordinator").get(&format!("{}?format={}", way(report, "document"), form.ending())).await.ok()
}

#[tokio::test]
async fn the_paper_has_the_parts_that_the_law_asks_for() {
    let (app, october) = begun().await;
    let report = city::issued(&app, &october).await;
    let docx = printed(&app, &report, Form::Docx).await;
    let text = paragraphs(&docx.bytes);
    let expected = [
        "ỦY BAN NHÂN DÂN",
        "XÃ GIA LỘC",
        "Số: 25/BC-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Gia Lộc, ngày 08 tháng 12 năm 2025",
        "BÁO CÁO",
        "Báo cáo kết quả Đợt thi đua",
        "(Số liệu tính đến ngày 05/12/2025)",
        "Kính gửi: Ủy ban nhân dân thành phố",
        "I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO, PHÁT ĐỘNG, TUYÊN TRUYỀN",
        "II. KẾT QUẢ THỰC HIỆN NỘI DUNG KẾ HOẠCH",
        "III. KẾT QUẢ CÁC PHONG TRÀO THI ĐUA KHÁC CỦA ĐỊA PHƯƠNG",
        "1. Khuyến học",
        "IV. ĐIỂN HÌNH TIÊN TIẾN, MÔ HÌNH MỚI, SÁNG KIẾN",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT, VHXH.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Phụ lục I",
        "(Kèm theo Báo cáo số 25/BC-UBND ngày 08 tháng 12 năm 2025 của Ủy ban nhân dân xã Gia Lộc)",
        "Số liệu tính đến ngày 05/12/2025.",
        "Phụ lục V",
    ];
    let mut rest = text.iter();
    for line in expected {
        assert!(rest.any(|own| own == line), "{line} does not follow: {text:#?}");
    }
    let signer = report.body["signature"]["name"].as_str().unwrap();
    assert!(text.iter().any(|line| line == signer));
    let opening =
        "Thực hiện Kế hoạch số 145/KH-UBND ngày 15 tháng 9 năm 2025 của Ủy ban nhân dân xã Gia Lộc về việc phát động";
    assert!(text.iter().any(|line| line.starts_with(opening)), "{text:#?}");

    let document = part(&docx.bytes, "word/document.xml");
    // A4, and margins within those of appendix I, in twentieths of a point.
    assert!(document.contains(r#"<w:pgSz w:w="11906" w:h="16838"/>"#));
    assert!(document.contains(r#"w:top="1134" w:right="1134" w:bottom="1134" w:left="1701""#));
    assert_eq!(document.matches("<w:titlePg/>").count(), 6, "no number on the first page, nor on that of an annex");
    assert!(document.matches("<w:tblHeader/>").count() >= 5, "headings of tables repeat");
}

#[tokio::test]
async fn a_draft_has_blanks_for_number_day_and_signer() {
    let (app, october) = begun().await;
    let draft = city::draft(&app, &october).await;
    let text = paragraphs(&printed(&app, &draft, Form::Docx).await.bytes);
    for line in ["Số: …/BC-UBND", "Gia Lộc, ngày … tháng … năm …", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
    {
        assert!(text.iter().any(|own| own == line), "{line}: {text:#?}");
    }
    assert!(text.iter().any(|line| line.starts_with("(Kèm theo Báo cáo số …/BC-UBND ngày … tháng … năm …")));
}

#[tokio::test]
async fn a_report_of_the_office_stands_below_the_committee_and_is_signed_by_title() {
    let (app, october) = begun().await;
    let report = office::issued(&app, &october).await;
    let reply = app.persona("office").get(&format!("{}?format=docx", way(&report, "document"))).await.ok();
    let text = paragraphs(&reply.bytes);
    let mut rest = text.iter();
    for line in [
        "ỦY BAN NHÂN DÂN",
        "XÃ GIA LỘC",
        "VĂN PHÒNG HĐND - UBND",
        "Số: 01/BC-VP",
        "Kính gửi: Ủy ban nhân dân xã Gia Lộc",
        "- Lưu: VT, VP.",
        "CHÁNH VĂN PHÒNG",
    ] {
        assert!(rest.any(|own| own == line), "{line} does not follow: {text:#?}");
    }
}

#[tokio::test]
async fn a_paper_is_seen_where_its_report_is_and_answers_as_other_reads_do() {
    let (app, october) = begun().await;
    let draft = city::draft(&app, &october).await;
    let path = format!("{}?format=docx", way(&draft, "document"));
    for hidden in ["unit-head", "portal"] {
        app.persona(hidden).get(&path).await.refused(404);
    }
    let auditor = app.persona("auditor");
    let first = auditor.get(&path).await.ok();
    assert_eq!(first.header("Content-Type"), Form::Docx.media_type());
    assert_eq!(first.header("Content-Language"), "vi");
    let name = "du-thao-bao-cao-gia-loc-2025.docx";
    assert_eq!(
        first.header("Content-Disposition"),
        format!("attachment; filename=\"{name}\"; filename*=UTF-8''{name}")
    );
    let again = auditor.with("Accept-Language", "en").get(&path).await.ok();
    assert_eq!((again.etag(), &again.bytes), (first.etag(), &first.bytes), "the same paper is the same file");
    let known = auditor.with("If-None-Match", first.etag()).get(&path).await;
    assert_eq!((known.status.as_u16(), known.bytes.len()), (304, 0));
    auditor.with("Accept", Form::Xlsx.media_type()).get(&path).await.refused(406);
    auditor.get(&format!("{}?format=odt", way(&draft, "document"))).await.refused(400);
    auditor.get(&way(&draft, "document")).await.refused(400);

    let (app, october) = begun().await;
    let sent = city::sent(&app, &october).await;
    app.persona("portal").get(&format!("{}?format=xlsx", way(&sent, "document"))).await.ok();
}

#[tokio::test]
async fn a_paper_that_replaces_or_supplements_another_one_names_it_by_number_and_day() {
    let (app, october) = begun().await;
    let says = async |report: &Reply, line: &str| {
        let text = paragraphs(&printed(&app, report, Form::Docx).await.bytes);
        assert!(text.iter().any(|own| own.starts_with(line)), "{line}: {text:#?}");
    };
    let acknowledged = city::acknowledged(&app, &october).await;
    let supplement = city::supplement(&october);
    let coordinator = app.persona("coordinator");
    let beside = coordinator.command_with(&way(&acknowledged, "supplement"), &acknowledged, supplement).await.created();
    let of_first = "Báo cáo này bổ sung Báo cáo số 25/BC-UBND ngày 08 tháng 12 năm 2025. Nội dung và lý do bổ sung: ";
    says(&beside, of_first).await;

    let other = begun().await;
    let (app, october) = &other;
    let sent = city::sent(app, october).await;
    let refused = json!({ "reason": "Thiếu phụ lục số liệu." });
    let refused = app.persona("portal").command_with(&way(&sent, "refuse"), &sent, refused).await.ok();
    let anew = city::replacing(app, october, &refused).await.created();
    let text = paragraphs(&printed(app, &anew, Form::Docx).await.bytes);
    let line = "Báo cáo này thay thế Báo cáo số 25/BC-UBND ngày 08 tháng 12 năm 2025.";
    assert!(text.iter().any(|own| own == line), "{text:#?}");
}
