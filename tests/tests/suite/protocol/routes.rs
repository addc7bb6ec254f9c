//! Routes: the contract says which there are; every other method is 405 with what is allowed, every other path 404.

use reqwest::Method;
use thidua_api::openapi::Contract;
use thidua_tests::{TestApp, raw};

const METHODS: &[&str] = &["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "LINK"];

fn somewhere(template: &str) -> String {
    let parts = template.split('/');
    let filled = parts.map(|part| if part.starts_with('{') { "0198f1c2-0000-7000-8000-000000000000" } else { part });
    filled.collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn every_method_that_a_path_does_not_have_is_405_with_what_it_has() {
    let app = TestApp::start_at("2025-09-15").await;
    let contract = Contract::document();
    let before = app.events().await;
    for (template, item) in contract["paths"].as_object().unwrap() {
        let has = |method: &str| item.get(method.to_ascii_lowercase()).is_some();
        let path = somewhere(template);
        for method in METHODS {
            let known = has(method) || (*method == "HEAD" && has("GET"));
            if known {
                continue;
            }
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            // The route is judged before the caller.
            let answer = app.stranger().send(method.clone(), &path, None).await;
            let mut allowed: Vec<_> = answer.header("Allow").split(", ").map(str::to_owned).collect();
            allowed.sort();
            let mut wanted: Vec<_> = METHODS.iter().copied().filter(|one| has(one) || *one == "OPTIONS").collect();
            wanted.extend(has("GET").then_some("HEAD"));
            wanted.sort_unstable();
            assert_eq!(allowed, wanted, "{method} {path}");
            if method == Method::OPTIONS {
                assert_eq!((answer.status.as_u16(), answer.raw.as_str()), (204, ""), "{path}");
            } else {
                assert_eq!(
                    answer.refused(405).code(),
                    if method == Method::HEAD { "" } else { "request.methodNotAllowed" }
                );
            }
        }
    }
    assert_eq!(app.events().await, before);
}

#[tokio::test]
async fn head_answers_as_get_does_without_the_body() {
    let app = TestApp::start_at("2025-09-15").await;
    let reader = app.persona("auditor");
    let unit = reader.get("/units?limit=1").await.ok().body["items"][0]["id"].as_str().unwrap().to_owned();
    for path in ["/units".to_owned(), format!("/units/{unit}"), "/me".to_owned(), "/status".to_owned()] {
        let (head, get) = (reader.send(Method::HEAD, &path, None).await.ok(), reader.get(&path).await.ok());
        assert_eq!(head.raw, "");
        for name in ["content-type", "etag", "content-language", "cache-control"] {
            assert_eq!(head.header(name), get.header(name), "{path} {name}");
        }
    }
    let absent = reader.send(Method::HEAD, "/units/x", None).await;
    assert_eq!((absent.status.as_u16(), absent.raw.as_str()), (404, ""));
}

#[tokio::test]
async fn a_path_that_does_not_exist_is_404_with_and_without_a_token() {
    let app = TestApp::start_at("2025-09-15").await;
    for caller in [app.stranger(), app.persona("chair"), app.bearer("nonsense".to_owned())] {
        for path in ["/nothing", "/units/", "/units//", "/Units", "/units.json", "/%75nits/x/y", "/", ""] {
            let answer = caller.get(path).await.refused(404);
            assert_eq!(answer.code(), "resource.absent", "{path}");
            assert!(answer.header("Content-Type").starts_with("application/problem+json"), "{path}");
        }
    }
    // Outside of the contract there is little, and no more is told of it.
    for path in ["/", "/v2/units", "/v1x", "/admin", "/.env"] {
        let request = format!("GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
        assert_eq!(raw::exchange(&app.base, request.as_bytes()).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn the_service_does_not_say_what_it_is_made_of() {
    let app = TestApp::start_at("2025-09-15").await;
    let answer = app.stranger().get("/units").await.refused(401);
    assert_eq!((answer.header("Server"), answer.header("X-Powered-By")), ("", ""));
}

#[tokio::test]
async fn the_contract_is_open_to_everybody_and_is_the_checked_in_one() {
    let app = TestApp::start_at("2025-09-15").await;
    let published = app.stranger().get("/openapi.json").await.ok();
    assert_eq!(published.raw.as_bytes(), &**Contract::current().bytes());
    assert_eq!(published.header("Access-Control-Allow-Origin"), "*");
}

#[tokio::test]
async fn faults_are_found_in_the_order_of_the_contract() {
    let app = TestApp::start_at("2025-09-15").await;
    let (admin, chair) = (app.persona("admin"), app.persona("chair"));
    let issue = format!("{}/issue", super::NO_CAMPAIGN);
    let post = async |person: &thidua_tests::Person, path: &str, body: &str| {
        person.send(Method::POST, path, Some(body.to_owned())).await.status.as_u16()
    };
    let everything_wrong =
        |person: thidua_tests::Person| person.with("Accept", "text/html").with("Content-Type", "text/plain");
    // 405 of the route before 401, 401 before 406, 406 before 415, 415 before 400.
    assert_eq!(everything_wrong(app.stranger()).send(Method::DELETE, "/units", None).await.status.as_u16(), 405);
    assert_eq!(post(&everything_wrong(app.stranger()), "/units?x=1", "{").await, 401);
    assert_eq!(post(&everything_wrong(admin.clone()), "/units?x=1", "{").await, 406);
    assert_eq!(post(&admin.with("Content-Type", "text/plain"), "/units?x=1", "{").await, 415);
    assert_eq!(post(&admin, "/units?x=1", "{").await, 400);
    // 400 before 428, 428 before 404, 404 before 403.
    let keyed = chair.with("Idempotency-Key", "order");
    assert_eq!(post(&keyed, &issue, "{").await, 400);
    let fine = r#"{"number":145,"issueDate":"2025-09-15"}"#;
    assert_eq!(post(&keyed, &issue, fine).await, 428);
    let matched = keyed.with("If-Match", "\"7\"");
    assert_eq!(post(&matched, &issue, fine).await, 404);
    // 403 before 412, 412 before 409, 409 before 422.
    let draft = crate::stage::drafted(&app).await;
    let issue = format!("/campaigns/{}/issue", draft.id());
    assert_eq!(post(&matched, &issue, fine).await, 403);
    let clerk = app.persona("clerk").with("Idempotency-Key", "order");
    assert_eq!(post(&clerk.with("If-Match", "\"7\""), &issue, fine).await, 412);
    let future = r#"{"number":145,"issueDate":"2099-09-15"}"#;
    assert_eq!(post(&clerk.with("If-Match", "\"1\""), &issue, future).await, 409);
}
