use super::*;
use crate::{
    campaign::Campaign,
    change::{Change, Edge},
    policy::could,
    refusal::{Code, Refusal},
    registration::fixtures::{
        OFFICE, SCHOOL, STATION, VILLAGE, act, actor, at, campaign, chair, coordinator, day, faults, head, outcome,
        period, portal, text, unit,
    },
    unit::{Unit, UnitType},
};

const BEFORE_DUE: &str = "2025-11-04T23:59:59.999999+07:00";
const DUE: &str = "2025-11-05T00:00:00+07:00";

fn create() -> CreatePeriod {
    CreatePeriod {
        code: text("2025-10"),
        name: text("Tháng 10 năm 2025"),
        kind: PeriodKind::Monthly,
        start_date: day("2025-10-01"),
        end_date: day("2025-10-31"),
        opens_at: at("2025-10-25T00:00:00+07:00"),
        due_before: Deadline::before(day("2025-11-05")),
        closes_at: at("2025-11-10T00:00:00+07:00"),
        facts: PeriodFacts {
            code_taken: false,
            directory: vec![unit(VILLAGE), unit(STATION), unit(SCHOOL), unit(OFFICE)],
        },
    }
}

fn plan_it(command: CreatePeriod) -> Result<Change<Period>, Refusal> {
    act(&coordinator(), campaign(), command, at("2025-09-20T08:00:00+07:00"))
}

fn in_stage(stage: &str) -> Period {
    let now = at(DUE);
    let stage = match stage {
        "PLANNED" => Stage::Planned,
        "OPEN" => Stage::Open { opened_at: now },
        "CLOSED" => Stage::Closed { closed_at: now },
        _ => Stage::Reopened { reopened_at: now, reason: text("Bổ sung") },
    };
    Period { stage, ..period(1, &[SCHOOL]) }
}

const COMMANDS: [&str; 3] = ["openPeriod", "closePeriod", "reopenPeriod"];

// What each command (in the order above) makes of a period in each stage, or why not.
const TABLE: [(&str, [&str; 3]); 4] = [
    ("PLANNED", ["OPEN", "period.notOpen", "period.notClosed"]),
    ("OPEN", ["period.notPlanned", "CLOSED", "period.notClosed"]),
    ("CLOSED", ["period.notPlanned", "period.notOpen", "REOPENED"]),
    ("REOPENED", ["period.notPlanned", "CLOSED", "period.notClosed"]),
];

fn attempt(command: usize, on: Period) -> (&'static str, Result<(), Code>) {
    let who = coordinator();
    match command {
        0 => {
            let may = could::<OpenPeriod, _>(&who, &on);
            (outcome(&act(&who, on, OpenPeriod, at(DUE))), may)
        }
        1 => {
            let may = could::<ClosePeriod, _>(&who, &on);
            (outcome(&act(&who, on, ClosePeriod, at(DUE))), may)
        }
        _ => {
            let may = could::<ReopenPeriod, _>(&who, &on);
            (outcome(&act(&who, on, ReopenPeriod { reason: text("Bổ sung") }, at(DUE))), may)
        }
    }
}

#[test]
fn every_command_in_every_stage_answers_as_the_table_says_and_as_actions_foretell() {
    let mut edges: Vec<Edge> = vec![("", "createPeriod", "PLANNED")];
    for (stage, cells) in TABLE {
        for (command, expected) in cells.into_iter().enumerate() {
            let (answer, may) = attempt(command, in_stage(stage));
            assert_eq!(answer, expected, "{stage} {}", COMMANDS[command]);
            match may {
                Ok(()) => edges.push((stage, COMMANDS[command], expected)),
                Err(code) => assert_eq!(code.as_str(), expected),
            }
        }
    }
    let mut chart = Stage::edges().to_vec();
    edges.sort_unstable();
    chart.sort_unstable();
    assert_eq!(edges, chart);
}

#[test]
fn only_whom_the_plan_obliges_owes_a_report_and_with_its_sentence() {
    let change = plan_it(create()).unwrap();
    let owed: Vec<_> = change.next().owed.iter().map(|owed| owed.unit).collect();
    assert_eq!(owed, [unit(SCHOOL).root.id, unit(STATION).root.id]);
    assert_eq!(change.next().owed[0].obligation.as_str(), "O3");
    assert_eq!(change.next().owed[0].source.as_str(), "định kỳ báo cáo kết quả về UBND xã");
}

#[test]
fn an_office_that_compiles_owes_no_report_to_be_compiled() {
    let mut command = create();
    command.facts.directory.push(Unit { code: text("VP"), unit_type: UnitType::Office, ..unit(8) });
    assert_eq!(plan_it(command).unwrap().next().owed.len(), 2);
}

#[test]
fn a_unit_that_no_longer_exists_at_the_end_of_the_period_owes_nothing() {
    let mut command = create();
    for entry in &mut command.facts.directory {
        entry.valid_before = (entry.code.as_str() == "TYT").then(|| day("2025-10-31"));
    }
    assert_eq!(plan_it(command).unwrap().next().owed.len(), 1);
}

#[test]
fn a_period_opens_falls_due_and_closes_in_this_order() {
    let mut command = create();
    command.end_date = day("2025-09-30");
    command.opens_at = at("2025-11-06T00:00:00+07:00");
    command.closes_at = at("2025-11-01T00:00:00+07:00");
    assert_eq!(
        faults(plan_it(command)),
        [
            ("/endDate".to_owned(), "date.endBeforeStart"),
            ("/dueBefore".to_owned(), "period.outOfOrder"),
            ("/closesAt".to_owned(), "period.outOfOrder")
        ]
    );
    let mut at_once = create();
    at_once.opens_at = at_once.due_before.instant();
    at_once.closes_at = at_once.due_before.instant();
    assert_eq!(outcome(&plan_it(at_once)), "PLANNED");
}

#[test]
fn a_code_stands_for_one_period_of_a_running_campaign() {
    let mut command = create();
    command.facts.code_taken = true;
    assert_eq!(faults(plan_it(command)), [("/code".to_owned(), "period.codeTaken")]);
    let issued = Campaign { stage: crate::campaign::Stage::Draft, ..campaign() };
    assert_eq!(outcome(&act(&coordinator(), issued, create(), at(DUE))), "campaign.notRunning");
    assert_eq!(outcome(&act(&chair(), campaign(), create(), at(DUE))), "policy.roleMissing");
}

#[test]
fn a_period_stays_open_while_reports_can_still_be_on_time() {
    let refused = act(&coordinator(), in_stage("OPEN"), ClosePeriod, at(BEFORE_DUE));
    assert_eq!(outcome(&refused), "period.stillDue");
    assert_eq!(outcome(&act(&coordinator(), in_stage("OPEN"), ClosePeriod, at(DUE))), "CLOSED");
}

#[test]
fn a_reason_goes_with_reopening() {
    let change =
        act(&coordinator(), in_stage("CLOSED"), ReopenPeriod { reason: text("Trạm y tế xin nộp bù") }, at(DUE))
            .unwrap();
    assert_eq!(change.event().reason, Some(text("Trạm y tế xin nộp bù")));
    assert!(change.next().stage.takes_reports());
}

#[test]
fn those_who_report_and_those_who_follow_see_periods() {
    let seen = |actor: &Actor| in_stage("OPEN").visible_to(actor);
    assert!(seen(&head()) && seen(&coordinator()) && seen(&actor(Role::Auditor, 9, 90)));
    for role in [Role::Portal, Role::Communications, Role::Clerk, Role::Accountant, Role::CouncilMember, Role::Admin] {
        assert!(!seen(&actor(role, OFFICE, 50)), "{role:?}");
    }
    assert!(!seen(&portal()));
}
