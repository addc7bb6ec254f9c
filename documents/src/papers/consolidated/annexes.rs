//! The annexes: who reported, who is missing, each target with its figure, the reports that all of it comes from, and what
//! units say of movements.

use rust_decimal::Decimal;
use thidua_domain::{
    consolidation::{Contribution, IncludedReport, MissingReason, Reporting, Source},
    period::PeriodId,
};

use super::{
    super::{measured, outline::Outline},
    Made,
    text::{count_cells, count_columns},
};
use crate::{
    paper::Block,
    table::{Cell, Column, Row, Table},
    words::Words,
    written::{day, number},
};

impl Made<'_> {
    /// Each annex with its title.
    pub(super) fn annexed(self) -> Vec<(&'static str, Vec<Block>)> {
        let mut all = vec![
            ("TÌNH HÌNH BÁO CÁO CỦA CÁC ĐƠN VỊ", self.reporting()),
            ("ĐƠN VỊ PHẢI BÁO CÁO CHƯA CÓ TRONG SỐ LIỆU", self.missing()),
            ("SỐ LIỆU THEO NHIỆM VỤ CỦA KẾ HOẠCH", self.figures()),
            ("NGUỒN SỐ LIỆU: BÁO CÁO CỦA CÁC ĐƠN VỊ ĐÃ ĐƯỢC TIẾP NHẬN", self.sources()),
        ];
        let contributed = self.contributed();
        if !contributed.is_empty() {
            all.push(("KẾT QUẢ PHONG TRÀO THI ĐUA THEO BÁO CÁO CỦA CÁC ĐƠN VỊ", contributed));
        }
        all
    }

    fn cut_off(self, text: &mut Outline) {
        text.text(format!("Số liệu tính đến ngày {}.", day(self.report.snapshot.cut_off)));
        text.text("Tỷ lệ phần trăm lấy hai chữ số thập phân, không làm tròn lên.");
    }

    fn reporting(self) -> Vec<Block> {
        let snapshot = &self.report.snapshot;
        let mut rows: Vec<_> = snapshot
            .periods
            .iter()
            .map(|period| {
                let of = snapshot.figures.reporting_by_period.iter().find(|of| of.period == period.period);
                let name = format!("{} ({} - {})", period.name, day(period.starts_on), day(period.ends_on));
                Row::Cells(reporting_cells(&name, of.map(|of| of.reporting).unwrap_or_default()))
            })
            .collect();
        rows.push(Row::Total(reporting_cells("Tổng cộng", snapshot.figures.reporting)));
        let mut text = Outline::default();
        self.cut_off(&mut text);
        text.table(Table {
            sheet: Words::of("PL I - Tình hình báo cáo"),
            caption: None,
            columns: vec![
                Column::left("Kỳ báo cáo", 38),
                Column::right("Phải báo cáo", 11),
                Column::right("Đã báo cáo", 11),
                Column::right("Đã tiếp nhận", 11),
                Column::right("Nộp chậm", 11),
                Column::right("Chưa có số liệu", 11),
                Column::right("Tự nguyện báo cáo", 12),
            ],
            rows,
        });
        let documents = number(Decimal::from(snapshot.figures.documents_issued));
        let people = number(Decimal::from(snapshot.figures.people_reached));
        text.text(format!("Số văn bản các đơn vị đã ban hành: {documents}."));
        text.text(format!("Số lượt người được tuyên truyền: {people}."));
        text.finish()
    }

    fn missing(self) -> Vec<Block> {
        let snapshot = &self.report.snapshot;
        let mut text = Outline::default();
        if snapshot.missing.is_empty() {
            text.text("Không có.");
            return text.finish();
        }
        let row = |(index, missing): (usize, &thidua_domain::consolidation::MissingUnit)| {
            Row::Cells(vec![
                Cell::count(index + 1),
                Cell::words(missing.unit_name.as_str()),
                Cell::words(self.period_name(missing.period)),
                Cell::words(reason(missing.reason)),
                missing.explanation.as_ref().map_or(Cell::Blank, |said| Cell::words(said.as_str())),
                Cell::words(missing.unit_code.as_str()),
            ])
        };
        text.table(Table {
            sheet: Words::of("PL II - Chưa có số liệu"),
            caption: None,
            columns: vec![
                Column::center("TT", 7),
                Column::left("Đơn vị", 28),
                Column::left("Kỳ báo cáo", 19),
                Column::left("Lý do", 19),
                Column::left("Giải trình của đầu mối", 34),
                Column::aside("Mã đơn vị"),
            ],
            rows: snapshot.missing.iter().enumerate().map(row).collect(),
        });
        text.finish()
    }

    fn figures(self) -> Vec<Block> {
        let figures = &self.report.snapshot.figures;
        let mut rows = Vec::new();
        let mut number = 0;
        for task in figures.fields.iter().flat_map(|field| &field.tasks).filter(|task| !task.sources.is_empty()) {
            let name = format!("{}. {}", task.task, self.task_name(&task.task));
            rows.push(Row::Group(measured::marked(&name, task.restricted)));
            rows.extend(task.sources.iter().flat_map(|source| self.told(source, &mut number)));
        }
        if !figures.without_task.sources.is_empty() {
            rows.push(Row::Group(Words::of("Ngoài các nhiệm vụ của Kế hoạch")));
            rows.extend(figures.without_task.sources.iter().flat_map(|source| self.told(source, &mut number)));
        }
        let mut text = Outline::default();
        self.cut_off(&mut text);
        if rows.is_empty() {
            text.text("Không có.");
            return text.finish();
        }
        text.text("Mỗi chỉ tiêu được nêu một lần với số liệu mới nhất. Số trong ngoặc vuông là số thứ tự của báo cáo tại Phụ lục IV.");
        let mut columns = vec![Column::center("TT", 6), Column::left("Chỉ tiêu", 34)];
        columns.extend(measured::columns());
        columns.push(Column::left("Nguồn", 14));
        columns.extend(["Mã chỉ tiêu", "Ngày số liệu"].map(Column::aside));
        columns.extend(measured::parts_columns());
        columns.extend(
            ["Định danh chỉ tiêu", "Định danh báo cáo", "Phiên bản báo cáo", "Định danh số đo"].map(Column::aside),
        );
        text.table(Table { sheet: Words::of("PL III - Số liệu"), caption: None, columns, rows });
        text.finish()
    }

    /// A figure, and under it what it does not say by itself.
    fn told(self, source: &Source, counted: &mut usize) -> Vec<Row> {
        let Some(figure) = self.figure(source) else { return Vec::new() };
        *counted += 1;
        let finding = figure.finding.as_ref();
        let value = finding.map(|finding| &finding.value);
        let mut cells =
            vec![Cell::count(*counted), Cell::Words(measured::marked(figure.name.as_str(), figure.restricted))];
        let completion = finding.and_then(|finding| finding.completion);
        cells.extend(measured::cells(&figure.measure, value, completion, finding.map(|finding| finding.reached)));
        cells.push(Cell::words(self.cited(source.report)));
        cells.push(Cell::words(figure.code.as_str()));
        cells.push(finding.map_or(Cell::Blank, |finding| Cell::words(day(finding.as_of))));
        cells.extend(measured::parts(value));
        cells.push(Cell::words(figure.target.to_string()));
        cells.push(Cell::words(source.report.to_string()));
        cells.push(Cell::count(source.version));
        cells.push(finding.map_or(Cell::Blank, |finding| Cell::words(finding.measurement.to_string())));
        let explained = figure.explanation.as_ref().map(|said| format!("Giải trình: {said}"));
        let notes =
            measured::notes(&figure.measure, value, completion).chain(explained).map(|note| Row::Note(Words::of(note)));
        std::iter::once(Row::Cells(cells)).chain(notes).collect()
    }

    fn sources(self) -> Vec<Block> {
        let included = &self.report.snapshot.included;
        let mut text = Outline::default();
        if included.is_empty() {
            text.text("Không có.");
            return text.finish();
        }
        let row = |(index, report): (usize, &IncludedReport)| {
            Row::Cells(vec![
                Cell::words(format!("[{}]", index + 1)),
                Cell::words(report.unit_name.as_str()),
                Cell::words(self.period_name(report.period)),
                Cell::count(report.version),
                Cell::count(report.round),
                Cell::words(filed(report)),
                Cell::words(report.unit_code.as_str()),
                Cell::words(report.report.to_string()),
                report.documents_issued.map_or(Cell::Blank, Cell::count),
                report.people_reached.map_or(Cell::Blank, Cell::count),
            ])
        };
        text.table(Table {
            sheet: Words::of("PL IV - Nguồn"),
            caption: None,
            columns: vec![
                Column::center("Số", 8),
                Column::left("Đơn vị", 38),
                Column::left("Kỳ báo cáo", 22),
                Column::right("Phiên bản", 11),
                Column::right("Lần nộp", 10),
                Column::left("Thời hạn", 18),
                Column::aside("Mã đơn vị"),
                Column::aside("Định danh báo cáo"),
                Column::aside("Số văn bản đã ban hành"),
                Column::aside("Số lượt người được tuyên truyền"),
            ],
            rows: included.iter().enumerate().map(row).collect(),
        });
        text.finish()
    }

    /// How the targets stand that are about movements of the plan, and what units say of movements, those of the plan first.
    fn contributed(self) -> Vec<Block> {
        let figures = &self.report.snapshot.figures;
        let of_the_plan = figures.movements.iter().map(|movement| {
            let name = measured::marked(self.movement_name(&movement.movement), movement.restricted);
            (name, &movement.contributions)
        });
        let others = figures.other_movements.iter().map(|other| (Words::of(other.name.as_str()), &other.contributions));
        let mut text = Outline::default();
        let counted = figures.movements.iter().filter(|movement| movement.count.targets > 0);
        let rows: Vec<_> = counted
            .map(|movement| {
                let name = measured::marked(self.movement_name(&movement.movement), movement.restricted);
                Row::Cells(count_cells(name, movement.count))
            })
            .collect();
        if !rows.is_empty() {
            text.table(Table {
                sheet: Words::of("PL V - Phong trào"),
                caption: Some(Words::of("Chỉ tiêu thi đua gắn với các phong trào của Kế hoạch")),
                columns: count_columns("Phong trào"),
                rows,
            });
        }
        for (name, contributions) in of_the_plan.chain(others).filter(|(_, said)| !said.is_empty()) {
            text.section(name.as_str());
            for contribution in contributions {
                self.contribution(&mut text, contribution);
            }
        }
        text.finish()
    }

    fn contribution(self, text: &mut Outline, contribution: &Contribution) {
        let Some((place, included)) = self.included(contribution.report) else { return };
        let mut paragraphs = Words::paragraphs(contribution.text.as_str()).into_iter();
        let first = paragraphs.next().unwrap_or_default();
        text.dash(format!("{} [{place}]: {first}", included.unit_name));
        paragraphs.for_each(|paragraph| text.text(paragraph.as_str()));
    }

    fn period_name(self, period: PeriodId) -> String {
        let periods = &self.report.snapshot.periods;
        periods.iter().find(|one| one.period == period).map_or_else(String::new, |one| one.name.to_string())
    }
}

fn reporting_cells(name: &str, reporting: Reporting) -> Vec<Cell> {
    let Reporting { owed, reported, accepted, late, missing, voluntary } = reporting;
    let counts = [owed, reported, accepted, late, missing, voluntary].map(Cell::count);
    std::iter::once(Cell::words(name)).chain(counts).collect()
}

const fn reason(reason: MissingReason) -> &'static str {
    match reason {
        MissingReason::NotSubmitted => "Chưa nộp báo cáo",
        MissingReason::NotAccepted => "Đã nộp, chưa được tiếp nhận",
        MissingReason::Returned => "Đã trả lại, chưa nộp lại",
    }
}

fn filed(report: &IncludedReport) -> String {
    let time = if report.late { "chậm" } else { "đúng hạn" };
    let owed = if report.owed { "" } else { ", tự nguyện" };
    format!("{time}{owed}")
}
