//! Files that are no plain tables, or grow beyond measure.

use std::io::{Cursor, Write as _};

use reqwest::Method;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};
use thidua_api::export::Form;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{measurements, registered, send};

const HEADINGS: [&str; 10] = [
    "unitCode",
    "targetCode",
    "asOfDate",
    "value.amount",
    "value.numerator",
    "value.denominator",
    "value.finding",
    "value.reached",
    "value.done",
    "note",
];

/// A sheet with these headings, filled in by a hand that knows Excel.
fn sheet(headings: &[&str], fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (place, heading) in (0..).zip(headings) {
        sheet.write_string(0, place, *heading).unwrap();
    }
    fill(sheet);
    book.save_to_buffer().unwrap()
}

/// What a hand does to a sheet.
type Fill = fn(&mut Worksheet) -> &mut Worksheet;

fn row(sheet: &mut Worksheet) {
    for (place, text) in (0..).zip(["TH1", "SANG-KIEN", "2025-09-30", "3"]) {
        sheet.write_string(1, place, text).unwrap();
    }
}

const ODD: [(Fill, &str); 6] = [
    (|sheet| sheet.merge_range(2, 0, 3, 1, "TH1", &Format::new()).unwrap(), "sheet.merged"),
    (|sheet| sheet.write_formula(1, 3, Formula::new("=1+2").set_result("3")).unwrap(), "sheet.formula"),
    (|sheet| sheet.write_string(1, 30, "ngoài").unwrap(), "cell.outsideColumns"),
    (|sheet| sheet.write_string(1_048_575, 16_383, "xa").unwrap(), "sheet.tooManyColumns"),
    (|sheet| (1..=5_001).fold(sheet, |sheet, row| sheet.write_string(row, 0, "TH1").unwrap()), "sheet.tooManyRows"),
    (|sheet| sheet.write_string(0, 3, "Ghi chú riêng").unwrap(), "sheet.headingUnknown"),
];

#[tokio::test]
async fn a_sheet_that_is_no_plain_table_is_refused_by_name() {
    let (app, campaign) = registered().await;
    let officer = app.persona("unit-officer");
    let path = measurements(&campaign);
    for (fill, code) in ODD {
        let file = sheet(&HEADINGS, |sheet| {
            row(sheet);
            fill(sheet);
        });
        let refused = send(&officer, &path, Form::Xlsx, file).await.refused(400);
        assert_eq!(refused.body["errors"][0]["code"], code);
        if code == "sheet.formula" {
            assert_eq!(refused.body["errors"][0]["row"], 2);
            let told = refused.body["errors"][0]["message"].as_str().unwrap();
            assert_eq!(told, "Ô chứa công thức; hãy dán dưới dạng giá trị: D2");
        }
    }
    let mut two = Workbook::new();
    two.add_worksheet().set_name("Tháng 9").unwrap();
    two.add_worksheet().set_name("Tháng 10").unwrap();
    for (file, code) in [
        (two.save_to_buffer().unwrap(), "sheet.notFound"),
        (sheet(&["unitCode", "unitCode"], |_| {}), "sheet.headingTwice"),
        (sheet(&[], |_| {}), "sheet.headingMissing"),
        (b"PK\x03\x04 no archive".to_vec(), "sheet.unreadable"),
    ] {
        let refused = send(&officer, &path, Form::Xlsx, file).await.refused(400);
        assert_eq!((refused.code(), refused.faults()), ("request.invalid", vec![format!(" {code}")]));
    }
    let blank = send(&officer, &path, Form::Xlsx, sheet(&HEADINGS, |_| {})).await.refused(422);
    assert_eq!(blank.code(), "import.empty");
}

#[tokio::test]
async fn dates_as_text_in_a_workbook_are_days_where_they_are_written_as_days_and_named_where_not() {
    let (app, campaign) = registered().await;
    let officer = app.persona("unit-officer");
    let path = measurements(&campaign);
    let filled = |day: &str| {
        sheet(&HEADINGS, |sheet| {
            row(sheet);
            sheet.write_string(1, 2, day).unwrap();
        })
    };
    for day in ["2025-09-30", "30/9/2025", "30/09/2025"] {
        let tried = send(&officer, &format!("{path}?dryRun=true"), Form::Xlsx, filled(day)).await.ok();
        assert_eq!(tried.body["created"], 1, "{day}");
    }
    for day in ["9/30/2025", "31/9/2025", "30-Sep-25", "hôm qua", "45930", "2025-09-30T00:00:00Z"] {
        let refused = send(&officer, &path, Form::Xlsx, filled(day)).await.refused(400);
        assert_eq!(refused.faults(), ["/asOfDate date.malformed"], "{day}");
        assert_eq!(refused.body["errors"][0]["row"], 2, "{day}");
    }
}

#[tokio::test]
async fn a_text_that_is_no_table_is_refused_by_name() {
    let (app, campaign) = registered().await;
    let officer = app.persona("unit-officer");
    let path = measurements(&campaign);
    let wide = vec!["a"; 1_000_000].join(";");
    assert_eq!(send(&officer, &path, Form::Csv, wide).await.refused(400).faults(), [" sheet.tooManyColumns"]);
    let latin = send(&officer, &path, Form::Csv, vec![b'M', 0xe3, b';', b'x', b'\n']).await.refused(400);
    assert_eq!(latin.faults(), [" sheet.otherEncoding"]);
    let lines = send(&officer, &path, Form::Ndjson, "{}\nnothing\n").await.refused(400);
    assert_eq!(lines.faults(), ["/unitCode field.missing", " json.malformed"]);
    officer.with("Content-Type", "application/json").post_bytes(&path, b"{}".to_vec()).await.refused(415);
    send(&officer, &path, Form::Csv, vec![b'a'; (10 << 20) + 1]).await.refused(413);
}

#[tokio::test]
async fn twenty_kilobytes_that_grow_to_four_gigabytes_are_refused_before_they_do() {
    let (app, campaign) = registered().await;
    let officer = app.persona("unit-officer");
    // In a thread of its own: packing takes its time, and the client must notice when a connection is closed meanwhile.
    let bomb = tokio::task::spawn_blocking(bomb).await.unwrap();
    assert!(bomb.len() < 45_000, "{} bytes", bomb.len());
    let path = measurements(&campaign);
    let refused = send(&officer, &path, Form::Xlsx, bomb.clone()).await.refused(400);
    assert_eq!(refused.faults(), [" sheet.unpacksTooLarge"]);

    // One whose directory says that all of it is small.
    let mut liar = bomb;
    let records: Vec<usize> = (0..liar.len() - 4).filter(|at| liar[*at..].starts_with(b"PK\x01\x02")).collect();
    for record in records {
        liar[record + 24..record + 28].copy_from_slice(&1_000_u32.to_le_bytes());
    }
    let refused = send(&officer, &path, Form::Xlsx, liar).await.refused(400);
    let told = refused.faults();
    assert!(told == [" sheet.unpacksTooLarge"] || told == [" sheet.unreadable"], "{told:?}");
    officer.send(Method::GET, "/me", None).await.ok();
}

/// Twenty mebibytes of nothing, packed, and a directory that names them two hundred times.
fn bomb() -> Vec<u8> {
    const TIMES: u16 = 200;
    let mut small = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default();
    let packed = packed.compression_method(zip::CompressionMethod::Deflated).compression_level(Some(9));
    small.start_file("xl/sheet000.xml", packed).unwrap();
    small.write_all(&vec![0_u8; 20 << 20]).unwrap();
    let small = small.finish().unwrap().into_inner();
    let central = small.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    let end = small.windows(4).rposition(|four| four == b"PK\x05\x06").unwrap();
    let mut bomb = small[..central].to_vec();
    for number in 0..TIMES {
        let mut record = small[central..end].to_vec();
        let digits = record.windows(3).position(|three| three == b"000").unwrap();
        record[digits..digits + 3].copy_from_slice(format!("{number:03}").as_bytes());
        bomb.extend(record);
    }
    let size = u32::try_from(bomb.len() - central).unwrap();
    let mut last = small[end..].to_vec();
    last[8..10].copy_from_slice(&TIMES.to_le_bytes());
    last[10..12].copy_from_slice(&TIMES.to_le_bytes());
    last[12..16].copy_from_slice(&size.to_le_bytes());
    bomb.extend(last);
    bomb
}
