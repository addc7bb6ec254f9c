//! Numbers, days, measures and values, as they are written in Vietnam.

use thidua_domain::{
    measure::{Measure, Value, share_percent},
    time::Timestamp,
};

pub(super) use thidua_documents::written::{day_in_words, moment, number, percent};

use crate::written::{day, sign};

/// A name, marked where what it stands for never appears in public figures.
pub(super) fn marked(name: &str, restricted: bool) -> String {
    let mark = if restricted { " (hạn chế công khai)" } else { "" };
    format!("{name}{mark}")
}

/// `ngày 15/12/2025`, of an exclusive deadline; with the hour where it is not midnight.
pub(super) fn deadline(instant: Timestamp) -> String {
    if Timestamp::start_of(instant.date()) == instant {
        format!("ngày {}", day(instant.date()))
    } else {
        moment(instant)
    }
}

/// What a target asks for: `≥ 97%`.
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

/// What was found: `97% (18.430/19.000)`.
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
