//! The incoming register, by its table.

use super::{CorrectIncomingDocument, Entry, IncomingDocument, IncomingFacts, RecordIncomingDocument};
use crate::{
    document::symbol::{DocSymbol, Grammar},
    policy::Directory,
    refusal::Refusal,
    registration::fixtures::{OFFICE, act, at, clerk, day, text, unit},
    text::{Line, Token},
};

const NOW: &str = "2025-12-10T09:00:00+07:00";

fn entry() -> Entry {
    Entry {
        arrived_on: day("2025-12-10"),
        sender: Line::parse("Ủy ban nhân dân thành phố Hải Phòng").unwrap(),
        sender_unit: None,
        symbol: Some(DocSymbol::parse("232/KH-UBND").unwrap()),
        printed_symbol: None,
        dated_on: day("2025-12-08"),
        subject: text("Kế hoạch tổng kết phong trào thi đua"),
        order_comment: None,
    }
}

fn faults<T: std::fmt::Debug>(answer: Result<T, Refusal>) -> Vec<(String, &'static str)> {
    answer.unwrap_err().faults.into_iter().map(|fault| (fault.pointer, fault.code.as_str())).collect()
}

fn recorded(entry: Entry, facts: IncomingFacts) -> Result<IncomingDocument, Refusal> {
    let command = RecordIncomingDocument { receiver: unit(OFFICE), entry, facts };
    Ok(act(&clerk(), Directory, command, at(NOW))?.into_parts().0)
}

#[test]
fn the_book_of_the_year_of_arrival_goes_on_by_one() {
    let after = |last| IncomingFacts { last, ..IncomingFacts::default() };
    let number = |last| recorded(entry(), after(last)).map(|one| (one.year, one.number)).unwrap();
    assert_eq!((number(None), number(Some(41))), ((2025, 1), (2025, 42)));
    let last_year = Entry { arrived_on: day("2024-12-31"), dated_on: day("2024-12-30"), ..entry() };
    assert!(faults(recorded(last_year, after(None))).contains(&("/receiverUnitId".to_owned(), "unit.notThere")));
}

#[test]
fn both_grammars_are_read_and_a_village_has_no_symbol() {
    let with = |symbol: Option<&str>| {
        let symbol = symbol.map(|text| DocSymbol::parse(text).unwrap());
        recorded(Entry { symbol, ..entry() }, IncomingFacts::default()).unwrap().entry.grammar()
    };
    assert_eq!(with(Some("15/UBND-VHXH")), Some(Grammar::State));
    assert_eq!(with(Some("12-BC/ĐU")), Some(Grammar::Party));
    assert_eq!(with(None), None);
    let misprinted = Entry { symbol: None, printed_symbol: Token::parse("46-CTATU").ok(), ..entry() };
    assert!(recorded(misprinted, IncomingFacts::default()).is_ok());
}

#[test]
fn days_and_symbols_that_contradict_each_other_are_named() {
    let wrong = |entry| faults(recorded(entry, IncomingFacts::default()));
    let at = |pointer: &str, code| vec![(pointer.to_owned(), code)];
    let future = Entry { arrived_on: day("2025-12-11"), ..entry() };
    assert_eq!(wrong(future), at("/arrivalDate", "date.inFuture"));
    let early = Entry { arrived_on: day("2025-12-07"), ..entry() };
    assert_eq!(wrong(early), at("/documentDate", "incoming.datedAfterArrival"));
    let decree = Entry { symbol: DocSymbol::parse("152/2024/NĐ-CP").ok(), ..entry() };
    assert_eq!(wrong(decree), at("/documentDate", "document.symbolOfOtherYear"));
    for printed in ["232/KH-UBND", "05-BC/ĐU"] {
        let printed_symbol = Token::parse(printed).ok();
        let needless = Entry { symbol: None, printed_symbol, ..entry() };
        assert_eq!(wrong(needless), at("/printedSymbol", "incoming.printedSymbolNeedless"));
    }
    let explained = Entry { order_comment: Some(text("Đến muộn")), ..entry() };
    assert_eq!(wrong(explained), at("/orderComment", "document.orderCommentNeedless"));
}

#[test]
fn a_number_follows_the_days_of_arrival_or_says_why_not() {
    let facts = IncomingFacts { last: Some(7), before: Some(day("2025-12-10")), after: None };
    let late = Entry { arrived_on: day("2025-12-09"), ..entry() };
    assert_eq!(faults(recorded(late.clone(), facts)), [("/arrivalDate".to_owned(), "incoming.outOfOrder")]);
    let explained = Entry { order_comment: Some(text("Bộ phận một cửa chuyển muộn")), ..late };
    assert_eq!(recorded(explained, facts).unwrap().number, 8);
}

#[test]
fn a_correction_is_dated_gives_its_reason_and_keeps_what_was_said_before() {
    let document = recorded(entry(), IncomingFacts::default()).unwrap();
    let with = |entry| {
        let command =
            CorrectIncomingDocument { entry, reason: text("Ghi nhầm trích yếu"), facts: IncomingFacts::default() };
        act(&clerk(), document.clone(), command, at(NOW))
    };
    let right = Entry { subject: text("Kế hoạch sơ kết"), ..entry() };
    let corrected = with(right.clone()).unwrap().into_parts().0;
    assert_eq!((corrected.number, &corrected.entry), (document.number, &right));
    let [correction] = corrected.corrections.as_slice() else { panic!("one correction") };
    assert_eq!((correction.before.clone(), correction.corrected_at), (entry(), at(NOW)));
    assert_eq!(faults(with(entry())), [(String::new(), "incoming.unchanged")]);
    let moved = Entry { arrived_on: day("2024-12-31"), dated_on: day("2024-12-30"), ..entry() };
    assert_eq!(faults(with(moved)), [("/arrivalDate".to_owned(), "incoming.otherYear")]);
    let full = IncomingDocument { corrections: vec![correction.clone(); 50], ..document.clone() };
    let command = CorrectIncomingDocument { entry: right, reason: text("x"), facts: IncomingFacts::default() };
    assert_eq!(act(&clerk(), full, command, at(NOW)).unwrap_err().code.as_str(), "incoming.correctionsTooMany");
}
