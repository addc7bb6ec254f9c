//! One frozen snapshot in four forms. What each table must say is told by the JSON alone, figure by figure, and then looked for
//! in the row where it belongs: in Word, in Excel and on the set pages.

use std::collections::BTreeSet;

use calamine::Data;
use serde_json::{Value, json};
use thidua_documents::Form;
use thidua_tests::{Reply, TestApp};

use super::{
    consolidated::{begun, printed},
    expected::{Expected, Row},
    reading::{paragraphs, sheets, shown, tables},
    typeset::{pages, squeezed},
};
use crate::stage::{
    self,
    city::{self, October, way},
    office,
};

/// Every number of a snapshot, by the members on the way to it: what is not in this list has to be printed first.
const NUMBERS: [&str; 63] = [
    "/figures/documentsIssued",
    "/figures/fields/*/count/notDone",
    "/figures/fields/*/count/reached",
    "/figures/fields/*/count/targets",
    "/figures/fields/*/count/withValue",
    "/figures/fields/*/field",
    "/figures/fields/*/tasks/*/count/notDone",
    "/figures/fields/*/tasks/*/count/reached",
    "/figures/fields/*/tasks/*/count/targets",
    "/figures/fields/*/tasks/*/count/withValue",
    "/figures/fields/*/tasks/*/sources/*/reportVersion",
    "/figures/fields/*/tasks/*/sources/*/value/amount",
    "/figures/fields/*/tasks/*/sources/*/value/denominator",
    "/figures/fields/*/tasks/*/sources/*/value/numerator",
    "/figures/movements/*/contributions/*/reportVersion",
    "/figures/movements/*/count/notDone",
    "/figures/movements/*/count/reached",
    "/figures/movements/*/count/targets",
    "/figures/movements/*/count/withValue",
    "/figures/movements/*/sources/*/reportVersion",
    "/figures/movements/*/sources/*/value/amount",
    "/figures/otherMovements/*/contributions/*/reportVersion",
    "/figures/peopleReached",
    "/figures/planTargets/*/completionPercent",
    "/figures/planTargets/*/measure/planned",
    "/figures/planTargets/*/sharePercent",
    "/figures/planTargets/*/sources/*/reportVersion",
    "/figures/planTargets/*/sources/*/value/denominator",
    "/figures/planTargets/*/sources/*/value/numerator",
    "/figures/planTargets/*/total/denominator",
    "/figures/planTargets/*/total/numerator",
    "/figures/reporting/accepted",
    "/figures/reporting/late",
    "/figures/reporting/missing",
    "/figures/reporting/owed",
    "/figures/reporting/reported",
    "/figures/reporting/voluntary",
    "/figures/reportingByPeriod/*/reporting/accepted",
    "/figures/reportingByPeriod/*/reporting/late",
    "/figures/reportingByPeriod/*/reporting/missing",
    "/figures/reportingByPeriod/*/reporting/owed",
    "/figures/reportingByPeriod/*/reporting/reported",
    "/figures/reportingByPeriod/*/reporting/voluntary",
    "/figures/targets/notDone",
    "/figures/targets/reached",
    "/figures/targets/targets",
    "/figures/targets/withValue",
    "/figures/withoutTask/count/notDone",
    "/figures/withoutTask/count/reached",
    "/figures/withoutTask/count/targets",
    "/figures/withoutTask/count/withValue",
    "/figures/withoutTask/sources/*/reportVersion",
    "/includedReports/*/documentsIssued",
    "/includedReports/*/figures/*/completionPercent",
    "/includedReports/*/figures/*/measure/baseline",
    "/includedReports/*/figures/*/measure/planned",
    "/includedReports/*/figures/*/sharePercent",
    "/includedReports/*/figures/*/value/amount",
    "/includedReports/*/figures/*/value/denominator",
    "/includedReports/*/figures/*/value/numerator",
    "/includedReports/*/peopleReached",
    "/includedReports/*/reportVersion",
    "/includedReports/*/round",
];

/// The members of a snapshot that are numbers, each list counted as one.
fn numbers(at: &str, value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| numbers(&format!("{at}/{name}"), value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| numbers(&format!("{at}/*"), item, found)),
        Value::Number(_) => drop(found.insert(at.to_owned())),
        Value::String(text) if text.parse::<f64>().is_ok() => drop(found.insert(at.to_owned())),
        Value::String(_) | Value::Bool(_) | Value::Null => {}
    }
}

/// October with a value of every kind in it: TH1 corrects its report with what it has measured since, and TH2, which began
/// somewhere, comes late.
async fn with_every_kind() -> (TestApp, October) {
    let (app, october) = begun().await;
    let campaign = &october.campaign;
    let mut results = Vec::new();
    for (code, value) in [
        ("BHYT-HS", json!({"kind": "SHARE", "numerator": "482.5", "denominator": "495"})),
        ("SANG-KIEN", json!({"kind": "QUANTITATIVE", "amount": "1234.5"})),
        ("VAN-HOA", json!({"kind": "QUALITATIVE", "finding": "Không có vi phạm.", "reached": true})),
        ("CSVC", json!({"kind": "MILESTONE", "done": ["B1"]})),
    ] {
        let target = stage::target(&app, campaign, "unit-officer", code).await;
        let measured = stage::measured(&app, "unit-officer", &target, "2025-10-30", value).await;
        results.push(json!({"targetId": target.id(), "measurementId": measured.id()}));
    }
    let why =
        json!({"correctsId": october.school.id(), "correctionReason": "Bổ sung số liệu.", "targetResults": results});
    let correction = city::school_report(&app, campaign, &october.period, why).await;
    app.persona("coordinator").command(&format!("/reports/{}/accept", correction.id()), &correction).await.ok();
    let mut begun_somewhere = json!({"targets": [
        {"code": "THU-VIEN", "name": "Lượt mượn sách", "topic": {"task": "3.2.1"},
         "measure": {"kind": "QUANTITATIVE", "measureUnit": "lượt", "direction": "AT_LEAST", "baseline": "1000", "planned": "1800"}},
        {"code": "BO-HOC", "name": "Học sinh bỏ học", "topic": {"task": "3.2.1"},
         "measure": {"kind": "SHARE", "direction": "AT_MOST", "baseline": "1.5", "planned": "0.25"}},
    ]});
    begun_somewhere["actionProgramme"] = stage::content()["actionProgramme"].clone();
    let registered = stage::handed_in(&app, campaign, "head-of-TH2", begun_somewhere).await;
    app.persona("coordinator").command(&format!("/registrations/{}/accept", registered.id()), &registered).await.ok();
    let mut results = Vec::new();
    for (code, value) in [
        ("THU-VIEN", json!({"kind": "QUANTITATIVE", "amount": "1480"})),
        ("BO-HOC", json!({"kind": "SHARE", "numerator": "3", "denominator": "486"})),
    ] {
        let target = stage::target(&app, campaign, "head-of-TH2", code).await;
        let measured = stage::measured(&app, "head-of-TH2", &target, "2025-10-31", value).await;
        results.push(json!({"targetId": target.id(), "measurementId": measured.id()}));
    }
    let new = json!({"unitId": stage::unit(&app, "TH2").await, "targetResults": results,
                     "leadership": {"text": "Đã phát động.", "documentsIssued": 1_001, "peopleReached": 486}});
    let head = app.persona("head-of-TH2");
    let draft = head.create(&format!("/periods/{}/reports", october.period.id()), new).await.created();
    let submitted = head.command(&format!("/reports/{}/submit", draft.id()), &draft).await.ok();
    app.persona("coordinator").command(&format!("/reports/{}/accept", draft.id()), &submitted).await.ok();
    (app, october)
}

/// What the report says of itself and of its snapshot, found in every form.
async fn reads_back(app: &TestApp, report: &Reply) {
    let frozen = &report.body["snapshot"];
    let plan = stage::plan();
    let expected = Expected { frozen, plan: &plan };
    let (docx, xlsx) = (printed(app, report, Form::Docx).await.bytes, printed(app, report, Form::Xlsx).await.bytes);
    let set = pages(&printed(app, report, Form::Pdf).await.bytes).concat();
    let (written, books) = (tables(&docx), sheets(&xlsx));
    let wanted = expected.tables();
    assert_eq!((written.len(), books.len()), (wanted.len(), wanted.len() + 1), "the text has a sheet too");

    let mut place = 0;
    for ((rows, on_page), (name, in_book)) in wanted.iter().zip(&written).zip(&books[1..]) {
        let told: Vec<_> = rows.iter().map(|row| &row.told).collect();
        assert_eq!(on_page[1..].iter().collect::<Vec<_>>(), told, "Word: {name}");
        assert_eq!(in_book.len(), rows.len() + 1, "Excel: {name}");
        let heads: Vec<_> = in_book[0].iter().map(shown).collect();
        for (row, cells) in rows.iter().zip(&in_book[1..]) {
            in_excel(name, &heads, &on_page[0], row, cells);
            // On the pages the rows follow one another as they do in the JSON.
            let text = squeezed(&row.told.concat());
            let found = set[place..].find(&text).unwrap_or_else(|| panic!("PDF: {name}: {:?}", row.told));
            place += found + text.len();
        }
    }

    let (lines, first_sheet) = (paragraphs(&docx), &books[0].1);
    for sentence in expected.sentences().into_iter().chain(of_the_paper(report)) {
        assert!(lines.contains(&sentence), "Word: {sentence}: {lines:#?}");
        assert!(first_sheet.iter().flatten().any(|cell| shown(cell) == sentence), "Excel: {sentence}");
        assert!(set.contains(&squeezed(&sentence)), "PDF: {sentence}");
    }
}

/// A row of a sheet says what the page says, and beside it where that comes from; figures are figures there.
#[track_caller]
fn in_excel(name: &str, heads: &[String], on_page: &[String], row: &Row, cells: &[Data]) {
    let cell = |head: &str| heads.iter().position(|own| own == head).map(|place| &cells[place]).unwrap();
    for (head, told) in on_page.iter().zip(&row.told) {
        assert_eq!(shown(cell(head)), *told, "Excel: {name}: {head}");
        let plain = told.replace('.', "").replace(',', ".");
        let figure = plain.parse::<f64>().is_ok() && !matches!(head.as_str(), "Nguồn");
        assert!(!figure || matches!(cell(head), Data::Float(_)), "Excel: {name}: {head}: {told} is a text");
    }
    for (head, told) in &row.aside {
        assert_eq!(shown(cell(head)), *told, "Excel: {name}: {head} beside {:?}", row.told);
    }
}

/// Number, day, cut-off and signer.
fn of_the_paper(report: &Reply) -> Vec<String> {
    let day = |text: &str| {
        let [year, month, day] = text.split('-').collect::<Vec<_>>()[..] else { panic!("{text}") };
        (format!("{day}/{month}/{year}"), format!("Gia Lộc, ngày {day} tháng {month} năm {year}"))
    };
    let (document, signature) = (&report.body["document"], &report.body["signature"]);
    let mut said = vec![
        format!("Số: {}", document["symbol"].as_str().unwrap()),
        day(document["issueDate"].as_str().unwrap()).1,
        format!("(Số liệu tính đến ngày {})", day(report.text("cutOffDate")).0),
        signature["name"].as_str().unwrap().to_owned(),
    ];
    said.extend(signature["capacityLabel"].as_str().unwrap().lines().map(str::to_owned));
    said
}

#[tokio::test]
async fn every_figure_of_the_report_to_the_city_reads_back_from_json_word_excel_and_pdf() {
    let (app, october) = with_every_kind().await;
    let draft = city::draft(&app, &october).await;
    let submitted = app.persona("coordinator").command(&way(&draft, "submit"), &draft).await.ok();
    let signed = app.persona("chair").command_with(&way(&draft, "sign"), &submitted, json!({})).await.ok();
    let numbering = json!({"number": 25, "issueDate": app.today()});
    let report = app.persona("clerk").command_with(&way(&draft, "issue"), &signed, numbering).await.ok();
    assert_eq!(report.body["snapshot"], draft.body["snapshot"], "what was frozen is what was signed");
    assert_eq!(report.body["frozenAt"], draft.body["frozenAt"]);
    // What is looked for is there: shares above, below and unlike what two decimals show, and each kind of value.
    let values = report.body["snapshot"].to_string();
    for value in ["\"96.995\"", "\"482.5\"", "\"1234.5\"", "\"Không có vi phạm.\"", "[\"B1\"]"] {
        assert!(values.contains(value), "{value}");
    }
    reads_back(&app, &report).await;
}

#[tokio::test]
async fn every_figure_of_a_report_of_the_office_reads_back_from_json_word_excel_and_pdf() {
    let (app, october) = with_every_kind().await;
    let report = office::issued(&app, &october).await;
    assert_eq!(report.body["kind"], "PERIODIC");
    reads_back(&app, &report).await;
}

#[tokio::test]
async fn a_snapshot_has_no_number_that_is_not_looked_for_on_the_papers() {
    let (app, october) = with_every_kind().await;
    let draft = city::draft(&app, &october).await;
    let mut found = BTreeSet::new();
    numbers("", &draft.body["snapshot"], &mut found);
    assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), NUMBERS);
}
