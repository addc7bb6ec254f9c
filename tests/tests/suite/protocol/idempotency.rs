//! Idempotency keys: a repetition is harmless, and answers what the first request did.

use reqwest::Method;
use serde_json::{Value, json};
use thidua_domain::principal::Role;
use thidua_tests::{Person, Reply, TestApp};

use super::new_unit;
use crate::stage;

async fn enter(person: &Person, key: &str, unit: &Value) -> Reply {
    person.with("Idempotency-Key", key).create("/units", unit.clone()).await
}

#[tokio::test]
async fn a_command_without_a_well_formed_key_is_400_and_names_the_header() {
    let app = TestApp::start_at("2025-09-15").await;
    let admin = app.persona("admin");
    let before = app.events().await;
    let unit = new_unit("K1").to_string();
    let missing = admin.send(Method::POST, "/units", Some(unit.clone())).await.refused(400);
    assert_eq!(missing.faults(), ["Idempotency-Key header.missing"]);
    let long = "k".repeat(65);
    for key in ["", "\"\"", "\"open", "two words", "ký tự", "a,b", "a/b", &long] {
        let answer = enter(&admin, key, &new_unit("K1")).await.refused(400);
        assert_eq!(answer.faults(), ["Idempotency-Key header.malformed"], "{key}");
    }
    let twice = admin.with("Idempotency-Key", "a").with("Idempotency-Key", "a");
    let answer = twice.send(Method::POST, "/units", Some(unit)).await.refused(400);
    assert_eq!(answer.faults(), ["Idempotency-Key header.malformed"]);
    assert_eq!(app.events().await, before);
}

#[tokio::test]
async fn a_repetition_answers_the_version_of_the_first_request_and_says_so() {
    let app = TestApp::start_at("2025-09-15").await;
    let coordinator = app.persona("coordinator").with("Idempotency-Key", "submit-once");
    let draft = stage::drafted(&app).await;
    let path = format!("/campaigns/{}", draft.id());
    let submitted = coordinator.command(&format!("{path}/submit"), &draft).await.ok();
    assert_eq!(submitted.header("Idempotency-Replayed"), "");
    let reason = json!({"reason": "Đề nghị bổ sung căn cứ pháp lý."});
    app.persona("chair").command_with(&format!("{path}/return"), &submitted, reason).await.ok();
    let before = app.events().await;
    // It is a draft again by now; the answer is that of then, and a stale tag is not asked for.
    let replayed = coordinator.command(&format!("{path}/submit"), &draft).await.ok();
    assert_eq!(replayed.header("Idempotency-Replayed"), "true");
    assert_eq!(replayed.header("Event-Id"), submitted.header("Event-Id"));
    assert_eq!(replayed.etag(), submitted.etag());
    assert_eq!(replayed.body, submitted.body);
    assert_eq!(app.events().await, before);
}

#[tokio::test]
async fn a_repeated_creation_is_201_with_the_same_location() {
    let app = TestApp::start_at("2025-09-15").await;
    let admin = app.persona("admin");
    let first = enter(&admin, "create-once", &new_unit("K2")).await.created();
    // A quoted string and a token are the same key.
    let second = enter(&admin, "\"create-once\"", &new_unit("K2")).await.created();
    assert_eq!(second.header("Idempotency-Replayed"), "true");
    assert_eq!(second.header("Location"), first.header("Location"));
    assert_eq!(second.header("Location"), format!("/v1/units/{}", first.id()));
}

#[tokio::test]
async fn the_same_key_with_another_request_is_422_and_writes_nothing() {
    let app = TestApp::start_at("2025-09-15").await;
    let admin = app.persona("admin");
    enter(&admin, "reused", &new_unit("K3")).await.created();
    let before = app.events().await;
    let other = enter(&admin, "reused", &new_unit("K4")).await.refused(422);
    assert_eq!(other.code(), "idempotency.keyReused");
    assert_eq!(other.faults(), ["Idempotency-Key idempotency.keyReused"]);
    assert_eq!(app.events().await, before);
}

#[tokio::test]
async fn a_key_belongs_to_its_principal() {
    let app = TestApp::start_at("2025-09-15").await;
    app.register("second-admin", &[Role::Admin], None).await;
    let first = enter(&app.persona("admin"), "mine", &new_unit("K5")).await.created();
    let other = enter(&app.persona("second-admin"), "mine", &new_unit("K6")).await.created();
    assert_eq!(other.header("Idempotency-Replayed"), "");
    assert_ne!(other.id(), first.id());
}

#[tokio::test]
async fn a_refused_request_leaves_its_key_free() {
    let app = TestApp::start_at("2025-09-15").await;
    let admin = app.persona("admin");
    enter(&admin, "taken", &new_unit("TH1")).await.refused(409);
    enter(&admin, "taken", &new_unit("K7")).await.created();
}

#[tokio::test]
async fn a_repetition_is_judged_by_the_rights_of_now() {
    let app = TestApp::start_at("2025-09-15").await;
    app.register("former-admin", &[Role::Admin], Some("2025-10-01T00:00:00+07:00")).await;
    let former = app.persona("former-admin");
    enter(&former, "before-i-left", &new_unit("K8")).await.created();
    enter(&former, "before-i-left", &new_unit("K8")).await.created();
    app.at("2025-10-01T00:00:00+07:00");
    let refused = enter(&former, "before-i-left", &new_unit("K8")).await.refused(403);
    assert_eq!(refused.code(), "policy.roleMissing");
}

#[tokio::test]
async fn of_twenty_twins_at_once_one_has_an_effect_and_all_the_same_answer() {
    let app = TestApp::start_at("2025-09-15").await;
    let admin = app.persona("admin");
    let before = app.events().await;
    let all = (0..20).map(|_| {
        let admin = admin.clone();
        tokio::spawn(async move { enter(&admin, "twins", &new_unit("K9")).await.created() })
    });
    let mut answers = Vec::new();
    for one in all.collect::<Vec<_>>() {
        answers.push(one.await.unwrap());
    }
    let fresh = answers.iter().filter(|answer| answer.header("Idempotency-Replayed").is_empty()).count();
    assert_eq!(fresh, 1);
    assert!(answers.iter().all(|answer| answer.body == answers[0].body));
    assert!(answers.iter().all(|answer| answer.header("Event-Id") == answers[0].header("Event-Id")));
    assert_eq!(app.events().await, before + 1);
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn a_twin_of_a_request_that_still_runs_is_told_to_wait() {
    let app = TestApp::start_at("2025-09-15").await;
    let mut owner = app.database.owner().await;
    // Somebody else, who has claimed the key and does not end.
    let claim = "BEGIN; INSERT INTO idempotency (principal_id, key, fingerprint, event_id)
                 SELECT id, 'in-flight', sha256(''), gen_random_uuid() FROM principal WHERE subject = 'admin'";
    sqlx::raw_sql(claim).execute(&mut owner).await.unwrap();
    let waited = enter(&app.persona("admin"), "in-flight", &new_unit("K10")).await.refused(409);
    assert_eq!(waited.code(), "idempotency.inFlight");
    assert_eq!(waited.faults(), ["Idempotency-Key idempotency.inFlight"]);
    assert_eq!(waited.header("Retry-After"), "2");
    sqlx::raw_sql("ROLLBACK").execute(&mut owner).await.unwrap();
    enter(&app.persona("admin"), "in-flight", &new_unit("K10")).await.created();
}
