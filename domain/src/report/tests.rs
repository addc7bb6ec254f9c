use super::*;
use crate::{
    attachment::Proven,
    change::{Change, Consequence, Edge},
    measure::Value,
    period::{self, Period},
    policy::{Within, could},
    principal::Role,
    refusal::{Code, Refusal},
    registration::{
        Acceptance,
        fixtures::{
            OFFICE, SCHOOL, STATION, act, actor, at, campaign, coordinator, day, faults, fresh_id, head, id, insurance,
            officer, outcome, period as planned, plan, portal, root, share, target, text,
        },
    },
    rule::RuleFacts,
    target::{Measurement, MeasurementId, Target},
    time::Deadline,
    unit::UnitType,
};

mod compliance;
mod evidence;
mod judging;
mod numbers;
mod walks;

const ON_TIME: &str = "2025-11-04T23:59:59.999999+07:00";
const LATE: &str = "2025-11-05T00:00:00+07:00";

fn now() -> Timestamp {
    at(ON_TIME)
}

fn open_period() -> Period {
    Period { stage: period::Stage::Open { opened_at: at("2025-10-25T00:00:00+07:00") }, ..planned(1, &[SCHOOL]) }
}

fn closed_period() -> Period {
    Period { stage: period::Stage::Closed { closed_at: at("2025-11-10T00:00:00+07:00") }, ..planned(1, &[SCHOOL]) }
}

fn within(period: Period) -> Within<PeriodContext> {
    Within { parent: PeriodContext { campaign: campaign(), period }, unit: id(SCHOOL) }
}

fn create(content: Content) -> CreateReport {
    let facts = CreationFacts { unit_existed: true, ..CreationFacts::default() };
    CreateReport { content, corrects: None, correction_reason: None, facts }
}

fn correction(of: &Report) -> CreateReport {
    let facts = CreationFacts { unit_existed: true, current: Some(of.clone()), ..CreationFacts::default() };
    let correction_reason = Some(text("Số liệu nhầm"));
    CreateReport { content: written(), corrects: Some(of.root.id), correction_reason, facts }
}

/// The unit has two targets, BHYT with a measurement of 96.995 %, and another that is explained.
fn targets() -> Vec<Target> {
    vec![target(41, SCHOOL, "BHYT", insurance()), target(42, SCHOOL, "T2", insurance())]
}

fn measured(number: u128, target: u128, value: Value) -> Measurement {
    Measurement {
        root: root(number),
        target: id(target),
        campaign: id(500),
        unit: id(SCHOOL),
        as_of: day("2025-10-31"),
        reached: Some(insurance().reached(&value)),
        value,
        note: None,
        recorded_by: id(20),
    }
}

/// A measurement beside which nothing stands.
fn proven(measurement: Measurement) -> Proven {
    Proven { measurement, evidence: Vec::new() }
}

fn says(target: u128, measurement: Option<u128>, explanation: Option<&str>) -> TargetResult {
    let measurement: Option<MeasurementId> = measurement.map(id);
    TargetResult { target: id(target), measurement, explanation: explanation.map(text) }
}

fn written() -> Content {
    Content {
        leadership: Some(Leadership { text: text("Đã ban hành"), documents_issued: Some(2), people_reached: None }),
        target_results: vec![says(41, Some(61), None), says(42, None, Some("Chưa thực hiện"))],
        ..Content::default()
    }
}

fn facts() -> SubmissionFacts {
    let measurements =
        [measured(61, 41, share("96995", "100000")), measured(62, 42, share("1", "2"))].map(proven).into();
    SubmissionFacts {
        targets: targets(),
        measurements,
        rules: RuleFacts::default(),
        unit_existed: true,
        unit_type: UnitType::School,
    }
}

fn draft() -> Report {
    act(&officer(), within(open_period()), create(written()), now()).unwrap().next().clone()
}

fn hand_in(report: Report, period: Period, now: Timestamp) -> Result<Change<Report>, Refusal> {
    act(
        &head(),
        Filed { report, terms: period.terms() },
        SubmitReport { numbered: Numbered::default(), facts: facts() },
        now,
    )
}

fn submitted() -> Report {
    hand_in(draft(), open_period(), now()).unwrap().next().clone()
}

fn accept(report: Report, corrected: Option<Report>) -> Result<Change<Report>, Refusal> {
    act(&coordinator(), report, AcceptReport { facts: AcceptanceFacts { corrected } }, now())
}

fn accepted() -> Report {
    accept(submitted(), None).unwrap().next().clone()
}

fn return_it(report: Report) -> Result<Change<Report>, Refusal> {
    let command = ReturnReport { reason: text("Thiếu số liệu"), remarks: Vec::new(), resubmit_before: None };
    act(&coordinator(), report, command, now())
}

fn in_stage(stage: &str) -> Report {
    let acceptance = || Acceptance::of(&coordinator(), now());
    match stage {
        "DRAFT" => draft(),
        "SUBMITTED" => submitted(),
        "RETURNED" => return_it(submitted()).unwrap().next().clone(),
        "ACCEPTED" => accepted(),
        "LOCKED" => lock(&accepted(), fresh_id(), now()).unwrap().next().clone(),
        _ => Report { stage: Stage::Superseded { acceptance: acceptance(), by: fresh_id() }, ..accepted() },
    }
}

const COMMANDS: [&str; 5] = ["replaceReport", "submitReport", "acceptReport", "returnReport", "signConsolidatedReport"];
const SETTLED: [&str; 5] =
    ["report.notEditable", "report.notEditable", "report.notSubmitted", "report.notSubmitted", "-"];

// What each command (in the order above) makes of a report in each stage, or why not; the last one locks what it can.
const TABLE: [(&str, [&str; 5]); 6] = [
    ("DRAFT", ["DRAFT", "SUBMITTED", "report.notSubmitted", "report.notSubmitted", "-"]),
    ("SUBMITTED", ["report.notEditable", "report.notEditable", "ACCEPTED", "RETURNED", "-"]),
    ("RETURNED", ["RETURNED", "SUBMITTED", "report.notSubmitted", "report.notSubmitted", "-"]),
    ("ACCEPTED", ["report.notEditable", "report.notEditable", "report.notSubmitted", "report.notSubmitted", "LOCKED"]),
    ("LOCKED", SETTLED),
    ("SUPERSEDED", SETTLED),
];

fn attempt(command: usize, on: Report) -> (&'static str, Option<Result<(), Code>>) {
    match command {
        0 => {
            let may = could::<ReplaceReport, _>(&officer(), &on);
            let command = ReplaceReport { content: written(), facts: ReportFacts { plan: plan(), unit_existed: true } };
            (outcome(&act(&officer(), on, command, now())), Some(may))
        }
        1 => {
            let may = could::<SubmitReport, _>(&head(), &Filed { report: on.clone(), terms: open_period().terms() });
            (outcome(&hand_in(on, open_period(), now())), Some(may))
        }
        2 => {
            let may = could::<AcceptReport, _>(&coordinator(), &on);
            (outcome(&accept(on, None)), Some(may))
        }
        3 => {
            let may = could::<ReturnReport, _>(&coordinator(), &on);
            (outcome(&return_it(on)), Some(may))
        }
        _ => (lock(&on, fresh_id(), now()).map_or("-", |change| change.next().stage_code()), None),
    }
}

#[test]
fn every_command_in_every_stage_answers_as_the_table_says_and_as_actions_foretell() {
    let mut edges: Vec<Edge> = vec![
        ("", "createReport", "DRAFT"),
        ("ACCEPTED", "acceptReport", "SUPERSEDED"),
        ("LOCKED", "acceptReport", "SUPERSEDED"),
    ];
    for (stage, cells) in TABLE {
        for (command, expected) in cells.into_iter().enumerate() {
            let (answer, may) = attempt(command, in_stage(stage));
            assert_eq!(answer, expected, "{stage} {}", COMMANDS[command]);
            match may {
                Some(Err(code)) => assert_eq!(code.as_str(), expected),
                None if expected == "-" => {}
                Some(Ok(())) | None => edges.push((stage, COMMANDS[command], expected)),
            }
        }
    }
    edges.extend(evidence::edges());
    let mut chart = Stage::edges().to_vec();
    edges.sort_unstable();
    chart.sort_unstable();
    assert_eq!(edges, chart);
}

#[test]
fn the_deadline_itself_is_late_and_the_microsecond_before_is_not() {
    let on_time = hand_in(draft(), open_period(), at(ON_TIME)).unwrap();
    assert_eq!(on_time.next().late, Some(false));
    let late = hand_in(draft(), open_period(), at(LATE)).unwrap();
    assert_eq!(late.next().late, Some(true));
    assert_eq!(late.next().first_submitted_at, Some(at(LATE)));
}

#[test]
fn what_was_on_time_stays_on_time_when_it_comes_back_late_and_late_stays_late() {
    let returned = return_it(submitted()).unwrap().next().clone();
    let again = hand_in(returned, closed_period(), at("2025-11-20T08:00:00+07:00")).unwrap();
    assert_eq!((again.next().late, again.next().round), (Some(false), 2));

    let late = hand_in(draft(), open_period(), at(LATE)).unwrap().next().clone();
    let late = accept(late, None).unwrap().next().clone();
    let corrected = act(&officer(), within(closed_period()), correction(&late), now()).unwrap().next().clone();
    assert_eq!(corrected.late, Some(true));
    assert_eq!(corrected.first_submitted_at, Some(at(LATE)));
}

#[test]
fn figures_are_frozen_with_their_measurement_and_96_995_percent_does_not_reach_97() {
    let report = submitted();
    let finding = report.figures[0].finding.as_ref().unwrap();
    assert_eq!(finding.measurement, id(61));
    assert!(!finding.reached);
    assert_eq!(finding.completion, Some("99.99".parse().unwrap()));
    assert_eq!(report.figures[1].finding, None);
    assert_eq!(report.figures[1].explanation, Some(text("Chưa thực hiện")));
}

#[test]
fn every_target_in_force_has_a_value_or_an_explanation() {
    let handed_in = |results: Vec<TargetResult>| {
        let content = Content { target_results: results, ..Content::default() };
        let report = act(&officer(), within(open_period()), create(content), now()).unwrap().next().clone();
        faults(hand_in(report, open_period(), now()))
    };
    assert_eq!(handed_in(Vec::new()), [("/targetResults".to_owned(), "report.targetUnanswered")]);
    assert_eq!(
        handed_in(vec![says(41, None, None), says(42, Some(61), None), says(43, None, Some("Không rõ"))]),
        [
            ("/targetResults/0".to_owned(), "report.targetUnanswered"),
            ("/targetResults/1/measurementId".to_owned(), "measurement.otherTarget"),
            ("/targetResults/2/targetId".to_owned(), "reference.unknown"),
        ]
    );
    assert_eq!(
        handed_in(vec![says(41, Some(99), None), says(42, Some(62), None)]),
        [("/targetResults/0/measurementId".to_owned(), "reference.unknown")]
    );
}

#[test]
fn a_value_of_a_day_after_the_period_is_not_of_the_period() {
    let ending = |ends_on: &str| Period { ends_on: day(ends_on), ..open_period() };
    assert!(hand_in(draft(), ending("2025-10-31"), now()).is_ok());
    assert_eq!(
        faults(hand_in(draft(), ending("2025-10-30"), now())),
        [("/targetResults/0/measurementId".to_owned(), "measurement.afterPeriod")]
    );
}

#[test]
fn what_contradicts_the_plan_is_named_by_its_field() {
    let movement = |code: Option<&str>, name: Option<&str>| MovementResult {
        movement: code.map(text),
        name: name.map(text),
        text: text("Đã làm"),
    };
    let content = Content {
        task_results: vec![TaskResult { task: text("9.9"), text: text("Đã làm") }],
        target_results: vec![says(41, None, None), says(41, None, None)],
        movement_results: vec![
            movement(Some("M1"), None),
            movement(Some("M1"), None),
            movement(Some("M9"), None),
            movement(None, None),
            movement(Some("M2"), Some("Khác nữa")),
            movement(None, Some("Khác")),
        ],
        ..Content::default()
    };
    let named = faults(act(&officer(), within(open_period()), create(content), now()));
    assert_eq!(
        named.iter().map(|(pointer, code)| (pointer.as_str(), *code)).collect::<Vec<_>>(),
        [
            ("/taskResults/0/task", "reference.unknown"),
            ("/targetResults/1/targetId", "list.duplicate"),
            ("/movementResults/1/movement", "list.duplicate"),
            ("/movementResults/2/movement", "reference.unknown"),
            ("/movementResults/3", "movement.codeOrName"),
            ("/movementResults/4", "movement.codeOrName"),
        ]
    );
}

#[test]
fn a_state_reads_back_as_it_was_written() {
    for stage in ["DRAFT", "SUBMITTED", "RETURNED", "ACCEPTED", "LOCKED", "SUPERSEDED"] {
        let report = in_stage(stage);
        let written = crate::canonical::canonical(&report).unwrap();
        assert_eq!(serde_json::from_str::<Report>(&written).unwrap(), report);
        assert_eq!(Stage::COUNTING.contains(&stage), report.stage.counts(), "{stage}");
    }
}
