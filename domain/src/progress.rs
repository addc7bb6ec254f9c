//! Where a campaign stands now: its targets with their current values, by field, task, movement or unit of the plan.
//!
//! It is live, so that nothing signed rests on it. Percentages are never averaged: what has a number for a whole group is
//! a target of the plan, whose share is Σ numerators / Σ denominators, and everything else is counted.

use crate::{
    campaign::Plan,
    measure::Measure,
    target::{Current, Target, TargetId, Topic},
    text::{Line, Token},
    unit::{Extent, Hierarchy, UnitId},
};

mod comparison;
mod sheet;
mod succession;
#[cfg(test)]
mod tests;
mod trend;

pub use comparison::{Shift, Whole};
pub(crate) use succession::{Held, counting};
pub use trend::{Chosen, Course, Ground, MOST_DAYS, Point, Trend, latest};

use sheet::{Key, Sheet};

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

/// Targets of one unit about the same, none of which has to be known by itself: no target of the plan sums them up, and
/// nobody succeeds to their unit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Counted {
    /// The unit.
    pub unit: UnitId,
    /// What they are about.
    pub topic: Topic,
    /// They never appear in public figures.
    pub restricted: bool,
    /// How many stand how.
    pub now: Count,
    /// How many of them stood how on the day that they are compared with.
    pub earlier: Count,
}

/// The targets of a day; each is in one of the two.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Targets {
    /// Those that are known one by one.
    pub live: Vec<Live>,
    /// The others.
    pub counted: Vec<Counted>,
}

impl From<Vec<Live>> for Targets {
    fn from(live: Vec<Live>) -> Self {
        Self { live, counted: Vec::new() }
    }
}

/// One of the two moments that are compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum At {
    Now,
    Earlier,
}

impl At {
    const fn of(self, one: &Live) -> Option<&Current> {
        match self {
            Self::Now => one.current.as_ref(),
            Self::Earlier => one.earlier.as_ref(),
        }
    }
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

/// The unit of a group, as it stands on the day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GroupUnit {
    /// The unit.
    pub unit: UnitId,
    /// The unit above it, in whose roll-up it is.
    pub above: Option<UnitId>,
    /// The body that manages it.
    pub managing_authority: Option<Line>,
}

/// The targets of one field, task, movement or unit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// Its code in the plan, or the unit's in the directory.
    pub code: Token,
    /// Its name.
    pub name: Line,
    /// The unit, where it is one.
    pub unit: Option<GroupUnit>,
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
/// What a unit that has ended left is counted with the unit that stands in its place on that day, and once. With an extent
/// only the targets of its units are counted.
#[must_use]
pub fn progress(by: By, plan: &Plan, hierarchy: &Hierarchy<'_>, extent: Option<Extent>, targets: &Targets) -> Progress {
    let sheet = Sheet::of(by, plan, hierarchy, extent, targets.live.iter(), &targets.counted);
    let heads = sheet.heads();
    let group = |head: &sheet::Head<'_>| Group {
        code: head.code.clone(),
        name: head.name.clone(),
        unit: match head.key {
            Key::Unit(unit) => Some(sheet.group_unit(unit)),
            Key::Item(_) => None,
        },
        tally: sheet.tally(head.restricted, |key| key == Some(head.key)),
    };
    Progress {
        total: sheet.count(At::Now),
        earlier: sheet.count(At::Earlier),
        groups: heads.iter().map(group).collect(),
        ungrouped: sheet.tally(false, |key| key.is_none_or(|key| heads.iter().all(|head| head.key != key))),
    }
}
