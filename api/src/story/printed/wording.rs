//! Numbers, days, measures and values, as they are written in Vietnam.

use rust_decimal::{Decimal, RoundingStrategy};
use thidua_domain::{
    measure::{Measure, Value, share_percent},
    time::{Date, Timestamp},
};

use crate::{
    language::Language,
    written::{day, magnitude, sign},
};

/// `18.430,25`: dots between thousands, a comma before decimals.
pub(super) fn number(number: Decimal) -> String {
    let minus = if number.is_sign_negative() { "-" } else { "" };
    format!("{minus}{}", magnitude(number, Language::Vi))
}

/// `96,99 %`: two decimals, rounded down, so that it never looks like more than it is.
pub(super) fn percent(share: Decimal) -> String {
    format!("{} %", number(share.round_dp_with_strategy(2, RoundingStrategy::ToZero)))
}

/// A name, marked where what it stands for never appears in public figures.
pub(super) fn marked(name: &str, restricted: bool) -> String {
    let mark = if restricted { " (hạn chế công khai)" } else { "" };
    format!("{name}{mark}")
}

/// `09:00 ngày 08/12/2025`.
pub(super) fn moment(instant: Timestamp) -> String {
    instant.local().format("%H:%M ngày %d/%m/%Y").to_string()
}

/// `ngày 15/12/2025`, of an exclusive deadline; with the hour where it is not midnight.
pub(super) fn deadline(instant: Timestamp) -> String {
    if Timestamp::start_of(instant.date()) == instant {
        format!("ngày {}", day(instant.date()))
    } else {
        moment(instant)
    }
}

/// `ngày 11 tháng 12 năm 2025`; days below ten and the first two months have a zero before them (NĐ 30/2020).
pub(super) fn day_in_words(date: Date) -> String {
    use chrono::Datelike as _;
    let month = if date.month() < 3 { format!("{:02}", date.month()) } else { date.month().to_string() };
    format!("ngày {:02} tháng {month} năm {}", date.day(), date.year())
}

/// What a target asks for: `≥ 97 %`.
pub(super) fn planned(measure: &Measure) -> String {
    match measure {
        Measure::Quantitative { measure_unit, direction, planned, .. } => {
            format!("{} {} {measure_unit}", sign(*direction), number(*planned))
        }
        Measure::Share { direction, planned, .. } => format!("{} {}", sign(*direction), percent(*planned)),
        Measure::Qualitative { .. } => "nhận xét".to_owned(),
        Measure::Milestone { steps } => format!("{} mốc", steps.len()),
    }
}

/// What was found: `97,00 % (18.430/19.000)`.
pub(super) fn found(measure: &Measure, value: &Value) -> String {
    match (measure, value) {
        (Measure::Quantitative { measure_unit, .. }, Value::Quantitative { amount }) => {
            format!("{} {measure_unit}", number(*amount))
        }
        (Measure::Milestone { steps }, Value::Milestone { done }) => format!("{}/{} mốc", done.len(), steps.len()),
        (_, Value::Quantitative { amount }) => number(*amount),
        (_, Value::Share { numerator, denominator }) => {
            let share = share_percent(*numerator, *denominator).map(percent).unwrap_or_default();
            format!("{share} ({}/{})", number(*numerator), number(*denominator))
        }
        (_, Value::Qualitative { .. }) => "đã nhận xét".to_owned(),
        (_, Value::Milestone { done }) => format!("{} mốc", done.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_with_dots_and_a_comma_and_shares_never_look_like_more() {
        let decimal = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(number(decimal("18430.250")), "18.430,25");
        assert_eq!(number(decimal("-1000000")), "-1.000.000");
        assert_eq!(number(decimal("999")), "999");
        assert_eq!(percent(decimal("96.9999")), "96,99 %");
        assert_eq!(day_in_words("2025-12-05".parse().unwrap()), "ngày 05 tháng 12 năm 2025");
        assert_eq!(day_in_words("2026-01-15".parse().unwrap()), "ngày 15 tháng 01 năm 2026");
    }
}
