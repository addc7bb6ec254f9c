//! Figures, days and signs as people write them: one way for pictures and papers.

use rust_decimal::Decimal;
use thidua_domain::{measure::Direction, time::Date};

use crate::language::Language;

/// A figure without its sign: `12.345,6` in Vietnamese, `12,345.6` in English.
pub(crate) fn magnitude(figure: Decimal, language: Language) -> String {
    let (point, group) = match language {
        Language::Vi => (',', '.'),
        Language::En => ('.', ','),
    };
    let text = figure.normalize().abs().to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let mut written = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            written.push(group);
        }
        written.push(digit);
    }
    if !decimals.is_empty() {
        written.push(point);
        written.push_str(decimals);
    }
    written
}

/// A day as it is written in Viet Nam: `31/10/2025`.
pub(crate) fn day(day: Date) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// How a value must stand to what is planned: `≥`.
pub(crate) const fn sign(direction: Direction) -> &'static str {
    match direction {
        Direction::AtLeast => "≥",
        Direction::AtMost => "≤",
        Direction::Exactly => "=",
    }
}
