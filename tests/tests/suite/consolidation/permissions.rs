//! Who may know of the report, and who may do what with it: a table that a lawyer can read (`domain.md` §4.4).

use serde_json::{Value, json};
use thidua_tests::{Reply, TestApp};

use crate::stage::city::{self, October, collection, frozen, narrative, supplement, way};

const TODAY: &str = "2025-12-08T09:00:00+07:00";

/// Each command: the stage that it is for, and the personas whose job it is.
const JOBS: &[(&str, &str, &[&str])] = &[
    ("replace", "DRAFT", &["coordinator", "second-coordinator"]),
    ("freeze", "DRAFT", &["coordinator", "second-coordinator"]),
    ("submit", "DRAFT", &["coordinator", "second-coordinator"]),
    ("return", "UNDER_REVIEW", &["chair", "vice-chair", "office"]),
    ("sign", "UNDER_REVIEW", &["chair", "vice-chair"]),
    ("issue", "SIGNED", &["clerk"]),
    ("send", "ISSUED", &["clerk"]),
    ("acknowledge", "SENT", &["portal"]),
    ("refuse", "SENT", &["portal"]),
    ("supplement", "ACKNOWLEDGED", &["coordinator", "second-coordinator"]),
];

/// What leads from each stage to the next one of the table, and by whom.
const LEADS: &[(&str, &str, &str)] = &[
    ("DRAFT", "submit", "coordinator"),
    ("UNDER_REVIEW", "sign", "chair"),
    ("SIGNED", "issue", "clerk"),
    ("ISSUED", "send", "clerk"),
    ("SENT", "acknowledge", "portal"),
];

/// Who knows of a report in any stage; the city from its dispatch on; nobody else, ever.
const KNOW: &[&str] = &["coordinator", "second-coordinator", "office", "clerk", "chair", "vice-chair", "auditor"];

const PERSONAS: &[&str] = &[
    "unit-officer",
    "unit-head",
    "other-unit-officer",
    "other-unit-head",
    "coordinator",
    "second-coordinator",
    "office",
    "clerk",
    "council-member",
    "council-secretary",
    "chair",
    "vice-chair",
    "communications",
    "accountant",
    "auditor",
    "portal",
    "admin",
];

const SENT: &[&str] = &["SENT", "ACKNOWLEDGED"];

fn knows(persona: &str, stage: &str) -> bool {
    KNOW.contains(&persona) || (persona == "portal" && SENT.contains(&stage))
}

fn body(command: &str, october: &October) -> Option<Value> {
    match command {
        "submit" | "send" => None,
        "freeze" => Some(frozen(october)),
        "replace" => Some(json!({ "narrative": narrative() })),
        "return" | "refuse" => Some(json!({ "reason": "Xem lại." })),
        "sign" => Some(json!({})),
        "issue" => Some(json!({ "number": 25, "issueDate": "2025-12-08" })),
        "acknowledge" => Some(json!({ "receiptNumber": "HP-1" })),
        _ => Some(supplement(october)),
    }
}

async fn attempt(app: &TestApp, persona: &str, command: &str, october: &October, report: &Reply) -> Reply {
    let person = app.persona(persona);
    match (command, body(command, october)) {
        ("replace", Some(body)) => {
            person.replace(&format!("/consolidated-reports/{}", report.id()), report, body).await
        }
        (_, Some(body)) => person.command_with(&way(report, command), report, body).await,
        (_, None) => person.command(&way(report, command), report).await,
    }
}

#[tokio::test]
async fn every_command_is_refused_to_every_persona_whose_job_it_is_not() {
    let app = TestApp::start_at(TODAY).await;
    let october = city::october(&app).await;
    let mut report = city::draft(&app, &october).await;
    for (command, stage, jobs) in JOBS {
        if report.text("stage") != *stage {
            let (lead, by) =
                LEADS.iter().find(|(from, ..)| *from == report.text("stage")).map(|it| (it.1, it.2)).unwrap();
            report = attempt(&app, by, lead, &october, &report).await.ok();
            if report.text("stage") == "ISSUED" {
                report = city::seal(&app, &report).await;
            }
        }
        assert_eq!(report.text("stage"), *stage);
        for persona in PERSONAS.iter().filter(|persona| !jobs.contains(persona)) {
            let expected = if knows(persona, stage) { 403 } else { 404 };
            let answer = attempt(&app, persona, command, &october, &report).await;
            assert_eq!(answer.status.as_u16(), expected, "{persona} {command}: {}", answer.body);
        }
        for persona in PERSONAS.iter().filter(|persona| knows(persona, stage)) {
            let read = app.persona(persona).get(&format!("/consolidated-reports/{}", report.id())).await.ok();
            let obstacle = read.obstacle(&format!("{command}ConsolidatedReport"));
            assert_eq!(obstacle.is_none(), jobs.contains(persona), "{persona} {command}: {obstacle:?}");
        }
    }
    attempt(&app, "coordinator", "supplement", &october, &report).await.created();
}

#[tokio::test]
async fn only_the_coordinator_compiles_a_report_to_the_city() {
    let app = TestApp::start_at(TODAY).await;
    let october = city::october(&app).await;
    for persona in PERSONAS.iter().filter(|persona| !persona.ends_with("coordinator")) {
        let refused = app.persona(persona).create(&collection(&october), frozen(&october)).await;
        let code = if *persona == "office" { "policy.otherAddressee" } else { "policy.roleMissing" };
        assert_eq!(refused.refused(403).code(), code, "{persona}");
    }
}

#[tokio::test]
async fn a_report_looks_absent_to_whom_it_does_not_concern_and_the_city_sees_what_was_sent() {
    let app = TestApp::start_at(TODAY).await;
    let october = city::october(&app).await;
    let issued = city::issued(&app, &october).await;
    let path = format!("/consolidated-reports/{}", issued.id());
    let unknown = app.persona("portal").get(&format!("/consolidated-reports/{}", october.campaign.id())).await;
    let before = app.persona("portal").get(&path).await.refused(404);
    assert_eq!(before.code(), unknown.refused(404).code());
    assert_listed(&app, &october, "ISSUED").await;
    let issued = city::seal(&app, &issued).await;
    app.persona("clerk").command(&way(&issued, "send"), &issued).await.ok();
    let seen = app.persona("portal").get(&path).await.ok();
    assert_eq!(seen.body["snapshot"], issued.body["snapshot"]);
    assert_listed(&app, &october, "SENT").await;
    app.stranger().get(&path).await.refused(401);
}

async fn assert_listed(app: &TestApp, october: &October, stage: &str) {
    for persona in PERSONAS {
        let listed = app.persona(persona).get(&format!("{}?includeTotal=true", collection(october))).await.ok();
        assert_eq!(listed.body["total"], u64::from(knows(persona, stage)), "{persona} {stage}");
    }
}
