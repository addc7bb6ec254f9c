//! Which unit stands under which, on a day.

use std::collections::{BTreeMap, BTreeSet};

use super::{Faces, Unit, UnitId};
use crate::time::Date;

/// The units of a directory with their faces, to be asked about days.
#[derive(Clone, Debug)]
pub struct Tree<'a> {
    units: BTreeMap<UnitId, (&'a Unit, Faces)>,
}

impl<'a> Tree<'a> {
    /// The tree of these units.
    #[must_use]
    pub fn of(units: impl IntoIterator<Item = &'a Unit>) -> Self {
        Self { units: units.into_iter().map(|unit| (unit.root.id, (unit, unit.faces()))).collect() }
    }

    /// A unit of the tree.
    #[must_use]
    pub fn unit(&self, id: UnitId) -> Option<&'a Unit> {
        self.units.get(&id).map(|(unit, _)| *unit)
    }

    /// The unit above on a day.
    #[must_use]
    pub fn above(&self, id: UnitId, day: Date) -> Option<UnitId> {
        self.units.get(&id).and_then(|(_, faces)| faces.on(day).parent)
    }

    /// The units that stand under a unit on a day, or on any later one, and have not ended by then; by code.
    pub(super) fn below_from(&self, id: UnitId, day: Date) -> Vec<&'a Unit> {
        let mut below: Vec<_> = self
            .units
            .values()
            .filter(|(unit, faces)| {
                let lives = unit.valid_before.is_none_or(|end| day < end);
                let later = faces.iter().filter(|face| face.since > day);
                lives && std::iter::once(faces.on(day)).chain(later).any(|face| face.parent == Some(id))
            })
            .map(|(unit, _)| *unit)
            .collect();
        below.sort_by(|one, other| one.code.cmp(&other.code));
        below
    }

    /// Whether from a day on somebody ever stands above himself: on the day, or on one on which something changes.
    #[must_use]
    pub fn has_circle_from(&self, day: Date) -> bool {
        let changes = self.units.values().flat_map(|(_, faces)| faces.iter()).map(|face| face.since);
        let days: BTreeSet<_> = changes.filter(|since| *since > day).chain([day]).collect();
        days.into_iter().any(|day| self.units.keys().any(|unit| self.is_above_itself(*unit, day)))
    }

    fn is_above_itself(&self, unit: UnitId, day: Date) -> bool {
        // A way up that is longer than there are units has met one of them twice.
        let mut at = unit;
        for _ in 0..=self.units.len() {
            match self.above(at, day) {
                Some(above) => at = above,
                None => return false,
            }
        }
        true
    }
}
