//! The paper itself (NĐ 30/2020 for its form, the outline of `domain.md` §3.2 for its sections).

use thidua_domain::{
    campaign::{Plan, plan::ObligationKind},
    consolidation::Narrative,
    text::{Prose, Token},
};

use super::{
    read::{Contribution, Count, PlanTarget, Report, Snapshot},
    sheet::{Column, Sheet},
    wording::{day, day_in_words, found, moment, percent, planned},
};

/// How far texts of a section stand in.
const INDENT: usize = 4;

/// Head, sections and foot.
pub(super) fn print(sheet: &mut Sheet, plan: &Plan, report: &Report) {
    head(sheet, plan, report);
    let narrative = &report.narrative;
    section(sheet, "I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO, PHÁT ĐỘNG, TUYÊN TRUYỀN", narrative.leadership.as_ref());
    section(sheet, "II. KẾT QUẢ THỰC HIỆN NỘI DUNG KẾ HOẠCH", narrative.results.as_ref());
    fields(sheet, plan, report);
    plan_targets(sheet, &report.snapshot);
    movements(sheet, plan, report);
    other_movements(sheet, narrative, &report.snapshot);
    section(sheet, "IV. ĐIỂN HÌNH TIÊN TIẾN, MÔ HÌNH MỚI, SÁNG KIẾN", narrative.exemplars.as_ref());
    section(sheet, "V. CÔNG TÁC KHEN THƯỞNG", narrative.awards.as_ref());
    section(sheet, "VI. TỒN TẠI, HẠN CHẾ, NGUYÊN NHÂN; BÀI HỌC KINH NGHIỆM", narrative.difficulties.as_ref());
    text(sheet, narrative.lessons.as_ref());
    section(sheet, "VII. PHƯƠNG HƯỚNG; KIẾN NGHỊ, ĐỀ XUẤT", narrative.directions.as_ref());
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
    for (index, field) in report.snapshot.figures.fields.iter().enumerate() {
        let name = plan.fields.iter().find(|own| own.code == field.field).map_or("", |own| own.name.as_str());
        sheet.gap();
        sheet.item(0, &format!("1.{}.", index + 1), &format!("{name}: {}", counted(field.count)));
        let said = report.narrative.field_results.iter().find(|result| result.field == field.field);
        text(sheet, said.map(|said| &said.text));
        for task in field.tasks.iter().filter(|task| task.count.targets > 0) {
            let name = plan.tasks.iter().find(|own| own.code == task.task).map_or("", |own| own.short_title.as_str());
            let restricted = if task.restricted { " (hạn chế công khai)" } else { "" };
            sheet.item(INDENT, &format!("- {}", task.task), &format!("{name}{restricted}: {}", counted(task.count)));
        }
    }
    let other = report.snapshot.figures.without_task.count;
    if other.targets > 0 {
        sheet.gap();
        sheet.line(&format!("Chỉ tiêu không thuộc nhiệm vụ nào của Kế hoạch: {}", counted(other)));
    }
    sheet.line(&format!("Cộng: {}", counted(report.snapshot.figures.targets)));
}

fn counted(count: Count) -> String {
    let Count { targets, with_value, reached, not_done } = count;
    format!("{targets} chỉ tiêu, {with_value} có số liệu, {reached} đạt, {not_done} chưa thực hiện")
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

fn plan_target(target: &PlanTarget, snapshot: &Snapshot) -> Vec<String> {
    let sources: Vec<_> = target.sources.iter().map(|source| snapshot.cited(&source.report_id)).collect();
    vec![
        target.code.to_string(),
        target.name.to_string(),
        planned(&target.measure),
        target.total.as_ref().map_or_else(|| "chưa có".to_owned(), |total| found(&target.measure, total)),
        target.completion_percent.map(percent).unwrap_or_default(),
        reached(target.reached).to_owned(),
        sources.join("\n"),
    ]
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
        sheet.item(0, movement.movement.as_str(), name_of_movement(plan, &movement.movement));
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
    sheet.heading("III. KẾT QUẢ CÁC PHONG TRÀO THI ĐUA KHÁC CỦA ĐỊA PHƯƠNG");
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
        sheet.item(INDENT, "•", other.name.as_str());
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
    lines.extend(report.due_before.map(|due| format!("Hạn: trước {}", moment(due))));
    lines.extend(report.dispatch.as_ref().map(|dispatch| {
        let late = if dispatch.late { "quá hạn" } else { "đúng hạn" };
        format!("Đã gửi: {}, {late}", moment(dispatch.sent_at))
    }));
    lines.extend(
        report.receipt.as_ref().map(|receipt| {
            format!("Thành phố nhận: {}\nsố {}", moment(receipt.acknowledged_at), receipt.receipt_number)
        }),
    );
    lines.push(format!("Trạng thái: {}", report.stage_label));
    lines.iter().flat_map(|line| line.lines()).map(str::to_owned).collect()
}
