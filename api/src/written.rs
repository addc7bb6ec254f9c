//! Figures, days and signs as people write them: one way for pictures and papers.

use rust_decimal::Decimal;
use thidua_documents::written::magnitude as magnitude_of;
pub(crate) use thidua_documents::written::{day, sign};

use crate::language::Language;

/// A figure without its sign: `12.345,6` in Vietnamese, `12,345.6` in English.
pub(crate) fn magnitude(figure: Decimal, language: Language) -> String {
    let (point, group) = match language {
        Language::Vi => (',', '.'),
        Language::En => ('.', ','),
    };
    magnitude_of(figure, point, group)
}
