//! Whom a plan names.

use serde::{Deserialize, Serialize};

use crate::{
    text::{Line, Token},
    unit::UnitType,
};

/// Somebody whom the plan names: all its references to units are to the codes of its parties.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Party {
    /// Short code; of a single unit, its code in the directory.
    pub code: Token,
    /// Name, as printed.
    pub name: Line,
    /// What sort of party.
    pub kind: PartyKind,
    /// Of a group: its members are the units of these types.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unit_types: Vec<UnitType>,
}

/// What sort of party it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PartyKind {
    /// The authority itself, which directs and assigns; in the directory under the same code.
    Authority,
    /// A single unit, to which the plan gives duties; in the directory under the same code.
    Unit,
    /// Every unit of certain types.
    Group,
    /// Named, to work with or to be informed; nothing is asked of it, and the directory need not know it.
    Mentioned,
}

impl Party {
    /// Whether a unit is meant: by its own code, or as one of a group.
    #[must_use]
    pub fn includes(&self, unit: &Token, unit_type: UnitType) -> bool {
        match self.kind {
            PartyKind::Authority | PartyKind::Unit => self.code == *unit,
            PartyKind::Group => self.unit_types.contains(&unit_type),
            PartyKind::Mentioned => false,
        }
    }

    /// Whether it is exactly one unit of the directory.
    #[must_use]
    pub fn is_one_unit(&self) -> bool {
        matches!(self.kind, PartyKind::Authority | PartyKind::Unit)
    }
}
