//! A service that is killed while a file is on its way: nothing is half-attached, and what it left behind is swept.

use std::{path::PathBuf, time::Duration};

use thidua_api::{auth::DevIssuer, files::Swept};
use thidua_tests::raw;
use tokio::time::sleep;

use super::*;
use crate::faults::kills::Service;

const NOW: &str = "2025-11-03T08:00:00+07:00";
const BYTES: usize = 900_000;

/// A folder with a key for the services that are killed, and a token for the officer of TH1.
fn key(app: &TestApp) -> (PathBuf, String) {
    let data = std::env::temp_dir().join(format!("thidua-upload-kills-{}", app.database.name()));
    std::fs::create_dir_all(&data).unwrap();
    let token = DevIssuer::in_folder(&data).unwrap().mint("unit-officer").unwrap();
    (data, token)
}

/// An upload, of which so many bytes are sent.
fn upload(draft: &Reply, token: &str, key: &str, sent: usize) -> Vec<u8> {
    let head = format!(
        "POST /v1/reports/{}/attachments?name=a.txt HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\
         Authorization: Bearer {token}\r\nIdempotency-Key: {key}\r\nContent-Type: application/octet-stream\r\n\
         Content-Length: {BYTES}\r\n\r\n",
        draft.id()
    );
    [head.as_bytes(), &vec![b'a'; sent]].concat()
}

/// Waits until what lies in the folder is as it is wanted.
async fn once(app: &TestApp, wanted: impl Fn(&[String]) -> bool) {
    for _ in 0..2000 {
        if wanted(&kept(app)) {
            return;
        }
        sleep(Duration::from_millis(5)).await;
    }
    panic!("{:?} lie in the folder", kept(app));
}

#[tokio::test]
async fn a_service_killed_half_way_through_a_file_has_attached_nothing_and_the_rest_is_swept() {
    let (app, draft) = with_draft().await;
    let (data, token) = key(&app);
    let before = app.events().await;
    for kill in 1..=3 {
        let service = Service::start_with(&app.database, &data, &app.files, NOW);
        let stream = raw::open(&service.base, &upload(&draft, &token, "half", BYTES / 2)).await;
        once(&app, |names| names.len() == kill).await;
        drop(service);
        drop(stream);
    }
    assert!(kept(&app).iter().all(|name| name.contains('#')), "none is taken for a file: {:?}", kept(&app));
    assert_eq!((app.events().await, report_now(&app, &draft).await.body.get("attachments")), (before, None));
    let swept = app.state.files.sweep(&app.state.store, Duration::ZERO).await.unwrap();
    assert_eq!(swept, Swept { unfinished: 3, ..Swept::default() });
    assert_eq!(kept(&app), Vec::<String>::new());
    // The key that was lost with the service is free.
    let service = Service::start_with(&app.database, &data, &app.files, NOW);
    let answer = raw::exchange(&service.base, &upload(&draft, &token, "half", BYTES)).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    drop(service);
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
    std::fs::remove_dir_all(&data).unwrap();
}

#[tokio::test]
async fn a_service_killed_between_bytes_and_row_leaves_an_orphan_that_is_swept() {
    let (app, draft) = with_draft().await;
    let (data, token) = key(&app);
    let known = attached(&app, &draft, "b.txt", b"Bien ban").await;
    let before = app.events().await;
    // While somebody else holds the report, the row that would name the bytes cannot be written.
    let mut owner = app.database.owner().await;
    for sql in ["BEGIN", "SELECT id FROM report FOR UPDATE"] {
        sqlx::Executor::execute(&mut owner, sql).await.unwrap();
    }
    let service = Service::start_with(&app.database, &data, &app.files, NOW);
    let stream = raw::open(&service.base, &upload(&draft, &token, "whole", BYTES)).await;
    once(&app, |names| names.len() == 2 && names.iter().all(|name| !name.contains('#'))).await;
    drop(service);
    drop(stream);
    sqlx::Executor::execute(&mut owner, "ROLLBACK").await.unwrap();
    assert_eq!(app.events().await, before);
    assert_eq!(report_now(&app, &draft).await.body["attachments"].as_array().unwrap().len(), 1);
    let swept = app.state.files.sweep(&app.state.store, Duration::ZERO).await.unwrap();
    assert_eq!(swept, Swept { orphans: 1, ..Swept::default() });
    assert_eq!(content_of(&app.persona("unit-head"), &known).await.ok().raw, "Bien ban");
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
    std::fs::remove_dir_all(&data).unwrap();
}
