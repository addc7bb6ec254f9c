//! Which page of a list.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

use super::{integer, plain, string};

/// How many items a page has: 1 to 100.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct Limit(pub u16);

impl Limit {
    const MAX: u16 = 100;
}

impl Default for Limit {
    fn default() -> Self {
        Self(20)
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let limit = u16::deserialize(deserializer)?;
        let fits = (1..=Self::MAX).contains(&limit);
        if fits { Ok(Self(limit)) } else { Err(D::Error::custom("field.outOfBounds")) }
    }
}

impl PartialSchema for Limit {
    fn schema() -> RefOr<Schema> {
        plain(integer(1, Self::MAX.into()).default(Some(Self::default().0.into())).build())
    }
}

impl ToSchema for Limit {
    fn name() -> Cow<'static, str> {
        "PageLimit".into()
    }
}

/// Where a page ended, as the page before said it; of no meaning to callers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct CursorText(String);

impl CursorText {
    /// The cursor, for the store to judge.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

impl From<String> for CursorText {
    fn from(cursor: String) -> Self {
        Self(cursor)
    }
}

impl<'de> Deserialize<'de> for CursorText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let fits = (1..=500).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if fits { Ok(Self(text)) } else { Err(D::Error::custom("parameter.foreignCursor")) }
    }
}

impl PartialSchema for CursorText {
    fn schema() -> RefOr<Schema> {
        plain(string("^[A-Za-z0-9_-]+$", 1, 500).build())
    }
}

impl ToSchema for CursorText {
    fn name() -> Cow<'static, str> {
        "Cursor".into()
    }
}
