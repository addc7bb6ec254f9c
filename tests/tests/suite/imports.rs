//! Tables that come in: templates, rows that are carried out, and files that are refused.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use rust_xlsxwriter::{Format, Workbook};
use serde_json::json;
use thidua_api::export::Form;
use thidua_tests::{Person, Reply, TestApp};

use crate::stage;

mod effort;
mod files;
mod registrations;

/// A campaign that TH1 has registered for, on the first of October.
async fn registered() -> (TestApp, Reply) {
    let app = TestApp::start_at("2025-09-15").await;
    let campaign = stage::running(&app).await;
    app.at("2025-10-01");
    stage::registered(&app, &campaign, "unit-head").await;
    (app, campaign)
}

async fn send(person: &Person, path: &str, form: Form, file: impl Into<Vec<u8>>) -> Reply {
    person.with("Content-Type", form.media_type()).post_bytes(path, file.into()).await
}

fn measurements(campaign: &Reply) -> String {
    format!("/campaigns/{}/measurement-imports", campaign.id())
}

async fn amount(app: &TestApp, campaign: &Reply, code: &str) -> serde_json::Value {
    stage::target(app, campaign, "unit-head", code).await.body["current"].clone()
}

#[tokio::test]
async fn a_template_is_downloaded_filled_in_and_sent_back() {
    let (app, campaign) = registered().await;
    let officer = app.persona("unit-officer");
    let path = measurements(&campaign);
    let template = officer.with("Accept", Form::Xlsx.media_type()).get(&format!("{path}/template")).await.ok();
    assert!(
        template.header("Content-Disposition").contains("filename=\"mau-nhap---so-lieu-thuc-hien-2025-10-01.xlsx\"")
    );
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(template.bytes.clone())).unwrap();
    assert_eq!(book.sheet_names(), ["Số liệu thực hiện", "Hướng dẫn"]);
    let guide = book.worksheet_range("Hướng dẫn").unwrap();
    assert!(guide.rows().count() >= 8, "the sheet that explains it says something");
    let printed = book.worksheet_range("Số liệu thực hiện").unwrap();
    let rows: Vec<Vec<Data>> = printed.rows().map(<[Data]>::to_vec).collect();
    let codes: Vec<String> = rows[1..].iter().map(|row| row[2].to_string()).collect();
    assert_eq!(
        codes,
        ["BHYT-HS", "CSVC", "SANG-KIEN", "VAN-HOA"],
        "the targets of the caller's own unit, and no others"
    );
    assert!(rows[1..].iter().all(|row| row[0] == "TH1"));

    // Filled in with Excel: true dates and numbers, one row left blank.
    let mut filled = Workbook::new();
    let sheet = filled.add_worksheet().set_name("Số liệu thực hiện").unwrap();
    for (number, row) in (0..).zip(&rows) {
        for (place, cell) in (0..).zip(row) {
            sheet.write_string(number, place, cell.to_string()).unwrap();
        }
    }
    let place = |name: &str| {
        let found = rows[0].iter().position(|heading| heading.to_string().ends_with(&format!("[{name}]")));
        u16::try_from(found.unwrap()).unwrap()
    };
    let day = Format::new().set_num_format("dd/mm/yyyy");
    for number in [1, 2, 3] {
        let september = rust_xlsxwriter::ExcelDateTime::from_ymd(2025, 9, 30).unwrap();
        sheet.write_datetime_with_format(number, place("asOfDate"), &september, &day).unwrap();
    }
    sheet.write_number(1, place("value.numerator"), 482).unwrap();
    sheet.write_number(1, place("value.denominator"), 495).unwrap();
    sheet.write_string(2, place("value.done"), "B1; B2").unwrap();
    sheet.write_number(3, place("value.amount"), 2.5).unwrap();
    filled.add_worksheet().set_name("Hướng dẫn").unwrap();
    let file = filled.save_to_buffer().unwrap();

    let before = app.events().await;
    let tried = send(&officer, &format!("{path}?dryRun=true"), Form::Xlsx, file.clone()).await.ok();
    assert_eq!(tried.body, json!({"rows": 3, "created": 3, "unchanged": 0, "rejected": 0}));
    assert_eq!(app.events().await, before, "what is only tried leaves nothing behind");

    let done = send(&officer, &path, Form::Xlsx, file.clone()).await.created();
    assert_eq!((done.text("kind"), done.body["created"].as_i64()), ("MEASUREMENTS", Some(3)));
    assert_eq!(app.events().await, before + 4, "an event for the import and one for each measurement");
    assert_eq!(amount(&app, &campaign, "SANG-KIEN").await["value"]["amount"], "2.5");
    assert_eq!(amount(&app, &campaign, "CSVC").await["value"]["done"], json!(["B1", "B2"]));
    assert_eq!(amount(&app, &campaign, "BHYT-HS").await["asOfDate"], "2025-09-30");

    let read = officer.get(&format!("/imports/{}", done.id())).await.ok();
    assert_eq!((read.body.clone(), read.etag()), (done.body.clone(), done.etag()));
    app.persona("other-unit-head").get(&format!("/imports/{}", done.id())).await.refused(404);
    app.persona("coordinator").get(&format!("/imports/{}", done.id())).await.ok();

    let again = send(&officer, &path, Form::Xlsx, file).await.created();
    assert_eq!((again.body["created"].as_i64(), again.body["unchanged"].as_i64()), (Some(0), Some(3)));
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn csv_as_excel_writes_it_in_viet_nam_and_elsewhere_is_understood() {
    let (app, campaign) = registered().await;
    let officer = app.persona("unit-officer");
    let path = measurements(&campaign);
    for (file, found) in [
        ("\u{feff}Mã đơn vị;Mã chỉ tiêu;Số liệu tính đến ngày;Số lượng\r\nTH1;SANG-KIEN;20/9/2025;1,5\r\n", "1.5"),
        ("unitCode,targetCode,asOfDate,value.amount\nTH1,SANG-KIEN,2025-09-21,2.25\n", "2.25"),
        ("unitCode\ttargetCode\tasOfDate\tvalue.amount\tnote\nTH1\tSANG-KIEN\t22.9.2025\t3,125\t'=SUM(A1)\n", "3.125"),
        ("Code of the unit [unitCode],targetCode,asOfDate,value.amount\n\n\nTH1,SANG-KIEN,23/09/2025,\"4\"\n", "4"),
    ] {
        let done = send(&officer, &path, Form::Csv, file).await.created();
        assert_eq!(done.body["created"], 1, "{file}");
        assert_eq!(amount(&app, &campaign, "SANG-KIEN").await["value"]["amount"], found, "{file}");
    }
    let target = stage::target(&app, &campaign, "unit-head", "SANG-KIEN").await;
    let listed = officer.get(&format!("/targets/{}/measurements", target.id())).await.ok();
    assert_eq!(listed.body["items"][1]["note"], "=SUM(A1)", "the apostrophe belongs to the file, not to the text");

    let lines = json!({"unitCode": "TH1", "targetCode": "BHYT-HS", "asOfDate": "2025-09-30",
                       "value": {"kind": "SHARE", "numerator": "482", "denominator": "495"}});
    send(&officer, &path, Form::Ndjson, format!("{lines}\n\n")).await.created();
}

#[tokio::test]
async fn every_fault_of_every_row_is_named_and_no_row_is_carried_out() {
    let (app, campaign) = registered().await;
    let officer = app.persona("unit-officer");
    let path = measurements(&campaign);
    let before = app.events().await;
    let file = "unitCode;targetCode;asOfDate;value.amount;value.numerator;value.denominator\n\
                TH1;SANG-KIEN;2025-09-30;3;;\n\
                TH1;SANG-KIEN;30/9/2025;4;;\n\
                TH1;KHONG-CO;2025-09-30;1;;\n\
                XYZ;SANG-KIEN;2025-09-30;1;;\n\
                TH1;BHYT-HS;2025-09-30;;496;495\n\
                TH1;BHYT-HS;2025-09-29;7;;\n\
                TH1;SANG-KIEN;2025-12-31;1;;\n";
    let refused = send(&officer, &path, Form::Csv, file).await.refused(422);
    assert_eq!(refused.code(), "import.rowsInvalid");
    let faults: Vec<String> = refused.body["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| {
            format!("{} {} {}", error["row"], error["pointer"].as_str().unwrap(), error["code"].as_str().unwrap())
        })
        .collect();
    assert_eq!(
        faults,
        [
            "3 /asOfDate import.rowTwice",
            "4 /targetCode reference.unknown",
            "5 /unitCode reference.unknown",
            "6 /value/numerator measure.shareOverWhole",
            "7 /value/kind measure.otherKind",
            "8 /asOfDate date.inFuture",
        ]
    );
    assert_eq!(app.events().await, before);
}

#[tokio::test]
async fn what_is_no_day_and_no_number_is_named_by_its_row_as_a_spreadsheet_counts_it() {
    let (app, campaign) = registered().await;
    let (officer, path, before) = (app.persona("unit-officer"), measurements(&campaign), app.events().await);
    let malformed = "unitCode;targetCode;asOfDate;value.amount\n\
                     TH1;SANG-KIEN;31/9/2025;3\n\
                     TH1;SANG-KIEN;hôm qua;1.234\n\
                     TH1;SANG-KIEN;2025-09-30;ba\n\
                     ;SANG-KIEN;2025-09-30;1\n";
    let refused = send(&officer, &path, Form::Csv, malformed).await.refused(400);
    let faults: Vec<String> = refused.body["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| {
            format!("{} {} {}", error["row"], error["pointer"].as_str().unwrap(), error["code"].as_str().unwrap())
        })
        .collect();
    assert_eq!(
        faults,
        [
            "2 /asOfDate date.malformed",
            "3 /value/amount number.separator",
            "4 /value/amount decimal.malformed",
            "5 /unitCode field.missing",
        ]
    );
    let told = refused.body["errors"][0]["message"].as_str().unwrap();
    assert!(told.contains("30/9/2025"), "a table has days of its own: {told}");
    // As Excel ends its lines, and with an empty one among them.
    let by_excel = malformed.replacen('\n', "\n\n", 1).replace('\n', "\r\n");
    let refused = send(&officer, &path, Form::Csv, by_excel).await.refused(400);
    let rows: Vec<_> = refused.body["errors"].as_array().unwrap().iter().map(|error| error["row"].as_u64()).collect();
    assert_eq!(rows, [Some(3), Some(4), Some(5), Some(6)]);
    assert_eq!(app.events().await, before);
}

#[tokio::test]
async fn each_row_is_judged_as_it_would_be_on_its_own() {
    let (app, campaign) = registered().await;
    let path = measurements(&campaign);
    let row = "unitCode,targetCode,asOfDate,value.numerator,value.denominator\nVHXH,BHYT,2025-09-30,39118,41250\n";
    // A target that the caller cannot see is absent; one that he sees but must not measure is not his.
    let refused = send(&app.persona("unit-officer"), &path, Form::Csv, row).await.refused(422);
    assert_eq!(refused.faults(), ["/targetCode reference.unknown"]);
    assert_eq!(
        send(&app.persona("coordinator"), &path, Form::Csv, row).await.refused(403).code(),
        "policy.roleMissing"
    );
    send(&app.persona("head-of-VHXH"), &path, Form::Csv, row).await.created();
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn of_several_days_of_a_target_the_latest_says_where_it_stands_and_a_repeated_key_does_nothing_twice() {
    let (app, campaign) = registered().await;
    let officer = app.persona("unit-officer").with("Idempotency-Key", "so-lieu-thang-9");
    let path = measurements(&campaign);
    let file = "unitCode,targetCode,asOfDate,value.amount\nTH1,SANG-KIEN,2025-09-20,1\nTH1,SANG-KIEN,2025-09-30,3\nTH1,SANG-KIEN,2025-09-25,2\n";
    let done = send(&officer, &path, Form::Csv, file).await.created();
    assert_eq!(amount(&app, &campaign, "SANG-KIEN").await["value"]["amount"], "3");
    let replayed = send(&officer, &path, Form::Csv, file).await.created();
    assert_eq!((replayed.header("Idempotency-Replayed"), replayed.id()), ("true", done.id()));
    assert_eq!(replayed.header("Event-Id"), done.header("Event-Id"));
    let other = send(&officer, &path, Form::Csv, file.replace(",3\n", ",4\n")).await.refused(422);
    assert_eq!(other.code(), "idempotency.keyReused");
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn what_units_register_and_units_themselves_come_in_tables_too() {
    let app = TestApp::start_at("2025-09-15").await;
    let campaign = stage::running(&app).await;
    app.at("2025-09-20");
    let head = app.persona("unit-head");
    let path = format!("/campaigns/{}/registration-imports", campaign.id());
    let template = head.with("Accept", "text/csv").get(&format!("{path}/template")).await.ok();
    let heading = template.raw.lines().next().unwrap();
    assert!(template.raw.contains("\r\nTH1,"), "{}", template.raw);
    assert!(heading.contains("[measure.planned]") && heading.contains("[unitName]"), "{heading}");
    let names = "unitCode,code,name,topic.task,measure.measureUnit,measure.direction,measure.planned,measure.expected,measure.steps";
    let file = format!(
        "{names}\nTH1,SANG-KIEN,Sáng kiến được công nhận,3.2.1,sáng kiến,≥,4,,\nTH1,BHYT-HS,Học sinh tham gia BHYT,3.2.7,%,,97,,\n\
         TH1,VAN-HOA,Văn hóa công sở,,,,,Không có vi phạm.,\nTH1,CSVC,Cơ sở vật chất,,,,,,B1: Sửa phòng học; B2: Bổ sung bàn ghế\n"
    );
    let done = send(&head, &path, Form::Csv, file.clone()).await.created();
    assert_eq!((done.body["rows"].as_i64(), done.body["created"].as_i64()), (Some(1), Some(1)));
    let drafts = head.get(&format!("/campaigns/{}/registrations", campaign.id())).await.ok();
    let draft = &drafts.body["items"][0];
    assert_eq!((draft["stage"].as_str(), draft["targets"].as_array().unwrap().len()), (Some("DRAFT"), 4));
    assert_eq!(draft["targets"][1]["measure"], json!({"kind": "SHARE", "direction": "AT_LEAST", "planned": "97"}));
    assert_eq!(draft["targets"][3]["measure"]["steps"][1], json!({"code": "B2", "name": "Bổ sung bàn ghế"}));
    assert_eq!(send(&head, &path, Form::Csv, file.clone()).await.created().body["unchanged"], 1);
    let other = send(&head, &path, Form::Csv, file.replace(",97,", ",98,")).await.refused(422);
    assert_eq!(other.faults(), [" registration.open"]);
    let twice = send(
        &app.persona("other-unit-head"),
        &path,
        Form::Csv,
        format!("{names}\nTYTX,A,Một,9.9.9,ca,,1,,\nTYTX,A,Hai,,ca,,1,,\n"),
    )
    .await;
    let rows: Vec<_> = twice.refused(422).body["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| (e["row"].clone(), e["pointer"].clone()))
        .collect();
    assert_eq!(
        rows,
        [(json!(2), json!("/topic/task")), (json!(3), json!("/code"))],
        "faults stand where their targets do"
    );

    let admin = app.persona("admin");
    let file = "Mã;Tên;Loại đơn vị (mã);Mã đơn vị cấp trên;Hoạt động từ ngày\nTO-A;Tổ A;Thôn;UBND;1/7/2025\nTO-B;Tổ B;VILLAGE;UBND;1/7/2025\n";
    assert_eq!(send(&admin, "/unit-imports", Form::Csv, file).await.created().body["created"], 2);
    assert_eq!(send(&admin, "/unit-imports", Form::Csv, file).await.created().body["unchanged"], 2);
    let other = send(&admin, "/unit-imports", Form::Csv, file.replace("Tổ B", "Tổ Hai")).await.refused(422);
    assert_eq!(other.faults(), ["/code unit.codeTaken"]);
    admin.with("Accept", Form::Xlsx.media_type()).get("/unit-imports/template").await.ok();
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}
