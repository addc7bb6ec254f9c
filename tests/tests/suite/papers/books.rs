//! The books of the registers, as they are printed and bound.

use calamine::Data;
use serde_json::{Value, json};
use sqlx::Executor;
use thidua_documents::Form;
use thidua_tests::{Reply, TestApp};

use super::{
    reading::{paragraphs, part, sheets, shown, tables},
    typeset::pages,
};
use crate::{
    documents::{incoming, issue, letter, of, sealed, series_of_letters, signed_plan, typed},
    stage,
};

async fn book(app: &TestApp, which: &str, query: &str, form: Form) -> Reply {
    let unit = stage::unit(app, "UBND").await;
    let unit = unit.as_str().unwrap();
    app.persona("clerk").get(&format!("/units/{unit}/{which}-book?format={}{query}", form.ending())).await
}

#[tokio::test]
async fn the_outgoing_book_has_the_columns_of_the_decree_and_tells_what_became_of_each_entry() {
    let app = TestApp::start_at("2025-09-15T09:00:00+07:00").await;
    series_of_letters(&app, "OWN").await;
    let signed = signed_plan(&app, "ke-hoach").await;
    let issued = issue(&app, &signed, typed(145, &app.today())).await.ok();
    let plan = sealed(&app, &issued).await;
    let corrects = json!({
        "relations": [{"kind": "CORRECTS", "documentId": plan.id(), "reason": "Sai thể thức."}],
        "recipients": ["Ủy ban nhân dân thành phố", "Các cơ quan, đơn vị"], "copies": 1_200,
    });
    let registered = app.persona("clerk").create("/documents", letter(&app, corrects.clone()).await).await.created();
    for member in ["recipients", "copies"] {
        assert_eq!(registered.body[member], corrects[member]);
    }
    let plan = of(&app, &issued).await;
    app.at("2025-09-18T09:00:00+07:00");
    app.persona("clerk").command(&format!("/documents/{}/dispatch", plan.id()), &plan).await.ok();

    let docx = book(&app, "outgoing", "&year=2025", Form::Docx).await.ok();
    assert!(part(&docx.bytes, "word/document.xml").contains("w:orient=\"landscape\""));
    let lines = paragraphs(&docx.bytes);
    for line in ["SỔ ĐĂNG KÝ VĂN BẢN ĐI", "Năm 2025", "(Từ ngày 15/09/2025 đến ngày 15/09/2025; từ số 01 đến số 145)"]
    {
        assert!(lines.iter().any(|own| own == line), "{line}: {lines:#?}");
    }
    let [table] = &tables(&docx.bytes)[..] else { panic!("one table") };
    assert_eq!(
        table[0],
        [
            "Số, ký hiệu văn bản",
            "Ngày tháng văn bản",
            "Tên loại và trích yếu nội dung văn bản",
            "Người ký",
            "Nơi nhận văn bản",
            "Đơn vị, người nhận bản lưu",
            "Số lượng bản",
            "Ngày chuyển",
            "Ký nhận",
            "Ghi chú",
        ]
    );
    let day = "15/09/2025";
    let note = format!("Đính chính 145/KH-UBND ngày {day}");
    let (about, to) = ("Công văn: Đính chính kế hoạch", "Ủy ban nhân dân thành phố; Các cơ quan, đơn vị");
    let corrects = ["01/UBND-VHXH", day, about, "Trần Quốc Mẫu", to, "VT, VHXH", "1.200", "", "", &note];
    assert_eq!(table[1], corrects);
    // The plan goes where its own list says, and stays in the house where that says so.
    let to: Vec<_> = plan.body["recipients"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(to.len() >= 4 && to.iter().all(|line| !line.starts_with("Lưu")), "{to:?}");
    let to = to.join("; ");
    let notes = format!("Được đính chính bởi 01/UBND-VHXH ngày {day}; Phát hành chậm");
    let about = format!("Kế hoạch: {}", plan.text("subject"));
    assert_eq!(
        table[2],
        ["145/KH-UBND", day, &about, "Trần Quốc Mẫu", &to, "VT", "", "18/09/2025", "", notes.as_str()]
    );

    let workbook = sheets(&book(&app, "outgoing", "&year=2025", Form::Xlsx).await.ok().bytes);
    let rows = &workbook.iter().find(|(name, _)| name == "Văn bản đi").unwrap().1;
    assert!(rows.iter().any(|row| row.last() == Some(&Data::String(plan.id().to_owned()))), "{rows:?}");
    let pdf = book(&app, "outgoing", "&year=2025", Form::Pdf).await.ok();
    assert!(pages(&pdf.bytes)[0].contains("145/KH-UBND"));
    assert!(pdf.header("Content-Disposition").contains("\"so-dang-ky-van-ban-di-2025-ubnd.pdf\""));
}

#[tokio::test]
async fn the_incoming_book_has_the_columns_of_the_decree_and_what_put_an_entry_right() {
    let app = TestApp::start_at("2025-09-15").await;
    let entry = incoming::recorded(&app).await;
    let path = format!("/incoming-documents/{}/correct", entry.id());
    app.persona("clerk").command_with(&path, &entry, incoming::put_right(&app)).await.ok();
    let docx = book(&app, "incoming", "&year=2025", Form::Docx).await.ok();
    let [table] = &tables(&docx.bytes)[..] else { panic!("one table") };
    assert_eq!((table[0][0].as_str(), table[0][1].as_str(), table[0][8].as_str()), ("Ngày đến", "Số đến", "Ký nhận"));
    let (day, note) = ("15/09/2025", "Sửa thông tin ngày 15/09/2025: Trích yếu ghi thiếu.");
    let subject = "Báo cáo kết quả lãnh đạo phong trào thi đua quý III";
    let row = [day, "01", "Đảng ủy xã Gia Lộc", "12-BC/ĐU", "10/09/2025", subject, "", "", "", note];
    assert_eq!(table[1], row);
    let rows = &sheets(&book(&app, "incoming", "&year=2025", Form::Xlsx).await.ok().bytes)[1].1;
    assert_eq!(rows.iter().map(|row| shown(&row[3])).collect::<Vec<_>>().last().unwrap(), "12-BC/ĐU");
    book(&app, "incoming", "&year=2025", Form::Pdf).await.ok();
}

#[tokio::test]
async fn a_book_is_that_of_one_year_and_of_the_days_that_were_asked_for() {
    let app = TestApp::start_at("2025-09-15").await;
    incoming::recorded(&app).await;
    let empty = "(Chưa có văn bản)";
    let begins = async |query: &str| {
        paragraphs(&book(&app, "incoming", query, Form::Docx).await.ok().bytes).iter().any(|line| line == empty)
    };
    assert!(!begins("&year=2025").await);
    assert!(!begins("&year=2025&fromDate=2025-09-15&toDate=2025-09-15").await);
    assert!(begins("&year=2025&fromDate=2025-09-16").await);
    assert!(begins("&year=2025&toDate=2025-09-14").await);
    assert!(begins("&year=2026").await);
}

#[tokio::test]
async fn a_book_without_a_year_of_no_unit_or_of_more_than_a_volume_is_refused() {
    let app = TestApp::start_at("2025-09-15").await;
    incoming::recorded(&app).await;
    assert_eq!(book(&app, "outgoing", "", Form::Pdf).await.refused(400).faults(), ["year field.missing"]);
    assert_eq!(book(&app, "incoming", "&year=1999", Form::Pdf).await.refused(400).faults(), ["year field.outOfBounds"]);
    let nowhere = "/units/0198f1c2-0000-7000-8000-000000000000/outgoing-book?format=pdf&year=2025";
    app.persona("clerk").get(nowhere).await.refused(404);
    let many = "INSERT INTO incoming_document (id, version, stage, receiver_unit_id, year, number, arrived_on, dated_on, folded_sender,
                    folded_subject, created_at, updated_at, state)
                SELECT gen_random_uuid(), 1, stage, receiver_unit_id, year, n, arrived_on, dated_on, folded_sender, folded_subject,
                    created_at, updated_at, state FROM incoming_document, generate_series(2, 5001) n";
    app.database.owner().await.execute(many).await.unwrap();
    let refused = book(&app, "incoming", "&year=2025", Form::Xlsx).await.refused(422);
    assert_eq!(refused.faults(), ["fromDate list.tooLong"]);
}

#[tokio::test]
async fn recipients_and_copies_are_bounded_and_nobody_gets_a_letter_twice() {
    let app = TestApp::start_at("2025-09-15T09:00:00+07:00").await;
    series_of_letters(&app, "OWN").await;
    let clerk = app.persona("clerk");
    for (change, status, fault) in [
        (json!({"recipients": ["UBND thành phố", "UBND thành phố"]}), 422, "/recipients/1 list.duplicate"),
        (json!({"recipients": vec!["Đơn vị"; 51]}), 400, "/recipients field.outOfBounds"),
        (json!({"recipients": [""]}), 400, "/recipients/0 text.empty"),
        (json!({"copies": 0}), 400, "/copies field.outOfBounds"),
    ] {
        let refused = clerk.create("/documents", letter(&app, change.clone()).await).await.refused(status);
        assert_eq!(refused.faults(), [fault], "{change}");
    }
    let listed = clerk.get("/documents").await.ok();
    assert_eq!(listed.body["items"], json!([]), "nothing was registered");
}

#[tokio::test]
async fn what_is_not_the_whole_book_says_so_and_nothing_of_what_its_reader_may_not_see() {
    let app = TestApp::start_at("2025-09-15T09:00:00+07:00").await;
    let signed = signed_plan(&app, "ke-hoach").await;
    issue(&app, &signed, typed(145, &app.today())).await.ok();
    let unit = stage::unit(&app, "UBND").await;
    let extract = "(Trích sổ: chỉ gồm các văn bản mà người in được xem)";
    for which in ["outgoing", "incoming"] {
        let path = format!("/units/{}/{which}-book?format=docx&year=2025", unit.as_str().unwrap());
        for (persona, whole) in [("clerk", true), ("auditor", true), ("unit-head", false), ("portal", false)] {
            let lines = paragraphs(&app.persona(persona).get(&path).await.ok().bytes);
            assert_eq!(lines.iter().any(|line| line == extract), !whole, "{which} by {persona}: {lines:#?}");
            assert_eq!(lines.iter().any(|line| line == "(Chưa có văn bản)"), whole && which == "incoming");
        }
    }
}
