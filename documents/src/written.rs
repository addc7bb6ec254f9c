//! Figures and days as they are written in Viet Nam.

use chrono::Datelike as _;
use rust_decimal::{Decimal, RoundingStrategy};
use thidua_domain::{
    measure::Direction,
    time::{Date, Timestamp},
};

/// A figure without its sign, with this point and this mark between thousands.
#[must_use]
pub fn magnitude(figure: Decimal, point: char, group: char) -> String {
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

/// `18.430,25`: dots between thousands, a comma before decimals.
#[must_use]
pub fn number(figure: Decimal) -> String {
    let minus = if figure.is_sign_negative() && !figure.is_zero() { "-" } else { "" };
    format!("{minus}{}", magnitude(figure, ',', '.'))
}

/// A share as papers give it: two decimals at most, rounded down, so that it never looks like more than it is.
#[must_use]
pub fn shown_share(percent: Decimal) -> Decimal {
    percent.round_dp_with_strategy(2, RoundingStrategy::ToZero).normalize()
}

/// `97,3%`.
#[must_use]
pub fn percent(percent: Decimal) -> String {
    format!("{}%", number(shown_share(percent)))
}

/// `31/10/2025`.
#[must_use]
pub fn day(day: Date) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// `09:00 ngày 08/12/2025`, in the time of Viet Nam.
#[must_use]
pub fn moment(instant: Timestamp) -> String {
    instant.local().format("%H:%M ngày %d/%m/%Y").to_string()
}

/// `ngày 05 tháng 12 năm 2025`; days below ten and the first two months have a zero before them (NĐ 30/2020, appendix I).
#[must_use]
pub fn day_in_words(date: Date) -> String {
    format!("ngày {:02} tháng {} năm {}", date.day(), month(date), date.year())
}

/// The month of a date line: `01`, `02`, `3`.
#[must_use]
pub fn month(date: Date) -> String {
    if date.month() < 3 { format!("{:02}", date.month()) } else { date.month().to_string() }
}

/// How a value must stand to what is planned: `≥`.
#[must_use]
pub const fn sign(direction: Direction) -> &'static str {
    match direction {
        Direction::AtLeast => "≥",
        Direction::AtMost => "≤",
        Direction::Exactly => "=",
    }
}

/// `I`, `II`, `III`: the numbers of parts and annexes.
#[must_use]
pub fn roman(number: usize) -> String {
    let signs = [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut left = number;
    let mut written = String::new();
    for (worth, sign) in signs {
        while left >= worth {
            written.push_str(sign);
            left -= worth;
        }
    }
    written
}

/// `a)`, `b)`, `c)`, `d)`, `đ)`, `e)`: points in the order of the Vietnamese alphabet, as NĐ 30/2020 has it; after the last
/// letter numbers go on.
#[must_use]
pub fn point(index: usize) -> String {
    const LETTERS: [&str; 23] = [
        "a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "x",
        "y",
    ];
    LETTERS.get(index).map_or_else(|| format!("{})", index + 1), |letter| format!("{letter})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn figures_have_dots_and_a_comma_and_shares_never_look_like_more() {
        assert_eq!(number(decimal("18430.250")), "18.430,25");
        assert_eq!(number(decimal("-1000000")), "-1.000.000");
        assert_eq!(number(decimal("-0.0")), "0");
        assert_eq!(number(decimal("999")), "999");
        assert_eq!(percent(decimal("96.9999")), "96,99%");
        assert_eq!(percent(decimal("97.300")), "97,3%");
    }

    #[test]
    fn days_below_ten_and_the_first_two_months_have_a_zero() {
        assert_eq!(day_in_words("2025-12-05".parse().unwrap()), "ngày 05 tháng 12 năm 2025");
        assert_eq!(day_in_words("2026-02-15".parse().unwrap()), "ngày 15 tháng 02 năm 2026");
        assert_eq!(day_in_words("2026-03-31".parse().unwrap()), "ngày 31 tháng 3 năm 2026");
    }

    #[test]
    fn parts_are_counted_in_roman_and_points_in_vietnamese() {
        let parts: Vec<_> = [1, 4, 6, 9, 14, 30].map(roman).into_iter().collect();
        assert_eq!(parts, ["I", "IV", "VI", "IX", "XIV", "XXX"]);
        let points: Vec<_> = (3..8).map(point).collect();
        assert_eq!(points, ["d)", "đ)", "e)", "g)", "h)"]);
        assert_eq!(point(23), "24)");
    }
}
