//! A line: the values of a target from day to day, with its goal as a dashed line.

use rust_decimal::Decimal;
use thidua_domain::time::Date;

use super::{BACKGROUND, Canvas, DONE, EDGE, FAINT_INK, INK, INNER, MARGIN, UNDER_WAY, amount, escaped, stretched};
use crate::{language::Language, written::day};

/// How high the plot is.
const HEIGHT: u32 = 160;

/// A picture of a target from day to day.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// What is shown.
    pub(crate) title: String,
    /// In what is measured: `%`, `ha`.
    pub(crate) measure_unit: String,
    /// What is to be reached, and how that is said: `≥ 97%`.
    pub(crate) goal: Option<(Decimal, String)>,
    /// The values, by day; none where they are words.
    pub(crate) dots: Vec<Dot>,
}

/// The value of a day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dot {
    /// The day.
    pub(crate) day: Date,
    /// The value, in the unit of measure.
    pub(crate) value: Decimal,
}

impl Line {
    /// The picture as SVG.
    pub(crate) fn svg(&self, language: Language) -> String {
        let goal = self.goal.as_ref().map(|(_, goal)| format!("{}: {goal}", language.text("chart.goal")));
        let told = self.dots.iter().map(|dot| self.told(dot, language));
        let latest = self.dots.last().map_or_else(
            || language.text("chart.noValues"),
            |dot| format!("{}: {}", language.text("chart.latest"), self.told(dot, language)),
        );
        let words: Vec<_> = goal.clone().into_iter().chain([latest.clone()]).chain(told).collect();
        let words = words.join(". ");
        let mut canvas = Canvas::titled(&self.title, &words);
        canvas.space(4);
        canvas.paragraph(&latest, 14, "", INK);
        if !self.dots.is_empty() {
            self.plot(&mut canvas, language);
        }
        if let Some(goal) = goal {
            canvas.space(8);
            let y = canvas.y;
            dashed(&mut canvas, 32, (y + 2).into());
            canvas.space(6);
            canvas.paragraph(&goal, 14, "", INK);
        }
        canvas.finished(&self.title, &words, language)
    }

    fn told(&self, dot: &Dot, language: Language) -> String {
        format!("{} ({})", amount(dot.value, &self.measure_unit, language), day(dot.day))
    }

    fn plot(&self, canvas: &mut Canvas, language: Language) {
        let values = || self.dots.iter().map(|dot| dot.value).chain(self.goal.iter().map(|(goal, _)| *goal));
        let (low, high) = (values().min().unwrap_or_default(), values().max().unwrap_or_default());
        let (first, last) = (self.dots.first().map(|dot| dot.day), self.dots.last().map(|dot| dot.day));
        let (Some(first), Some(last)) = (first, last) else { return };
        canvas.space(6);
        let caption = |value: Decimal| amount(value, &self.measure_unit, language);
        let span = high.checked_sub(low).unwrap_or_default();
        if !span.is_zero() {
            canvas.paragraph(&caption(high), 12, "", FAINT_INK);
        }
        canvas.space(5);
        let top = canvas.y;
        canvas.draw(&format!(
            "<path d=\"M{MARGIN} {top}H{}M{MARGIN} {}H{0}\" stroke=\"{EDGE}\" fill=\"none\"/>",
            MARGIN + INNER,
            top + HEIGHT
        ));
        let height = |value: Decimal| {
            let above = value.checked_sub(low).unwrap_or_default();
            // What never changes is a line in the middle.
            let up = if span.is_zero() { Decimal::from(HEIGHT / 2) } else { stretched(above, span, HEIGHT) };
            (Decimal::from(top + HEIGHT) - up).normalize()
        };
        let days = Decimal::from((last - first).num_days());
        // Dots are drawn whole.
        let across = |dot: &Dot| {
            let gone = Decimal::from((dot.day - first).num_days());
            let x = if days.is_zero() { Decimal::from((INNER - 10) / 2) } else { stretched(gone, days, INNER - 10) };
            (Decimal::from(MARGIN + 5) + x).normalize()
        };
        let points: Vec<_> = self.dots.iter().map(|dot| format!("{},{}", across(dot), height(dot.value))).collect();
        let points = points.join(" ");
        canvas.draw(&format!("<polyline points=\"{points}\" fill=\"none\" stroke=\"{DONE}\" stroke-width=\"2.5\"/>"));
        // Above the line, so that it is still seen where both are the same.
        if let Some((goal, _)) = &self.goal {
            dashed(canvas, INNER, height(*goal));
        }
        for dot in &self.dots {
            canvas.draw(&format!(
                "<circle cx=\"{}\" cy=\"{}\" r=\"4\" fill=\"{BACKGROUND}\" stroke=\"{DONE}\" stroke-width=\"2.5\"/>",
                across(dot),
                height(dot.value)
            ));
        }
        canvas.space(HEIGHT + 5);
        if !span.is_zero() {
            canvas.paragraph(&caption(low), 12, "", FAINT_INK);
        }
        days_below(canvas, first, last);
    }
}

/// The goal, from the margin on.
fn dashed(canvas: &mut Canvas, length: u32, y: Decimal) {
    let end = MARGIN + length;
    canvas.draw(&format!(
        "<line x1=\"{MARGIN}\" y1=\"{y}\" x2=\"{end}\" y2=\"{y}\" stroke=\"{UNDER_WAY}\" stroke-width=\"2\" \
         stroke-dasharray=\"6 4\"/>"
    ));
}

/// The first day and the last, at the ends of the plot.
fn days_below(canvas: &mut Canvas, first: Date, last: Date) {
    canvas.space(15);
    let y = canvas.y;
    let from = escaped(&day(first));
    canvas.draw(&format!("<text x=\"{MARGIN}\" y=\"{y}\" font-size=\"12\" fill=\"{INK}\">{from}</text>"));
    if last > first {
        let (x, to) = (MARGIN + INNER, escaped(&day(last)));
        canvas.draw(&format!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"12\" text-anchor=\"end\" fill=\"{INK}\">{to}</text>"
        ));
    }
    canvas.space(6);
}
