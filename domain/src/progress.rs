//! Where a campaign stands now: its targets with their current values, by field, task, movement or unit of the plan.
//!
//! It is live, so that nothing signed rests on it. Percentages are never averaged: what has a number for a whole group is
//! a target of the plan, whose share is Σ numerators / Σ denominators, and everything else is counted.

use crate::{
    campaign::{Plan, plan::PlanTarget},
    measure::Measure,
    registration::{same_scale, task_of},
    target::{Current, Target, TargetId},
    text::{Line, Token},
    time::Date,
    unit::{UnitEntry, UnitId, UnitLife},
};

mod comparison;
mod succession;
#[cfg(test)]
mod tests;

pub use comparison::{Shift, Whole};

use succession::Succession;

/// A target in force with where it stands now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Live {
    /// The target.
    pub target: Target,
    /// Its current value, once it was measured.
    pub current: Option<Current>,
    /// Where it stood on the day that it is compared with, if there is one and it was measured by then.
    pub earlier: Option<Current>,
}

/// By what the targets are grouped; each is in one group at most.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum By {
    /// By the field of their task.
    Field,
    /// By their task, or the one that names their project.
    Task,
    /// By their movement.
    Movement,
    /// By the unit that answers for them.
    Unit,
}

/// How many targets stand how.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Count {
    /// All of them.
    pub targets: u32,
    /// Of them: measured.
    pub with_value: u32,
    /// Of those measured: reached, compared exactly.
    pub reached: u32,
}

/// A part of a target of the plan: the target of a unit, with the measurement that says where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// The unit.
    pub unit: UnitId,
    /// Its target.
    pub target: TargetId,
    /// What is asked of it.
    pub measure: Measure,
    /// Where it stands.
    pub current: Option<Current>,
}

/// A target of the plan over the units that have a part in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlanTargetStanding {
    /// Its code in the plan.
    pub code: Token,
    /// What is to be reached.
    pub name: Line,
    /// Its task is restricted: it never appears in public figures.
    pub restricted: bool,
    /// What is planned.
    pub measure: Measure,
    /// Where the whole stands.
    pub now: Whole,
    /// Where the whole stood on the day that it is compared with.
    pub earlier: Whole,
    /// What it is made of.
    pub sources: Vec<Source>,
}

/// What a group of targets comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tally {
    /// How many stand how.
    pub count: Count,
    /// How many of the same targets stood how on the day that they are compared with.
    pub earlier: Count,
    /// Something in it is restricted: it never appears in public figures.
    pub restricted: bool,
    /// The targets of the plan. Of a field and a task those that the plan sets there, over all units, as in the report to
    /// the city; of a movement and a unit their own parts.
    pub plan_targets: Vec<PlanTargetStanding>,
}

/// The targets of one field, task, movement or unit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// Its code in the plan, or the unit's in the directory.
    pub code: Token,
    /// Its name.
    pub name: Line,
    /// The unit, where it is one.
    pub unit: Option<UnitId>,
    /// What its targets come to.
    pub tally: Tally,
}

/// Where the targets stand; the groups and `ungrouped` add up to `total`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Progress {
    /// All targets.
    pub total: Count,
    /// The same targets, as they stood on the day that they are compared with.
    pub earlier: Count,
    /// Fields, tasks and movements in the order of the plan, whether they have targets or not; units with targets, by code.
    pub groups: Vec<Group>,
    /// The targets that belong to none of them.
    pub ungrouped: Tally,
}

/// Groups the targets; a pure function of the plan, the directory as it is on a day, and where the targets stand.
///
/// What a unit that has ended left is counted with the unit that stands in its place on that day, and once.
#[must_use]
pub fn progress(by: By, plan: &Plan, units: &[UnitLife], day: Date, live: &[Live]) -> Progress {
    let succession = Succession::on(day, units, live);
    let sheet = Sheet { by, plan, live: succession.counting(), succession };
    let heads = sheet.heads(units, day);
    let group = |head: &Head<'_>| Group {
        code: head.code.clone(),
        name: head.name.clone(),
        unit: match head.key {
            Key::Unit(unit) => Some(unit),
            Key::Item(_) => None,
        },
        tally: sheet.tally(head.restricted, |key| key == Some(head.key)),
    };
    Progress {
        total: Count::over(sheet.live.iter().copied(), now),
        earlier: Count::over(sheet.live.iter().copied(), earlier),
        groups: heads.iter().map(group).collect(),
        ungrouped: sheet.tally(false, |key| key.is_none_or(|key| heads.iter().all(|head| head.key != key))),
    }
}

/// What a target is grouped by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key<'a> {
    Item(&'a Token),
    Unit(UnitId),
}

struct Head<'a> {
    key: Key<'a>,
    code: &'a Token,
    name: &'a Line,
    restricted: bool,
}

struct Sheet<'a> {
    by: By,
    plan: &'a Plan,
    live: Vec<&'a Live>,
    succession: Succession<'a>,
}

impl<'a> Sheet<'a> {
    fn heads(&self, units: &'a [UnitLife], day: Date) -> Vec<Head<'a>> {
        let plan = self.plan;
        let item =
            |code: &'a Token, name: &'a Line, restricted: bool| Head { key: Key::Item(code), code, name, restricted };
        match self.by {
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
            By::Unit => {
                let answers = |unit: &&UnitEntry| {
                    self.live.iter().any(|one| self.succession.answering(one.target.unit) == unit.unit)
                };
                let mut units: Vec<_> = units.iter().map(|unit| &unit.entry).filter(answers).collect();
                units.sort_by(|one, other| one.code.cmp(&other.code));
                let head = |unit: &'a UnitEntry| Head {
                    key: Key::Unit(unit.unit),
                    code: &unit.code,
                    name: &unit.faces.on(day).name,
                    restricted: false,
                };
                units.into_iter().map(head).collect()
            }
        }
    }

    fn key(&self, target: &'a Target) -> Option<Key<'a>> {
        match self.by {
            By::Field | By::Task => self.key_of_task(task_of(&target.topic, self.plan)?),
            By::Movement => target.topic.movement.as_ref().map(Key::Item),
            By::Unit => Some(Key::Unit(self.succession.answering(target.unit))),
        }
    }

    fn key_of_task(&self, task: &'a Token) -> Option<Key<'a>> {
        match self.by {
            By::Field => self.plan.tasks.iter().find(|own| own.code == *task).map(|own| Key::Item(&own.field)),
            By::Task => Some(Key::Item(task)),
            By::Movement | By::Unit => None,
        }
    }

    fn tally(&self, restricted: bool, here: impl Fn(Option<Key<'a>>) -> bool) -> Tally {
        let members: Vec<_> = self.live.iter().copied().filter(|one| here(self.key(&one.target))).collect();
        let plan_targets: Vec<_> = match self.by {
            By::Field | By::Task => {
                let set_here =
                    |target: &&'a PlanTarget| here(target.task.as_ref().and_then(|task| self.key_of_task(task)));
                let all = self.live.clone();
                self.plan.plan_targets.iter().filter(set_here).map(|target| self.standing(target, &all)).collect()
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
type At = fn(&Live) -> Option<&Current>;

const fn now(one: &Live) -> Option<&Current> {
    one.current.as_ref()
}

const fn earlier(one: &Live) -> Option<&Current> {
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
