//! Whether an end of a unit is recorded. It may lie ahead: whether a unit exists is asked of a day, never of the stage.

use serde::{Deserialize, Serialize};

use crate::change::Edge;

/// Where a unit stands in its life.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Stage {
    /// No end is recorded.
    #[default]
    Active,
    /// Giải thể: it ends, and nobody takes its place.
    Dissolved,
}

impl Stage {
    /// The name on the wire.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Dissolved => "DISSOLVED",
        }
    }

    /// Every transition: from, command, to; the chart in `docs/state-machines/` is made of it.
    #[must_use]
    pub const fn edges() -> &'static [Edge] {
        &[
            ("", "createUnit", "ACTIVE"),
            ("ACTIVE", "renameUnit", "ACTIVE"),
            ("ACTIVE", "transferUnit", "ACTIVE"),
            ("ACTIVE", "dissolveUnit", "DISSOLVED"),
        ]
    }
}
