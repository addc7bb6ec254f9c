//! Columns: how many of a group's targets were reached, measured, or not measured yet, from day to day.

use rust_decimal::Decimal;
use thidua_domain::time::Date;

use super::{BACKGROUND, Canvas, DONE, EDGE, FAINT_INK, INK, INNER, MARGIN, bars::legend, escaped, stretched};
use crate::{language::Language, written};

/// How high the plot is.
const HEIGHT: u32 = 160;
/// The widest that a column becomes.
const WIDEST: u32 = 48;
/// What is free between two columns.
const GAP: u32 = 4;
/// Up to so many columns there is room for figures and day below each.
const MOST_CAPTIONS: usize = 8;

/// A picture of a group from day to day.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    /// What is shown.
    pub(crate) title: String,
    /// What holds for the whole picture, as sentences; may be empty.
    pub(crate) summary: String,
    /// A column for each day, the first one first.
    pub(crate) columns: Vec<Column>,
}

/// The targets of a group on one day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    /// The day.
    pub(crate) day: Date,
    /// All targets in force.
    pub(crate) targets: u32,
    /// Of them: measured.
    pub(crate) with_value: u32,
    /// Of those: reached.
    pub(crate) reached: u32,
}

impl Columns {
    /// The picture as SVG.
    pub(crate) fn svg(&self, language: Language) -> String {
        let mut told: Vec<_> = self.columns.iter().map(|column| column.told(language)).collect();
        let summary = format!("{}{}", self.summary, told.pop().unwrap_or_default());
        let words = std::iter::once(summary.clone()).chain(told).collect::<Vec<_>>().join(" ");
        let mut canvas = Canvas::titled(&self.title, &words);
        canvas.space(4);
        canvas.paragraph(&summary, 14, "", FAINT_INK);
        let most = self.columns.iter().map(|column| column.targets).max().unwrap_or_default();
        if most == 0 {
            canvas.space(8);
            canvas.paragraph(&language.text("chart.noGroups"), 14, "", INK);
            return canvas.finished(&self.title, &words, language);
        }
        legend(&mut canvas, language);
        self.plot(&mut canvas, most, language);
        canvas.finished(&self.title, &words, language)
    }

    fn plot(&self, canvas: &mut Canvas, most: u32, language: Language) {
        canvas.space(8);
        let caption = language.text("chart.ofTargets").replace("{targets}", &most.to_string());
        canvas.paragraph(&caption, 12, "", FAINT_INK);
        canvas.space(4);
        let (top, bottom) = (canvas.y, canvas.y + HEIGHT);
        canvas.draw(&format!(
            "<path d=\"M{MARGIN} {top}H{0}M{MARGIN} {bottom}H{0}\" stroke=\"{EDGE}\" fill=\"none\"/>",
            MARGIN + INNER
        ));
        let count = u32::try_from(self.columns.len()).unwrap_or(u32::MAX).max(1);
        let place = INNER / count;
        let width = place.saturating_sub(GAP).clamp(1, WIDEST);
        for (index, column) in (0..count).zip(&self.columns) {
            let x = MARGIN + index * place + (place - width) / 2;
            column.draw(canvas, x, width, bottom, most);
            if self.columns.len() <= MOST_CAPTIONS {
                let figure = format!("{}/{}", column.reached, column.targets);
                centred(canvas, x + width / 2, bottom + 15, &figure);
                centred(canvas, x + width / 2, bottom + 31, &column.day.format("%d/%m").to_string());
            }
        }
        if self.columns.len() <= MOST_CAPTIONS {
            canvas.space(HEIGHT + 37);
        } else {
            canvas.space(HEIGHT + 16);
            self.days_below(canvas);
        }
    }

    fn days_below(&self, canvas: &mut Canvas) {
        let y = canvas.y;
        let (Some(first), Some(last)) = (self.columns.first(), self.columns.last()) else { return };
        let first = escaped(&written::day(first.day));
        canvas.draw(&format!("<text x=\"{MARGIN}\" y=\"{y}\" font-size=\"12\" fill=\"{INK}\">{first}</text>"));
        if self.columns.len() > 1 {
            let (x, last) = (MARGIN + INNER, escaped(&written::day(last.day)));
            canvas.draw(&format!(
                "<text x=\"{x}\" y=\"{y}\" font-size=\"12\" text-anchor=\"end\" fill=\"{INK}\">{last}</text>"
            ));
        }
        canvas.space(6);
    }
}

fn centred(canvas: &mut Canvas, x: u32, y: u32, text: &str) {
    let text = escaped(text);
    canvas.draw(&format!(
        "<text x=\"{x}\" y=\"{y}\" font-size=\"12\" text-anchor=\"middle\" fill=\"{INK}\">{text}</text>"
    ));
}

impl Column {
    /// The figures of the day in words.
    fn told(&self, language: Language) -> String {
        language
            .text("chart.summary")
            .replace("{day}", &written::day(self.day))
            .replace("{reached}", &self.reached.to_string())
            .replace("{targets}", &self.targets.to_string())
            .replace("{measured}", &self.with_value.to_string())
            + "."
    }

    fn draw(&self, canvas: &mut Canvas, x: u32, width: u32, bottom: u32, most: u32) {
        if self.targets == 0 {
            return;
        }
        let up = |count: u32| stretched(Decimal::from(count), most.into(), HEIGHT);
        let way = format!("url(#{}-way)", canvas.id);
        let steps = [
            (0, self.reached, DONE),
            (self.reached, self.with_value, way.as_str()),
            (self.with_value, self.targets, BACKGROUND),
        ];
        for (from, to, fill) in steps {
            if to > from {
                let (y, height) = ((Decimal::from(bottom) - up(to)).normalize(), (up(to) - up(from)).normalize());
                canvas.draw(&format!(
                    "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\" stroke=\"{EDGE}\"/>"
                ));
            }
        }
    }
}
