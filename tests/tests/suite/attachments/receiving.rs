//! How bytes arrive: too many, not all, twice.

use std::time::Duration;

use thidua_api::files::Swept;
use thidua_tests::raw;
use tokio::time::sleep;

use super::*;

/// The head of an upload by the officer of TH1; the service of a test takes a mebibyte.
fn head(app: &TestApp, draft: &Reply, headers: &str) -> Vec<u8> {
    let token = app.issuer.mint("unit-officer").unwrap();
    format!(
        "POST /v1/reports/{}/attachments?name=a.txt HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\
         Authorization: Bearer {token}\r\nIdempotency-Key: upload\r\nContent-Type: application/octet-stream\r\n{headers}\r\n",
        draft.id()
    )
    .into_bytes()
}

/// A piece of a body whose length is not declared.
fn chunk(size: usize) -> Vec<u8> {
    [format!("{size:x}\r\n").as_bytes(), &vec![b'a'; size], b"\r\n"].concat()
}

/// Nothing lies in the folder, once the service has seen what became of its callers.
async fn nothing_is_left(app: &TestApp) {
    for _ in 0..500 {
        if kept(app).is_empty() {
            return;
        }
        sleep(Duration::from_millis(10)).await;
    }
    panic!("{:?} are left", kept(app));
}

#[tokio::test]
async fn five_gigabytes_are_refused_before_they_are_sent() {
    let (app, draft) = with_draft().await;
    let answer = raw::exchange(&app.base, &head(&app, &draft, "Content-Length: 5368709120\r\n")).await;
    assert_eq!(answer.status, 413, "{}", answer.head);
    assert!(answer.body.contains("request.tooLarge"), "{}", answer.body);
}

#[tokio::test]
async fn a_file_of_the_most_bytes_is_taken_and_one_byte_more_is_not() {
    let (app, draft) = with_draft().await;
    let most = vec![b'a'; 1 << 20];
    attached(&app, &draft, "a.txt", &most).await;
    let before = app.events().await;
    let mut request = head(&app, &draft, "Transfer-Encoding: chunked\r\n");
    for _ in 0..16 {
        request.extend(b"10000\r\n");
        request.extend([b'b'; 0x1_0000]);
        request.extend(b"\r\n");
    }
    request.extend(b"1\r\nb\r\n0\r\n\r\n");
    let answer = raw::exchange(&app.base, &request).await;
    assert_eq!(answer.status, 413, "{}", answer.head);
    assert_eq!((app.events().await, kept(&app).len()), (before, 1));
}

#[tokio::test]
async fn an_upload_that_is_cut_off_half_way_leaves_nothing_and_can_be_sent_again() {
    let (app, draft) = with_draft().await;
    let before = app.events().await;
    let mut half = head(&app, &draft, "Content-Length: 1000000\r\n");
    half.extend(vec![b'a'; 500_000]);
    for _ in 0..8 {
        // Each is cut off once its own file has begun, whether that of the one before is gone by then or not.
        let known = kept(&app);
        let stream = raw::open(&app.base, &half).await;
        while kept(&app).iter().all(|name| known.contains(name)) {
            sleep(Duration::from_millis(1)).await;
        }
        raw::reset(stream);
    }
    nothing_is_left(&app).await;
    assert_eq!(app.events().await, before);
    let swept = app.state.files.sweep(&app.state.store, Duration::ZERO).await.unwrap();
    assert_eq!(swept, Swept::default(), "nothing is left to sweep either");
    let mut whole = half;
    whole.extend(vec![b'a'; 500_000]);
    let answer = raw::exchange(&app.base, &whole).await;
    assert_eq!(answer.status, 201, "the key is free: {}", answer.body);
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}

#[tokio::test]
async fn five_gigabytes_that_do_not_say_so_are_refused_and_the_connection_is_closed() {
    let (app, draft) = with_draft().await;
    let before = app.events().await;
    let head = head(&app, &draft, "Transfer-Encoding: chunked\r\n");
    // Kept alive, so that it is not the caller who asks for the end.
    let head = String::from_utf8(head).unwrap().replace("Connection: close\r\n", "");
    let (answer, sent) = raw::pour(&app.base, head.as_bytes(), &chunk(0x1_0000), 5 << 30).await;
    assert_eq!((answer.status, answer.body.contains("request.tooLarge")), (413, true), "{}", answer.body);
    assert!(answer.head.to_ascii_lowercase().contains("connection: close"), "{}", answer.head);
    assert!(sent < 5 << 30, "all of it was read");
    nothing_is_left(&app).await;
    assert_eq!(app.events().await, before);
    attached(&app, &draft, "a.txt", b"Bien ban").await;
}

#[tokio::test]
async fn an_endless_body_closes_the_connection_whatever_it_is_refused_for() {
    let (app, draft) = with_draft().await;
    handed_in(&app, &draft).await;
    let token = app.issuer.mint("unit-officer").unwrap();
    let head = |path: &str, kind: &str, token: &str| {
        format!(
            "POST {path} HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer {token}\r\nIdempotency-Key: endless\r\n\
             Content-Type: {kind}\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
    };
    let attaching = format!("/v1/reports/{}/attachments?name=a.txt", draft.id());
    let cases = [
        (head(&attaching, "application/octet-stream", "nobody"), 401),
        (head(&attaching.replace(draft.id(), crate::policy::NOTHING), "application/octet-stream", &token), 404),
        (head("/v1/units", "application/json", &token), 413),
        (head("/v1/nowhere", "application/json", &token), 404),
    ];
    for (head, status) in cases {
        let (answer, _) = raw::pour(&app.base, head.as_bytes(), &chunk(0x1_0000), 5 << 30).await;
        assert_eq!(answer.status, status, "{}", answer.body);
    }
}

#[tokio::test]
async fn a_body_of_chunks_that_ends_leaves_the_connection_open_for_more() {
    let (app, draft) = with_draft().await;
    let head = head(&app, &draft, "Transfer-Encoding: chunked\r\n");
    let mut request = String::from_utf8(head).unwrap().replace("Connection: close\r\n", "").into_bytes();
    request.extend(b"8\r\nBien ban\r\n0\r\n\r\n");
    request.extend(b"GET /v1/status HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
    let answer = raw::exchange(&app.base, &request).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    assert!(answer.body.contains("HTTP/1.1 200 OK"), "the second is answered too: {}", answer.body);
}

#[tokio::test]
async fn nothing_is_no_file_and_bytes_are_neither_json_nor_compressed() {
    let (app, draft) = with_draft().await;
    let officer = app.persona("unit-officer");
    let empty = officer.attach(&at("reports", &draft), "a.txt", Vec::new()).await.refused(400);
    assert_eq!(empty.faults(), [" field.missing"]);
    let path = format!("{}/attachments?name=a.txt", at("reports", &draft));
    let keyed = officer.with("Idempotency-Key", "media");
    for (name, value) in [("Content-Type", "application/json"), ("Content-Type", "multipart/form-data; boundary=x")] {
        let refused = keyed.with(name, value).send(Method::POST, &path, Some("{}".to_owned())).await.refused(415);
        assert_eq!(refused.faults(), ["Content-Type request.unsupportedMediaType"]);
    }
    let packed = officer.with("Content-Encoding", "gzip").attach(&at("reports", &draft), "a.txt", "x").await;
    assert_eq!(packed.refused(415).faults(), ["Content-Encoding request.unsupportedMediaType"]);
    nothing_is_left(&app).await;
}

#[tokio::test]
async fn the_same_key_attaches_once_and_covers_name_and_bytes() {
    let (app, draft) = with_draft().await;
    let officer = app.persona("unit-officer").with("Idempotency-Key", "once");
    let first = officer.attach(&at("reports", &draft), "a.txt", "Biên bản").await.created();
    let events = app.events().await;
    handed_in(&app, &draft).await;
    let again = officer.attach(&at("reports", &draft), "a.txt", "Biên bản").await.created();
    assert_eq!((again.id(), again.header("Idempotency-Replayed")), (first.id(), "true"));
    assert_eq!(again.header("Event-Id"), first.header("Event-Id"));
    for (name, bytes) in [("a.txt", "Biên bản khác"), ("b.txt", "Biên bản")] {
        let reused = officer.attach(&at("reports", &draft), name, bytes).await.refused(422);
        assert_eq!(reused.faults(), ["Idempotency-Key idempotency.keyReused"]);
    }
    assert_eq!(app.events().await, events + 1, "only handing it in");
    assert_eq!(kept(&app).len(), 1);
    content_of(&app.persona("coordinator"), &first).await.ok();
}

#[tokio::test]
async fn who_may_not_attach_is_told_before_the_bytes_are_sent() {
    let (app, draft) = with_draft().await;
    handed_in(&app, &draft).await;
    for (persona, status) in [("other-unit-head", 404), ("coordinator", 403), ("auditor", 403)] {
        let token = app.issuer.mint(persona).unwrap();
        let head = String::from_utf8(head(&app, &draft, "Content-Length: 1000000\r\n")).unwrap();
        let own = app.issuer.mint("unit-officer").unwrap();
        let head = head.lines().map(|line| {
            if line.contains(&own[..20]) { format!("Authorization: Bearer {token}") } else { line.to_owned() }
        });
        let head = head.collect::<Vec<_>>().join("\r\n") + "\r\n";
        let answer = raw::exchange(&app.base, head.as_bytes()).await;
        assert_eq!(answer.status, status, "{persona}: {}", answer.body);
    }
}

#[tokio::test]
async fn attaching_and_downloading_take_no_more_statements_than_they_must() {
    let (app, draft) = with_draft().await;
    let statements = || app.state.store.pool().statements();
    let officer = app.persona("unit-officer");
    let before = statements();
    let made = officer.attach(&at("reports", &draft), "a.txt", "Biên bản").await.created();
    let attached = statements();
    assert_eq!(attached - before, 8, "caller, report; begin, caller, report, its next version, attachment, commit");
    officer.get(&at("attachments", &made)).await.ok();
    let read = statements();
    assert_eq!(read - attached, 2, "caller, attachment with its report");
    content_of(&officer, &made).await.ok();
    assert_eq!(statements() - read, 2);
}
