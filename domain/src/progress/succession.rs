//! Whose targets count on a day once units have ended: each commune figure once, and nothing lost on the way.

use std::collections::{BTreeMap, BTreeSet};

use super::Live;
use crate::{
    time::Date,
    unit::{UnitId, UnitLife},
};

/// The units that stand in the place of others on a day.
pub(super) struct Succession<'a> {
    /// For each unit that has ended by the day, those that live and stand in its place.
    heirs: BTreeMap<UnitId, Vec<(UnitId, Date)>>,
    live: &'a [Live],
}

impl<'a> Succession<'a> {
    pub(super) fn on(day: Date, units: &[UnitLife], live: &'a [Live]) -> Self {
        let living = || units.iter().filter(|unit| unit.lives.covers(day));
        let heirs_of = |gone: UnitId| {
            let stands_in = |heir: &UnitLife| {
                let taken = heir.heritage.iter().find(|one| one.unit == gone && one.since <= day)?;
                Some((heir.entry.unit, taken.since))
            };
            living().filter_map(stands_in).collect()
        };
        let gone = units.iter().filter(|unit| unit.lives.before.is_some_and(|end| end <= day));
        Self { heirs: gone.map(|unit| (unit.entry.unit, heirs_of(unit.entry.unit))).collect(), live }
    }

    /// The targets that count. What a unit left counts until one that stands in its place has measured, since it does, a
    /// target under the same code; what a unit left in whose place nobody stands counts no more.
    pub(super) fn counting(&self) -> Vec<&'a Live> {
        if self.heirs.is_empty() {
            return self.live.iter().collect();
        }
        let measured: BTreeSet<_> = self
            .live
            .iter()
            .filter_map(|one| Some((one.target.unit, &one.target.code, one.current.as_ref()?.as_of)))
            .collect();
        let counts = |one: &&Live| {
            let Some(heirs) = self.heirs.get(&one.target.unit) else { return true };
            let code = &one.target.code;
            let taken_up = |(heir, since): &(UnitId, Date)| {
                measured.range((*heir, code, *since)..=(*heir, code, Date::MAX)).next().is_some()
            };
            !heirs.is_empty() && !heirs.iter().any(taken_up)
        };
        self.live.iter().filter(counts).collect()
    }

    /// The unit that answers for what a unit set itself: itself while it lives, and the only one that stands in its place.
    pub(super) fn answering(&self, unit: UnitId) -> UnitId {
        match self.heirs.get(&unit).map(Vec::as_slice) {
            Some([(heir, _)]) => *heir,
            _ => unit,
        }
    }
}
