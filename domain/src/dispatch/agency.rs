//! The codes by which agencies are known where documents are exchanged (QĐ 20/2020/QĐ-TTg).

use serde::{Deserialize, Deserializer, Serialize};

use crate::text::Line;

/// The electronic code of an agency, read from the city down: `H24`, `H24.16`.
///
/// Which code an agency has is decided elsewhere and comes from configuration; nothing here makes one up.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(transparent)]
pub struct AgencyCode(String);

impl AgencyCode {
    /// The most characters (QĐ 20/2020, article 4).
    pub const MAX: usize = 35;

    /// Reads a code; one in the form of QCVN 102:2016, which is read from below (`000.00.16.H24`), becomes the same agency's
    /// code in the form of today.
    #[must_use]
    pub fn parse(raw: &str) -> Option<Self> {
        let code = raw.trim();
        let code = turned(code).unwrap_or_else(|| code.to_owned());
        let mut groups = code.split('.');
        let first = groups.next().unwrap_or_default().as_bytes();
        let level_one = matches!(first, [b'A'..=b'Y', one, two] if one.is_ascii_digit() && two.is_ascii_digit());
        let letters = |group: &str| {
            !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        };
        (level_one && code.len() <= Self::MAX && groups.all(letters)).then_some(Self(code))
    }

    /// The code itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for AgencyCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).ok_or_else(|| serde::de::Error::custom("agencyCode.malformed"))
    }
}

/// A code of the form before, `\d{3}.\d{2}.\d{2}.[A-Y]\d{2}`, turned around; groups of zeros stand for no level.
fn turned(code: &str) -> Option<String> {
    let groups: Vec<&str> = code.split('.').collect();
    let [below @ .., _] = groups.as_slice() else { return None };
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let of_digits = below.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_digit()));
    if lengths != [3, 2, 2, 3] || !of_digits {
        return None;
    }
    let levels = groups.iter().rev().filter(|group| group.bytes().any(|byte| byte != b'0'));
    Some(levels.copied().collect::<Vec<_>>().join("."))
}

/// Who sends or is sent to, as it was called then.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Agency {
    /// Its code, where it is known here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<AgencyCode>,
    /// Its name, as printed.
    pub name: Line,
}
