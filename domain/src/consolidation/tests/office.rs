//! The reports of an office to the committee: other people, another way, the same figures.

use super::{lifecycle::replace, *};
use crate::{
    document::Capacity,
    period::PeriodKind,
    policy::{Addressee, Part},
};

/// Văn phòng, in the directory.
const VP: u128 = 7;
/// Who drafts for it.
const WRITER: u128 = 40;

fn writer() -> Actor {
    actor(Role::Office, VP, WRITER)
}

fn head_of_office() -> Actor {
    let roles = vec![(Role::Office, None), (Role::UnitHead, Some(id(VP)))];
    Actor { title: Some("Chánh Văn phòng".into()), roles, ..actor(Role::Office, VP, 41) }
}

fn command() -> CreateConsolidatedReport {
    CreateConsolidatedReport { facts: CreationFacts { latest: None, office: Some(id(VP)) }, ..create() }
}

fn compiled(kind: ConsolidatedKind, command: CreateConsolidatedReport) -> Result<Change<ConsolidatedReport>, Refusal> {
    act(&writer(), of_kind(kind), command, now())
}

fn periodic() -> ConsolidatedReport {
    compiled(ConsolidatedKind::Periodic, command()).unwrap().next().clone()
}

fn sign_for_office(report: ConsolidatedReport) -> Result<Change<ConsolidatedReport>, Refusal> {
    let facts = SigningFacts { accepted: small().accepted };
    act(&head_of_office(), report, SignConsolidatedReport { as_frozen: false, facts }, now())
}

fn receive() -> ReceiveConsolidatedReport {
    ReceiveConsolidatedReport { opinion: Some(text("Đôn đốc các đơn vị chưa nộp.")) }
}

fn hand_back() -> HandBackConsolidatedReport {
    HandBackConsolidatedReport { reason: text("Bổ sung số liệu tháng 9.") }
}

fn office_report(stage: &str) -> ConsolidatedReport {
    let next = |result: Result<Change<ConsolidatedReport>, Refusal>| result.unwrap().next().clone();
    match stage {
        "DRAFT" => periodic(),
        "UNDER_REVIEW" => next(act(&writer(), periodic(), SubmitConsolidatedReport, now())),
        "SIGNED" => next(sign_for_office(office_report("UNDER_REVIEW"))),
        "ISSUED" => next(Ok(next(act(&clerk(), office_report("SIGNED"), issue(), now())).sealed(now()))),
        "PRESENTED" => next(act(&clerk(), office_report("ISSUED"), present(), now())),
        "RECEIVED" => next(act(&chair(), office_report("PRESENTED"), receive(), now())),
        _ => next(act(&chair(), office_report("PRESENTED"), hand_back(), now())),
    }
}

const STAGES: [&str; 7] = ["DRAFT", "UNDER_REVIEW", "SIGNED", "ISSUED", "PRESENTED", "RECEIVED", "HANDED_BACK"];

/// Every command in every stage, by those whose job it is where there are such people.
#[test]
fn an_offices_report_goes_its_own_way_and_never_to_the_city() {
    const DRAFT: &str = "consolidatedReport.notDraft";
    const REVIEW: &str = "consolidatedReport.notUnderReview";
    const OTHER: &str = "policy.otherAddressee";
    const TABLE: [(&str, [&str; 7]); 12] = [
        ("freeze", ["DRAFT", DRAFT, DRAFT, DRAFT, DRAFT, DRAFT, DRAFT]),
        ("replace", ["DRAFT", DRAFT, DRAFT, DRAFT, DRAFT, DRAFT, DRAFT]),
        ("submit", ["UNDER_REVIEW", DRAFT, DRAFT, DRAFT, DRAFT, DRAFT, DRAFT]),
        ("return", [REVIEW, "DRAFT", REVIEW, REVIEW, REVIEW, REVIEW, REVIEW]),
        ("sign", [REVIEW, "SIGNED", REVIEW, REVIEW, REVIEW, REVIEW, REVIEW]),
        ("send", [OTHER; 7]),
        ("acknowledge", [OTHER; 7]),
        ("refuse", [OTHER; 7]),
        ("supplement", [OTHER; 7]),
        ("present", {
            const NOT: &str = "consolidatedReport.notIssued";
            [NOT, NOT, NOT, "PRESENTED", NOT, NOT, NOT]
        }),
        ("receive", {
            const NOT: &str = "consolidatedReport.notPresented";
            [NOT, NOT, NOT, NOT, "RECEIVED", NOT, NOT]
        }),
        ("handBack", {
            const NOT: &str = "consolidatedReport.notPresented";
            [NOT, NOT, NOT, NOT, "HANDED_BACK", NOT, NOT]
        }),
    ];
    for (verb, cells) in TABLE {
        for (stage, expected) in STAGES.into_iter().zip(cells) {
            let on = office_report(stage);
            let again = || FreezeConsolidatedReport { frozen: frozen(small()), standing: None };
            let reason = || text("Xem lại");
            let result = match verb {
                "freeze" => act(&writer(), on, again(), now()),
                "replace" => act(&writer(), on, replace(), now()),
                "submit" => act(&writer(), on, SubmitConsolidatedReport, now()),
                "return" => act(&head_of_office(), on, ReturnConsolidatedReport { reason: reason() }, now()),
                "sign" => sign_for_office(on),
                "send" => act(&clerk(), on, send(), now()),
                "acknowledge" => act(&portal(), on, acknowledge(), now()),
                "refuse" => act(&portal(), on, refuse(), now()),
                "supplement" => act(&coordinator(), on, supplement(), now()),
                "present" => act(&clerk(), on, present(), now()),
                "receive" => act(&chair(), on, receive(), now()),
                _ => act(&chair(), on, hand_back(), now()),
            };
            assert_eq!(outcome(&result), expected, "{stage} {verb}");
            let drawn = Stage::edges().contains(&(stage, &format!("{verb}ConsolidatedReport"), expected));
            assert_eq!(result.is_ok(), drawn, "{stage} {verb}");
        }
    }
}

#[test]
fn it_is_the_offices_paper_addressed_to_the_committee_and_signed_by_its_head() {
    let report = office_report("RECEIVED");
    let (issuer, compiler, addressee) = (report.issuer, report.coordinating_unit, report.addressee);
    assert_eq!((issuer, compiler, addressee), (id(VP), id(VP), Some(id(9))));
    let signature = report.stage.signature().unwrap();
    assert_eq!((signature.capacity, signature.title.as_deref()), (Capacity::HeadOfUnit, Some("Chánh Văn phòng")));
    assert_eq!(report.stage.issue().unwrap().symbol.as_str(), "05/BC-VP");
    let Stage::Received { reception, opinion, .. } = &report.stage else { panic!("received") };
    assert_eq!((reception.person, opinion.is_some()), (chair().person, true));
    let written = crate::canonical::canonical(&report).unwrap();
    assert_eq!(serde_json::from_str::<ConsolidatedReport>(&written).unwrap(), report);
}

#[test]
fn what_the_committee_gives_back_stays_as_it_was_signed_and_says_why() {
    assert_eq!(could::<HandBackConsolidatedReport, _>(&chair(), &in_stage("SENT")), Err(Code::OtherAddressee));
    let before = office_report("PRESENTED");
    let change = act(&chair(), before.clone(), hand_back(), now()).unwrap();
    assert_eq!(change.event().reason.as_ref().map(AsRef::as_ref), Some("Bổ sung số liệu tháng 9."));
    let after = change.next();
    assert_eq!(after.stage.issue(), before.stage.issue());
    assert_eq!((&after.snapshot, &after.narrative), (&before.snapshot, &before.narrative));
    let Stage::HandedBack { hand_back, .. } = &after.stage else { panic!("handed back") };
    assert_eq!((hand_back.person, hand_back.handed_back_at), (chair().person, now()));
    let written = crate::canonical::canonical(after).unwrap();
    assert_eq!(serde_json::from_str::<ConsolidatedReport>(&written).unwrap(), *after);
}

#[test]
fn each_kind_is_compiled_by_its_own_office_only() {
    for kind in [ConsolidatedKind::Periodic, ConsolidatedKind::Interim, ConsolidatedKind::Summary] {
        assert_eq!(kind.addressee(), Addressee::Committee);
        let by_the_other = act(&coordinator(), of_kind(kind), command(), now());
        assert_eq!(outcome(&by_the_other), "policy.otherAddressee", "{kind:?}");
    }
    let to_the_city = compiled(ConsolidatedKind::CityFinal, command());
    assert_eq!(outcome(&to_the_city), "policy.otherAddressee");
    for city in [&chair(), &actor(Role::ViceChair, OFFICE, 42)] {
        assert_eq!(could::<SignConsolidatedReport, _>(city, &office_report("UNDER_REVIEW")), Err(Code::OtherAddressee));
    }
    let roles = vec![(Role::Office, None), (Role::UnitHead, Some(id(SCHOOL)))];
    let elsewhere = Actor { roles, ..actor(Role::Office, SCHOOL, 43) };
    assert_eq!(could::<SignConsolidatedReport, _>(&elsewhere, &office_report("UNDER_REVIEW")), Err(Code::RoleMissing));
    assert_eq!(
        could::<SignConsolidatedReport, _>(&head_of_office(), &in_stage("UNDER_REVIEW")),
        Err(Code::RoleMissing)
    );
}

#[test]
fn who_compiled_does_not_sign_and_who_signed_does_not_receive() {
    let compiler = Actor { person: id(WRITER), ..head_of_office() };
    assert_eq!(could::<SignConsolidatedReport, _>(&compiler, &office_report("UNDER_REVIEW")), Err(Code::SamePerson));
    let signer = actor(Role::ViceChair, VP, 41);
    assert!(office_report("PRESENTED").took_part(Part::Signer, signer.person));
    assert_eq!(could::<ReceiveConsolidatedReport, _>(&signer, &office_report("PRESENTED")), Err(Code::SamePerson));
    let other = actor(Role::ViceChair, OFFICE, 44);
    assert_eq!(could::<ReceiveConsolidatedReport, _>(&other, &office_report("PRESENTED")), Ok(()));
}

#[test]
fn what_the_plan_asks_nobody_for_is_not_compiled() {
    // The plan of these tests asks Văn phòng for periodic and interim reports, and nobody for a summary.
    let summary = compiled(ConsolidatedKind::Summary, command());
    assert_eq!(faults(summary), [("/kind".to_owned(), "consolidatedReport.notAskedFor")]);
    let interim = compiled(ConsolidatedKind::Interim, command()).unwrap();
    assert_eq!(interim.next().kind, ConsolidatedKind::Interim);
    let mut unknown = command();
    unknown.facts.office = None;
    assert_eq!(
        faults(compiled(ConsolidatedKind::Periodic, unknown)),
        [("/kind".to_owned(), "consolidatedReport.notAskedFor")]
    );
}

#[test]
fn a_kind_rests_only_on_periods_that_fit_it() {
    let on = |kind: ConsolidatedKind, period: PeriodKind| {
        let mut command = command();
        command.frozen.facts.periods[0].kind = period;
        compiled(kind, command)
    };
    let refused = [("/periodIds/0".to_owned(), "consolidatedReport.periodOfOtherKind")];
    for (period, periodic, interim) in [
        (PeriodKind::Monthly, true, true),
        (PeriodKind::Quarterly, true, true),
        (PeriodKind::AdHoc, false, true),
        (PeriodKind::Interim, false, true),
        (PeriodKind::Final, false, false),
    ] {
        for (kind, fits) in [(ConsolidatedKind::Periodic, periodic), (ConsolidatedKind::Interim, interim)] {
            match on(kind, period) {
                Ok(_) => assert!(fits, "{kind:?} {period:?}"),
                refusal => assert_eq!((faults(refusal), fits), (refused.to_vec(), false), "{kind:?} {period:?}"),
            }
        }
        assert!(ConsolidatedKind::Summary.rests_on(period) && ConsolidatedKind::CityFinal.rests_on(period));
    }
}

#[test]
fn one_report_of_a_kind_stands_on_the_same_periods_and_is_replaced_once_the_committee_has_answered() {
    let after = |stage: &str, replaces: bool| {
        let latest = office_report(stage);
        let mut command = command();
        command.replaces = replaces.then_some(latest.root.id);
        command.facts.latest = Some(latest);
        compiled(ConsolidatedKind::Periodic, command)
    };
    let taken = [("/replacesId".to_owned(), "consolidatedReport.existsForPeriods")];
    for stage in STAGES {
        assert_eq!(faults(after(stage, false)), taken, "{stage}");
        let answered = matches!(stage, "RECEIVED" | "HANDED_BACK");
        let code = if answered { "DRAFT" } else { "consolidatedReport.replacesNotReceived" };
        assert_eq!(outcome(&after(stage, true)), code, "{stage}");
    }
    let again = FreezeConsolidatedReport { frozen: frozen(small()), standing: Some(id(77)) };
    assert_eq!(
        faults(act(&writer(), periodic(), again, now())),
        [("/periodIds".to_owned(), "consolidatedReport.existsForPeriods")]
    );
}

#[test]
fn a_deadline_is_named_only_where_the_plan_gives_none_and_its_instant_is_late() {
    let deadline = Deadline::at(at("2025-12-10T00:00:00+07:00"));
    let dated = || CreateConsolidatedReport { due_before: Some(deadline), ..command() };
    assert_eq!(periodic().due_before, None);
    let mut issued = office_report("ISSUED");
    issued.due_before = compiled(ConsolidatedKind::Periodic, dated()).unwrap().next().due_before;
    for (instant, late) in [("2025-12-09T23:59:59.999999+07:00", false), ("2025-12-10T00:00:00+07:00", true)] {
        let presented = act(&clerk(), issued.clone(), present(), at(instant)).unwrap();
        assert_eq!(presented.next().stage.dispatch().unwrap().late, late, "{instant}");
    }
    let to_the_city = created(CreateConsolidatedReport { due_before: Some(deadline), ..create() });
    assert_eq!(faults(to_the_city), [("/dueBefore".to_owned(), "consolidatedReport.deadlineGiven")]);
}

#[test]
fn the_committee_need_not_be_told_of_other_movements() {
    let mut command = command();
    command.narrative.other_movements.clear();
    let report = compiled(ConsolidatedKind::Interim, command).unwrap().next().clone();
    assert_eq!(outcome(&act(&writer(), report, SubmitConsolidatedReport, now())), "UNDER_REVIEW");
}

#[test]
fn the_city_never_sees_it_and_those_who_oversee_the_campaign_always_do() {
    for stage in STAGES {
        let report = office_report(stage);
        assert!(!report.visible_to(&portal()), "{stage}");
        assert!(report.visible_to(&head_of_office()) && report.visible_to(&chair()), "{stage}");
        assert!(!report.visible_to(&head()), "{stage}");
    }
}

#[test]
fn a_state_of_before_reads_as_it_did() {
    let stored = serde_json::to_value(draft()).unwrap();
    assert!(stored.get("addressee").is_none(), "the state of a report to the city has no new member");
    let read: ConsolidatedReport = serde_json::from_value(stored).unwrap();
    assert_eq!((read.kind, read.addressee), (ConsolidatedKind::CityFinal, None));
}
