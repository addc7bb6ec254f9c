//! The stages of a registration (`domain.md` §4.2). Accepting is *ghi nhận*: our procedure, not the plan's.

use serde::{Deserialize, Serialize};

use super::RegistrationId;
use crate::{
    change::Edge,
    principal::{Actor, PersonId},
    text::Paragraph,
    time::{Deadline, Timestamp},
};

/// Who accepted something handed in (ghi nhận, tiếp nhận), and when.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Acceptance {
    /// When, by the business clock.
    pub accepted_at: Timestamp,
    /// Who.
    pub person: PersonId,
    /// Name as shown.
    pub name: String,
}

impl Acceptance {
    /// The acceptance by the caller.
    #[must_use]
    pub fn of(actor: &Actor, now: Timestamp) -> Self {
        Self { accepted_at: now, person: actor.person, name: actor.name.clone() }
    }
}

/// Where a registration stands, with the data that belongs to the stage.
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
    /// Trả lại, đề nghị điều chỉnh.
    Returned {
        /// When.
        returned_at: Timestamp,
        /// What is asked for as a whole; the remarks say it by field.
        reason: Paragraph,
        /// Until when it is expected back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resubmit_before: Option<Deadline>,
    },
    /// Đã ghi nhận.
    Accepted {
        /// Who took note of it, and when.
        acceptance: Acceptance,
    },
    /// A later registration of the unit, accepted in its place, corrects it.
    Superseded {
        /// Who had taken note of it, and when.
        acceptance: Acceptance,
        /// The registration that takes its place.
        by: RegistrationId,
    },
    /// Rút lại, before it was accepted.
    Withdrawn,
}

impl Stage {
    /// Stages that others than the unit may know of: a draft is the unit's own.
    pub const HANDED_IN: &'static [&'static str] = &["SUBMITTED", "RETURNED", "ACCEPTED", "SUPERSEDED", "WITHDRAWN"];
    /// Stages that have counted or count.
    pub const NOTED: &'static [&'static str] = &["ACCEPTED", "SUPERSEDED"];
    /// Stages in which somebody still has something to do; a unit has at most one such registration.
    pub const OPEN: &'static [&'static str] = &["DRAFT", "SUBMITTED", "RETURNED"];

    /// The name on the wire.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::Submitted { .. } => "SUBMITTED",
            Self::Returned { .. } => "RETURNED",
            Self::Accepted { .. } => "ACCEPTED",
            Self::Superseded { .. } => "SUPERSEDED",
            Self::Withdrawn => "WITHDRAWN",
        }
    }

    /// Every transition: from, command, to; the chart in `docs/state-machines/` is made of it.
    #[must_use]
    pub const fn edges() -> &'static [Edge] {
        &[
            ("", "createRegistration", "DRAFT"),
            ("DRAFT", "replaceRegistration", "DRAFT"),
            ("RETURNED", "replaceRegistration", "RETURNED"),
            ("DRAFT", "submitRegistration", "SUBMITTED"),
            ("RETURNED", "submitRegistration", "SUBMITTED"),
            ("SUBMITTED", "acceptRegistration", "ACCEPTED"),
            ("SUBMITTED", "returnRegistration", "RETURNED"),
            ("ACCEPTED", "acceptRegistration", "SUPERSEDED"),
            ("DRAFT", "withdrawRegistration", "WITHDRAWN"),
            ("SUBMITTED", "withdrawRegistration", "WITHDRAWN"),
        ]
    }
}
