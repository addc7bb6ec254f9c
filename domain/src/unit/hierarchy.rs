//! Who stands below whom on a day, and who answers for what was left: by this figures of several units are rolled up.
//!
//! A unit that lives stands below the unit above it on that day. One that has ended stands where those stand that took its
//! place, so that whatever it left is found in one branch, and in none twice.

use std::collections::{BTreeMap, BTreeSet};

use super::{UnitId, UnitLife};
use crate::{
    refusal::{Code, Refusal},
    time::Date,
};

/// Of which units something is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Extent {
    /// The unit.
    pub unit: UnitId,
    /// Whether all units below it are meant too.
    pub below: bool,
}

/// A directory as it stands on a day.
#[derive(Clone, Debug)]
pub struct Hierarchy<'a> {
    day: Date,
    units: BTreeMap<UnitId, &'a UnitLife>,
    /// For each unit that has ended by the day, those that live and stand in its place, with since when.
    heirs: BTreeMap<UnitId, Vec<(UnitId, Date)>>,
    /// The same with those that have ended themselves meanwhile.
    takers: BTreeMap<UnitId, Vec<(UnitId, Date)>>,
}

impl<'a> Hierarchy<'a> {
    /// The directory on a day. Whoever asks for branches gives all units; who asks for heirs alone, those concerned.
    #[must_use]
    pub fn on(day: Date, units: &'a [UnitLife]) -> Self {
        let mut heirs: BTreeMap<_, Vec<_>> = units
            .iter()
            .filter(|unit| unit.lives.before.is_some_and(|end| end <= day))
            .map(|gone| (gone.entry.unit, Vec::new()))
            .collect();
        let mut takers = heirs.clone();
        for taker in units {
            for taken in taker.heritage.iter().filter(|taken| taken.since <= day) {
                let stands = (taker.entry.unit, taken.since);
                if let Some(takers) = takers.get_mut(&taken.unit) {
                    takers.push(stands);
                }
                if let Some(heirs) = heirs.get_mut(&taken.unit).filter(|_| taker.lives.covers(day)) {
                    heirs.push(stands);
                }
            }
        }
        Self { day, units: units.iter().map(|unit| (unit.entry.unit, unit)).collect(), heirs, takers }
    }

    /// The day.
    #[must_use]
    pub const fn day(&self) -> Date {
        self.day
    }

    /// A unit of the directory.
    #[must_use]
    pub fn unit(&self, unit: UnitId) -> Option<&'a UnitLife> {
        self.units.get(&unit).copied()
    }

    /// Whether every unit lives or is still to come, so that nobody left anything.
    #[must_use]
    pub fn nobody_gone(&self) -> bool {
        self.heirs.is_empty()
    }

    /// The units that left something to others or took it over: whose targets count depends on those of the other.
    #[must_use]
    pub fn in_succession(&self) -> BTreeSet<UnitId> {
        let heirs = self.heirs.values().flatten().map(|(heir, _)| *heir);
        self.heirs.keys().copied().chain(heirs).collect()
    }

    /// The units that stand in the place of one that has ended, each with since when; `None` for one that has not.
    #[must_use]
    pub fn heirs(&self, unit: UnitId) -> Option<&[(UnitId, Date)]> {
        self.heirs.get(&unit).map(Vec::as_slice)
    }

    /// Everybody who took the place of one that has ended, whoever has ended since among them, each with since when.
    pub(crate) fn takers(&self, unit: UnitId) -> &[(UnitId, Date)] {
        self.takers.get(&unit).map_or(&[], Vec::as_slice)
    }

    /// The unit that answers for what a unit set itself: itself while it lives, and the only one that stands in its place.
    #[must_use]
    pub fn answering(&self, unit: UnitId) -> UnitId {
        match self.heirs(unit) {
            Some([(heir, _)]) => *heir,
            Some(_) | None => unit,
        }
    }

    /// The unit above. Of a unit that has ended it is the lowest that has all those below it, or is the one, that stand in
    /// its place: what was divided belongs to none of the parts alone. Where nobody does, it is the unit above at the end.
    #[must_use]
    pub fn above(&self, unit: UnitId) -> Option<UnitId> {
        let known = self.unit(unit)?;
        match self.heirs(unit) {
            Some([(first, _), others @ ..]) => {
                let ways: Vec<BTreeSet<_>> =
                    others.iter().map(|(heir, _)| self.placed_way_up(*heir).collect()).collect();
                self.placed_way_up(*first).find(|above| ways.iter().all(|way| way.contains(above)))
            }
            Some([]) | None => known.entry.faces.on(self.day).parent,
        }
    }

    /// The extent that a caller names, if any; pointers are named as its members are.
    ///
    /// # Errors
    /// Nobody knows the unit, or what stands below is asked for without one.
    pub fn extent(&self, unit: Option<UnitId>, below: bool) -> Result<Option<Extent>, Refusal> {
        match unit {
            Some(unit) if self.unit(unit).is_some() => Ok(Some(Extent { unit, below })),
            Some(_) => Err(Refusal::field("/unitId", Code::UnknownReference)),
            None if below => Err(Refusal::field("/unitId", Code::FieldMissing)),
            None => Ok(None),
        }
    }

    /// Whether a unit is meant where this extent is asked for.
    #[must_use]
    pub fn is_within(&self, unit: UnitId, extent: Extent) -> bool {
        if extent.below { self.way_up(unit).any(|above| above == extent.unit) } else { unit == extent.unit }
    }

    /// A unit and all above it. It is never longer than there are units, so that it ends whatever is recorded.
    fn way_up(&self, unit: UnitId) -> impl Iterator<Item = UnitId> {
        std::iter::successors(Some(unit), |at| self.above(*at)).take(self.units.len())
    }

    /// The same of a unit that lives, above which nobody has ended.
    fn placed_way_up(&self, unit: UnitId) -> impl Iterator<Item = UnitId> {
        let above = |at: &UnitId| self.unit(*at)?.entry.faces.on(self.day).parent;
        std::iter::successors(Some(unit), above).take(self.units.len())
    }
}
