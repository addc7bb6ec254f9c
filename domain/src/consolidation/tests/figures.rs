use super::*;
use crate::measure::Step;

fn code(of: &str) -> Token {
    text(of)
}

fn snapshot(facts: &FreezeFacts) -> Snapshot {
    freeze(facts, day("2025-12-05"), now()).unwrap()
}

#[test]
fn the_communes_share_is_the_sum_of_numerators_over_the_sum_of_denominators() {
    // 100 % and 96.99 % have a mean of 98.5 %; the commune as a whole stands at 96.995 %, and does not reach 97 %.
    let reports = vec![
        accepted(301, SCHOOL, 11, vec![bhyt(41, "96895", "99900")]),
        accepted(302, STATION, 11, vec![bhyt(42, "100", "100")]),
    ];
    let snapshot = snapshot(&facts(vec![planned(11, &[SCHOOL, STATION])], reports));
    let figure = &snapshot.figures.plan_targets[0];
    assert_eq!(figure.total, Some(share("96995", "100000")));
    assert_eq!(figure.percent, Some("96.995".parse().unwrap()));
    assert_eq!(figure.reached, Some(false));
    let walked: Vec<_> =
        figure.sources.iter().map(|source| (source.report, source.version, source.measurement)).collect();
    assert_eq!(walked, [(id(301), 1, Some(id(410))), (id(302), 1, Some(id(420)))]);
}

#[test]
fn only_what_the_plan_names_is_summed_and_only_on_the_same_scale() {
    let reports = vec![
        accepted(301, SCHOOL, 11, vec![bhyt(41, "9", "10"), figure(43, "T1", None, hectares("5"), Some(amount("5")))]),
        accepted(
            302,
            STATION,
            11,
            vec![
                figure(42, "BHYT", Some("3.2.7"), hectares("5"), Some(amount("7"))),
                figure(44, "T1", None, hectares("5"), Some(amount("5"))),
            ],
        ),
    ];
    let snapshot = snapshot(&facts(vec![planned(11, &[])], reports));
    let figure = &snapshot.figures.plan_targets[0];
    assert_eq!((figure.total.clone(), figure.sources.len()), (Some(share("9", "10")), 1));
    assert_eq!(snapshot.figures.plan_targets.len(), 1, "equal codes of two units need not mean the same");
    assert_eq!(snapshot.figures.targets.targets, 4);
}

fn amount(amount: &str) -> Value {
    Value::Quantitative { amount: amount.parse().unwrap() }
}

#[test]
fn a_target_that_two_periods_report_on_counts_once_with_its_latest_value() {
    let mut later = bhyt(41, "97", "100");
    later.finding.as_mut().unwrap().as_of = day("2025-12-01");
    let silent = figure(41, "BHYT", Some("3.2.7"), insurance(), None);
    let periods = || vec![planned(11, &[SCHOOL]), planned(12, &[SCHOOL]), planned(13, &[SCHOOL])];
    let reports = vec![
        accepted(301, SCHOOL, 11, vec![later]),
        accepted(302, SCHOOL, 12, vec![bhyt(41, "95", "100")]),
        accepted(303, SCHOOL, 13, vec![silent]),
    ];
    let figures = snapshot(&facts(periods(), reports)).figures;
    assert_eq!(figures.plan_targets[0].total, Some(share("97", "100")));
    assert_eq!(figures.plan_targets[0].reached, Some(true));
    assert_eq!((figures.targets.targets, figures.targets.not_done), (1, 0));
}

#[test]
fn only_who_owes_a_report_is_missing_and_each_with_its_reason() {
    let owing = [SCHOOL, STATION, 20, 21, 22];
    let in_stage =
        |number: u128, unit: u128, stage: report::Stage| Report { stage, ..accepted(number, unit, 11, Vec::new()) };
    let returned = report::Stage::Returned { returned_at: now(), reason: text("Thiếu"), resubmit_before: None };
    let reports = vec![
        accepted(301, SCHOOL, 11, Vec::new()),
        accepted(302, VILLAGE, 11, Vec::new()),
        in_stage(303, STATION, report::Stage::Submitted { submitted_at: now() }),
        in_stage(304, 20, returned),
        in_stage(305, 21, report::Stage::Draft),
        in_stage(306, 23, report::Stage::Draft),
    ];
    let snapshot = snapshot(&facts(vec![planned(11, &owing)], reports));
    let missing: Vec<_> = snapshot.missing.iter().map(|missing| (missing.unit, missing.reason)).collect();
    assert_eq!(
        missing,
        [
            (id(20), MissingReason::Returned),
            (id(21), MissingReason::NotSubmitted),
            (id(22), MissingReason::NotSubmitted),
            (id(STATION), MissingReason::NotAccepted)
        ]
    );
    let expected = Reporting { owed: 5, reported: 3, accepted: 1, late: 0, missing: 4, voluntary: 1 };
    assert_eq!(snapshot.figures.reporting, expected);
    assert_eq!(snapshot.included.iter().map(|it| it.owed).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn tasks_add_up_to_fields_and_restricted_ones_are_marked() {
    let reports = vec![accepted(
        301,
        SCHOOL,
        11,
        vec![
            bhyt(41, "97", "100"),
            figure(42, "T2", Some("3.2.1"), insurance(), None),
            figure(43, "T3", Some("3.3.1"), insurance(), Some(share("1", "100"))),
            figure(44, "T4", None, insurance(), Some(share("1", "100"))),
        ],
    )];
    let figures = snapshot(&facts(vec![planned(11, &[SCHOOL])], reports)).figures;
    let counts: Vec<_> = figures.fields.iter().map(|field| (field.field.as_str(), field.count.targets)).collect();
    assert_eq!(counts, [("3.1", 0), ("3.2", 2), ("3.3", 1)]);
    let culture = TargetCount { targets: 2, with_value: 1, reached: 1, not_done: 1 };
    assert_eq!(figures.fields[1].count, culture);
    assert_eq!(figures.without_task.count.targets, 1);
    let restricted: Vec<_> =
        figures.fields.iter().flat_map(|field| &field.tasks).filter(|task| task.restricted).collect();
    assert_eq!(restricted.iter().map(|task| task.task.as_str()).collect::<Vec<_>>(), ["3.3.1"]);
    assert_eq!(restricted[0].sources[0].target, id(43));
}

#[test]
fn targets_of_movements_and_of_no_task_are_walked_back_too() {
    let mut of_movement = figure(41, "T1", None, insurance(), Some(share("1", "2")));
    of_movement.topic.movement = Some(text("M1"));
    let mut facts = facts(vec![planned(11, &[SCHOOL])], vec![accepted(301, SCHOOL, 11, vec![of_movement])]);
    facts.plan.movements[0].task = Some(text("3.3.1"));
    let figures = snapshot(&facts).figures;
    for sources in [&figures.movements[0].sources, &figures.without_task.sources] {
        assert_eq!((sources.len(), sources[0].report, sources[0].measurement), (1, id(301), Some(id(410))));
    }
    assert_eq!(figures.movements.iter().map(|movement| movement.restricted).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn every_unit_is_heard_on_movements_of_the_plan_and_on_others() {
    let figures = snapshot(&small()).figures;
    assert_eq!(
        figures.movements.iter().map(|it| (&it.movement, it.contributions.len())).collect::<Vec<_>>(),
        [(&code("M1"), 2), (&code("M2"), 0)]
    );
    assert_eq!(figures.other_movements[0].name.as_str(), "Xóa nhà tạm");
    assert_eq!(figures.other_movements[0].contributions.len(), 2);
    assert_eq!((figures.documents_issued, figures.people_reached), (4, 200));
}

#[test]
fn steps_that_units_have_done_are_united() {
    let step = |code: &str| Step { code: text(code), name: text("Giải phóng mặt bằng") };
    let measure = Measure::Milestone { steps: ["P1", "P2", "P3", "P4"].map(step).to_vec() };
    let done = |codes: &[&str]| Value::Milestone { done: codes.iter().map(|code| text(code)).collect() };
    let clearing = |target: u128, codes: &[&str]| figure(target, "GPMB", None, measure.clone(), Some(done(codes)));
    let reports = vec![
        accepted(301, SCHOOL, 11, vec![clearing(41, &["P3", "P1"])]),
        accepted(302, STATION, 11, vec![clearing(42, &["P1", "P2"])]),
    ];
    let mut facts = facts(vec![planned(11, &[])], reports);
    facts.plan.plan_targets[0].code = text("GPMB");
    facts.plan.plan_targets[0].measure = measure.clone();
    let figure = &snapshot(&facts).figures.plan_targets[0];
    assert_eq!(figure.total, Some(done(&["P1", "P2", "P3"])));
    assert_eq!((figure.completion, figure.reached), (Some("75".parse().unwrap()), Some(false)));
}

#[test]
fn a_sum_beyond_all_digits_is_no_figure_rather_than_a_false_one() {
    let huge = "79228162514264337593543950335";
    let reports = vec![
        accepted(301, SCHOOL, 11, vec![bhyt(41, huge, huge)]),
        accepted(302, STATION, 11, vec![bhyt(42, huge, huge)]),
    ];
    let figures = snapshot(&facts(vec![planned(11, &[])], reports)).figures;
    assert_eq!((figures.plan_targets[0].total.clone(), figures.plan_targets[0].reached), (None, None));
}

#[test]
fn a_report_of_a_unit_without_an_entry_is_not_silently_dropped() {
    let mut facts = small();
    facts.units.retain(|unit| unit.root.id != id(STATION));
    let cut_off: Date = day("2025-12-05");
    assert_eq!(freeze(&facts, cut_off, now()), Err(Code::UnknownReference));
}
