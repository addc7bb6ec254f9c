use super::*;
use crate::{campaign::Plan, target::Topic};

#[test]
fn a_second_registration_beside_the_accepted_one_must_correct_it() {
    let accepted = in_stage("ACCEPTED");
    let mut second = create(content(&["T1"]));
    second.facts.accepted = Some(accepted.root.id);
    let refused = act(&officer(), within(), second.clone(), now());
    assert_eq!(outcome(&refused), "registration.accepted");
    assert_eq!(faults(refused), [("/correctsId".to_owned(), "registration.accepted")]);

    second.corrects = Some(accepted.root.id);
    let refused = act(&officer(), within(), second.clone(), now());
    assert_eq!(faults(refused), [("/correctionReason".to_owned(), "correction.incomplete")]);

    second.correction_reason = Some(text("Điều chỉnh chỉ tiêu"));
    assert_eq!(outcome(&act(&officer(), within(), second.clone(), now())), "DRAFT");

    second.corrects = Some(fresh_id());
    assert_eq!(outcome(&act(&officer(), within(), second.clone(), now())), "correction.notAccepted");
    second.facts.open = true;
    assert_eq!(outcome(&act(&officer(), within(), second, now())), "registration.open");
}

fn correction(of: &Registration, content: Content, targets: &[Target]) -> Registration {
    let facts =
        CreationFacts { unit_exists_today: true, accepted: Some(of.root.id), open: false, targets: targets.to_vec() };
    let command =
        CreateRegistration {
            content, corrects: Some(of.root.id), correction_reason: Some(text("Điều chỉnh")), facts
        };
    let drafted = act(&officer(), within(), command, now()).unwrap().next().clone();
    let facts = RegistrationFacts { plan: plan(), targets: targets.to_vec(), unit_exists_today: true };
    act(&head(), drafted, SubmitRegistration { facts }, now()).unwrap().next().clone()
}

#[test]
fn a_correction_keeps_targets_by_code_and_retires_what_it_no_longer_names() {
    let (first, none, created) = parts(accept(submitted(&["T1", "T2"]), None, Vec::new()).unwrap());
    assert!(none.is_none());
    let standing: Vec<Target> = created.iter().map(|change| change.next().clone()).collect();

    let corrected = correction(&first, content(&["T2", "T3"]), &standing);
    let (second, superseded, settled) = parts(accept(corrected, Some(first.clone()), standing.clone()).unwrap());
    assert_eq!(superseded.unwrap().stage_code(), "SUPERSEDED");
    let told: Vec<_> = settled
        .iter()
        .map(|change| (change.next().code.as_str(), change.event().action, change.next().root.version))
        .collect();
    assert_eq!(told, [("T2", "target.changed", 2), ("T3", "target.created", 1), ("T1", "target.retired", 2)]);
    assert_eq!(settled[0].next().root.id, standing[1].root.id);

    // A code that comes back is the same target, with all that was measured.
    let standing: Vec<Target> = settled.iter().map(|change| change.next().clone()).collect();
    let back = correction(&second, content(&["T1", "T2", "T3"]), &standing);
    let (_, _, settled) = parts(accept(back, Some(second), standing.clone()).unwrap());
    assert_eq!(settled[0].next().root.id, standing[2].root.id);
    assert!(settled.iter().all(|change| change.next().retired_at.is_none()));
}

#[test]
fn a_correction_cannot_change_how_a_code_is_measured() {
    let (first, _, created) = parts(accept(submitted(&["T1"]), None, Vec::new()).unwrap());
    let targets: Vec<Target> = created.iter().map(|change| change.next().clone()).collect();
    let command = CreateRegistration {
        content: Content { targets: vec![registered("T1", insurance())], ..content(&[]) },
        corrects: Some(first.root.id),
        correction_reason: Some(text("Điều chỉnh")),
        facts: CreationFacts { unit_exists_today: true, accepted: Some(first.root.id), open: false, targets },
    };
    let refused = act(&officer(), within(), command, now());
    assert_eq!(faults(refused), [("/targets/0/measure".to_owned(), "target.measureChanged")]);
}

#[test]
fn a_target_of_a_restricted_task_is_restricted_also_by_its_project_or_movement() {
    let restricted = |topic: Topic, plan: Plan| {
        let mut content = content(&["T1"]);
        content.targets[0].topic = topic;
        let drafted = act(&officer(), within(), create(content), now()).unwrap().next().clone();
        let handed_in = act(&head(), drafted, SubmitRegistration { facts: facts() }, now()).unwrap().next().clone();
        let facts = AcceptanceFacts { plan, accepted: None, targets: Vec::new(), unit_exists_today: true };
        let (_, _, targets) = parts(act(&coordinator(), handed_in, AcceptRegistration { facts }, now()).unwrap());
        targets[0].next().restricted
    };
    let task = || Some(text("3.3.1"));
    let (project, movement) = (Some(text("P1")), Some(text("M1")));
    let mut sensitive = plan();
    sensitive.projects[0].task = text("3.3.1");
    sensitive.movements[0].task = task();
    assert!(restricted(Topic { task: task(), ..Topic::default() }, plan()));
    for topic in [Topic { project, ..Topic::default() }, Topic { movement, ..Topic::default() }] {
        assert!(!restricted(topic.clone(), plan()));
        assert!(restricted(topic, sensitive.clone()));
    }
}
