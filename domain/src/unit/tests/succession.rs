//! Merging and splitting: who ends, who takes the place, what follows.

use super::*;
use crate::policy::Directory;

fn facts() -> ReorganisationFacts {
    ReorganisationFacts { directory: directory(), ..ReorganisationFacts::default() }
}

fn merge(members: &[u128], successor: Successor) -> MergeUnits {
    let members = members.iter().map(|number| id(*number)).collect();
    MergeUnits { members, successor, grounds: grounds("2025-11-01"), facts: facts() }
}

fn merged(command: MergeUnits) -> Result<Change<Unit>, Refusal> {
    act(&admin(), Directory, command, now())
}

pub(super) fn split(codes: &[&str], goes_on: bool, placements: &[(u128, &str)]) -> SplitUnit {
    SplitUnit {
        parts: codes.iter().map(|code| new_unit(code)).collect(),
        goes_on,
        placements: placements.iter().map(|(unit, code)| (id(*unit), text(code))).collect(),
        grounds: grounds("2025-11-01"),
        facts: facts(),
    }
}

/// The unit of the command, the others with their events, the periods.
pub(super) fn parts(change: Change<Unit>) -> (Unit, Vec<(Unit, &'static str)>, usize) {
    let (unit, _, consequences) = change.into_parts();
    let (mut others, mut periods) = (Vec::new(), 0);
    for consequence in consequences {
        if let Consequence::Units(changes) = &consequence {
            others.extend(changes.iter().map(|change| (change.next().clone(), change.event().action)));
        }
        if let Consequence::Periods(changes) = &consequence {
            periods += changes.len();
        }
    }
    (unit, others, periods)
}

fn gone(unit: &Unit) -> bool {
    unit.exists_on(day("2025-10-31")) && !unit.exists_on(day("2025-11-01"))
}

#[test]
fn two_units_become_a_new_one_that_stands_in_their_place() {
    let command = merge(&[SCHOOL, STATION], Successor::New(new_unit("MOI")));
    let (new, others, _) = parts(merged(command).unwrap());
    assert_eq!((new.valid_from, new.acts[0].what.as_str()), (day("2025-11-01"), "FOUNDED"));
    let predecessors: Vec<_> = new.predecessors_on(day("2025-11-01")).collect();
    assert_eq!(predecessors, [id(SCHOOL), id(STATION)]);
    assert_eq!(new.predecessors_on(day("2025-10-31")).count(), 0);
    let told: Vec<_> = others.iter().map(|(unit, event)| (unit.code.as_str(), *event)).collect();
    assert_eq!(told, [("TH1", "unit.merged"), ("TYT", "unit.merged"), ("THON", "unit.transferred")]);
    assert!(others[..2].iter().all(|(unit, _)| gone(unit) && unit.stage.successors() == [new.root.id]));
    assert_eq!(others[2].0.faces().on(day("2025-11-01")).parent, Some(new.root.id));
}

#[test]
fn a_unit_that_goes_on_below_what_it_takes_over_goes_up() {
    let command = merge(&[SCHOOL], Successor::Existing(id(STATION)));
    let (station, others, _) = parts(merged(command).unwrap());
    assert_eq!(station.faces().on(day("2025-11-01")).parent, Some(id(OFFICE)));
    assert_eq!(station.acts.last().unwrap().what.as_str(), "TOOK_OVER");
    assert_eq!(others[1].0.faces().on(day("2025-11-01")).parent, Some(id(STATION)), "the village goes below it");

    let (station, _, _) = parts(merged(merge(&[SCHOOL, OFFICE], Successor::Existing(id(STATION)))).unwrap());
    assert_eq!(station.faces().on(day("2025-11-01")).parent, None, "to the top, where the office stood");
}

#[test]
fn what_was_inherited_is_inherited_further() {
    let (new, others, _) = parts(merged(merge(&[SCHOOL, STATION], Successor::New(new_unit("MOI")))).unwrap());
    let mut again = merge(&[], Successor::Existing(id(OFFICE)));
    again.members = vec![new.root.id];
    again.facts.directory = facts().after(others.iter().map(|(unit, _)| unit).chain([&new]));
    again.grounds = grounds("2025-12-01");
    let (office, ..) = parts(merged(again).unwrap());
    let since: Vec<_> = office.heritage.iter().map(|one| (one.unit, one.since)).collect();
    let december = day("2025-12-01");
    assert_eq!(since, [(new.root.id, december), (id(SCHOOL), december), (id(STATION), december)]);
}

#[test]
fn a_merger_names_units_that_go_on_once_and_enough_of_them() {
    let one = merge(&[SCHOOL], Successor::New(new_unit("MOI")));
    assert_eq!(faults(merged(one)), [("/unitIds".to_owned(), "unit.tooFew")]);
    let twice = merge(&[SCHOOL, SCHOOL], Successor::New(new_unit("MOI")));
    assert_eq!(faults(merged(twice)), [("/unitIds/1".to_owned(), "list.duplicate")]);
    let itself = merge(&[SCHOOL], Successor::Existing(id(SCHOOL)));
    assert_eq!(faults(merged(itself)), [("/intoUnitId".to_owned(), "list.duplicate")]);
    let unknown = merge(&[SCHOOL, 77], Successor::Existing(id(78)));
    assert_eq!(
        faults(merged(unknown)),
        [("/unitIds/1".to_owned(), "reference.unknown"), ("/intoUnitId".to_owned(), "reference.unknown")]
    );
    let mut ended = merge(&[SCHOOL], Successor::Existing(id(OFFICE)));
    ended.facts.directory[1].stage = Stage::Dissolved;
    assert_eq!(faults(merged(ended)), [("/unitIds/0".to_owned(), "unit.ended")]);
    let mut under = merge(&[SCHOOL, STATION], Successor::New(new_unit("MOI")));
    under.successor = Successor::New(NewUnit { parent: Some(id(SCHOOL)), ..new_unit("MOI") });
    assert_eq!(faults(merged(under)), [("/newUnit/parentId".to_owned(), "unit.ended")]);
    let mut circle = merge(&[SCHOOL, STATION], Successor::New(new_unit("MOI")));
    circle.successor = Successor::New(NewUnit { parent: Some(id(VILLAGE)), ..new_unit("MOI") });
    assert_eq!(faults(merged(circle)), [("/newUnit/parentId".to_owned(), "unit.underItself")]);
    assert_eq!(Successor::of(None, None).unwrap_err().faults[0].code, Code::SuccessorNotOne);
    assert_eq!(Successor::of(Some(id(1)), Some(new_unit("A"))).unwrap_err().faults[0].code, Code::SuccessorNotOne);
}

#[test]
fn a_unit_is_divided_into_units_that_inherit_or_gives_off_units_that_do_not() {
    let (school, others, _) =
        parts(done(SCHOOL, split(&["A", "B"], false, &[(STATION, "A"), (VILLAGE, "VHXH")])).unwrap());
    assert_eq!((school.stage.code(), gone(&school)), ("DIVIDED", true));
    let told: Vec<_> = others.iter().map(|(unit, event)| (unit.code.as_str(), *event, unit.heritage.len())).collect();
    assert_eq!(
        told,
        [
            ("A", "unit.founded", 1),
            ("B", "unit.founded", 1),
            ("THON", "unit.transferred", 0),
            ("TYT", "unit.transferred", 0)
        ]
    );
    assert_eq!(others[3].0.faces().on(day("2025-11-01")).parent, Some(others[0].0.root.id));

    let (school, others, _) = parts(done(SCHOOL, split(&["A"], true, &[(STATION, "A")])).unwrap());
    assert_eq!((school.stage.code(), school.valid_before, school.acts[0].what.as_str()), ("ACTIVE", None, "GAVE_OFF"));
    assert!(others[0].0.heritage.is_empty() && others.len() == 2, "the village stays");
}

#[test]
fn a_split_makes_enough_units_and_places_those_below() {
    assert_eq!(
        faults(done(SCHOOL, split(&["A"], false, &[(STATION, "A"), (VILLAGE, "A")]))),
        [("/newUnits".to_owned(), "unit.tooFew")]
    );
    assert_eq!(
        faults(done(SCHOOL, split(&["A", "A"], true, &[(STATION, "KHONG"), (VILLAGE, "TH1")]))),
        [
            ("/newUnits/1/code".to_owned(), "list.duplicate"),
            ("/subordinates/0/parentCode".to_owned(), "reference.unknown"),
            ("/subordinates/1/parentCode".to_owned(), "unit.nothingChanges"),
        ]
    );
    assert_eq!(
        faults(done(SCHOOL, split(&["A", "B"], false, &[(STATION, "TH1")]))),
        [
            ("/subordinates/0/parentCode".to_owned(), "unit.ended"),
            ("/subordinates".to_owned(), "unit.subordinateUnplaced"),
        ]
    );
}

#[test]
fn who_takes_the_place_of_another_is_asked_for_what_that_one_owed() {
    let mut command = merge(&[SCHOOL], Successor::Existing(id(VILLAGE)));
    command.facts.campaigns = vec![campaign()];
    command.facts.periods = vec![period(1, &[SCHOOL, STATION])];
    command.grounds = grounds("2025-10-25");
    let (_, _, consequences) = merged(command).unwrap().into_parts();
    let Some(Consequence::Periods(periods)) = consequences.into_iter().nth(1) else { panic!("no periods") };
    let owed: Vec<_> = periods[0].next().owed.iter().map(|owed| owed.unit).collect();
    assert_eq!(owed, [id(VILLAGE), id(STATION)], "a village owes nothing of its own");
}

#[test]
fn who_answers_for_a_target_of_the_plan_does_not_end() {
    let mut command = merge(&[OFFICE], Successor::Existing(id(SCHOOL)));
    command.facts.campaigns = vec![Campaign { coordinating_unit: id(9), ..campaign() }];
    assert_eq!(outcome(&merged(command)), "unit.leadsCampaign");
}

#[test]
fn the_chart_has_an_arrow_for_each_way_and_no_other() {
    let mut seen = std::collections::BTreeSet::new();
    let mut tell = |command: &'static str, change: Change<Unit>| {
        let (_, event, consequences) = change.into_parts();
        let mut events = vec![event];
        for consequence in consequences {
            if let Consequence::Units(changes) = consequence {
                events.extend(changes.into_iter().map(|change| change.event().clone()));
            }
        }
        let own = events.into_iter().filter(|event| event.action != "unit.transferred");
        seen.extend(own.map(|event| (event.from.unwrap_or_default(), command, event.to)));
    };
    tell("mergeUnits", merged(merge(&[SCHOOL, STATION], Successor::New(new_unit("MOI")))).unwrap());
    tell("mergeUnits", merged(merge(&[SCHOOL], Successor::Existing(id(OFFICE)))).unwrap());
    tell("splitUnit", done(STATION, split(&["A", "B"], false, &[])).unwrap());
    tell("splitUnit", done(STATION, split(&["A"], true, &[])).unwrap());
    let here = |edge: &&Edge| matches!(edge.1, "mergeUnits" | "splitUnit");
    assert_eq!(seen, Stage::edges().iter().filter(here).copied().collect());
}
