//! Clients that crash in the middle of a request.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use thidua_tests::{Attempt, History, TestApp, raw};
use tokio::time::sleep;

use crate::protocol::new_unit;

/// How many callers crash at the same time, and how often each does.
const CRASHERS: usize = 24;
const CRASHES: usize = 30;

fn request(token: &str, code: &str) -> Vec<u8> {
    let body = new_unit(code).to_string();
    let head = format!(
        "POST /v1/units HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer {token}\r\nIdempotency-Key: {code}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head, body].concat().into_bytes()
}

#[tokio::test]
async fn a_storm_of_resets_loses_no_acknowledged_write_and_leaves_nothing_open() {
    let app = Arc::new(TestApp::start_at("2025-09-15").await);
    let (history, over) = (Arc::new(History::default()), Arc::new(AtomicBool::new(false)));
    let steady: Vec<_> =
        (0..3).map(|n| tokio::spawn(write_on(n, app.clone(), history.clone(), over.clone()))).collect();
    let watched = tokio::spawn(most_backends(app.clone(), over.clone()));
    let crashing: Vec<_> = (0..CRASHERS).map(|n| tokio::spawn(crash(n, app.clone(), history.clone()))).collect();
    // For a while nobody can write, so that many crash while they wait for a lock.
    sleep(Duration::from_millis(200)).await;
    let mut owner = app.database.owner().await;
    sqlx::raw_sql("BEGIN; LOCK TABLE unit IN SHARE MODE").execute(&mut owner).await.unwrap();
    sleep(Duration::from_millis(400)).await;
    sqlx::raw_sql("COMMIT").execute(&mut owner).await.unwrap();
    for one in crashing {
        one.await.unwrap();
    }
    // Those who go on find no trace of it.
    let wanted = history.acknowledged() + 30;
    while history.acknowledged() < wanted {
        sleep(Duration::from_millis(10)).await;
    }
    over.store(true, Ordering::SeqCst);
    for one in steady {
        one.await.unwrap();
    }
    // The pool, the sequencer, and what the server has not yet seen go.
    let most = watched.await.unwrap();
    assert!(most <= MOST_BACKENDS, "{most} connections behind a pool of 12");
    all_is_well_and_quiet(&app, &history).await;
}

async fn all_is_well_and_quiet(app: &TestApp, history: &History) {
    super::all_is_well(&app.database, history).await;
    // Nobody holds a place in the pool that nobody waits for.
    let readers = (0..12).map(|_| {
        let reader = app.persona("auditor");
        tokio::spawn(async move { reader.get("/units").await.ok() })
    });
    for one in readers.collect::<Vec<_>>() {
        one.await.unwrap();
    }
}

async fn write_on(number: usize, app: Arc<TestApp>, history: Arc<History>, over: Arc<AtomicBool>) {
    let admin = app.persona("admin");
    for count in 0.. {
        if over.load(Ordering::SeqCst) {
            return;
        }
        let code = format!("S{number}-{count}");
        let attempt = Attempt::of(&code);
        let answer = admin.create("/units", new_unit(&code)).await;
        history.note(match answer.status.as_u16() {
            201 => attempt.acknowledged(answer.header("Event-Id")),
            503 => attempt,
            other => panic!("{other} {}", answer.raw),
        });
    }
}

async fn crash(number: usize, app: Arc<TestApp>, history: Arc<History>) {
    let token = app.issuer.mint("admin").unwrap();
    for count in 0..CRASHES {
        let code = format!("R{number}-{count}");
        let whole = request(&token, &code);
        // Some do not even finish their request.
        let sent = if count % 5 == 4 { &whole[..whole.len() - 20] } else { &whole };
        history.note(Attempt::of(&code));
        let stream = raw::open(&app.base, sent).await;
        sleep(Duration::from_micros(((number * 7 + count * 13) % 40) as u64 * 500)).await;
        raw::reset(stream);
    }
}

/// A place in the pool is free when its statement has ended, and the server's process of it may still be leaving; one more
/// is the sequencer's.
const MOST_BACKENDS: i64 = 12 + 12 + 1;

async fn most_backends(app: Arc<TestApp>, over: Arc<AtomicBool>) -> i64 {
    let mut most = 0;
    while !over.load(Ordering::SeqCst) {
        most = most.max(app.database.backends().await);
        sleep(Duration::from_millis(30)).await;
    }
    most
}

#[tokio::test]
async fn readers_who_crash_do_not_pile_up_behind_the_pool() {
    let app = Arc::new(TestApp::start_at("2025-09-15").await);
    let over = Arc::new(AtomicBool::new(false));
    let watched = tokio::spawn(most_backends(app.clone(), over.clone()));
    let token = app.issuer.mint("auditor").unwrap();
    let request =
        format!("GET /v1/units?includeTotal=true HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer {token}\r\n\r\n");
    // All wait for the same lock when they crash.
    let mut owner = app.database.owner().await;
    for _ in 0..5 {
        sqlx::raw_sql("BEGIN; LOCK TABLE unit IN ACCESS EXCLUSIVE MODE").execute(&mut owner).await.unwrap();
        for _ in 0..40 {
            let stream = raw::open(&app.base, request.as_bytes()).await;
            sleep(Duration::from_millis(5)).await;
            raw::reset(stream);
        }
        sqlx::raw_sql("COMMIT").execute(&mut owner).await.unwrap();
    }
    over.store(true, Ordering::SeqCst);
    let most = watched.await.unwrap();
    assert!(most <= MOST_BACKENDS, "{most} connections behind a pool of 12");
    all_is_well_and_quiet(&app, &History::default()).await;
}
