//! What became of a unit, act by act, with what decided it.

use serde::{Deserialize, Serialize};

use super::UnitId;
use crate::{
    refusal::{Code, Fault},
    text::{Line, Paragraph, Token},
    time::Date,
};

/// The document that decided an act: another body's, so that it is named and not referred to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// Number and symbol (số, ký hiệu), as printed.
    pub symbol: Token,
    /// The day of issue.
    pub issued_on: Date,
    /// Who issued it (cơ quan ban hành).
    pub issuer: Line,
}

/// What an act rests on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Grounds {
    /// The first day on which it counts; it may lie behind or ahead.
    pub effective_on: Date,
    /// What decided it.
    pub decision: Decision,
    /// Why.
    pub reason: Paragraph,
}

impl Grounds {
    /// A decision that counts is issued; from when on it counts is its own matter.
    pub(super) fn check(&self, today: Date) -> Vec<Fault> {
        let issued = self.decision.issued_on <= today;
        if issued { Vec::new() } else { vec![Fault::at("/decision/issueDate", Code::DayInFuture)] }
    }

    pub(super) fn act(&self, what: Happening) -> Act {
        Act { grounds: self.clone(), what }
    }
}

/// One act, as it concerns one unit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Act {
    /// What it rests on.
    pub grounds: Grounds,
    /// What it made of the unit.
    pub what: Happening,
}

/// What an act makes of a unit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Happening {
    /// Đổi tên.
    Renamed {
        /// The name from then on.
        name: Line,
    },
    /// Chuyển: another unit above, or another body that manages it.
    Transferred {
        /// The unit above from then on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parent: Option<UnitId>,
        /// No unit stands above it from then on.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        at_top: bool,
        /// The body that manages it from then on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        managing_authority: Option<Line>,
    },
    /// Hợp nhất, sáp nhập: it ends, and another one takes its place.
    Merged {
        /// The unit that takes its place.
        into: UnitId,
    },
    /// Nhận sáp nhập: it takes the place of others.
    TookOver {
        /// The units that end.
        from: Vec<UnitId>,
    },
    /// Chia: it ends, and several stand in its place.
    Divided {
        /// The units that stand in its place.
        into: Vec<UnitId>,
    },
    /// Tách: it goes on, and others are made out of it.
    GaveOff {
        /// The units that are made out of it.
        into: Vec<UnitId>,
    },
    /// It was founded out of others.
    Founded {
        /// The units out of which it was made.
        from: Vec<UnitId>,
    },
    /// Giải thể.
    Dissolved,
}

impl Happening {
    /// The names of all kinds, for the catalogue and its test.
    pub const KINDS: &'static [&'static str] =
        &["RENAMED", "TRANSFERRED", "MERGED", "TOOK_OVER", "DIVIDED", "GAVE_OFF", "FOUNDED", "DISSOLVED"];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Renamed { .. } => "RENAMED",
            Self::Transferred { .. } => "TRANSFERRED",
            Self::Merged { .. } => "MERGED",
            Self::TookOver { .. } => "TOOK_OVER",
            Self::Divided { .. } => "DIVIDED",
            Self::GaveOff { .. } => "GAVE_OFF",
            Self::Founded { .. } => "FOUNDED",
            Self::Dissolved => "DISSOLVED",
        }
    }
}
