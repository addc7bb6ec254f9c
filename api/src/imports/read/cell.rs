//! Cells as members of an object.

use serde_json::{Map, Value, json};

use super::{Cell, Decimal};
use crate::export::{Column, Kind};

/// Puts a cell where its column says; an empty one nowhere. What is not of the form that the member has is left as it is
/// written, so that the member itself says what is wrong with it.
///
/// # Errors
/// The code of what no member could say.
pub(super) fn place(object: &mut Map<String, Value>, column: &Column, cell: Cell) -> Result<(), &'static str> {
    if let Some(value) = value(column.kind(), cell)? {
        put(object, column.name(), value);
    }
    Ok(())
}

/// Puts a value at `value.amount`, in objects that are made on the way.
pub(in crate::imports) fn put(object: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => drop(object.insert(path.to_owned(), value)),
        Some((first, rest)) => {
            let below = object.entry(first).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(below) = below {
                put(below, rest, value);
            }
        }
    }
}

fn value(kind: Kind, cell: Cell) -> Result<Option<Value>, &'static str> {
    Ok(Some(match (kind, cell) {
        (_, Cell::Empty) => return Ok(None),
        (_, Cell::Bad(code)) => return Err(code),
        (Kind::Number, Cell::Text(text, decimal)) => exact(&text, decimal)?.into(),
        (Kind::Flag, Cell::Text(text, _)) => flag(&text),
        (Kind::Date, Cell::Text(text, _)) => day(&text).into(),
        (Kind::List, Cell::Text(text, _)) => several(&text).collect::<Vec<_>>().into(),
        (Kind::Each(member), Cell::Text(text, _)) => {
            several(&text).map(|one| named(one, member)).collect::<Vec<_>>().into()
        }
        (_, Cell::Text(text, _)) => text.into(),
        (_, Cell::Number(number)) => fifteen_digits(number).into(),
        (Kind::Flag, Cell::Flag(flag)) => flag.into(),
        (_, Cell::Flag(flag)) => flag.to_string().into(),
        (_, Cell::Day(day)) => day.into(),
    }))
}

/// What Excel shows of a number: of the sixteenth digit on, floats say nothing.
fn fifteen_digits(number: f64) -> String {
    let shown = rust_decimal::Decimal::from_scientific(&format!("{number:.14e}"));
    shown.map_or_else(|_| number.to_string(), |shown| shown.normalize().to_string())
}

/// A number that is written as text, with a decimal point.
///
/// # Errors
/// It has a separator that could be meant otherwise.
fn exact(text: &str, decimal: Decimal) -> Result<String, &'static str> {
    let text = text.trim();
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')) {
        return Ok(text.to_owned());
    }
    let used: Vec<(usize, u8)> = digits.bytes().enumerate().filter(|(_, byte)| !byte.is_ascii_digit()).collect();
    let fits = match (decimal, used.as_slice()) {
        (_, []) => true,
        (Decimal::Point, [(_, byte)]) => *byte == b'.',
        (Decimal::Comma, [(_, byte)]) => *byte == b',',
        // "1.234" is a thousand and some, or one and some; "0,125" is what it is.
        (Decimal::Either, [(at, _)]) => digits.len() - at != 4 || digits.starts_with('0'),
        (_, _) => false,
    };
    if fits { Ok(text.replace(',', ".")) } else { Err("number.separator") }
}

/// A day in the order of Viet Nam, or as it is written.
fn day(text: &str) -> String {
    let mut parts = text.split(['/', '.', '-']);
    let (first, second, third, none) = (parts.next(), parts.next(), parts.next(), parts.next());
    let number = |part: Option<&str>, most: usize| -> Option<u32> {
        part.filter(|part| (1..=most).contains(&part.len()))?.parse().ok()
    };
    match (number(first, 2), number(second, 2), number(third, 4).filter(|_| third.is_some_and(|t| t.len() == 4)), none)
    {
        (Some(day), Some(month), Some(year), None) => format!("{year:04}-{month:02}-{day:02}"),
        _ => text.to_owned(),
    }
}

fn flag(text: &str) -> Value {
    match thidua_domain::text::fold(text).as_str() {
        "true" | "co" | "dat" | "x" | "1" | "yes" => true.into(),
        "false" | "khong" | "khong dat" | "0" | "no" => false.into(),
        _ => text.into(),
    }
}

fn several(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '\n']).map(str::trim).filter(|one| !one.is_empty())
}

/// A thing with a code and a name: `B1: Sửa chữa phòng học`.
fn named(text: &str, member: &str) -> Value {
    let (code, name) = text.split_once(':').unwrap_or((text, text));
    json!({ member: code.trim(), "name": name.trim() })
}
