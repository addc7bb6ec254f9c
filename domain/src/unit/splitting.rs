//! Splitting a unit: into several in its place (chia), or with some beside it (tách).

use super::{Grounds, Happening, NewUnit, ReorganisationFacts, Stage, Tree, Unit, UnitId, placing::Places};
use crate::{
    change::{Change, Consequence, Moment},
    policy::{Action, Command, Permitted},
    refusal::{Code, Fault, Refusal},
    text::Token,
};

/// Makes several units out of one. What it did stays with it.
#[derive(Clone, Debug)]
pub struct SplitUnit {
    /// The units that are founded.
    pub parts: Vec<NewUnit>,
    /// Whether it goes on beside them (tách); otherwise it ends, and they stand in its place (chia).
    pub goes_on: bool,
    /// Where units below it go, each with the code of a unit that is founded or in the directory.
    pub placements: Vec<(UnitId, Token)>,
    /// What it rests on; the effective day is the first on which the new units exist.
    pub grounds: Grounds,
    /// What storage knows.
    pub facts: ReorganisationFacts,
}

impl Command<Unit> for SplitUnit {
    const ACTION: Action = Action::SplitUnit;
    type Of = Unit;

    fn ready(unit: &Unit) -> Result<(), Code> {
        unit.active()
    }

    fn apply(self, on: Permitted<Self, Unit>, at: Moment<'_>) -> Result<Change<Unit>, Refusal> {
        let day = self.grounds.effective_on;
        if !self.goes_on {
            self.facts.lets_end(&on)?;
        }
        let mut faults = self.grounds.check(at.now.date());
        faults.extend(on.day_fault(day));
        faults.extend(self.check_parts(&on));
        let Self { parts, goes_on, placements, grounds, facts } = self;
        let parts: Vec<_> = parts.into_iter().map(|part| founded(part, &on, goes_on, &grounds, at)).collect();
        let directory = facts.after(&parts);
        let by_code = |code: &Token| directory.iter().find(|unit| unit.code == *code).map(|unit| unit.root.id);
        let placements: Vec<_> = placements.iter().map(|(unit, code)| (*unit, by_code(code))).collect();
        let places = Places { placements: &placements, member: "parentCode", may_stay: goes_on };
        let children = places.settle(&on, &directory, &grounds, at.now).unwrap_or_else(|wrong| {
            faults.extend(wrong);
            Vec::new()
        });
        Refusal::unless_empty(faults)?;
        let into: Vec<_> = parts.iter().map(|part| part.root.id).collect();
        let touched: Vec<_> = into.iter().copied().chain([on.root.id]).collect();
        let action = if goes_on { "unit.gaveOff" } else { "unit.divided" };
        let split = on.made(at.now, action, |unit| {
            if goes_on {
                unit.acts.push(grounds.act(Happening::GaveOff { into }));
            } else {
                unit.stage = Stage::Divided { into: into.clone() };
                unit.valid_before = Some(day);
                unit.acts.push(grounds.act(Happening::Divided { into }));
            }
        });
        let after = facts.after(parts.iter().chain(children.iter().map(Change::next)).chain([split.next()]));
        if Tree::of(&after).has_circle_from(day) {
            return Err(Refusal::field("/subordinates", Code::UnitUnderItself));
        }
        let periods = facts.owing_anew(&after, &touched, day, at.now);
        let founded = parts.into_iter().map(|part| Change::created(part, "unit.founded"));
        let units = founded.map(|change| change.because(grounds.reason.clone())).chain(children).collect();
        Ok(split
            .because(grounds.reason.clone())
            .causing(Consequence::Units(units))
            .causing(Consequence::Periods(periods)))
    }
}

/// A part. In the place of a unit that ends it inherits; beside one that goes on it begins anew.
fn founded(part: NewUnit, from: &Unit, goes_on: bool, grounds: &Grounds, at: Moment<'_>) -> Unit {
    let mut unit = part.found(&[from], grounds, at);
    if !goes_on {
        unit.inherit(from, grounds.effective_on);
    }
    unit
}

impl SplitUnit {
    fn check_parts(&self, on: &Unit) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.parts.len() < if self.goes_on { 1 } else { 2 } {
            faults.push(Fault::at("/newUnits", Code::TooFewUnits));
        }
        let ending = if self.goes_on { Vec::new() } else { vec![on.root.id] };
        for (index, part) in self.parts.iter().enumerate() {
            let pointer = format!("/newUnits/{index}");
            if self.parts[..index].iter().any(|earlier| earlier.code == part.code) {
                faults.push(Fault::at(format!("{pointer}/code"), Code::Duplicate));
            }
            faults.extend(part.check(&self.facts.directory, &ending, self.grounds.effective_on, &pointer));
        }
        faults
    }
}
