//! The sheet of compliance (*bảng theo dõi báo cáo*): who has reported for which period, and who is missing.

use rust_decimal::Decimal;
use thidua_domain::{
    campaign::Campaign,
    period::Period,
    report::compliance::{Compliance, Standing, Status, Totals},
    time::Timestamp,
    unit::UnitEntry,
};

use super::{
    frame::{Directory, dateline, name_lines},
    outline::Outline,
};
use crate::{
    file::FileName,
    paper::{Head, Paper},
    table::{Cell, Column, Row, Table},
    words::Words,
    written::{day, moment, shown_share},
};

/// What the sheet is made of.
#[derive(Clone, Copy, Debug)]
pub struct ComplianceSources<'a> {
    /// The campaign.
    pub campaign: &'a Campaign,
    /// Its periods, each with how the units stand, as far as the caller sees them.
    pub periods: &'a [(Period, Compliance)],
    /// The units that are named, and the authority.
    pub units: &'a [UnitEntry],
    /// The moment at which all of it holds.
    pub now: Timestamp,
}

/// The sheet. It is for working with: nobody signs it, and it has no number.
#[must_use]
pub fn compliance_sheet(of: ComplianceSources<'_>) -> Paper {
    let ComplianceSources { campaign, periods, units, now } = of;
    let names = Directory { units, day: now.date() };
    let mut text = Outline::default();
    text.table(summary(periods));
    for (period, stand) in periods {
        text.section(period.name.as_str());
        text.text(format!("Hạn nộp: trước {}.", moment(period.due_before.instant())));
        text.table(by_unit(period, stand, Directory { units, day: period.ends_on }));
    }
    Paper {
        file: FileName::of(&format!("Theo dõi báo cáo {}", now.date())),
        landscape: false,
        head: Head {
            superior: name_lines(names.name(campaign.issuer)),
            issuer: name_lines(names.name(campaign.coordinating_unit)),
            symbol: None,
            dateline: dateline(campaign, Some(now.date())),
            dated: Some(now.date()),
            kind: Words::of("BẢNG THEO DÕI TÌNH HÌNH BÁO CÁO"),
            subject: Words::of(campaign.plan.short_name.as_str()),
            remark: Some(Words::of(format!("(Thời điểm: {})", moment(now)))),
            receivers: Vec::new(),
        },
        body: text.finish(),
        signature: None,
        recipients: Vec::new(),
        annexes: Vec::new(),
    }
}

fn summary(periods: &[(Period, Compliance)]) -> Table {
    let row = |(period, stand): &(Period, Compliance)| {
        let Totals { owed, accepted, submitted, returned, not_submitted, late, missing, .. } = stand.totals;
        let counts = [owed, accepted, submitted, returned, not_submitted, late, missing].map(Cell::count);
        // Of nothing there is no share.
        let share =
            |percent: Option<Decimal>| percent.map_or(Cell::Blank, |percent| Cell::Figure(shown_share(percent)));
        let shares = [stand.totals.completeness(), stand.totals.timeliness()].map(share);
        let name = Cell::words(period.name.as_str());
        let due = Cell::words(moment(period.due_before.instant()));
        Row::Cells([name, due].into_iter().chain(counts).chain(shares).collect())
    };
    Table {
        sheet: Words::of("Tổng hợp"),
        caption: Some(Words::of("Tổng hợp theo kỳ báo cáo")),
        columns: vec![
            Column::left("Kỳ báo cáo", 26),
            Column::left("Hạn nộp (trước)", 20),
            Column::right("Phải nộp", 10),
            Column::right("Đã tiếp nhận", 10),
            Column::right("Chờ xem xét", 10),
            Column::right("Trả lại", 10),
            Column::right("Chưa nộp", 10),
            Column::right("Nộp chậm", 10),
            Column::right("Quá hạn", 10),
            Column::right("Tỷ lệ nộp (%)", 11),
            Column::right("Tỷ lệ đúng hạn (%)", 11),
        ],
        rows: periods.iter().map(row).collect(),
    }
}

fn by_unit(period: &Period, stand: &Compliance, names: Directory<'_>) -> Table {
    let mut rows = Vec::new();
    for (group, standings) in [("Đơn vị phải báo cáo", &stand.owing), ("Đơn vị tự nguyện báo cáo", &stand.voluntary)]
    {
        if standings.is_empty() {
            continue;
        }
        rows.push(Row::Group(Words::of(group)));
        // By code, as people look for them.
        let mut standings: Vec<_> = standings.iter().collect();
        standings.sort_by_key(|standing| names.code(standing.unit));
        rows.extend(standings.iter().enumerate().map(|(index, standing)| unit_row(index, standing, names)));
    }
    Table {
        sheet: Words::of(period.name.as_str()),
        caption: None,
        columns: vec![
            Column::center("TT", 6),
            Column::left("Mã", 12),
            Column::left("Đơn vị", 40),
            Column::left("Tình trạng", 20),
            Column::left("Nộp lần đầu", 14),
            Column::center("Nộp chậm", 10),
            Column::right("Số ngày quá hạn", 10),
            Column::aside("Định danh báo cáo"),
        ],
        rows,
    }
}

fn unit_row(index: usize, standing: &Standing, names: Directory<'_>) -> Row {
    Row::Cells(vec![
        Cell::count(index + 1),
        Cell::words(names.code(standing.unit)),
        Cell::words(names.name(standing.unit)),
        Cell::words(status(standing)),
        standing.first_submitted_at.map_or(Cell::Blank, |at| Cell::words(day(at.date()))),
        if standing.late { Cell::words("x") } else { Cell::Blank },
        standing.overdue_days.map_or(Cell::Blank, Cell::count),
        standing.report.map_or(Cell::Blank, |report| Cell::words(report.to_string())),
    ])
}

fn status(standing: &Standing) -> String {
    let status = match standing.status {
        Status::Accepted => "Đã tiếp nhận",
        Status::Submitted => "Đã nộp, chờ xem xét",
        Status::Returned => "Đã trả lại",
        Status::Drafting => "Đang soạn",
        Status::NotStarted => "Chưa lập báo cáo",
        Status::NotSubmitted => "Chưa nộp",
    };
    let correction = if standing.correction_open { " (đang có báo cáo đính chính)" } else { "" };
    format!("{status}{correction}")
}
