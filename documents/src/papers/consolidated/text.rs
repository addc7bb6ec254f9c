//! The text of the report, part by part.

use thidua_domain::consolidation::{MovementFigure, PlanTargetFigure, TargetCount};

use super::{
    super::{
        frame::{cited, plan_cited},
        measured,
        outline::Outline,
    },
    Made,
};
use crate::{
    paper::{Block, uncapitalised},
    table::{Cell, Column, Row, Table},
    words::Words,
};

impl Made<'_> {
    pub(super) fn body(self) -> Vec<Block> {
        let narrative = &self.report.narrative;
        let mut text = Outline::default();
        self.opening(&mut text);
        text.part("Công tác lãnh đạo, chỉ đạo, phát động, tuyên truyền");
        text.prose(narrative.leadership.as_ref());
        text.part("Kết quả thực hiện nội dung Kế hoạch");
        text.prose(narrative.results.as_ref());
        self.fields(&mut text);
        self.plan_targets(&mut text);
        self.movements(&mut text);
        self.other_movements(&mut text);
        text.part("Điển hình tiên tiến, mô hình mới, sáng kiến");
        text.prose(narrative.exemplars.as_ref());
        text.part("Công tác khen thưởng");
        text.prose(narrative.awards.as_ref());
        text.part("Tồn tại, hạn chế, nguyên nhân; bài học kinh nghiệm");
        text.section("Tồn tại, hạn chế, nguyên nhân");
        text.prose(narrative.difficulties.as_ref());
        text.section("Bài học kinh nghiệm");
        text.prose(narrative.lessons.as_ref());
        text.part("Phương hướng; kiến nghị, đề xuất");
        text.section("Phương hướng");
        text.prose(narrative.directions.as_ref());
        text.section("Kiến nghị, đề xuất");
        text.prose(narrative.proposals.as_ref());
        text.finish_signed()
    }

    fn opening(self, text: &mut Outline) {
        let plan = plan_cited(self.campaign, self.names);
        let title = uncapitalised(self.campaign.plan.title.as_str());
        let issuer = self.names.name(self.report.issuer);
        text.text(format!("Thực hiện {plan} về việc {title}, {issuer} báo cáo kết quả như sau:"));
        if let Some(issue) = &self.report.replaced_issue {
            text.text(format!("Báo cáo này thay thế Báo cáo {}.", cited(&issue.symbol, issue.issued_on)));
        }
        if let Some(reason) = &self.report.supplement_reason {
            let issue = self.report.supplemented_issue.as_ref();
            let earlier = issue.map_or_else(
                || "báo cáo đã gửi trước đó".to_owned(),
                |issue| format!("Báo cáo {}", cited(&issue.symbol, issue.issued_on)),
            );
            text.text(format!("Báo cáo này bổ sung {earlier}. Nội dung và lý do bổ sung: {reason}"));
        }
    }

    fn fields(self, text: &mut Outline) {
        text.section("Kết quả theo lĩnh vực");
        for field in &self.campaign.plan.fields {
            let said = self.report.narrative.field_results.iter().find(|result| result.field == field.code);
            if let Some(said) = said {
                text.point(field.name.as_str());
                text.prose(Some(&said.text));
            }
        }
        text.table(self.counted());
    }

    /// How many targets of each field and task stand how.
    fn counted(self) -> Table {
        let figures = &self.report.snapshot.figures;
        let mut rows = Vec::new();
        for field in figures.fields.iter().filter(|field| field.count.targets > 0) {
            let name = format!("{}. {}", field.field, self.field_name(&field.field));
            rows.push(Row::Total(count_cells(Words::of(name), field.count)));
            for task in field.tasks.iter().filter(|task| task.count.targets > 0) {
                let name = format!("{}. {}", task.task, self.task_name(&task.task));
                rows.push(Row::Cells(count_cells(measured::marked(&name, task.restricted), task.count)));
            }
        }
        if figures.without_task.count.targets > 0 {
            let name = Words::of("Ngoài các nhiệm vụ của Kế hoạch");
            rows.push(Row::Total(count_cells(name, figures.without_task.count)));
        }
        rows.push(Row::Total(count_cells(Words::of("Tổng cộng"), figures.targets)));
        Table {
            sheet: Words::of("Chỉ tiêu theo lĩnh vực"),
            caption: Some(Words::of("Chỉ tiêu thi đua của các đơn vị theo lĩnh vực, nhiệm vụ")),
            columns: count_columns("Lĩnh vực, nhiệm vụ"),
            rows,
        }
    }

    fn plan_targets(self, text: &mut Outline) {
        let figures = &self.report.snapshot.figures;
        if figures.plan_targets.is_empty() {
            return;
        }
        text.section("Chỉ tiêu do Kế hoạch đặt ra");
        let mut columns = vec![Column::center("TT", 6), Column::left("Chỉ tiêu", 34)];
        columns.extend(measured::columns());
        columns.push(Column::left("Nguồn", 14));
        columns.push(Column::aside("Mã chỉ tiêu"));
        columns.extend(measured::parts_columns());
        let rows = figures.plan_targets.iter().enumerate().flat_map(|(index, figure)| self.plan_target(index, figure));
        text.table(Table {
            sheet: Words::of("Chỉ tiêu của Kế hoạch"),
            caption: Some(Words::of("Kết quả thực hiện chỉ tiêu do Kế hoạch đặt ra")),
            columns,
            rows: rows.collect(),
        });
    }

    fn plan_target(self, index: usize, figure: &PlanTargetFigure) -> Vec<Row> {
        let sources: Vec<_> = figure.sources.iter().map(|source| self.cited(source.report)).collect();
        let total = figure.total.as_ref();
        let mut cells =
            vec![Cell::count(index + 1), Cell::Words(measured::marked(figure.name.as_str(), figure.restricted))];
        cells.extend(measured::cells(&figure.measure, total, figure.completion, figure.reached));
        cells.push(Cell::words(sources.join(", ")));
        cells.push(Cell::words(figure.code.as_str()));
        cells.extend(measured::parts(total));
        let notes = measured::notes(&figure.measure, total, figure.completion).map(|note| Row::Note(Words::of(note)));
        std::iter::once(Row::Cells(cells)).chain(notes).collect()
    }

    fn movements(self, text: &mut Outline) {
        let narrative = &self.report.narrative;
        let said = |figure: &MovementFigure| {
            narrative.movement_results.iter().find(|result| result.movement == figure.movement)
        };
        let figures = &self.report.snapshot.figures.movements;
        if !figures.iter().any(|figure| said(figure).is_some()) {
            return;
        }
        text.section("Kết quả các phong trào thi đua của Kế hoạch");
        for (figure, said) in figures.iter().filter_map(|figure| Some((figure, said(figure)?))) {
            text.point(measured::marked(self.movement_name(&figure.movement), figure.restricted).as_str());
            text.prose(Some(&said.text));
        }
    }

    /// The city is told of them in a section of its own (plan, V.2), also where there was none.
    fn other_movements(self, text: &mut Outline) {
        let narrative = &self.report.narrative;
        if narrative.other_movements.is_empty() && narrative.other_movements_remark.is_none() {
            return;
        }
        text.part("Kết quả các phong trào thi đua khác của địa phương");
        if let Some(remark) = &narrative.other_movements_remark {
            text.text(remark.as_str());
        }
        for other in &narrative.other_movements {
            text.section(other.name.as_str());
            text.prose(Some(&other.text));
        }
    }
}

/// The columns of a table that counts how targets stand.
pub(super) fn count_columns(counted: &str) -> Vec<Column> {
    vec![
        Column::left(counted, 48),
        Column::right("Số chỉ tiêu", 12),
        Column::right("Có số liệu", 12),
        Column::right("Đạt", 12),
        Column::right("Chưa thực hiện", 12),
    ]
}

/// The cells below [`count_columns`].
pub(super) fn count_cells(name: Words, count: TargetCount) -> Vec<Cell> {
    let TargetCount { targets, with_value, reached, not_done } = count;
    let counts = [targets, with_value, reached, not_done].map(Cell::count);
    std::iter::once(Cell::Words(name)).chain(counts).collect()
}
