//! Lists as files: CSV, NDJSON and XLSX.

mod cells;
mod reckoned;

use std::{collections::BTreeMap, io::Cursor};

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use serde_json::{Value, json};
use thidua_api::{export::Form, openapi::Contract};
use thidua_tests::{Person, Reply, TestApp, raw};

use crate::{
    attachments::registers,
    reminders::mail,
    stage::{self, city, reporting},
};

use cells::check_cell;

/// A file of a list.
async fn file(person: &Person, path: &str, form: Form) -> Reply {
    let reply = person.with("Accept", form.media_type()).get(path).await.ok();
    let kind = reply.header("Content-Type");
    assert!(kind.starts_with(form.media_type()), "{path} answered {kind}");
    reply
}

/// The lines of a CSV, by the names that programs know the columns by.
fn table(csv: &Reply) -> Vec<BTreeMap<String, String>> {
    let text = csv.raw.strip_prefix('\u{feff}').expect("the mark by which Excel knows UTF-8");
    let mut lines = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut records = lines.records().map(Result::unwrap);
    let headings = records.next().expect("a line of headings");
    let names: Vec<String> = headings.iter().map(name).collect();
    records.map(|record| names.iter().cloned().zip(record.iter().map(str::to_owned)).collect()).collect()
}

/// `Mã đơn vị [unitCode]`: what people read, and what programs do.
fn name(heading: &str) -> String {
    let (label, name) = heading.strip_suffix(']').and_then(|rest| rest.rsplit_once(" [")).expect(heading);
    assert!(!label.is_empty() && !label.contains('.'), "{heading} has no label in the catalogue");
    name.to_owned()
}

fn workbook(xlsx: &Reply) -> Xlsx<Cursor<Vec<u8>>> {
    open_workbook_from_rs(Cursor::new(xlsx.bytes.clone())).expect("a workbook")
}

/// The rows of the first sheet, by the names of its columns.
fn sheet(xlsx: &Reply) -> Vec<BTreeMap<String, Data>> {
    let mut book = workbook(xlsx);
    let first = book.sheet_names()[0].clone();
    let range = book.worksheet_range(&first).unwrap();
    let mut rows = range.rows();
    let names: Vec<String> = rows.next().unwrap().iter().map(|heading| name(&heading.to_string())).collect();
    rows.map(|row| names.iter().cloned().zip(row.iter().cloned()).collect()).collect()
}

/// What an item says, member by member; of lists of things nothing.
fn leaves(at: &str, value: &Value, all: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(members) => {
            for (member, value) in members {
                leaves(&if at.is_empty() { member.clone() } else { format!("{at}.{member}") }, value, all);
            }
        }
        Value::Array(items) if items.iter().all(Value::is_string) => {
            let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            if !texts.is_empty() {
                all.insert(at.to_owned(), texts.join("; "));
            }
        }
        Value::Array(_) => {}
        Value::String(text) => drop(all.insert(at.to_owned(), text.clone())),
        other => drop(all.insert(at.to_owned(), other.to_string())),
    }
}

/// The items of a list, page by page.
async fn items(person: &Person, path: &str) -> Vec<Value> {
    let mut items = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = person.get(&format!("{path}?limit=100{cursor}")).await.ok();
        items.extend(page.body["items"].as_array().unwrap().clone());
        match page.body["nextCursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return items,
        }
    }
}

/// Where each list of the contract is in a campaign that has come far.
async fn lists(app: &TestApp) -> Vec<String> {
    let october = city::october(app).await;
    let campaign = october.campaign.id().to_owned();
    let draft = reporting::report(app, &october.period, "TH2", "head-of-TH2").await;
    reporting::attached(app, &draft, "head-of-TH2").await;
    let draft = app.persona("head-of-TH2").get(&format!("/reports/{}", draft.id())).await.ok();
    app.persona("head-of-TH2").command(&format!("/reports/{}/submit", draft.id()), &draft).await.ok();
    let rubric = reporting::rubric(app, &october.campaign, reporting::judged_terms()).await;
    reporting::assessed(app, "vice-chair", &rubric, "TH1").await;
    city::sent(app, &october).await;
    let arrived = registers::scanned(app).await.0;
    let issued = registers::sent_letter(app).await.0;
    reporting::reminder_rule(app, &october.campaign, reporting::two_days_before()).await;
    let letter = json!({"unitIds": [stage::unit(app, "TH2").await], "message": "Đề nghị khẩn trương nộp báo cáo.",
                        "documentId": issued.id()});
    mail::gives_up(app, "head-of-TH2").await;
    app.persona("office").create(&format!("/campaigns/{campaign}/reminders"), letter).await.created();
    mail::is_refused(app).await;
    let mut rule = reporting::not_below("WARN");
    rule["condition"]["target"] = json!("SANG-KIEN");
    reporting::rule(app, &october.campaign, rule).await;
    let office = stage::target(app, &october.campaign, "head-of-VHXH", "BHYT").await;
    let measured = reporting::measured_in_october(app, &october.campaign, "unit-officer", "SANG-KIEN").await;
    reporting::proven(app, &measured, "unit-officer").await;
    let known = [
        ("campaignId", campaign.as_str()),
        ("targetId", office.id()),
        ("reportId", draft.id()),
        ("measurementId", measured.id()),
        ("scoringRubricId", rubric.id()),
        ("documentId", issued.id()),
        ("incomingDocumentId", arrived.id()),
    ];
    let contract = Contract::current();
    let lists = contract
        .paths()
        .filter(|(_, methods)| methods.get("GET").is_some_and(|route| route.operation.starts_with("list")));
    let place = |path: &String| {
        let filled = known.iter().fold(path.clone(), |path, (name, id)| path.replace(&format!("{{{name}}}"), id));
        assert!(!filled.contains('{'), "say above what stands for the parameter of {path}");
        filled
    };
    lists.map(|(path, _)| place(path)).collect()
}

#[tokio::test]
async fn every_list_of_the_contract_is_a_file_in_every_form_too_and_says_the_same_there() {
    let app = TestApp::start_at("2025-09-15").await;
    let lists = lists(&app).await;
    assert!(lists.len() >= 11, "{lists:?}");
    for path in lists {
        // Most lists are the coordinator's to see; what one person has to read, and what was not delivered, are not.
        let reader = app.persona(match path.as_str() {
            "/notifications" => "head-of-TH2",
            "/undelivered-mail" => "admin",
            _ => "coordinator",
        });
        let items = items(&reader, &path).await;
        assert!(!items.is_empty(), "{path} has nothing to show");
        says_the_same(&reader, &path, &items).await;
    }
}

/// The file of a list is its items, in every form.
async fn says_the_same(reader: &Person, path: &str, items: &[Value]) {
    let lines = file(reader, path, Form::Ndjson).await;
    let lined: Vec<Value> = lines.raw.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lined, items, "{path}");

    let csv = file(reader, path, Form::Csv).await;
    assert_eq!(csv.header("Row-Count"), items.len().to_string(), "{path}");
    let rows = table(&csv);
    assert_eq!(rows.len(), items.len(), "{path}");
    let xlsx = file(reader, path, Form::Xlsx).await;
    let cells = sheet(&xlsx);
    assert_eq!(cells.len(), items.len(), "{path}");
    for ((item, row), cells) in items.iter().zip(&rows).zip(&cells) {
        let mut said = BTreeMap::new();
        leaves("", item, &mut said);
        for (member, text) in &said {
            assert_eq!(row.get(member), Some(text), "{path}: {member}");
            check_cell(member, text, &cells[member]);
        }
        for (name, text) in row.iter().filter(|(name, _)| !said.contains_key(*name)) {
            let empty = matches!(&cells[name], Data::Empty) && text.is_empty();
            assert!(empty || cells[name].to_string() == *text, "{path}: {name}: {text} and {:?}", cells[name]);
        }
    }
}

#[tokio::test]
async fn a_file_has_the_names_of_what_its_identifiers_stand_for_and_headings_for_people_and_programs() {
    let app = TestApp::start_at("2025-09-15").await;
    let campaign = stage::running(&app).await;
    app.at("2025-10-01");
    let target = stage::target(&app, &campaign, "head-of-VHXH", "BHYT").await;
    let value = json!({"kind": "SHARE", "numerator": "39118", "denominator": "41250"});
    stage::measured(&app, "head-of-VHXH", &target, "2025-09-30", value).await;

    let path = format!("/campaigns/{}/measurements", campaign.id());
    let csv = file(&app.persona("coordinator"), &path, Form::Csv).await;
    assert!(
        csv.raw.starts_with("\u{feff}Mã đơn vị [unitCode],Tên đơn vị [unitName],Mã chỉ tiêu [targetCode],"),
        "{}",
        csv.raw
    );
    assert!(csv.raw.ends_with("\r\n"), "lines end as RFC 4180 says");
    let row = &table(&csv)[0];
    assert_eq!((row["unitCode"].as_str(), row["targetCode"].as_str()), ("VHXH", "BHYT"));
    assert_eq!(row["targetName"], "Tỷ lệ tham gia bảo hiểm y tế toàn xã đạt 97%");
    assert_eq!((row["value.numerator"].as_str(), row["sharePercent"].as_str()), ("39118", "94.831515"));
    assert_eq!(
        csv.header("Content-Disposition"),
        "attachment; filename=\"so-lieu-thuc-hien-2025-10-01.csv\"; \
         filename*=UTF-8''S%E1%BB%91%20li%E1%BB%87u%20th%E1%BB%B1c%20hi%E1%BB%87n%202025-10-01.csv"
    );
    let english = app.persona("coordinator").with("Accept-Language", "en");
    let csv = file(&english, &path, Form::Csv).await;
    assert!(csv.raw.starts_with("\u{feff}Code of the unit [unitCode],"), "{}", csv.raw);
    assert_eq!(csv.header("Content-Language"), "en");
    let book = workbook(&file(&app.persona("coordinator"), &path, Form::Xlsx).await);
    assert_eq!(book.sheet_names(), ["Số liệu thực hiện"]);
}

#[tokio::test]
async fn what_looks_like_a_formula_is_a_text_in_every_form() {
    let app = TestApp::start_at("2025-09-15").await;
    let admin = app.persona("admin");
    let names = ["=HYPERLINK(\"http://x\";\"a\")", "+1", "-2+3", "@SUM(A1)", "＝1+1", "_x0041_ & <b>", "a,\"b\"\nc"];
    for (n, name) in names.iter().enumerate() {
        let unit = json!({"code": format!("X{n}"), "name": name, "type": "SCHOOL", "validFromDate": "2025-07-01"});
        admin.create("/units", unit).await.created();
    }
    let csv = file(&admin, "/units", Form::Csv).await;
    let rows = table(&csv);
    let xlsx = file(&admin, "/units", Form::Xlsx).await;
    let cells = sheet(&xlsx);
    for (n, name) in names.iter().enumerate() {
        let code = format!("X{n}");
        let row = rows.iter().find(|row| row["code"] == code).unwrap();
        let risky = name.starts_with(['=', '+', '-', '@', '＝']);
        assert_eq!(row["name"], if risky { format!("'{name}") } else { (*name).to_owned() });
        let cell = cells.iter().find(|row| row["code"] == Data::String(code.clone())).unwrap();
        assert_eq!(cell["name"], Data::String((*name).to_owned()));
    }
    let mut book = workbook(&xlsx);
    let sheet = book.sheet_names()[0].clone();
    assert!(book.worksheet_formula(&sheet).unwrap().is_empty(), "no cell of a file is a formula");
}

#[tokio::test]
async fn a_file_has_the_filter_of_its_list_and_what_its_reader_may_see_but_no_pages() {
    let app = TestApp::start_at("2025-09-15").await;
    let campaign = stage::running(&app).await;
    app.at("2025-09-20");
    stage::registered(&app, &campaign, "unit-head").await;
    let path = format!("/campaigns/{}/targets", campaign.id());
    let own = stage::unit_of(&app, "unit-head").await;
    let (head, coordinator) = (app.persona("unit-head"), app.persona("coordinator"));

    let codes = |csv: &Reply| -> Vec<String> { table(csv).iter().map(|row| row["unitId"].clone()).collect() };
    let seen = codes(&file(&head, &format!("{path}?limit=1&includeTotal=true"), Form::Csv).await);
    assert_eq!(seen, vec![own.as_str().unwrap(); 4], "a page of one is no part of a file");
    let all = codes(&file(&coordinator, &path, Form::Csv).await);
    let filtered = codes(&file(&coordinator, &format!("{path}?unitId={}", own.as_str().unwrap()), Form::Csv).await);
    assert!(all.len() > filtered.len());
    assert_eq!(filtered.len(), 4);
    let nothing = file(&coordinator, &format!("{path}?task=9.9.9"), Form::Ndjson).await;
    assert_eq!((nothing.raw.as_str(), nothing.header("Row-Count")), ("", "0"));

    // A draft is not for the unit: its lists are absent in every form.
    let draft = another_draft(&app).await;
    for form in Form::FILES {
        let hidden = head.with("Accept", form.media_type()).get(&format!("/campaigns/{}/targets", draft.id())).await;
        assert_eq!(hidden.refused(404).header("Content-Type"), "application/problem+json");
    }
    let wrong = head.with("Accept", "text/csv").get(&format!("{path}?colour=red")).await.refused(400);
    assert_eq!(wrong.faults(), ["colour parameter.unknown"]);
}

#[tokio::test]
async fn the_form_of_a_list_is_the_one_that_its_reader_likes_best() {
    let app = TestApp::start_at("2025-09-15").await;
    let admin = app.persona("admin");
    for (accept, media) in [
        ("*/*", "application/json"),
        ("text/html, */*;q=0.8", "application/json"),
        ("text/csv;q=0.5, application/json", "application/json"),
        ("text/csv, application/json;q=0.9", "text/csv; charset=utf-8"),
        ("text/*", "text/csv; charset=utf-8"),
        ("application/json;q=0, application/x-ndjson", "application/x-ndjson"),
    ] {
        let reply = admin.with("Accept", accept).get("/units").await.ok();
        assert_eq!(reply.header("Content-Type"), media, "{accept}");
    }
    admin.with("Accept", "application/pdf").get("/units").await.refused(406);
}

#[tokio::test]
async fn a_long_list_comes_whole_and_in_order_and_whoever_leaves_takes_nothing_with_him() {
    let app = TestApp::start_at("2025-09-15").await;
    let admin = app.persona("admin");
    let before = items(&admin, "/units").await.len();
    let enter = async |n: u32| {
        let unit = json!({"code": format!("T{n:04}"), "name": format!("Thôn {n}"), "type": "VILLAGE", "validFromDate": "2025-07-01"});
        admin.create("/units", unit).await.created();
    };
    for hundred in 0..11 {
        futures_util::future::join_all((0..100).map(|n| enter(hundred * 100 + n))).await;
    }
    let rows = table(&file(&admin, "/units", Form::Csv).await);
    assert_eq!(rows.len(), before + 1100);
    assert!(rows.is_sorted_by_key(|row| row["code"].clone()));
    assert_eq!(sheet(&file(&admin, "/units", Form::Xlsx).await).len(), before + 1100);

    let token = app.issuer.mint("admin").unwrap();
    for _ in 0..12 {
        let request = format!(
            "GET /v1/units HTTP/1.1\r\nHost: x\r\nAccept: application/x-ndjson\r\nAuthorization: Bearer {token}\r\n\r\n"
        );
        raw::reset(raw::open(&app.base, request.as_bytes()).await);
    }
    // At most three run at once, and who has left no longer counts.
    let mut last = admin.with("Accept", "text/csv").get("/units").await;
    while last.status.as_u16() == 503 {
        last = admin.with("Accept", "text/csv").get("/units").await;
    }
    assert_eq!(table(&last.ok()).len(), before + 1100);
}

async fn another_draft(app: &TestApp) -> Reply {
    let (issuer, office) = (stage::unit(app, "UBND").await, stage::unit(app, "VHXH").await);
    let new =
        json!({"code": "gia-loc-2026", "issuerUnitId": issuer, "coordinatingUnitId": office, "plan": stage::plan()});
    app.persona("coordinator").create("/campaigns", new).await.created()
}
