use super::*;

pub(super) const COMMANDS: [&str; 12] = [
    "freezeConsolidatedReport",
    "replaceConsolidatedReport",
    "submitConsolidatedReport",
    "returnConsolidatedReport",
    "signConsolidatedReport",
    "issueConsolidatedReport",
    "sendConsolidatedReport",
    "acknowledgeConsolidatedReport",
    "refuseConsolidatedReport",
    "supplementConsolidatedReport",
    "presentConsolidatedReport",
    "receiveConsolidatedReport",
];

// The code with which each command (in the order above) refuses every stage but its own.
const REFUSALS: [&str; 12] = [
    "consolidatedReport.notDraft",
    "consolidatedReport.notDraft",
    "consolidatedReport.notDraft",
    "consolidatedReport.notUnderReview",
    "consolidatedReport.notUnderReview",
    "consolidatedReport.notSigned",
    "consolidatedReport.notIssued",
    "consolidatedReport.notSent",
    "consolidatedReport.notSent",
    "consolidatedReport.notAcknowledged",
    "policy.otherAddressee",
    "policy.otherAddressee",
];

// What each command makes of a report in each stage; "" where it refuses with its code.
const TABLE: [(&str, [&str; 12]); 8] = [
    ("DRAFT", ["DRAFT", "DRAFT", "UNDER_REVIEW", "", "", "", "", "", "", "", "", ""]),
    ("UNDER_REVIEW", ["", "", "", "DRAFT", "SIGNED", "", "", "", "", "", "", ""]),
    ("SIGNED", ["", "", "", "", "", "ISSUED", "", "", "", "", "", ""]),
    ("ISSUED", ["", "", "", "", "", "", "SENT", "", "", "", "", ""]),
    ("SENT", ["", "", "", "", "", "", "", "ACKNOWLEDGED", "REFUSED", "", "", ""]),
    ("ACKNOWLEDGED", ["", "", "", "", "", "", "", "", "REFUSED", "SUPPLEMENTED", "", ""]),
    ("REFUSED", [""; 12]),
    ("SUPPLEMENTED", [""; 12]),
];

pub(super) fn replace() -> ReplaceConsolidatedReport {
    ReplaceConsolidatedReport {
        narrative: narrative(),
        explanations: Vec::new(),
        facts: ReplacementFacts { plan: plan() },
    }
}

pub(super) fn attempt(command: usize, on: ConsolidatedReport) -> (&'static str, Result<(), Code>) {
    macro_rules! by {
        ($actor:expr, $command:ty, $value:expr) => {{
            let may = could::<$command, _>(&$actor, &on);
            (outcome(&act(&$actor, on, $value, now())), may)
        }};
    }
    let reason = || text("Xem lại");
    match command {
        0 => by!(
            coordinator(),
            FreezeConsolidatedReport,
            FreezeConsolidatedReport { frozen: frozen(small()), standing: None }
        ),
        1 => by!(coordinator(), ReplaceConsolidatedReport, replace()),
        2 => by!(coordinator(), SubmitConsolidatedReport, SubmitConsolidatedReport),
        3 => by!(chair(), ReturnConsolidatedReport, ReturnConsolidatedReport { reason: reason() }),
        4 => {
            let may = could::<SignConsolidatedReport, _>(&chair(), &on);
            (outcome(&sign(on, false, small().accepted)), may)
        }
        5 => by!(clerk(), IssueConsolidatedReport, issue()),
        6 => by!(clerk(), SendConsolidatedReport, send()),
        7 => by!(portal(), AcknowledgeConsolidatedReport, acknowledge()),
        8 => by!(portal(), RefuseConsolidatedReport, refuse()),
        10 => by!(clerk(), PresentConsolidatedReport, present()),
        11 => by!(chair(), ReceiveConsolidatedReport, ReceiveConsolidatedReport { opinion: None }),
        _ => {
            let may = could::<SupplementConsolidatedReport, _>(&coordinator(), &on);
            let result = act(&coordinator(), on, supplement(), now());
            let answer = outcome(&result);
            (result.map_or(answer, |change| supplemented(change).1.stage_code()), may)
        }
    }
}

#[test]
fn every_command_in_every_stage_answers_as_the_table_says_and_as_actions_foretell() {
    let mut edges: Vec<Edge> =
        vec![("", "createConsolidatedReport", "DRAFT"), ("", "supplementConsolidatedReport", "DRAFT")];
    for (stage, cells) in TABLE {
        for (command, cell) in cells.into_iter().enumerate() {
            let (answer, may) = attempt(command, in_stage(stage));
            let expected = if cell.is_empty() { REFUSALS[command] } else { cell };
            assert_eq!(answer, expected, "{stage} {}", COMMANDS[command]);
            match may {
                Ok(()) => edges.push((stage, COMMANDS[command], expected)),
                Err(code) => assert_eq!(code.as_str(), expected),
            }
        }
    }
    let elsewhere = [
        "presentConsolidatedReport",
        "receiveConsolidatedReport",
        "handBackConsolidatedReport",
        "acceptDispatch",
        "refuseDispatch",
    ];
    let mut chart: Vec<Edge> = Stage::edges().iter().filter(|edge| !elsewhere.contains(&edge.1)).copied().collect();
    edges.sort_unstable();
    chart.sort_unstable();
    assert_eq!(edges, chart);
}

#[test]
fn the_citys_deadline_is_the_plans_and_the_instant_itself_is_late() {
    let sent = |instant: &str| {
        let change = act(&clerk(), in_stage("ISSUED"), send(), at(instant)).unwrap();
        let Stage::Sent { dispatch, .. } = change.next().stage.clone() else { panic!("sent") };
        (dispatch.late, dispatch.sent_at)
    };
    assert_eq!(draft().due_before.unwrap().instant().to_string(), "2025-12-14T17:00:00Z");
    assert!(!sent("2025-12-14T23:59:59.999999+07:00").0);
    assert!(sent("2025-12-15T00:00:00+07:00").0);
    assert_eq!(sent(FROZEN).1, now());
}

#[test]
fn one_report_is_on_its_way_and_a_refused_one_is_replaced_under_the_same_deadline() {
    let after = |stage: &str, replaces: bool| {
        let latest = in_stage(stage);
        let mut command = create();
        command.replaces = replaces.then_some(latest.root.id);
        command.facts.latest = Some(latest);
        created(command)
    };
    assert_eq!(faults(after("SENT", false)), [("/replacesId".to_owned(), "consolidatedReport.exists")]);
    assert_eq!(outcome(&after("ACKNOWLEDGED", false)), "consolidatedReport.exists");
    assert_eq!(outcome(&after("REFUSED", false)), "consolidatedReport.exists");
    assert_eq!(outcome(&after("SENT", true)), "consolidatedReport.replacesNotRefused");
    let replacing = after("REFUSED", true).unwrap();
    assert_eq!(replacing.next().due_before, draft().due_before);
    let mut unknown = create();
    unknown.replaces = Some(fresh_id());
    assert_eq!(faults(created(unknown)), [("/replacesId".to_owned(), "consolidatedReport.replacesNotRefused")]);
}

#[test]
fn a_refused_supplement_is_replaced_as_that_supplement() {
    let (mut supplement, original) =
        supplemented(act(&coordinator(), in_stage("ACKNOWLEDGED"), supplement(), now()).unwrap());
    assert_eq!(supplement.supplements, Some(original.root.id));
    assert_eq!(supplement.due_before, None);
    assert_eq!((supplement.root.version, original.stage_code()), (1, "SUPPLEMENTED"));
    supplement.stage = in_stage("REFUSED").stage;
    let mut command = create();
    command.replaces = Some(supplement.root.id);
    command.facts.latest = Some(supplement);
    let replacing = created(command).unwrap();
    assert_eq!(replacing.next().supplements, Some(original.root.id));
    assert_eq!(replacing.next().supplement_reason, Some(text("Kết quả từ 15 đến 31/12")));
}

#[test]
fn signing_locks_the_reports_it_rests_on_and_nothing_else() {
    let mut now_accepted = small().accepted;
    now_accepted[1] = report::lock(&now_accepted[1], fresh_id(), now()).unwrap().next().clone();
    let (_, _, consequences) = sign(in_stage("UNDER_REVIEW"), false, now_accepted.clone()).unwrap().into_parts();
    let [Consequence::Reports(locked)] = consequences.as_slice() else { panic!("one consequence") };
    assert_eq!(locked.len(), 1, "what is locked already keeps its lock");
    assert_eq!(locked[0].next().root.id, now_accepted[0].root.id);
    assert_eq!(locked[0].event().action, "report.locked");
}

#[test]
fn a_stale_snapshot_is_signed_only_as_frozen() {
    let mut changed = small().accepted;
    changed[0].root.id = id(399);
    let refused = sign(in_stage("UNDER_REVIEW"), false, changed.clone());
    assert_eq!(faults(refused), [("/asFrozen".to_owned(), "consolidatedReport.snapshotStale")]);
    let (signed, _, consequences) = sign(in_stage("UNDER_REVIEW"), true, changed.clone()).unwrap().into_parts();
    assert!(signed.signed_as_frozen);
    let [Consequence::Reports(locked)] = consequences.as_slice() else { panic!("one consequence") };
    assert_eq!(locked.len(), 1, "what took the place of a frozen report is not locked");

    changed.pop();
    assert_eq!(outcome(&sign(in_stage("UNDER_REVIEW"), false, changed)), "consolidatedReport.snapshotStale");
    let signed = sign(in_stage("UNDER_REVIEW"), true, small().accepted).unwrap();
    assert!(!signed.next().signed_as_frozen, "nothing had changed, whatever was said");
}

#[test]
fn why_it_was_given_back_is_there_until_it_is_handed_in_again() {
    let command = ReturnConsolidatedReport { reason: text("Bổ sung số liệu") };
    let returned = act(&chair(), in_stage("UNDER_REVIEW"), command, now()).unwrap().next().clone();
    assert_eq!(returned.return_reason, Some(text("Bổ sung số liệu")));
    let again = act(&coordinator(), returned, SubmitConsolidatedReport, now()).unwrap();
    assert_eq!(again.next().return_reason, None);
}

#[test]
fn who_compiled_does_not_sign() {
    let compiler = actor(Role::Chair, OFFICE, 10);
    let command = SignConsolidatedReport { as_frozen: false, facts: SigningFacts::default() };
    assert_eq!(outcome(&act(&compiler, in_stage("UNDER_REVIEW"), command, now())), "policy.samePerson");
}

#[test]
fn the_narrative_is_complete_before_anybody_reviews_it() {
    let mut command = create();
    command.narrative = Narrative::default();
    let report = created(command).unwrap().next().clone();
    let named = faults(act(&coordinator(), report, SubmitConsolidatedReport, now()));
    assert_eq!(named.len(), 10);
    assert!(named.contains(&("/narrative/otherMovements".to_owned(), "field.missing")));

    let mut none_other = create();
    none_other.narrative.other_movements.clear();
    none_other.narrative.other_movements_remark = Some(text("Không có phong trào nào khác"));
    let report = created(none_other).unwrap().next().clone();
    assert_eq!(outcome(&act(&coordinator(), report, SubmitConsolidatedReport, now())), "UNDER_REVIEW");
}

#[test]
fn what_the_narrative_says_of_unknown_things_is_named_by_its_field() {
    let mut command = create();
    let other = command.narrative.other_movements[0].clone();
    command.narrative.other_movements.push(other);
    command.narrative.field_results = vec![FieldResult { field: text("9"), text: text("a") }];
    command.narrative.movement_results = vec![PlanMovementResult { movement: text("M9"), text: text("a") }];
    assert_eq!(
        faults(created(command)),
        [
            ("/narrative/otherMovements/1/name".to_owned(), "list.duplicate"),
            ("/narrative/fieldResults/0/field".to_owned(), "reference.unknown"),
            ("/narrative/movementResults/0/movement".to_owned(), "reference.unknown"),
        ]
    );
}

#[test]
fn what_is_said_of_a_missing_unit_outlives_the_next_freeze() {
    let explanation = Explanation { unit: id(STATION), period: id(11), explanation: text("Đang kiểm dịch") };
    let other = Explanation { unit: id(SCHOOL), ..explanation.clone() };
    let with = |explanations: Vec<Explanation>| {
        act(&coordinator(), draft(), ReplaceConsolidatedReport { explanations, ..replace() }, now())
    };
    assert_eq!(
        faults(with(vec![explanation.clone(), other])),
        [("/explanations/1/unitId".to_owned(), "reference.unknown")]
    );
    let explained = with(vec![explanation]).unwrap().next().clone();
    let again = FreezeConsolidatedReport { frozen: frozen(small()), standing: None };
    let frozen_again = act(&coordinator(), explained, again, now()).unwrap();
    assert_eq!(frozen_again.next().snapshot.missing[0].explanation, Some(text("Đang kiểm dịch")));
}

#[test]
fn the_report_gets_its_number_in_the_series_of_reports() {
    let (issued, _, consequences) = act(&clerk(), in_stage("SIGNED"), issue(), now()).unwrap().into_parts();
    let Stage::Issued { issue, .. } = issued.stage else { panic!("issued") };
    assert_eq!(issue.symbol.as_str(), "05/BC-UBND");
    let [Consequence::Documents(documents)] = consequences.as_slice() else { panic!("one consequence") };
    let [document] = documents.as_slice() else { panic!("one document") };
    assert_eq!(document.next().subject, text("Báo cáo kết quả Đợt thi đua"));
}

#[test]
fn the_cut_off_is_no_day_to_come_and_no_day_before_a_figure() {
    let freeze_at = |cut_off: &str| {
        let mut command = create();
        command.frozen.cut_off_date = day(cut_off);
        created(command)
    };
    assert_eq!(faults(freeze_at("2025-12-09")), [("/cutOffDate".to_owned(), "date.inFuture")]);
    assert_eq!(faults(freeze_at("2025-11-29")), [("/cutOffDate".to_owned(), "snapshot.cutOffBeforeFigure")]);
    assert_eq!(outcome(&freeze_at("2025-11-30")), "DRAFT");
    let mut foreign = create();
    foreign.frozen.periods.push(fresh_id());
    foreign.frozen.periods.push(foreign.frozen.periods[0]);
    assert_eq!(
        faults(created(foreign)),
        [("/periodIds/2".to_owned(), "list.duplicate"), ("/periodIds/1".to_owned(), "reference.unknown")]
    );
}

#[test]
fn the_city_sees_what_was_sent_and_units_see_nothing() {
    let seen = |actor: &Actor, stage: &str| in_stage(stage).visible_to(actor);
    for (stage, city) in
        [("DRAFT", false), ("ISSUED", false), ("SENT", true), ("REFUSED", true), ("SUPPLEMENTED", true)]
    {
        assert_eq!(seen(&portal(), stage), city, "{stage}");
        assert!(seen(&coordinator(), stage) && seen(&clerk(), stage) && !seen(&head(), stage), "{stage}");
    }
}

#[test]
fn a_state_reads_back_as_it_was_written() {
    for (stage, _) in TABLE {
        let report = in_stage(stage);
        let written = crate::canonical::canonical(&report).unwrap();
        assert_eq!(serde_json::from_str::<ConsolidatedReport>(&written).unwrap(), report);
    }
}

#[test]
fn nothing_is_compiled_for_a_campaign_that_does_not_run() {
    let draft = Campaign { stage: crate::campaign::Stage::Draft, ..campaign() };
    let compilation = Compilation { campaign: draft, kind: ConsolidatedKind::CityFinal };
    assert_eq!(outcome(&act(&coordinator(), compilation, create(), now())), "campaign.notRunning");
}

#[test]
fn a_report_whose_document_nobody_sealed_stays_in_the_house() {
    let unsealed = ConsolidatedReport { sealed_at: None, ..in_stage("ISSUED") };
    assert_eq!(outcome(&act(&clerk(), unsealed, send(), now())), "consolidatedReport.notSealed");
    let (_, _, consequences) = act(&clerk(), in_stage("ISSUED"), send(), now()).unwrap().into_parts();
    let [Consequence::Document(document), Consequence::Dispatches(_)] = consequences.as_slice() else {
        panic!("two consequences")
    };
    assert_eq!(document.next().stage.code(), "DISPATCHED");
}

#[test]
fn who_compiled_it_does_not_answer_for_its_form_and_giving_it_back_takes_the_check_away() {
    let office = actor(Role::Office, OFFICE, 31);
    let checked = act(&office, in_stage("UNDER_REVIEW"), CheckConsolidatedReportFormat, now()).unwrap().next().clone();
    assert_eq!(checked.format_check.as_ref().map(|check| check.person), Some(office.person));
    let again = act(&office, checked.clone(), CheckConsolidatedReportFormat, now());
    assert_eq!(outcome(&again), "format.checkedAlready");
    let mut compiled_by_it = in_stage("UNDER_REVIEW");
    compiled_by_it.drafters = vec![office.person];
    let own = act(&office, compiled_by_it, CheckConsolidatedReportFormat, now());
    assert_eq!(outcome(&own), "policy.samePerson");
    let returned = act(&chair(), checked, ReturnConsolidatedReport { reason: text("Sai thể thức") }, now()).unwrap();
    assert_eq!(returned.next().format_check, None);
    assert_eq!(
        outcome(&act(&office, draft(), CheckConsolidatedReportFormat, now())),
        "consolidatedReport.notUnderReview"
    );
}
