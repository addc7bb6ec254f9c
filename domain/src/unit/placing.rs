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

/// A unit above must be there on the day, and go on.
pub(super) fn check_parent(directory: &[Unit], parent: UnitId, day: Date, pointer: String) -> Option<Fault> {
    let code = match directory.iter().find(|unit| unit.root.id == parent) {
        None => Code::UnknownReference,
        Some(parent) if parent.active().is_err() => Code::UnitEnded,
        Some(parent) if day < parent.valid_from => Code::UnitNotThere,
        Some(_) => return None,
    };
    Some(Fault::at(pointer, code))
}

/// The changes that answer for the units below one that ends: each has one place, and no other is touched.
///
/// # Errors
/// The faults of the placements, and each unit that has none.
pub(super) fn placed(
    ending: &Unit,
    placements: &[Placement],
    directory: &[Unit],
    grounds: &Grounds,
    now: Timestamp,
) -> Result<Vec<Change<Unit>>, Vec<Fault>> {
    let day = grounds.effective_on;
    let below = Tree::of(directory).below_from(ending.root.id, day);
    let mut faults = Vec::new();
    for (index, placement) in placements.iter().enumerate() {
        let pointer = |member: &str| format!("/subordinates/{index}/{member}");
        if below.iter().all(|unit| unit.root.id != placement.unit) {
            faults.push(Fault::at(pointer("unitId"), Code::NotSubordinate));
        }
        if placements[..index].iter().any(|earlier| earlier.unit == placement.unit) {
            faults.push(Fault::at(pointer("unitId"), Code::Duplicate));
        }
        if placement.parent == ending.root.id {
            faults.push(Fault::at(pointer("parentId"), Code::UnitEnded));
        } else {
            faults.extend(check_parent(directory, placement.parent, day, pointer("parentId")));
        }
    }
    let mut changes = Vec::new();
    for unit in below {
        match placements.iter().find(|placement| placement.unit == unit.root.id) {
            Some(placement) => {
                faults.extend(unit.day_fault(day));
                changes.push(moved(unit, placement.parent, grounds, now));
            }
            None => {
                faults.push(Fault::at("/subordinates", Code::SubordinateUnplaced).about(unit.name_on(day).clone()));
            }
        }
    }
    if faults.is_empty() { Ok(changes) } else { Err(faults) }
}

/// A unit under another one from the day on.
pub(super) fn moved(unit: &Unit, parent: UnitId, grounds: &Grounds, now: Timestamp) -> Change<Unit> {
    let act = grounds.act(Happening::Transferred { parent: Some(parent), managing_authority: None });
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

    /// Who issues or compiles a campaign cannot end while there is one: its papers would have nobody to sign and judge them.
    pub(super) fn lets_end(&self, unit: &Unit) -> Result<(), Code> {
        let leads = |campaign: &Campaign| campaign.issuer == unit.root.id || campaign.coordinating_unit == unit.root.id;
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
