//! The seed of the Gia Lộc plan against the paper it was taken from: counts, days, numbers, parties; its words in `words`.

use std::collections::BTreeSet;

use serde_json::Value;
use thidua_domain::{
    campaign::plan::{DutyRole, ItemKind, Month, MovementKind, ObligationKind, Plan, ProjectKind, TimeLimit},
    canonical::canonical,
    measure::Measure,
    refusal::Code,
    text::{Token, fold},
    time::{Date, Deadline, Timestamp},
    unit::UnitType,
};

mod words;

const SEED: &str = include_str!("../../../persistence/seeds/gia-loc-2025.toml");
const PAPER: &str = include_str!("../../../persistence/seeds/gia-loc-2025.txt");

fn seed() -> toml::Table {
    SEED.parse().unwrap()
}

fn plan() -> Plan {
    seed()["plan"].clone().try_into().unwrap()
}

fn codes<'a>(codes: impl IntoIterator<Item = &'a Token>) -> Vec<&'a str> {
    codes.into_iter().map(Token::as_str).collect()
}

/// The numbers in a text, in their order.
fn numbers(text: &str) -> Vec<u32> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

fn day(year: u32, month: u32, day: u32) -> Date {
    Date::from_ymd_opt(i32::try_from(year).unwrap(), month, day).unwrap()
}

fn limit<'a>(plan: &'a Plan, code: &str) -> &'a TimeLimit {
    plan.deadlines.iter().find(|limit| limit.code.as_str() == code).unwrap()
}

#[test]
fn the_seed_is_a_whole_plan_that_could_be_submitted() {
    let plan = plan();
    assert_eq!(plan.check(), []);
    assert_eq!(plan.check_ready_for_submission(), []);
}

#[test]
fn the_seed_has_as_many_items_as_the_paper() {
    let plan = plan();
    let tasks = |field: &str| plan.tasks.iter().filter(|task| task.field.as_str() == field).count();
    assert_eq!(codes(plan.fields.iter().map(|field| &field.code)), ["3.1", "3.2", "3.3", "3.4"]);
    assert_eq!(["3.1", "3.2", "3.3", "3.4"].map(tasks), [8, 7, 4, 3]);
    let movements = |kind| plan.movements.iter().filter(|movement| movement.kind == kind).count();
    let kinds = [MovementKind::Named, MovementKind::SectionThree, MovementKind::Family];
    assert_eq!(kinds.map(movements), [8, 2, 2]);
    let lines = |party: &str| plan.duties.iter().filter(|duty| duty.party.as_str() == party).count();
    assert_eq!(["PKT", "VHXH", "VP", "TTVH", "TTHCC", "MTTQ", "DVDB"].map(lines), [2, 3, 2, 2, 2, 1, 2]);
    let projects = |kind| plan.projects.iter().filter(|project| project.kind == kind).count();
    assert_eq!([ProjectKind::LandClearance, ProjectKind::Construction].map(projects), [4, 3]);
    assert_eq!((plan.tasks.len(), plan.movements.len(), plan.duties.len()), (22, 12, 14));
    assert_eq!((plan.events.len(), plan.legal_bases.len(), plan.solutions.len()), (4, 10, 6));
    assert_eq!((plan.plan_targets.len(), plan.deadlines.len(), plan.award_rules.len()), (2, 7, 5));
    assert_eq!(plan.recipients.len(), 6);
    assert_eq!(plan.recipients[5].text.text().as_str(), "Lưu: VT, VHXH");
    assert_eq!(codes(plan.recipients.iter().filter(|line| line.filed).map(|line| &line.code)), ["R6"]);
}

#[test]
fn the_report_to_the_city_is_due_before_the_day_that_the_paper_prints() {
    let plan = plan();
    let printed = limit(&plan, "D4").source.text.printed.as_str();
    assert!(printed.contains("trước ngày 15 tháng 12 năm 2025"));
    let [on, month, year] = numbers(printed)[..] else { panic!("{printed}") };
    let due = limit(&plan, "D4").due_before.unwrap();
    assert_eq!(due, Deadline::before(day(year, month, on)));
    assert!(!due.missed_at(Timestamp::parse("2025-12-14T23:59:59.999999+07:00").unwrap()));
    assert!(due.missed_at(Timestamp::parse("2025-12-15T00:00:00+07:00").unwrap()));
    assert!(due.last_day() < plan.end_date.unwrap(), "the report is due while the campaign is running");
    let owed = plan.obligations.iter().find(|owed| owed.kind == ObligationKind::CityFinal).unwrap();
    assert_eq!((owed.party.as_str(), owed.to.as_ref().unwrap().as_str()), ("VHXH", "UBNDTP"));
    assert_eq!(plan.due_before(owed), Some(due));
}

#[test]
fn month_and_last_day_are_those_that_the_paper_prints() {
    let plan = plan();
    let issued = limit(&plan, "D1");
    let [month, year] = numbers(issued.source.text.printed.as_str())[..] else { panic!("{issued:?}") };
    assert_eq!(issued.month, Month::parse(&format!("{year}-{month:02}")));
    assert_eq!(plan.header.as_ref().unwrap().issued_month, issued.month);

    let last = limit(&plan, "D3");
    assert_eq!(last.source.text.printed.as_str(), "đến hết tháng 12 năm 2025");
    let [month, year] = numbers(last.source.text.printed.as_str())[..] else { panic!("{last:?}") };
    assert_eq!(last.last_date, day(year + month / 12, month % 12 + 1, 1).pred_opt());
    assert_eq!(plan.end_date, last.last_date);

    assert_eq!((plan.start_date, plan.earliest_start()), (None, Some(day(2025, 9, 9))));
    for code in ["D2", "D5", "D6", "D7"] {
        let open = limit(&plan, code);
        assert!(open.month.is_none() && open.last_date.is_none() && open.due_before.is_none(), "{code} names no day");
        assert!(!open.source.text.printed.as_str().contains("ngày 1"), "{code}");
    }
}

#[test]
fn the_one_number_of_the_plan_is_97_percent() {
    let plan = plan();
    assert_eq!(PAPER.matches('%').count(), 1);
    let insurance = plan.plan_targets.iter().find(|target| target.code.as_str() == "BHYT").unwrap();
    assert!(insurance.source.text.printed.as_str().contains("97%"));
    let Measure::Share { planned, baseline, .. } = &insurance.measure else { panic!("{insurance:?}") };
    assert_eq!(numbers(insurance.source.text.printed.as_str()), [97]);
    assert_eq!(planned.to_string(), "97");
    assert!(baseline.is_none() && insurance.owner_assumed);
    assert_eq!(insurance.owner.as_ref().unwrap().as_str(), "VHXH");
}

#[test]
fn the_counted_list_has_the_four_projects_to_clear() {
    let plan = plan();
    let clearing = plan.plan_targets.iter().find(|target| target.code.as_str() == "GPMB").unwrap();
    assert!(clearing.source.text.printed.as_str().contains("04 dự án"));
    let Measure::Milestone { steps } = &clearing.measure else { panic!("{clearing:?}") };
    let cleared = plan.projects.iter().filter(|project| project.kind == ProjectKind::LandClearance);
    assert!(
        cleared.map(|project| (&project.code, &project.name)).eq(steps.iter().map(|step| (&step.code, &step.name)))
    );
    let bypass = Token::parse("C2").unwrap();
    assert_eq!(plan.project_identity(&bypass).as_str(), "P1");
    let inferred = plan.projects.iter().filter_map(|project| project.same_as.as_ref()).all(|same| same.inferred);
    assert!(inferred);
    let groups = plan.projects.iter().filter(|project| project.group).map(|project| &project.code);
    assert_eq!(codes(groups), ["C1", "C3"]);
}

#[test]
fn a_duty_has_the_roles_whose_verbs_its_line_prints() {
    let verbs = [
        (DutyRole::Lead, "chu tri"),
        (DutyRole::Advise, "tham muu"),
        (DutyRole::Coordinate, "phoi hop"),
        (DutyRole::Launch, "phat dong"),
    ];
    for duty in plan().duties {
        let line = fold(duty.text.text().as_str());
        for (role, verb) in verbs {
            assert_eq!(duty.roles.contains(&role), line.contains(verb), "{}: {verb}", duty.code);
        }
        // "Tổ chức" is also a noun, so the verb is only necessary.
        assert!(!duty.roles.contains(&DutyRole::Organise) || line.contains("to chuc"), "{}", duty.code);
    }
}

#[test]
fn only_defence_and_the_internal_situation_are_restricted() {
    let plan = plan();
    let restricted = plan.tasks.iter().map(|task| &task.code).filter(|code| plan.is_restricted(code));
    assert_eq!(codes(restricted), ["3.3.1", "3.3.2"]);
}

#[test]
fn schools_and_the_health_station_owe_three_papers_and_villages_none() {
    let plan = plan();
    let owed = |code: &str, unit_type| {
        let unit = Token::parse(code).unwrap();
        plan.obligations_of(&unit, unit_type).map(|owed| owed.kind).collect::<Vec<_>>()
    };
    let three = [ObligationKind::ActionProgramme, ObligationKind::Registration, ObligationKind::Periodic];
    for unit_type in [UnitType::School, UnitType::HealthStation, UnitType::OtherAgency] {
        assert_eq!(owed("ANY", unit_type), three);
    }
    for unit_type in [UnitType::Village, UnitType::Cooperative, UnitType::Enterprise, UnitType::ArmedForce] {
        assert_eq!(owed("ANY", unit_type), []);
    }
    assert_eq!(
        owed("VP", UnitType::Office),
        [ObligationKind::Periodic, ObligationKind::Interim, ObligationKind::Summary]
    );
    assert_eq!(owed("VHXH", UnitType::Department), [ObligationKind::CityFinal]);
    assert_eq!(owed("PKT", UnitType::Department), []);
    let routed = plan.obligations.iter().filter(|owed| owed.through.is_some()).collect::<Vec<_>>();
    assert_eq!(codes(routed.iter().map(|owed| &owed.party)), ["DVDB"]);
    assert!(routed[0].source.text.printed.as_str().contains("(qua Phòng Văn hóa – Xã hội)"));
}

#[test]
fn what_the_paper_does_not_say_is_marked() {
    let plan = plan();
    assert!(plan.tasks.iter().flat_map(|task| &task.assignments).all(|assignment| assignment.inferred));
    assert!(plan.plan_targets.iter().all(|target| target.owner_assumed));
    assert_eq!(plan.open_list.unwrap().sources.len(), 2);
}

#[test]
fn the_units_of_the_directory_are_those_that_the_plan_names() {
    let (seed, plan) = (seed(), plan());
    let units = seed["units"].as_array().unwrap();
    let named: Vec<_> = plan.parties.iter().filter(|party| party.is_one_unit()).collect();
    assert_eq!((units.len(), named.len()), (7, 7));
    for (unit, party) in units.iter().zip(named) {
        assert_eq!(unit["code"].as_str(), Some(party.code.as_str()));
        assert_eq!(unit["name"].as_str(), Some(party.name.as_str()));
        assert!(UnitType::ALL.iter().any(|known| Some(known.as_str()) == unit["type"].as_str()), "{unit}");
        assert!(unit["sample"].as_bool() == Some(false) && unit.get("eCode").is_none());
    }
    let (commune, authority) = (&seed["commune"]["adminCodes"][0], &units[0]);
    assert_eq!(commune["code"], authority["adminCode"]);
    assert_eq!(commune["provinceCode"], authority["provinceCode"]);
    assert_eq!(commune["validFrom"], authority["adminCodeValidFrom"]);
}

#[test]
fn codes_may_be_referred_to_and_are_unique() {
    let plan = plan();
    let items = plan.codes();
    let unique: BTreeSet<_> = items.iter().map(|(code, _)| code).collect();
    assert_eq!(unique.len(), items.len());
    for (code, kind) in [("3.2.7", ItemKind::Task), ("M10", ItemKind::Movement), ("BHYT", ItemKind::PlanTarget)] {
        assert!(items.contains(&(&Token::parse(code).unwrap(), kind)), "{code}");
    }
}

#[test]
fn the_plan_survives_the_wire_byte_by_byte() {
    let plan = plan();
    let bytes = canonical(&plan).unwrap();
    let back: Plan = serde_json::from_str(&bytes).unwrap();
    assert_eq!(back, plan);
    assert_eq!(canonical(&back).unwrap(), bytes);
    assert!(!bytes.contains("null"));
}

#[test]
fn a_slip_of_the_pen_in_the_seed_is_found() {
    let slips = [
        ("/tasks/3/field", "3.5", "/tasks/3/field", Code::UnknownReference),
        ("/tasks/3/code", "3.1.3", "/tasks/3/code", Code::Duplicate),
        ("/legalBases/2/symbol", "46-CTATU", "/legalBases/2/symbol", Code::SymbolMalformed),
        ("/legalBases/0/grammar", "PARTY", "/legalBases/0/symbol", Code::SymbolMalformed),
        ("/endDate", "2025-09-08", "/endDate", Code::EndBeforeStart),
        ("/planTargets/0/measure/planned", "970", "/planTargets/0/measure/planned", Code::ShareOverWhole),
        ("/projects/5/sameAs/project", "P5", "/projects/5/sameAs/project", Code::UnknownReference),
        ("/duties/0/party", "DVDB", "/duties/0/party", Code::LeadNotOne),
    ];
    let whole = serde_json::to_value(plan()).unwrap();
    for (pointer, value, at, code) in slips {
        let mut broken = whole.clone();
        *broken.pointer_mut(pointer).unwrap() = Value::from(value);
        let faults = serde_json::from_value::<Plan>(broken).unwrap().check();
        let named: Vec<_> = faults.iter().map(|fault| (fault.pointer.as_str(), fault.code)).collect();
        assert_eq!(named, [(at, code)], "{pointer} = {value}");
    }
}
