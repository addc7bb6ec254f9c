//! A database that is too busy: who waits in vain is told so soon, and when to come back.

use std::{
    collections::BTreeSet,
    thread,
    time::{Duration, Instant},
};

use thidua_persistence::{Call, Conn, Identity, Pool, PoolOptions, Store, StoreError, connect_options};
use thidua_tests::{Database, History, Person, Reply, TestApp};

use crate::protocol::new_unit;

#[track_caller]
fn is_told_to_come_back(answer: Reply, since: Instant) {
    let answer = answer.refused(503);
    assert_eq!((answer.code(), answer.header("Retry-After")), ("service.unavailable", "2"));
    // It is our two seconds that end the wait, and not the five of a statement, however busy the machine is.
    assert!(since.elapsed() < Duration::from_millis(4500), "only after {:?}", since.elapsed());
}

/// Connections that another thread takes, and leaves behind.
fn taken_elsewhere(pool: &Pool, count: usize) -> Vec<Conn> {
    let pool = pool.clone();
    let taken = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut taken = Vec::new();
            for _ in 0..count {
                taken.push(pool.acquire().await.unwrap());
            }
            taken
        })
    });
    taken.join().unwrap()
}

/// A pool on this database, which two threads share.
fn shared_by_two(database: &Database, size: usize) -> Pool {
    let connect = connect_options(&database.url()).unwrap();
    Pool::new(connect, PoolOptions { size, workers: 2, wait: Duration::from_millis(200) })
}

/// The server's processes that speak with the pool, and of those the ones that were asked who calls.
async fn processes(database: &Database) -> (BTreeSet<i32>, BTreeSet<i32>) {
    let speaking = "SELECT pid, query LIKE '%app.scope%' FROM pg_stat_activity
                    WHERE application_name = 'thidua' AND datname = current_database()";
    let all: Vec<(i32, bool)> = sqlx::query_as(speaking).fetch_all(&mut database.owner().await).await.unwrap();
    let asked = all.iter().filter(|(_, asked)| *asked).map(|(process, _)| *process).collect();
    (all.into_iter().map(|(process, _)| process).collect(), asked)
}

#[tokio::test]
async fn a_thread_gets_the_connections_that_it_opened_and_no_more_than_its_share() {
    let database = Database::create().await;
    let pool = shared_by_two(&database, 4);
    let (first, second) = (pool.acquire().await.unwrap(), pool.acquire().await.unwrap());
    assert!(matches!(pool.acquire().await, Err(StoreError::Busy)), "two of four are its share");
    let (own, _) = processes(&database).await;
    drop((first, second));
    // What another thread leaves last would be the next to be taken.
    drop(taken_elsewhere(&pool, 2));
    let store = Store::new(pool);
    let call = Call { identity: Identity::system(), request_id: "two-at-once".to_owned() };
    let (_first, _second) = tokio::try_join!(store.read(&call), store.read(&call)).unwrap();
    let (all, asked) = processes(&database).await;
    assert_eq!((all.len(), asked), (4, own));
}

#[tokio::test]
async fn what_rests_gives_way_to_a_thread_that_has_none() {
    let database = Database::create().await;
    let pool = shared_by_two(&database, 2);
    drop(taken_elsewhere(&pool, 1));
    drop(taken_elsewhere(&pool, 1));
    assert_eq!(database.backends().await, 2);
    let _own = pool.acquire().await.unwrap();
    // A process of the server takes a moment to hear that nobody is there any more.
    for _ in 0..100 {
        if database.backends().await == 2 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("there are {} connections", database.backends().await);
}

#[tokio::test]
async fn without_a_free_connection_the_answer_is_503_in_time_and_all_is_well_afterwards() {
    let app = TestApp::start_at("2025-09-15").await;
    let (reader, admin) = (app.persona("auditor"), app.persona("admin"));
    let before = app.events().await;
    // All twelve, half of them on either of two threads.
    let taken = [app.state.store.pool(), app.state.store.pool()].map(|pool| taken_elsewhere(pool, 6));
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
