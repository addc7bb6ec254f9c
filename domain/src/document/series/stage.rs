//! The stages of a series: documents are numbered in it, until another rule takes its place.

use serde::{Deserialize, Serialize};

use crate::{change::Edge, text::Paragraph, time::Date};

/// Whether documents are numbered in the series.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Stage {
    /// They are.
    Active,
    /// They are no more.
    Retired {
        /// Since when.
        retired_on: Date,
        /// Why.
        reason: Paragraph,
    },
}

impl Stage {
    /// The name on the wire.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Retired { .. } => "RETIRED",
        }
    }

    /// Every transition: from, command, to; the chart in `docs/state-machines/` is made of it.
    #[must_use]
    pub const fn edges() -> &'static [Edge] {
        &[("", "createDocumentSeries", "ACTIVE"), ("ACTIVE", "retireDocumentSeries", "RETIRED")]
    }
}
