//! Words as they are printed.

use std::fmt;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

/// A line or a paragraph as it is printed: NFC, of one line, without anything that no page and no XML can show.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Words(String);

impl Words {
    /// One line of what was written; breaks of lines and tabs become spaces.
    #[must_use]
    pub fn of(text: impl AsRef<str>) -> Self {
        Self(text.as_ref().nfc().map(printable).collect::<String>().trim().to_owned())
    }

    /// Each paragraph of what was written; empty lines between them are none.
    #[must_use]
    pub fn paragraphs(text: &str) -> Vec<Self> {
        text.split(['\n', '\r']).map(Self::of).filter(|words| !words.is_empty()).collect()
    }

    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing is there to print.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// XML 1.0 has no form for most control characters and for U+FFFE and U+FFFF; a mark shows that something stood there.
fn printable(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<T: AsRef<str>> From<T> for Words {
    fn from(text: T) -> Self {
        Self::of(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_in_nfd_is_printed_in_nfc() {
        let nfd: String = "Nguyễn Thị Ngọc Hường".nfd().collect();
        assert_eq!(Words::of(&nfd).as_str(), "Nguyễn Thị Ngọc Hường");
    }

    #[test]
    fn a_line_has_no_breaks_and_nothing_that_xml_cannot_hold() {
        assert_eq!(Words::of(" một\thai\nba\u{1}\u{ffff} ").as_str(), "một hai ba\u{fffd}\u{fffd}");
        assert_eq!(Words::paragraphs("một\r\n\r\n  \nhai\n"), [Words::of("một"), Words::of("hai")]);
    }
}
