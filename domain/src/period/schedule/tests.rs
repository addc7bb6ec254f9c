use super::{CreatePeriodSchedule, Due, Pattern, ScheduleFacts, ScheduledPeriod, Slot};
use crate::{
    calendar::WorkingCalendar,
    change::{Change, Consequence},
    period::{PeriodKind, PeriodSchedule},
    refusal::{Code, Refusal},
    registration::fixtures::{SCHOOL, VILLAGE, act, at, campaign, coordinator, day, id, text, unit},
};

fn monthly() -> Pattern {
    Pattern {
        kind: PeriodKind::Monthly,
        starts_on: day("2025-09-15"),
        ends_on: day("2025-12-31"),
        code: None,
        name: None,
        due: Due::WorkingDays { count: 3 },
        opens_days_before: 6,
        closes_working_days: 3,
    }
}

fn single() -> Pattern {
    let (code, name) = (Some(text("SO-KET")), Some(text("Sơ kết")));
    Pattern { kind: PeriodKind::Interim, code, name, due: Due::On { day: day("2026-01-04") }, ..monthly() }
}

fn slots(pattern: &Pattern) -> Vec<Slot> {
    pattern.slots(&WorkingCalendar::default()).unwrap()
}

fn faults(pattern: &Pattern) -> Vec<(String, Code)> {
    let refusal = pattern.slots(&WorkingCalendar::default()).unwrap_err();
    refusal.faults.into_iter().map(|fault| (fault.pointer, fault.code)).collect()
}

#[test]
fn months_are_cut_at_the_first_and_the_last_day_and_fall_due_on_working_days() {
    let slots = slots(&monthly());
    let days: Vec<_> = slots
        .iter()
        .map(|slot| format!("{} {} {} {}", slot.code, slot.starts_on, slot.ends_on, slot.due_before.last_day()))
        .collect();
    assert_eq!(
        days,
        [
            "2025-09 2025-09-15 2025-09-30 2025-10-03",
            "2025-10 2025-10-01 2025-10-31 2025-11-05",
            "2025-11 2025-11-01 2025-11-30 2025-12-03",
            "2025-12 2025-12-01 2025-12-31 2026-01-05",
        ]
    );
    assert_eq!(slots[1].name.as_str(), "Tháng 10 năm 2025");
    assert_eq!(slots[1].opens_at, at("2025-10-25T00:00:00+07:00"));
    assert_eq!(slots[1].due_before.instant(), at("2025-11-06T00:00:00+07:00"));
    assert_eq!(slots[1].closes_at, at("2025-11-11T00:00:00+07:00"));
}

#[test]
fn quarters_have_their_own_names() {
    let slots = slots(&Pattern { kind: PeriodKind::Quarterly, ..monthly() });
    let named: Vec<_> = slots.iter().map(|slot| (slot.code.as_str(), slot.name.as_str())).collect();
    assert_eq!(named, [("2025-Q3", "Quý III năm 2025"), ("2025-Q4", "Quý IV năm 2025")]);
    assert_eq!((slots[0].starts_on, slots[0].ends_on), (day("2025-09-15"), day("2025-09-30")));
}

#[test]
fn a_single_period_has_the_last_day_that_is_named_whatever_day_it_is() {
    let slots = slots(&single());
    assert_eq!(slots.len(), 1);
    // A Sunday: whether that rolls is not for us to invent (`domain.md` §6).
    assert_eq!(slots[0].due_before.last_day(), day("2026-01-04"));
    assert_eq!(slots[0].closes_at, at("2026-01-08T00:00:00+07:00"));
}

#[test]
fn every_deadline_in_working_days_is_in_order_and_ends_with_a_working_day() {
    let calendar = WorkingCalendar::default();
    for kind in [PeriodKind::Monthly, PeriodKind::Quarterly] {
        for (count, before, closing) in [(0, 0, 0), (0, 31, 1), (1, 0, 0), (20, 60, 60), (60, 60, 0)] {
            let due = Due::WorkingDays { count };
            let pattern = Pattern { kind, due, opens_days_before: before, closes_working_days: closing, ..monthly() };
            for slot in slots(&pattern) {
                assert!(slot.opens_at <= slot.due_before.instant(), "{slot:?}");
                assert!(slot.due_before.instant() <= slot.closes_at, "{slot:?}");
                assert!(calendar.is_working(slot.due_before.last_day()), "{slot:?}");
            }
        }
    }
}

#[test]
fn a_pattern_that_contradicts_itself_is_refused_by_field() {
    let backwards = Pattern { ends_on: day("2025-09-14"), code: Some(text("X")), ..monthly() };
    let expected = [("/endDate", Code::EndBeforeStart), ("/code", Code::ScheduleNamesItself)];
    assert_eq!(faults(&backwards), expected.map(|(pointer, code)| (pointer.to_owned(), code)));
    let nameless = Pattern { code: None, name: None, ..single() };
    let expected = [("/code", Code::FieldMissing), ("/name", Code::FieldMissing)];
    assert_eq!(faults(&nameless), expected.map(|(pointer, code)| (pointer.to_owned(), code)));
    let too_early = Pattern { due: Due::On { day: day("2025-12-20") }, ..single() };
    assert_eq!(faults(&too_early), [("/dueDate".to_owned(), Code::PeriodOutOfOrder)]);
    let endless = Pattern { ends_on: day("2031-12-31"), ..monthly() };
    assert_eq!(faults(&endless), [("/endDate".to_owned(), Code::ListTooLong)]);
    let at_the_end = Pattern { starts_on: day("2099-12-01"), ends_on: day("2099-12-31"), ..monthly() };
    assert_eq!(faults(&at_the_end), [("/endDate".to_owned(), Code::ScheduleBeyondCalendar)]);
}

fn create(facts: ScheduleFacts) -> Result<Change<PeriodSchedule>, Refusal> {
    act(&coordinator(), campaign(), CreatePeriodSchedule { pattern: monthly(), facts }, at("2025-09-20T08:00:00+07:00"))
}

#[test]
fn what_is_there_under_a_code_is_left_as_it_is_and_named() {
    let existing = vec![ScheduledPeriod { period: id(7), code: text("2025-10") }];
    let directory = vec![unit(VILLAGE), unit(SCHOOL)];
    let (schedule, _, consequences) =
        create(ScheduleFacts { existing: existing.clone(), directory, ..Default::default() }).unwrap().into_parts();
    let planned: Vec<_> = schedule.planned.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(planned, ["2025-09", "2025-11", "2025-12"]);
    assert_eq!(schedule.existing, existing);
    let [Consequence::Periods(periods)] = &consequences[..] else { panic!("{consequences:?}") };
    assert_eq!(periods.len(), 3);
    for (change, named) in periods.iter().zip(&schedule.planned) {
        let period = change.next();
        assert_eq!((period.root.id, period.schedule), (named.period, Some(schedule.root.id)));
        assert!(period.is_owed_by(unit(SCHOOL).root.id) && !period.is_owed_by(unit(VILLAGE).root.id));
    }
}
