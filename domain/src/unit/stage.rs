//! Whether an end of a unit is recorded. It may lie ahead: whether a unit exists is asked of a day, never of the stage.

use serde::{Deserialize, Serialize};

use super::UnitId;
use crate::change::Edge;

/// Where a unit stands in its life.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Stage {
    /// No end is recorded.
    #[default]
    Active,
    /// Hợp nhất, sáp nhập: it ends, and another one takes its place.
    Merged {
        /// The unit that takes its place.
        into: UnitId,
    },
    /// Chia: it ends, and several stand in its place.
    Divided {
        /// The units that stand in its place.
        into: Vec<UnitId>,
    },
    /// Giải thể: it ends, and nobody takes its place.
    Dissolved,
}

impl Stage {
    /// The name on the wire.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Merged { .. } => "MERGED",
            Self::Divided { .. } => "DIVIDED",
            Self::Dissolved => "DISSOLVED",
        }
    }

    /// The units that take its place.
    #[must_use]
    pub fn successors(&self) -> &[UnitId] {
        match self {
            Self::Active | Self::Dissolved => &[],
            Self::Merged { into } => std::slice::from_ref(into),
            Self::Divided { into } => into,
        }
    }

    /// Every transition: from, command, to; the chart in `docs/state-machines/` is made of it.
    #[must_use]
    pub const fn edges() -> &'static [Edge] {
        &[
            ("", "createUnit", "ACTIVE"),
            ("ACTIVE", "renameUnit", "ACTIVE"),
            ("ACTIVE", "transferUnit", "ACTIVE"),
            ("", "mergeUnits", "ACTIVE"),
            ("ACTIVE", "mergeUnits", "ACTIVE"),
            ("ACTIVE", "mergeUnits", "MERGED"),
            ("", "splitUnit", "ACTIVE"),
            ("ACTIVE", "splitUnit", "ACTIVE"),
            ("ACTIVE", "splitUnit", "DIVIDED"),
            ("ACTIVE", "dissolveUnit", "DISSOLVED"),
        ]
    }
}
