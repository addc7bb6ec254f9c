//! A rule asked of the reports that were handed in, each beside the last one before it.

use super::*;
use crate::period::PeriodKind;

#[test]
fn a_rule_is_tried_on_what_was_handed_in_as_it_would_be_asked_on_submission() {
    let handed_in = |number: u128, unit: u128, ends_on: &str, counts: bool, figures: Vec<Figure>| HandedIn {
        report: id(number),
        unit: id(unit),
        period: id(number % 10),
        kind: PeriodKind::Monthly,
        ends_on: ends_on.parse().unwrap(),
        counts,
        figures,
    };
    let of = |value: &str| vec![figure(1, "HO", Some(amount(value)))];
    let reports = [
        handed_in(11, SCHOOL, "2025-09-30", true, of("5")),
        // Given back: it is looked at, and nothing is compared with it.
        handed_in(12, SCHOOL, "2025-10-31", false, of("9")),
        handed_in(13, SCHOOL, "2025-11-30", true, of("4")),
        handed_in(21, OFFICE, "2025-11-30", true, vec![figure(2, "KHAC", Some(amount("1")))]),
    ];
    let told = |trial: &Trial| {
        let against: Vec<_> = trial.against.iter().map(|one| (one.report, one.value.clone())).collect();
        (trial.reports, trial.concerned, trial.violating, against)
    };
    let back = Condition::NotBelowLastPeriod { target: None };
    let trial = back.tried_on(&reports, &std::collections::BTreeMap::new());
    assert_eq!(told(&trial), (4, 2, 1, vec![(id(13), amount("4"))]), "4 after 5 of September, and not after 9");
    let most = Condition::Within { target: text("HO"), at_least: None, at_most: Some(dec("4")) };
    let trial = most.tried_on(&reports, &std::collections::BTreeMap::new());
    assert_eq!(told(&trial), (4, 3, 2, vec![(id(11), amount("5")), (id(12), amount("9"))]));
    assert_eq!((trial.against[0].target.as_str(), trial.against[0].unit), ("HO", id(SCHOOL)));

    // A sum is compared with what others measured until the end of the very period.
    let sum = Condition::SumOfUnits {
        target: text("HO-THON"),
        unit_type: UnitType::Village,
        owner_unit: id(SCHOOL),
        other_target: text("HO"),
    };
    let five = |day: &str| (day.parse().unwrap(), vec![part(50, UnitType::Village, "HO-THON", day, amount("5"))]);
    let parts = ["2025-09-30", "2025-11-30"].map(five).into_iter().collect();
    let trial = sum.tried_on(&reports, &parts);
    assert_eq!(told(&trial), (4, 2, 1, vec![(id(13), amount("4"))]), "nothing was measured until the end of October");
}

#[test]
fn the_last_period_is_the_one_before_of_the_same_series_and_never_one_that_was_asked_for_between() {
    use PeriodKind::{AdHoc, Final, Interim, Monthly, Quarterly};
    let reported = |number: u128, kind: PeriodKind, ends_on: &str, value: &str| HandedIn {
        report: id(number),
        unit: id(SCHOOL),
        period: id(number),
        kind,
        ends_on: ends_on.parse().unwrap(),
        counts: true,
        figures: vec![figure(1, "HO", Some(amount(value)))],
    };
    let before = [
        reported(1, Quarterly, "2025-06-30", "1"),
        reported(2, Monthly, "2025-09-30", "10"),
        reported(3, Quarterly, "2025-09-30", "20"),
        reported(4, Interim, "2025-10-15", "30"),
        reported(5, AdHoc, "2025-10-20", "40"),
        reported(6, Interim, "2025-10-31", "50"),
    ];
    // What is asked for is one less than what the last period said: only that makes it a violation.
    let table = [
        (Monthly, "2025-10-31", 10),
        (Monthly, "2025-09-30", 1),
        (Quarterly, "2025-12-31", 20),
        (Quarterly, "2025-09-30", 1),
        (Interim, "2025-10-31", 30),
        (Final, "2025-10-31", 30),
        (Final, "2025-12-05", 50),
        (AdHoc, "2025-10-25", 30),
        (AdHoc, "2025-09-30", 1),
    ];
    let back = Condition::NotBelowLastPeriod { target: None };
    for (kind, ends_on, last) in table {
        for (value, violating) in [(last - 1, 1), (last, 0)] {
            let now = reported(9, kind, ends_on, &value.to_string());
            // A unit reports once on a period: its own place is taken.
            let mut reports = before.to_vec();
            reports.retain(|other| (other.kind, other.ends_on) != (now.kind, now.ends_on));
            reports.push(now);
            let trial = back.tried_on(&reports, &std::collections::BTreeMap::new());
            let against = trial.against.iter().filter(|one| one.report == id(9)).count();
            assert_eq!(against, violating, "{kind:?} to {ends_on} with {value} beside {last}");
        }
    }
}
