//! A trend says on each day what progress says of that day.

use super::*;
use crate::registration::fixtures::at;

fn stood(day_of: &str, value: Value) -> Current {
    Current { measurement: id(900), as_of: day(day_of), value }
}

/// A course of one version that came into force on 15 September, about no task.
fn course(target: Target, before: &[(&str, Current)], current: Option<Current>) -> Course {
    let before = before.iter().map(|(on, current)| (day(on), current.clone())).collect();
    Course { versions: vec![Target { topic: Topic::default(), ..target }], current, before }
}

/// The school's share, which was measured in October and again in November; the office's, which is about the insurance from
/// 10 November on; a target that was dropped on 20 November.
fn courses() -> Vec<Course> {
    let first = stood("2025-10-10", share("50", "100"));
    let moved = course(
        target(41, SCHOOL, "BHYT", insurance()),
        &[("2025-10-31", first)],
        Some(stood("2025-11-05", share("99", "100"))),
    );
    let mut changed =
        course(target(42, OFFICE, "BHYT", insurance()), &[], Some(stood("2025-10-31", share("96", "100"))));
    let mut later = target(42, OFFICE, "BHYT", insurance());
    later.root.updated_at = at("2025-11-10T08:00:00+07:00");
    later.topic = on_task("3.2.7");
    changed.versions.push(later);
    let mut dropped = course(target(43, STATION, "T1", hectares("5")), &[], Some(stood("2025-10-01", amount("5"))));
    let mut retired = target(43, STATION, "T1", hectares("5"));
    retired.root.updated_at = at("2025-11-20T08:00:00+07:00");
    retired.retired_at = Some(retired.root.updated_at);
    dropped.versions.push(retired);
    vec![moved, changed, dropped]
}

fn days() -> Vec<Date> {
    ["2025-09-14", "2025-09-30", "2025-10-31", "2025-11-12", "2025-11-30"].map(day).to_vec()
}

fn counts(chosen: Option<(By, &str)>, units: &[UnitLife], extent: Option<Extent>) -> Vec<[u32; 3]> {
    let code = chosen.map(|(_, code)| text(code));
    let chosen = chosen.zip(code.as_ref()).map(|((by, _), code)| Chosen { by, code });
    let plan = plan();
    let trend = Ground { plan: &plan, units, extent }.trend(chosen, &days(), courses()).unwrap();
    let count = |point: &Point| [point.count.targets, point.count.with_value, point.count.reached];
    trend.points.iter().map(count).collect()
}

#[test]
fn targets_count_from_the_day_on_which_they_are_in_force_as_they_stood_then() {
    let whole = [[0, 0, 0], [3, 0, 0], [3, 3, 1], [3, 3, 2], [2, 2, 1]];
    assert_eq!(counts(None, &directory(), None), whole);
    let school = Some(Extent { unit: id(SCHOOL), below: false });
    assert_eq!(counts(None, &directory(), school), [[0, 0, 0], [1, 0, 0], [1, 1, 0], [1, 1, 1], [1, 1, 1]]);
    assert_eq!(counts(Some((By::Unit, "TYT")), &directory(), None)[4], [0, 0, 0], "it was dropped");
}

#[test]
fn a_target_counts_where_it_was_on_the_day_and_the_plans_share_is_summed_on_each() {
    // From 10 November on the office's target is about the insurance; the others are of no task at all.
    let field = counts(Some((By::Field, "3.2")), &directory(), None);
    assert_eq!(field.iter().map(|count| count[0]).collect::<Vec<_>>(), [0, 0, 0, 1, 1]);
    let (plan, code) = (plan(), text("3.2"));
    let ground = Ground { plan: &plan, units: &directory(), extent: None };
    let trend = ground.trend(Some(Chosen { by: By::Field, code: &code }), &days(), courses()).unwrap();
    let totals: Vec<_> = trend.points.iter().map(|point| point.plan_targets[0].now.total.clone()).collect();
    assert_eq!(totals[..2], [None, None]);
    assert_eq!(totals[2..4], [Some(share("146", "200")), Some(share("195", "200"))]);
    assert_eq!(trend.name, Some(text("b")));
}

#[test]
fn what_was_left_is_shown_with_the_successor_from_the_day_on() {
    let (units, _) = after_the_merger(Vec::new());
    let of = |code| counts(Some((By::Unit, code)), &units, None).iter().map(|count| count[0]).collect::<Vec<_>>();
    assert_eq!((of("TH1"), of("THON")), (vec![0, 1, 1, 0, 0], vec![0, 0, 0, 1, 1]));
}

#[test]
fn a_group_must_be_there_and_of_many_days_the_latest_are_shown() {
    let (plan, code) = (plan(), text("9.9"));
    let ground = Ground { plan: &plan, units: &directory(), extent: None };
    for by in [By::Field, By::Task, By::Movement, By::Unit] {
        assert_eq!(ground.trend(Some(Chosen { by, code: &code }), &days(), courses()), None, "{by:?}");
    }
    let many: Vec<_> = (0..40).rev().chain([3]).map(|offset| day("2025-10-01") + chrono::Days::new(offset)).collect();
    let shown = latest(many);
    assert_eq!((shown.len(), shown[0], shown[15]), (MOST_DAYS, day("2025-10-25"), day("2025-11-09")));
}
