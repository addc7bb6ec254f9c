use rust_decimal::Decimal;

use super::*;
use crate::{
    measure::{Direction, Measure, Value},
    registration::fixtures::{
        OFFICE, SCHOOL, act, at, campaign, coordinator, faults, head, id, root, share, text, unit,
    },
    report::{Figure, Finding},
    target::Topic,
    unit::{Predecessor, UnitLife, UnitType},
};

fn dec(number: &str) -> Decimal {
    number.parse().unwrap()
}

fn amount(number: &str) -> Value {
    Value::Quantitative { amount: dec(number) }
}

fn words() -> Value {
    Value::Qualitative { finding: text("Tốt"), reached: true }
}

fn done(steps: &[&str]) -> Value {
    Value::Milestone { done: steps.iter().map(|step| text(step)).collect() }
}

/// A figure of the target with this code; its number is the target's identity.
fn figure(number: u128, code: &str, value: Option<Value>) -> Figure {
    let direction = Direction::AtLeast;
    let measure = match value {
        Some(Value::Share { .. }) => Measure::Share { direction, baseline: None, planned: dec("97") },
        _ => Measure::Quantitative { measure_unit: text("ha"), direction, baseline: None, planned: dec("1") },
    };
    let finding = value.map(|value| Finding {
        measurement: id(number + 100),
        evidence: Vec::new(),
        as_of: at("2025-10-31T00:00:00+07:00").date(),
        value,
        completion: None,
        reached: false,
    });
    let topic = Topic::default();
    let explanation = None;
    Figure {
        target: id(number),
        code: text(code),
        name: text(code),
        topic,
        restricted: false,
        measure,
        finding,
        explanation,
    }
}

fn rule(severity: Severity, condition: Condition) -> ValidationRule {
    let (code, name) = (text("QT1"), text("Số liệu phải hợp lý"));
    ValidationRule { root: root(900), campaign: id(500), code, name, severity, condition, retired_at: None }
}

/// What a unit measured last of a target.
fn part(unit: u128, unit_type: UnitType, code: &str, as_of: &str, value: Value) -> Part {
    Part { unit: id(unit), unit_type, target: text(code), as_of: as_of.parse().unwrap(), value }
}

/// Whether the figures pass a rule that blocks; what comes after a colon is what they are compared with.
fn passes(condition: Condition, figures: &[Figure], last: &[Figure], parts: &[(UnitType, Value)]) -> bool {
    let part = |(unit_type, value): &(UnitType, Value)| part(50, *unit_type, "HO", "2025-10-31", value.clone());
    let facts = RuleFacts {
        rules: vec![rule(Severity::Block, condition)],
        last: last.to_vec(),
        parts: parts.iter().map(part).collect(),
    };
    judge(id(SCHOOL), figures, &[], &facts).is_ok()
}

#[test]
fn a_value_is_not_below_that_of_the_last_period_exactly() {
    let table = [
        (amount("5"), amount("5"), true),
        (amount("4.999999"), amount("5"), false),
        (amount("5.000001"), amount("5"), true),
        // 482 of 495 and 964 of 990 are the same share; one fewer is not.
        (share("482", "495"), share("964", "990"), true),
        (share("481", "495"), share("964", "990"), false),
        (share("1", "3"), share("333333", "999999"), true),
        (share("333332", "999999"), share("1", "3"), false),
        (done(&["B1", "B2"]), done(&["B1", "B2"]), true),
        (done(&["B1"]), done(&["B1", "B2"]), false),
        // Nothing to compare: words, other sorts, more digits than there are.
        (words(), words(), true),
        (amount("1"), share("1", "2"), true),
        (
            share("1", "79228162514264337593543950335"),
            share("79228162514264337593543950334", "79228162514264337593543950335"),
            true,
        ),
    ];
    for (now, last, expected) in table {
        let of_it = || Condition::NotBelowLastPeriod { target: Some(text("HO")) };
        let (figures, before) = ([figure(1, "HO", Some(now.clone()))], [figure(1, "HO", Some(last.clone()))]);
        assert_eq!(passes(of_it(), &figures, &before, &[]), expected, "{now:?} after {last:?}");
        assert_eq!(passes(Condition::NotBelowLastPeriod { target: None }, &figures, &before, &[]), expected);
        let other = Condition::NotBelowLastPeriod { target: Some(text("KHAC")) };
        assert!(passes(other, &figures, &before, &[]), "a rule is about its own target");
        assert!(passes(of_it(), &figures, &[], &[]), "there is no earlier report");
        assert!(passes(of_it(), &figures, &[figure(1, "HO", None)], &[]), "nothing was reported then");
        assert!(passes(of_it(), &[figure(1, "HO", None)], &before, &[]), "nothing is reported now");
        assert!(passes(of_it(), &figures, &[figure(2, "HO", Some(last))], &[]), "that was another target");
    }
}

#[test]
fn what_is_done_is_compared_with_the_whole_of_the_same_unit() {
    let compared = |operator| Condition::Compared { target: text("XONG"), operator, other_target: text("TONG") };
    let table =
        [("3", "4", [false, true, false]), ("4", "4", [true, true, true]), ("4.000001", "4", [true, false, false])];
    for (done, total, expected) in table {
        let figures = [figure(1, "TONG", Some(amount(total))), figure(2, "XONG", Some(amount(done)))];
        let operators = [Direction::AtLeast, Direction::AtMost, Direction::Exactly];
        assert_eq!(
            operators.map(|operator| passes(compared(operator), &figures, &[], &[])),
            expected,
            "{done} {total}"
        );
    }
    let alone = [figure(2, "XONG", Some(amount("9")))];
    assert!(passes(compared(Direction::AtMost), &alone, &[], &[]));
    let unsaid = [figure(1, "TONG", None), figure(2, "XONG", Some(amount("9")))];
    assert!(passes(compared(Direction::AtMost), &unsaid, &[], &[]));
}

#[test]
fn bounds_are_included_and_those_of_a_share_are_percentages() {
    let within = |least: Option<&str>, most: Option<&str>| Condition::Within {
        target: text("HO"),
        at_least: least.map(dec),
        at_most: most.map(dec),
    };
    let table = [
        (amount("0"), Some("0"), Some("10"), true),
        (amount("10"), Some("0"), Some("10"), true),
        (amount("-0.000001"), Some("0"), None, false),
        (amount("10.000001"), None, Some("10"), false),
        (share("96995", "100000"), Some("97"), None, false),
        (share("97", "100"), Some("97"), Some("97"), true),
        (words(), Some("1"), Some("2"), true),
    ];
    for (value, least, most, expected) in table {
        let figures = [figure(1, "HO", Some(value.clone()))];
        assert_eq!(passes(within(least, most), &figures, &[], &[]), expected, "{value:?} in {least:?} to {most:?}");
    }
}

#[test]
fn the_villages_come_to_what_the_commune_reports() {
    use UnitType::{School, Village};
    let sum = |owner: u128| Condition::SumOfUnits {
        target: text("HO"),
        unit_type: Village,
        owner_unit: id(owner),
        other_target: text("HO-XA"),
    };
    let amounts = [(Village, amount("120.5")), (Village, amount("79.5")), (School, amount("1000"))];
    let shares = [(Village, share("1", "2")), (Village, share("2", "4"))];
    for (whole, parts, expected) in [
        (amount("200"), &amounts[..], true),
        (amount("199.999999"), &amounts[..], false),
        (share("3", "6"), &shares[..], true),
        // The same percentage of other people.
        (share("1", "2"), &shares[..], false),
        (amount("200"), &[][..], true),
        (amount("200"), &shares[..], true),
        (words(), &amounts[..], true),
    ] {
        let figures = [figure(1, "HO-XA", Some(whole.clone()))];
        assert_eq!(passes(sum(SCHOOL), &figures, &[], parts), expected, "{whole:?}");
        assert!(passes(sum(OFFICE), &figures, &[], parts), "it is another one's to report");
    }
}

#[test]
fn of_villages_that_were_merged_each_figure_is_a_part_once() {
    use UnitType::Village;
    let since = "2025-11-01".parse().unwrap();
    let (one, other, heir) = (unit(50), unit(51), unit(52));
    let gone = |mut unit: crate::unit::Unit| {
        unit.valid_before = Some(since);
        unit.life()
    };
    let mut after = heir.life();
    after.heritage = [one.root.id, other.root.id].map(|unit| Predecessor { unit, since }).to_vec();
    let units = [gone(one), gone(other), after];
    let left =
        [part(50, Village, "HO", "2025-10-30", amount("120")), part(51, Village, "HO", "2025-10-31", amount("80"))];
    let of_heir = |code: &str, day: &str| part(52, Village, code, day, amount("205"));
    let sums = |parts: &[Part], day: &str, units: &[UnitLife]| {
        let parts = Part::counting(parts, day.parse().unwrap(), units);
        parts.iter().filter(|part| part.target.as_str() == "HO").map(|part| part.value.clone()).collect::<Vec<_>>()
    };
    let with = |part: Part| [left.as_slice(), &[part]].concat();
    assert_eq!(sums(&left, "2025-11-30", &units), [amount("120"), amount("80")], "nothing is lost");
    assert_eq!(sums(&with(of_heir("HO", "2025-11-20")), "2025-11-30", &units), [amount("205")], "and nothing doubled");
    let early = with(of_heir("HO", "2025-10-31"));
    assert_eq!(
        sums(&early, "2025-11-30", &units).len(),
        3,
        "what it measured before it stood in their place is its own"
    );
    assert_eq!(sums(&with(of_heir("KHAC", "2025-11-20")), "2025-11-30", &units).len(), 2, "that is another target");
    assert_eq!(sums(&left, "2025-10-31", &units).len(), 2, "on the day before each counts for itself");
    assert_eq!(sums(&left, "2025-11-30", &units[..2]), [], "nobody stands in their place");
}

#[test]
fn a_block_names_figure_and_rule_and_a_warning_passes_with_a_comment() {
    let condition = || Condition::Within { target: text("HO"), at_least: None, at_most: Some(dec("1")) };
    let figures = [figure(1, "KHAC", Some(amount("9"))), figure(2, "HO", Some(amount("9")))];
    let comments = [RuleComment { rule: text("QT1"), comment: text("Số liệu đã kiểm tra lại.") }];
    let judged = |severity, comments: &[RuleComment]| {
        let facts = RuleFacts { rules: vec![rule(severity, condition())], ..RuleFacts::default() };
        judge(id(SCHOOL), &figures, comments, &facts)
    };
    let fault = |code| vec![Fault::at("/targetResults/1", code).about(text("Số liệu phải hợp lý"))];
    assert_eq!(judged(Severity::Block, &[]).unwrap_err(), fault(Code::RuleViolated));
    assert_eq!(judged(Severity::Block, &comments).unwrap_err(), fault(Code::RuleViolated), "no comment opens a block");
    assert_eq!(judged(Severity::Warn, &[]).unwrap_err(), fault(Code::RuleCommentMissing));
    let kept = judged(Severity::Warn, &comments).unwrap();
    let told: Vec<_> = kept.iter().map(|one| (one.code.as_str(), one.target.as_str(), one.comment.as_str())).collect();
    assert_eq!(told, [("QT1", "HO", "Số liệu đã kiểm tra lại.")]);
}

#[test]
fn a_rule_is_made_while_the_campaign_runs_and_retires_once() {
    let create = |condition, code_taken, owner_known| CreateValidationRule {
        code: text("QT1"),
        name: text("Số liệu phải hợp lý"),
        severity: Severity::Warn,
        condition: Ok(condition),
        facts: CreationFacts { code_taken, owner_known, owner_gone: false },
    };
    let now = at("2025-10-01T08:00:00+07:00");
    let back = || Condition::NotBelowLastPeriod { target: None };
    let made = act(&coordinator(), campaign(), create(back(), false, true), now).unwrap().next().clone();
    assert_eq!(made.stage_code(), "ACTIVE");
    let taken = act(&coordinator(), campaign(), create(back(), true, true), now).unwrap_err();
    assert_eq!(taken.code, Code::ValidationRuleCodeTaken);
    assert_eq!(act(&head(), campaign(), create(back(), false, true), now).unwrap_err().code, Code::RoleMissing);
    let bounds = |least: Option<&str>, most: Option<&str>| Condition::Within {
        target: text("HO"),
        at_least: least.map(dec),
        at_most: most.map(dec),
    };
    let same = Condition::Compared { target: text("A"), operator: Direction::AtMost, other_target: text("A") };
    for (condition, known, expected) in [
        (bounds(None, None), true, ("/condition/atLeast", Code::FieldMissing)),
        (bounds(Some("2"), Some("1")), true, ("/condition/atMost", Code::BoundsOutOfOrder)),
        (same, true, ("/condition/otherTarget", Code::Duplicate)),
        (back(), false, ("/condition/ownerUnitId", Code::UnknownReference)),
    ] {
        let refused = act(&coordinator(), campaign(), create(condition, false, known), now);
        assert_eq!(faults(refused), [(expected.0.to_owned(), expected.1.as_str())]);
    }
    let retired = act(&coordinator(), made, RetireValidationRule, now).unwrap().next().clone();
    assert_eq!((retired.stage_code(), retired.retired_at), ("RETIRED", Some(now)));
    assert_eq!(act(&coordinator(), retired, RetireValidationRule, now).unwrap_err().code, Code::ValidationRuleRetired);
}

#[test]
fn a_rule_is_tried_on_what_was_handed_in_as_it_would_be_asked_on_submission() {
    let handed_in = |number: u128, unit: u128, ends_on: &str, counts: bool, figures: Vec<Figure>| HandedIn {
        report: id(number),
        unit: id(unit),
        period: id(number % 10),
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
