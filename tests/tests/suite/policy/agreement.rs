//! Whether `actions` and the commands themselves say the same, tried without changing anything.
//!
//! While it is tried, the database refuses every event at the very last, as if a lock did not come free. What is answered
//! 503 has passed policy, stage and every rule, so that one object at one stage serves all personas.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use sqlx::Executor;
use thidua_api::story::Cast;
use thidua_tests::{Person, Reply, TestApp};

use super::{Operation, operations, samples::body};

/// What is made within something larger for a unit, or beside what exists already: whether it can be depends on more than
/// the resource on which it would be flagged.
const MADE_WITHIN: &[&str] = &[
    "assessUnit",
    "createRegistration",
    "createReport",
    "createConsolidatedReport",
    "importMeasurements",
    "importRegistrations",
];

/// What has no stages is always at this one.
pub(super) const WITHOUT_STAGE: &str = "RECORDED";

/// The commands that the resources of a collection flag.
pub(super) fn commands_on(collection: &str) -> impl Iterator<Item = &'static Operation> {
    let begins = format!("/{collection}/{{");
    let flagged = move |one: &&Operation| one.is_command() && one.path.starts_with(&begins);
    operations().iter().filter(flagged).filter(|one| !MADE_WITHIN.contains(&one.id.as_str()))
}

/// Flags and answers of the resources of one collection.
pub(super) struct Agreement<'a> {
    app: &'a TestApp,
    collection: &'static str,
    asked: BTreeMap<String, Value>,
    met: BTreeSet<String>,
    allowed: BTreeSet<String>,
    tried: usize,
}

impl<'a> Agreement<'a> {
    pub(super) async fn on(app: &'a TestApp, collection: &'static str) -> Self {
        let mut asked = BTreeMap::new();
        for operation in commands_on(collection) {
            if let Some(body) = body(app, &operation.id).await {
                asked.insert(operation.id.clone(), body);
            }
        }
        Self { app, collection, asked, met: BTreeSet::new(), allowed: BTreeSet::new(), tried: 0 }
    }

    /// What the caller of a command decides, where it depends on the object.
    pub(super) fn asks(&mut self, operation: &str, body: Value) {
        self.asked.insert(operation.to_owned(), body);
    }

    /// Holds what every persona is told of the object, as it stands now, against what is answered.
    pub(super) async fn holds_for(&mut self, object: &Reply) {
        let path = format!("/{}/{}", self.collection, object.id());
        let events = self.app.events().await;
        self.hold_writes(
            "CREATE OR REPLACE FUNCTION held() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN RAISE EXCEPTION 'held' USING ERRCODE = 'lock_not_available'; END $$;
             CREATE TRIGGER held BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION held()",
        )
        .await;
        for persona in Cast::read().unwrap().personas {
            let person = self.app.persona(persona.name.as_str());
            let read = person.get(&path).await;
            match read.status.as_u16() {
                404 => self.is_absent_for(&person, object, persona.name.as_str()).await,
                _ => self.says_the_same_to(&person, &read.ok(), persona.name.as_str()).await,
            }
        }
        self.hold_writes("DROP TRIGGER held ON event").await;
        assert_eq!(self.app.events().await, events, "something was written");
    }

    async fn hold_writes(&self, sql: &'static str) {
        self.app.database.owner().await.execute(sql).await.unwrap();
    }

    async fn says_the_same_to(&mut self, person: &Person, read: &Reply, persona: &str) {
        let stage = read.body["stage"].as_str().unwrap_or(WITHOUT_STAGE);
        self.met.insert(stage.to_owned());
        for operation in commands_on(self.collection) {
            let flag = read.obstacle(&operation.id);
            let answer = self.attempt(person, operation, read).await;
            let what = format!("{} by {persona} at {stage}, flagged {flag:?}: {}", operation.id, answer.raw);
            match flag {
                None => {
                    assert_eq!(answer.status.as_u16(), 503, "{what}");
                    self.allowed.insert(operation.id.clone());
                }
                Some(code) => {
                    let status = if code.starts_with("policy.") { 403 } else { 409 };
                    assert_eq!((answer.status.as_u16(), answer.code()), (status, code), "{what}");
                }
            }
        }
    }

    async fn is_absent_for(&mut self, person: &Person, object: &Reply, persona: &str) {
        for operation in commands_on(self.collection) {
            let answer = self.attempt(person, operation, object).await;
            let answered = (answer.status.as_u16(), answer.code());
            assert_eq!(answered, (404, "resource.absent"), "{} by {persona}: {}", operation.id, answer.raw);
        }
    }

    async fn attempt(&mut self, person: &Person, operation: &Operation, read: &Reply) -> Reply {
        self.tried += 1;
        let key = format!("agreement-{}-{}", self.collection, self.tried);
        let body = self.asked.get(&operation.id).map(|body| operation.sent(body));
        let person = operation.by(person).with("If-Match", read.etag()).with("Idempotency-Key", &key);
        person.send(operation.method.clone(), &operation.at(read.id()), body).await
    }

    /// Every stage was met, and every command was allowed to somebody at some stage.
    pub(super) fn is_complete(&self, stages: &BTreeSet<String>) {
        assert_eq!(&self.met, stages, "stages of {}", self.collection);
        let commands: BTreeSet<_> = commands_on(self.collection).map(|one| one.id.clone()).collect();
        assert_eq!(self.allowed, commands, "commands of {}", self.collection);
    }
}
