//! The one byte form of a state (RFC 8785, JCS): what is stored as a version is what the log hashes.

use serde::Serialize;
use serde_json::Value;

/// A value that JSON cannot carry exactly; a fault of the program, not of its caller.
#[derive(Debug)]
pub struct NotCanonical(pub String);

impl std::fmt::Display for NotCanonical {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "not canonical: {}", self.0)
    }
}
impl std::error::Error for NotCanonical {}

/// Serialises with sorted keys, no white space, absent instead of null and no floating point.
///
/// Keys are ASCII here, so that byte order is the order of RFC 8785; exact decimals are strings.
///
/// # Errors
/// [`NotCanonical`] where a number is not an integer within ±2^53 or serialisation fails.
pub fn canonical<T: Serialize>(value: &T) -> Result<String, NotCanonical> {
    let value = serde_json::to_value(value).map_err(|error| NotCanonical(error.to_string()))?;
    let mut out = String::with_capacity(512);
    write(&value, &mut out)?;
    Ok(out)
}

fn write(value: &Value, out: &mut String) -> Result<(), NotCanonical> {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Number(number) => {
            let exact = number.as_i64().filter(|n| n.unsigned_abs() <= 1 << 53);
            let exact = exact.ok_or_else(|| NotCanonical(format!("number {number}")))?;
            out.push_str(&exact.to_string());
        }
        Value::String(text) => write_string(text, out)?,
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(item, out)?;
            }
            out.push(']');
        }
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().filter(|(_, value)| !value.is_null()).collect();
            entries.sort_unstable_by_key(|(key, _)| *key);
            out.push('{');
            for (index, (key, item)) in entries.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_string(key, out)?;
                out.push(':');
                write(item, out)?;
            }
            out.push('}');
        }
    }
    Ok(())
}

fn write_string(text: &str, out: &mut String) -> Result<(), NotCanonical> {
    let quoted = serde_json::to_string(text).map_err(|error| NotCanonical(error.to_string()))?;
    out.push_str(&quoted);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_are_sorted_and_nulls_are_absent() {
        assert_eq!(canonical(&json!({"b": 1, "a": "đ\n", "c": null})).unwrap(), r#"{"a":"đ\n","b":1}"#);
    }

    #[test]
    fn floating_point_has_no_canonical_form() {
        assert!(canonical(&json!({"share": 0.97})).is_err());
        assert!(canonical(&json!({"n": 9_007_199_254_740_993_i64})).is_err());
    }
}
