//! The annexes: who reported, who is missing, each target with its figure, and the reports that all of it comes from.

use thidua_domain::campaign::Plan;

use super::{
    paper::reached,
    read::{Figure, Included, Reporting, Snapshot, Source},
    sheet::{Column, Sheet},
    wording::{day, found, number, planned},
};

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

fn row(name: &str, reporting: Option<Reporting>) -> Vec<String> {
    let counts = reporting.map(|it| [it.owed, it.reported, it.accepted, it.late, it.missing, it.voluntary]);
    let counts = counts.unwrap_or_default().map(|count| count.to_string());
    [name.to_owned()].into_iter().chain(counts).collect()
}

fn missing(sheet: &mut Sheet, snapshot: &Snapshot) {
    annex(sheet, "Phụ lục II. ĐƠN VỊ PHẢI BÁO CÁO CHƯA CÓ TRONG SỐ LIỆU");
    if snapshot.missing_units.is_empty() {
        sheet.line("Không có.");
        return;
    }
    let rows: Vec<_> = snapshot
        .missing_units
        .iter()
        .map(|missing| {
            let explanation = missing.explanation.as_ref().map_or("–", |explanation| explanation.as_str());
            vec![
                format!("{}\n{}", missing.unit_code, missing.unit_name),
                snapshot.period(&missing.period_id).to_owned(),
                missing.reason_label.clone(),
                explanation.to_owned(),
            ]
        })
        .collect();
    let columns =
        [Column::Left("Đơn vị"), Column::Left("Kỳ"), Column::Left("Lý do"), Column::Rest("Giải trình của đầu mối")];
    sheet.table(&columns, &rows);
}

fn figures(sheet: &mut Sheet, plan: &Plan, snapshot: &Snapshot) {
    annex(sheet, "Phụ lục III. SỐ LIỆU THEO NHIỆM VỤ, MỖI CHỈ TIÊU VỚI SỐ LIỆU MỚI NHẤT");
    let columns = [
        Column::Left("Nguồn"),
        Column::Rest("Chỉ tiêu"),
        Column::Left("Kế hoạch"),
        Column::Left("Thực hiện"),
        Column::Left("Đạt"),
    ];
    let tasks = snapshot.figures.fields.iter().flat_map(|field| &field.tasks);
    for task in tasks.filter(|task| !task.sources.is_empty()) {
        let name = plan.tasks.iter().find(|own| own.code == task.task).map_or("", |own| own.short_title.as_str());
        sheet.item(0, task.task.as_str(), name);
        sheet.table(&columns, &rows(&task.sources, snapshot));
        sheet.gap();
    }
    let others = &snapshot.figures.without_task.sources;
    if !others.is_empty() {
        sheet.line("Ngoài các nhiệm vụ của Kế hoạch");
        sheet.table(&columns, &rows(others, snapshot));
    }
}

fn rows(sources: &[Source], snapshot: &Snapshot) -> Vec<Vec<String>> {
    let told = |source: &Source| {
        let figure = snapshot.figure(source)?;
        Some(vec![
            snapshot.cited(&source.report_id),
            format!("{}\n{}", figure.name, walked_back(figure)),
            planned(&figure.measure),
            figure.value.as_ref().map_or_else(|| "chưa có".to_owned(), |value| found(&figure.measure, value)),
            reached(figure.reached).to_owned(),
        ])
    };
    sources.iter().filter_map(told).collect()
}

/// The measurement behind a figure, or what was said where there is none.
fn walked_back(figure: &Figure) -> String {
    let measured = figure.as_of_date.zip(figure.measurement_id.as_ref());
    let measured = measured.map(|(as_of, id)| format!("{}, {}, số đo {id}", figure.code, day(as_of)));
    let said = figure.explanation.as_ref().map(|explanation| format!("Giải trình: {explanation}"));
    [measured, said].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn sources(sheet: &mut Sheet, snapshot: &Snapshot) {
    annex(sheet, "Phụ lục IV. NGUỒN: BÁO CÁO CỦA ĐƠN VỊ ĐÃ TIẾP NHẬN KHI CHỐT SỐ LIỆU");
    let rows: Vec<_> = snapshot
        .included_reports
        .iter()
        .enumerate()
        .map(|(index, included)| {
            vec![
                format!("[{}]", index + 1),
                format!("{} {}", included.unit_code, included.unit_name),
                snapshot.period(&included.period_id).to_owned(),
                format!("{} v{}", included.report_id, included.report_version),
                remark(included),
            ]
        })
        .collect();
    let columns = [
        Column::Right("Số"),
        Column::Rest("Đơn vị"),
        Column::Left("Kỳ"),
        Column::Left("Báo cáo, phiên bản"),
        Column::Left("Nộp"),
    ];
    sheet.table(&columns, &rows);
}

fn remark(included: &Included) -> String {
    let time = if included.late { "chậm" } else { "đúng hạn" };
    let owed = if included.owed { "" } else { ", tự nguyện" };
    format!("lần {}, {time}{owed}", included.round)
}
