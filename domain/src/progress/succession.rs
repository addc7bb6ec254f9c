//! Whose targets count on a day once units have ended: each commune figure once, and nothing lost on the way.

use std::collections::BTreeSet;

use super::Live;
use crate::{
    time::Date,
    unit::{Hierarchy, UnitId},
};

/// The targets that count. What a unit left counts until one that stands in its place has measured, since it does, a target
/// under the same code; what a unit left in whose place nobody stands counts no more.
pub(super) fn counting<'a>(hierarchy: &Hierarchy<'_>, live: impl Iterator<Item = &'a Live>) -> Vec<&'a Live> {
    let mut live: Vec<_> = live.collect();
    if hierarchy.nobody_gone() {
        return live;
    }
    let measured: BTreeSet<_> =
        live.iter().filter_map(|one| Some((one.target.unit, &one.target.code, one.current.as_ref()?.as_of))).collect();
    let counts = |one: &&'a Live| {
        let Some(heirs) = hierarchy.heirs(one.target.unit) else { return true };
        let code = &one.target.code;
        let taken_up = |(heir, since): &(UnitId, Date)| {
            measured.range((*heir, code, *since)..=(*heir, code, Date::MAX)).next().is_some()
        };
        !heirs.is_empty() && !heirs.iter().any(taken_up)
    };
    live.retain(counts);
    live
}
