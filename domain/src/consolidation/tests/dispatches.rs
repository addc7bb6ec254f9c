use super::*;
use crate::dispatch::{
    AcceptDispatch, Addressed, AgencyCode, Carried, Correspondents, Delivery, DeliveryState, Dispatch, Failure,
    Purpose, ReceiveDispatch, RedeliverDispatch, RefuseDispatch, Stage as Way,
};

fn dispatches(change: Change<ConsolidatedReport>) -> (ConsolidatedReport, Vec<Dispatch>) {
    let (report, _, consequences) = change.into_parts();
    let made = consequences
        .iter()
        .find_map(|consequence| if let Consequence::Dispatches(made) = consequence { Some(made) } else { None })
        .expect("the dispatches follow");
    (report, made.iter().map(|one| one.next().clone()).collect())
}

/// The report on its way, and its dispatch.
fn sent() -> (ConsolidatedReport, Dispatch) {
    let (report, mut made) = dispatches(act(&clerk(), in_stage("ISSUED"), send(), now()).unwrap());
    (report, made.remove(0))
}

/// What a command makes of a dispatch and of its report.
fn answered(
    dispatch: Dispatch,
    report: ConsolidatedReport,
    verb: &str,
) -> (&'static str, Option<ConsolidatedReport>, Option<Dispatch>) {
    let (reference, reason) = (text("HP-2"), text("Thiếu phụ lục"));
    let result = match verb {
        "receive" => act(&clerk(), dispatch, ReceiveDispatch { reference: text("TRUC-1") }, now()),
        "accept" => act(&portal(), dispatch, AcceptDispatch { reference, report }, now()),
        _ => act(&portal(), dispatch, RefuseDispatch { reference, reason, report }, now()),
    };
    let answer = outcome(&result);
    let Ok(change) = result else { return (answer, None, None) };
    let (dispatch, _, consequences) = change.into_parts();
    let report = match consequences.as_slice() {
        [] => None,
        [Consequence::ConsolidatedReport(report)] => Some(report.next().clone()),
        _ => panic!("the report follows, and nothing else"),
    };
    (answer, report, Some(dispatch))
}

/// A dispatch in a stage with its report, reached by the commands that lead there.
fn way(stage: &str) -> (ConsolidatedReport, Dispatch) {
    let (report, dispatch) = sent();
    let verbs: &[&str] = match stage {
        "SENT" => &[],
        "RECEIVED" => &["receive"],
        "ACCEPTED" => &["receive", "accept"],
        _ => &["receive", "accept", "refuse"],
    };
    verbs.iter().fold((report, dispatch), |(report, dispatch), verb| {
        let (_, follows, dispatch) = answered(dispatch, report.clone(), verb);
        (follows.unwrap_or(report), dispatch.unwrap())
    })
}

#[test]
fn sending_makes_a_dispatch_for_each_recipient_with_everything_as_it_was_then() {
    let mut command = send();
    command.posting.sender.code = AgencyCode::parse("H24.99.1");
    command.posting.recipients.push(recipient("Sở Nội vụ", true));
    let (report, made) = dispatches(act(&clerk(), in_stage("ISSUED"), command, now()).unwrap());
    let [city, other] = made.as_slice() else { panic!("two recipients") };
    assert_eq!((city.report, city.report_version), (report.root.id, report.root.version));
    assert_eq!((&city.departure, city.departure.sent_at), (report.stage.dispatch().unwrap(), now()));
    assert_eq!(city.document_code().as_deref(), Some("H24.99.1,2025/12/08,05/BC-UBND"));
    assert_eq!((city.paper.purpose, &city.paper.earlier), (Purpose::New, &None));
    assert!(other.for_information && other.root.id != city.root.id);
    assert_eq!(sent().1.document_code(), None, "no code is made up");
}

#[test]
fn what_a_package_is_called_is_plain_short_and_its_own() {
    let (_, mut dispatch) = sent();
    let own = dispatch.root.id.to_string()[28..].to_owned();
    assert_eq!(dispatch.file_name(), format!("05-BC-UBND-2025-{own}.zip"));
    dispatch.paper.issue.symbol = text("1234/QĐ-HĐTĐKT-BAN-CHỈ-ĐẠO-CÁC-PHONG-TRÀO-THI-ĐUA-YÊU-NƯỚC");
    let name = dispatch.file_name();
    assert!(name.starts_with("1234-QD-HDTDKT-BAN-CHI-DAO-") && name.len() <= 50, "{name}");
    assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.')), "{name}");
}

// What each answer makes of a dispatch in each stage, and of its report; "" where it is refused, or nothing follows.
const TABLE: [(&str, [(&str, &str); 3]); 4] = [
    ("SENT", [("RECEIVED", ""), ("ACCEPTED", "ACKNOWLEDGED"), ("REFUSED", "REFUSED")]),
    ("RECEIVED", [("", ""), ("ACCEPTED", "ACKNOWLEDGED"), ("REFUSED", "REFUSED")]),
    ("ACCEPTED", [("", ""), ("", ""), ("REFUSED", "REFUSED")]),
    ("REFUSED", [("", ""), ("", ""), ("", "")]),
];

#[test]
fn every_answer_in_every_stage_makes_what_the_table_says_and_the_report_follows() {
    let mut edges: Vec<Edge> = vec![("", "sendConsolidatedReport", "SENT")];
    for (stage, cells) in TABLE {
        let verbs = [("receive", "receiveDispatch"), ("accept", "acceptDispatch"), ("refuse", "refuseDispatch")];
        for ((verb, operation), (becomes, report_becomes)) in verbs.into_iter().zip(cells) {
            let (report, dispatch) = way(stage);
            let may = match verb {
                "receive" => could::<ReceiveDispatch, _>(&clerk(), &dispatch),
                "accept" => could::<AcceptDispatch, _>(&clerk(), &dispatch),
                _ => could::<RefuseDispatch, _>(&clerk(), &dispatch),
            };
            let (answer, follows, _) = answered(dispatch, report, verb);
            let expected = if becomes.is_empty() { "dispatch.answered" } else { becomes };
            assert_eq!(answer, expected, "{stage} {verb}");
            assert_eq!(may.map_or_else(Code::as_str, |()| answer), expected, "{stage} {verb}");
            assert_eq!(follows.map_or("", |report| report.stage.code()), report_becomes, "{stage} {verb}");
            if !becomes.is_empty() {
                edges.push((stage, operation, becomes));
            }
        }
    }
    // What the city says of the report itself is tried below.
    let tried = |edge: &&Edge| edge.1 != "redeliverDispatch" && (edge.1.ends_with("Dispatch") || edge.0.is_empty());
    let mut chart: Vec<Edge> = Way::edges().iter().filter(tried).copied().collect();
    edges.sort_unstable();
    chart.sort_unstable();
    assert_eq!(edges, chart);
}

#[test]
fn a_late_refusal_keeps_what_was_said_before_and_lets_the_report_be_replaced() {
    let (report, dispatch) = way("REFUSED");
    assert_eq!(dispatch.stage.receipt().unwrap().reference, text("TRUC-1"));
    assert_eq!(dispatch.stage.acceptance().unwrap().reference, text("HP-2"));
    assert_eq!(dispatch.stage.rejection().unwrap().reason, text("Thiếu phụ lục"));
    assert_eq!(report.stage.receipt().unwrap().number, text("HP-2"));
    let mut command = create();
    command.replaces = Some(report.root.id);
    command.facts.latest = Some(report);
    assert_eq!(created(command).unwrap().next().due_before, draft().due_before);
}

#[test]
fn what_the_city_says_of_the_report_counts_for_its_dispatch() {
    for (stage, acknowledged) in [("SENT", "ACCEPTED"), ("RECEIVED", "ACCEPTED")] {
        let (report, dispatch) = way(stage);
        let command = AcknowledgeConsolidatedReport { dispatch: Some(dispatch), ..acknowledge() };
        let (_, made) = dispatches(act(&portal(), report, command, now()).unwrap());
        assert_eq!(
            (made[0].stage.code(), &made[0].stage.acceptance().unwrap().reference),
            (acknowledged, &text("HP-1"))
        );
    }
    for stage in ["SENT", "RECEIVED", "ACCEPTED"] {
        let (report, dispatch) = way(stage);
        let command = RefuseConsolidatedReport { dispatch: Some(dispatch), ..refuse() };
        let (_, made) = dispatches(act(&portal(), report, command, now()).unwrap());
        assert_eq!((made[0].stage.code(), &made[0].stage.rejection().unwrap().reference), ("REFUSED", &None));
    }
}

#[test]
fn who_is_only_told_says_nothing_about_the_report_and_the_city_does_not_answer_for_him() {
    let (report, mut dispatch) = sent();
    dispatch.for_information = true;
    let refusal = RefuseDispatch { reference: text("SNV-1"), reason: text("Nhầm"), report: report.clone() };
    assert_eq!(outcome(&act(&portal(), dispatch.clone(), refusal.clone(), now())), "policy.otherAddressee");
    let (_, _, consequences) = act(&clerk(), dispatch, refusal, now()).unwrap().into_parts();
    assert!(consequences.is_empty());
}

#[test]
fn a_report_that_is_supplemented_stays_so_when_it_is_refused_after_all() {
    let (_, dispatch) = way("ACCEPTED");
    let (answer, follows, _) = answered(dispatch, in_stage("SUPPLEMENTED"), "refuse");
    assert_eq!((answer, follows), ("REFUSED", None));
}

#[test]
fn a_dispatch_reads_back_as_it_was_written() {
    for (stage, _) in TABLE {
        let (_, dispatch) = way(stage);
        let written = crate::canonical::canonical(&dispatch).unwrap();
        assert_eq!(serde_json::from_str::<Dispatch>(&written).unwrap(), dispatch);
    }
}

#[test]
fn only_what_was_given_up_is_ordered_anew_and_only_while_nobody_has_answered() {
    let queued = Delivery {
        queued_at: now(),
        attempts: 1,
        next_attempt_at: now(),
        delivered_at: None,
        given_up_at: None,
        failure: Some(Failure::Unreachable),
    };
    let given_up = Delivery { given_up_at: Some(now()), ..queued };
    let delivered = Delivery { delivered_at: Some(now()), ..queued };
    let states = [queued, given_up, delivered].map(|delivery| delivery.state());
    assert_eq!(states, [DeliveryState::Queued, DeliveryState::GivenUp, DeliveryState::Delivered]);
    for (stage, _) in TABLE {
        let expected = if stage == "SENT" { "dispatch.notGivenUp" } else { "dispatch.answered" };
        for delivery in [None, Some(queued), Some(delivered)] {
            let carried = Carried { dispatch: way(stage).1, delivery };
            assert_eq!(outcome(&act(&clerk(), carried, RedeliverDispatch, now())), expected, "{stage}");
        }
        let carried = Carried { dispatch: way(stage).1, delivery: Some(given_up) };
        let ordered = act(&clerk(), carried, RedeliverDispatch, now());
        assert_eq!(outcome(&ordered), if stage == "SENT" { "SENT" } else { "dispatch.answered" });
        assert_eq!(ordered.map_or(0, |change| change.next().orders), u32::from(stage == "SENT"));
    }
}

#[test]
fn who_is_set_up_is_sent_to_and_the_city_that_the_plan_names_where_nobody_decides() {
    let to = |recipients: Vec<Addressed>| {
        let correspondents = Correspondents { own_code: AgencyCode::parse("H24.99"), recipients };
        let posting = Posting::to_the_city(&correspondents, &plan(), &unit(10), None, now());
        assert_eq!(posting.sender.code, AgencyCode::parse("H24.99"));
        posting.recipients
    };
    let named = |name: &str, for_information| Addressed {
        name: Some(text(name)),
        code: AgencyCode::parse("H24"),
        channel: Channel::FileDrop,
        for_information,
    };
    let city = to(vec![named("UBND TP", false), named("Sở Nội vụ", true)]);
    assert_eq!(city.iter().map(|one| one.agency.name.as_str()).collect::<Vec<_>>(), ["UBND TP", "Sở Nội vụ"]);
    let copied = to(vec![named("Sở Nội vụ", true)]);
    assert!(copied.iter().any(|one| one.for_information && one.channel == Channel::FileDrop));
}
