//! Every command, tried by every persona over HTTP: it is refused to all whose job it is not, and nothing is written.

use std::collections::HashMap;

use serde_json::Value;
use thidua_api::story::{Cast, PersonaSeed};
use thidua_domain::{id::Id, principal::Role, unit::UnitId};
use thidua_tests::{Person, Reply, TestApp};
use uuid::Uuid;

use super::{
    NOTHING, Operation, operations,
    oracle::{Line, Standing, oracle},
    samples::{JUDGES, Sample, sample, service, units_tried},
};

/// The units of the directory by code.
pub(super) async fn units(app: &TestApp) -> HashMap<String, UnitId> {
    let listed = app.persona("auditor").get("/units?limit=100").await.ok();
    let id = |unit: &Value| Id::new(Uuid::parse_str(unit["id"].as_str().unwrap()).unwrap());
    let items = listed.body["items"].as_array().unwrap();
    items.iter().map(|unit| (unit["code"].as_str().unwrap().to_owned(), id(unit))).collect()
}

fn may(line: &Line, persona: &PersonaSeed, units: &HashMap<String, UnitId>, sample: &Sample) -> bool {
    let works_at = persona.unit.as_ref().map(|code| units[code.as_str()]);
    let of_unit = |role: Role| matches!(role, Role::UnitOfficer | Role::UnitHead);
    let roles: Vec<_> = persona.roles.iter().map(|role| (*role, works_at.filter(|_| of_unit(*role)))).collect();
    let object = sample.unit.map(|code| units[code]);
    let judges = JUDGES;
    let (compiler, addressee, in_register) = (units["VHXH"], sample.addressee, sample.in_register());
    line.allows(&roles, Standing { object, compiler, works_at, addressee, judges, in_register })
}

/// Tries a command on its sample.
pub(super) async fn attempt(person: &Person, operation: &Operation, sample: &Sample) -> Reply {
    let path = operation.at(sample.object.as_ref().map_or(NOTHING, Reply::id));
    let body = sample.body.as_ref().map(|body| operation.sent(body));
    let person = operation.by(person);
    let person = match &sample.object {
        Some(read) => person.with("If-Match", read.etag()),
        None => person,
    };
    person.with("Idempotency-Key", &operation.id).send(operation.method.clone(), &path, body).await
}

/// The commands of one area, so that areas are tried side by side.
async fn are_refused_to_all_others(tag: &str) {
    let commands = operations().iter().filter(|one| one.is_command() && one.tag == tag);
    assert!(commands.clone().count() > 0, "{tag} has no commands");
    for operation in commands {
        for unit in units_tried(&operation.id) {
            let app = service(&operation.id).await;
            let sample = sample(&app, &operation.id, unit).await;
            let sample = sample.unwrap_or_else(|| panic!("{} needs a sample", operation.id));
            is_the_job_of_some(&app, operation, &sample).await;
        }
    }
}

async fn is_the_job_of_some(app: &TestApp, operation: &Operation, sample: &Sample) {
    let table = oracle();
    let line = table.iter().find(|line| line.operation == operation.id).unwrap();
    let units = units(app).await;
    let cast = Cast::read().unwrap();
    let (allowed, refused): (Vec<_>, Vec<_>) =
        cast.personas.iter().partition(|persona| may(line, persona, &units, sample));
    assert!(!allowed.is_empty(), "{} is nobody's job", operation.id);
    let before = app.events().await;
    for persona in refused {
        is_refused(app, operation, sample, persona.name.as_str()).await;
    }
    assert_eq!(app.events().await, before, "{} wrote something", operation.id);
    for (index, persona) in allowed.iter().enumerate() {
        let answer = attempt(&app.persona(persona.name.as_str()), operation, sample).await;
        let status = answer.status.as_u16();
        // The first changes the object; those who come after may be late, and no more than that.
        let fine = matches!(status, 200 | 201) || (index > 0 && matches!(status, 409 | 412 | 422));
        assert!(fine, "{} by {}: {status} {}", operation.id, persona.name, answer.raw);
    }
    assert_eq!(app.check_log().await.findings, Vec::<String>::new(), "{}", operation.id);
}

#[tokio::test]
async fn commands_on_the_directory_are_refused_to_everybody_else() {
    are_refused_to_all_others("Directory").await;
    are_refused_to_all_others("Calendar").await;
}

#[tokio::test]
async fn commands_on_campaigns_are_refused_to_everybody_else() {
    are_refused_to_all_others("Campaigns").await;
}

#[tokio::test]
async fn commands_on_registrations_and_targets_are_refused_to_everybody_else() {
    are_refused_to_all_others("Registrations").await;
    are_refused_to_all_others("Targets").await;
    are_refused_to_all_others("Imports").await;
}

#[tokio::test]
async fn commands_on_periods_and_reports_are_refused_to_everybody_else() {
    are_refused_to_all_others("Reports").await;
}

#[tokio::test]
async fn commands_on_scoring_rubrics_are_refused_to_everybody_else() {
    are_refused_to_all_others("Scoring").await;
}

#[tokio::test]
async fn commands_on_reminders_are_refused_to_everybody_else() {
    are_refused_to_all_others("Reminders").await;
}

#[tokio::test]
async fn commands_on_documents_are_refused_to_everybody_else() {
    are_refused_to_all_others("Documents").await;
}

#[tokio::test]
async fn commands_on_consolidated_reports_are_refused_to_everybody_else() {
    are_refused_to_all_others("Consolidated reports").await;
}

#[tokio::test]
async fn answers_to_dispatches_are_refused_to_everybody_else() {
    are_refused_to_all_others("Dispatch").await;
}

#[test]
fn every_command_of_the_contract_is_tried() {
    let tried = [
        "Directory",
        "Calendar",
        "Campaigns",
        "Registrations",
        "Targets",
        "Imports",
        "Reports",
        "Consolidated reports",
        "Dispatch",
        "Documents",
        "Reminders",
        "Scoring",
    ];
    for operation in operations().iter().filter(|one| one.is_command()) {
        assert!(tried.contains(&operation.tag.as_str()), "{} is of an area that no test above tries", operation.id);
    }
}

async fn is_refused(app: &TestApp, operation: &Operation, sample: &Sample, persona: &str) {
    let person = app.persona(persona);
    let answer = attempt(&person, operation, sample).await;
    let what = format!("{} by {persona}: {}", operation.id, answer.raw);
    let hidden = match &sample.object {
        Some(object) => person.get(&format!("/{}/{}", collection(operation), object.id())).await.status == 404,
        None => false,
    };
    if hidden {
        assert_eq!((answer.status.as_u16(), answer.code()), (404, "resource.absent"), "{what}");
    } else {
        assert_eq!(answer.status.as_u16(), 403, "{what}");
        assert!(answer.code().starts_with("policy."), "{what}");
    }
}

/// `campaigns` of `/campaigns/{campaignId}/sign`.
fn collection(operation: &Operation) -> &str {
    operation.path.split('/').nth(1).unwrap()
}
