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
    ImportRegistrations(Rows { digest: digest(), rows: drafts.into_iter().map(row).collect(), unchanged: 0, faults })
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
