//! The rules alone, without a service: every action, every role, every relation, asked of the very function that guards
//! the commands.

use std::collections::BTreeSet;

use thidua_domain::{
    change::{Change, Moment},
    id::Id,
    policy::{Action, Addressee, Command, Part, Permitted, Subject, could, permit},
    principal::{Actor, PersonId, PrincipalKind, Role},
    refusal::{Code, Kind, Refusal},
    unit::{Unit, UnitId},
};
use uuid::Uuid;

use super::oracle::{Line, Standing, oracle};

/// Something of a unit in a campaign, with the people who had a part in it.
#[derive(Clone, Copy, Debug)]
struct Paper {
    unit: Option<UnitId>,
    compiler: UnitId,
    drafter: PersonId,
    submitter: PersonId,
    signer: PersonId,
    addressee: Option<Addressee>,
    judges: &'static [Role],
    in_register: bool,
}

impl Subject for Paper {
    fn unit(&self) -> Option<UnitId> {
        self.unit
    }
    fn coordinating_unit(&self) -> Option<UnitId> {
        Some(self.compiler)
    }
    fn addressee(&self) -> Option<Addressee> {
        self.addressee
    }
    fn in_register(&self) -> bool {
        self.in_register
    }
    fn judged_by(&self, role: Role) -> bool {
        self.judges.contains(&role)
    }
    fn took_part(&self, part: Part, person: PersonId) -> bool {
        match part {
            Part::Drafter => self.drafter == person,
            Part::Submitter => self.submitter == person,
            Part::Signer => self.signer == person,
        }
    }
}

/// A command that does nothing, under the action of this number.
struct Probe<const N: usize>;

impl<const N: usize> Command<Paper> for Probe<N> {
    const ACTION: Action = Action::ALL[N];
    type Of = Unit;

    fn ready(_: &Paper) -> Result<(), Code> {
        Ok(())
    }

    fn apply(self, _: Permitted<Self, Paper>, _: Moment<'_>) -> Result<Change<Unit>, Refusal> {
        Err(Code::Invalid.into())
    }
}

type Asked = fn(&Actor, &Paper) -> Result<(), Code>;

/// What `actions` asks, held against what the command itself asks: they are one.
fn ask<const N: usize>(actor: &Actor, paper: &Paper) -> Result<(), Code> {
    let flag = could::<Probe<N>, Paper>(actor, paper);
    let answer = permit::<Probe<N>, Paper>(actor, *paper).map(drop);
    assert_eq!(flag, answer.map_err(|refusal| refusal.code));
    flag
}

macro_rules! asked {
    ($($n:literal)*) => { &[ $( ask::<$n>, )* ] };
}

const ASKED: &[Asked] = asked!(
    0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37
    38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 68 69 70 71 72 73 74 75 76
    77 78 79
);

const ADDRESSEES: [Option<Addressee>; 3] = [None, Some(Addressee::City), Some(Addressee::Committee)];

const JUDGES: [&[Role]; 2] = [&[Role::Coordinator, Role::ViceChair], &[Role::Office, Role::Chair]];

/// A paper in whose life nobody who is asked has had a part; unit 12 compiles the campaign.
fn paper(unit: Option<UnitId>, addressee: Option<Addressee>) -> Paper {
    let nobody = id(99);
    let judges = JUDGES[0];
    Paper {
        unit,
        compiler: id(12),
        drafter: nobody,
        submitter: nobody,
        signer: nobody,
        addressee,
        judges,
        in_register: false,
    }
}

/// Every kind of paper, but for whose it is.
fn kinds() -> impl Iterator<Item = (Option<Addressee>, &'static [Role], bool)> {
    let judged = ADDRESSEES.into_iter().flat_map(|to| JUDGES.map(|judges| (to, judges)));
    judged.flat_map(|(to, judges)| [false, true].map(|in_register| (to, judges, in_register)))
}

fn id<T>(number: u128) -> Id<T> {
    Id::new(Uuid::from_u128(number))
}

fn actor(roles: &[(Role, Option<UnitId>)], works_at: Option<UnitId>) -> Actor {
    Actor {
        id: id(1),
        person: id(2),
        kind: PrincipalKind::Person,
        issuer: String::new(),
        subject: String::new(),
        name: String::new(),
        authentication: None,
        title: None,
        unit: works_at,
        roles: roles.to_vec(),
        mandates: Vec::new(),
        heritage: Vec::new(),
    }
}

fn lines() -> Vec<(Line, Asked)> {
    assert_eq!(ASKED.len(), Action::ALL.len(), "a number is missing in `ASKED`, or one too many");
    let table = oracle();
    let named: BTreeSet<_> = table.iter().map(|line| line.operation.as_str()).collect();
    let known: BTreeSet<_> = Action::ALL.iter().map(|action| action.as_str()).collect();
    assert_eq!(named, known, "table and code speak of different commands");
    assert_eq!(table.len(), known.len(), "a command stands in the table twice");
    let asked = |line: &Line| {
        let index = Action::ALL.iter().position(|action| action.as_str() == line.operation).unwrap();
        ASKED[index]
    };
    table.into_iter().map(|line| (asked(&line), line)).map(|(asked, line)| (line, asked)).collect()
}

fn of_unit(role: Role) -> bool {
    matches!(role, Role::UnitOfficer | Role::UnitHead)
}

#[test]
fn every_pair_of_roles_may_do_what_the_table_says_and_nothing_else() {
    let (home, elsewhere, compiler): (UnitId, UnitId, UnitId) = (id(10), id(11), id(12));
    let places = [Some(home), Some(compiler), None];
    for (line, asked) in lines() {
        for (first, second) in Role::ALL.iter().flat_map(|first| Role::ALL.iter().map(move |second| (*first, *second)))
        {
            for (works_at, held_for) in places.iter().flat_map(|place| [(*place, *place), (*place, Some(elsewhere))]) {
                let roles = [first, second].map(|role| (role, held_for.filter(|_| of_unit(role))));
                for object in [Some(home), Some(elsewhere), Some(compiler), None] {
                    for (addressee, judges, in_register) in kinds() {
                        let paper = Paper { judges, in_register, ..paper(object, addressee) };
                        let said = asked(&actor(&roles, works_at), &paper);
                        let compiler = paper.compiler;
                        let standing = Standing { object, compiler, works_at, addressee, judges, in_register };
                        assert_eq!(
                            said.is_ok(),
                            line.allows(&roles, standing),
                            "{}: {roles:?} {standing:?}",
                            line.operation
                        );
                        assert!(said.err().is_none_or(|code| code.kind() == Kind::Forbidden));
                    }
                }
            }
        }
    }
}

#[test]
fn who_took_a_part_is_kept_from_the_other_whatever_roles_that_person_holds() {
    let (held_for, elsewhere): (UnitId, UnitId) = (id(11), id(10));
    let everything: Vec<_> = Role::ALL.iter().map(|role| (*role, of_unit(*role).then_some(held_for))).collect();
    let person = actor(&everything, None);
    for (line, asked) in lines() {
        let papers = [held_for, elsewhere].into_iter().flat_map(|unit| ADDRESSEES.map(|to| paper(Some(unit), to)));
        let found = papers.into_iter().find(|paper| asked(&person, paper).is_ok()).unwrap();
        for (part, took) in [
            (Part::Drafter, Paper { drafter: id(2), ..found }),
            (Part::Submitter, Paper { submitter: id(2), ..found }),
            (Part::Signer, Paper { signer: id(2), ..found }),
        ] {
            let wanted = if line.apart.contains(&part) { Err(Code::SamePerson) } else { Ok(()) };
            assert_eq!(asked(&person, &took), wanted, "{} {part:?}", line.operation);
        }
    }
}

#[test]
fn who_holds_no_role_may_do_nothing() {
    let unit = id(10);
    for (line, asked) in lines() {
        assert_eq!(
            asked(&actor(&[], Some(unit)), &paper(Some(unit), None)),
            Err(Code::RoleMissing),
            "{}",
            line.operation
        );
    }
}

#[test]
fn auditors_write_nothing_and_administrators_judge_nothing() {
    for line in oracle() {
        let judges = JUDGES[0];
        let (compiler, in_register) = (id(12), true);
        let standing = |addressee| Standing { object: None, compiler, works_at: None, addressee, judges, in_register };
        let held = |role| ADDRESSEES.iter().any(|to| line.allows(&[(role, None)], standing(*to)));
        assert!(!held(Role::Auditor), "{}", line.operation);
        let judges = ["sign", "accept", "return", "issue", "launch", "cancel"];
        assert!(
            !held(Role::Admin) || !judges.iter().any(|verb| line.operation.starts_with(verb)),
            "{}",
            line.operation
        );
    }
}
