//! What is known of a file: its name, what it is, how long it is, and the checksum by which it is recognised for ever.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use crate::text::Text;

/// The kinds of files that can be attached, told by their content and never by what a caller says of them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FileType {
    /// A document as it is printed or scanned.
    Pdf,
    /// A Word document without macros (OOXML).
    Docx,
    /// An Excel workbook without macros (OOXML).
    Xlsx,
    /// A text document without macros (OpenDocument, ISO/IEC 26300).
    Odt,
    /// A photograph.
    Jpeg,
    /// A picture.
    Png,
    /// A table in plain text, UTF-8.
    Csv,
    /// Plain text, UTF-8.
    Text,
}

impl FileType {
    /// All of them.
    pub const ALL: &'static [Self] =
        &[Self::Pdf, Self::Docx, Self::Xlsx, Self::Odt, Self::Jpeg, Self::Png, Self::Csv, Self::Text];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Docx => "DOCX",
            Self::Xlsx => "XLSX",
            Self::Odt => "ODT",
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Csv => "CSV",
            Self::Text => "TEXT",
        }
    }

    /// The media type with which it goes out.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Csv => "text/csv",
            Self::Text => "text/plain",
        }
    }

    /// How its names end, in lower case.
    #[must_use]
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Odt => &["odt"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
            Self::Csv => &["csv"],
            Self::Text => &["txt"],
        }
    }

    /// The kind of a file whose content was found to be of this kind, by its name; `None` where the name is that of
    /// another kind. Of plain text only the name says whether it is a table.
    #[must_use]
    pub fn named(self, name: &FileName) -> Option<Self> {
        let ending = name.ending();
        let fits = |kind: Self| kind.endings().contains(&&*ending);
        if self == Self::Text && fits(Self::Csv) { Some(Self::Csv) } else { fits(self).then_some(self) }
    }
}

/// The name of a file: one line with an ending, and nothing in it that a file system or a reader's eye could trip over.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct FileName(Text<{ FileName::MAX }>);

impl FileName {
    /// The most characters, counted in NFC.
    pub const MAX: usize = 150;
    /// The code of a name that cannot be one.
    pub const MALFORMED: &'static str = "fileName.malformed";

    /// A name without its path: there is none to keep. NFD is the same name.
    ///
    /// # Errors
    /// [`FileName::MALFORMED`] for a name that is too long, has no ending, begins with a point or white space, or has
    /// characters of control, of path, of wild cards or of writing direction in it.
    pub fn parse(raw: &str) -> Result<Self, &'static str> {
        let ending = raw.rsplit_once('.').map_or("", |(_, ending)| ending);
        let ends = (2..=5).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric());
        let begins = raw.chars().next().is_some_and(|first| first != '.' && !first.is_whitespace());
        if !ends || !begins || raw.chars().any(trips) {
            return Err(Self::MALFORMED);
        }
        Text::parse(raw).map(Self).map_err(|_| Self::MALFORMED)
    }

    /// The name itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// What stands behind the last point, in lower case.
    #[must_use]
    pub fn ending(&self) -> String {
        self.as_str().rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase()
    }

    /// Whether some systems would take it for a device.
    #[must_use]
    pub fn is_device(&self) -> bool {
        let stem = self.as_str().split('.').next().unwrap_or_default().trim().to_ascii_lowercase();
        let numbered = stem.strip_suffix(|last: char| last.is_ascii_digit());
        matches!(&*stem, "con" | "prn" | "aux" | "nul") || matches!(numbered, Some("com" | "lpt"))
    }
}

/// Characters that no name needs: of control, of path and wild cards, and those that turn the direction of writing, so that
/// `gpj.exe` is read as a picture.
fn trips(c: char) -> bool {
    c.is_control()
        || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for FileName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// A SHA-256, in lower-case hexadecimal.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(transparent)]
pub struct Checksum(String);

impl Checksum {
    /// The digest as it was calculated.
    #[must_use]
    pub fn of(digest: &[u8; 32]) -> Self {
        use fmt::Write as _;
        Self(digest.iter().fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        }))
    }

    /// The 64 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The 32 bytes.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let digit =
            |byte: u8| (byte as char).to_digit(16).and_then(|digit| u8::try_from(digit).ok()).unwrap_or_default();
        self.0.as_bytes().chunks_exact(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()
    }
}

impl<'de> Deserialize<'de> for Checksum {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let hexadecimal = text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if hexadecimal { Ok(Self(text)) } else { Err(serde::de::Error::custom("not a SHA-256")) }
    }
}

/// A file that was received and looked into.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct File {
    /// As its owner calls it.
    pub name: FileName,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: FileType,
    /// How many bytes it has; at least one.
    pub size: u64,
    /// Its SHA-256.
    pub sha256: Checksum,
}
