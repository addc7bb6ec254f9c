//! Measuring, example by example.

use super::*;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn insurance() -> Measure {
    Measure::Share { direction: Direction::AtLeast, baseline: None, planned: decimal("97") }
}

#[test]
fn insurance_of_96_995_percent_does_not_reach_97() {
    let value = |numerator: &str| Value::Share { numerator: decimal(numerator), denominator: decimal("100000") };
    assert!(!insurance().reached(&value("96995")));
    assert!(insurance().reached(&value("97000")));
    assert_eq!(share_percent(decimal("96995"), decimal("100000")), Some(decimal("96.995")));
}

#[test]
fn a_share_that_never_ends_is_compared_exactly() {
    let third = Measure::Share { direction: Direction::AtLeast, baseline: None, planned: decimal("33.333333") };
    assert!(third.reached(&Value::Share { numerator: decimal("1"), denominator: decimal("3") }));
    assert_eq!(share_percent(decimal("2"), decimal("3")), Some(decimal("66.666666")));
}

#[test]
fn a_share_of_nothing_or_over_the_whole_is_refused_by_field() {
    let faults =
        insurance().check_value(&Value::Share { numerator: decimal("3"), denominator: decimal("0") }, "/value");
    let named: Vec<_> = faults.iter().map(|fault| (fault.pointer.as_str(), fault.code)).collect();
    assert_eq!(named, [("/value/denominator", Code::ShareOfNothing), ("/value/numerator", Code::ShareOverWhole)]);
}

#[test]
fn completion_runs_from_the_baseline_and_follows_the_direction() {
    let fewer = Measure::Quantitative {
        measure_unit: Token::parse("hộ").unwrap(),
        direction: Direction::AtMost,
        baseline: Some(decimal("100")),
        planned: decimal("60"),
    };
    let amount = |amount: &str| Value::Quantitative { amount: decimal(amount) };
    assert_eq!(fewer.completion(&amount("80")), Some(decimal("50")));
    assert_eq!(fewer.completion(&amount("50")), Some(decimal("125")));
    assert!(fewer.reached(&amount("60")));
    let nothing = Measure::Quantitative {
        measure_unit: Token::parse("vụ").unwrap(),
        direction: Direction::AtMost,
        baseline: None,
        planned: decimal("0"),
    };
    assert_eq!(nothing.completion(&amount("2")), None);
    let next_to_nothing = Measure::Quantitative {
        measure_unit: Token::parse("đồng").unwrap(),
        direction: Direction::AtLeast,
        baseline: None,
        planned: decimal("0.000001"),
    };
    assert_eq!(next_to_nothing.completion(&amount("999999999")), None);
}

#[test]
fn at_most_all_steps_are_done_and_each_once() {
    let step = |code: &str| Step {
        code: Token::parse(code).unwrap(),
        name: Line::parse("Giải phóng mặt bằng").unwrap(),
    };
    let clearing = Measure::Milestone { steps: vec![step("P1"), step("P2"), step("P3"), step("P4")] };
    let done =
        |codes: &[&str]| Value::Milestone { done: codes.iter().map(|code| Token::parse(code).unwrap()).collect() };
    assert!(clearing.check_value(&done(&["P1", "P2", "P3"]), "/value").is_empty());
    assert_eq!(clearing.completion(&done(&["P1", "P2", "P3"])), Some(decimal("75")));
    assert_eq!(clearing.check_value(&done(&["P1", "P1"]), "/value")[0].code, Code::Duplicate);
    assert_eq!(clearing.check_value(&done(&["P5"]), "/value")[0].code, Code::UnknownReference);
}
