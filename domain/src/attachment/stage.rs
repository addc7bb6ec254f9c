//! The stages of an attachment.

use serde::{Deserialize, Serialize};

use crate::{change::Edge, time::Timestamp};

/// Where an attachment stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Stage {
    /// It belongs to its owner (đang đính kèm).
    Attached,
    /// It was taken away (đã gỡ bỏ).
    Removed {
        /// When.
        removed_at: Timestamp,
        /// Whether its content is kept: what was handed in once stays what was handed in.
        kept: bool,
    },
}

impl Stage {
    /// The name on the wire.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Attached => "ATTACHED",
            Self::Removed { .. } => "REMOVED",
        }
    }

    /// Every transition: from, command, to; the chart in `docs/state-machines/` is made of it.
    #[must_use]
    pub const fn edges() -> &'static [Edge] {
        &[
            ("", "attachToReport", "ATTACHED"),
            ("", "attachToMeasurement", "ATTACHED"),
            ("", "createReport", "ATTACHED"),
            ("", "attachToDocument", "ATTACHED"),
            ("", "attachToIncomingDocument", "ATTACHED"),
            ("ATTACHED", "removeAttachment", "REMOVED"),
        ]
    }
}
