//! Dissolving a unit.

use super::{Grounds, Happening, Placement, ReorganisationFacts, Stage, Tree, Unit, placing::Places};
use crate::{
    change::{Change, Consequence, Moment},
    policy::{Action, Command, Permitted},
    refusal::{Code, Fault, Refusal},
};

/// Ends a unit in whose place nobody comes (giải thể). The units below it need a place; what it did stays with it.
#[derive(Clone, Debug)]
pub struct DissolveUnit {
    /// Where the units below it go.
    pub placements: Vec<Placement>,
    /// What it rests on; the effective day is the first on which it no longer exists.
    pub grounds: Grounds,
    /// What storage knows.
    pub facts: ReorganisationFacts,
}

impl Command<Unit> for DissolveUnit {
    const ACTION: Action = Action::DissolveUnit;
    type Of = Unit;

    fn ready(unit: &Unit) -> Result<(), Code> {
        unit.active()
    }

    fn apply(self, on: Permitted<Self, Unit>, at: Moment<'_>) -> Result<Change<Unit>, Refusal> {
        let Self { placements, grounds, facts } = self;
        facts.lets_end(&on)?;
        let day = grounds.effective_on;
        let mut faults = grounds.check(at.now.date());
        faults.extend(on.day_fault(day));
        let placements: Vec<_> = placements.iter().map(|one| (one.unit, Some(one.parent))).collect();
        let places = Places { placements: &placements, member: "parentId", may_stay: false };
        let children = places.settle(&on, &facts.directory, &grounds, at.now).unwrap_or_else(|wrong| {
            faults.extend(wrong);
            Vec::new()
        });
        Refusal::unless_empty(faults)?;
        let ended = on
            .made(at.now, "unit.dissolved", |unit| {
                unit.stage = Stage::Dissolved;
                unit.valid_before = Some(day);
                unit.acts.push(grounds.act(Happening::Dissolved));
            })
            .because(grounds.reason.clone());
        let after = facts.after(children.iter().map(Change::next).chain([ended.next()]));
        if Tree::of(&after).has_circle_from(day) {
            return Err(Refusal::invalid(vec![Fault::at("/subordinates", Code::UnitUnderItself)]));
        }
        let periods = facts.owing_anew(&after, &[ended.next().root.id], day, at.now);
        Ok(ended.causing(Consequence::Units(children)).causing(Consequence::Periods(periods)))
    }
}
