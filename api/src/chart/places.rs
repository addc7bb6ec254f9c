//! Places: units by their points, those of one kind below one another.

use rust_decimal::Decimal;

use super::{Canvas, DONE, EDGE, FAINT_INK, INK, INNER, MARGIN, stretched};
use crate::language::Language;

/// How high a bar is.
const HEIGHT: u32 = 16;

/// A picture of a ranking.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    /// What is shown.
    pub(crate) title: String,
    /// What holds for the whole picture, in words.
    pub(crate) summary: String,
    /// The units that are ranked against each other.
    pub(crate) podiums: Vec<Podium>,
}

/// Units that are ranked against each other.
#[derive(Clone, Debug)]
pub(crate) struct Podium {
    /// What they have in common, where not all are ranked together.
    pub(crate) heading: Option<String>,
    /// The units by their places.
    pub(crate) places: Vec<Place>,
    /// What is to be known of them, such as what told units of the same score apart.
    pub(crate) notes: Vec<String>,
}

/// A unit with its place.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// Place and unit.
    pub(crate) label: String,
    /// Its points.
    pub(crate) points: Decimal,
    /// The points that it could have; none where nothing is counted.
    pub(crate) of: Decimal,
    /// Its points in words.
    pub(crate) figures: String,
}

impl Places {
    /// The picture as SVG.
    pub(crate) fn svg(&self, language: Language) -> String {
        let words = self.words();
        let mut canvas = Canvas::titled(&self.title, &words);
        canvas.space(4);
        canvas.paragraph(&self.summary, 14, "", FAINT_INK);
        if self.podiums.iter().all(|podium| podium.places.is_empty()) {
            canvas.space(8);
            canvas.paragraph(&language.text("ranking.nobody"), 14, "", INK);
        }
        for podium in &self.podiums {
            podium.draw(&mut canvas);
        }
        canvas.finished(&self.title, &words, language)
    }

    fn words(&self) -> String {
        let mut words = vec![self.summary.clone()];
        for podium in &self.podiums {
            words.extend(podium.heading.iter().map(|heading| format!("{heading}.")));
            words.extend(podium.places.iter().map(|place| format!("{}: {}.", place.label, place.figures)));
            words.extend(podium.notes.iter().cloned());
        }
        words.join(" ")
    }
}

impl Podium {
    fn draw(&self, canvas: &mut Canvas) {
        if let Some(heading) = &self.heading {
            canvas.space(14);
            canvas.paragraph(heading, 15, "font-weight=\"700\" ", DONE);
        }
        for place in &self.places {
            place.draw(canvas);
        }
        for note in &self.notes {
            canvas.space(8);
            canvas.paragraph(note, 13, "font-style=\"italic\" ", FAINT_INK);
        }
    }
}

impl Place {
    fn draw(&self, canvas: &mut Canvas) {
        canvas.space(10);
        canvas.paragraph(&self.label, 14, "font-weight=\"600\" ", INK);
        if self.of > Decimal::ZERO {
            canvas.space(4);
            let (y, width) = (canvas.y, stretched(self.points, self.of, INNER));
            if width > Decimal::ZERO {
                canvas.draw(&format!(
                    "<rect x=\"{MARGIN}\" y=\"{y}\" width=\"{width}\" height=\"{HEIGHT}\" fill=\"{DONE}\"/>"
                ));
            }
            canvas.draw(&format!(
                "<rect x=\"{MARGIN}.5\" y=\"{y}.5\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"{EDGE}\"/>",
                INNER - 1,
                HEIGHT - 1
            ));
            canvas.space(HEIGHT);
        }
        canvas.space(2);
        canvas.paragraph(&self.figures, 13, "", INK);
    }
}
