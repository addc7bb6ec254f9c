//! The paper itself (NĐ 30/2020 for its form, the outline of `domain.md` §3.2 for its sections).

use thidua_domain::{
    campaign::{Plan, plan::ObligationKind},
    consolidation::Narrative,
    text::{Prose, Token},
};

use super::{
    read::{Contribution, Count, PlanTarget, Report, Snapshot},
    sheet::{Column, Row, Sheet},
    wording::{day_in_words, deadline, found, marked, moment, percent, planned},
};
use crate::written::day;

/// How far texts of a section stand in.
const INDENT: usize = 4;

/// Head, sections and foot.
pub(super) fn print(sheet: &mut Sheet, plan: &Plan, report: &Report) {
    head(sheet, plan, report);
    let narrative = &report.narrative;
    section(sheet, "I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO, PHÁT ĐỘNG, TUYÊN TRUYỀN", narrative.leadership.as_ref());
    section(sheet, "II. KẾT QUẢ", narrative.results.as_ref());
    sheet.heading("A. KẾT QUẢ THỰC HIỆN NỘI DUNG KẾ HOẠCH");
    fields(sheet, plan, report);
    plan_targets(sheet, &report.snapshot);
    movements(sheet, plan, report);
    sheet.heading("B. KẾT QUẢ CÁC PHONG TRÀO THI ĐUA KHÁC CỦA ĐỊA PHƯƠNG");
    other_movements(sheet, narrative, &report.snapshot);
    section(sheet, "III. ĐIỂN HÌNH TIÊN TIẾN, MÔ HÌNH MỚI, SÁNG KIẾN", narrative.exemplars.as_ref());
    section(sheet, "IV. CÔNG TÁC KHEN THƯỞNG", narrative.awards.as_ref());
    section(sheet, "V. TỒN TẠI, HẠN CHẾ, NGUYÊN NHÂN; BÀI HỌC KINH NGHIỆM", narrative.difficulties.as_ref());
    text(sheet, narrative.lessons.as_ref());
    section(sheet, "VI. PHƯƠNG HƯỚNG; KIẾN NGHỊ, ĐỀ XUẤT", narrative.directions.as_ref());
    text(sheet, narrative.proposals.as_ref());
    foot(sheet, report);
}

fn head(sheet: &mut Sheet, plan: &Plan, report: &Report) {
    let issuer = plan.header.as_ref().map_or_else(String::new, |header| header.issuer.text().to_string());
    let place = plan.header.as_ref().map_or_else(String::new, |header| header.place.to_string());
    let symbol = report.document.as_ref().map_or("…/BC-UBND", |document| document.symbol.as_str());
    let dated = report
        .document
        .as_ref()
        .map_or_else(|| "ngày … tháng … năm …".to_owned(), |document| day_in_words(document.issue_date));
    let left = [issuer, "───────".to_owned(), format!("Số: {symbol}")];
    let right = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".to_owned(),
        "Độc lập - Tự do - Hạnh phúc".to_owned(),
        format!("{place}, {dated}"),
    ];
    sheet.beside(&left, &right);
    sheet.gap();
    sheet.centred("BÁO CÁO");
    if let Some(title) = &report.narrative.title {
        sheet.centred(title.as_str());
    }
    sheet.centred(&format!("(Số liệu tính đến ngày {})", day(report.cut_off_date)));
    sheet.gap();
    let receiver = plan.obligations.iter().find(|obligation| obligation.kind == ObligationKind::CityFinal);
    let receiver = receiver.and_then(|obligation| plan.party(obligation.to.as_ref()?));
    if let Some(receiver) = receiver {
        sheet.centred(&format!("Kính gửi: {}", receiver.name));
    }
}

fn section(sheet: &mut Sheet, heading: &str, prose: Option<&Prose>) {
    sheet.heading(heading);
    text(sheet, prose);
}

fn text(sheet: &mut Sheet, prose: Option<&Prose>) {
    if let Some(prose) = prose {
        sheet.paragraph(INDENT, prose.as_str());
    }
}

fn fields(sheet: &mut Sheet, plan: &Plan, report: &Report) {
    sheet.heading("1. Kết quả theo lĩnh vực và nhiệm vụ");
    for (index, field) in plan.fields.iter().enumerate() {
        sheet.item(0, &format!("1.{}.", index + 1), field.name.as_str());
        let said = report.narrative.field_results.iter().find(|result| result.field == field.code);
        text(sheet, said.map(|said| &said.text));
    }
    sheet.heading("Chỉ tiêu của các đơn vị theo lĩnh vực và nhiệm vụ (số liệu tại Phụ lục III)");
    let figures = &report.snapshot.figures;
    let mut rows = Vec::new();
    for field in figures.fields.iter().filter(|field| field.count.targets > 0) {
        let name = plan.fields.iter().find(|own| own.code == field.field).map_or("", |own| own.name.as_str());
        rows.push(counted(field.field.as_str(), name, field.count));
        for task in field.tasks.iter().filter(|task| task.count.targets > 0) {
            let name = plan.tasks.iter().find(|own| own.code == task.task).map_or("", |own| own.short_title.as_str());
            rows.push(counted(task.task.as_str(), &format!("· {}", marked(name, task.restricted)), task.count));
        }
    }
    if figures.without_task.count.targets > 0 {
        rows.push(counted("–", "Ngoài các nhiệm vụ của Kế hoạch", figures.without_task.count));
    }
    rows.push(counted("", "Cộng", figures.targets));
    let columns = [
        Column::Left("Mã"),
        Column::Rest("Lĩnh vực, nhiệm vụ"),
        Column::Right("Chỉ tiêu"),
        Column::Right("Có số liệu"),
        Column::Right("Đạt"),
        Column::Right("Chưa làm"),
    ];
    sheet.table(&columns, &rows);
}

fn counted(code: &str, name: &str, count: Count) -> Row {
    let counts = [count.targets, count.with_value, count.reached, count.not_done].map(|count| count.to_string());
    Row::Cells([code.to_owned(), name.to_owned()].into_iter().chain(counts).collect())
}

fn plan_targets(sheet: &mut Sheet, snapshot: &Snapshot) {
    sheet.heading("2. Chỉ tiêu do Kế hoạch đặt ra");
    let rows: Vec<_> = snapshot.figures.plan_targets.iter().map(|target| plan_target(target, snapshot)).collect();
    let columns = [
        Column::Left("Mã"),
        Column::Rest("Chỉ tiêu"),
        Column::Left("Kế hoạch"),
        Column::Left("Thực hiện"),
        Column::Right("Tiến độ"),
        Column::Left("Đạt"),
        Column::Left("Nguồn"),
    ];
    sheet.table(&columns, &rows);
}

fn plan_target(target: &PlanTarget, snapshot: &Snapshot) -> Row {
    let sources: Vec<_> = target.sources.iter().map(|source| snapshot.cited(&source.report_id)).collect();
    Row::Cells(vec![
        target.code.to_string(),
        target.name.to_string(),
        planned(&target.measure),
        target.total.as_ref().map_or_else(|| "chưa có".to_owned(), |total| found(&target.measure, total)),
        target.completion_percent.map(percent).unwrap_or_default(),
        reached(target.reached).to_owned(),
        sources.join("\n"),
    ])
}

pub(super) const fn reached(reached: Option<bool>) -> &'static str {
    match reached {
        Some(true) => "đạt",
        Some(false) => "chưa đạt",
        None => "–",
    }
}

fn movements(sheet: &mut Sheet, plan: &Plan, report: &Report) {
    sheet.heading("3. Kết quả các phong trào thi đua của Kế hoạch");
    for movement in &report.snapshot.figures.movements {
        let said = report.narrative.movement_results.iter().find(|result| result.movement == movement.movement);
        if said.is_none() && movement.contributions.is_empty() {
            continue;
        }
        let name = name_of_movement(plan, &movement.movement);
        sheet.item(0, movement.movement.as_str(), &marked(name, movement.restricted));
        text(sheet, said.map(|said| &said.text));
        contributions(sheet, &movement.contributions, &report.snapshot);
    }
}

fn name_of_movement<'a>(plan: &'a Plan, code: &Token) -> &'a str {
    plan.movements.iter().find(|movement| movement.code == *code).map_or("", |movement| movement.name.as_str())
}

fn contributions(sheet: &mut Sheet, all: &[Contribution], snapshot: &Snapshot) {
    for contribution in all {
        let mark = format!("- {}:", snapshot.cited(&contribution.report_id));
        sheet.item(INDENT, &mark, contribution.text.as_str());
    }
}

fn other_movements(sheet: &mut Sheet, narrative: &Narrative, snapshot: &Snapshot) {
    if let Some(remark) = &narrative.other_movements_remark {
        sheet.paragraph(INDENT, remark.as_str());
    }
    for (index, other) in narrative.other_movements.iter().enumerate() {
        sheet.item(0, &format!("{}.", index + 1), other.name.as_str());
        sheet.paragraph(INDENT, other.text.as_str());
    }
    if snapshot.figures.other_movements.is_empty() {
        return;
    }
    sheet.line("Theo báo cáo của các đơn vị:");
    for other in &snapshot.figures.other_movements {
        sheet.paragraph(INDENT, other.name.as_str());
        contributions(sheet, &other.contributions, snapshot);
    }
}

fn foot(sheet: &mut Sheet, report: &Report) {
    sheet.gap();
    let signed = report.signature.as_ref();
    let mut right: Vec<String> =
        signed.into_iter().flat_map(|signature| signature.capacity_label.lines()).map(str::to_owned).collect();
    right.push(String::new());
    right.extend(signed.map(|signature| format!("(đã ký lúc {})", moment(signature.signed_at))));
    right.extend(signed.map(|signature| signature.name.clone()));
    sheet.beside(&way(report), &right);
}

/// How far the report has come, for the left of the foot.
fn way(report: &Report) -> Vec<String> {
    let mut lines = vec![format!("Chốt số liệu: {}", moment(report.frozen_at))];
    lines.extend(report.due_before.map(|due| format!("Hạn gửi: trước {}", deadline(due))));
    lines.extend(report.dispatch.as_ref().map(|dispatch| {
        let late = if dispatch.late { "quá hạn" } else { "đúng hạn" };
        format!("Đã gửi: {}, {late}", moment(dispatch.sent_at))
    }));
    lines.extend(report.receipt.as_ref().map(|receipt| {
        format!("Thành phố nhận: {}\nSố của thành phố: {}", moment(receipt.acknowledged_at), receipt.receipt_number)
    }));
    lines.push(format!("Trạng thái: {}", report.stage_label));
    block(&lines.join("\n"))
}

/// Lines of the same length, so that a block that is centred stays one.
fn block(text: &str) -> Vec<String> {
    let widest = text.lines().map(|line| line.chars().count()).max().unwrap_or_default();
    text.lines().map(|line| format!("{line:widest$}")).collect()
}
