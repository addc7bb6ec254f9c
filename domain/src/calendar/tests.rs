use uuid::Uuid;

use super::{CalendarDay, DayKind, Stage, WorkingCalendar};
use crate::{
    change::Root,
    id::Id,
    text::{Line, Paragraph},
    time::{Date, Timestamp},
};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn exception(on: &str, kind: DayKind, decided: &str) -> CalendarDay {
    let now = Timestamp::start_of(day(decided));
    CalendarDay {
        root: Root { id: Id::new(Uuid::nil()), version: 1, created_at: now, updated_at: now },
        day: day(on),
        kind,
        name: Line::parse("Ngày").unwrap(),
        instrument: Paragraph::parse("Văn bản").unwrap(),
        decided_on: day(decided),
        stage: Stage::InForce,
    }
}

/// New Year by law, and the swap of 2 January for 10 January that was decided on 25 December (`domain.md` §0.19).
fn new_year() -> Vec<CalendarDay> {
    vec![
        exception("2026-01-01", DayKind::Holiday, "2019-11-20"),
        exception("2026-01-02", DayKind::Holiday, "2025-12-25"),
        exception("2026-01-10", DayKind::MakeUp, "2025-12-25"),
    ]
}

fn after(known: &str, count: u16) -> String {
    WorkingCalendar::known_on(&new_year(), day(known)).add_working_days(day("2025-12-15"), count).to_string()
}

#[test]
fn working_days_run_over_new_year_as_the_vectors_say_once_the_swap_is_decided() {
    let known = "2025-12-25";
    assert_eq!(after(known, 13), "2026-01-05");
    assert_eq!(after(known, 18), "2026-01-10");
    assert_eq!(after(known, 20), "2026-01-13");
}

#[test]
fn before_the_swap_is_decided_nobody_reckons_with_it() {
    let known = "2025-12-24";
    assert_eq!(after(known, 13), "2026-01-02");
    assert_eq!(after(known, 18), "2026-01-09");
    assert_eq!(after(known, 20), "2026-01-13");
}

#[test]
fn what_was_withdrawn_is_known_until_the_day_before() {
    let mut days = new_year();
    let reason = Paragraph::parse("Ghi nhầm").unwrap();
    days[2].stage = Stage::Withdrawn { withdrawn_on: day("2025-12-28"), reason };
    assert!(WorkingCalendar::known_on(&days, day("2025-12-27")).is_working(day("2026-01-10")));
    assert!(!WorkingCalendar::known_on(&days, day("2025-12-28")).is_working(day("2026-01-10")));
}

#[test]
fn the_day_itself_never_counts_and_weekends_do_not() {
    let plain = WorkingCalendar::default();
    assert_eq!(plain.add_working_days(day("2025-10-31"), 0), day("2025-10-31"));
    assert_eq!(plain.add_working_days(day("2025-10-31"), 1), day("2025-11-03"));
    assert_eq!(plain.add_working_days(day("2025-11-01"), 1), day("2025-11-03"));
    assert_eq!(plain.on_or_after(day("2025-11-01")), day("2025-11-03"));
    assert_eq!(plain.on_or_after(day("2025-11-03")), day("2025-11-03"));
    assert_eq!(plain.working_days(day("2025-11-01"), day("2025-11-10")), 6);
    assert_eq!(plain.working_days(day("2025-11-10"), day("2025-11-01")), 0);
}
