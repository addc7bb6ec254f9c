//! `actions` on a representation: what is flagged is what is answered.

use thidua_api::story::Cast;
use thidua_domain::principal::Role;
use thidua_tests::{Reply, TestApp};

use super::{
    Operation,
    commands::attempt,
    operations,
    samples::{Sample, body},
};
use crate::stage;

const STAGES: &[&str] = &["DRAFT", "SUBMITTED", "SIGNED", "ISSUED", "RUNNING", "CANCELLED"];

async fn at_stage(app: &TestApp, stage: &str) -> Reply {
    match stage {
        "DRAFT" => stage::drafted(app).await,
        "SUBMITTED" => stage::submitted(app).await,
        "SIGNED" => stage::signed(app).await,
        "ISSUED" => stage::issued(app).await,
        "RUNNING" => stage::running(app).await,
        _ => {
            let draft = stage::drafted(app).await;
            let reason = serde_json::json!({"reason": "Không còn cần thiết."});
            app.persona("chair").command_with(&format!("/campaigns/{}/cancel", draft.id()), &draft, reason).await.ok()
        }
    }
}

fn operation(id: &str) -> &'static Operation {
    operations().iter().find(|operation| operation.id == id).unwrap_or_else(|| panic!("{id} is in no contract"))
}

#[tokio::test]
async fn flag_and_answer_agree_for_every_persona_at_every_stage_of_a_campaign() {
    let mut carried_out = 0;
    for stage in STAGES {
        let app = TestApp::start_at("2025-09-15").await;
        let object = at_stage(&app, stage).await;
        assert_eq!(object.text("stage"), *stage);
        // One of each role; what their units change is tried elsewhere.
        let twice = |name: &str| ["head-of-", "other-", "second-"].iter().any(|one| name.starts_with(one));
        let cast = Cast::read().unwrap().personas.into_iter().filter(|persona| !twice(persona.name.as_str()));
        for persona in cast {
            let person = app.persona(persona.name.as_str());
            let read = person.get(&format!("/campaigns/{}", object.id())).await;
            if read.status == 404 {
                continue;
            }
            for action in read.body["actions"].as_array().unwrap() {
                let id = action["operation"].as_str().unwrap().to_owned();
                let flag = read.obstacle(&id).map(str::to_owned);
                let what = format!("{id} by {} at {stage}: flagged {flag:?}", persona.name);
                // What is allowed is carried out elsewhere, or the stage would be another for those who follow.
                let elsewhere = if flag.is_none() { Some(TestApp::start_at("2025-09-15").await) } else { None };
                let (place, object) = match &elsewhere {
                    Some(elsewhere) => (elsewhere, at_stage(elsewhere, stage).await),
                    None => (&app, object.clone()),
                };
                let sample = Sample { object: Some(object), unit: None, body: body(place, &id).await };
                let answer = attempt(&place.persona(persona.name.as_str()), operation(&id), &sample).await;
                match flag {
                    None => assert_eq!(answer.status.as_u16(), 200, "{what}: {}", answer.raw),
                    Some(code) => {
                        assert!(matches!(answer.status.as_u16(), 403 | 409), "{what}: {}", answer.raw);
                        assert_eq!(answer.code(), code, "{what}");
                    }
                }
                carried_out += usize::from(elsewhere.is_some());
            }
        }
    }
    assert!(carried_out >= 12, "only {carried_out} were allowed");
}

#[tokio::test]
async fn the_actions_of_a_resource_are_all_its_commands() {
    let app = TestApp::start_at("2025-09-15").await;
    let draft = stage::drafted(&app).await;
    let mut flagged: Vec<_> =
        draft.body["actions"].as_array().unwrap().iter().map(|action| action["operation"].as_str().unwrap()).collect();
    flagged.sort_unstable();
    let of_campaigns = |one: &Operation| one.is_command() && one.tag == "Campaigns" && one.path.contains('{');
    let mut commands: Vec<_> = operations().iter().filter(|one| of_campaigns(one)).map(|one| one.id.as_str()).collect();
    commands.sort_unstable();
    assert_eq!(flagged, commands);
}

#[tokio::test]
async fn one_person_with_two_roles_does_not_sign_what_that_person_drafted() {
    let app = TestApp::start_at("2025-09-15").await;
    app.register("acting-for-two", &[Role::Coordinator, Role::ViceChair], None).await;
    let both = app.persona("acting-for-two");
    let new = body(&app, "createCampaign").await.unwrap();
    let draft = both.create("/campaigns", new).await.created();
    let path = format!("/campaigns/{}", draft.id());
    let submitted = app.persona("coordinator").command(&format!("{path}/submit"), &draft).await.ok();
    let read = both.get(&path).await.ok();
    assert_eq!(read.obstacle("signCampaign"), Some("policy.samePerson"));
    assert_eq!(both.command(&format!("{path}/sign"), &submitted).await.refused(403).code(), "policy.samePerson");
    app.persona("vice-chair").command(&format!("{path}/sign"), &submitted).await.ok();
}
