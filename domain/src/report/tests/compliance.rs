use super::{
    super::compliance::{DUE_SOON_DAYS, Filing, Standing, Status, Totals, compliance},
    *,
};
use crate::registration::fixtures::VILLAGE;

fn filing(unit: u128, status: Status, first: Option<&str>) -> Filing {
    let first_submitted_at = first.map(at);
    let late = first_submitted_at.is_some_and(|first| planned(1, &[]).due_before.missed_at(first));
    Filing { report: id(unit * 100), unit: id(unit), status, correction: false, first_submitted_at, late }
}

fn of(standing: &[Standing], unit: u128) -> Standing {
    standing.iter().find(|standing| standing.unit == id(unit)).unwrap().clone()
}

#[test]
fn every_unit_that_owes_a_report_stands_somewhere_and_the_counts_add_up() {
    let period = planned(1, &[11, 12, 13, 14, 15]);
    let filings = [
        filing(11, Status::Accepted, Some("2025-11-01T08:00:00+07:00")),
        filing(12, Status::Submitted, Some("2025-11-06T08:00:00+07:00")),
        filing(13, Status::Returned, Some("2025-11-01T08:00:00+07:00")),
        filing(14, Status::Drafting, None),
    ];
    let all = compliance(&period, &filings, at("2025-11-07T08:00:00+07:00"), DUE_SOON_DAYS);
    let expected = Totals {
        owed: 5,
        accepted: 1,
        submitted: 1,
        returned: 1,
        not_submitted: 2,
        drafting: Some(1),
        not_started: Some(1),
        handed_in: 3,
        on_time: 2,
        late: 1,
        missing: 2,
        due_soon: 0,
    };
    assert_eq!(all.totals, expected);
    // Three of five were handed in, one of them late.
    assert_eq!(all.totals.completeness(), Some(60.into()));
    assert_eq!(all.totals.timeliness(), Some(40.into()));
    assert!(of(&all.owing, 12).late && !of(&all.owing, 12).missing);
    assert!(of(&all.owing, 14).missing && !of(&all.owing, 14).late);
    assert_eq!(of(&all.owing, 15).overdue_days, Some(3));
}

#[test]
fn missing_begins_with_the_deadline_and_soon_three_days_before_it() {
    let period = planned(1, &[11]);
    let stands = |now: &str| {
        let standing = of(&compliance(&period, &[], at(now), 3).owing, 11);
        (standing.due_soon, standing.missing, standing.overdue_days)
    };
    assert_eq!(stands("2025-11-01T23:59:59.999999+07:00"), (false, false, None));
    assert_eq!(stands("2025-11-02T00:00:00+07:00"), (true, false, None));
    assert_eq!(stands("2025-11-04T23:59:59.999999+07:00"), (true, false, None));
    assert_eq!(stands("2025-11-05T00:00:00+07:00"), (false, true, Some(1)));
}

#[test]
fn who_owes_nothing_is_never_missing_and_its_draft_is_its_own() {
    let period = planned(1, &[11]);
    let filings =
        [filing(VILLAGE, Status::Submitted, Some("2025-11-06T08:00:00+07:00")), filing(16, Status::Drafting, None)];
    let all = compliance(&period, &filings, at("2025-11-07T08:00:00+07:00"), 3);
    assert_eq!(all.voluntary.len(), 1);
    assert!(!all.voluntary[0].missing);
    assert_eq!(all.totals.owed, 1);
}

#[test]
fn what_is_corrected_counts_until_the_correction_is_accepted() {
    let period = planned(1, &[SCHOOL]);
    let first = accepted();
    let drafted = act(&officer(), within(closed_period()), correction(&first), now()).unwrap().next().clone();
    let handed_in = hand_in(drafted, closed_period(), at("2025-11-20T08:00:00+07:00")).unwrap().next().clone();
    let filed = |reports: &[&Report]| reports.iter().filter_map(|report| Filing::of(report)).collect::<Vec<_>>();
    let standing = of(&compliance(&period, &filed(&[&handed_in, &first]), at(LATE), 3).owing, SCHOOL);
    assert_eq!(
        (standing.report, standing.status, standing.correction_open),
        (Some(first.root.id), Status::Accepted, true)
    );

    let (second, _, consequences) = accept(handed_in, Some(first)).unwrap().into_parts();
    let [Consequence::Reports(superseded)] = consequences.as_slice() else { panic!("one consequence") };
    let filings = filed(&[superseded[0].next(), &second]);
    let standing = of(&compliance(&period, &filings, at(LATE), 3).owing, SCHOOL);
    assert_eq!((standing.report, standing.late, standing.correction_open), (Some(second.root.id), false, false));
}

#[test]
fn a_unit_sees_how_it_stands_and_nobody_else() {
    let period = planned(1, &[SCHOOL, STATION]);
    let filings =
        [filing(STATION, Status::Submitted, Some(ON_TIME)), filing(VILLAGE, Status::Submitted, Some(ON_TIME))];
    let all = compliance(&period, &filings, at(LATE), 3);
    let seen = |actor: &Actor| {
        let seen = all.clone().seen_by(actor);
        (seen.totals.owed, seen.totals.missing, seen.totals.submitted, seen.owing.len(), seen.voluntary.len())
    };
    assert_eq!(seen(&coordinator()), (2, 1, 1, 2, 1));
    assert_eq!(seen(&head()), (1, 1, 0, 1, 0));
    assert_eq!(seen(&actor(Role::UnitHead, VILLAGE, 41)), (0, 0, 0, 0, 1));
    assert_eq!(seen(&portal()), (0, 0, 0, 0, 0));
}

#[test]
fn rates_are_of_those_who_owe_a_report_and_there_are_none_where_nobody_does() {
    let rates = |owing: &[u128], filings: &[Filing]| {
        let totals = compliance(&planned(1, owing), filings, at(LATE), 3).totals;
        (totals.completeness(), totals.timeliness())
    };
    let all = [
        filing(11, Status::Submitted, Some(ON_TIME)),
        filing(12, Status::Returned, Some("2025-11-06T08:00:00+07:00")),
        filing(13, Status::Drafting, None),
        filing(VILLAGE, Status::Submitted, Some(ON_TIME)),
    ];
    let percent = |text: &str| Some(text.parse().unwrap());
    // Two thirds and one third, never more than they are; who owes nothing counts for nothing.
    assert_eq!(rates(&[11, 12, 13], &all), (percent("66.666666"), percent("33.333333")));
    assert_eq!(rates(&[11], &all), (percent("100"), percent("100")));
    assert_eq!(rates(&[12], &all), (percent("100"), percent("0")));
    assert_eq!(rates(&[13], &all), (percent("0"), percent("0")));
    assert_eq!(rates(&[], &all), (None, None));
}

#[test]
fn to_whom_drafts_are_hidden_nothing_was_handed_in_and_no_more_is_said() {
    let period = planned(1, &[SCHOOL, STATION]);
    let all = compliance(&period, &[filing(SCHOOL, Status::Drafting, None)], at(LATE), 3);
    let seen = |actor: &Actor| {
        let seen = all.clone().seen_by(actor);
        let status: Vec<_> = seen.owing.iter().map(|standing| standing.status).collect();
        (status, seen.totals.not_submitted, seen.totals.drafting, seen.totals.not_started)
    };
    let hidden = vec![Status::NotSubmitted, Status::NotSubmitted];
    assert_eq!(seen(&coordinator()), (hidden, 2, None, None));
    let auditor = actor(Role::Auditor, 99, 50);
    assert_eq!(seen(&auditor), (vec![Status::Drafting, Status::NotStarted], 2, Some(1), Some(1)));
    assert_eq!(seen(&head()), (vec![Status::Drafting], 1, Some(1), Some(0)));
    // Who compiles and heads a unit as well sees the drafts of that one alone.
    let mut both = coordinator();
    both.roles.push((Role::UnitHead, Some(id(STATION))));
    assert_eq!(seen(&both), (vec![Status::NotSubmitted, Status::NotStarted], 2, None, None));
}
