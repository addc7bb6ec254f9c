//! What a reorganisation has to settle beside the unit itself: the units below it, and who owes the reports to come.

use super::{Grounds, Happening, Tree, Unit, UnitId};
use crate::{
    campaign::Campaign,
    change::Change,
    period::{self, Period},
    refusal::{Code, Fault},
    time::{Date, Timestamp},
};

/// What storage knows when units begin or end.
#[derive(Clone, Debug, Default)]
pub struct ReorganisationFacts {
    /// Every unit, whether it still exists or not.
    pub directory: Vec<Unit>,
    /// Every campaign that was not given up.
    pub campaigns: Vec<Campaign>,
    /// Every period whose reports have not fallen due.
    pub periods: Vec<Period>,
}

/// Where a unit goes that stood below one that ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Placement {
    /// The unit.
    pub unit: UnitId,
    /// The unit above it from then on.
    pub parent: UnitId,
}

/// A unit of the directory that goes on.
pub(super) fn known<'a>(directory: &'a [Unit], id: UnitId, pointer: &str) -> Result<&'a Unit, Fault> {
    let unit = directory.iter().find(|unit| unit.root.id == id);
    let unit = unit.ok_or_else(|| Fault::at(pointer, Code::UnknownReference))?;
    unit.active().map(|()| unit).map_err(|code| Fault::at(pointer, code))
}

/// A unit above must be there on the day, and go on.
pub(super) fn check_parent(directory: &[Unit], parent: UnitId, day: Date, pointer: String) -> Option<Fault> {
    match known(directory, parent, &pointer) {
        Err(fault) => Some(fault),
        Ok(parent) => (day < parent.valid_from).then(|| Fault::at(pointer, Code::UnitNotThere)),
    }
}

/// Where the caller puts the units below one that is reorganised.
pub(super) struct Places<'a> {
    /// Each with the unit above it from then on, as far as there is one.
    pub(super) placements: &'a [(UnitId, Option<UnitId>)],
    /// The member of the body that names the unit above.
    pub(super) member: &'static str,
    /// Whether a unit without a place stays where it is, under the unit that goes on.
    pub(super) may_stay: bool,
}

impl Places<'_> {
    /// The changes that answer for the units below: each has one place, and no other is touched.
    ///
    /// # Errors
    /// The faults of the placements, and each unit that has none.
    pub(super) fn settle(
        &self,
        above: &Unit,
        directory: &[Unit],
        grounds: &Grounds,
        now: Timestamp,
    ) -> Result<Vec<Change<Unit>>, Vec<Fault>> {
        let day = grounds.effective_on;
        let below = Tree::of(directory).below_from(above.root.id, day);
        let mut faults = self.check(above, &below, directory, day);
        let mut changes = Vec::new();
        for unit in below {
            match self.placements.iter().find(|(named, _)| *named == unit.root.id) {
                Some((_, parent)) => {
                    faults.extend(unit.day_fault(day));
                    changes.extend(parent.map(|parent| moved(unit, parent, grounds, now)));
                }
                None if self.may_stay => {}
                None => {
                    let name = unit.name_on(day).clone();
                    faults.push(Fault::at("/subordinates", Code::SubordinateUnplaced).about(name));
                }
            }
        }
        if faults.is_empty() { Ok(changes) } else { Err(faults) }
    }

    fn check(&self, above: &Unit, below: &[&Unit], directory: &[Unit], day: Date) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (index, (unit, parent)) in self.placements.iter().enumerate() {
            let pointer = |member: &str| format!("/subordinates/{index}/{member}");
            if below.iter().all(|one| one.root.id != *unit) {
                faults.push(Fault::at(pointer("unitId"), Code::NotSubordinate));
            }
            if self.placements[..index].iter().any(|(earlier, _)| earlier == unit) {
                faults.push(Fault::at(pointer("unitId"), Code::Duplicate));
            }
            let wrong = match parent {
                None => Some(Fault::at(pointer(self.member), Code::UnknownReference)),
                Some(parent) if *parent == above.root.id => {
                    let code = if self.may_stay { Code::NothingChanges } else { Code::UnitEnded };
                    Some(Fault::at(pointer(self.member), code))
                }
                Some(parent) => check_parent(directory, *parent, day, pointer(self.member)),
            };
            faults.extend(wrong);
        }
        faults
    }
}

/// A unit under another one from the day on.
pub(super) fn moved(unit: &Unit, parent: UnitId, grounds: &Grounds, now: Timestamp) -> Change<Unit> {
    let act = grounds.act(Happening::Transferred { parent: Some(parent), at_top: false, managing_authority: None });
    Change::made(unit, now, "unit.transferred", |unit| unit.acts.push(act)).because(grounds.reason.clone())
}

impl ReorganisationFacts {
    /// The directory as it is after these changes.
    pub(super) fn after<'a>(&self, changed: impl IntoIterator<Item = &'a Unit>) -> Vec<Unit> {
        let mut after = self.directory.clone();
        for unit in changed {
            match after.iter_mut().find(|entry| entry.root.id == unit.root.id) {
                Some(entry) => entry.clone_from(unit),
                None => after.push(unit.clone()),
            }
        }
        after
    }

    /// Who issues or compiles a campaign, or answers for a target of its plan, cannot end while there is one: the plan is
    /// replaced first.
    pub(super) fn lets_end(&self, unit: &Unit) -> Result<(), Code> {
        let leads = |campaign: &Campaign| {
            let answers = campaign.plan.plan_targets.iter().any(|target| target.owner.as_ref() == Some(&unit.code));
            answers || campaign.issuer == unit.root.id || campaign.coordinating_unit == unit.root.id
        };
        if self.campaigns.iter().any(leads) { Err(Code::UnitLeadsCampaign) } else { Ok(()) }
    }

    /// Who owes the reports of the periods that end once the change counts and have not fallen due; what has stays as it
    /// was, so that nobody becomes missing by what is recorded later.
    pub(super) fn owing_anew(
        &self,
        after: &[Unit],
        touched: &[UnitId],
        from: Date,
        now: Timestamp,
    ) -> Vec<Change<Period>> {
        let open = self.periods.iter().filter(|period| from <= period.ends_on && !period.due_before.missed_at(now));
        let campaign = |period: &Period| self.campaigns.iter().find(|campaign| campaign.root.id == period.campaign);
        open.filter_map(|period| period::owed_anew(period, campaign(period)?, after, touched, now)).collect()
    }
}
