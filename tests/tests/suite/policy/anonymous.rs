//! Whoever is nobody.

use thidua_tests::{Person, TestApp};

use super::{NOTHING, Operation, operations};

async fn ask(person: &Person, operation: &Operation) -> thidua_tests::Reply {
    let body = matches!(operation.method.as_str(), "POST" | "PUT").then(|| "{}".to_owned());
    operation.by(person).send(operation.method.clone(), &operation.at(NOTHING), body).await
}

#[tokio::test]
async fn every_operation_that_is_not_public_is_401_without_a_token() {
    let app = TestApp::start_at("2025-09-15").await;
    let before = app.events().await;
    for operation in operations() {
        let answer = ask(&app.stranger(), operation).await;
        if operation.action == "public" {
            assert_eq!(answer.status.as_u16(), 200, "{}", operation.id);
            continue;
        }
        assert_eq!(answer.status.as_u16(), 401, "{}", operation.id);
        assert_eq!(answer.code(), "auth.required", "{}", operation.id);
        assert_eq!(answer.header("WWW-Authenticate"), "Bearer", "{}", operation.id);
    }
    assert_eq!(app.events().await, before);
}

#[tokio::test]
async fn every_operation_but_the_public_ones_needs_a_scope_if_the_token_names_any() {
    let app = TestApp::start_at("2025-09-15").await;
    let mut claims = app.issuer.claims("coordinator");
    claims["scope"] = "openid profile".into();
    let narrow = app.bearer(app.issuer.sign(&app.issuer.header(), &claims).unwrap());
    for operation in operations() {
        let answer = ask(&narrow, operation).await;
        let wanted = if operation.action == "public" { 200 } else { 403 };
        assert_eq!(answer.status.as_u16(), wanted, "{}", operation.id);
    }
}

#[tokio::test]
async fn every_operation_has_an_action_that_is_known() {
    let known = |action: &str| thidua_domain::policy::Action::ALL.iter().any(|one| one.as_str() == action);
    for operation in operations() {
        let changes = operation.method != reqwest::Method::GET;
        // What is the caller's own is nobody's job.
        let own = operation.action == "own";
        let wanted = match changes {
            true => own || (known(&operation.action) && operation.is_command()),
            false => !own && !known(&operation.action),
        };
        assert!(wanted, "{} {} has the action {}", operation.method, operation.path, operation.action);
        assert_ne!(operation.action, "none", "{} is nobody's", operation.id);
    }
}
