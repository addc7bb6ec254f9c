use super::{
    fixtures::{
        OCTOBER, SCHOOL, act, actor, at, campaign, content, coordinator, faults, fresh_id, head, hectares, id,
        insurance, officer, outcome, plan, plan_target, portal, registered, text,
    },
    *,
};
use crate::{
    campaign::Campaign,
    change::{Change, Consequence, Edge},
    policy::{Within, could},
    refusal::{Code, Refusal},
    target::Target,
    time::Timestamp,
};

mod corrections;
mod walks;

fn now() -> Timestamp {
    at(OCTOBER)
}

fn within() -> Within<Campaign> {
    Within { parent: campaign(), unit: id(SCHOOL) }
}

fn create(content: Content) -> CreateRegistration {
    let facts = CreationFacts { unit_exists_today: true, ..CreationFacts::default() };
    CreateRegistration { content, corrects: None, correction_reason: None, facts }
}

fn facts() -> RegistrationFacts {
    RegistrationFacts { plan: plan(), targets: Vec::new(), unit_exists_today: true }
}

fn draft(codes: &[&str]) -> Registration {
    act(&officer(), within(), create(content(codes)), now()).unwrap().next().clone()
}

fn submitted(codes: &[&str]) -> Registration {
    act(&head(), draft(codes), SubmitRegistration { facts: facts() }, now()).unwrap().next().clone()
}

fn accept(
    registration: Registration,
    accepted: Option<Registration>,
    targets: Vec<Target>,
) -> Result<Change<Registration>, Refusal> {
    act(
        &coordinator(),
        registration,
        AcceptRegistration { facts: AcceptanceFacts { plan: plan(), accepted, targets, unit_exists_today: true } },
        now(),
    )
}

fn return_it(registration: Registration) -> Result<Change<Registration>, Refusal> {
    act(
        &coordinator(),
        registration,
        ReturnRegistration { reason: text("Cần cụ thể hơn"), remarks: Vec::new(), resubmit_before: None },
        now(),
    )
}

fn in_stage(stage: &str) -> Registration {
    let accepted = || accept(submitted(&["T1"]), None, Vec::new()).unwrap().next().clone();
    match stage {
        "DRAFT" => draft(&["T1"]),
        "SUBMITTED" => submitted(&["T1"]),
        "RETURNED" => return_it(submitted(&["T1"])).unwrap().next().clone(),
        "ACCEPTED" => accepted(),
        "SUPERSEDED" => {
            let mut registration = accepted();
            let acceptance = Acceptance::of(&coordinator(), now());
            registration.stage = Stage::Superseded { acceptance, by: fresh_id() };
            registration
        }
        _ => act(&head(), draft(&["T1"]), WithdrawRegistration, now()).unwrap().next().clone(),
    }
}

/// Takes an acceptance apart: the accepted one, the superseded one, the targets.
fn parts(change: Change<Registration>) -> (Registration, Option<Registration>, Vec<Change<Target>>) {
    let (accepted, _, consequences) = change.into_parts();
    let (mut superseded, mut targets) = (None, Vec::new());
    for consequence in consequences {
        match consequence {
            Consequence::Registration(change) => superseded = Some(change.next().clone()),
            Consequence::Targets(changes) => targets = changes,
            Consequence::Attachments(_)
            | Consequence::IncomingDocument(_)
            | Consequence::ConsolidatedReport(_)
            | Consequence::Dispatches(_)
            | Consequence::Document(_)
            | Consequence::Documents(_)
            | Consequence::Measurements(_)
            | Consequence::Periods(_)
            | Consequence::Registrations(_)
            | Consequence::Reports(_)
            | Consequence::Units(_) => {
                unreachable!("accepting a registration concerns registrations and targets only")
            }
        }
    }
    (accepted, superseded, targets)
}

const COMMANDS: [&str; 5] =
    ["replaceRegistration", "submitRegistration", "acceptRegistration", "returnRegistration", "withdrawRegistration"];

// What each command (in the order above) makes of a registration in each stage, or why not.
const TABLE: [(&str, [&str; 5]); 6] = [
    ("DRAFT", ["DRAFT", "SUBMITTED", "registration.notSubmitted", "registration.notSubmitted", "WITHDRAWN"]),
    ("SUBMITTED", ["registration.notEditable", "registration.notEditable", "ACCEPTED", "RETURNED", "WITHDRAWN"]),
    (
        "RETURNED",
        [
            "RETURNED",
            "SUBMITTED",
            "registration.notSubmitted",
            "registration.notSubmitted",
            "registration.notWithdrawable",
        ],
    ),
    ("ACCEPTED", CLOSED),
    ("SUPERSEDED", CLOSED),
    ("WITHDRAWN", CLOSED),
];
const CLOSED: [&str; 5] = [
    "registration.notEditable",
    "registration.notEditable",
    "registration.notSubmitted",
    "registration.notSubmitted",
    "registration.notWithdrawable",
];

fn attempt(command: usize, on: Registration) -> (&'static str, Result<(), Code>) {
    match command {
        0 => {
            let may = could::<ReplaceRegistration, _>(&officer(), &on);
            (
                outcome(&act(&officer(), on, ReplaceRegistration { content: content(&["T2"]), facts: facts() }, now())),
                may,
            )
        }
        1 => {
            let may = could::<SubmitRegistration, _>(&head(), &on);
            (outcome(&act(&head(), on, SubmitRegistration { facts: facts() }, now())), may)
        }
        2 => {
            let may = could::<AcceptRegistration, _>(&coordinator(), &on);
            (outcome(&accept(on, None, Vec::new())), may)
        }
        3 => {
            let may = could::<ReturnRegistration, _>(&coordinator(), &on);
            (outcome(&return_it(on)), may)
        }
        _ => {
            let may = could::<WithdrawRegistration, _>(&head(), &on);
            (outcome(&act(&head(), on, WithdrawRegistration, now())), may)
        }
    }
}

#[test]
fn every_command_in_every_stage_answers_as_the_table_says_and_as_actions_foretell() {
    let mut edges: Vec<Edge> =
        vec![("", "createRegistration", "DRAFT"), ("ACCEPTED", "acceptRegistration", "SUPERSEDED")];
    for (stage, cells) in TABLE {
        for (command, expected) in cells.into_iter().enumerate() {
            let (answer, may) = attempt(command, in_stage(stage));
            assert_eq!(answer, expected, "{stage} {}", COMMANDS[command]);
            match may {
                Ok(()) => edges.push((stage, COMMANDS[command], expected)),
                Err(code) => assert_eq!(code.as_str(), expected),
            }
        }
    }
    let mut chart = Stage::edges().to_vec();
    edges.sort_unstable();
    chart.sort_unstable();
    assert_eq!(edges, chart);
}

#[test]
fn nobody_registers_before_the_launch_or_for_another_unit() {
    let mut issued = within();
    issued.parent.stage = crate::campaign::Stage::Submitted;
    assert_eq!(outcome(&act(&officer(), issued, create(content(&["T1"])), now())), "campaign.notRunning");
    let mut other = within();
    other.unit = id(3);
    assert_eq!(outcome(&act(&officer(), other, create(content(&["T1"])), now())), "policy.otherUnit");
    let mut dissolved = create(content(&["T1"]));
    dissolved.facts.unit_exists_today = false;
    assert_eq!(faults(act(&officer(), within(), dissolved, now())), [("/unitId".to_owned(), "unit.notThere")]);
}

#[test]
fn every_fault_of_the_content_is_named_by_its_field() {
    let mut wrong = content(&["T1", "T1"]);
    wrong.targets[1].topic.task = Some(text("9.9"));
    wrong.targets[1].topic.movement = Some(text("M9"));
    wrong.targets.push(registered("BHYT", hectares("3")));
    wrong.targets.push(RegisteredTarget { topic: Default::default(), ..registered("T4", over_the_whole()) });
    let named = faults(act(&officer(), within(), create(wrong), now()));
    assert_eq!(
        named.iter().map(|(pointer, code)| (pointer.as_str(), *code)).collect::<Vec<_>>(),
        [
            ("/targets/1/code", "list.duplicate"),
            ("/targets/1/topic/task", "reference.unknown"),
            ("/targets/1/topic/movement", "reference.unknown"),
            ("/targets/2/measure", "target.measureChanged"),
            ("/targets/3/measure/planned", "measure.shareOverWhole"),
        ]
    );
    let codes: Vec<_> = (0..=MAX_TARGETS).map(|number| format!("T{number}")).collect();
    let codes: Vec<_> = codes.iter().map(String::as_str).collect();
    assert_eq!(
        faults(act(&officer(), within(), create(content(&codes)), now())),
        [("/targets".to_owned(), "list.tooLong")]
    );
}

fn over_the_whole() -> crate::measure::Measure {
    crate::measure::Measure::Share {
        direction: crate::measure::Direction::AtLeast,
        baseline: None,
        planned: "100.5".parse().unwrap(),
    }
}

#[test]
fn a_unit_cannot_register_again_what_it_answers_for_by_the_plan() {
    let mut command = create(Content { targets: vec![registered("BHYT", insurance())], ..content(&[]) });
    assert_eq!(outcome(&act(&officer(), within(), command.clone(), now())), "DRAFT");
    command.facts.targets = vec![plan_target(40, SCHOOL, "BHYT")];
    assert_eq!(faults(act(&officer(), within(), command, now())), [("/targets/0/code".to_owned(), "list.duplicate")]);
}

#[test]
fn handing_in_needs_a_target_and_an_action_programme() {
    let empty = act(&officer(), within(), create(Content::default()), now()).unwrap().next().clone();
    assert_eq!(
        faults(act(&head(), empty, SubmitRegistration { facts: facts() }, now())),
        [("/targets".to_owned(), "field.missing"), ("/actionProgramme".to_owned(), "field.missing")]
    );
}

#[test]
fn the_officer_prepares_and_only_the_head_hands_in() {
    let refused = act(&officer(), draft(&["T1"]), SubmitRegistration { facts: facts() }, now());
    assert_eq!(outcome(&refused), "policy.roleMissing");
}

#[test]
fn who_handed_in_takes_no_note_of_it() {
    let both = actor(crate::principal::Role::Coordinator, SCHOOL, 21);
    let facts = AcceptanceFacts { plan: plan(), accepted: None, targets: Vec::new(), unit_exists_today: true };
    let refused = act(&both, submitted(&["T1"]), AcceptRegistration { facts }, now());
    assert_eq!(outcome(&refused), "policy.samePerson");
}

#[test]
fn a_remark_points_at_something_that_was_handed_in() {
    let remark = |pointer: &str| Remark { pointer: text(pointer), reason: text("Quá thấp") };
    let remarks = vec![remark("/targets/0/measure/planned"), remark("/targets/7/code"), remark("targets")];
    let refused = act(
        &coordinator(),
        submitted(&["T1"]),
        ReturnRegistration { reason: text("Xem lại"), remarks, resubmit_before: None },
        now(),
    );
    assert_eq!(
        faults(refused),
        [
            ("/remarks/1/pointer".to_owned(), "remark.unknownPointer"),
            ("/remarks/2/pointer".to_owned(), "remark.unknownPointer")
        ]
    );
    let remarks = vec![remark("/targets/0/measure/planned")];
    let command = ReturnRegistration { reason: text("Xem lại"), remarks: remarks.clone(), resubmit_before: None };
    let returned = act(&coordinator(), submitted(&["T1"]), command, now()).unwrap();
    assert_eq!(returned.event().reason, Some(text("Xem lại")));
    assert_eq!(returned.next().remarks, remarks);
    let again = act(&head(), returned.next().clone(), SubmitRegistration { facts: facts() }, now()).unwrap();
    assert_eq!(again.next().round, 2);
}

#[test]
fn a_draft_is_the_units_own_and_only_the_auditor_looks_in() {
    use crate::principal::Role;
    let seen = |actor: &Actor, stage: &str| in_stage(stage).visible_to(actor);
    let other = actor(Role::UnitHead, 3, 31);
    for (stage, oversight, city) in
        [("DRAFT", false, false), ("SUBMITTED", true, false), ("ACCEPTED", true, true), ("SUPERSEDED", true, true)]
    {
        assert!(seen(&officer(), stage) && !seen(&other, stage), "{stage}");
        assert!(seen(&actor(Role::Auditor, 9, 90), stage), "{stage}");
        assert_eq!(seen(&coordinator(), stage), oversight, "{stage}");
        assert_eq!(seen(&portal(), stage), city, "{stage}");
    }
    for role in [Role::Communications, Role::Clerk, Role::Accountant, Role::CouncilMember, Role::Admin] {
        assert!(!seen(&actor(role, SCHOOL, 50), "ACCEPTED"), "{role:?}");
    }
}
