//! Merging units: into a new one (hợp nhất), or into one that goes on (sáp nhập).

use super::{
    Grounds, Happening, NewUnit, ReorganisationFacts, Stage, Tree, Unit, UnitId,
    placing::{known, moved},
};
use crate::{
    change::{Change, Consequence, Moment},
    policy::{Action, Command, Directory, Permitted},
    refusal::{Code, Fault, Refusal},
    registration::duplicates,
    time::{Date, Timestamp},
};

/// Which unit takes the place of those that end.
#[derive(Clone, Debug)]
pub enum Successor {
    /// One that is founded by it.
    New(NewUnit),
    /// One that goes on.
    Existing(UnitId),
}

impl Successor {
    /// One of the two, and not both.
    ///
    /// # Errors
    /// A refusal of the whole, where there is none or more than one.
    pub fn of(existing: Option<UnitId>, new: Option<NewUnit>) -> Result<Self, Refusal> {
        match (existing, new) {
            (Some(unit), None) => Ok(Self::Existing(unit)),
            (None, Some(new)) => Ok(Self::New(new)),
            (None, None) | (Some(_), Some(_)) => Err(Refusal::field("", Code::SuccessorNotOne)),
        }
    }
}

/// Ends units in whose place another one comes. What they did stays with them; what was asked of them is asked of the
/// other from the day on, and the units below them go below it.
#[derive(Clone, Debug)]
pub struct MergeUnits {
    /// The units that end.
    pub members: Vec<UnitId>,
    /// The unit that takes their place.
    pub successor: Successor,
    /// What it rests on; the effective day is the first on which they no longer exist.
    pub grounds: Grounds,
    /// What storage knows.
    pub facts: ReorganisationFacts,
}

impl Command<Directory> for MergeUnits {
    const ACTION: Action = Action::MergeUnits;
    type Of = Unit;

    fn ready(_: &Directory) -> Result<(), Code> {
        Ok(())
    }

    fn apply(self, _: Permitted<Self, Directory>, at: Moment<'_>) -> Result<Change<Unit>, Refusal> {
        let Self { members: named, successor, grounds, facts } = self;
        let day = grounds.effective_on;
        let mut faults = grounds.check(at.now.date());
        let members = members(&named, &facts, day, &mut faults);
        for member in &members {
            facts.lets_end(member)?;
        }
        let least = if matches!(successor, Successor::New(_)) { 2 } else { 1 };
        if named.len() < least {
            faults.push(Fault::at("/unitIds", Code::TooFewUnits));
        }
        match &successor {
            Successor::New(new) => faults.extend(new.check(&facts.directory, &named, day, "/newUnit")),
            Successor::Existing(id) if named.contains(id) => {
                faults.push(Fault::at("/intoUnitId", Code::Duplicate));
            }
            Successor::Existing(id) => match known(&facts.directory, *id, "/intoUnitId") {
                Ok(unit) => faults.extend(unit.day_fault(day)),
                Err(fault) => faults.push(fault),
            },
        }
        Refusal::unless_empty(faults)?;
        let change = take_over(successor, &members, &grounds, &facts, at)?;
        let heir = change.next().root.id;
        let mut changes: Vec<_> = members.iter().map(|member| merged(member, heir, &grounds, at.now)).collect();
        changes.extend(below(&members, heir, &grounds, &facts, at.now)?);
        let after = facts.after(changes.iter().map(Change::next).chain([change.next()]));
        if Tree::of(&after).has_circle_from(day) {
            return Err(Refusal::field("/newUnit/parentId", Code::UnitUnderItself));
        }
        let touched: Vec<_> = named.iter().copied().chain([heir]).collect();
        let periods = facts.owing_anew(&after, &touched, day, at.now);
        Ok(change.because(grounds.reason).causing(Consequence::Units(changes)).causing(Consequence::Periods(periods)))
    }
}

/// The units that end, as far as they can.
fn members<'a>(named: &[UnitId], facts: &'a ReorganisationFacts, day: Date, faults: &mut Vec<Fault>) -> Vec<&'a Unit> {
    faults.extend(duplicates(named, |index| format!("/unitIds/{index}")));
    let mut members = Vec::new();
    for (index, id) in named.iter().enumerate() {
        match known(&facts.directory, *id, &format!("/unitIds/{index}")) {
            Ok(unit) => {
                faults.extend(unit.day_fault(day));
                members.push(unit);
            }
            Err(fault) => faults.push(fault),
        }
    }
    members
}

/// The unit that takes their place. Where it stood below one of them, it goes up to where that one stood.
fn take_over(
    successor: Successor,
    members: &[&Unit],
    grounds: &Grounds,
    facts: &ReorganisationFacts,
    at: Moment<'_>,
) -> Result<Change<Unit>, Refusal> {
    let day = grounds.effective_on;
    let inherit = |unit: &mut Unit| members.iter().for_each(|member| unit.inherit(member, day));
    match successor {
        Successor::New(new) => {
            let mut founded = new.found(members, grounds, at);
            inherit(&mut founded);
            Ok(Change::created(founded, "unit.founded"))
        }
        Successor::Existing(id) => {
            let unit = known(&facts.directory, id, "/intoUnitId").map_err(|fault| Refusal::invalid(vec![fault]))?;
            let from: Vec<_> = members.iter().map(|member| member.root.id).collect();
            let lifted = lifted(&Tree::of(&facts.directory), unit, &from, day);
            Ok(Change::made(unit, at.now, "unit.tookOver", |unit| {
                if let Some(parent) = lifted {
                    unit.acts.push(grounds.act(Happening::Transferred {
                        parent,
                        at_top: parent.is_none(),
                        managing_authority: None,
                    }));
                }
                unit.acts.push(grounds.act(Happening::TookOver { from }));
                inherit(unit);
            }))
        }
    }
}

/// Where a unit goes that stands below some that end: to where the uppermost of them stood.
fn lifted(tree: &Tree<'_>, unit: &Unit, ending: &[UnitId], day: Date) -> Option<Option<UnitId>> {
    let way_up = std::iter::successors(tree.above(unit.root.id, day), |at| tree.above(*at, day));
    let uppermost = way_up.filter(|above| ending.contains(above)).last()?;
    Some(tree.above(uppermost, day))
}

fn merged(member: &Unit, into: UnitId, grounds: &Grounds, now: Timestamp) -> Change<Unit> {
    Change::made(member, now, "unit.merged", |unit| {
        unit.stage = Stage::Merged { into };
        unit.valid_before = Some(grounds.effective_on);
        unit.acts.push(grounds.act(Happening::Merged { into }));
    })
    .because(grounds.reason.clone())
}

/// The units below those that end go below the one that takes their place.
fn below(
    members: &[&Unit],
    heir: UnitId,
    grounds: &Grounds,
    facts: &ReorganisationFacts,
    now: Timestamp,
) -> Result<Vec<Change<Unit>>, Refusal> {
    let tree = Tree::of(&facts.directory);
    let day = grounds.effective_on;
    let goes_on = |unit: &&Unit| unit.root.id != heir && members.iter().all(|member| member.root.id != unit.root.id);
    let mut below: Vec<_> =
        members.iter().flat_map(|member| tree.below_from(member.root.id, day)).filter(goes_on).collect();
    below.sort_by_key(|unit| unit.root.id);
    below.dedup_by_key(|unit| unit.root.id);
    Refusal::unless_empty(below.iter().filter_map(|unit| unit.day_fault(day)).collect())?;
    Ok(below.into_iter().map(|unit| moved(unit, heir, grounds, now)).collect())
}
