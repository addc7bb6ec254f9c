//! PDF: what it says, how it looks, and what happens where nobody can set it.

use serde_json::json;
use thidua_api::printing::Typesetter;
use thidua_documents::{Form, Paper, typeset as data};
use thidua_tests::{Setup, TestApp};

use super::{
    bad_input::{MARKUP, strange},
    consolidated::{TODAY, begun, printed},
    reading::paragraphs,
    typeset::{pages, set, squeezed},
};
use crate::stage::city::{self, way};

#[tokio::test]
async fn the_pdf_says_what_the_word_document_says() {
    let (app, october) = begun().await;
    let report = city::issued(&app, &october).await;
    let (pdf, docx) = (printed(&app, &report, Form::Pdf).await, printed(&app, &report, Form::Docx).await);
    assert!(pdf.bytes.starts_with(b"%PDF-1.7"));
    assert_eq!(pdf.header("Content-Type"), "application/pdf");
    let name = "bao-cao-25-bc-ubnd.pdf";
    assert_eq!(pdf.header("Content-Disposition"), format!("attachment; filename=\"{name}\"; filename*=UTF-8''{name}"));
    let pages = pages(&pdf.bytes);
    let text = pages.concat();
    // What is on two pages has the number of a page within.
    let broken = paragraphs(&docx.bytes).into_iter().filter(|said| !text.contains(&squeezed(said)));
    let broken: Vec<_> = broken.collect();
    assert!(broken.len() < pages.len(), "{broken:#?}");
    // Numbered but for the first page, and each annex for itself.
    assert!(!pages[0].starts_with('1'));
    assert!(pages[1].starts_with("2"), "{}", pages[1]);
    let first_annex = pages.iter().position(|page| page.starts_with("PhụlụcI")).unwrap();
    assert!(first_annex > 1);

    let again = printed(&app, &report, Form::Pdf).await;
    assert_eq!((again.etag(), &again.bytes), (pdf.etag(), &pdf.bytes), "the same paper is the same file");
    let path = format!("{}?format=pdf", way(&report, "document"));
    let known = app.persona("coordinator").with("If-None-Match", pdf.etag()).get(&path).await;
    assert_eq!((known.status.as_u16(), known.bytes.len()), (304, 0));
}

#[tokio::test]
async fn no_text_is_code_to_the_typesetter() {
    let (app, october) = begun().await;
    let draft = strange(&app, &october).await;
    let pages = pages(&printed(&app, &draft, Form::Pdf).await.bytes);
    let text = pages.concat();
    assert!(text.contains(&squeezed(MARKUP)), "{text}");
    assert!(!text.contains("root:"), "a file of the machine was read");
    assert!(text.contains("aàáãảạăằắẵẳặâầấẫẩậ"), "{text}");
    assert!(pages.len() >= 8, "a long section takes pages");
}

#[tokio::test]
async fn without_the_typesetter_a_pdf_is_503_and_word_goes_on() {
    let setup = Setup { typesetter: Some(Typesetter::at("/nowhere/thidua-typeset".into())), ..Setup::default() };
    let app = TestApp::start_with(TODAY, setup).await;
    let october = city::october(&app).await;
    let draft = city::draft(&app, &october).await;
    let refused = app.persona("auditor").get(&format!("{}?format=pdf", way(&draft, "document"))).await.refused(503);
    assert_eq!((refused.code(), refused.header("Retry-After")), ("paper.noTypesetter", "60"));
    assert_eq!(refused.text("title"), "Chưa tạo được bản PDF.");
    printed(&app, &draft, Form::Docx).await;
}

/// A paper with nothing but a table, of so many rows.
fn long(rows: usize) -> Vec<u8> {
    use thidua_documents::{Block, Cell, Column, FileName, Head, Row, Table, Words};
    let table = Table {
        sheet: "Bảng".into(),
        caption: None,
        columns: vec![Column::center("TT", 10), Column::left("Đơn vị báo cáo", 60)],
        rows: (1..=rows).map(|number| Row::Cells(vec![Cell::count(number), Cell::words("Trường Tiểu học")])).collect(),
    };
    let head = Head {
        superior: Vec::new(),
        issuer: vec!["UBND".into()],
        symbol: None,
        dateline: "Gia Lộc".into(),
        dated: None,
        kind: "BÁO CÁO".into(),
        subject: Words::default(),
        remark: None,
        receivers: Vec::new(),
    };
    let body = vec![Block::Table(table)];
    let paper = Paper {
        file: FileName::of("x"),
        landscape: false,
        head,
        body,
        signature: None,
        recipients: Vec::new(),
        annexes: Vec::new(),
    };
    data::request(&paper).unwrap()
}

#[test]
fn a_table_that_breaks_over_pages_has_its_heading_on_each() {
    let pages = pages(&set(&long(120), &[]).stdout);
    assert!(pages.len() >= 3, "{}", pages.len());
    assert!(pages.iter().all(|page| page.contains("Đơnvịbáocáo")), "{pages:#?}");
    assert!(pages.last().unwrap().contains("120TrườngTiểuhọc"));
}

#[test]
fn what_is_no_paper_is_refused_and_said_so() {
    let code = |paper: &[u8], arguments: &[&str]| {
        let answer = set(paper, arguments);
        assert!(answer.stdout.is_empty() && !answer.stderr.is_empty(), "{arguments:?}");
        answer.status.code().unwrap()
    };
    assert_eq!(code(b"no paper", &[]), 3);
    assert_eq!(code(json!({ "form": 999 }).to_string().as_bytes(), &[]), 3);
    assert_eq!(code(&long(1), &["--page", "9"]), 3);
    assert_eq!(code(&long(1), &["--paper", "9"]), 2);
    assert_eq!(code(json!({ "form": thidua_documents::typeset::FORM }).to_string().as_bytes(), &[]), 1);
}
