use super::*;

#[test]
fn reports_come_into_open_and_reopened_periods_and_corrections_also_into_closed_ones() {
    let reopened = period::Stage::Reopened { reopened_at: now(), reason: text("Nộp bù") };
    let reopened = Period { stage: reopened, ..open_period() };
    let begun = |period: Period| outcome(&act(&officer(), within(period), create(written()), now()));
    assert_eq!(begun(planned(1, &[])), "period.notOpen");
    assert_eq!(begun(closed_period()), "period.notOpen");
    assert_eq!(begun(reopened.clone()), "DRAFT");
    assert_eq!(outcome(&hand_in(draft(), closed_period(), now())), "period.notOpen");
    assert_eq!(outcome(&hand_in(draft(), reopened, now())), "SUBMITTED");

    let corrected = act(&officer(), within(closed_period()), correction(&accepted()), now()).unwrap().next().clone();
    assert_eq!(outcome(&hand_in(corrected, closed_period(), now())), "SUBMITTED");
}

#[test]
fn what_actions_say_of_handing_in_is_what_the_period_answers() {
    let corrected = act(&officer(), within(closed_period()), correction(&accepted()), now()).unwrap().next().clone();
    let again = return_it(submitted()).unwrap().next().clone();
    for report in [draft(), corrected, again] {
        for period in [open_period(), closed_period(), planned(1, &[])] {
            let foretold = could::<SubmitReport, _>(&head(), &Filed { report: report.clone(), terms: period.terms() });
            let answer = hand_in(report.clone(), period, now());
            assert_eq!(foretold.err(), answer.err().map(|refusal| refusal.code));
        }
    }
}

#[test]
fn a_remark_points_at_members_by_their_names_on_the_wire() {
    let remarks = ["/targetResults/0/targetId", "/targetResults/0/measurementId", "/targetResults/1/explanation"];
    let remarks = remarks.map(|pointer| Remark { pointer: text(pointer), reason: text("Kiểm tra lại") });
    let command = ReturnReport { reason: text("Xem lại"), remarks: remarks.to_vec(), resubmit_before: None };
    assert_eq!(outcome(&act(&coordinator(), submitted(), command, now())), "RETURNED");
}

#[test]
fn a_unit_has_one_report_for_a_period_and_one_open_correction() {
    let first = accepted();
    let mut second = create(written());
    second.facts.current = Some(first.clone());
    let refused = act(&officer(), within(open_period()), second.clone(), now());
    assert_eq!(faults(refused), [("/correctsId".to_owned(), "report.exists")]);

    let mut other = correction(&first);
    other.facts.correction_open = true;
    assert_eq!(outcome(&act(&officer(), within(open_period()), other, now())), Code::CorrectionOpen.as_str());
    let unjudged = correction(&submitted());
    assert_eq!(outcome(&act(&officer(), within(open_period()), unjudged, now())), "correction.notAccepted");
    let mut foreign = correction(&first);
    foreign.corrects = Some(fresh_id());
    assert_eq!(outcome(&act(&officer(), within(open_period()), foreign, now())), "correction.notAccepted");
    let locked = lock(&first, fresh_id(), now()).unwrap().next().clone();
    assert_eq!(outcome(&act(&officer(), within(open_period()), correction(&locked), now())), "DRAFT");
}

#[test]
fn accepting_a_correction_supersedes_what_it_corrects_in_the_same_change() {
    for first in [in_stage("ACCEPTED"), in_stage("LOCKED")] {
        let drafted = act(&officer(), within(open_period()), correction(&first), now()).unwrap().next().clone();
        let handed_in = hand_in(drafted, open_period(), now()).unwrap().next().clone();
        assert_eq!(outcome(&accept(handed_in.clone(), None)), "correction.notAccepted");
        let (second, _, consequences) = accept(handed_in, Some(first.clone())).unwrap().into_parts();
        let [Consequence::Reports(superseded)] = consequences.as_slice() else { panic!("one consequence") };
        assert_eq!(superseded[0].next().root.id, first.root.id);
        assert_eq!(superseded[0].event().action, "report.superseded");
        let Stage::Superseded { by, .. } = superseded[0].next().stage else { panic!("superseded") };
        assert_eq!(by, second.root.id);
    }
}

#[test]
fn nobody_accepts_what_he_handed_in_and_no_office_its_own_report() {
    let same_person = actor(Role::Coordinator, OFFICE, 21);
    let refused = act(&same_person, submitted(), AcceptReport::default(), now());
    assert_eq!(outcome(&refused), "policy.samePerson");
    let own = Report { unit: id(OFFICE), ..submitted() };
    assert_eq!(outcome(&accept(own.clone(), None)), "policy.ownUnit");
    let deputy = actor(Role::ViceChair, 9, 91);
    assert_eq!(outcome(&act(&deputy, own, AcceptReport::default(), now())), "ACCEPTED");
    assert_eq!(outcome(&act(&deputy, submitted(), AcceptReport::default(), now())), "policy.otherUnit");
    let office = actor(Role::Office, 8, 81);
    let command = ReturnReport { reason: text("Thiếu"), remarks: Vec::new(), resubmit_before: None };
    assert_eq!(outcome(&act(&office, submitted(), command, now())), "RETURNED");
}

#[test]
fn a_return_names_fields_and_a_day_that_is_still_to_come() {
    let remark = |pointer: &str| Remark { pointer: text(pointer), reason: text("Thiếu") };
    let command = ReturnReport {
        reason: text("Xem lại"),
        remarks: vec![remark("/targetResults/1/explanation"), remark("/awards")],
        resubmit_before: Some(Deadline::at(now())),
    };
    assert_eq!(
        faults(act(&coordinator(), submitted(), command, now())),
        [("/remarks/1/pointer".to_owned(), "remark.unknownPointer"), ("/resubmitBefore".to_owned(), "deadline.passed")]
    );
}

#[test]
fn a_draft_is_the_units_own_and_the_city_takes_over_what_was_accepted() {
    let seen = |actor: &Actor, stage: &str| in_stage(stage).visible_to(actor);
    let other = actor(Role::UnitHead, STATION, 31);
    for (stage, oversight, city) in [
        ("DRAFT", false, false),
        ("SUBMITTED", true, false),
        ("RETURNED", true, false),
        ("ACCEPTED", true, true),
        ("LOCKED", true, true),
        ("SUPERSEDED", true, true),
    ] {
        assert!(seen(&officer(), stage) && !seen(&other, stage), "{stage}");
        assert!(seen(&actor(Role::Auditor, 9, 90), stage), "{stage}");
        assert_eq!(seen(&coordinator(), stage), oversight, "{stage}");
        assert_eq!(seen(&portal(), stage), city, "{stage}");
    }
    for role in [Role::Communications, Role::Clerk, Role::Accountant, Role::CouncilSecretary, Role::Admin] {
        assert!(!seen(&actor(role, SCHOOL, 50), "ACCEPTED"), "{role:?}");
    }
}
