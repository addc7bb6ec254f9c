//! The annexes: who reported, who is missing, each target with its figure, and the reports that all of it comes from.

use thidua_domain::{campaign::Plan, measure::Value, text::Token};

use super::{
    paper::reached,
    read::{Included, Reporting, Snapshot, Source},
    sheet::{Column, Row, Sheet},
    wording::{found, marked, number, planned},
};
use crate::written::day;

/// All four.
pub(super) fn print(sheet: &mut Sheet, plan: &Plan, snapshot: &Snapshot) {
    reporting(sheet, snapshot);
    missing(sheet, snapshot);
    figures(sheet, plan, snapshot);
    sources(sheet, snapshot);
}

fn annex(sheet: &mut Sheet, title: &str) {
    sheet.gap();
    sheet.gap();
    sheet.centred(title);
    sheet.gap();
}

fn reporting(sheet: &mut Sheet, snapshot: &Snapshot) {
    annex(sheet, "Phụ lục I. TÌNH HÌNH BÁO CÁO CỦA CÁC ĐƠN VỊ");
    let figures = &snapshot.figures;
    let mut rows: Vec<_> = snapshot
        .periods
        .iter()
        .map(|period| {
            let of = figures.reporting_by_period.iter().find(|of| of.period_id == period.period_id);
            let name = format!("{} ({} – {})", period.name, day(period.start_date), day(period.end_date));
            row(&name, of.map(|of| of.reporting))
        })
        .collect();
    rows.push(row("Cộng", Some(figures.reporting)));
    let columns = [
        Column::Rest("Kỳ báo cáo"),
        Column::Right("Phải nộp"),
        Column::Right("Đã nộp"),
        Column::Right("Tiếp nhận"),
        Column::Right("Chậm"),
        Column::Right("Chưa có"),
        Column::Right("Tự nguyện"),
    ];
    sheet.table(&columns, &rows);
    sheet.gap();
    let documents = number(figures.documents_issued.into());
    let people = number(figures.people_reached.into());
    sheet.line(&format!("Số văn bản các đơn vị đã ban hành: {documents}; số lượt người được tuyên truyền: {people}."));
}

fn row(name: &str, reporting: Option<Reporting>) -> Row {
    let counts = reporting.map(|it| [it.owed, it.reported, it.accepted, it.late, it.missing, it.voluntary]);
    let counts = counts.unwrap_or_default().map(|count| count.to_string());
    Row::Cells([name.to_owned()].into_iter().chain(counts).collect())
}

fn missing(sheet: &mut Sheet, snapshot: &Snapshot) {
    annex(sheet, "Phụ lục II. ĐƠN VỊ PHẢI BÁO CÁO CHƯA CÓ TRONG SỐ LIỆU");
    if snapshot.missing_units.is_empty() {
        sheet.line("Không có.");
        return;
    }
    let mut rows = Vec::new();
    for missing in &snapshot.missing_units {
        rows.push(Row::Cells(vec![
            missing.unit_code.to_string(),
            missing.unit_name.to_string(),
            snapshot.period(&missing.period_id).to_owned(),
            missing.reason_label.clone(),
        ]));
        rows.extend(missing.explanation.as_ref().map(|said| Row::Note(format!("Giải trình của đầu mối: {said}"))));
    }
    let columns = [Column::Left("Mã"), Column::Rest("Đơn vị"), Column::Left("Kỳ"), Column::Left("Lý do")];
    sheet.table(&columns, &rows);
}

fn figures(sheet: &mut Sheet, plan: &Plan, snapshot: &Snapshot) {
    annex(sheet, "Phụ lục III. SỐ LIỆU THEO NHIỆM VỤ, MỖI CHỈ TIÊU VỚI SỐ LIỆU MỚI NHẤT");
    let mut rows = Vec::new();
    let tasks = snapshot.figures.fields.iter().flat_map(|field| &field.tasks);
    for task in tasks.filter(|task| !task.sources.is_empty()) {
        let name = plan.tasks.iter().find(|own| own.code == task.task).map_or("", |own| own.short_title.as_str());
        rows.push(Row::Title(format!("{} {name}", task.task)));
        rows.extend(task.sources.iter().flat_map(|source| told(source, snapshot)));
    }
    let others = &snapshot.figures.without_task.sources;
    if !others.is_empty() {
        rows.push(Row::Title("Ngoài các nhiệm vụ của Kế hoạch".to_owned()));
        rows.extend(others.iter().flat_map(|source| told(source, snapshot)));
    }
    let columns = [
        Column::Left("Nguồn"),
        Column::Rest("Chỉ tiêu"),
        Column::Left("Kế hoạch"),
        Column::Left("Thực hiện"),
        Column::Left("Đạt"),
    ];
    sheet.table(&columns, &rows);
}

/// A figure, and under it the measurement that it is walked back to, and what was said of it.
fn told(source: &Source, snapshot: &Snapshot) -> Vec<Row> {
    let Some(figure) = snapshot.figure(source) else { return Vec::new() };
    let cells = vec![
        snapshot.cited(&source.report_id),
        marked(figure.name.as_str(), figure.restricted),
        planned(&figure.measure),
        figure.value.as_ref().map_or_else(|| "chưa có".to_owned(), |value| found(&figure.measure, value)),
        reached(figure.reached).to_owned(),
    ];
    let mut rows = vec![Row::Cells(cells)];
    if let Some((as_of, id)) = figure.as_of_date.zip(figure.measurement_id.as_ref()) {
        rows.push(Row::Note(format!("{}, ngày {}, số đo {id}", figure.code, day(as_of))));
    }
    match &figure.value {
        Some(Value::Qualitative { finding, .. }) => rows.push(Row::Note(format!("Nhận xét: {finding}"))),
        Some(Value::Milestone { done }) => rows.push(Row::Note(format!("Đã xong: {}", codes(done)))),
        Some(Value::Quantitative { .. } | Value::Share { .. }) | None => {}
    }
    rows.extend(figure.explanation.as_ref().map(|explanation| Row::Note(format!("Giải trình: {explanation}"))));
    rows
}

fn codes(done: &[Token]) -> String {
    done.iter().map(Token::as_str).collect::<Vec<_>>().join(", ")
}

fn sources(sheet: &mut Sheet, snapshot: &Snapshot) {
    annex(sheet, "Phụ lục IV. NGUỒN: BÁO CÁO CỦA ĐƠN VỊ ĐÃ TIẾP NHẬN KHI CHỐT SỐ LIỆU");
    let mut rows = Vec::new();
    let mut unit = None;
    for (index, included) in snapshot.included_reports.iter().enumerate() {
        if unit != Some(&included.unit_code) {
            unit = Some(&included.unit_code);
            rows.push(Row::Title(format!("{} {}", included.unit_code, included.unit_name)));
        }
        rows.push(Row::Cells(vec![
            format!("[{}]", index + 1),
            snapshot.period(&included.period_id).to_owned(),
            included.report_id.clone(),
            included.report_version.to_string(),
            remark(included),
        ]));
    }
    let columns = [
        Column::Right("Số"),
        Column::Left("Kỳ"),
        Column::Left("Báo cáo"),
        Column::Right("Phiên bản"),
        Column::Rest("Nộp"),
    ];
    sheet.table(&columns, &rows);
}

fn remark(included: &Included) -> String {
    let time = if included.late { "chậm" } else { "đúng hạn" };
    let owed = if included.owed { "" } else { ", tự nguyện" };
    format!("lần {}, {time}{owed}", included.round)
}
