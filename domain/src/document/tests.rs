//! Numbering, by its table: who gives the number, which days fit, and in which order.

use uuid::Uuid;

use super::{
    Capacity, Document, DocumentSeries, DocumentType, Numbering, NumberingFacts, NumberingMode, Paper, SeriesStage,
    Signature,
};
use crate::{
    change::{Moment, Root},
    id::Id,
    refusal::Refusal,
    text::{Paragraph, Token},
    time::{Date, Timestamp},
};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn noon(text: &str) -> Timestamp {
    Timestamp::parse(&format!("{text}T12:00:00+07:00")).unwrap()
}

fn series(numbering: NumberingMode) -> DocumentSeries {
    let at = noon("2025-07-01");
    DocumentSeries {
        root: Root { id: Id::new(Uuid::from_u128(7)), version: 1, created_at: at, updated_at: at },
        issuer: Id::new(Uuid::from_u128(1)),
        document_type: Some(DocumentType::Report),
        numbering,
        valid_from: day("2025-07-01"),
        first_number: 1,
        instrument: None,
        stage: SeriesStage::Active,
    }
}

fn facts(numbering: NumberingMode) -> NumberingFacts {
    NumberingFacts { series: Some(series(numbering)), ..NumberingFacts::default() }
}

fn typed(number: Option<i32>, issue_date: Option<&str>, facts: NumberingFacts) -> Numbering {
    Numbering { number, issue_date: issue_date.map(day), order_comment: None, facts }
}

/// What a clerk types where the book is kept elsewhere.
pub(crate) fn entered(number: i32, issue_date: &str) -> Numbering {
    typed(Some(number), Some(issue_date), facts(NumberingMode::Entered))
}

/// Signed on 10 December 2025, registered on a day.
fn registered(numbering: Numbering, today: &str) -> Result<Document, Refusal> {
    let signature = Signature {
        person: Id::new(Uuid::from_u128(2)),
        name: "Trần Quốc Mẫu".to_owned(),
        capacity: Capacity::OnBehalf,
        title: None,
        signed_at: noon("2025-12-10"),
    };
    let paper = Paper {
        campaign: Id::new(Uuid::from_u128(3)),
        consolidated_report: None,
        issuer: Id::new(Uuid::from_u128(1)),
        issuer_symbol: &Token::parse("UBND").unwrap(),
        document_type: DocumentType::Report,
        subject: Paragraph::parse("Kết quả Đợt thi đua").unwrap(),
        signature: &signature,
    };
    let fresh = || Uuid::from_u128(9);
    let (_, change) = numbering.register(paper, Moment { now: noon(today), fresh: &fresh })?;
    Ok(change.into_parts().0)
}

fn faults(answer: Result<Document, Refusal>) -> Vec<String> {
    let refusal = answer.unwrap_err();
    refusal.faults.iter().map(|fault| format!("{} {}", fault.pointer, fault.code)).collect()
}

#[test]
fn the_system_gives_the_next_number_and_today() {
    let at = |last, today: &str| {
        let facts = NumberingFacts { last, ..facts(NumberingMode::Own) };
        let document = registered(typed(None, None, facts), today).unwrap();
        (document.symbol.to_string(), document.issued_on.to_string(), document.year)
    };
    assert_eq!(at(None, "2025-12-11"), ("01/BC-UBND".to_owned(), "2025-12-11".to_owned(), 2025));
    assert_eq!(at(Some(9), "2025-12-11").0, "10/BC-UBND");
    assert_eq!(at(None, "2026-01-02"), ("01/BC-UBND".to_owned(), "2026-01-02".to_owned(), 2026));
}

#[test]
fn a_series_that_is_taken_over_begins_its_first_year_later_and_no_other() {
    let taken = DocumentSeries { first_number: 120, ..series(NumberingMode::Own) };
    assert_eq!((taken.next(2025, None), taken.next(2025, Some(120)), taken.next(2026, None)), (120, 121, 1));
    assert_eq!(taken.next(2025, Some(130)), 131, "what was entered before is not given again");
}

#[test]
fn nobody_types_what_the_system_gives() {
    let own = || facts(NumberingMode::Own);
    let typed = Numbering { order_comment: Paragraph::parse("x").ok(), ..typed(Some(1), Some("2025-12-11"), own()) };
    let given = "document.givenBySystem";
    let wanted = ["/number", "/issueDate", "/orderComment"].map(|pointer| format!("{pointer} {given}"));
    assert_eq!(faults(registered(typed, "2025-12-11")), wanted);
}

#[test]
fn a_typed_number_needs_a_day_between_the_signature_and_today() {
    let enter = |number, date, today| registered(typed(number, date, facts(NumberingMode::Entered)), today);
    assert_eq!(enter(Some(5), Some("2025-12-10"), "2025-12-11").unwrap().symbol.as_str(), "05/BC-UBND");
    assert_eq!(faults(enter(None, None, "2025-12-11")), ["/number field.missing", "/issueDate field.missing"]);
    assert_eq!(faults(enter(Some(5), Some("2025-12-09"), "2025-12-11")), ["/issueDate document.issueBeforeSigning"]);
    assert_eq!(faults(enter(Some(5), Some("2025-12-12"), "2025-12-11")), ["/issueDate date.inFuture"]);
}

#[test]
fn a_day_out_of_the_order_of_the_numbers_needs_a_reason_and_one_in_order_has_none() {
    let between = || NumberingFacts {
        before: Some(day("2025-12-11")),
        after: Some(day("2025-12-15")),
        ..facts(NumberingMode::Entered)
    };
    let enter = |date: &str, comment: Option<&str>| {
        let order_comment = comment.map(|text| Paragraph::parse(text).unwrap());
        registered(Numbering { order_comment, ..typed(Some(5), Some(date), between()) }, "2025-12-20")
    };
    for fits in ["2025-12-11", "2025-12-13", "2025-12-15"] {
        assert_eq!(enter(fits, None).unwrap().order_comment, None, "{fits}");
    }
    for other in ["2025-12-10", "2025-12-16"] {
        assert_eq!(faults(enter(other, None)), ["/issueDate document.outOfOrder"], "{other}");
        assert!(enter(other, Some("Theo sổ giấy.")).unwrap().order_comment.is_some());
    }
    assert_eq!(faults(enter("2025-12-13", Some("Theo sổ giấy."))), ["/orderComment document.orderCommentNeedless"]);
}

#[test]
fn nothing_is_numbered_without_a_series_or_before_it_begins() {
    let nowhere = typed(Some(5), Some("2025-12-10"), NumberingFacts::default());
    assert_eq!(registered(nowhere, "2025-12-11").unwrap_err().code.as_str(), "document.seriesMissing");
    let mut later = facts(NumberingMode::Entered);
    later.series.as_mut().unwrap().valid_from = day("2026-01-01");
    let early = typed(Some(5), Some("2025-12-31"), later);
    assert_eq!(faults(registered(early, "2026-01-02")), ["/issueDate document.beforeSeries"]);
}
