//! Languages, media types, and the headers that every answer has.

use reqwest::{Method, header::HeaderMap};
use thidua_tests::TestApp;

use super::new_unit;

#[tokio::test]
async fn texts_are_vietnamese_unless_english_is_asked_for() {
    let app = TestApp::start_at("2025-09-15").await;
    let cases = [
        ("", "vi"),
        ("en", "en"),
        ("en-GB,en;q=0.9,vi;q=0.8", "en"),
        ("vi-VN, en;q=0.9", "vi"),
        ("en;q=0.2, vi;q=0.7", "vi"),
        ("fr, de", "vi"),
        ("en;q=0", "vi"),
        ("*", "vi"),
        ("EN", "en"),
        ("en;q=nonsense", "en"),
        ("ệ", "vi"),
    ];
    for (accepted, language) in cases {
        let caller = app.persona("chair").with("Accept-Language", accepted);
        let me = caller.get("/me").await.ok();
        assert_eq!(me.header("Content-Language"), language, "{accepted}");
        let problem = caller.get("/units/x").await.refused(404);
        assert_eq!(problem.header("Content-Language"), language, "{accepted}");
    }
    let label = async |language| {
        let me = app.persona("chair").with("Accept-Language", language).get("/me").await.ok();
        me.body["roles"][0]["roleLabel"].as_str().unwrap().to_owned()
    };
    assert_ne!(label("vi").await, label("en").await);
}

#[tokio::test]
async fn what_the_caller_does_not_accept_is_406_and_nothing_is_written() {
    let app = TestApp::start_at("2025-09-15").await;
    let before = app.events().await;
    for accepted in [
        "text/html",
        "image/*",
        "application/xml, text/plain;q=0.5",
        "application/json;q=0",
        "application/problem+json",
    ] {
        let caller = app.persona("admin").with("Accept", accepted);
        let answer = caller.get("/units").await.refused(406);
        assert_eq!(answer.faults(), ["Accept request.notAcceptable"], "{accepted}");
        caller.create("/units", new_unit("N1")).await.refused(406);
    }
    for accepted in
        ["", "*/*", "application/*", "text/html, application/json;q=0.1", "APPLICATION/JSON", "text/html, */*;q=0.1"]
    {
        app.persona("admin").with("Accept", accepted).get("/units").await.ok();
    }
    app.persona("admin").with("Accept", "text/html").with("Accept", "application/json").get("/units").await.ok();
    assert_eq!(app.events().await, before);
}

/// The headers of every answer, whatever it is.
fn has_common_headers(what: &str, headers: &HeaderMap) {
    let named = [
        "request-id",
        "api-version",
        "cache-control",
        "ratelimit-limit",
        "ratelimit-remaining",
        "ratelimit-reset",
        "x-content-type-options",
        "referrer-policy",
        "strict-transport-security",
        "vary",
        "content-security-policy",
    ];
    for name in named {
        assert!(headers.contains_key(name), "{what}: {name} is missing");
    }
    let vary: String = headers.get_all("vary").iter().filter_map(|value| value.to_str().ok()).collect();
    assert!(vary.contains("Accept-Language") && vary.contains("Authorization"), "{what}: Vary: {vary}");
}

#[tokio::test]
async fn every_answer_has_the_common_headers() {
    let app = TestApp::start_at("2025-09-15").await;
    let (admin, stranger) = (app.persona("admin"), app.stranger());
    let created = admin.create("/units", new_unit("N2")).await.created();
    let known = admin.get(&format!("/units/{}", created.id())).await.ok();
    let answers = [
        created.clone(),
        admin.with("If-None-Match", known.etag()).get(&format!("/units/{}", created.id())).await,
        stranger.get("/status").await.ok(),
        stranger.get("/openapi.json").await.ok(),
        stranger.get("/units").await.refused(401),
        stranger.get("/nothing").await.refused(404),
        app.persona("chair").create("/units", new_unit("N3")).await.refused(403),
        admin.send(Method::DELETE, "/units", None).await.refused(405),
        admin.send(Method::OPTIONS, "/units", None).await,
        admin.send(Method::HEAD, "/units", None).await.ok(),
        admin.with("Accept", "text/html").get("/units").await.refused(406),
        admin.create("/units", new_unit("N2")).await.refused(409),
        admin.get("/units?x=1").await.refused(400),
    ];
    for answer in answers {
        has_common_headers(&format!("{} {}", answer.status, answer.raw), &answer.headers);
        let open = answer.header("Access-Control-Allow-Origin");
        assert!(open.is_empty() || answer.header("Cache-Control").starts_with("public"), "CORS is open");
    }
}

#[tokio::test]
async fn what_concerns_people_is_kept_by_nobody() {
    let app = TestApp::start_at("2025-09-15").await;
    assert_eq!(app.persona("chair").get("/me").await.ok().header("Cache-Control"), "no-store");
    assert_eq!(app.stranger().get("/me").await.refused(401).header("Cache-Control"), "no-store");
}

#[tokio::test]
async fn a_request_keeps_the_id_that_its_caller_gave_it() {
    let app = TestApp::start_at("2025-09-15").await;
    let caller = app.persona("auditor");
    let own = caller.with("Request-Id", "ho-so-2025-0001").get("/units/x").await.refused(404);
    assert_eq!(own.header("Request-Id"), "ho-so-2025-0001");
    assert_eq!(own.text("requestId"), "ho-so-2025-0001");
    assert_eq!(own.text("instance"), "urn:uuid:ho-so-2025-0001");
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let traced = caller.with("traceparent", &format!("00-{trace}-00f067aa0ba902b7-01"));
    assert_eq!(traced.get("/units").await.ok().header("Request-Id"), trace);
    // What is not well formed is not repeated; each request gets an id of its own.
    let long = "a".repeat(65);
    for odd in ["short", "with space here", "<script>alert(1)</script>", "mã-số-hồ-sơ", &long] {
        assert_ne!(caller.with("Request-Id", odd).get("/units").await.ok().header("Request-Id"), odd);
    }
    for odd in [
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "4bf92f3577b34da6a3ce929d0e0e4736",
        "00-4bf92f3577b34da6a3ce929d0e0e4736",
    ] {
        let given = caller.with("traceparent", odd).get("/units").await.ok();
        assert!(!odd.to_ascii_lowercase().contains(&given.header("Request-Id").to_ascii_lowercase()), "{odd}");
    }
}

#[tokio::test]
async fn who_claims_to_come_from_elsewhere_is_not_believed() {
    let app =
        TestApp::start_with("2025-09-15", thidua_tests::Setup { requests_per_minute: 3, ..Default::default() }).await;
    let mut last = 0;
    for number in 0..4 {
        let caller = app.stranger().with("X-Forwarded-For", &format!("10.0.0.{number}"));
        last = caller.with("Forwarded", &format!("for=10.0.0.{number}")).get("/status").await.status.as_u16();
    }
    assert_eq!(last, 429);
}
