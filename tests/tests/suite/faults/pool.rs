//! A database that is too busy: who waits in vain is told so soon, and when to come back.

use std::time::{Duration, Instant};

use thidua_tests::{History, Person, Reply, TestApp};

use crate::protocol::new_unit;

#[track_caller]
fn is_told_to_come_back(answer: Reply, since: Instant) {
    let answer = answer.refused(503);
    assert_eq!((answer.code(), answer.header("Retry-After")), ("service.unavailable", "2"));
    // It is our two seconds that end the wait, and not the five of a statement, however busy the machine is.
    assert!(since.elapsed() < Duration::from_millis(4500), "only after {:?}", since.elapsed());
}

#[tokio::test]
async fn without_a_free_connection_the_answer_is_503_in_time_and_all_is_well_afterwards() {
    let app = TestApp::start_at("2025-09-15").await;
    let (reader, admin) = (app.persona("auditor"), app.persona("admin"));
    let before = app.events().await;
    let mut taken = Vec::new();
    for _ in 0..12 {
        taken.push(app.state.store.pool().acquire().await.unwrap());
    }
    let since = Instant::now();
    let (read, write) = tokio::join!(reader.get("/units"), admin.create("/units", new_unit("P1")));
    is_told_to_come_back(read, since);
    is_told_to_come_back(write, since);
    // What needs no database is answered all the same.
    let since = Instant::now();
    app.stranger().get("/openapi.json").await.ok();
    app.stranger().get("/units").await.refused(401);
    reader.get("/nothing").await.refused(404);
    assert!(since.elapsed() < Duration::from_millis(500));
    assert_eq!(app.events().await, before);
    drop(taken);
    reader.get("/units").await.ok();
    admin.create("/units", new_unit("P1")).await.created();
    super::all_is_well(&app.database, &History::default()).await;
}

#[tokio::test]
async fn a_lock_that_is_not_given_up_is_waited_for_two_seconds() {
    let app = TestApp::start_at("2025-09-15").await;
    let mut owner = app.database.owner().await;
    sqlx::raw_sql("BEGIN; LOCK TABLE unit IN ACCESS EXCLUSIVE MODE").execute(&mut owner).await.unwrap();
    let since = Instant::now();
    let ask = |person: Person| async move { person.create("/units", new_unit("P2")).await };
    let (read, write) = tokio::join!(async { app.persona("auditor").get("/units").await }, ask(app.persona("admin")));
    is_told_to_come_back(read, since);
    is_told_to_come_back(write, since);
    sqlx::raw_sql("ROLLBACK").execute(&mut owner).await.unwrap();
    app.persona("admin").create("/units", new_unit("P2")).await.created();
    super::all_is_well(&app.database, &History::default()).await;
}

#[tokio::test]
async fn many_more_callers_than_connections_are_all_answered() {
    let app = TestApp::start_at("2025-09-15").await;
    let all = (0..150).map(|number| {
        let (reader, admin) = (app.persona("auditor"), app.persona("admin"));
        tokio::spawn(async move {
            if number % 3 == 0 {
                admin.create("/units", new_unit(&format!("M{number}"))).await.status.as_u16()
            } else {
                reader.get("/units?limit=1").await.status.as_u16()
            }
        })
    });
    for one in all.collect::<Vec<_>>() {
        let status = one.await.unwrap();
        assert!(matches!(status, 200 | 201 | 503), "{status}");
    }
    assert!(app.database.backends().await <= 13);
    super::all_is_well(&app.database, &History::default()).await;
}
