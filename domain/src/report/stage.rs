//! The stages of a unit's report (`domain.md` §4.2). Late, missing and overdue are no stages.

use serde::{Deserialize, Serialize};

use super::ReportId;
use crate::{
    change::Edge,
    consolidation::ConsolidatedReportId,
    registration::Acceptance,
    text::Paragraph,
    time::{Deadline, Timestamp},
};

/// Where a report stands, with the data that belongs to the stage.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Stage {
    /// Dự thảo.
    Draft,
    /// Đã nộp.
    Submitted {
        /// When the head of the unit handed it in.
        submitted_at: Timestamp,
    },
    /// Trả lại.
    Returned {
        /// When.
        returned_at: Timestamp,
        /// What is to be changed as a whole; the remarks say it by field.
        reason: Paragraph,
        /// Until when it is expected back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resubmit_before: Option<Deadline>,
    },
    /// Đã tiếp nhận; immutable from here on.
    Accepted {
        /// Who accepted it, and when.
        acceptance: Acceptance,
    },
    /// Đã khóa số liệu: a signed report to the city rests on it.
    Locked {
        /// Who had accepted it, and when.
        acceptance: Acceptance,
        /// The report to the city.
        by: ConsolidatedReportId,
    },
    /// A later report that corrects it was accepted in its place.
    Superseded {
        /// Who had accepted it, and when.
        acceptance: Acceptance,
        /// The report that takes its place.
        by: ReportId,
    },
}

impl Stage {
    /// Stages that others than the unit may know of: a draft is the unit's own.
    pub const HANDED_IN: &'static [&'static str] = &["SUBMITTED", "RETURNED", "ACCEPTED", "LOCKED", "SUPERSEDED"];
    /// Stages that have counted or count.
    pub const TAKEN_OVER: &'static [&'static str] = &["ACCEPTED", "LOCKED", "SUPERSEDED"];
    /// Stages that count: accepted, and nothing has taken its place.
    pub const COUNTING: &'static [&'static str] = &["ACCEPTED", "LOCKED"];
    /// Stages in which somebody still has something to do.
    pub const OPEN: &'static [&'static str] = &["DRAFT", "SUBMITTED", "RETURNED"];

    /// The name on the wire.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::Submitted { .. } => "SUBMITTED",
            Self::Returned { .. } => "RETURNED",
            Self::Accepted { .. } => "ACCEPTED",
            Self::Locked { .. } => "LOCKED",
            Self::Superseded { .. } => "SUPERSEDED",
        }
    }

    /// Who accepted it, once somebody did.
    #[must_use]
    pub const fn acceptance(&self) -> Option<&Acceptance> {
        match self {
            Self::Accepted { acceptance } | Self::Locked { acceptance, .. } | Self::Superseded { acceptance, .. } => {
                Some(acceptance)
            }
            Self::Draft | Self::Submitted { .. } | Self::Returned { .. } => None,
        }
    }

    /// Whether the unit can still write it: what it says is neither signed nor numbered, or no longer.
    #[must_use]
    pub const fn is_with_the_unit(&self) -> bool {
        match self {
            Self::Draft | Self::Returned { .. } => true,
            Self::Submitted { .. } | Self::Accepted { .. } | Self::Locked { .. } | Self::Superseded { .. } => false,
        }
    }

    /// Whether it counts: accepted, and nothing has taken its place.
    #[must_use]
    pub const fn counts(&self) -> bool {
        match self {
            Self::Accepted { .. } | Self::Locked { .. } => true,
            Self::Draft | Self::Submitted { .. } | Self::Returned { .. } | Self::Superseded { .. } => false,
        }
    }

    /// Every transition: from, command, to; the chart in `docs/state-machines/` is made of it.
    #[must_use]
    pub const fn edges() -> &'static [Edge] {
        &[
            ("", "createReport", "DRAFT"),
            ("DRAFT", "replaceReport", "DRAFT"),
            ("RETURNED", "replaceReport", "RETURNED"),
            ("DRAFT", "attachToReport", "DRAFT"),
            ("RETURNED", "attachToReport", "RETURNED"),
            ("DRAFT", "removeAttachment", "DRAFT"),
            ("RETURNED", "removeAttachment", "RETURNED"),
            ("DRAFT", "submitReport", "SUBMITTED"),
            ("RETURNED", "submitReport", "SUBMITTED"),
            ("SUBMITTED", "acceptReport", "ACCEPTED"),
            ("SUBMITTED", "returnReport", "RETURNED"),
            ("ACCEPTED", "signConsolidatedReport", "LOCKED"),
            ("ACCEPTED", "acceptReport", "SUPERSEDED"),
            ("LOCKED", "acceptReport", "SUPERSEDED"),
        ]
    }
}
