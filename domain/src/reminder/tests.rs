use std::collections::BTreeSet;

use super::*;
use crate::{
    calendar::WorkingCalendar,
    principal::Role,
    registration::fixtures::{
        OFFICE, SCHOOL, STATION, act, at, campaign, coordinator, day, faults, id, outcome, period, root, text, unit,
    },
    report::compliance::{Filing, Status},
    time::{Deadline, Timestamp},
};

const OFFICERS: &[Role] = &[Role::UnitOfficer];
const HEADS: &[Role] = &[Role::UnitHead];
const BOTH: &[Role] = &[Role::UnitOfficer, Role::UnitHead];

fn before(days: u16) -> Timing {
    Timing::Before { days, counting: Counting::Calendar }
}

fn after(days: u16) -> Timing {
    Timing::After { days, counting: Counting::Calendar }
}

fn rule(number: u128, timing: Timing, roles: &[Role]) -> ReminderRule {
    let mut root = root(number);
    root.created_at = at("2025-10-03T08:00:00+07:00");
    ReminderRule {
        root,
        campaign: campaign().root.id,
        code: text(&format!("R{number}")),
        name: text("Nhắc nộp báo cáo"),
        deadline: DeadlineKind::Report,
        timing,
        roles: roles.to_vec(),
        retired_at: None,
    }
}

/// October is due before 5 November; the school and the station owe a report.
fn watched(rules: Vec<ReminderRule>) -> Watched {
    Watched {
        campaign: campaign(),
        rules,
        periods: vec![period(1, &[SCHOOL, STATION])],
        filings: Vec::new(),
        units: vec![unit(SCHOOL), unit(STATION)],
        returned: Vec::new(),
        registered: BTreeSet::new(),
        at_the_city: false,
        calendar: WorkingCalendar::default(),
        told: BTreeSet::new(),
    }
}

type Said = Vec<(u128, Vec<(u128, Vec<Role>)>)>;

/// By which rule, to which units and roles.
fn said(due: &[Due]) -> Said {
    let units = |due: &Due| due.units.iter().map(|(unit, roles)| (unit.uuid().as_u128(), roles.clone())).collect();
    due.iter().map(|due| (due.rule.uuid().as_u128(), units(due))).collect()
}

fn to_both(roles: &[Role]) -> Vec<(u128, Vec<Role>)> {
    vec![(SCHOOL, roles.to_vec()), (STATION, roles.to_vec())]
}

/// As if what is due had been sent.
fn send(watched: &mut Watched, now: Timestamp) {
    for due in watched.due(now) {
        let subject = due.about.subject(watched.campaign.root.id);
        watched.told.extend(due.units.iter().map(|(unit, _)| (due.rule, subject, due.due_before, *unit)));
    }
}

#[test]
fn the_moment_is_eight_in_the_morning_of_the_day_that_is_counted() {
    // Tuesday 4 November is the last day; Saturday and Sunday lie before it.
    let deadline = Deadline::before(day("2025-11-05"));
    let counted = |timing: Timing| timing.moment(deadline, &WorkingCalendar::default()).local().to_string();
    let working = |days| Timing::Before { days, counting: Counting::Working };
    assert_eq!(counted(Timing::On), "2025-11-04 08:00:00");
    assert_eq!(counted(before(1)), "2025-11-03 08:00:00");
    assert_eq!(counted(before(2)), "2025-11-02 08:00:00");
    assert_eq!(counted(after(1)), "2025-11-05 08:00:00");
    assert_eq!(counted(working(1)), "2025-11-03 08:00:00");
    assert_eq!(counted(working(2)), "2025-10-31 08:00:00");
    assert_eq!(counted(Timing::After { days: 4, counting: Counting::Working }), "2025-11-10 08:00:00");
}

#[test]
fn working_days_are_counted_back_over_holidays_and_made_up_days() {
    let plain = WorkingCalendar::default();
    assert_eq!(plain.subtract_working_days(day("2025-11-04"), 0), day("2025-11-04"));
    assert_eq!(plain.subtract_working_days(day("2025-11-02"), 1), day("2025-10-31"));
    assert_eq!(plain.subtract_working_days(day("2025-11-04"), 6), day("2025-10-27"));
    for (from, count) in [("2025-11-04", 1), ("2025-11-04", 5), ("2025-12-15", 20)] {
        let back = plain.subtract_working_days(day(from), count);
        assert_eq!(plain.add_working_days(back, count), day(from), "{from} {count}");
    }
}

#[test]
fn the_microsecond_before_its_moment_a_rule_says_nothing() {
    let watched = watched(vec![rule(1, before(1), BOTH)]);
    assert_eq!(said(&watched.due(at("2025-11-03T07:59:59.999999+07:00"))), []);
    assert_eq!(said(&watched.due(at("2025-11-03T08:00:00+07:00"))), [(1, to_both(BOTH))]);
}

#[test]
fn a_rule_says_a_thing_once_and_only_to_units_that_have_handed_in_nothing() {
    let mut watched = watched(vec![rule(1, before(1), BOTH)]);
    let now = at("2025-11-03T09:00:00+07:00");
    watched.filings = vec![(
        watched.periods[0].root.id,
        Filing {
            report: id(7),
            unit: id(SCHOOL),
            status: Status::Returned,
            correction: false,
            first_submitted_at: Some(now),
            late: false,
        },
    )];
    assert_eq!(said(&watched.due(now)), [(1, vec![(STATION, BOTH.to_vec())])]);
    send(&mut watched, now);
    assert_eq!(said(&watched.due(at("2025-12-01T08:00:00+07:00"))), []);
}

#[test]
fn of_several_that_are_overdue_each_role_hears_the_latest() {
    let rules = || vec![rule(1, before(5), BOTH), rule(2, before(3), OFFICERS), rule(3, before(1), HEADS)];
    let now = at("2025-11-04T08:00:00+07:00");
    assert_eq!(said(&watched(rules()).due(now)), [(2, to_both(OFFICERS)), (3, to_both(HEADS))]);

    // One that has spoken already keeps the earlier ones silent even after it was retired; one that has not does not.
    let mut spoken = watched(rules());
    send(&mut spoken, now);
    for rule in &mut spoken.rules {
        rule.retired_at = (rule.root.id != id(1)).then_some(now);
    }
    assert_eq!(said(&spoken.due(now)), []);
    let mut silent = watched(rules());
    silent.rules[2].retired_at = Some(now);
    assert_eq!(said(&silent.due(now)), [(1, to_both(HEADS)), (2, to_both(OFFICERS))]);
}

#[test]
fn of_two_rules_with_the_same_moment_one_speaks() {
    let watched = watched(vec![rule(2, before(1), BOTH), rule(1, before(1), BOTH)]);
    assert_eq!(said(&watched.due(at("2025-11-03T08:00:00+07:00"))), [(2, to_both(BOTH))]);
}

#[test]
fn a_rule_says_nothing_of_a_moment_before_it_was_made() {
    let mut late = rule(1, before(1), BOTH);
    late.root.created_at = at("2025-11-03T08:00:00.000001+07:00");
    assert_eq!(said(&watched(vec![late.clone()]).due(at("2025-11-04T08:00:00+07:00"))), []);
    late.root.created_at = at("2025-11-03T08:00:00+07:00");
    assert_eq!(said(&watched(vec![late]).due(at("2025-11-04T08:00:00+07:00"))).len(), 1);
}

#[test]
fn the_report_to_the_city_is_owed_by_the_office_that_compiles_until_the_city_has_it() {
    let mut to_city = rule(1, Timing::On, &[Role::Coordinator]);
    to_city.deadline = DeadlineKind::CityReport;
    let mut watched = watched(vec![to_city]);
    let now = at("2025-12-14T08:00:00+07:00");
    assert_eq!(said(&watched.due(now)), [(1, vec![(OFFICE, vec![Role::Coordinator])])]);
    watched.at_the_city = true;
    assert_eq!(said(&watched.due(now)), []);
}

#[test]
fn what_was_given_back_is_owed_by_its_unit_until_the_deadline_that_was_set_for_it() {
    let mut again = rule(1, before(1), HEADS);
    again.deadline = DeadlineKind::Resubmission;
    let mut watched = watched(vec![again, rule(2, before(1), HEADS)]);
    let due_before = Deadline::before(day("2025-11-13"));
    let report = About::ReportAgain { report: id(71), period: id(1), name: text("Tháng 10") };
    let registration = About::RegistrationAgain { registration: id(72) };
    watched.returned = vec![
        Returned { about: report.clone(), unit: id(SCHOOL), due_before },
        Returned { about: registration, unit: id(STATION), due_before },
    ];
    watched.periods.clear();
    assert_eq!(said(&watched.due(at("2025-11-11T07:59:59.999999+07:00"))), []);
    let now = at("2025-11-11T08:00:00+07:00");
    let each = |unit| (1, vec![(unit, HEADS.to_vec())]);
    assert_eq!(
        said(&watched.due(now)),
        [each(SCHOOL), each(STATION)],
        "of each its own, by the rule of this kind alone"
    );
    send(&mut watched, now);
    assert_eq!(said(&watched.due(now)), []);
    // Given back once more, with another deadline.
    watched.returned =
        vec![Returned { about: report, unit: id(SCHOOL), due_before: Deadline::before(day("2025-11-20")) }];
    assert_eq!(said(&watched.due(at("2025-11-18T08:00:00+07:00"))), [each(SCHOOL)]);
}

#[test]
fn how_far_a_deadline_is_away_is_told_in_days() {
    let midnight = Deadline::before(day("2025-11-05"));
    let of = |deadline, instant: &str| Distance::of(deadline, at(instant));
    assert_eq!(of(midnight, "2025-11-03T23:59:59+07:00"), Distance::Left(1));
    assert_eq!(of(midnight, "2025-11-04T00:00:00+07:00"), Distance::LastDay);
    assert_eq!(of(midnight, "2025-11-05T00:00:00+07:00"), Distance::Passed(1));
    assert_eq!(hour_of(midnight), None);
    let noon = Deadline::at(at("2025-11-05T12:30:00+07:00"));
    assert_eq!(of(noon, "2025-11-05T12:29:59+07:00"), Distance::LastDay);
    assert_eq!(of(noon, "2025-11-05T12:30:00+07:00"), Distance::Passed(0));
    assert_eq!(hour_of(noon), Some((12, 30)));
}

#[test]
fn a_rule_names_roles_that_the_deadline_concerns_and_a_deadline_that_there_is() {
    let new = |deadline, roles: &[Role]| CreateReminderRule {
        code: text("R"),
        name: text("Nhắc"),
        deadline,
        timing: Ok(Timing::On),
        roles: roles.to_vec(),
        code_taken: false,
    };
    let made = |deadline, roles: &[Role]| {
        act(&coordinator(), campaign(), new(deadline, roles), at("2025-10-03T08:00:00+07:00"))
    };
    let asked = |deadline, roles: &[Role]| faults(made(deadline, roles));
    assert_eq!(outcome(&made(DeadlineKind::Report, BOTH)), "ACTIVE");
    assert_eq!(outcome(&made(DeadlineKind::CityReport, &[Role::Coordinator, Role::Chair])), "ACTIVE");
    assert_eq!(asked(DeadlineKind::Registration, HEADS), [("/deadline".to_owned(), "reminderRule.deadlineNotSet")]);
    for (deadline, role) in [(DeadlineKind::Report, Role::Chair), (DeadlineKind::CityReport, Role::UnitHead)] {
        assert_eq!(asked(deadline, &[role]), [("/roles/0".to_owned(), "reminderRule.roleNotConcerned")]);
    }
    assert_eq!(asked(DeadlineKind::Report, &[]), [("/roles".to_owned(), "field.missing")]);
    let doubled = asked(DeadlineKind::Report, &[Role::UnitHead, Role::UnitHead]);
    assert_eq!(doubled, [("/roles/1".to_owned(), "list.duplicate")]);
}
