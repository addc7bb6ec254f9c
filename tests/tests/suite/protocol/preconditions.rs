//! ETags: what was read is not read twice, and what has changed since is not overwritten.

use reqwest::Method;
use serde_json::json;
use thidua_tests::{Reply, TestApp};

use crate::stage;

fn reason() -> serde_json::Value {
    json!({"reason": "Đề nghị bổ sung căn cứ pháp lý."})
}

#[tokio::test]
async fn what_the_caller_has_already_is_answered_with_304_and_nothing_else() {
    let app = TestApp::start_at("2025-09-15").await;
    let chair = app.persona("chair");
    let draft = stage::drafted(&app).await;
    let path = format!("/campaigns/{}", draft.id());
    let read = chair.get(&path).await.ok();
    let weak = format!("W/{}", read.etag());
    let listed = format!("\"1.00000000\", {}", read.etag());
    for known in [read.etag(), &weak, &listed, "*"] {
        let answer = chair.with("If-None-Match", known).get(&path).await;
        assert_eq!((answer.status.as_u16(), answer.raw.as_str()), (304, ""), "{known}");
        assert_eq!(answer.etag(), read.etag(), "{known}");
    }
    let two_lines = chair.with("If-None-Match", "\"1.00000000\"").with("If-None-Match", read.etag());
    assert_eq!(two_lines.get(&path).await.status.as_u16(), 304);
    for unknown in ["\"1.00000000\"", "", "garbage"] {
        chair.with("If-None-Match", unknown).get(&path).await.ok();
    }
}

#[tokio::test]
async fn a_304_never_hides_another_label_or_other_actions() {
    let app = TestApp::start_at("2025-09-15").await;
    let draft = stage::drafted(&app).await;
    let path = format!("/campaigns/{}", draft.id());
    let vietnamese = app.persona("coordinator").get(&path).await.ok();
    let known = |person: thidua_tests::Person| person.with("If-None-Match", vietnamese.etag());
    known(app.persona("coordinator").with("Accept-Language", "en")).get(&path).await.ok();
    known(app.persona("chair")).get(&path).await.ok();
}

#[tokio::test]
async fn a_change_without_if_match_is_428_and_names_the_header() {
    let app = TestApp::start_at("2025-09-15").await;
    let coordinator = app.persona("coordinator").with("Idempotency-Key", "no-if-match");
    let draft = stage::drafted(&app).await;
    let before = app.events().await;
    let path = format!("/campaigns/{}/submit", draft.id());
    let missing = coordinator.send(Method::POST, &path, None).await.refused(428);
    assert_eq!(missing.faults(), ["If-Match header.missing"]);
    assert_eq!(app.events().await, before);
}

#[tokio::test]
async fn an_if_match_that_is_no_tag_of_ours_is_400_and_names_the_header() {
    let app = TestApp::start_at("2025-09-15").await;
    let coordinator = app.persona("coordinator").with("Idempotency-Key", "no-tag");
    let draft = stage::drafted(&app).await;
    let before = app.events().await;
    let path = format!("/campaigns/{}/submit", draft.id());
    let malformed = [
        "1",
        "*",
        "\"\"",
        "\"x\"",
        "\"1",
        "W/\"1\"",
        "\"+1\"",
        "\"-1\"",
        "\"1.\"",
        "\"1.xyz\"",
        "\"1.0000000\"",
        "\"1.00000000.1\"",
        "\"1\", \"2\"",
        "\"9999999999999999999\"",
        "\" 1\"",
    ];
    for tag in malformed {
        let answer = coordinator.with("If-Match", tag).send(Method::POST, &path, None).await.refused(400);
        assert_eq!(answer.faults(), ["If-Match header.malformed"], "{tag}");
    }
    let twice = coordinator.with("If-Match", draft.etag()).with("If-Match", draft.etag());
    let answer = twice.send(Method::POST, &path, None).await.refused(400);
    assert_eq!(answer.faults(), ["If-Match header.malformed"]);
    assert_eq!(app.events().await, before);
}

#[tokio::test]
async fn what_has_changed_since_it_was_read_is_not_overwritten() {
    let app = TestApp::start_at("2025-09-15").await;
    let coordinator = app.persona("coordinator");
    let draft = stage::drafted(&app).await;
    let path = format!("/campaigns/{}", draft.id());
    coordinator.replace(&format!("{path}/plan"), &draft, stage::plan()).await.ok();
    let before = app.events().await;
    let stale = coordinator.command(&format!("{path}/submit"), &draft).await.refused(412);
    assert_eq!(stale.faults(), ["If-Match resource.stale"]);
    let future = coordinator.with("If-Match", "\"3\"").with("Idempotency-Key", "future");
    future.send(Method::POST, &format!("{path}/submit"), None).await.refused(412);
    let put = coordinator.replace(&format!("{path}/plan"), &draft, stage::plan()).await;
    assert_eq!(put.refused(412).faults(), ["If-Match resource.stale"]);
    assert_eq!(app.events().await, before);
}

#[tokio::test]
async fn only_the_part_before_the_dot_decides_whether_a_change_is_stale() {
    let app = TestApp::start_at("2025-09-15").await;
    let draft = stage::drafted(&app).await;
    let coordinator = app.persona("coordinator").with("Idempotency-Key", "version-only").with("If-Match", "\"1\"");
    coordinator.send(Method::POST, &format!("/campaigns/{}/submit", draft.id()), None).await.ok();
}

#[tokio::test]
async fn of_twelve_who_change_the_same_version_at_once_one_succeeds() {
    let app = TestApp::start_at("2025-09-15").await;
    let draft = stage::drafted(&app).await;
    let path = format!("/campaigns/{}/cancel", draft.id());
    let chair = app.persona("chair");
    let all = (0..12).map(|_| {
        let (chair, draft, path) = (chair.clone(), draft.clone(), path.clone());
        tokio::spawn(async move { chair.command_with(&path, &draft, reason()).await })
    });
    let mut answers: Vec<Reply> = Vec::new();
    for one in all.collect::<Vec<_>>() {
        answers.push(one.await.unwrap());
    }
    let mut statuses: Vec<_> = answers.iter().map(|answer| answer.status.as_u16()).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [vec![200], vec![412; 11]].concat());
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}
