//! Roll-ups over the trees of whatever was recorded: a unit and the branches below it come to what it comes to with all
//! below it, the branches at the top come to the whole, and nothing is counted twice.

use std::collections::BTreeMap;

use super::{
    succession::{parts, split},
    *,
};
use crate::{
    measure::Value,
    period::Owed,
    progress::{By, Live, Progress, progress},
    registration::fixtures::{self, insurance, plan, share, target},
    report::compliance::{Compliance, DUE_SOON_DAYS, compliance},
    target::{Current, Target},
};

fn life(unit: &Unit) -> UnitLife {
    UnitLife { entry: unit.entry(), lives: unit.lifetime(), heritage: unit.heritage.clone() }
}

/// Every unit with two targets of the plan's code and scale: one that was measured on its first day, one that never was.
fn targets(directory: &[Unit]) -> Vec<Live> {
    let mut number = 1000;
    let mut live = Vec::new();
    for unit in directory {
        for (code, measured) in [("BHYT", true), ("KHAC", false)] {
            number += 1;
            let own = Target { unit: unit.root.id, ..target(number, OFFICE, code, insurance()) };
            let value = share(&number.to_string(), "5000");
            let current = measured.then(|| Current { measurement: id(number), as_of: unit.valid_from, value });
            live.push(Live { target: own, current, earlier: None });
        }
    }
    live
}

/// Targets, those measured, and the numerators of the shares: whatever adds up.
fn sums(progress: &Progress) -> [i64; 3] {
    let numerator = |value: &Value| match value {
        Value::Share { numerator, .. } => i64::try_from(*numerator).unwrap(),
        Value::Quantitative { .. } | Value::Qualitative { .. } | Value::Milestone { .. } => 0,
    };
    let standings = progress.groups.iter().flat_map(|group| &group.tally.plan_targets);
    let numerators = standings.filter_map(|standing| standing.now.total.as_ref()).map(numerator).sum();
    [progress.total.targets.into(), progress.total.with_value.into(), numerators]
}

fn owed(all: &Compliance) -> [i64; 3] {
    [all.totals.owed, all.totals.missing, all.owing.len()].map(|count| i64::try_from(count).unwrap())
}

fn plus(one: [i64; 3], other: [i64; 3]) -> [i64; 3] {
    std::array::from_fn(|index| one[index] + other[index])
}

/// Holds the sums of every unit and of its branch against each other.
fn adds_up(hierarchy: &Hierarchy<'_>, directory: &[Unit], whole: [i64; 3], of: impl Fn(Extent) -> [i64; 3]) {
    let each = |below| -> BTreeMap<_, _> {
        directory.iter().map(|unit| (unit.root.id, of(Extent { unit: unit.root.id, below }))).collect()
    };
    let (own, branch) = (each(false), each(true));
    assert_eq!(own.values().copied().fold([0; 3], plus), whole, "on {} one is lost or counted twice", hierarchy.day());
    let mut top = [0; 3];
    for unit in directory {
        let below = directory.iter().filter(|one| hierarchy.above(one.root.id) == Some(unit.root.id));
        let sum = below.map(|one| branch[&one.root.id]).fold(own[&unit.root.id], plus);
        assert_eq!(branch[&unit.root.id], sum, "{} on {}", unit.code, hierarchy.day());
        if hierarchy.above(unit.root.id).is_none() {
            top = plus(top, branch[&unit.root.id]);
        }
    }
    assert_eq!(top, whole, "the branches at the top on {}", hierarchy.day());
}

/// Holds the roll-ups of progress and of compliance on every day on which something changes, and on the one before.
pub(super) fn hold(directory: &[Unit]) {
    let lives: Vec<_> = directory.iter().map(life).collect();
    let (plan, live) = (plan(), targets(directory));
    let mut days: Vec<_> =
        directory.iter().flat_map(|unit| unit.acts.iter().map(|act| act.grounds.effective_on)).collect();
    days.extend(days.clone().into_iter().map(|day| day.pred_opt().unwrap()));
    days.push(day("2025-07-01"));
    days.sort_unstable();
    days.dedup();
    for day in days {
        let hierarchy = Hierarchy::on(day, &lives);
        let there: Vec<_> =
            live.iter().filter(|one| one.current.as_ref().is_none_or(|at| at.as_of <= day)).cloned().collect();
        let by_unit = |extent| progress(By::Unit, &plan, &hierarchy, extent, &there);
        let whole = by_unit(None);
        let groups: Vec<_> = whole.groups.iter().map(|group| group.unit.as_ref().unwrap().unit).collect();
        assert_eq!(groups.iter().collect::<std::collections::BTreeSet<_>>().len(), groups.len());
        let counted: u32 = whole.groups.iter().map(|group| group.tally.count.targets).sum();
        assert_eq!((counted, whole.ungrouped.count.targets), (whole.total.targets, 0));
        adds_up(&hierarchy, directory, sums(&whole), |extent| sums(&by_unit(Some(extent))));

        let mut period = fixtures::period(1, &[]);
        let owes =
            |unit: &Unit| Owed { unit: unit.root.id, obligation: text("O1"), source: text("Báo cáo định kỳ.") };
        period.owed = directory.iter().filter(|unit| unit.valid_from <= day).map(owes).collect();
        let all = || compliance(&period, &[], at("2025-12-01T08:00:00+07:00"), DUE_SOON_DAYS);
        adds_up(&hierarchy, directory, owed(&all()), |extent| owed(&all().within(&hierarchy, extent)));
    }
}

#[test]
fn what_was_divided_stands_below_the_lowest_unit_that_has_all_its_parts_below_it() {
    let mut split = split(&["A", "B"], false, &[(STATION, "A"), (VILLAGE, "A")]);
    split.parts[0].parent = Some(id(OFFICE));
    let (school, others, _) = parts(done(SCHOOL, split).unwrap());
    let mut directory = directory();
    directory[1] = school;
    for (unit, _) in others {
        match directory.iter_mut().find(|one| one.root.id == unit.root.id) {
            Some(one) => *one = unit,
            None => directory.push(unit),
        }
    }
    let b = directory.iter().position(|unit| unit.code.as_str() == "B").unwrap();
    for (parent, above) in [(Some(id(OFFICE)), Some(id(OFFICE))), (None, None)] {
        directory[b].parent = parent;
        let lives: Vec<_> = directory.iter().map(life).collect();
        let since = Hierarchy::on(day("2025-11-01"), &lives);
        assert_eq!(since.above(id(SCHOOL)), above);
        assert_eq!(since.answering(id(SCHOOL)), id(SCHOOL), "none of the parts answers alone");
        assert_eq!(since.is_within(id(SCHOOL), Extent { unit: id(OFFICE), below: true }), above.is_some());
    }
    let lives: Vec<_> = directory.iter().map(life).collect();
    let before = Hierarchy::on(day("2025-10-31"), &lives);
    assert!(before.is_within(id(VILLAGE), Extent { unit: id(SCHOOL), below: true }));
    assert!(!before.is_within(id(VILLAGE), Extent { unit: id(SCHOOL), below: false }));
}

#[test]
fn an_extent_names_a_unit_that_is_known_and_nothing_is_below_no_unit() {
    let lives: Vec<_> = directory().iter().map(life).collect();
    let hierarchy = Hierarchy::on(day("2025-11-01"), &lives);
    let fault = |unit, below| hierarchy.extent(unit, below).unwrap_err().faults[0].code;
    assert_eq!(hierarchy.extent(None, false).unwrap(), None);
    assert_eq!(fault(None, true), Code::FieldMissing);
    assert_eq!(fault(Some(id(77)), true), Code::UnknownReference);
}
