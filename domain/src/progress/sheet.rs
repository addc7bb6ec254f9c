//! The targets of a day, laid out by group: what progress and its trends are read off.

use std::collections::BTreeSet;

use super::{By, Count, GroupUnit, Live, PlanTargetStanding, Source, Tally, Whole, succession};
use crate::{
    campaign::{Plan, plan::PlanTarget},
    registration::{same_scale, task_of},
    target::{Current, Target},
    text::{Line, Token},
    unit::{Extent, Hierarchy, UnitEntry, UnitId},
};

/// What a target is grouped by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Key<'a> {
    Item(&'a Token),
    Unit(UnitId),
}

/// A group with its name.
pub(super) struct Head<'a> {
    pub(super) key: Key<'a>,
    pub(super) code: &'a Token,
    pub(super) name: &'a Line,
    pub(super) restricted: bool,
}

/// The groups that the plan makes, in its order; none by unit.
pub(super) fn items(by: By, plan: &Plan) -> Vec<Head<'_>> {
    fn item<'a>(code: &'a Token, name: &'a Line, restricted: bool) -> Head<'a> {
        Head { key: Key::Item(code), code, name, restricted }
    }
    match by {
        By::Field => plan.fields.iter().map(|field| item(&field.code, &field.name, false)).collect(),
        By::Task => plan.tasks.iter().map(|task| item(&task.code, &task.short_title, task.restricted)).collect(),
        By::Movement => plan
            .movements
            .iter()
            .map(|movement| {
                let restricted = movement.task.as_ref().is_some_and(|task| plan.is_restricted(task));
                item(&movement.code, &movement.name, restricted)
            })
            .collect(),
        By::Unit => Vec::new(),
    }
}

/// The targets that count on a day, each with its group.
pub(super) struct Sheet<'a> {
    by: By,
    plan: &'a Plan,
    live: Vec<&'a Live>,
    /// Of each target that lives, in the same order: found once, and not once for each group.
    keys: Vec<Option<Key<'a>>>,
    hierarchy: &'a Hierarchy<'a>,
}

impl<'a> Sheet<'a> {
    pub(super) fn of(
        by: By,
        plan: &'a Plan,
        hierarchy: &'a Hierarchy<'a>,
        extent: Option<Extent>,
        live: impl Iterator<Item = &'a Live>,
    ) -> Self {
        let mut live = succession::counting(hierarchy, live);
        if let Some(extent) = extent {
            live.retain(|one| hierarchy.is_within(hierarchy.answering(one.target.unit), extent));
        }
        let mut sheet = Self { by, plan, live, keys: Vec::new(), hierarchy };
        sheet.keys = sheet.live.iter().map(|one| sheet.key(&one.target)).collect();
        sheet
    }

    /// How all of them stand.
    pub(super) fn count(&self, at: At) -> Count {
        Count::over(self.live.iter().copied(), at)
    }

    pub(super) fn heads(&self) -> Vec<Head<'a>> {
        match self.by {
            By::Field | By::Task | By::Movement => items(self.by, self.plan),
            By::Unit => {
                let of_key = |key: &Option<Key<'a>>| match key {
                    Some(Key::Unit(unit)) => Some(*unit),
                    Some(Key::Item(_)) | None => None,
                };
                let answering: BTreeSet<_> = self.keys.iter().filter_map(of_key).collect();
                let known = |unit| self.hierarchy.unit(unit).map(|unit| &unit.entry);
                let mut units: Vec<&'a UnitEntry> = answering.into_iter().filter_map(known).collect();
                units.sort_by(|one, other| one.code.cmp(&other.code));
                let head = |unit: &'a UnitEntry| Head {
                    key: Key::Unit(unit.unit),
                    code: &unit.code,
                    name: &unit.faces.on(self.hierarchy.day()).name,
                    restricted: false,
                };
                units.into_iter().map(head).collect()
            }
        }
    }

    pub(super) fn group_unit(&self, unit: UnitId) -> GroupUnit {
        let face = self.hierarchy.unit(unit).map(|known| known.entry.faces.on(self.hierarchy.day()));
        GroupUnit {
            unit,
            above: self.hierarchy.above(unit),
            managing_authority: face.and_then(|face| face.managing_authority.clone()),
        }
    }

    fn key(&self, target: &'a Target) -> Option<Key<'a>> {
        match self.by {
            By::Field | By::Task => self.key_of_task(task_of(&target.topic, self.plan)?),
            By::Movement => target.topic.movement.as_ref().map(Key::Item),
            By::Unit => Some(Key::Unit(self.hierarchy.answering(target.unit))),
        }
    }

    fn key_of_task(&self, task: &'a Token) -> Option<Key<'a>> {
        match self.by {
            By::Field => self.plan.tasks.iter().find(|own| own.code == *task).map(|own| Key::Item(&own.field)),
            By::Task => Some(Key::Item(task)),
            By::Movement | By::Unit => None,
        }
    }

    pub(super) fn tally(&self, restricted: bool, here: impl Fn(Option<Key<'a>>) -> bool) -> Tally {
        let members = self.live.iter().zip(&self.keys).filter(|(_, key)| here(**key));
        let members: Vec<_> = members.map(|(one, _)| *one).collect();
        let plan_targets: Vec<_> = match self.by {
            By::Field | By::Task => {
                let set_here =
                    |target: &&'a PlanTarget| here(target.task.as_ref().and_then(|task| self.key_of_task(task)));
                self.plan.plan_targets.iter().filter(set_here).map(|target| self.standing(target, &self.live)).collect()
            }
            By::Movement | By::Unit => {
                let parts = self.plan.plan_targets.iter().map(|target| self.standing(target, &members));
                parts.filter(|standing| !standing.sources.is_empty()).collect()
            }
        };
        Tally {
            count: Count::over(members.iter().copied(), now),
            earlier: Count::over(members.iter().copied(), earlier),
            restricted: restricted
                || members.iter().any(|one| one.target.restricted)
                || plan_targets.iter().any(|target| target.restricted),
            plan_targets,
        }
    }

    /// Only the plan says that the targets of two units mean the same: those under its code, on its scale.
    fn standing(&self, target: &PlanTarget, among: &[&Live]) -> PlanTargetStanding {
        let means_it =
            |one: &&&Live| one.target.code == target.code && same_scale(&one.target.measure, &target.measure);
        let parts: Vec<_> = among.iter().filter(means_it).collect();
        let whole = |at: At| {
            let values: Vec<_> = parts.iter().filter_map(|one| at(one)).map(|current| &current.value).collect();
            Whole::of(&target.measure, &values)
        };
        PlanTargetStanding {
            code: target.code.clone(),
            name: target.name.clone(),
            restricted: target.task.as_ref().is_some_and(|task| self.plan.is_restricted(task)),
            measure: target.measure.clone(),
            now: whole(now),
            earlier: whole(earlier),
            sources: parts
                .iter()
                .map(|one| Source {
                    unit: one.target.unit,
                    target: one.target.root.id,
                    measure: one.target.measure.clone(),
                    current: one.current.clone(),
                })
                .collect(),
        }
    }
}

/// Where a target stood, at one of the two moments that are compared.
pub(super) type At = fn(&Live) -> Option<&Current>;

pub(super) const fn now(one: &Live) -> Option<&Current> {
    one.current.as_ref()
}

pub(super) const fn earlier(one: &Live) -> Option<&Current> {
    one.earlier.as_ref()
}

impl Count {
    fn over<'a>(live: impl IntoIterator<Item = &'a Live>, at: At) -> Self {
        let mut count = Self::default();
        for one in live {
            count.targets += 1;
            if let Some(current) = at(one) {
                count.with_value += 1;
                count.reached += u32::from(one.target.measure.reached(&current.value));
            }
        }
        count
    }
}
