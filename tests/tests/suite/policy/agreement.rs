//! Whether `actions` and the commands themselves say the same, tried without changing anything.
//!
//! While it is tried, the database refuses every event at the very last, as if a lock did not come free. What is answered
//! 503 has passed policy, stage and every rule, so that one object at one stage serves all personas.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;
use sqlx::Executor;
use thidua_api::story::{Cast, PersonaSeed};
use thidua_domain::{principal::Role, unit::UnitId};
use thidua_tests::{Person, Reply, TestApp};

use super::{Operation, commands::units, operations, samples::body};

/// What is made within something larger: the flag there says whether the caller could make it for some unit, or of some
/// sort. What else stands beside it already is judged by rules that name the member of the body.
const MADE_WITHIN: &[&str] = &[
    "assessUnit",
    "createRegistration",
    "createReport",
    "createConsolidatedReport",
    "importMeasurements",
    "importRegistrations",
];

/// Where commands are flagged that belong to no other thing.
pub(super) const ME: &str = "me";

/// What has no stages is always at this one.
pub(super) const WITHOUT_STAGE: &str = "RECORDED";

/// The commands that the resources of a collection flag.
pub(super) fn commands_on(collection: &str) -> impl Iterator<Item = &'static Operation> {
    let begins = format!("/{collection}/{{");
    let flagged = move |one: &Operation| match begins.as_str() {
        "/me/{" => !one.path.contains('{'),
        begins => one.path.starts_with(begins),
    };
    operations().iter().filter(move |one| one.is_command() && flagged(one))
}

/// Flags and answers of the resources of one collection.
pub(super) struct Agreement<'a> {
    app: &'a TestApp,
    collection: &'static str,
    asked: BTreeMap<String, Value>,
    asked_of_office: BTreeMap<String, Value>,
    units: HashMap<String, UnitId>,
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
        let (asked_of_office, units) = (BTreeMap::new(), units(app).await);
        let (met, allowed) = (BTreeSet::new(), BTreeSet::new());
        Self { app, collection, asked, asked_of_office, units, met, allowed, tried: 0 }
    }

    /// What the caller of a command decides, where it depends on the object.
    pub(super) fn asks(&mut self, operation: &str, body: Value) {
        self.asked.insert(operation.to_owned(), body);
    }

    /// What the office of the committee decides instead, where its paper is of another sort.
    pub(super) fn asks_office(&mut self, operation: &str, body: Value) {
        self.asked_of_office.insert(operation.to_owned(), body);
    }

    /// Holds what every persona is told of the object, as it stands now, against what is answered.
    pub(super) async fn holds_for(&mut self, object: &Reply) {
        let path = match self.collection {
            ME => "/me".to_owned(),
            collection => format!("/{collection}/{}", object.id()),
        };
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
                404 => self.is_absent_for(&person, object, &persona).await,
                _ => self.says_the_same_to(&person, &read.ok(), &persona).await,
            }
        }
        self.hold_writes("DROP TRIGGER held ON event").await;
        assert_eq!(self.app.events().await, events, "something was written");
    }

    async fn hold_writes(&self, sql: &'static str) {
        self.app.database.owner().await.execute(sql).await.unwrap();
    }

    async fn says_the_same_to(&mut self, person: &Person, read: &Reply, persona: &PersonaSeed) {
        let stage = read.body["stage"].as_str().unwrap_or(WITHOUT_STAGE);
        self.met.insert(stage.to_owned());
        for operation in commands_on(self.collection) {
            let flag = read.obstacle(&operation.id);
            let answer = self.attempt(person, operation, read, persona).await;
            let what = format!("{} by {} at {stage}, flagged {flag:?}: {}", operation.id, persona.name, answer.raw);
            match flag {
                None if MADE_WITHIN.contains(&operation.id.as_str()) && !answer.faults().is_empty() => {}
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

    async fn is_absent_for(&mut self, person: &Person, object: &Reply, persona: &PersonaSeed) {
        for operation in commands_on(self.collection) {
            let answer = self.attempt(person, operation, object, persona).await;
            let answered = (answer.status.as_u16(), answer.code());
            assert_eq!(answered, (404, "resource.absent"), "{} by {}: {}", operation.id, persona.name, answer.raw);
        }
    }

    async fn attempt(&mut self, person: &Person, operation: &Operation, read: &Reply, persona: &PersonaSeed) -> Reply {
        self.tried += 1;
        let key = format!("agreement-{}-{}", self.collection, self.tried);
        let body = self.said_by(persona, operation).map(|body| operation.sent(&body));
        let person = operation.by(person).with("If-Match", read.etag()).with("Idempotency-Key", &key);
        person.send(operation.method.clone(), &operation.at(read.id()), body).await
    }

    /// What this persona decides: whoever works for a unit speaks of that unit.
    fn said_by(&self, persona: &PersonaSeed, operation: &Operation) -> Option<Value> {
        let of_office = self.asked_of_office.get(&operation.id).filter(|_| persona.roles.contains(&Role::Office));
        let mut body = of_office.or_else(|| self.asked.get(&operation.id))?.clone();
        let works = persona.roles.iter().any(|role| matches!(role, Role::UnitOfficer | Role::UnitHead));
        if let Some(code) = persona.unit.as_ref().filter(|_| works && MADE_WITHIN.contains(&operation.id.as_str())) {
            for (member, said) in [("unitId", self.units[code.as_str()].to_string()), ("unitCode", code.to_string())] {
                if let Some(unit) = body.get_mut(member) {
                    *unit = said.into();
                }
            }
        }
        Some(body)
    }

    /// What was found on another service counts here too.
    pub(super) fn joins(&mut self, other: Self) {
        self.met.extend(other.met);
        self.allowed.extend(other.allowed);
    }

    /// Every stage was met, and every command was allowed to somebody at some stage.
    pub(super) fn is_complete(&self, stages: &BTreeSet<String>) {
        assert_eq!(&self.met, stages, "stages of {}", self.collection);
        let commands: BTreeSet<_> = commands_on(self.collection).map(|one| one.id.clone()).collect();
        assert_eq!(self.allowed, commands, "commands of {}", self.collection);
    }
}
