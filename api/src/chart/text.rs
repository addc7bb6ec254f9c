//! Texts of pictures: broken into lines, escaped, with figures as the language writes them.

use rust_decimal::Decimal;

use crate::{language::Language, written::magnitude};

/// What XML must not read as its own.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // Line breaks and tabs are spaces here; XML has no place for other control characters.
            control if control.is_control() => safe.push(' '),
            '\u{fffe}' | '\u{ffff}' => safe.push(' '),
            other => safe.push(other),
        }
    }
    safe
}

/// The lines of a text in so many pixels. Nobody knows the reader's font, so that letters are taken to be wide.
pub(super) fn wrapped(text: &str, pixels: u32, size: u32) -> Vec<String> {
    let most = pixels * 100 / size;
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let wide: u32 = word.chars().map(width).sum();
        if length > 0 && length + width(' ') + wide > most {
            lines.push(std::mem::take(&mut line));
            length = 0;
        }
        if length > 0 {
            line.push(' ');
            length += width(' ');
        }
        for letter in word.chars() {
            // A word that is longer than a line is cut.
            if length + width(letter) > most {
                lines.push(std::mem::take(&mut line));
                length = 0;
            }
            line.push(letter);
            length += width(letter);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// How wide a letter is at most in the usual fonts, bold, in hundredths of its size.
fn width(letter: char) -> u32 {
    match letter {
        ' ' | 'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '(' | ')' | '/' | 'ì' | 'í' | 'ỉ' | 'ĩ' | 'ị' => {
            38
        }
        'f' | 't' | 'r' | '-' => 48,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 98,
        upper if upper.is_uppercase() => 80,
        'ư' | 'ừ' | 'ứ' | 'ử' | 'ữ' | 'ự' | 'ơ' | 'ờ' | 'ớ' | 'ở' | 'ỡ' | 'ợ' => 72,
        small if small.is_lowercase() || small.is_ascii() => 66,
        _ => 100,
    }
}

/// A figure as the language writes it: `−12.345,6` in Vietnamese, `−12,345.6` in English.
pub(super) fn number(number: Decimal, language: Language) -> String {
    let minus = if number.is_sign_negative() && !number.is_zero() { "−" } else { "" };
    format!("{minus}{}", magnitude(number, language))
}

/// A figure with its unit of measure; a percent sign stands close to it.
pub(crate) fn amount(figure: Decimal, measure_unit: &str, language: Language) -> String {
    let space = if measure_unit.starts_with('%') { "" } else { " " };
    format!("{}{space}{measure_unit}", number(figure, language))
}
