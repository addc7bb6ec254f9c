//! Scalars of files.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize};
use thidua_domain::attachment::{Checksum, FileName};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

use super::{plain, string};

/// The name of a file: 1 to 150 characters with an ending, without path, control and writing direction.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct FileNameText(FileName);

impl FileNameText {
    /// The domain's name.
    #[must_use]
    pub fn into_name(self) -> FileName {
        self.0
    }
}

impl From<FileName> for FileNameText {
    fn from(name: FileName) -> Self {
        Self(name)
    }
}

impl<'de> Deserialize<'de> for FileNameText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        FileName::deserialize(deserializer).map(Self)
    }
}

impl PartialSchema for FileNameText {
    fn schema() -> RefOr<Schema> {
        // The first character is neither a point nor white space; none is of path, wild card, control or direction.
        const FORM: &str = r#"^[^\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u200e\u200f\u2028-\u202f\u205f\u2066-\u2069\u3000\ufeff/\\:*?"<>|.][^\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff/\\:*?"<>|]*\.[A-Za-z0-9]{2,5}$"#;
        plain(string(FORM, 4, FileName::MAX).build())
    }
}

impl ToSchema for FileNameText {
    fn name() -> Cow<'static, str> {
        "FileName".into()
    }
}

/// A SHA-256 in lower-case hexadecimal.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct ChecksumText(Checksum);

impl From<Checksum> for ChecksumText {
    fn from(checksum: Checksum) -> Self {
        Self(checksum)
    }
}

impl PartialSchema for ChecksumText {
    fn schema() -> RefOr<Schema> {
        plain(string("^[0-9a-f]{64}$", 64, 64).build())
    }
}

impl ToSchema for ChecksumText {
    fn name() -> Cow<'static, str> {
        "Checksum".into()
    }
}
