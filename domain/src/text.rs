//! Text that people typed: NFC, trimmed, bounded, without control characters; parsed once.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// What is wrong with a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TextFault {
    /// Nothing is left after trimming.
    Empty,
    /// More characters than the bound allows.
    TooLong,
    /// NUL or another control character; line breaks and tabs are allowed.
    Control,
}

/// A text of 1 to `MAX` characters (Unicode scalar values, counted in NFC).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Text<const MAX: usize>(String);

/// A short code or symbol.
pub type Token = Text<60>;
/// A name or title of one line.
pub type Line = Text<300>;
/// A paragraph: a reason, a comment, a source sentence.
pub type Paragraph = Text<2_000>;
/// A section of a document.
pub type Prose = Text<20_000>;

impl<const MAX: usize> Text<MAX> {
    /// Normalises to NFC and trims; a text in NFD is the same text.
    ///
    /// # Errors
    /// [`TextFault`] for an empty or over-long text and for control characters.
    pub fn parse(raw: &str) -> Result<Self, TextFault> {
        let trimmed = raw.trim();
        if trimmed.is_empty() {
            return Err(TextFault::Empty);
        }
        if trimmed.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            return Err(TextFault::Control);
        }
        let text = if is_nfc(trimmed) { trimmed.to_owned() } else { trimmed.nfc().collect() };
        if text.chars().count() > MAX {
            return Err(TextFault::TooLong);
        }
        Ok(Self(text))
    }

    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> fmt::Display for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl<const MAX: usize> fmt::Debug for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}
impl<const MAX: usize> AsRef<str> for Text<MAX> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}
impl<'de, const MAX: usize> Deserialize<'de> for Text<MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = String::deserialize(deserializer)?;
        Self::parse(&raw).map_err(|fault| serde::de::Error::custom(fault.as_code()))
    }
}

impl TextFault {
    /// The stable code of the fault, as problem documents name it.
    #[must_use]
    pub const fn as_code(self) -> &'static str {
        match self {
            Self::Empty => "text.empty",
            Self::TooLong => "text.tooLong",
            Self::Control => "text.control",
        }
    }
}

/// The form of a text that search and comparison use: lower case, without accents, "đ" as "d".
///
/// "Hòa" and "Hoà" fold to the same, as do NFC and NFD.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nfd_and_nfc_are_the_same_text() {
        let composed = Line::parse("Hội đồng Thi đua").unwrap();
        let decomposed: String = "Hội đồng Thi đua".nfd().collect();
        assert_eq!(Line::parse(&decomposed).unwrap(), composed);
    }

    #[test]
    fn the_bound_counts_characters_not_bytes() {
        assert!(Text::<3>::parse("ệệệ").is_ok());
        assert_eq!(Text::<3>::parse("ệệệệ").unwrap_err(), TextFault::TooLong);
        assert_eq!(Text::<3>::parse(" \n ").unwrap_err(), TextFault::Empty);
        assert_eq!(Text::<3>::parse("a\0").unwrap_err(), TextFault::Control);
    }

    #[test]
    fn folding_forgets_where_the_tone_mark_sits() {
        assert_eq!(fold("Hòa"), fold("Hoà"));
        assert_eq!(fold("ĐƯỜNG"), "duong");
    }
}
