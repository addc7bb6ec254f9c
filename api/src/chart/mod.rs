//! Pictures of figures, as SVG: hand-drawn, so that every text is a text and the same figures are always the same bytes.
//!
//! They are made for a phone, 360 pixels wide. What they show stands in `<desc>` in words too; nothing is told by colour
//! alone; they bring their own background. Lengths are exact decimals, rounded to tenths of a pixel.

use rust_decimal::{Decimal, RoundingStrategy};
use sha2::{Digest, Sha256};

use crate::language::Language;

mod bars;
mod columns;
mod line;
mod places;
#[cfg(test)]
mod tests;
mod text;

pub(crate) use bars::{Bar, Bars};
pub(crate) use columns::{Column, Columns};
pub(crate) use line::{Dot, Line};
pub(crate) use places::{Place, Places, Podium};
pub(crate) use text::amount;
use text::{escaped, wrapped};

/// Width of a picture, in pixels.
const WIDTH: u32 = 360;
/// What is left free at each side.
const MARGIN: u32 = 16;
/// Width of what is drawn.
const INNER: u32 = WIDTH - 2 * MARGIN;

/// Colours with a contrast of at least 4.5 to 1 on the background where they are texts, 3 to 1 where they are shapes; blue
/// and orange are told apart by whoever sees red and green alike.
const BACKGROUND: &str = "#ffffff";
const INK: &str = "#1f2937";
const FAINT_INK: &str = "#4b5563";
const DONE: &str = "#0b5394";
const UNDER_WAY: &str = "#b45309";
const EDGE: &str = "#6b7280";

/// A picture on its way down the page.
struct Canvas {
    marks: String,
    y: u32,
    id: String,
}

impl Canvas {
    /// Begins with the title; `words` tell the picture to those who do not see it.
    fn titled(title: &str, words: &str) -> Self {
        let digest = Sha256::new().chain_update(title).chain_update("\n").chain_update(words).finalize();
        // Several pictures can stand in one page, where an id is unique.
        let id = format!("thidua-{:02x}{:02x}{:02x}{:02x}", digest[0], digest[1], digest[2], digest[3]);
        let mut canvas = Self { marks: String::new(), y: MARGIN, id };
        canvas.paragraph(title, 16, "font-weight=\"700\" ", INK);
        canvas
    }

    /// Lines of a text, as many as it needs.
    fn paragraph(&mut self, text: &str, size: u32, how: &str, colour: &str) {
        for line in wrapped(text, INNER, size) {
            self.y += size + 2;
            self.marks.push_str(&format!(
                "<text x=\"{MARGIN}\" y=\"{}\" font-size=\"{size}\" {how}fill=\"{colour}\">{}</text>\n",
                self.y,
                escaped(&line)
            ));
            self.y += 3;
        }
    }

    fn space(&mut self, height: u32) {
        self.y += height;
    }

    fn draw(&mut self, mark: &str) {
        self.marks.push_str(mark);
        self.marks.push('\n');
    }

    fn finished(self, title: &str, words: &str, language: Language) -> String {
        let Self { marks, y, id } = self;
        let (height, tag) = (y + MARGIN, language.tag());
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
             viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" lang=\"{tag}\" \
             xml:lang=\"{tag}\" font-family=\"system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', Arial, sans-serif\">\n\
             <title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n\
             <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"{BACKGROUND}\"/>\n{marks}</svg>\n",
            escaped(title),
            escaped(words)
        )
    }
}

/// A length in tenths of a pixel: `part` of `whole`, stretched to `over`; nothing where there is no whole.
fn stretched(part: Decimal, whole: Decimal, over: u32) -> Decimal {
    let length = Decimal::from(over).checked_mul(part).and_then(|length| length.checked_div(whole));
    // Amounts with too many digits to be multiplied out are divided first.
    let length = length.or_else(|| part.checked_div(whole)?.checked_mul(over.into())).unwrap_or_default();
    length
        .clamp(Decimal::ZERO, over.into())
        .round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero)
        .normalize()
}
