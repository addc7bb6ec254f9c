//! The report of a unit (*báo cáo kết quả*), in the outline of `domain.md` §3.2 (TT 01/2024, article 3.3).

use rust_decimal::Decimal;
use thidua_domain::{
    campaign::{Campaign, plan::ObligationKind},
    period::Period,
    report::{ExemplarKind, Figure, Report, Stage},
    text::Token,
    unit::{UnitEntry, UnitType},
};

use super::{
    frame::{BLANK, Directory, cited, dateline, name_lines, plan_cited, signed},
    measured,
    outline::Outline,
};
use crate::{
    file::FileName,
    paper::{Block, Head, Paper, Signature},
    signing,
    table::{Cell, Column, Row, Table},
    words::Words,
    written::{day, number},
};

/// What the paper is made of.
#[derive(Clone, Copy, Debug)]
pub struct ReportSources<'a> {
    /// The report.
    pub report: &'a Report,
    /// Its campaign.
    pub campaign: &'a Campaign,
    /// Its period.
    pub period: &'a Period,
    /// What sort of unit reports: villages have neither seal nor symbol.
    pub unit_type: UnitType,
    /// The unit, the authority and the office that collects, with the units above them.
    pub units: &'a [UnitEntry],
}

/// The report as a paper. As long as the unit can still write it, it is a draft, with blanks for number, day and signer; number
/// and day are those that the unit gave it in a register of its own, and without them the day is that of the signature.
#[must_use]
pub fn unit_report(of: ReportSources<'_>) -> Paper {
    let ReportSources { report, campaign, period, unit_type, units } = of;
    let names = Directory { units, day: period.ends_on };
    let code = names.code(report.unit);
    let stands = !report.stage.is_with_the_unit();
    let (signature, issue) =
        (report.signature.as_ref().filter(|_| stands), report.own_number.as_ref().filter(|_| stands));
    let dated = issue.map(|issue| issue.issued_on).or_else(|| signature.map(|signature| signature.signed_at.date()));
    let number = issue.map_or_else(|| format!("{BLANK}/BC-{code}"), |issue| issue.symbol.to_string());
    let numbers = !unit_type.grammars().is_empty();
    let superior = names.superior(report.unit).map(|name| name_lines(name.as_str())).unwrap_or_default();
    let title = format!("Kết quả thực hiện {}, kỳ báo cáo: {}", campaign.plan.short_name, period.name);
    let made = Made { report, campaign, names };
    Paper {
        file: FileName::of(&format!("Báo cáo {code} {}", period.code)),
        landscape: false,
        head: Head {
            superior,
            issuer: name_lines(names.name(report.unit)),
            symbol: numbers.then(|| Words::of(format!("Số: {number}"))),
            dateline: dateline(campaign, dated),
            dated,
            kind: Words::of("BÁO CÁO"),
            subject: Words::of(title),
            remark: Some(Words::of(format!("(Số liệu tính đến ngày {})", day(period.ends_on)))),
            receivers: made.receivers(code, unit_type),
        },
        body: made.body(),
        signature: Some(
            signature.map_or_else(|| Signature { capacity: signing::of_the_head(unit_type), name: None }, signed),
        ),
        // A village has no records office (văn thư) that could keep a copy.
        recipients: vec![Words::of("Như trên"), Words::of(if numbers { "Lưu: VT" } else { "Lưu" })],
        annexes: Vec::new(),
    }
}

#[derive(Clone, Copy)]
struct Made<'a> {
    report: &'a Report,
    campaign: &'a Campaign,
    names: Directory<'a>,
}

impl<'a> Made<'a> {
    /// To whom the plan wants what units report, and through whom; the authority where it says nothing. The report to the city is
    /// another paper than that of the office that compiles it.
    fn receivers(self, code: &str, unit_type: UnitType) -> Vec<Words> {
        let plan = &self.campaign.plan;
        let code = Token::parse(code);
        let mut owed = code.iter().flat_map(|code| plan.obligations_of(code, unit_type));
        let owed = owed.find(|owed| owed.to.is_some() && owed.kind != ObligationKind::CityFinal);
        let party = |code: &Token| plan.party(code).map(|party| party.name.as_str());
        let to = owed.and_then(|owed| party(owed.to.as_ref()?)).unwrap_or(self.names.name(self.campaign.issuer));
        let through = owed.and_then(|owed| party(owed.through.as_ref()?));
        let through = through.map_or_else(String::new, |through| format!(" (qua {through})"));
        vec![Words::of(format!("{to}{through}"))]
    }

    fn body(self) -> Vec<Block> {
        let content = &self.report.content;
        let mut text = Outline::default();
        let plan = plan_cited(self.campaign, self.names);
        let unit = self.names.name(self.report.unit);
        text.text(format!("Thực hiện {plan}, {unit} báo cáo kết quả như sau:"));
        if let Some(reason) = &self.report.correction_reason {
            // What is wrong in content is replaced by a paper of the same sort (NĐ 30/2020, article 18.3).
            let number = self.report.corrected_number.as_ref();
            let earlier = number.map_or_else(
                || "báo cáo đã được tiếp nhận của kỳ báo cáo".to_owned(),
                |number| format!("Báo cáo {}", cited(&number.symbol, number.issued_on)),
            );
            text.text(format!("Báo cáo này thay thế {earlier}. Lý do: {reason}"));
        }
        text.part("Công tác lãnh đạo, chỉ đạo, phát động, tuyên truyền");
        if let Some(leadership) = &content.leadership {
            text.prose(Some(&leadership.text));
            let counted = |what: &str, count: Option<u32>| {
                count.map(|count| format!("{what}: {}.", number(Decimal::from(count))))
            };
            for line in [
                counted("Số văn bản đã ban hành", leadership.documents_issued),
                counted("Số lượt người được tuyên truyền", leadership.people_reached),
            ]
            .into_iter()
            .flatten()
            {
                text.dash(line);
            }
        }
        text.part("Kết quả thực hiện");
        self.tasks(&mut text);
        self.targets(&mut text);
        self.movements(&mut text);
        self.exemplars(&mut text);
        text.part("Công tác khen thưởng");
        text.prose_or([content.awards.as_ref()], self.nothing());
        text.part("Tồn tại, hạn chế, nguyên nhân; bài học kinh nghiệm");
        text.prose_or([content.difficulties.as_ref(), content.lessons.as_ref()], self.nothing());
        text.part("Phương hướng; kiến nghị, đề xuất");
        text.prose_or([content.directions.as_ref(), content.proposals.as_ref()], self.nothing());
        text.finish_signed()
    }

    /// What stands where the unit wrote nothing: a draft is still to be written.
    const fn nothing(self) -> &'static str {
        if matches!(self.report.stage, Stage::Draft) { BLANK } else { "Không có." }
    }

    fn tasks(self, text: &mut Outline) {
        let results = &self.report.content.task_results;
        if results.is_empty() {
            return;
        }
        text.section("Kết quả theo nhiệm vụ của Kế hoạch");
        for result in results {
            let task = self.campaign.plan.tasks.iter().find(|task| task.code == result.task);
            let name =
                task.map_or_else(Words::default, |task| measured::marked(task.short_title.as_str(), task.restricted));
            text.point(name.as_str());
            text.prose(Some(&result.text));
        }
    }

    fn targets(self, text: &mut Outline) {
        let figures = &self.report.figures;
        if figures.is_empty() {
            return;
        }
        text.section("Kết quả theo chỉ tiêu đã đăng ký");
        let mut columns = vec![Column::center("TT", 6), Column::left("Chỉ tiêu", 40)];
        columns.extend(measured::columns());
        columns.extend(["Mã chỉ tiêu", "Ngày số liệu"].map(Column::aside));
        columns.extend(measured::parts_columns());
        columns.extend(["Định danh chỉ tiêu", "Định danh số đo"].map(Column::aside));
        text.table(Table {
            sheet: Words::of("Chỉ tiêu đăng ký"),
            caption: Some(Words::of("Kết quả thực hiện chỉ tiêu thi đua đã đăng ký")),
            columns,
            rows: figures.iter().enumerate().flat_map(|(index, figure)| target(index, figure)).collect(),
        });
    }

    fn movements(self, text: &mut Outline) {
        let results = &self.report.content.movement_results;
        if results.is_empty() {
            return;
        }
        text.section("Kết quả các phong trào thi đua");
        for result in results {
            let own = result.movement.as_ref();
            let own = own.and_then(|code| self.campaign.plan.movements.iter().find(|one| one.code == *code));
            let name = own.map(|movement| &movement.name).or(result.name.as_ref());
            text.point(name.map_or("", |name| name.as_str()));
            text.prose(Some(&result.text));
        }
    }

    fn exemplars(self, text: &mut Outline) {
        text.part("Điển hình tiên tiến, mô hình mới, sáng kiến");
        for found in &self.report.content.exemplars {
            let kind = found.kind.map_or_else(String::new, |kind| format!(" ({})", kind_of(kind)));
            text.dash(format!("{}{kind}: {}", found.name, found.summary));
        }
        if self.report.content.exemplars.is_empty() {
            text.text(self.nothing());
        }
    }
}

fn target(index: usize, figure: &Figure) -> Vec<Row> {
    let finding = figure.finding.as_ref();
    let value = finding.map(|finding| &finding.value);
    let mut cells =
        vec![Cell::count(index + 1), Cell::Words(measured::marked(figure.name.as_str(), figure.restricted))];
    let completion = finding.and_then(|finding| finding.completion);
    cells.extend(measured::cells(&figure.measure, value, completion, finding.map(|finding| finding.reached)));
    cells.push(Cell::words(figure.code.as_str()));
    cells.push(finding.map_or(Cell::Blank, |finding| Cell::words(day(finding.as_of))));
    cells.extend(measured::parts(value));
    cells.push(Cell::words(figure.target.to_string()));
    cells.push(finding.map_or(Cell::Blank, |finding| Cell::words(finding.measurement.to_string())));
    let explained = figure.explanation.as_ref().map(|said| format!("Giải trình: {said}"));
    let notes =
        measured::notes(&figure.measure, value, completion).chain(explained).map(|note| Row::Note(Words::of(note)));
    std::iter::once(Row::Cells(cells)).chain(notes).collect()
}

const fn kind_of(kind: ExemplarKind) -> &'static str {
    match kind {
        ExemplarKind::AdvancedExample => "điển hình tiên tiến",
        ExemplarKind::NewModel => "mô hình mới",
        ExemplarKind::GoodPractice => "cách làm hay",
        ExemplarKind::Initiative => "sáng kiến",
    }
}
