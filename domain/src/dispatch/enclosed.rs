//! The document as a file that goes with a dispatch: fixed when it is sent, so that the package is the same for ever.

use serde::{Deserialize, Serialize};

use crate::{attachment::Enclosure, document::Document, unit::UnitId};

/// What a paper prints beside the report itself, in the versions that there were when it was sent: units are renamed, and a
/// name that is entered later for an earlier day must not change what somebody has.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Printed {
    /// The version of the campaign.
    pub campaign_version: i64,
    /// The units that the paper names, each with its version.
    pub units: Vec<(UnitId, i64)>,
}

/// The document as a file, beside the report as data.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum SentFile {
    /// Its signed copy (bản đã ký), as the clerk attached it.
    SignedCopy {
        /// The attachment.
        copy: Enclosure,
    },
    /// The paper, made of the report as it was sent.
    Paper {
        /// What it prints beside the report.
        printed: Printed,
    },
}

impl SentFile {
    /// The signed copy of a document that leaves the house, or the paper where it has none.
    #[must_use]
    pub(crate) fn of(document: &Document, printed: Printed) -> Self {
        match document.signed_copy.clone() {
            Some(copy) => Self::SignedCopy { copy },
            None => Self::Paper { printed },
        }
    }

    /// The signed copy, if that is what goes.
    #[must_use]
    pub const fn signed_copy(&self) -> Option<&Enclosure> {
        match self {
            Self::SignedCopy { copy } => Some(copy),
            Self::Paper { .. } => None,
        }
    }
}
