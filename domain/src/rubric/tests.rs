use super::*;
use crate::{
    assessment::{Assessment, Judge},
    measure::Value,
    progress::Live,
    registration::fixtures::{
        OFFICE, SCHOOL, STATION, VILLAGE, act, at, campaign, coordinator, faults, head, hectares, id, outcome, period,
        root, target, text, unit,
    },
    report::compliance::{Compliance, DUE_SOON_DAYS, Filing, Status, compliance},
    target::Current,
    unit::{Predecessor, UnitType},
};

const NOW: &str = "2025-11-10T08:00:00+07:00";

fn today() -> Date {
    at(NOW).date()
}

fn dec(number: &str) -> Decimal {
    number.parse().unwrap()
}

fn criterion(code: &str, points: &str, basis: Basis) -> Criterion {
    Criterion { code: text(code), name: text(&format!("Tiêu chí {code}")), points: dec(points), basis }
}

/// Sixty points for targets reached, thirty for reports accepted, ten for being on time.
fn terms(breakers: &[&str]) -> Terms {
    Terms {
        instrument: Instrument {
            symbol: text("12/HD-HĐTĐKT"),
            title: text("Hướng dẫn chấm điểm thi đua"),
            issued_on: at("2025-09-20T00:00:00+07:00").date(),
        },
        criteria: vec![
            criterion("CT", "60", Basis::TargetsReached),
            criterion("BC", "30", Basis::ReportsAccepted),
            criterion("DH", "10", Basis::ReportsOnTime),
        ],
        tie_breakers: breakers.iter().map(|code| text(code)).collect(),
        within: RankedWithin::Campaign,
        nothing_counted: NothingCounted::Zero,
    }
}

/// A target of ten hectares that stands at so many; nothing was measured without a number.
fn hectare(number: u128, unit: u128, code: &str, reached: Option<&str>) -> Live {
    let current = reached.map(|amount| Current {
        measurement: id(number * 10),
        as_of: at("2025-11-01T00:00:00+07:00").date(),
        value: Value::Quantitative { amount: dec(amount) },
    });
    Live { target: target(number, unit, code, hectares("10")), current, earlier: None }
}

/// A period of these units; each says how far its report has come, and whether it came in late.
fn due(units: &[(u128, Option<(Status, bool)>)]) -> Compliance {
    let owing: Vec<_> = units.iter().map(|(unit, _)| *unit).collect();
    let filing = |(unit, filed): &(u128, Option<(Status, bool)>)| {
        let (status, late) = (*filed)?;
        let first_submitted_at = Some(at("2025-11-01T08:00:00+07:00"));
        Some(Filing { report: id(unit * 100), unit: id(*unit), status, correction: false, first_submitted_at, late })
    };
    compliance(&period(1, &owing), &units.iter().filter_map(filing).collect::<Vec<_>>(), at(NOW), DUE_SOON_DAYS)
}

fn scoring(live: Vec<Live>, due: Vec<Compliance>) -> Scoring {
    let units = [SCHOOL, STATION, OFFICE, VILLAGE, 5, 6].map(unit).to_vec();
    Scoring { units, live, due, assessments: Vec::new() }
}

fn places(block: &Block) -> Vec<(UnitId, Option<u32>, String)> {
    block.scores.iter().map(|score| (score.unit, score.rank, score.points.to_string())).collect()
}

const IN_TIME: Option<(Status, bool)> = Some((Status::Accepted, false));
const LATE: Option<(Status, bool)> = Some((Status::Accepted, true));

#[test]
fn points_are_what_is_done_of_what_there_is_rounded_down_and_their_sum_decides() {
    let live = vec![
        hectare(41, SCHOOL, "A", Some("10")),
        hectare(42, SCHOOL, "B", Some("12")),
        hectare(43, SCHOOL, "C", Some("9.99")),
        hectare(44, STATION, "A", Some("10")),
    ];
    let ranking = scoring(live, vec![due(&[(SCHOOL, IN_TIME), (STATION, LATE)]), due(&[(SCHOOL, None)])]);
    let [block] = ranking.ranking(&terms(&[]), today()).blocks.try_into().unwrap();
    // School: 60 × 2/3, 30 × 1/2, 10 × 1/2. Station: all targets, its one report, late.
    assert_eq!(places(&block), [(id(STATION), Some(1), "90".into()), (id(SCHOOL), Some(2), "60".into())]);
    let school = &block.scores[1];
    assert_eq!(school.scored[0].counted, Some(Counted { done: dec("2"), of: dec("3") }));
    assert_eq!((school.percent(), school.of), (Some(dec("60")), dec("100")));
    assert_eq!(block.ties, []);

    let mut thirds = terms(&[]);
    thirds.criteria[0].points = dec("10");
    let live =
        vec![hectare(41, SCHOOL, "A", Some("10")), hectare(42, SCHOOL, "B", None), hectare(43, SCHOOL, "C", None)];
    let [block] = scoring(live, Vec::new()).ranking(&thirds, today()).blocks.try_into().unwrap();
    assert_eq!(block.scores[0].scored[0].points, Some(dec("3.33")));
}

#[test]
fn the_way_to_a_target_counts_from_nothing_to_all_of_it_and_never_more() {
    let mut of_target = terms(&[]);
    of_target.criteria = vec![criterion("X", "50", Basis::TargetCompletion { target: text("A") })];
    let live = vec![
        hectare(41, SCHOOL, "A", Some("25")),
        hectare(42, STATION, "A", Some("4")),
        hectare(43, OFFICE, "A", None),
        hectare(44, VILLAGE, "B", Some("10")),
    ];
    let [block] = scoring(live, Vec::new()).ranking(&of_target, today()).blocks.try_into().unwrap();
    let expected = [(SCHOOL, 1, "50"), (STATION, 2, "20"), (OFFICE, 3, "0"), (VILLAGE, 3, "0")];
    assert_eq!(places(&block), expected.map(|(unit, rank, points)| (id(unit), Some(rank), points.to_owned())));
    assert_eq!(block.scores[3].scored[0].counted, None, "the village has no such target");
}

#[test]
fn where_there_is_nothing_to_count_a_criterion_gives_no_point_or_is_left_out_with_its_points() {
    let live = vec![hectare(41, SCHOOL, "A", Some("10")), hectare(42, STATION, "A", Some("10"))];
    let owes = vec![due(&[(STATION, LATE)])];
    let zero = scoring(live.clone(), owes.clone()).ranking(&terms(&[]), today());
    assert_eq!(places(&zero.blocks[0])[1], (id(SCHOOL), Some(2), "60".into()));
    let left_out = Terms { nothing_counted: NothingCounted::LeftOut, ..terms(&[]) };
    let left_out = scoring(live, owes).ranking(&left_out, today());
    // 60 of 60 is more than 90 of 100.
    let school = &left_out.blocks[0].scores[0];
    assert_eq!((school.unit, school.rank, school.of), (id(SCHOOL), Some(1), dec("60")));
    assert_eq!((school.scored[1].counted, school.scored[1].points), (None, None));

    let mut reports_only = terms(&[]);
    reports_only.criteria.remove(0);
    reports_only.nothing_counted = NothingCounted::LeftOut;
    let ranking =
        scoring(vec![hectare(41, SCHOOL, "A", None)], vec![due(&[(STATION, IN_TIME)])]).ranking(&reports_only, today());
    assert_eq!(places(&ranking.blocks[0])[1], (id(SCHOOL), None, "0".into()), "nothing of the school can be counted");
}

#[test]
fn a_tie_is_told_apart_in_the_order_of_the_document_and_otherwise_shares_its_place() {
    // 40 points each: station and village by a target and a late report, the school by a report in time.
    let mut tied = terms(&["DH", "CT"]);
    tied.criteria[0].points = dec("10");
    let live = vec![
        hectare(41, SCHOOL, "A", None),
        hectare(42, STATION, "A", Some("10")),
        hectare(43, VILLAGE, "A", Some("10")),
        hectare(44, OFFICE, "A", None),
    ];
    let owes = vec![due(&[(SCHOOL, IN_TIME), (STATION, LATE), (VILLAGE, LATE), (OFFICE, None)])];
    let ranking = scoring(live, owes).ranking(&tied, today());
    let block = &ranking.blocks[0];
    let expected = [(SCHOOL, 1, "40"), (STATION, 2, "40"), (VILLAGE, 2, "40"), (OFFICE, 4, "0")];
    assert_eq!(places(block), expected.map(|(unit, rank, points)| (id(unit), Some(rank), points.to_owned())));
    let told = Tie { units: vec![id(SCHOOL), id(STATION), id(VILLAGE)], told_apart_by: vec![text("DH")] };
    assert_eq!(block.ties, [told]);

    let shared = Terms { tie_breakers: Vec::new(), ..tied };
    let live = vec![hectare(42, STATION, "A", Some("10")), hectare(43, VILLAGE, "A", Some("10"))];
    let block = &scoring(live, Vec::new()).ranking(&shared, today()).blocks[0];
    assert_eq!(block.scores.iter().map(|score| score.rank).collect::<Vec<_>>(), [Some(1), Some(1)]);
    assert_eq!(block.ties[0].told_apart_by, []);
}

#[test]
fn schools_are_ranked_against_schools_where_the_document_says_so() {
    let by_type = Terms { within: RankedWithin::UnitType, ..terms(&[]) };
    let live = vec![hectare(41, SCHOOL, "A", None), hectare(42, VILLAGE, "A", Some("10")), hectare(43, 5, "A", None)];
    let blocks = scoring(live, Vec::new()).ranking(&by_type, today()).blocks;
    let shape: Vec<_> = blocks.iter().map(|block| (block.unit_type, block.scores.len())).collect();
    assert_eq!(shape, [(Some(UnitType::School), 1), (Some(UnitType::Village), 2)]);
    assert_eq!(blocks[1].scores[0].rank, Some(1));
}

/// School and station end on 1 November; the units of these numbers stand in their place from then on.
fn merged_into(mut scoring: Scoring, heirs: &[u128]) -> Scoring {
    let since = at("2025-11-01T00:00:00+07:00").date();
    for unit in &mut scoring.units {
        if [id(SCHOOL), id(STATION)].contains(&unit.root.id) {
            unit.valid_before = Some(since);
        }
        if heirs.iter().any(|heir| unit.root.id == id(*heir)) {
            unit.heritage = [SCHOOL, STATION].map(|gone| Predecessor { unit: id(gone), since }).to_vec();
        }
    }
    scoring
}

#[test]
fn a_successor_has_what_was_left_until_it_measures_and_who_has_ended_has_no_place() {
    let mut terms = terms(&[]);
    terms.criteria.push(criterion("X", "50", Basis::TargetCompletion { target: text("A") }));
    let left = [hectare(41, SCHOOL, "A", Some("10")), hectare(42, STATION, "A", Some("4"))];
    let owes = || vec![due(&[(SCHOOL, IN_TIME), (STATION, LATE), (VILLAGE, IN_TIME)])];
    let ranked = |live: Vec<Live>, day: &str, heirs: &[u128]| {
        let day = at(day).date();
        let [block] = merged_into(scoring(live, owes()), heirs).ranking(&terms, day).blocks.try_into().unwrap();
        block
    };
    let counted = |score: &UnitScore| {
        let told = |scored: &Scored| scored.counted.map(|Counted { done, of }| format!("{done}/{of}"));
        score.scored.iter().map(|scored| told(scored).unwrap_or_default()).collect::<Vec<_>>()
    };
    let units = |block: &Block| block.scores.iter().map(|score| score.unit).collect::<Vec<_>>();

    let before = ranked(left.to_vec(), "2025-10-31T08:00:00+07:00", &[VILLAGE]);
    assert_eq!(units(&before), [id(SCHOOL), id(STATION), id(VILLAGE)], "until then each stands for itself");
    // From then on the village has both, each as a way of its own; the reports of the two stay with them.
    let since = ranked(left.to_vec(), NOW, &[VILLAGE]);
    assert_eq!(units(&since), [id(VILLAGE)]);
    assert_eq!(counted(&since.scores[0]), ["1/2", "1/1", "1/1", "140/200"]);
    // Once it has measured under the code, its own figure takes the place of what was left.
    let own = [left.as_slice(), &[hectare(43, VILLAGE, "A", Some("7"))]].concat();
    assert_eq!(counted(&ranked(own, NOW, &[VILLAGE]).scores[0]), ["0/1", "1/1", "1/1", "70/100"]);
    let unmeasured = [left.as_slice(), &[hectare(43, VILLAGE, "A", None)]].concat();
    assert_eq!(counted(&ranked(unmeasured, NOW, &[VILLAGE]).scores[0]), ["1/3", "1/1", "1/1", "140/300"]);
    // What was divided is nobody's alone, and what nobody took over counts no more.
    let divided = ranked(left.to_vec(), NOW, &[VILLAGE, OFFICE]);
    assert_eq!(
        (units(&divided), counted(&divided.scores[0])),
        (vec![id(VILLAGE)], ["", "1/1", "1/1", ""].map(String::from).to_vec())
    );
    assert_eq!(units(&ranked(left.to_vec(), NOW, &[])), [id(VILLAGE)]);
}

#[test]
fn what_is_wrong_with_a_rubric_is_said_all_at_once() {
    let mut wrong = terms(&["CT", "CT", "KHAC"]);
    wrong.instrument.issued_on = at("2025-11-11T00:00:00+07:00").date();
    wrong.criteria[0].points = dec("0");
    wrong.criteria[1].points = dec("1000.5");
    wrong.criteria[2].points = dec("1.005");
    wrong.criteria.push(criterion("CT", "5", Basis::ReportsOnTime));
    let refused = act(&coordinator(), campaign(), CreateScoringRubric { terms: Ok(wrong) }, at(NOW));
    let expected = [
        ("/instrument/issueDate", "date.inFuture"),
        ("/criteria/3/code", "list.duplicate"),
        ("/criteria/0/points", "scoringRubric.pointsOutOfBounds"),
        ("/criteria/1/points", "scoringRubric.pointsOutOfBounds"),
        ("/criteria/2/points", "scoringRubric.pointsOutOfBounds"),
        ("/tieBreakers/1", "list.duplicate"),
        ("/tieBreakers/2", "reference.unknown"),
    ];
    assert_eq!(faults(refused), expected.map(|(pointer, code)| (pointer.to_owned(), code)));
    let empty = Terms { criteria: Vec::new(), ..terms(&[]) };
    let refused = act(&coordinator(), campaign(), CreateScoringRubric { terms: Ok(empty) }, at(NOW));
    assert_eq!(faults(refused), [("/criteria".to_owned(), "field.missing")]);
}

#[test]
fn only_who_collects_records_and_retires_a_rubric_and_retires_it_once() {
    let new = || CreateScoringRubric { terms: Ok(terms(&[])) };
    assert_eq!(outcome(&act(&head(), campaign(), new(), at(NOW))), "policy.roleMissing");
    assert_eq!(outcome(&act(&coordinator(), campaign(), new(), at(NOW))), "ACTIVE");
    let rubric = ScoringRubric { root: root(9), campaign: id(500), terms: terms(&[]), retired_at: None };
    let retire = || RetireScoringRubric { reason: text("Có văn bản thay thế.") };
    let retired = act(&coordinator(), rubric, retire(), at(NOW));
    assert_eq!(outcome(&retired), "RETIRED");
    let again = act(&coordinator(), retired.unwrap().next().clone(), retire(), at(NOW));
    assert_eq!(outcome(&again), "scoringRubric.retired");
}

#[test]
fn what_people_judge_counts_as_it_was_given_and_nothing_where_nobody_judged() {
    let mut judged = terms(&[]);
    let by = vec![Role::Coordinator];
    judged.criteria = vec![criterion("ST", "10", Basis::Judged { by: by.clone() })];
    let assessment = |number: u128, unit: u128, points: &str| Assessment {
        root: root(number),
        campaign: id(500),
        rubric: id(800),
        criterion: judged.criteria[0].clone(),
        unit: id(unit),
        points: dec(points),
        reason: text("Có cách làm mới."),
        judge: Judge { person: id(10), name: "A".into(), role: Role::Coordinator, judged_at: at(NOW) },
    };
    let mut scoring = scoring(vec![hectare(41, OFFICE, "A", None)], Vec::new());
    scoring.assessments = vec![assessment(1, SCHOOL, "8.25"), assessment(2, STATION, "0")];
    let [block] = scoring.ranking(&judged, today()).blocks.try_into().unwrap();
    let expected = [(SCHOOL, 1, "8.25"), (STATION, 2, "0"), (OFFICE, 2, "0")];
    assert_eq!(places(&block), expected.map(|(unit, rank, points)| (id(unit), Some(rank), points.to_owned())));
    let school = &block.scores[0].scored[0];
    assert_eq!(school.counted, Some(Counted { done: dec("8.25"), of: dec("10") }));
    assert_eq!(school.assessment, Some(id(1)));
    judged.nothing_counted = NothingCounted::LeftOut;
    let [block] = scoring.ranking(&judged, today()).blocks.try_into().unwrap();
    assert_eq!(block.scores[2].rank, None, "nobody has judged the office");

    for (by, expected) in [
        (Vec::new(), "/criteria/0/judgeRoles field.missing"),
        (vec![Role::Chair, Role::Chair], "/criteria/0/judgeRoles/1 list.duplicate"),
        (vec![Role::UnitHead], "/criteria/0/judgeRoles/0 scoringRubric.roleCannotJudge"),
    ] {
        judged.criteria[0].basis = Basis::Judged { by };
        let told: Vec<_> =
            judged.check(at(NOW).date()).iter().map(|fault| format!("{} {}", fault.pointer, fault.code)).collect();
        assert_eq!(told, [expected]);
    }
}
