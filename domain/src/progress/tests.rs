use super::*;
use crate::{
    measure::{Step, Value},
    registration::fixtures::{
        OFFICE, SCHOOL, STATION, VILLAGE, day, hectares, id, insurance, plan, share, target, text, unit,
    },
    target::Topic,
    time::Date,
    unit::{Predecessor, UnitLife},
};

mod trend;

fn live(number: u128, unit: u128, code: &str, measure: Measure, value: Option<Value>) -> Live {
    let current = value.map(|value| Current { measurement: id(number * 10), as_of: day("2025-11-30"), value });
    Live { target: target(number, unit, code, measure), current, earlier: None }
}

fn about(one: Live, topic: Topic) -> Live {
    Live { target: Target { topic, ..one.target }, ..one }
}

fn on_task(code: &str) -> Topic {
    Topic { task: Some(text(code)), ..Topic::default() }
}

fn amount(amount: &str) -> Value {
    Value::Quantitative { amount: amount.parse().unwrap() }
}

fn directory() -> Vec<UnitLife> {
    [STATION, SCHOOL, OFFICE, VILLAGE]
        .map(unit)
        .map(|unit| UnitLife { entry: unit.entry(), lives: unit.lifetime(), heritage: Vec::new() })
        .to_vec()
}

/// What `by` makes of targets on a day, all units together.
fn on(by: By, units: &[UnitLife], day: Date, live: &[Live]) -> Progress {
    progress(by, &plan(), &Hierarchy::on(day, units), None, &live.to_vec().into())
}

/// The day on which the directory is asked.
fn today() -> Date {
    day("2025-12-01")
}

fn of<'a>(progress: &'a Progress, code: &str) -> &'a Group {
    progress.groups.iter().find(|group| group.code.as_str() == code).unwrap()
}

fn codes(progress: &Progress) -> Vec<&str> {
    progress.groups.iter().map(|group| group.code.as_str()).collect()
}

/// Insurance of two units, of which one is tiny; a target of a project, one of a movement, one that is restricted.
fn everything() -> Vec<Live> {
    let project = Topic { project: Some(text("P1")), ..Topic::default() };
    let movement = Topic { movement: Some(text("M1")), ..Topic::default() };
    let restricted = live(45, STATION, "T3", hectares("5"), None);
    let restricted = Live { target: Target { restricted: true, ..restricted.target }, ..restricted };
    vec![
        live(41, OFFICE, "BHYT", insurance(), Some(share("96895", "99900"))),
        live(42, SCHOOL, "BHYT", insurance(), Some(share("100", "100"))),
        about(live(43, SCHOOL, "T1", hectares("5"), Some(amount("5"))), project),
        about(live(44, SCHOOL, "T2", hectares("5"), Some(amount("4"))), movement),
        about(restricted, on_task("3.3.1")),
    ]
}

#[test]
fn whatever_it_is_grouped_by_every_target_is_in_one_group_or_in_none() {
    for by in [By::Field, By::Task, By::Movement, By::Unit] {
        let progress = on(by, &directory(), today(), &everything());
        let tallies = progress.groups.iter().map(|group| &group.tally).chain([&progress.ungrouped]);
        let sum = tallies.fold(Count::default(), |sum, tally| Count {
            targets: sum.targets + tally.count.targets,
            with_value: sum.with_value + tally.count.with_value,
            reached: sum.reached + tally.count.reached,
        });
        assert_eq!(sum, progress.total, "{by:?}");
        assert_eq!(progress.total, Count { targets: 5, with_value: 4, reached: 2 });
    }
}

#[test]
fn fields_tasks_and_movements_come_in_the_order_of_the_plan_and_units_by_code() {
    let by = |by: By| on(by, &directory(), today(), &everything());
    assert_eq!(codes(&by(By::Field)), ["3.1", "3.2", "3.3"]);
    assert_eq!(codes(&by(By::Task)), ["3.1.1", "3.2.1", "3.2.7", "3.3.1"]);
    assert_eq!(codes(&by(By::Movement)), ["M1", "M2"]);
    let units = by(By::Unit);
    assert_eq!(codes(&units), ["TH1", "TYT", "VHXH"], "the village has no target");
    assert_eq!(units.groups[0].unit.as_ref().unwrap().unit, id(SCHOOL));
}

#[test]
fn the_share_of_a_field_is_the_sum_of_numerators_over_the_sum_of_denominators() {
    // 100 % and 96.99 % have a mean of 98.5 %; together they are 96.995 % and do not reach 97 %.
    for (by, group) in [(By::Field, "3.2"), (By::Task, "3.2.7")] {
        let progress = on(by, &directory(), today(), &everything());
        let [standing] = of(&progress, group).tally.plan_targets.as_slice() else { panic!("one target of the plan") };
        assert_eq!(standing.now.total, Some(share("96995", "100000")));
        assert_eq!((standing.now.percent, standing.now.reached), (Some("96.995".parse().unwrap()), Some(false)));
        let walked: Vec<_> =
            standing.sources.iter().map(|source| source.current.as_ref().unwrap().measurement).collect();
        assert_eq!(walked, [id(410), id(420)]);
    }
}

#[test]
fn a_unit_answers_for_its_own_part_of_a_target_of_the_plan() {
    let progress = on(By::Unit, &directory(), today(), &everything());
    let school = &of(&progress, "TH1").tally;
    assert_eq!(school.count, Count { targets: 3, with_value: 3, reached: 2 });
    assert_eq!(school.plan_targets[0].now.total, Some(share("100", "100")));
    assert_eq!(of(&progress, "TYT").tally.plan_targets, []);
}

#[test]
fn a_target_of_the_plan_counts_where_the_plan_sets_it_whatever_a_unit_says_it_is_about() {
    let elsewhere = about(live(42, SCHOOL, "BHYT", insurance(), Some(share("1", "2"))), Topic::default());
    let other_scale = live(46, STATION, "BHYT", hectares("5"), Some(amount("5")));
    let targets = [live(41, OFFICE, "BHYT", insurance(), Some(share("1", "2"))), elsewhere, other_scale];
    let progress = on(By::Field, &directory(), today(), &targets);
    let field = &of(&progress, "3.2").tally;
    assert_eq!(field.plan_targets[0].now.total, Some(share("2", "4")));
    assert_eq!(field.count.targets, 2);
    assert_eq!(progress.ungrouped.count.targets, 1);
    assert_eq!(progress.ungrouped.plan_targets, []);
}

#[test]
fn what_is_restricted_is_marked_in_whatever_group_it_is() {
    let marked = |by: By| {
        let progress = on(by, &directory(), today(), &everything());
        let marked = progress.groups.iter().filter(|group| group.tally.restricted);
        marked.map(|group| group.code.as_str().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(marked(By::Task), ["3.3.1"]);
    assert_eq!(marked(By::Field), ["3.3"]);
    assert_eq!(marked(By::Unit), ["TYT"]);
    let progress = on(By::Task, &directory(), today(), &[]);
    assert!(of(&progress, "3.3.1").tally.restricted, "with or without targets");
}

#[test]
fn without_a_measurement_a_target_of_the_plan_has_no_figures() {
    let steps = vec![Step { code: text("P1"), name: text("Đường tránh") }];
    let targets =
        [live(41, OFFICE, "BHYT", insurance(), None), live(47, OFFICE, "G", Measure::Milestone { steps }, None)];
    let progress = on(By::Field, &directory(), today(), &targets);
    let standing = &of(&progress, "3.2").tally.plan_targets[0];
    assert_eq!(standing.now, Whole::default());
    assert_eq!(standing.sources[0].current, None);
    assert_eq!(progress.total, Count { targets: 2, with_value: 0, reached: 0 });
}

#[test]
fn the_same_targets_are_compared_with_an_earlier_day_and_shares_are_summed_on_both_days() {
    let before = |value: Value| Some(Current { measurement: id(7), as_of: day("2025-09-30"), value });
    let mut live = everything();
    live[0].earlier = before(share("90000", "99900"));
    live[1].earlier = before(share("50", "100"));
    live[2].earlier = before(amount("5"));
    let progress = on(By::Field, &directory(), today(), &live);
    assert_eq!(progress.earlier, Count { targets: 5, with_value: 3, reached: 1 });
    let insurance = &of(&progress, "3.2").tally.plan_targets[0];
    assert_eq!(insurance.earlier.total, Some(share("90050", "100000")));
    let shift = insurance.now.since(&insurance.earlier);
    assert_eq!((shift.share_points, shift.amount), (Some("6.945".parse().unwrap()), None), "96.995 - 90.05");
}

#[test]
fn what_was_not_measured_on_both_days_has_no_difference() {
    let hectares = hectares("5");
    let (none, some) = (Whole::default(), Whole::of(&hectares, &[&amount("4")]));
    assert_eq!(some.since(&none), Shift::default());
    assert_eq!(none.since(&some), Shift::default());
    let less = some.since(&Whole::of(&hectares, &[&amount("4.5")]));
    assert_eq!(less.amount, Some("-0.5".parse().unwrap()), "what fell back has a minus");
    assert_eq!(less.completion_points, Some("-10".parse().unwrap()));
}

/// The school's and the station's insurance targets, and a directory in which the village took the place of the school.
fn after_the_merger(of_village: Vec<Live>) -> (Vec<UnitLife>, Vec<Live>) {
    let mut units = directory();
    units[0].lives.before = Some(day("2025-11-01"));
    units[1].lives.before = Some(day("2025-11-01"));
    units[3].heritage = vec![Predecessor { unit: id(SCHOOL), since: day("2025-11-01") }];
    let mut live = vec![
        live(41, OFFICE, "BHYT", insurance(), Some(share("90", "100"))),
        live(42, SCHOOL, "BHYT", insurance(), Some(share("100", "100"))),
        live(43, STATION, "BHYT", insurance(), Some(share("10", "10"))),
    ];
    live.extend(of_village);
    (units, live)
}

#[test]
fn what_a_unit_left_counts_with_the_one_in_its_place_from_the_day_on_and_once() {
    let (units, live) = after_the_merger(Vec::new());
    let before = on(By::Unit, &units, day("2025-10-31"), &live);
    assert_eq!((codes(&before), before.total.targets), (vec!["TH1", "TYT", "VHXH"], 3));
    let since = on(By::Unit, &units, day("2025-11-01"), &live);
    assert_eq!((codes(&since), since.total.targets), (vec!["THON", "VHXH"], 2), "nobody stands for the station");
    assert_eq!(of(&since, "THON").unit.as_ref().unwrap().unit, id(VILLAGE));

    // Its own target takes the place of what was left, once it is measured.
    let own = |value| super::tests::live(44, VILLAGE, "BHYT", insurance(), value);
    for (value, targets) in [(None, 3), (Some(share("120", "120")), 2)] {
        let (units, live) = after_the_merger(vec![own(value)]);
        let progress = on(By::Field, &units, day("2025-12-01"), &live);
        assert_eq!(progress.total.targets, targets);
    }
}

#[test]
fn what_was_taken_up_once_does_not_come_back_when_its_taker_ends_too() {
    let (mut units, _) = after_the_merger(Vec::new());
    units[3].lives.before = Some(day("2025-11-20"));
    let left = |unit| Predecessor { unit: id(unit), since: day("2025-11-20") };
    units[2].heritage = vec![left(SCHOOL), left(VILLAGE)];
    let live = [
        live(45, SCHOOL, "SO-HO", insurance(), Some(share("100", "100"))),
        live(46, VILLAGE, "SO-HO", insurance(), Some(share("120", "120"))),
    ];
    let progress = on(By::Unit, &units, day("2025-12-01"), &live);
    assert_eq!(
        (codes(&progress), progress.total.targets),
        (vec!["VHXH"], 1),
        "the village's figure, and not the school's"
    );
}

#[test]
fn targets_that_are_counted_by_unit_and_topic_come_to_the_same_as_one_by_one() {
    let all = everything();
    let (parts, others): (Vec<_>, Vec<_>) = all.iter().cloned().partition(|one| one.target.code.as_str() == "BHYT");
    let counted = others.iter().map(|one| {
        let reached = one.current.as_ref().is_some_and(|current| one.target.measure.reached(&current.value));
        let now = Count { targets: 1, with_value: u32::from(one.current.is_some()), reached: u32::from(reached) };
        Counted {
            unit: one.target.unit,
            topic: one.target.topic.clone(),
            restricted: one.target.restricted,
            now,
            earlier: Count { targets: 1, ..Count::default() },
        }
    });
    let targets = Targets { live: parts, counted: counted.collect() };
    let (plan, units) = (plan(), directory());
    let hierarchy = Hierarchy::on(today(), &units);
    for by in [By::Field, By::Task, By::Movement, By::Unit] {
        for extent in [None, Some(Extent { unit: id(SCHOOL), below: true })] {
            let one_by_one = progress(by, &plan, &hierarchy, extent, &all.clone().into());
            assert_eq!(progress(by, &plan, &hierarchy, extent, &targets), one_by_one, "{by:?}");
        }
    }
}
