//! Numbering, by its table: who gives the number, which days fit, and in which order.

use uuid::Uuid;

use super::{
    Capacity, DispatchDocument, Document, DocumentSeries, DocumentType, Intent, Numbering, NumberingFacts,
    NumberingMode, Paper, PaperSignature, RegisterDocument, RelationKind, SealDocument, SealManner, SeriesStage,
    Signature, Signed,
};
use crate::{
    change::{Aggregate, Moment, Root},
    id::Id,
    policy::Directory,
    refusal::Refusal,
    registration::fixtures::{OFFICE, SCHOOL, STATION, act, clerk, head, id, unit},
    text::{Line, Paragraph, Token},
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
        head: None,
        authorisation: None,
        authentication: None,
        title: None,
        signed_at: noon("2025-12-10"),
    };
    let paper = Paper {
        campaign: None,
        consolidated_report: None,
        issuer: Id::new(Uuid::from_u128(1)),
        issuer_symbol: &Token::parse("UBND").unwrap(),
        drafter: None,
        document_type: DocumentType::Report,
        subject: Paragraph::parse("Kết quả Đợt thi đua").unwrap(),
        recipients: Vec::new(),
        copies: None,
        signature: Signed::Here(&signature),
        format_check: None,
        relations: Vec::new(),
    };
    let fresh = || Uuid::from_u128(9);
    let (_, change, _) = numbering.register(paper, Moment { now: noon(today), fresh: &fresh })?;
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

/// A document that is sealed and can leave the house.
pub(crate) fn sealed() -> Document {
    let document = registered(entered(5, "2025-12-10"), "2025-12-10").unwrap();
    let seal = SealDocument { manner: SealManner::Seal, report: None };
    act(&clerk(), document, seal, noon("2025-12-10")).unwrap().next().clone()
}

#[test]
fn a_unit_sees_what_it_was_shown_and_is_shown_it_once() {
    let document = sealed();
    assert!(document.visible_to(&clerk()) && !document.visible_to(&head()));
    let other = document.shown(&[id(STATION)], noon("2025-12-11")).unwrap();
    assert!(!other.next().visible_to(&head()), "another unit's letter");
    let shown = other.next().shown(&[id(STATION), id(SCHOOL)], noon("2025-12-12")).unwrap();
    assert_eq!(
        (shown.event().action, shown.event().from, shown.event().to),
        ("document.shown", Some("SEALED"), "SEALED")
    );
    let shown = shown.next();
    assert_eq!((&shown.shown_to, shown.root.version), (&vec![id(STATION), id(SCHOOL)], document.root.version + 2));
    assert!(shown.visible_to(&head()));
    assert!(shown.shown(&[id(SCHOOL)], noon("2025-12-13")).is_none(), "there is nothing to say");
}

#[test]
fn a_document_is_sealed_once_and_leaves_the_house_once_by_the_next_working_day_or_late() {
    let issued = registered(entered(5, "2025-12-10"), "2025-12-10").unwrap();
    let code =
        |answer: Result<crate::change::Change<Document>, Refusal>| answer.map(drop).map_err(|one| one.code.as_str());
    let seal = || SealDocument { manner: SealManner::AgencySignature, report: None };
    assert_eq!(code(act(&clerk(), issued, DispatchDocument, noon("2025-12-10"))), Err("document.notSealed"));
    assert_eq!(code(act(&clerk(), sealed(), seal(), noon("2025-12-10"))), Err("document.sealedAlready"));
    // Signed on Wednesday, 10 December: Thursday is the last day.
    assert_eq!(sealed().dispatch_due_before.unwrap().last_day(), day("2025-12-11"));
    for (today, late) in [("2025-12-11", false), ("2025-12-12", true)] {
        let sent = act(&clerk(), sealed(), DispatchDocument, noon(today)).unwrap().next().clone();
        assert_eq!(sent.stage.departure().unwrap().late, late, "{today}");
        assert_eq!(code(act(&clerk(), sent, DispatchDocument, noon(today))), Err("document.dispatchedAlready"));
    }
    let of_a_report = Document { consolidated_report: Some(Id::new(Uuid::from_u128(4))), ..sealed() };
    let apart = act(&clerk(), of_a_report, DispatchDocument, noon("2025-12-11"));
    assert_eq!(code(apart), Err("document.leavesWithReport"));
    let late = registered(entered(5, "2025-12-12"), "2025-12-12").unwrap();
    assert!(late.numbered_late() && !sealed().numbered_late());
}

/// What a later document of this type does to an earlier report, and what is said of it.
fn related(kind: RelationKind, by: DocumentType, earlier: Document) -> Result<(Document, Document), Refusal> {
    let mut numbering = entered(6, "2025-12-15");
    numbering.facts.series.as_mut().unwrap().document_type = Some(by);
    let command = RegisterDocument {
        issuer: crate::unit::Unit { root: Root { id: earlier.issuer, ..unit(OFFICE).root }, ..unit(OFFICE) },
        drafter: Some(unit(OFFICE)),
        campaign: None,
        document_type: by,
        subject: Paragraph::parse("Đính chính").unwrap(),
        recipients: Vec::new(),
        copies: None,
        signature: PaperSignature {
            capacity: Paragraph::parse("CHỦ TỊCH").unwrap(),
            name: Line::parse("Trần Quốc Mẫu").unwrap(),
            signed_on: day("2025-12-15"),
        },
        numbering,
        relations: vec![Intent { kind, earlier, reason: Some(Paragraph::parse("Sai thể thức").unwrap()) }],
    };
    let (later, _, consequences) = act(&clerk(), Directory, command, noon("2025-12-15"))?.into_parts();
    let [crate::change::Consequence::Documents(earlier)] = consequences.as_slice() else { panic!("one consequence") };
    Ok((later, earlier[0].next().clone()))
}

#[test]
fn form_is_put_right_by_a_letter_and_content_by_a_document_of_the_same_type() {
    use DocumentType::{Decision, OfficialLetter, Report};
    for (kind, by, fits) in [
        (RelationKind::Corrects, OfficialLetter, true),
        (RelationKind::Corrects, Report, false),
        (RelationKind::Amends, Report, true),
        (RelationKind::Replaces, Report, true),
        (RelationKind::Replaces, Decision, false),
        (RelationKind::Recalls, OfficialLetter, true),
    ] {
        let answer = related(kind, by, sealed());
        assert_eq!(answer.is_ok(), fits, "{kind:?} {by:?}");
        match answer {
            Ok((later, earlier)) => {
                assert_eq!((later.relations[0].document, later.relations[0].kind), (earlier.root.id, kind));
                let [shown] = earlier.affected_by.as_slice() else { panic!("one relation") };
                assert_eq!((shown.symbol.clone(), shown.issued_on), (later.symbol, later.issued_on));
                assert_eq!(Document { affected_by: Vec::new(), root: sealed().root, ..earlier }, sealed());
            }
            Err(refusal) => assert_eq!(refusal.faults[0].code.as_str(), "relation.byOtherType"),
        }
    }
}

#[test]
fn what_was_replaced_or_called_back_stands_no_more() {
    let after = |first: RelationKind, then: RelationKind| {
        let by = |kind| {
            if kind == RelationKind::Replaces || kind == RelationKind::Amends {
                DocumentType::Report
            } else {
                DocumentType::OfficialLetter
            }
        };
        let (_, earlier) = related(first, by(first), sealed()).unwrap();
        related(then, by(then), earlier).map(drop).map_err(|refusal| refusal.faults[0].code.as_str())
    };
    use RelationKind::{Amends, Corrects, Recalls, Replaces};
    for (first, then, fits) in [
        (Corrects, Corrects, true),
        (Amends, Replaces, true),
        (Replaces, Corrects, false),
        (Replaces, Replaces, false),
        (Replaces, Recalls, true),
        (Recalls, Replaces, true),
        (Recalls, Recalls, false),
    ] {
        let wanted = if fits { Ok(()) } else { Err("relation.toWithdrawn") };
        assert_eq!(after(first, then), wanted, "{first:?} {then:?}");
    }
    let (_, recalled) = related(Recalls, DocumentType::OfficialLetter, sealed()).unwrap();
    let sent = act(&clerk(), recalled, DispatchDocument, noon("2025-12-16"));
    assert_eq!(sent.unwrap_err().code.as_str(), "document.recalled");
}
