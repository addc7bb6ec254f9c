use super::*;
use crate::{
    campaign::Campaign,
    change::{Change, Consequence, Edge},
    dispatch::{Agency, Channel, Posting, Printed, Recipient},
    document::tests::{entered, sealed},
    measure::{Measure, Value},
    period::{Period, PeriodId},
    policy::could,
    principal::Role,
    refusal::{Code, Refusal},
    registration::{
        Acceptance,
        fixtures::{
            OFFICE, SCHOOL, STATION, VILLAGE, act, actor, at, campaign, chair, clerk, coordinator, day, faults,
            fresh_id, head, hectares, id, insurance, outcome, period as planned, plan, portal, root, share, text, unit,
        },
    },
    report::{self, Figure, Finding, Leadership, MovementResult, Report, compliance::Filing},
    target::Topic,
    text::Token,
    time::{Date, Timestamp},
};

mod dispatches;
mod figures;
mod lifecycle;
mod office;
mod properties;

const FROZEN: &str = "2025-12-08T09:00:00+07:00";

fn now() -> Timestamp {
    at(FROZEN)
}

/// The figure of a target; without a value it is explained.
fn figure(target: u128, code: &str, task: Option<&str>, measure: Measure, value: Option<Value>) -> Figure {
    let finding = value.map(|value| Finding {
        measurement: id(target * 10),
        evidence: Vec::new(),
        as_of: day("2025-11-30"),
        completion: measure.completion(&value),
        reached: measure.reached(&value),
        value,
    });
    let explanation = finding.is_none().then(|| text("Chưa thực hiện"));
    let topic = Topic { task: task.map(text), ..Topic::default() };
    let restricted = task == Some("3.3.1");
    Figure {
        target: id(target),
        code: text(code),
        name: text("Chỉ tiêu"),
        topic,
        restricted,
        measure,
        finding,
        explanation,
    }
}

/// An accepted report of a unit for a period.
fn accepted(number: u128, unit: u128, period: u128, figures: Vec<Figure>) -> Report {
    let leadership = Leadership { text: text("Đã làm"), documents_issued: Some(2), people_reached: Some(100) };
    let result = |movement: Option<&str>, name: Option<&str>| MovementResult {
        movement: movement.map(text),
        name: name.map(text),
        text: text("Đã làm"),
    };
    let content = report::Content {
        leadership: Some(leadership),
        movement_results: vec![result(Some("M1"), None), result(None, Some("Xóa nhà tạm"))],
        ..report::Content::default()
    };
    Report {
        root: root(number),
        campaign: id(500),
        period: id(period),
        unit: id(unit),
        coordinating_unit: id(OFFICE),
        stage: report::Stage::Accepted { acceptance: Acceptance::of(&coordinator(), now()) },
        content,
        figures,
        violations: Vec::new(),
        silent_rules: Vec::new(),
        attachments: Vec::new(),
        corrects: None,
        corrected_number: None,
        correction_reason: None,
        signature: None,
        own_number: None,
        round: 1,
        drafters: vec![id(20)],
        submitters: vec![id(21)],
        first_submitted_at: Some(at("2025-12-01T08:00:00+07:00")),
        late: Some(unit == STATION),
        remarks: Vec::new(),
    }
}

fn bhyt(target: u128, numerator: &str, denominator: &str) -> Figure {
    figure(target, "BHYT", Some("3.2.7"), insurance(), Some(share(numerator, denominator)))
}

fn facts(periods: Vec<Period>, reports: Vec<Report>) -> FreezeFacts {
    let filings = reports.iter().filter_map(|report| Some((report.period, Filing::of(report)?))).collect();
    let accepted = reports.into_iter().filter(|report| report.stage.counts()).collect();
    FreezeFacts { plan: plan(), periods, accepted, filings, units: (1..30).map(unit).collect() }
}

/// Two units owe a report and only the school has one accepted; a village reports of its own will.
fn small() -> FreezeFacts {
    let reports = vec![accepted(301, SCHOOL, 11, vec![bhyt(41, "95", "100")]), accepted(302, VILLAGE, 11, Vec::new())];
    facts(vec![planned(11, &[SCHOOL, STATION])], reports)
}

fn frozen(facts: FreezeFacts) -> Frozen {
    let periods: Vec<PeriodId> = facts.periods.iter().map(|period| period.root.id).collect();
    Frozen { periods, cut_off_date: day("2025-12-05"), facts }
}

fn narrative() -> Narrative {
    let prose = || Some(text("Đã làm"));
    Narrative {
        title: Some(text("Báo cáo kết quả Đợt thi đua")),
        leadership: prose(),
        results: prose(),
        other_movements: vec![OtherMovement { name: text("Xóa nhà tạm"), text: text("Đã làm") }],
        exemplars: prose(),
        awards: prose(),
        difficulties: prose(),
        lessons: prose(),
        directions: prose(),
        proposals: prose(),
        ..Narrative::default()
    }
}

fn create() -> CreateConsolidatedReport {
    let facts = CreationFacts::default();
    CreateConsolidatedReport {
        frozen: frozen(small()),
        narrative: narrative(),
        replaces: None,
        due_before: None,
        facts,
    }
}

fn created(command: CreateConsolidatedReport) -> Result<Change<ConsolidatedReport>, Refusal> {
    act(&coordinator(), of_kind(ConsolidatedKind::CityFinal), command, now())
}

fn of_kind(kind: ConsolidatedKind) -> Compilation {
    Compilation { campaign: campaign(), kind }
}

fn draft() -> ConsolidatedReport {
    created(create()).unwrap().next().clone()
}

fn sign(
    report: ConsolidatedReport,
    as_frozen: bool,
    accepted: Vec<Report>,
) -> Result<Change<ConsolidatedReport>, Refusal> {
    act(&chair(), report, SignConsolidatedReport { as_frozen, facts: SigningFacts { accepted } }, now())
}

fn issue() -> IssueConsolidatedReport {
    IssueConsolidatedReport { numbering: entered(5, "2025-12-08"), predecessor: None }
}

fn recipient(name: &str, for_information: bool) -> Recipient {
    Recipient { agency: Agency { code: None, name: text(name) }, channel: Channel::ByHand, for_information }
}

fn send() -> SendConsolidatedReport {
    let sender = Agency { code: None, name: text("UBND xã Gia Lộc") };
    let recipients = vec![recipient("UBND thành phố", false)];
    let posting = Posting { sender, place: Some(text("Gia Lộc")), recipients, earlier: None };
    SendConsolidatedReport { document: sealed(), posting, printed: Printed { campaign_version: 1, units: Vec::new() } }
}

fn present() -> PresentConsolidatedReport {
    PresentConsolidatedReport { document: sealed() }
}

fn acknowledge() -> AcknowledgeConsolidatedReport {
    AcknowledgeConsolidatedReport { receipt: text("HP-1"), dispatch: None }
}

fn refuse() -> RefuseConsolidatedReport {
    RefuseConsolidatedReport { reason: text("Thiếu"), dispatch: None }
}

/// A report in a stage, reached by the commands that lead to it.
fn in_stage(stage: &str) -> ConsolidatedReport {
    let next = |change: Result<Change<ConsolidatedReport>, Refusal>| change.unwrap().next().clone();
    match stage {
        "DRAFT" => draft(),
        "UNDER_REVIEW" => next(act(&coordinator(), draft(), SubmitConsolidatedReport, now())),
        "SIGNED" => next(sign(in_stage("UNDER_REVIEW"), false, small().accepted)),
        // Its document is sealed, so that it can leave the house.
        "ISSUED" => next(Ok(next(act(&clerk(), in_stage("SIGNED"), issue(), now())).sealed(now()))),
        "SENT" => next(act(&clerk(), in_stage("ISSUED"), send(), now())),
        "ACKNOWLEDGED" => next(act(&portal(), in_stage("SENT"), acknowledge(), now())),
        "REFUSED" => next(act(&portal(), in_stage("SENT"), refuse(), now())),
        _ => {
            let change = act(&coordinator(), in_stage("ACKNOWLEDGED"), supplement(), now()).unwrap();
            supplemented(change).1
        }
    }
}

fn supplement() -> SupplementConsolidatedReport {
    let reason = text("Kết quả từ 15 đến 31/12");
    SupplementConsolidatedReport { reason, frozen: frozen(small()), narrative: narrative() }
}

/// The supplement, and what it supplements.
fn supplemented(change: Change<ConsolidatedReport>) -> (ConsolidatedReport, ConsolidatedReport) {
    let (new, _, consequences) = change.into_parts();
    let [Consequence::ConsolidatedReport(old)] = consequences.as_slice() else { panic!("one consequence") };
    (new, old.next().clone())
}
