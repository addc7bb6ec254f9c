//! Numbers: exact decimals and whole numbers.

use std::{borrow::Cow, fmt};

use rust_decimal::Decimal;
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error as _, Visitor},
};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

use super::{integer, plain, string};

/// An exact decimal as a string: at most 15 digits before the point and six behind it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Dec(pub Decimal);

impl Serialize for Dec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.normalize())
    }
}

impl<'de> Deserialize<'de> for Dec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let digits = text.strip_prefix('-').unwrap_or(&text);
        let (whole, part) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
        let number = |text: &str, most| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        let usual =
            number(whole, 15) && (whole == "0" || !whole.starts_with('0')) && part.is_none_or(|part| number(part, 6));
        text.parse().ok().filter(|_| usual).map(Self).ok_or_else(|| D::Error::custom("decimal.malformed"))
    }
}

impl PartialSchema for Dec {
    fn schema() -> RefOr<Schema> {
        plain(string(r"^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$", 1, 23).build())
    }
}

impl ToSchema for Dec {
    fn name() -> Cow<'static, str> {
        "ExactDecimal".into()
    }
}

/// A whole number from `MIN` to `MAX`; an integral float is one (`7.0`), as JSON Schema has it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct Whole<const MIN: i64, const MAX: i64>(i64);

impl<const MIN: i64, const MAX: i64> Whole<MIN, MAX> {
    /// The number, whose bounds fit the type that is asked for.
    #[must_use]
    pub fn get<N: TryFrom<i64> + Default>(self) -> N {
        N::try_from(self.0).unwrap_or_default()
    }
}

impl<const MIN: i64, const MAX: i64> From<u32> for Whole<MIN, MAX> {
    fn from(number: u32) -> Self {
        Self(number.into())
    }
}

impl<'de, const MIN: i64, const MAX: i64> Deserialize<'de> for Whole<MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Asked for as a number, so that a query, where all values are text, is read as one too.
        let whole = deserializer.deserialize_i64(Integral)?;
        let fits = (MIN..=MAX).contains(&whole);
        if fits { Ok(Self(whole)) } else { Err(D::Error::custom("field.outOfBounds")) }
    }
}

struct Integral;

impl Visitor<'_> for Integral {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number")
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<i64, E> {
        Ok(number)
    }

    // What does not fit lies beyond every bound.
    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<i64, E> {
        i64::try_from(number).map_err(|_| E::custom("field.wrongType"))
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<i64, E> {
        // Every bound that is used lies far within what a float holds exactly.
        #[expect(clippy::cast_possible_truncation, reason = "compared with the float again before it is taken")]
        let whole = number as i64;
        let integral = number.fract() == 0.0 && whole as f64 == number;
        if integral { Ok(whole) } else { Err(E::custom("field.wrongType")) }
    }
}

impl<const MIN: i64, const MAX: i64> PartialSchema for Whole<MIN, MAX> {
    fn schema() -> RefOr<Schema> {
        plain(integer(MIN, MAX).build())
    }
}

impl<const MIN: i64, const MAX: i64> ToSchema for Whole<MIN, MAX> {
    fn name() -> Cow<'static, str> {
        format!("Whole{MIN}To{MAX}").into()
    }
}
