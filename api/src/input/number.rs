//! Whole numbers, however they are written: in JSON Schema 1.0 and 1e0 are integers like 1.

use std::borrow::Cow;

/// The largest integer that JSON carries exactly everywhere.
const MOST: f64 = 9_007_199_254_740_992.0;

/// The same JSON with every whole number written as an integer. What is exact but not whole is text here, so that nothing
/// is lost; what is no JSON stays none.
pub(super) fn whole(json: &[u8]) -> Cow<'_, [u8]> {
    let mut out: Option<Vec<u8>> = None;
    let (mut at, mut copied) = (0, 0);
    while at < json.len() {
        match json[at] {
            b'"' => at = end_of_string(json, at),
            b'-' | b'0'..=b'9' => {
                let rest = &json[at..];
                let length = rest.iter().position(|byte| !is_of_a_number(*byte)).unwrap_or(rest.len());
                if let Some(integer) = integer(&rest[..length]) {
                    let out = out.get_or_insert_with(|| Vec::with_capacity(json.len()));
                    out.extend_from_slice(&json[copied..at]);
                    out.extend_from_slice(integer.as_bytes());
                    copied = at + length;
                }
                at += length;
            }
            _ => at += 1,
        }
    }
    match out {
        None => Cow::Borrowed(json),
        Some(mut out) => {
            out.extend_from_slice(&json[copied..]);
            Cow::Owned(out)
        }
    }
}

const fn is_of_a_number(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')
}

/// The first position behind the string that begins here.
fn end_of_string(json: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < json.len() {
        match json[at] {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    json.len()
}

/// The integer, where a whole number is written with a point or an exponent.
fn integer(token: &[u8]) -> Option<String> {
    let written_otherwise = token.iter().any(|byte| matches!(byte, b'.' | b'e' | b'E'));
    // serde_json knows what a number of JSON is.
    let value: f64 = serde_json::from_slice(token).ok().filter(|_| written_otherwise)?;
    (value.fract() == 0.0 && value.abs() <= MOST).then(|| format!("{value:.0}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> String {
        String::from_utf8(whole(json.as_bytes()).into_owned()).unwrap()
    }

    #[test]
    fn whole_numbers_become_integers_and_nothing_else_changes() {
        let json = r#"{"a": [1.0, -2.50e1, 3], "1.0": "2.0 \" 3.0", "b": 1.5, "c": 1e400, "d": -0.0}"#;
        assert_eq!(read(json), r#"{"a": [1, -25, 3], "1.0": "2.0 \" 3.0", "b": 1.5, "c": 1e400, "d": -0}"#);
    }

    #[test]
    fn what_is_no_json_stays_none() {
        for odd in ["1.", "01.0", "-", "1.0.0", "1e", "+1.0", "\"1.0", "\"\\", "1-1.0"] {
            assert_eq!(read(odd), odd);
        }
    }
}
