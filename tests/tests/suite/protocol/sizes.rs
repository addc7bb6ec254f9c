//! Size, media type and coding of bodies, and how many requests a caller has.

use reqwest::Method;
use thidua_tests::{Setup, TestApp, raw};

use super::new_unit;

fn head(app: &TestApp, headers: &str) -> String {
    let token = app.issuer.mint("admin").unwrap();
    format!(
        "POST /v1/units HTTP/1.1\r\nHost: test\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
         Idempotency-Key: size\r\nContent-Type: application/json\r\n{headers}\r\n"
    )
}

#[tokio::test]
async fn a_body_that_is_declared_too_large_is_413_before_it_is_sent() {
    let app = TestApp::start_at("2025-09-15").await;
    let request = head(&app, "Content-Length: 1048577\r\n");
    let answer = raw::exchange(&app.base, request.as_bytes()).await;
    assert_eq!(answer.status, 413, "{}", answer.head);
    assert!(answer.body.contains("request.tooLarge"), "{}", answer.body);
}

#[tokio::test]
async fn a_body_that_grows_too_large_is_413() {
    let app = TestApp::start_at("2025-09-15").await;
    let before = app.events().await;
    let mut request = head(&app, "Transfer-Encoding: chunked\r\n").into_bytes();
    for _ in 0..17 {
        request.extend(b"10000\r\n");
        request.extend([b' '; 0x1_0000]);
        request.extend(b"\r\n");
    }
    request.extend(b"0\r\n\r\n");
    let answer = raw::exchange(&app.base, &request).await;
    assert_eq!(answer.status, 413, "{}", answer.head);
    assert!(answer.head.to_ascii_lowercase().contains("request-id: "), "{}", answer.head);
    assert_eq!(app.events().await, before);
}

#[tokio::test]
async fn a_body_of_just_a_mebibyte_is_read() {
    let app = TestApp::start_at("2025-09-15").await;
    let mut body = new_unit("S1").to_string();
    body.push_str(&" ".repeat((1 << 20) - body.len()));
    let admin = app.persona("admin").with("Idempotency-Key", "mebibyte");
    admin.send(Method::POST, "/units", Some(body)).await.created();
}

#[tokio::test]
async fn two_lengths_for_one_body_are_400() {
    let app = TestApp::start_at("2025-09-15").await;
    let request = head(&app, "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n";
    assert_eq!(raw::exchange(&app.base, request.as_bytes()).await.status, 400);
}

#[tokio::test]
async fn a_body_of_another_media_type_or_coding_is_415() {
    let app = TestApp::start_at("2025-09-15").await;
    let before = app.events().await;
    let admin = app.persona("admin").with("Idempotency-Key", "media");
    let wrong = [
        ("Content-Type", "text/plain"),
        ("Content-Type", "application/xml"),
        ("Content-Type", "application/merge-patch+json"),
        ("Content-Type", "application/json; charset=iso-8859-1"),
        ("Content-Type", "application/json; charset=utf-8x"),
        ("Content-Type", "application/jsonx"),
        ("Content-Type", ""),
        ("Content-Encoding", "gzip"),
        ("Content-Encoding", "br, gzip"),
    ];
    for (name, value) in wrong {
        let body = new_unit("S2").to_string();
        let answer = admin.with(name, value).send(Method::POST, "/units", Some(body)).await.refused(415);
        assert_eq!(answer.faults(), [format!("{name} request.unsupportedMediaType")], "{name}: {value}");
    }
    // A command that takes no body takes none.
    let path = format!("{}/submit", super::NO_CAMPAIGN);
    let body = Some("{}".to_owned());
    admin.with("If-Match", "\"1\"").send(Method::POST, &path, body).await.refused(415);
    assert_eq!(app.events().await, before);
}

#[tokio::test]
async fn utf_8_may_be_named_and_identity_is_no_coding() {
    let app = TestApp::start_at("2025-09-15").await;
    let admin = app.persona("admin");
    let fine = [
        ("S3", "application/json; charset=utf-8", "identity"),
        ("S4", "application/json;charset=UTF-8", "Identity"),
        ("S5", "Application/JSON; charset=\"utf-8\"", "identity"),
    ];
    for (code, media, coding) in fine {
        let person = admin.with("Content-Type", media).with("Content-Encoding", coding).with("Idempotency-Key", code);
        person.send(Method::POST, "/units", Some(new_unit(code).to_string())).await.created();
    }
}

#[tokio::test]
async fn the_content_of_a_get_means_nothing() {
    let app = TestApp::start_at("2025-09-15").await;
    app.persona("auditor").send(Method::GET, "/units", Some("{\"limit\": 0}".to_owned())).await.ok();
}

#[tokio::test]
async fn who_asks_too_often_is_429_and_told_when_to_come_back() {
    let app = TestApp::start_with("2025-09-15", Setup { requests_per_minute: 5, ..Setup::default() }).await;
    let (auditor, chair) = (app.persona("auditor"), app.persona("chair"));
    for left in (0..5).rev() {
        let answer = auditor.get("/me").await.ok();
        assert_eq!(answer.header("RateLimit-Limit"), "5");
        assert_eq!(answer.header("RateLimit-Remaining"), left.to_string());
    }
    let refused = auditor.get("/me").await.refused(429);
    assert_eq!(refused.code(), "request.tooMany");
    let wait: u32 = refused.header("Retry-After").parse().unwrap();
    assert!((1..=60).contains(&wait));
    assert_eq!(refused.header("RateLimit-Remaining"), "0");
    chair.get("/me").await.ok();
}

#[tokio::test]
async fn a_caller_does_not_get_a_new_share_by_inventing_tokens() {
    let app = TestApp::start_with("2025-09-15", Setup { requests_per_minute: 5, ..Setup::default() }).await;
    let mut statuses = Vec::new();
    for number in 0..8 {
        let invented = app.bearer(format!("invented.token.{number}"));
        statuses.push(invented.get("/me").await.status.as_u16());
    }
    assert_eq!(statuses, [401, 401, 401, 401, 401, 429, 429, 429]);
}
