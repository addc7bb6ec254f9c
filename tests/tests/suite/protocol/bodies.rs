//! Bodies: closed objects of bounded values; whatever else comes is a 400 that points at it, and nothing is written.

use reqwest::Method;
use serde_json::json;
use thidua_tests::{Reply, TestApp};

use super::{NO_CAMPAIGN, new_unit};

async fn refused(app: &TestApp, path: &str, persona: &str, body: impl Into<String>) -> Reply {
    let person = app.persona(persona).with("Idempotency-Key", "bad-body").with("If-Match", "\"1\"");
    let answer = person.send(Method::POST, path, Some(body.into())).await.refused(400);
    assert_eq!(answer.code(), "request.invalid");
    answer
}

#[tokio::test]
async fn a_body_of_another_shape_is_400_and_points_at_the_member() {
    let app = TestApp::start_at("2025-09-15").await;
    let before = app.events().await;
    let with = |member: &str, value: serde_json::Value| {
        let mut unit = new_unit("B1");
        unit[member] = value;
        unit.to_string()
    };
    let without = |member: &str| {
        let mut unit = new_unit("B1");
        unit.as_object_mut().unwrap().remove(member);
        unit.to_string()
    };
    let raw = |name: &str| format!(r#"{{"code":"B1","name":{name},"type":"SCHOOL","validFromDate":"2025-07-01"}}"#);
    let wrong = [
        (with("colour", json!("red")), "/colour field.unknown"),
        (with("a/b~c", json!(1)), "/a~1b~0c field.unknown"),
        (without("name"), "/name field.missing"),
        (with("name", json!(7)), "/name field.wrongType"),
        (with("name", json!(null)), "/name field.wrongType"),
        (with("name", json!(["x"])), "/name field.wrongType"),
        (with("parentId", json!(null)), "/parentId field.wrongType"),
        (with("sample", json!("true")), "/sample field.wrongType"),
        (with("type", json!("CASTLE")), "/type field.unknownValue"),
        (with("name", json!("")), "/name text.empty"),
        (with("name", json!(" \t ")), "/name text.empty"),
        (with("name", json!("ệ".repeat(301))), "/name text.tooLong"),
        (with("code", json!("c".repeat(61))), "/code text.tooLong"),
        (with("name", json!("a\u{0}b")), "/name text.control"),
        (with("name", json!("a\u{1b}[31m")), "/name text.control"),
        (with("validFromDate", json!("2025-02-30")), "/validFromDate date.malformed"),
        (with("validFromDate", json!("2025-7-1")), "/validFromDate date.malformed"),
        (with("validFromDate", json!("1999-12-31")), "/validFromDate date.malformed"),
        (with("validFromDate", json!("2025-07-01T00:00:00Z")), "/validFromDate date.malformed"),
        (with("parentId", json!("0198F1C2-0000-7000-8000-000000000000")), "/parentId id.malformed"),
        (with("parentId", json!("x")), "/parentId id.malformed"),
        (raw(r#""\ud800""#), "/name json.malformed"),
        (raw(r#""\udc00\ud800""#), "/name json.malformed"),
        (raw("\"a\nb\""), "/name json.malformed"),
        (raw("1e400"), "/name json.malformed"),
        (raw("\"x\",\"name\":\"y\""), "/name field.twice"),
    ];
    for (body, fault) in wrong {
        let answer = refused(&app, "/units", "admin", body.clone()).await;
        assert_eq!(answer.faults(), [fault], "{body}");
    }
    assert_eq!(app.events().await, before);
}

#[tokio::test]
async fn a_body_that_is_no_json_object_is_400() {
    let app = TestApp::start_at("2025-09-15").await;
    let before = app.events().await;
    let nested = format!("{}1{}", "[".repeat(1000), "]".repeat(1000));
    let deep = format!(r#"{{"code":{nested}}}"#);
    let deep_objects = format!(r#"{{"name":{}1{}}}"#, r#"{"a":"#.repeat(1000), "}".repeat(1000));
    let whole = new_unit("B2").to_string();
    let (cut, more) = (whole[..whole.len() - 2].to_owned(), format!("{whole}{whole}"));
    let commented = format!("/* x */ {whole}");
    let marked = format!("\u{feff}{whole}");
    let comma = whole.replace('}', ",}");
    for body in [
        "",
        " ",
        "null",
        "[]",
        "7",
        "\"x\"",
        "{",
        "NaN",
        &nested,
        &deep,
        &deep_objects,
        &cut,
        &more,
        &commented,
        &marked,
        &comma,
    ] {
        let answer = refused(&app, "/units", "admin", body).await;
        assert_eq!(answer.faults().len(), 1, "{body}");
    }
    assert_eq!(app.events().await, before);
}

#[tokio::test]
async fn bytes_that_are_no_utf_8_are_400() {
    let app = TestApp::start_at("2025-09-15").await;
    let token = app.issuer.mint("admin").unwrap();
    let mut body = new_unit("B3").to_string().into_bytes();
    let at = body.iter().position(|byte| *byte == b'9').unwrap();
    body[at] = 0xff;
    let head = format!(
        "POST /v1/units HTTP/1.1\r\nHost: test\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
         Idempotency-Key: utf-8\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let answer = thidua_tests::raw::exchange(&app.base, &[head.into_bytes(), body].concat()).await;
    assert_eq!(answer.status, 400, "{}", answer.body);
    assert!(answer.body.contains("json.malformed"), "{}", answer.body);
}

#[tokio::test]
async fn numbers_are_whole_and_within_their_bounds() {
    let app = TestApp::start_at("2025-09-15").await;
    let before = app.events().await;
    let issue = format!("{NO_CAMPAIGN}/issue");
    let wrong = [
        ("0", "/number field.outOfBounds"),
        ("-1", "/number field.outOfBounds"),
        ("100000", "/number field.outOfBounds"),
        ("2147483648", "/number field.outOfBounds"),
        ("9007199254740993", "/number field.outOfBounds"),
        ("18446744073709551616", "/number field.wrongType"),
        ("1.5", "/number field.wrongType"),
        ("1e400", "/number json.malformed"),
        ("\"145\"", "/number field.wrongType"),
        ("true", "/number field.wrongType"),
        ("01", "/number json.malformed"),
        ("1x10", " json.malformed"),
    ];
    for (number, fault) in wrong {
        let body = format!(r#"{{"number":{number},"issueDate":"2025-09-15"}}"#);
        assert_eq!(refused(&app, &issue, "clerk", body).await.faults(), [fault], "{number}");
    }
    assert_eq!(app.events().await, before);
}

#[tokio::test]
async fn a_whole_number_may_be_written_with_a_point_or_an_exponent() {
    let app = TestApp::start_at("2025-09-15").await;
    let clerk = app.persona("clerk").with("Idempotency-Key", "whole").with("If-Match", "\"1\"");
    for number in ["145", "145.0", "145.000", "1.45e2", "1450E-1"] {
        let body = format!(r#"{{"number":{number},"issueDate":"2025-09-15"}}"#);
        clerk.send(Method::POST, &format!("{NO_CAMPAIGN}/issue"), Some(body)).await.refused(404);
    }
}

#[tokio::test]
async fn all_members_out_of_bounds_are_named_at_once() {
    let app = TestApp::start_at("2025-09-15").await;
    let body = r#"{"number":0,"issueDate":"2025-09-15"}"#;
    let answer = refused(&app, &format!("{NO_CAMPAIGN}/issue"), "clerk", body).await;
    assert_eq!(answer.faults(), ["/number field.outOfBounds"]);
}

#[tokio::test]
async fn a_pointer_into_an_endless_name_still_fits_into_the_contract() {
    let app = TestApp::start_at("2025-09-15").await;
    for name in ["n".repeat(5000), "ệ".repeat(400), "a\nb".to_owned(), "a\u{0}b".to_owned(), String::new()] {
        let body = json!({ name.as_str(): 1 }).to_string();
        assert_eq!(refused(&app, "/units", "admin", body).await.faults().len(), 1);
    }
}

#[tokio::test]
async fn text_in_nfd_is_the_same_text_and_is_kept_in_nfc() {
    let app = TestApp::start_at("2025-09-15").await;
    let admin = app.persona("admin");
    let mut unit = new_unit("B4");
    // "Trường Hòa" taken apart: base letters with combining marks.
    unit["name"] = json!("  Tru\u{31b}o\u{31b}\u{300}ng Ho\u{300}a ");
    let entered = admin.create("/units", unit).await.created();
    assert_eq!(entered.text("name"), "Trường Hòa");
    // A code is the same code in either form.
    admin.create("/units", new_unit("Ha\u{309}i")).await.created();
    assert_eq!(admin.create("/units", new_unit("Hải")).await.refused(409).code(), "unit.codeTaken");
}

#[tokio::test]
async fn what_a_member_refers_to_and_is_absent_is_422_and_points_at_the_member() {
    let app = TestApp::start_at("2025-09-15").await;
    let before = app.events().await;
    let mut unit = new_unit("B5");
    unit["parentId"] = json!("0198f1c2-0000-7000-8000-000000000000");
    let answer = app.persona("admin").create("/units", unit).await.refused(422);
    assert_eq!(answer.faults(), ["/parentId reference.unknown"]);
    assert_eq!(app.events().await, before);
}
