//! What is recorded of a single unit: that it is there, how it is called, where it stands.

use super::{Grounds, Happening, Stage, Tree, Unit, UnitId, UnitType, placing::check_parent};
use crate::{
    change::{Change, Moment},
    policy::{Action, Command, Directory, Permitted},
    refusal::{Code, Fault, Refusal},
    text::{Line, Token},
    time::Date,
};

/// Enters a unit into the directory.
#[derive(Clone, Debug)]
pub struct CreateUnit {
    /// Short code, unique.
    pub code: Token,
    /// Full name.
    pub name: Line,
    /// What sort of unit.
    pub unit_type: UnitType,
    /// The unit above, which the caller of this command has looked up.
    pub parent: Option<Unit>,
    /// The body that manages it.
    pub managing_authority: Option<Line>,
    /// First day of existence.
    pub valid_from: Date,
    /// Whether it is made up.
    pub sample: bool,
}

impl Command<Directory> for CreateUnit {
    const ACTION: Action = Action::CreateUnit;
    type Of = Unit;

    fn ready(_: &Directory) -> Result<(), Code> {
        Ok(())
    }

    /// The unit above need not be as old, since the tree is known from its last reorganisation on; but it has no end.
    fn apply(self, _: Permitted<Self, Directory>, at: Moment<'_>) -> Result<Change<Unit>, Refusal> {
        if self.parent.as_ref().is_some_and(|parent| parent.active().is_err()) {
            return Err(Refusal::field("/parentId", Code::UnitEnded));
        }
        let unit = Unit {
            root: at.root(),
            code: self.code,
            name: self.name,
            unit_type: self.unit_type,
            parent: self.parent.map(|parent| parent.root.id),
            managing_authority: self.managing_authority,
            valid_from: self.valid_from,
            valid_before: None,
            stage: Stage::Active,
            acts: Vec::new(),
            heritage: Vec::new(),
            sample: self.sample,
        };
        Ok(Change::created(unit, "unit.created"))
    }
}

/// Gives a unit another name from a day on (đổi tên); what it did before it did under the old one.
#[derive(Clone, Debug)]
pub struct RenameUnit {
    /// The name from then on.
    pub name: Line,
    /// What it rests on.
    pub grounds: Grounds,
}

impl Command<Unit> for RenameUnit {
    const ACTION: Action = Action::RenameUnit;
    type Of = Unit;

    fn ready(unit: &Unit) -> Result<(), Code> {
        unit.active()
    }

    fn apply(self, on: Permitted<Self, Unit>, at: Moment<'_>) -> Result<Change<Unit>, Refusal> {
        let mut faults = self.grounds.check(at.now.date());
        faults.extend(on.day_fault(self.grounds.effective_on));
        if *on.name_on(self.grounds.effective_on) == self.name {
            faults.push(Fault::at("/name", Code::NothingChanges));
        }
        Refusal::unless_empty(faults)?;
        let act = self.grounds.act(Happening::Renamed { name: self.name });
        Ok(on.made(at.now, "unit.renamed", |unit| unit.acts.push(act)).because(self.grounds.reason))
    }
}

/// Puts a unit under another one, or under the management of another body, from a day on (chuyển).
#[derive(Clone, Debug)]
pub struct TransferUnit {
    /// The unit above from then on; without one it stays where it is.
    pub parent: Option<UnitId>,
    /// The body that manages it from then on; without one it stays as it is.
    pub managing_authority: Option<Line>,
    /// What it rests on.
    pub grounds: Grounds,
    /// What storage knows.
    pub facts: UnitFacts,
}

/// What storage knows of the directory.
#[derive(Clone, Debug, Default)]
pub struct UnitFacts {
    /// Every unit, whether it still exists or not.
    pub directory: Vec<Unit>,
}

impl Command<Unit> for TransferUnit {
    const ACTION: Action = Action::TransferUnit;
    type Of = Unit;

    fn ready(unit: &Unit) -> Result<(), Code> {
        unit.active()
    }

    fn apply(self, on: Permitted<Self, Unit>, at: Moment<'_>) -> Result<Change<Unit>, Refusal> {
        let day = self.grounds.effective_on;
        let mut faults = self.grounds.check(at.now.date());
        faults.extend(on.day_fault(day));
        let face = on.faces().on(day).clone();
        let new_parent = self.parent.filter(|parent| Some(*parent) != face.parent);
        let new_authority = self.managing_authority.clone().filter(|one| Some(one) != face.managing_authority.as_ref());
        if new_parent.is_none() && new_authority.is_none() {
            faults.push(Fault::at("", Code::NothingChanges));
        }
        if let Some(parent) = new_parent {
            faults.extend(check_parent(&self.facts.directory, parent, day, "/parentId".to_owned()));
        }
        let act = self.grounds.act(Happening::Transferred {
            parent: new_parent,
            at_top: false,
            managing_authority: new_authority,
        });
        let mut moved = (*on).clone();
        moved.acts.push(act.clone());
        let others = self.facts.directory.iter().filter(|unit| unit.root.id != moved.root.id);
        if faults.is_empty() && Tree::of(others.chain([&moved])).has_circle_from(day) {
            faults.push(Fault::at("/parentId", Code::UnitUnderItself));
        }
        Refusal::unless_empty(faults)?;
        Ok(on.made(at.now, "unit.transferred", |unit| unit.acts.push(act)).because(self.grounds.reason))
    }
}
