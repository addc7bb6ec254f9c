//! The way of an outgoing document after it is numbered: sealed or signed by the agency, then dispatched (`domain.md` §0.21).

use serde::{Deserialize, Serialize};

use crate::{change::Edge, principal::PersonId, time::Timestamp};

/// How the agency stands for the document.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SealManner {
    /// With its seal, on paper (đóng dấu).
    Seal,
    /// With its digital signature (ký số của cơ quan).
    AgencySignature,
}

impl SealManner {
    /// Both.
    pub const ALL: &'static [Self] = &[Self::Seal, Self::AgencySignature];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Seal => "SEAL",
            Self::AgencySignature => "AGENCY_SIGNATURE",
        }
    }
}

/// The recorded act of sealing, or of signing for the agency.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Seal {
    /// Which of the two.
    pub manner: SealManner,
    /// Who did it.
    pub person: PersonId,
    /// Name as shown.
    pub name: String,
    /// When, by the business clock.
    pub sealed_at: Timestamp,
}

/// How the document left the house (phát hành).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Departure {
    /// Who sent it off.
    pub person: PersonId,
    /// Name as shown.
    pub name: String,
    /// When, by the business clock.
    pub dispatched_at: Timestamp,
    /// Later than the next working day after it was signed (NĐ 30/2020, article 18).
    pub late: bool,
}

/// Where the document stands.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Stage {
    /// It has its number and day.
    #[default]
    Issued,
    /// The agency stands for it.
    Sealed {
        /// How.
        seal: Seal,
    },
    /// It has left the house.
    Dispatched {
        /// How the agency stands for it.
        seal: Seal,
        /// When it left.
        departure: Departure,
    },
}

impl Stage {
    /// The name on the wire.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Issued => "ISSUED",
            Self::Sealed { .. } => "SEALED",
            Self::Dispatched { .. } => "DISPATCHED",
        }
    }

    /// How the agency stands for it, once it does.
    #[must_use]
    pub const fn seal(&self) -> Option<&Seal> {
        match self {
            Self::Issued => None,
            Self::Sealed { seal } | Self::Dispatched { seal, .. } => Some(seal),
        }
    }

    /// When it left the house, once it did.
    #[must_use]
    pub const fn departure(&self) -> Option<&Departure> {
        match self {
            Self::Issued | Self::Sealed { .. } => None,
            Self::Dispatched { departure, .. } => Some(departure),
        }
    }

    /// Every transition: from, command, to; the chart in `docs/state-machines/` is made of it.
    #[must_use]
    pub const fn edges() -> &'static [Edge] {
        &[
            ("", "registerDocument", "ISSUED"),
            ("", "issueCampaign", "ISSUED"),
            ("", "issueConsolidatedReport", "ISSUED"),
            ("ISSUED", "sealDocument", "SEALED"),
            ("SEALED", "dispatchDocument", "DISPATCHED"),
            ("SEALED", "sendConsolidatedReport", "DISPATCHED"),
            ("SEALED", "presentConsolidatedReport", "DISPATCHED"),
        ]
    }
}
