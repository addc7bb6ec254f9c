//! Signature and number of a report that is handed in.

use super::*;
use crate::{
    document::{Capacity, symbol::DocSymbol},
    principal::{Actor, Mandate},
};

fn numbered(symbol: Option<&str>, day_of_issue: Option<&str>) -> Numbered {
    Numbered { symbol: symbol.map(text), issued_on: day_of_issue.map(day) }
}

fn by(actor: &Actor, report: Report, unit_type: UnitType, numbered: Numbered) -> Result<Change<Report>, Refusal> {
    let command = SubmitReport { numbered, facts: SubmissionFacts { unit_type, ..facts() } };
    act(actor, Filed { report, terms: open_period().terms() }, command, now())
}

/// What is said against a number, of a period from the first to the last of October, on the fourth of November.
fn refused(unit_type: UnitType, symbol: Option<&str>, day_of_issue: Option<&str>) -> Vec<(String, &'static str)> {
    let outcome = by(&head(), draft(), unit_type, numbered(symbol, day_of_issue));
    if outcome.is_ok() { Vec::new() } else { faults(outcome) }
}

#[test]
fn a_number_follows_the_grammar_of_who_gives_it_and_a_village_gives_none() {
    const DAY: Option<&str> = Some("2025-11-03");
    let of = |code| vec![("/symbol".to_owned(), code)];
    let (malformed, other) = (of("document.symbolMalformed"), of("document.symbolOfOtherType"));
    for (unit_type, symbol, expected) in [
        (UnitType::School, "5/BC-TH1", Vec::new()),
        (UnitType::School, "05-BC/TH1", malformed.clone()),
        (UnitType::School, "5/2025/BC-TH1", malformed.clone()),
        (UnitType::School, "BC-TH1", malformed),
        (UnitType::School, "05/KH-TH1", other.clone()),
        (UnitType::School, "05/TH1-VT", other),
        (UnitType::FrontAndUnions, "12/BC-MTTQ-BTT", Vec::new()),
        (UnitType::FrontAndUnions, "12-BC/ĐTN", Vec::new()),
    ] {
        assert_eq!(refused(unit_type, Some(symbol), DAY), expected, "{symbol}");
    }
    let none = |pointer: &str| (pointer.to_owned(), "unit.withoutSymbol");
    assert_eq!(refused(UnitType::Village, Some("01/BC-THON1"), DAY), [none("/symbol"), none("/issueDate")]);
    assert_eq!(refused(UnitType::Village, None, DAY), [none("/issueDate")]);
    assert_eq!(refused(UnitType::Village, None, None), []);
}

#[test]
fn number_and_day_come_together_and_the_day_lies_between_the_first_of_the_period_and_today() {
    const SYMBOL: Option<&str> = Some("05/BC-TH1");
    let at = |pointer: &str, code| vec![(pointer.to_owned(), code)];
    for (symbol, day_of_issue, expected) in [
        (None, None, Vec::new()),
        (SYMBOL, None, at("/issueDate", "field.missing")),
        (None, Some("2025-11-03"), at("/symbol", "field.missing")),
        (SYMBOL, Some("2025-09-30"), at("/issueDate", "report.issuedBeforePeriod")),
        (SYMBOL, Some("2025-10-01"), Vec::new()),
        (SYMBOL, Some("2025-11-04"), Vec::new()),
        (SYMBOL, Some("2025-11-05"), at("/issueDate", "date.inFuture")),
    ] {
        assert_eq!(refused(UnitType::School, symbol, day_of_issue), expected, "{symbol:?} {day_of_issue:?}");
    }
}

#[test]
fn each_submission_is_signed_and_numbered_anew_and_what_came_back_keeps_those_of_the_last() {
    let five = numbered(Some("5/BC-TH1"), Some("2025-11-03"));
    let first = by(&head(), draft(), UnitType::School, five).unwrap().next().clone();
    let signature = first.signature.as_ref().unwrap();
    assert_eq!((signature.capacity, signature.signed_at), (Capacity::HeadOfUnit, now()));
    let issued = OwnNumber { symbol: DocSymbol::parse("05/BC-TH1").unwrap(), issued_on: day("2025-11-03") };
    assert_eq!(first.own_number, Some(issued));

    let returned = return_it(first.clone()).unwrap().next().clone();
    assert_eq!((&returned.signature, &returned.own_number), (&first.signature, &first.own_number));
    let mut deputy = Actor { title: Some("Phó Hiệu trưởng".into()), ..head() };
    deputy.mandates = vec![(Role::UnitHead, Some(id(SCHOOL)), Mandate::Deputy { head: text("Hiệu trưởng") })];
    let again = by(&deputy, returned, UnitType::School, Numbered::default()).unwrap().next().clone();
    assert_eq!(again.signature.as_ref().map(|signature| signature.capacity), Some(Capacity::ForTheHead));
    assert_eq!(again.own_number, None, "the number of the first paper is not that of the second");
}
