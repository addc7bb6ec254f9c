use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;

#[derive(Clone, Debug)]
struct Told {
    unit: u128,
    second_period: bool,
    stage: u8,
    parts: Option<(u32, u32)>,
    task: u8,
    late: bool,
}

fn told() -> impl Strategy<Value = Told> {
    let parts = proptest::option::of((0..1_000_u32, 1..1_000_u32));
    (2..12_u128, any::<bool>(), 0..4_u8, parts, 0..5_u8, any::<bool>()).prop_map(
        |(unit, second_period, stage, parts, task, late)| Told { unit, second_period, stage, parts, task, late },
    )
}

fn report(number: u128, told: &Told) -> Report {
    let task = [None, Some("3.1.1"), Some("3.2.1"), Some("3.2.7"), Some("3.3.1")][usize::from(told.task)];
    let value = told.parts.map(|(one, other)| share(&one.min(other).to_string(), &other.to_string()));
    let figures = vec![figure(1_000 + told.unit, "BHYT", task, insurance(), value)];
    let period = if told.second_period { 12 } else { 11 };
    let mut report = accepted(2_000 + number, told.unit, period, figures);
    report.late = Some(told.late);
    report.stage = match told.stage {
        0 => report::Stage::Submitted { submitted_at: now() },
        1 => report::lock(&report, id(600), now()).unwrap().next().stage.clone(),
        _ => report.stage,
    };
    report
}

/// Facts as storage could find them: at most one report of a unit for a period.
fn found(told: &[Told]) -> FreezeFacts {
    let mut reports: Vec<Report> = Vec::new();
    for (number, told) in told.iter().enumerate() {
        let report = report(u128::try_from(number).unwrap(), told);
        if reports.iter().all(|it| (it.unit, it.period) != (report.unit, report.period)) {
            reports.push(report);
        }
    }
    facts(vec![planned(11, &[2, 3, 4, 5, 6]), planned(12, &[5, 6, 7])], reports)
}

fn plus(one: TargetCount, other: TargetCount) -> TargetCount {
    TargetCount {
        targets: one.targets + other.targets,
        with_value: one.with_value + other.with_value,
        reached: one.reached + other.reached,
        not_done: one.not_done + other.not_done,
    }
}

proptest! {
    #[test]
    fn the_same_facts_in_any_order_give_the_same_snapshot_and_it_computes_again_to_the_same_figures(
        told in proptest::collection::vec(told(), 0..25), turn in 0..25_usize
    ) {
        let facts = found(&told);
        let mut other = facts.clone();
        let turned = |len: usize| if len == 0 { 0 } else { turn % len };
        other.accepted.rotate_left(turned(facts.accepted.len()));
        other.filings.reverse();
        other.periods.reverse();
        other.units.rotate_left(turned(facts.units.len()));
        for period in &mut other.periods {
            period.owed.reverse();
        }
        let cut_off = day("2025-12-05");
        let snapshot = freeze(&facts, cut_off, now()).unwrap();
        prop_assert_eq!(&snapshot, &freeze(&other, cut_off, now()).unwrap());
        prop_assert_eq!(&snapshot.figures, &snapshot.recomputed(&plan()));
        let accepted: Vec<_> = other.accepted.iter().map(|report| report.root.id).collect();
        prop_assert!(!snapshot.stale(&accepted));
        let written = crate::canonical::canonical(&snapshot).unwrap();
        let read: Snapshot = serde_json::from_str(&written).unwrap();
        prop_assert_eq!(&read.recomputed(&plan()), &snapshot.figures);
    }

    #[test]
    fn parts_add_up_to_wholes_and_no_unit_is_lost(told in proptest::collection::vec(told(), 0..25)) {
        let facts = found(&told);
        let snapshot = freeze(&facts, day("2025-12-05"), now()).unwrap();
        let figures = &snapshot.figures;
        let of_fields = figures.fields.iter().fold(figures.without_task.count, |sum, field| plus(sum, field.count));
        prop_assert_eq!(of_fields, figures.targets);
        prop_assert_eq!(figures.targets.with_value + figures.targets.not_done, figures.targets.targets);
        for field in &figures.fields {
            let of_tasks = field.tasks.iter().fold(TargetCount::default(), |sum, task| plus(sum, task.count));
            prop_assert_eq!(of_tasks, field.count);
        }
        prop_assert_eq!(figures.reporting.accepted + figures.reporting.missing, figures.reporting.owed);
        let owed: usize = facts.periods.iter().map(|period| period.owed.len()).sum();
        prop_assert_eq!(usize::try_from(figures.reporting.owed).unwrap(), owed);
        for period in &facts.periods {
            for owed in &period.owed {
                let there = snapshot.included.iter().any(|it| (it.unit, it.period) == (owed.unit, period.root.id));
                let named = snapshot.missing.iter().any(|it| (it.unit, it.period) == (owed.unit, period.root.id));
                prop_assert!(there != named);
            }
        }
        let (mut numerator, mut denominator) = (Decimal::ZERO, Decimal::ZERO);
        for source in &figures.plan_targets[0].sources {
            if let Some(Value::Share { numerator: one, denominator: other }) = &source.value {
                numerator += one;
                denominator += other;
            }
        }
        let total = (denominator > Decimal::ZERO).then_some(Value::Share { numerator, denominator });
        prop_assert_eq!(&figures.plan_targets[0].total, &total);
    }
}
