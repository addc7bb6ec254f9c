//! Units that come into being by a reorganisation, and what they take over.

use serde::{Deserialize, Serialize};

use super::{Grounds, Happening, Stage, Unit, UnitId, UnitType, placing::check_parent};
use crate::{
    change::Moment,
    refusal::Fault,
    text::{Line, Token},
    time::Date,
};

/// A unit that ended, and whose place another one took.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Predecessor {
    /// The unit that ended.
    pub unit: UnitId,
    /// From when on the other one stands in its place.
    pub since: Date,
}

/// A unit to be founded by a reorganisation, on the day from which that counts.
#[derive(Clone, Debug)]
pub struct NewUnit {
    /// Short code, unique.
    pub code: Token,
    /// Full name.
    pub name: Line,
    /// What sort of unit.
    pub unit_type: UnitType,
    /// The unit above.
    pub parent: Option<UnitId>,
    /// The body that manages it.
    pub managing_authority: Option<Line>,
}

impl NewUnit {
    /// A unit above it must go on.
    pub(super) fn check(&self, directory: &[Unit], ending: &[UnitId], day: Date, pointer: &str) -> Option<Fault> {
        let parent = self.parent?;
        if ending.contains(&parent) {
            return Some(Fault::at(format!("{pointer}/parentId"), crate::refusal::Code::UnitEnded));
        }
        check_parent(directory, parent, day, format!("{pointer}/parentId"))
    }

    /// The unit, made out of others. It is made up where all of those are.
    pub(super) fn found(self, from: &[&Unit], grounds: &Grounds, at: Moment<'_>) -> Unit {
        let act = grounds.act(Happening::Founded { from: from.iter().map(|unit| unit.root.id).collect() });
        Unit {
            root: at.root(),
            code: self.code,
            name: self.name,
            unit_type: self.unit_type,
            parent: self.parent,
            managing_authority: self.managing_authority,
            valid_from: grounds.effective_on,
            valid_before: None,
            stage: Stage::Active,
            acts: vec![act],
            heritage: Vec::new(),
            sample: from.iter().all(|unit| unit.sample),
        }
    }
}

impl Unit {
    /// Takes the place of a unit that ends: what that one inherited comes with it.
    pub(super) fn inherit(&mut self, from: &Self, since: Date) {
        let inherited = from.heritage.iter().map(|earlier| earlier.unit);
        for unit in std::iter::once(from.root.id).chain(inherited) {
            if self.heritage.iter().all(|known| known.unit != unit) {
                self.heritage.push(Predecessor { unit, since });
            }
        }
    }

    /// The units in whose place it stands on a day.
    pub fn predecessors_on(&self, day: Date) -> impl Iterator<Item = UnitId> {
        self.heritage.iter().filter(move |one| one.since <= day).map(|one| one.unit)
    }
}
