//! What a target asks for and what was found, as cells of a table: one way for all papers.

use rust_decimal::Decimal;
use thidua_domain::{
    measure::{Direction, Measure, Value, share_percent},
    text::Token,
};

use crate::{
    table::{Cell, Column},
    words::Words,
    written::{number, shown_share, sign},
};

/// The columns of a measured target: its unit of measure, what is planned and found, how far it is, whether it is reached.
pub(super) fn columns() -> [Column; 5] {
    [
        Column::center("ĐVT", 9),
        Column::right("Kế hoạch", 11),
        Column::right("Thực hiện", 11),
        Column::right("Tỷ lệ hoàn thành (%)", 12),
        Column::center("Đánh giá", 11),
    ]
}

/// The cells below [`columns`].
pub(super) fn cells(
    measure: &Measure,
    value: Option<&Value>,
    completion: Option<Decimal>,
    reached: Option<bool>,
) -> [Cell; 5] {
    [
        Cell::words(unit(measure)),
        planned(measure),
        value.map_or_else(|| Cell::words("chưa có"), found),
        completion.map_or(Cell::Blank, |completion| Cell::Figure(shown_share(completion))),
        Cell::words(judged(reached)),
    ]
}

/// The columns of a share, which only the workbook has: a percentage alone cannot be reckoned with.
pub(super) fn parts_columns() -> [Column; 2] {
    [Column::aside("Tử số"), Column::aside("Mẫu số")]
}

/// The cells below [`parts_columns`].
pub(super) fn parts(value: Option<&Value>) -> [Cell; 2] {
    match value {
        Some(Value::Share { numerator, denominator }) => [Cell::Figure(*numerator), Cell::Figure(*denominator)],
        Some(Value::Quantitative { .. } | Value::Qualitative { .. } | Value::Milestone { .. }) | None => {
            [Cell::Blank, Cell::Blank]
        }
    }
}

/// What stands below a figure where the figure alone does not say it: what it was made of, and from where the way was reckoned.
pub(super) fn notes(
    measure: &Measure,
    value: Option<&Value>,
    completion: Option<Decimal>,
) -> impl Iterator<Item = String> {
    let found = value.and_then(found_in_words);
    let since = completion.and_then(|_| baseline(measure)).map(|baseline| {
        let unit = unit(measure);
        let unit = if unit == "%" { unit.to_owned() } else { format!(" {unit}") };
        format!("Tỷ lệ hoàn thành tính từ mức ban đầu: {}{unit}", number(baseline))
    });
    found.into_iter().chain(since)
}

fn found_in_words(value: &Value) -> Option<String> {
    match value {
        Value::Quantitative { .. } => None,
        Value::Share { numerator, denominator } => {
            Some(format!("Số liệu gốc: {}/{}", number(*numerator), number(*denominator)))
        }
        Value::Qualitative { finding, .. } => Some(format!("Nhận xét: {finding}")),
        Value::Milestone { done } if done.is_empty() => None,
        Value::Milestone { done } => {
            Some(format!("Đã xong: {}", done.iter().map(Token::as_str).collect::<Vec<_>>().join(", ")))
        }
    }
}

const fn baseline(measure: &Measure) -> Option<Decimal> {
    match measure {
        Measure::Quantitative { baseline, .. } | Measure::Share { baseline, .. } => *baseline,
        Measure::Qualitative { .. } | Measure::Milestone { .. } => None,
    }
}

fn unit(measure: &Measure) -> &str {
    match measure {
        Measure::Quantitative { measure_unit, .. } => measure_unit.as_str(),
        Measure::Share { .. } => "%",
        Measure::Qualitative { .. } => "nhận xét",
        Measure::Milestone { .. } => "mốc",
    }
}

fn planned(measure: &Measure) -> Cell {
    match measure {
        Measure::Quantitative { direction, planned, .. } | Measure::Share { direction, planned, .. } => match direction
        {
            Direction::AtLeast => Cell::Figure(*planned),
            Direction::AtMost | Direction::Exactly => Cell::words(format!("{} {}", sign(*direction), number(*planned))),
        },
        Measure::Qualitative { .. } => Cell::Blank,
        Measure::Milestone { steps } => Cell::count(steps.len()),
    }
}

fn found(value: &Value) -> Cell {
    match value {
        Value::Quantitative { amount } => Cell::Figure(*amount),
        Value::Share { numerator, denominator } => {
            share_percent(*numerator, *denominator).map_or(Cell::Blank, |percent| Cell::Figure(shown_share(percent)))
        }
        Value::Qualitative { .. } => Cell::Blank,
        Value::Milestone { done } => Cell::count(done.len()),
    }
}

/// Whether a target is reached; a dash where nothing says it.
pub(super) const fn judged(reached: Option<bool>) -> &'static str {
    match reached {
        Some(true) => "đạt",
        Some(false) => "chưa đạt",
        None => "–",
    }
}

/// A name, marked where what it stands for never appears in public figures.
pub(super) fn marked(name: &str, restricted: bool) -> Words {
    let mark = if restricted { " (hạn chế công khai)" } else { "" };
    Words::of(format!("{name}{mark}"))
}
