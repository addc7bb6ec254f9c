//! The head and the foot of the paper: title, dateline, events, signature.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Wording;
use crate::{document::Capacity, text::Line, text::Token, time::Date};

/// The forms of emulation (Luật Thi đua, khen thưởng 2022; `domain.md` §2.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PlanKind {
    /// Theo đợt, theo chuyên đề: for a purpose and a time.
    Thematic,
    /// Thường xuyên: with the daily work.
    Regular,
}

/// The head of the paper, with number and day still blank.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Header {
    /// The issuing authority.
    pub issuer: Wording,
    /// The line of the symbol; the number is given at issue: "Số: /KH-UBND".
    pub symbol: Line,
    /// Place of issue.
    pub place: Line,
    /// Place and day; the day is given at issue: "…, ngày tháng 9 năm 2025".
    pub dateline: Line,
    /// Type of the document: "KẾ HOẠCH".
    pub document_type: Line,
    /// The title as it stands in the head, which may be shorter than [`super::Plan::title`].
    pub title: Wording,
    /// The month of issue, where the paper prints it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_month: Option<Month>,
}

/// Who signs, as printed; the act of signing is recorded when it happens.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Signer {
    /// Name.
    pub name: Line,
    /// Title: "CHỦ TỊCH".
    pub title: Line,
    /// In which capacity (NĐ 30/2020, article 13): TM., or KT. for the chairman.
    pub capacity: Capacity,
}

/// An event that the campaign commemorates.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Event {
    /// Short code.
    pub code: Token,
    /// Name, as printed.
    pub name: Line,
}

/// A calendar month in Viet Nam, `2025-09` on the wire.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(Date);

impl Month {
    /// Reads `YYYY-MM`; `None` where it is no month.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.len() == 7 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let first = format!("{text}-01").parse().ok()?;
        plain.then_some(Self(first))
    }

    /// The month's first day.
    #[must_use]
    pub const fn first_day(self) -> Date {
        self.0
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m"))
    }
}
impl fmt::Debug for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).ok_or_else(|| serde::de::Error::custom("month.malformed"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_written_with_year_and_two_digits() {
        assert_eq!(Month::parse("2025-09").unwrap().to_string(), "2025-09");
        for text in ["2025-9", "2025-13", "2025-00", "2025-09-01", "2025/09", "+202-09", ""] {
            assert!(Month::parse(text).is_none(), "{text} was taken for a month");
        }
    }
}
