//! What a rule has something to say of: among the targets in force, and of a report that is handed in.

use super::*;
use crate::measure::Step;

fn hectares() -> Measure {
    Measure::Quantitative { measure_unit: text("ha"), direction: Direction::AtLeast, baseline: None, planned: dec("1") }
}

fn percent() -> Measure {
    Measure::Share { direction: Direction::AtLeast, baseline: None, planned: dec("97") }
}

fn said() -> Measure {
    Measure::Qualitative { expected: text("Tốt") }
}

fn steps() -> Measure {
    Measure::Milestone { steps: vec![Step { code: text("B1"), name: text("Bước 1") }] }
}

/// Targets in force: of which unit, under which code, and what is asked.
fn in_force(targets: &[(u128, UnitType, &str, Measure)]) -> InForce {
    let ruled = |(unit, unit_type, code, measure): &(u128, UnitType, &str, Measure)| Ruled {
        unit: id(*unit),
        unit_type: *unit_type,
        there: true,
        code: text(code),
        measure: measure.clone(),
    };
    InForce { named: targets.iter().map(ruled).collect(), comparable: 0 }
}

fn back(target: &str) -> Condition {
    Condition::NotBelowLastPeriod { target: Some(text(target)) }
}

fn within(target: &str) -> Condition {
    Condition::Within { target: text(target), at_least: Some(dec("0")), at_most: None }
}

fn compared(target: &str, other: &str) -> Condition {
    Condition::Compared { target: text(target), operator: Direction::AtMost, other_target: text(other) }
}

fn sum(target: &str, unit_type: UnitType, other: &str) -> Condition {
    Condition::SumOfUnits { target: text(target), unit_type, owner_unit: id(OFFICE), other_target: text(other) }
}

#[test]
fn a_rule_covers_what_it_can_compare_and_nothing_where_a_code_is_mistyped_or_of_another_kind() {
    use UnitType::{Office, School, Village};
    let mut targets = in_force(&[
        (SCHOOL, School, "HO", hectares()),
        (SCHOOL, School, "TONG", hectares()),
        (50, Village, "HO", steps()),
        (50, Village, "TONG", percent()),
        (51, Village, "HO", said()),
        (51, Village, "XONG", percent()),
        (52, Village, "XONG", percent()),
        (OFFICE, Office, "HO-XA", hectares()),
        (OFFICE, Office, "XONG-XA", percent()),
        (OFFICE, Office, "NHAN-XET", said()),
    ]);
    let fault = |member: &str| vec![Fault::at(format!("/condition/{member}"), Code::TargetNotComparable)];
    let table = [
        (back("HO"), 2, vec![]),
        (within("HO"), 2, vec![]),
        (back("XONG"), 2, vec![]),
        (back("NHAN-XET"), 0, fault("target")),
        (within("NHAN-XET"), 0, fault("target")),
        // Under a code that nobody has, somebody may register a target yet.
        (within("HO-GO-NHAM"), 0, vec![]),
        (compared("HO-GO-NHAM", "TONG"), 0, vec![]),
        // Of one unit both are hectares; of the other one they are steps and a share.
        (compared("HO", "TONG"), 1, vec![]),
        (compared("XONG", "HO-XA"), 0, fault("otherTarget")),
        (compared("NHAN-XET", "HO"), 0, fault("target")),
        (compared("HO", "NHAN-XET"), 0, fault("otherTarget")),
        // Both are there, but of no unit both.
        (compared("HO", "HO-XA"), 0, vec![]),
        (sum("XONG", Village, "XONG-XA"), 1, vec![]),
        (sum("XONG", Village, "GO-NHAM"), 0, vec![]),
        (sum("XONG", School, "XONG-XA"), 0, vec![]),
        (sum("HO", School, "HO-XA"), 1, vec![]),
        // Steps are united and words are said: neither has a sum.
        (sum("HO", Village, "HO-XA"), 0, fault("target")),
        (sum("XONG", Village, "HO-XA"), 0, fault("otherTarget")),
        (sum("XONG", Village, "NHAN-XET"), 0, fault("otherTarget")),
    ];
    for (condition, covered, faults) in table {
        assert_eq!(condition.covered(&targets), covered, "{condition:?}");
        assert_eq!(condition.misfits("/condition", &targets), faults, "{condition:?}");
    }
    targets.comparable = 7;
    assert_eq!(Condition::NotBelowLastPeriod { target: None }.covered(&targets), 7);
    // Who has ended reports no more; what villages left is still a part of the sum.
    for target in &mut targets.named {
        target.there = target.unit == id(OFFICE);
    }
    assert_eq!((back("HO").covered(&targets), sum("XONG", Village, "XONG-XA").covered(&targets)), (0, 1));
}

#[test]
fn where_a_rule_finds_nothing_to_compare_a_figure_with_the_report_says_why() {
    use Silence::{NotComparable, NothingBefore, NothingToSum, OtherMissing};
    let is = |value: Value| vec![figure(1, "HO", Some(value))];
    let five = || is(amount("5"));
    let with = |other: Figure| vec![figure(1, "HO", Some(amount("5"))), other];
    let before = |figures: Vec<Figure>| RuleFacts { last: figures, ..RuleFacts::default() };
    let summing = |values: Vec<Value>| RuleFacts {
        parts: values.into_iter().map(|value| part(50, UnitType::Village, "THON", "2025-10-31", value)).collect(),
        ..RuleFacts::default()
    };
    let of_office = || Condition::SumOfUnits {
        target: text("THON"),
        unit_type: UnitType::Village,
        owner_unit: id(SCHOOL),
        other_target: text("HO"),
    };
    let everything = || Condition::NotBelowLastPeriod { target: None };
    let none = RuleFacts::default;
    let table = [
        (back("HO"), five(), before(five()), None),
        (back("HO"), five(), before(vec![figure(1, "HO", None)]), Some(NothingBefore)),
        (back("HO"), five(), before(vec![figure(2, "KHAC", Some(amount("1")))]), Some(NothingBefore)),
        (back("HO"), five(), before(is(share("1", "2"))), Some(NotComparable)),
        (back("HO"), is(words()), before(is(words())), Some(NotComparable)),
        // Without any earlier report there is no last period, and words are not among what can be counted.
        (back("HO"), five(), none(), None),
        (everything(), is(words()), before(is(words())), None),
        (everything(), five(), before(vec![figure(2, "KHAC", Some(amount("1")))]), Some(NothingBefore)),
        (compared("HO", "TONG"), with(figure(2, "TONG", Some(amount("6")))), none(), None),
        (compared("HO", "TONG"), five(), none(), Some(OtherMissing)),
        (compared("HO", "TONG"), with(figure(2, "TONG", None)), none(), Some(OtherMissing)),
        (compared("HO", "TONG"), with(figure(2, "TONG", Some(words()))), none(), Some(NotComparable)),
        (within("HO"), five(), none(), None),
        (within("HO"), is(words()), none(), Some(NotComparable)),
        (of_office(), five(), summing(vec![amount("2"), amount("3")]), None),
        (of_office(), five(), none(), Some(NothingToSum)),
        (of_office(), five(), summing(vec![share("1", "2")]), Some(NotComparable)),
        // What is not about a figure of the report says nothing at all.
        (within("KHAC"), five(), none(), None),
        (within("HO"), vec![figure(1, "HO", None)], none(), None),
    ];
    for (condition, figures, facts, silence) in table {
        let facts = RuleFacts { rules: vec![rule(Severity::Block, condition.clone())], ..facts };
        let judgement = judge(id(SCHOOL), &figures, &[], &facts).unwrap();
        let told: Vec<_> = judgement.silent.iter().map(|one| (one.target.as_str(), one.silence)).collect();
        let expected: Vec<_> = silence.into_iter().map(|silence| ("HO", silence)).collect();
        assert_eq!(told, expected, "{condition:?} of {figures:?}");
        assert_eq!(judgement.violations, []);
    }
}

#[test]
fn a_rule_whose_target_can_never_be_compared_is_not_made() {
    let create = |condition, in_force| CreateValidationRule {
        code: text("QT1"),
        name: text("Số liệu phải hợp lý"),
        severity: Severity::Block,
        condition: Ok(condition),
        facts: CreationFacts { owner_known: true, in_force, ..CreationFacts::default() },
    };
    let now = at("2025-10-01T08:00:00+07:00");
    let words = in_force(&[(SCHOOL, UnitType::School, "HO", said())]);
    let refused = act(&coordinator(), campaign(), create(within("HO"), words), now);
    assert_eq!(faults(refused), [("/condition/target".to_owned(), "validationRule.targetNotComparable")]);
    assert!(act(&coordinator(), campaign(), create(within("HO"), InForce::default()), now).is_ok());
}
