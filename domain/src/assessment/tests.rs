use super::*;
use crate::{
    change::Change,
    policy::could,
    refusal::{Code, Refusal},
    registration::fixtures::{OFFICE, SCHOOL, act, actor, at, coordinator, faults, head, id, outcome, root, text},
    rubric::{Criterion, Instrument, NothingCounted, RankedWithin, Terms},
};

const NOW: &str = "2025-11-10T08:00:00+07:00";

fn dec(number: &str) -> Decimal {
    number.parse().unwrap()
}

fn criterion(code: &str, basis: Basis) -> Criterion {
    Criterion { code: text(code), name: text("Cách làm mới"), points: dec("10"), basis }
}

/// A rubric with a criterion that the coordinator judges, one that the chairman judges, and one that is counted.
fn rubric() -> ScoringRubric {
    let judged = |role| Basis::Judged { by: vec![role] };
    let terms = Terms {
        instrument: Instrument {
            symbol: text("12/HD-HĐTĐKT"), title: text("Hướng dẫn"), issued_on: at(NOW).date()
        },
        criteria: vec![
            criterion("ST", judged(Role::Coordinator)),
            criterion("CT", judged(Role::Chair)),
            criterion("BC", Basis::ReportsAccepted),
        ],
        tie_breakers: Vec::new(),
        within: RankedWithin::Campaign,
        nothing_counted: NothingCounted::Zero,
    };
    assert_eq!(terms.check(at(NOW).date()), []);
    ScoringRubric { root: root(800), campaign: id(500), terms, retired_at: None }
}

fn judging(criterion: &str, unit: u128) -> Judging {
    Judging { rubric: rubric(), criterion: text(criterion), unit: id(unit) }
}

fn give(points: &str) -> AssessUnit {
    AssessUnit { points: dec(points), reason: text("Có cách làm mới."), unit_there: true }
}

fn given() -> Assessment {
    act(&coordinator(), judging("ST", SCHOOL), give("8.50"), at(NOW)).unwrap().next().clone()
}

fn refusal(result: Result<Change<Assessment>, Refusal>) -> Code {
    result.unwrap_err().code
}

#[test]
fn points_are_given_with_a_reason_by_a_role_that_the_criterion_names() {
    let change = act(&coordinator(), judging("ST", SCHOOL), give("8.50"), at(NOW)).unwrap();
    assert_eq!((change.event().action, change.event().reason.is_some()), ("assessment.created", true));
    let assessment = change.next();
    assert_eq!((assessment.points.to_string(), assessment.criterion.code.as_str()), ("8.5".to_owned(), "ST"));
    let judge = &assessment.judge;
    assert_eq!((judge.person, judge.role, judge.judged_at), (id(10), Role::Coordinator, at(NOW)));
    let other = act(&coordinator(), judging("CT", SCHOOL), give("1"), at(NOW));
    assert_eq!(refusal(other), Code::OtherJudge);
    assert_eq!(refusal(act(&head(), judging("ST", SCHOOL), give("1"), at(NOW))), Code::RoleMissing);
}

#[test]
fn nobody_judges_where_he_works_or_for_whom_he_holds_a_role() {
    assert_eq!(refusal(act(&coordinator(), judging("ST", OFFICE), give("1"), at(NOW))), Code::OwnUnit);
    let mut both = coordinator();
    both.roles.push((Role::UnitHead, Some(id(SCHOOL))));
    assert_eq!(refusal(act(&both, judging("ST", SCHOOL), give("1"), at(NOW))), Code::OwnUnit);
    let assessed = Assessed { assessment: given(), retired: false };
    assert_eq!(could::<ReplaceAssessment, _>(&both, &assessed), Err(Code::OwnUnit));
    assert_eq!(could::<ReplaceAssessment, _>(&coordinator(), &assessed), Ok(()));
    assert_eq!(could::<ReplaceAssessment, _>(&actor(Role::Chair, OFFICE, 11), &assessed), Err(Code::OtherJudge));
}

#[test]
fn points_lie_between_none_and_those_of_the_criterion() {
    for points in ["0", "0.01", "10", "10.00"] {
        assert_eq!(outcome(&act(&coordinator(), judging("ST", SCHOOL), give(points), at(NOW))), "ACTIVE", "{points}");
    }
    for points in ["-0.01", "10.01", "9.999"] {
        let refused = act(&coordinator(), judging("ST", SCHOOL), give(points), at(NOW));
        assert_eq!(faults(refused), [("/points".to_owned(), "assessment.pointsOutOfBounds")], "{points}");
    }
}

#[test]
fn every_fault_of_an_assessment_is_named_at_once() {
    let nowhere = AssessUnit { unit_there: false, ..give("11") };
    assert_eq!(
        faults(act(&coordinator(), judging("BC", SCHOOL), nowhere.clone(), at(NOW))),
        [
            ("/criterion".to_owned(), "assessment.criterionCounted"),
            ("/points".to_owned(), "assessment.pointsOutOfBounds"),
            ("/unitId".to_owned(), "unit.notThere"),
        ]
    );
    assert_eq!(
        faults(act(&coordinator(), judging("KHAC", SCHOOL), nowhere, at(NOW))),
        [("/criterion".to_owned(), "reference.unknown"), ("/unitId".to_owned(), "unit.notThere")]
    );
}

#[test]
fn who_judges_anew_stands_for_it_and_nothing_moves_once_the_rubric_is_retired() {
    let later = at("2025-11-12T08:00:00+07:00");
    let again = || ReplaceAssessment { points: dec("9"), reason: text("Đánh giá lại.") };
    let mut other = coordinator();
    (other.person, other.unit) = (id(40), Some(id(9)));
    let change = act(&other, Assessed { assessment: given(), retired: false }, again(), later).unwrap();
    let replaced = change.next();
    assert_eq!((replaced.points, replaced.judge.person, replaced.root.version), (dec("9"), id(40), 2));
    assert_eq!(change.event().action, "assessment.replaced");
    let retired = Assessed { assessment: given(), retired: true };
    assert_eq!(refusal(act(&other, retired, again(), later)), Code::ScoringRubricRetired);
    let mut judging = judging("ST", SCHOOL);
    judging.rubric.retired_at = Some(at(NOW));
    assert_eq!(refusal(act(&coordinator(), judging, give("1"), later)), Code::ScoringRubricRetired);
}
