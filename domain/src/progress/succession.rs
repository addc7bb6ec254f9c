//! Whose figures count on a day once units have ended: each figure once, and nothing lost on the way.

use std::collections::BTreeSet;

use super::Live;
use crate::{
    text::Token,
    time::Date,
    unit::{Hierarchy, UnitId},
};

/// What a unit has under the code of a target, and until when it is measured.
pub(crate) trait Held {
    /// The unit.
    fn unit(&self) -> UnitId;
    /// The code of the target.
    fn code(&self) -> &Token;
    /// The day of its value, once there is one.
    fn as_of(&self) -> Option<Date>;
}

impl Held for Live {
    fn unit(&self) -> UnitId {
        self.target.unit
    }
    fn code(&self) -> &Token {
        &self.target.code
    }
    fn as_of(&self) -> Option<Date> {
        self.current.as_ref().map(|current| current.as_of)
    }
}

/// What counts. What a unit left counts until one that stands in its place, or did before it ended itself, has measured, since
/// it did, a target under the same code; what a unit left in whose place nobody stands counts no more.
pub(crate) fn counting<'a, T: Held>(hierarchy: &Hierarchy<'_>, held: impl Iterator<Item = &'a T>) -> Vec<&'a T> {
    let mut held: Vec<_> = held.collect();
    if hierarchy.nobody_gone() {
        return held;
    }
    let measured: BTreeSet<_> = held.iter().filter_map(|one| Some((one.unit(), one.code(), one.as_of()?))).collect();
    let counts = |one: &&'a T| {
        let Some(heirs) = hierarchy.heirs(one.unit()) else { return true };
        let code = one.code();
        let taken_up = |(heir, since): &(UnitId, Date)| {
            measured.range((*heir, code, *since)..=(*heir, code, Date::MAX)).next().is_some()
        };
        !heirs.is_empty() && !hierarchy.takers(one.unit()).iter().any(taken_up)
    };
    held.retain(counts);
    held
}
