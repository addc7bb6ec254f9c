//! The stages of a reporting period (`domain.md` §4.2).

use serde::{Deserialize, Serialize};

use crate::{change::Edge, text::Paragraph, time::Timestamp};

/// Where a period stands, with the data that belongs to the stage.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Stage {
    /// Planned.
    Planned,
    /// Open for reports.
    Open {
        /// Since when.
        opened_at: Timestamp,
    },
    /// Closed: only corrections and returned reports still come in.
    Closed {
        /// Since when.
        closed_at: Timestamp,
    },
    /// Open for reports once more.
    Reopened {
        /// Since when.
        reopened_at: Timestamp,
        /// Why.
        reason: Paragraph,
    },
}

impl Stage {
    /// The names of the stages in which reports may be handed in for the first time, as [`Stage::takes_reports`] has it.
    pub const TAKING_REPORTS: &'static [&'static str] = &["OPEN", "REOPENED"];

    /// The name on the wire.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Planned => "PLANNED",
            Self::Open { .. } => "OPEN",
            Self::Closed { .. } => "CLOSED",
            Self::Reopened { .. } => "REOPENED",
        }
    }

    /// Whether reports may be handed in for the first time. The acts of opening and closing count, not the announced
    /// instants, so that nobody stands before a closed door while the office still waits for reports.
    #[must_use]
    pub const fn takes_reports(&self) -> bool {
        match self {
            Self::Open { .. } | Self::Reopened { .. } => true,
            Self::Planned | Self::Closed { .. } => false,
        }
    }

    /// Every transition: from, command, to; the chart in `docs/state-machines/` is made of it.
    #[must_use]
    pub const fn edges() -> &'static [Edge] {
        &[
            ("", "createPeriod", "PLANNED"),
            ("PLANNED", "openPeriod", "OPEN"),
            ("OPEN", "closePeriod", "CLOSED"),
            ("REOPENED", "closePeriod", "CLOSED"),
            ("CLOSED", "reopenPeriod", "REOPENED"),
        ]
    }
}
