//! Imports: all rows or none, and what is wrong with each.

use super::*;
use crate::{
    policy::{could, permit},
    registration::{
        Content, CreationFacts,
        fixtures::{
            OCTOBER, SCHOOL, STATION, act, actor, at, campaign, coordinator, fresh_id, head, hectares, id, registered,
            text,
        },
    },
    time::Timestamp,
};

fn now() -> Timestamp {
    at(OCTOBER)
}

fn digest() -> Digest {
    text(&"a".repeat(64))
}

/// A registration before it is permitted.
type Draft = (Within<Campaign>, CreateRegistration);

fn draft(unit: u128, codes: &[&str]) -> Draft {
    let targets = codes.iter().map(|code| registered(code, hectares("1"))).collect();
    let facts = CreationFacts { unit_exists_today: true, ..CreationFacts::default() };
    let content = Content { targets, action_programme: None };
    (
        Within { parent: campaign(), unit: id(unit) },
        CreateRegistration { content, corrects: None, correction_reason: None, facts },
    )
}

fn rows(drafts: Vec<(Vec<u32>, Draft)>, faults: Vec<Fault>) -> ImportRegistrations {
    let row = |(parts, (subject, command)): (Vec<u32>, Draft)| Row {
        number: parts[0],
        parts,
        permitted: permit(&actor(Role::UnitHead, subject.unit.uuid().as_u128(), 7), subject).unwrap(),
        command,
    };
    let rows = drafts.into_iter().map(row).collect();
    ImportRegistrations(Rows {
        digest: digest(),
        effort: Effort::AllOrNothing,
        unreadable: Vec::new(),
        rows,
        unchanged: 0,
        faults,
    })
}

#[test]
fn every_row_becomes_what_it_would_be_alone_and_the_import_counts_them() {
    let drafts = vec![(vec![2, 3], draft(SCHOOL, &["T1", "T2"])), (vec![4], draft(STATION, &["T1"]))];
    let change = act(&head(), campaign(), rows(drafts, Vec::new()), now()).unwrap();
    let (import, event, consequences) = change.into_parts();
    assert_eq!((import.rows, import.created, import.unchanged), (2, 2, 0));
    assert_eq!((import.kind, import.campaign), (ImportKind::Registrations, Some(campaign().root.id)));
    assert_eq!((event.action, event.to), ("import.carriedOut", "CARRIED_OUT"));
    let [Consequence::Registrations(made)] = consequences.as_slice() else { panic!("{consequences:?}") };
    let units: Vec<_> = made.iter().map(|change| change.next().unit).collect();
    assert_eq!(units, [id(SCHOOL), id(STATION)]);
}

#[test]
fn one_fault_leaves_nothing_and_each_stands_where_its_row_does() {
    // The second target of the school, in row 9, has the code of its first; the row 3 could not become a command.
    let drafts = vec![(vec![4, 9], draft(SCHOOL, &["T1", "T1"])), (vec![5], draft(STATION, &["T1"]))];
    let unknown = Fault::at("/unitCode", Code::UnknownReference).in_row(3);
    let refusal = act(&head(), campaign(), rows(drafts, vec![unknown]), now()).unwrap_err();
    let faults: Vec<_> = refusal.faults.iter().map(|one| (one.row, one.pointer.as_str(), one.code)).collect();
    assert_eq!(refusal.code, Code::ImportRows);
    assert_eq!(faults, [(Some(3), "/unitCode", Code::UnknownReference), (Some(9), "/code", Code::Duplicate)]);
}

#[test]
fn a_refusal_that_names_no_field_is_one_of_the_whole_row() {
    let (within, mut command) = draft(SCHOOL, &["T1"]);
    command.facts.accepted = Some(fresh_id());
    let refusal = act(&head(), campaign(), rows(vec![(vec![2], (within, command))], Vec::new()), now()).unwrap_err();
    assert!(refusal.faults.iter().all(|fault| fault.row == Some(2)), "{refusal}");
    let empty = act(&head(), campaign(), rows(Vec::new(), Vec::new()), now()).unwrap_err();
    assert_eq!((empty.code, empty.faults.len()), (Code::ImportEmpty, 0));
}

#[test]
fn an_import_is_for_those_whose_job_its_rows_are_while_the_campaign_runs() {
    assert_eq!(could::<ImportMeasurements, _>(&head(), &campaign()), Ok(()));
    assert_eq!(could::<ImportMeasurements, _>(&coordinator(), &campaign()), Err(Code::RoleMissing));
    assert_eq!(could::<ImportUnits, _>(&actor(Role::Admin, SCHOOL, 9), &Directory), Ok(()));
    assert_eq!(could::<ImportUnits, _>(&head(), &Directory), Err(Code::RoleMissing));
    let mut ended = campaign();
    ended.stage = crate::campaign::Stage::Cancelled;
    assert_eq!(could::<ImportRegistrations, _>(&head(), &ended), Err(Code::CampaignNotRunning));
}

#[test]
fn with_best_effort_what_is_right_is_carried_out_and_of_the_rest_it_is_said_why_not() {
    let unknown = Fault::at("/unitCode", Code::UnknownReference).in_row(9);
    let unreadable =
        Rejection { row: 5, pointer: "/planned".to_owned(), code: "decimal.malformed".to_owned(), about: None };
    let with = |drafts, effort| {
        let ImportRegistrations(rows) = rows(drafts, vec![unknown.clone()]);
        let rows = ImportRegistrations(Rows { effort, unreadable: vec![unreadable.clone()], ..rows });
        act(&head(), campaign(), rows, now())
    };
    let drafts = || vec![(vec![2, 3], draft(SCHOOL, &["T1", "T1"])), (vec![4], draft(STATION, &["T1"]))];
    let (import, _, consequences) = with(drafts(), Effort::BestEffort).unwrap().into_parts();
    let [Consequence::Registrations(made)] = consequences.as_slice() else { panic!("{consequences:?}") };
    assert_eq!(made.iter().map(|change| change.next().unit).collect::<Vec<_>>(), [id(STATION)]);
    assert_eq!((import.rows, import.created, import.unchanged, import.rejected), (4, 1, 0, 3));
    let why: Vec<_> = import.rejections.iter().map(|one| (one.row, one.pointer.as_str(), one.code.as_str())).collect();
    assert_eq!(
        why,
        [(3, "/code", "list.duplicate"), (5, "/planned", "decimal.malformed"), (9, "/unitCode", "reference.unknown")]
    );
    let written = crate::canonical::canonical(&import).unwrap();
    assert_eq!(serde_json::from_str::<Import>(&written).unwrap(), import);

    assert_eq!(with(drafts(), Effort::AllOrNothing).unwrap_err().code, Code::ImportRows);
    let none = with(vec![(vec![2, 3], draft(SCHOOL, &["T1", "T1"]))], Effort::BestEffort).unwrap_err();
    assert_eq!((none.code, none.faults.len()), (Code::ImportRows, 2), "where nothing is right nothing is made");
}

#[test]
fn a_unit_may_stand_under_one_that_comes_with_a_row_before_and_goes_with_it() {
    let unit = |code: &str, parent: Option<Unit>| CreateUnit {
        code: text(code),
        name: text(code),
        unit_type: crate::unit::UnitType::Village,
        parent,
        managing_authority: None,
        valid_from: crate::registration::fixtures::day("2025-07-01"),
        sample: false,
    };
    let enter = |commands: Vec<CreateUnit>, effort| {
        let admin = actor(Role::Admin, SCHOOL, 7);
        let row = |(number, command): (u32, CreateUnit)| Row {
            number,
            parts: Vec::new(),
            permitted: permit(&admin, Directory).unwrap(),
            command,
        };
        let rows = (2..).zip(commands).map(row).collect();
        let (unreadable, faults) = (Vec::new(), Vec::new());
        let rows = Rows { digest: digest(), effort, unreadable, rows, unchanged: 0, faults };
        let above = BTreeMap::from([(3, text("A")), (4, text("B"))]);
        act(&admin, Directory, ImportUnits(rows, above), now()).map(Change::into_parts)
    };
    let three = || vec![unit("A", None), unit("B", None), unit("C", None)];
    let (_, _, consequences) = enter(three(), Effort::AllOrNothing).unwrap();
    let [Consequence::Units(made)] = consequences.as_slice() else { panic!("{consequences:?}") };
    let made: Vec<_> = made.iter().map(|change| change.next()).collect();
    assert_eq!((made[0].parent, made[1].parent), (None, Some(made[0].root.id)));
    assert_eq!(made[2].parent, Some(made[1].root.id));

    // The first stands under one that has ended.
    let ended = Unit { stage: crate::unit::Stage::Dissolved, ..made[0].clone() };
    let wrong = vec![unit("A", Some(ended)), unit("B", None), unit("C", None), unit("D", None)];
    let (import, _, _) = enter(wrong, Effort::BestEffort).unwrap();
    let why: Vec<_> = import.rejections.iter().map(|one| (one.row, one.code.as_str())).collect();
    assert_eq!(why, [(2, "unit.ended"), (3, "import.rowAbove"), (4, "import.rowAbove")]);
    assert_eq!((import.created, import.rejected), (1, 3));
}
