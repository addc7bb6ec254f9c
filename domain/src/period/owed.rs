//! Who owes a report: what the plan says, applied to the directory.

use serde::{Deserialize, Serialize};

use super::Period;
use crate::{
    campaign::{
        Campaign,
        plan::{Obligation, ObligationKind, PartyKind},
    },
    change::Change,
    text::{Prose, Token},
    time::{Date, Timestamp},
    unit::{Unit, UnitId},
};

/// A unit that owes a report, with the sentence of the plan that says so.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Owed {
    /// The unit.
    pub unit: UnitId,
    /// The obligation, by its code in the plan.
    pub obligation: Token,
    /// The sentence from which it follows.
    pub source: Prose,
}

/// The units that owe a report on a period that ends on this day, by unit code; nobody else is ever missing.
///
/// Whatever sort of period it is, units owe what the plan calls their periodic report: sơ kết and tổng kết are written
/// from it by other offices (`domain.md` §0.5). Of several sentences that oblige a unit, the first counts. A unit that took
/// the place of others is asked for what they were asked for.
#[must_use]
pub fn owed(campaign: &Campaign, directory: &[Unit], ends_on: Date) -> Vec<Owed> {
    let coordinator = directory.iter().find(|unit| unit.root.id == campaign.coordinating_unit).map(|unit| &unit.code);
    let mut units: Vec<_> = directory.iter().filter(|unit| unit.exists_on(ends_on)).collect();
    units.sort_by(|one, other| one.code.cmp(&other.code));
    units
        .into_iter()
        .filter_map(|unit| {
            let gone = |id: UnitId| directory.iter().find(|entry| entry.root.id == id && !entry.exists_on(ends_on));
            let predecessors = unit.predecessors_on(ends_on).filter_map(gone);
            let obligation = std::iter::once(unit)
                .chain(predecessors)
                .flat_map(|asked| campaign.plan.obligations_of(&asked.code, asked.unit_type))
                .find(|obligation| is_units_report(campaign, obligation, coordinator))?;
            let source = obligation.source.text.text().clone();
            Some(Owed { unit: unit.root.id, obligation: obligation.code.clone(), source })
        })
        .collect()
}

/// The period with those who owe its reports after a reorganisation: the units that it touched owe what follows from the
/// plan and the directory as it is now, and nothing changes for the others. `None` where nothing changes at all.
pub(crate) fn owed_anew(
    period: &Period,
    campaign: &Campaign,
    directory: &[Unit],
    touched: &[UnitId],
    now: Timestamp,
) -> Option<Change<Period>> {
    let is_touched = |owed: &Owed| touched.contains(&owed.unit);
    let mut anew: Vec<_> = period.owed.iter().filter(|owed| !is_touched(owed)).cloned().collect();
    anew.extend(owed(campaign, directory, period.ends_on).into_iter().filter(is_touched));
    let code = |owed: &Owed| directory.iter().find(|unit| unit.root.id == owed.unit).map(|unit| &unit.code);
    anew.sort_by(|one, other| code(one).cmp(&code(other)));
    if anew == period.owed {
        return None;
    }
    Some(Change::made(period, now, "period.owingChanged", |period| period.owed = anew))
}

/// Whether the obligation is a unit's report: a periodic one that goes by the office that compiles, or that a group owes.
///
/// An office that owes the committee a periodic report of its own, with no such way (V.3), compiles and is not compiled.
fn is_units_report(campaign: &Campaign, obligation: &Obligation, coordinator: Option<&Token>) -> bool {
    if obligation.kind != ObligationKind::Periodic {
        return false;
    }
    let goes_by_it = |way: &Option<Token>| way.is_some() && way.as_ref() == coordinator;
    let of_a_group = campaign.plan.party(&obligation.party).is_some_and(|party| party.kind == PartyKind::Group);
    of_a_group || goes_by_it(&obligation.through) || goes_by_it(&obligation.to)
}
