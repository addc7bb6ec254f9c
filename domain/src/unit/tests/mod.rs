use super::*;

mod rollups;
mod succession;
mod walks;
use crate::{
    campaign::Campaign,
    change::{Change, Consequence, Edge},
    policy::{Command, could},
    principal::{Actor, Role},
    refusal::Refusal,
    registration::fixtures::{
        OFFICE, SCHOOL, STATION, VILLAGE, act, actor, at, campaign, coordinator, day, faults, id, outcome, period,
        text, unit,
    },
    time::Timestamp,
};

fn now() -> Timestamp {
    at("2025-10-20T08:00:00+07:00")
}

fn admin() -> Actor {
    actor(Role::Admin, OFFICE, 30)
}

/// The grounds of an act that counts from a day on.
fn grounds(effective: &str) -> Grounds {
    Grounds {
        effective_on: day(effective),
        decision: Decision {
            symbol: text("1274/QĐ-UBND"),
            issued_on: day("2025-10-15"),
            issuer: text("UBND thành phố"),
        },
        reason: text("Sắp xếp tổ chức bộ máy."),
    }
}

fn new_unit(code: &str) -> NewUnit {
    NewUnit {
        code: text(code),
        name: text("Đơn vị mới"),
        unit_type: UnitType::School,
        parent: None,
        managing_authority: None,
    }
}

fn rename(name: &str, effective: &str) -> RenameUnit {
    RenameUnit { name: text(name), grounds: grounds(effective) }
}

/// The office above everything, the school above the station and the village.
fn directory() -> Vec<Unit> {
    let under = |number: u128, parent: u128| Unit { parent: Some(id(parent)), ..unit(number) };
    vec![unit(OFFICE), under(SCHOOL, OFFICE), under(STATION, SCHOOL), under(VILLAGE, SCHOOL)]
}

fn entry(number: u128) -> Unit {
    directory().into_iter().find(|unit| unit.root.id == id(number)).unwrap()
}

fn transfer(parent: u128, effective: &str) -> TransferUnit {
    let facts = UnitFacts { directory: directory() };
    TransferUnit { parent: Some(id(parent)), managing_authority: None, grounds: grounds(effective), facts }
}

fn dissolve(placements: &[(u128, u128)], effective: &str) -> DissolveUnit {
    let placement = |(unit, parent): &(u128, u128)| Placement { unit: id(*unit), parent: id(*parent) };
    DissolveUnit {
        placements: placements.iter().map(placement).collect(),
        grounds: grounds(effective),
        facts: ReorganisationFacts { directory: directory(), ..ReorganisationFacts::default() },
    }
}

fn done(on: u128, command: impl Command<Unit, Of = Unit>) -> Result<Change<Unit>, Refusal> {
    act(&admin(), entry(on), command, now())
}

#[test]
fn every_command_in_every_stage_answers_as_the_table_says_and_as_actions_foretell() {
    let dissolved = done(STATION, dissolve(&[], "2025-11-01")).unwrap().next().clone();
    let mut edges: Vec<Edge> = vec![("", "createUnit", "ACTIVE")];
    let mut tell = |stage, name, answer: &'static str, may: Result<(), Code>| match may {
        Ok(()) => edges.push((stage, name, answer)),
        Err(code) => assert_eq!(code.as_str(), answer, "{stage} {name}"),
    };
    for on in [entry(STATION), dissolved] {
        let stage = on.stage.code();
        let may = could::<RenameUnit, _>(&admin(), &on);
        let answer = act(&admin(), on.clone(), rename("Trạm Y tế xã Gia Lộc", "2025-11-02"), now());
        tell(stage, "renameUnit", outcome(&answer), may);
        let may = could::<TransferUnit, _>(&admin(), &on);
        tell(stage, "transferUnit", outcome(&act(&admin(), on.clone(), transfer(OFFICE, "2025-11-02"), now())), may);
        let may = could::<DissolveUnit, _>(&admin(), &on);
        tell(stage, "dissolveUnit", outcome(&act(&admin(), on.clone(), dissolve(&[], "2025-11-02"), now())), may);
    }
    let single = |edge: &&Edge| !matches!(edge.1, "mergeUnits" | "splitUnit");
    let mut chart: Vec<_> = Stage::edges().iter().filter(single).copied().collect();
    edges.sort_unstable();
    chart.sort_unstable();
    assert_eq!(edges, chart);
}

#[test]
fn a_name_holds_from_its_day_until_the_next_one_and_the_old_one_before() {
    let renamed = done(SCHOOL, rename("Trường Tiểu học Gia Lộc", "2025-11-01")).unwrap();
    assert_eq!((renamed.event().action, renamed.event().reason.is_some()), ("unit.renamed", true));
    let renamed = renamed.next().clone();
    let again = act(&admin(), renamed, rename("Trường Tiểu học số 1", "2026-01-01"), now()).unwrap().next().clone();
    for (asked, name) in [
        ("2020-01-01", "Trường tiểu học mẫu"),
        ("2025-10-31", "Trường tiểu học mẫu"),
        ("2025-11-01", "Trường Tiểu học Gia Lộc"),
        ("2025-12-31", "Trường Tiểu học Gia Lộc"),
        ("2026-01-01", "Trường Tiểu học số 1"),
    ] {
        assert_eq!(again.name_on(day(asked)).as_str(), name, "{asked}");
        assert_eq!(again.faces().on(day(asked)).name.as_str(), name, "{asked}");
    }
    assert_eq!(again.code.as_str(), "TH1");
}

#[test]
fn what_is_recorded_for_the_same_day_again_takes_the_place_of_what_was() {
    let first = done(SCHOOL, rename("Trường Tiêu học Gia Lộc", "2025-11-01")).unwrap().next().clone();
    let again = act(&admin(), first, rename("Trường Tiểu học Gia Lộc", "2025-11-01"), now()).unwrap();
    assert_eq!(again.next().faces().iter().count(), 2);
    assert_eq!(again.next().name_on(day("2025-11-01")).as_str(), "Trường Tiểu học Gia Lộc");
}

#[test]
fn an_act_counts_after_the_first_day_and_after_what_was_recorded_last_and_changes_something() {
    let refused = |unit: Unit, name: &str, effective: &str| faults(act(&admin(), unit, rename(name, effective), now()));
    assert_eq!(refused(entry(SCHOOL), "A", "2025-07-01"), [("/effectiveDate".to_owned(), "unit.actBeforeFounding")]);
    let renamed = done(SCHOOL, rename("A", "2025-11-01")).unwrap().next().clone();
    assert_eq!(refused(renamed.clone(), "B", "2025-10-31"), [("/effectiveDate".to_owned(), "unit.actOutOfOrder")]);
    assert_eq!(refused(renamed, "A", "2025-11-01"), [("/name".to_owned(), "unit.nothingChanges")]);
    let mut ahead = rename("A", "2025-11-01");
    ahead.grounds.decision.issued_on = day("2025-10-21");
    assert_eq!(faults(done(SCHOOL, ahead)), [("/decision/issueDate".to_owned(), "date.inFuture")]);
}

#[test]
fn a_unit_moves_under_one_that_goes_on_and_never_under_itself_on_whatever_day() {
    let moved = done(STATION, transfer(OFFICE, "2025-11-01")).unwrap().next().clone();
    assert_eq!(moved.faces().on(day("2025-10-31")).parent, Some(id(SCHOOL)));
    assert_eq!(moved.faces().on(day("2025-11-01")).parent, Some(id(OFFICE)));
    let circle = [("/parentId".to_owned(), "unit.underItself")];
    assert_eq!(faults(done(SCHOOL, transfer(STATION, "2025-11-01"))), circle);
    assert_eq!(faults(done(OFFICE, transfer(VILLAGE, "2025-11-01"))), circle);
    assert_eq!(faults(done(STATION, transfer(STATION, "2025-11-01"))), circle);

    // Today there is no circle yet: the school goes under the station, which goes under the village's place later on.
    let mut later = transfer(VILLAGE, "2025-11-01");
    later.facts.directory.retain(|unit| unit.root.id != id(VILLAGE));
    let village = act(&admin(), entry(VILLAGE), transfer(STATION, "2026-01-01"), now()).unwrap().next().clone();
    later.facts.directory.push(village);
    assert_eq!(faults(done(STATION, later)), circle);

    let mut gone = transfer(STATION, "2025-11-01");
    gone.facts.directory[2].stage = Stage::Dissolved;
    assert_eq!(faults(done(VILLAGE, gone)), [("/parentId".to_owned(), "unit.ended")]);
    let unknown = transfer(77, "2025-11-01");
    assert_eq!(faults(done(VILLAGE, unknown)), [("/parentId".to_owned(), "reference.unknown")]);
    assert_eq!(faults(done(VILLAGE, transfer(SCHOOL, "2025-11-01"))), [(String::new(), "unit.nothingChanges")]);
}

#[test]
fn the_managing_authority_is_dated_too_and_what_is_not_said_stays() {
    let mut managed = transfer(SCHOOL, "2025-11-01");
    (managed.parent, managed.managing_authority) = (None, Some(text("Sở Y tế")));
    let station = done(STATION, managed).unwrap().next().clone();
    let faces = station.faces();
    assert_eq!(faces.on(day("2025-10-31")).managing_authority, None);
    let face = faces.on(day("2025-11-01"));
    assert_eq!((face.managing_authority.clone(), face.parent), (Some(text("Sở Y tế")), Some(id(SCHOOL))));
}

#[test]
fn a_unit_ends_when_each_unit_below_it_has_a_place() {
    assert_eq!(
        faults(done(SCHOOL, dissolve(&[(STATION, OFFICE)], "2025-11-01"))),
        [("/subordinates".to_owned(), "unit.subordinateUnplaced")]
    );
    let wrong = dissolve(&[(STATION, SCHOOL), (STATION, OFFICE), (OFFICE, 77), (VILLAGE, OFFICE)], "2025-11-01");
    assert_eq!(
        faults(done(SCHOOL, wrong)),
        [
            ("/subordinates/0/parentId".to_owned(), "unit.ended"),
            ("/subordinates/1/unitId".to_owned(), "list.duplicate"),
            ("/subordinates/2/unitId".to_owned(), "unit.notSubordinate"),
            ("/subordinates/2/parentId".to_owned(), "reference.unknown"),
        ]
    );
    let circle = dissolve(&[(STATION, VILLAGE), (VILLAGE, STATION)], "2025-11-01");
    assert_eq!(faults(done(SCHOOL, circle)), [("/subordinates".to_owned(), "unit.underItself")]);

    let (ended, _, consequences) =
        done(SCHOOL, dissolve(&[(STATION, OFFICE), (VILLAGE, STATION)], "2025-11-01")).unwrap().into_parts();
    assert!(ended.exists_on(day("2025-10-31")) && !ended.exists_on(day("2025-11-01")));
    let Some(Consequence::Units(moved)) = consequences.first() else { panic!("nobody moved") };
    let places: Vec<_> = moved.iter().map(|change| change.next().faces().on(day("2025-11-01")).parent).collect();
    assert_eq!(places, [Some(id(STATION)), Some(id(OFFICE))], "the village and the station, by code");
}

#[test]
fn who_issues_or_compiles_a_campaign_does_not_end() {
    let mut command = dissolve(&[(SCHOOL, STATION)], "2025-11-01");
    command.facts.campaigns = vec![campaign()];
    assert_eq!(outcome(&done(OFFICE, command)), "unit.leadsCampaign");
}

#[test]
fn a_dissolved_unit_owes_what_ended_before_and_nothing_that_ends_later_and_what_fell_due_stays() {
    let owed_by = |effective: &str, at_instant: &str| {
        let mut command = dissolve(&[], effective);
        command.facts.campaigns = vec![campaign()];
        command.facts.periods = vec![period(1, &[SCHOOL, STATION])];
        let change = act(&admin(), entry(STATION), command, at(at_instant)).unwrap();
        let (_, _, consequences) = change.into_parts();
        let Some(Consequence::Periods(periods)) = consequences.into_iter().nth(1) else { panic!("no periods") };
        periods.first().map(|period| {
            assert_eq!(period.event().action, "period.owingChanged");
            period.next().owed.iter().map(|owed| owed.unit).collect::<Vec<_>>()
        })
    };
    // The period ends on 31 October and is due before 5 November.
    assert_eq!(owed_by("2025-11-01", "2025-10-20T08:00:00+07:00"), None, "it exists on the last day");
    assert_eq!(owed_by("2025-10-31", "2025-11-04T23:59:59+07:00"), Some(vec![id(SCHOOL)]));
    assert_eq!(owed_by("2025-10-31", "2025-11-05T00:00:00+07:00"), None, "it had fallen due");
}

#[test]
fn only_the_administrator_reorganises() {
    let refused = act(&coordinator(), entry(STATION), rename("A", "2025-11-01"), now());
    assert_eq!(outcome(&refused), "policy.roleMissing");
}

#[test]
fn what_was_stored_before_units_had_dates_still_reads() {
    let old = serde_json::json!({
        "root": {"id": "00000000-0000-0000-0000-000000000002", "version": 1, "createdAt": "2025-07-01T00:00:00Z",
                 "updatedAt": "2025-07-01T00:00:00Z"},
        "code": "TH1", "name": "Trường tiểu học mẫu", "type": "SCHOOL", "validFrom": "2025-07-01", "sample": true,
    });
    let read: Unit = serde_json::from_value(old).unwrap();
    assert_eq!((read.stage.code(), read.acts.len(), read.faces().iter().count()), ("ACTIVE", 0, 1));
}
