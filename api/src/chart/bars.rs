//! Horizontal bars: how many of each group's targets are reached, measured, or not measured yet.

use rust_decimal::Decimal;

use super::{BACKGROUND, Canvas, DONE, EDGE, FAINT_INK, INK, INNER, MARGIN, UNDER_WAY, stretched};
use crate::language::Language;

/// How high a bar is.
const HEIGHT: u32 = 16;

/// A picture of groups.
#[derive(Clone, Debug)]
pub(crate) struct Bars {
    /// What is shown.
    pub(crate) title: String,
    /// What holds for the whole picture, in words.
    pub(crate) summary: String,
    /// A bar for each group.
    pub(crate) bars: Vec<Bar>,
}

/// The targets of one group.
#[derive(Clone, Debug)]
pub(crate) struct Bar {
    /// Which group.
    pub(crate) label: String,
    /// All of its targets.
    pub(crate) targets: u32,
    /// Of them: measured.
    pub(crate) with_value: u32,
    /// Of those: reached.
    pub(crate) reached: u32,
    /// Of how many it was reached on the day compared with.
    pub(crate) earlier: Option<u32>,
}

impl Bars {
    /// The picture as SVG.
    pub(crate) fn svg(&self, language: Language) -> String {
        let told = self.bars.iter().map(|bar| format!("{}: {}.", bar.label, bar.figures(language)));
        let words = std::iter::once(self.summary.clone()).chain(told).collect::<Vec<_>>().join(" ");
        let mut canvas = Canvas::titled(&self.title, &words);
        canvas.space(4);
        canvas.paragraph(&self.summary, 14, "", FAINT_INK);
        if self.bars.is_empty() {
            canvas.space(8);
            canvas.paragraph(&language.text("chart.noGroups"), 14, "", INK);
            return canvas.finished(&self.title, &words, language);
        }
        legend(&mut canvas, language);
        for bar in &self.bars {
            bar.draw(&mut canvas, language);
        }
        canvas.finished(&self.title, &words, language)
    }
}

/// What the fillings mean, which are defined with it.
pub(super) fn legend(canvas: &mut Canvas, language: Language) {
    let id = canvas.id.clone();
    canvas.draw(&format!(
        "<defs><pattern id=\"{id}-way\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"{BACKGROUND}\"/>\
         <rect width=\"3\" height=\"6\" fill=\"{UNDER_WAY}\"/></pattern></defs>"
    ));
    canvas.space(10);
    let way = format!("url(#{id}-way)");
    for (fill, edge, key) in
        [(DONE, DONE, "reached"), (&way, UNDER_WAY, "notReached"), (BACKGROUND, EDGE, "notMeasured")]
    {
        canvas.draw(&format!(
            "<rect x=\"{MARGIN}.5\" y=\"{}.5\" width=\"20\" height=\"12\" fill=\"{fill}\" stroke=\"{edge}\"/>\n\
             <text x=\"{}\" y=\"{}\" font-size=\"13\" fill=\"{INK}\">{}</text>",
            canvas.y,
            MARGIN + 28,
            canvas.y + 11,
            super::escaped(&language.label("chart", key))
        ));
        canvas.space(19);
    }
}

impl Bar {
    /// The figures in words, as they stand below the bar and in the text alternative.
    fn figures(&self, language: Language) -> String {
        if self.targets == 0 {
            return language.text("chart.noTargets");
        }
        let mut text = language
            .text("chart.figures")
            .replace("{reached}", &self.reached.to_string())
            .replace("{targets}", &self.targets.to_string())
            .replace("{measured}", &self.with_value.to_string());
        if let Some(earlier) = self.earlier {
            text.push(' ');
            text.push_str(&language.text("chart.before").replace("{reached}", &earlier.to_string()));
        }
        text
    }

    fn draw(&self, canvas: &mut Canvas, language: Language) {
        canvas.space(10);
        canvas.paragraph(&self.label, 14, "font-weight=\"600\" ", INK);
        if self.targets > 0 {
            canvas.space(4);
            let y = canvas.y;
            let along = |count: u32| stretched(Decimal::from(count), self.targets.into(), INNER);
            let (reached, measured) = (along(self.reached), along(self.with_value));
            let way = format!("url(#{}-way)", canvas.id);
            for (from, to, fill) in [(Decimal::ZERO, reached, DONE), (reached, measured, &way)] {
                if to > from {
                    let (x, width) = ((Decimal::from(MARGIN) + from).normalize(), (to - from).normalize());
                    canvas.draw(&format!(
                        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{HEIGHT}\" fill=\"{fill}\"/>"
                    ));
                }
            }
            canvas.draw(&format!(
                "<rect x=\"{MARGIN}.5\" y=\"{y}.5\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"{EDGE}\"/>",
                INNER - 1,
                HEIGHT - 1
            ));
            canvas.space(HEIGHT);
        }
        canvas.space(2);
        canvas.paragraph(&self.figures(language), 13, "", INK);
    }
}
