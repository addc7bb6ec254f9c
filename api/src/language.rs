//! The caller's language, and the catalogue of everything that people read: Vietnamese first, English second.

use std::{collections::HashMap, sync::LazyLock};

/// A language of the catalogue.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Language {
    /// Tiếng Việt, unless the caller asks otherwise.
    #[default]
    Vi,
    /// English.
    En,
}

impl Language {
    /// Both, for tests of the catalogue.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// The tag of `Content-Language`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The best of what `Accept-Language` lists (RFC 9110, section 12.5.4); what cannot be read is Vietnamese.
    #[must_use]
    pub fn accepted(header: &str) -> Self {
        let mut best = (Self::Vi, 0.0_f32);
        for range in header.split(',') {
            let mut parts = range.split(';');
            let tag = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
            let weight = parts.find_map(|part| part.trim().strip_prefix("q=")?.parse().ok()).unwrap_or(1.0);
            let language = match tag.split('-').next() {
                Some("vi") => Self::Vi,
                Some("en") => Self::En,
                Some(_) | None => continue,
            };
            if weight > best.1 {
                best = (language, weight);
            }
        }
        best.0
    }

    /// The text of a key, if the catalogue has it.
    #[must_use]
    pub fn find(self, key: &str) -> Option<&'static str> {
        let catalogue = match self {
            Self::Vi => &*VI,
            Self::En => &*EN,
        };
        catalogue.get(key).map(String::as_str)
    }

    /// The text of a key; the key itself where the catalogue has none, which a test forbids for every code.
    #[must_use]
    pub fn text(self, key: &str) -> String {
        self.find(key).unwrap_or(key).to_owned()
    }

    /// The label of a coded value: `label("stage", "RUNNING")`.
    #[must_use]
    pub fn label(self, kind: &str, code: &str) -> String {
        self.text(&format!("{kind}.{code}"))
    }
}

static VI: LazyLock<HashMap<String, String>> = LazyLock::new(|| read(include_str!("../messages/vi.toml")));
static EN: LazyLock<HashMap<String, String>> = LazyLock::new(|| read(include_str!("../messages/en.toml")));

// A test reads both catalogues, so that an unreadable one never gets as far as here.
fn read(toml: &str) -> HashMap<String, String> {
    toml::from_str(toml).unwrap_or_default()
}
