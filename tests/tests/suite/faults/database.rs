//! A database that goes away, or says no where nobody expects it.

use sqlx::{AssertSqlSafe, PgConnection};
use thidua_tests::{Attempt, History, TestApp};

use crate::protocol::new_unit;

/// What the server does at each new event, `$times` at first: raises, in words of PostgreSQL.
async fn at_events(owner: &mut PgConnection, what: &str, times: u32, when: &str) {
    let sql = format!(
        "CREATE SEQUENCE tries;
         CREATE FUNCTION misbehave() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
             IF nextval('tries') <= {times} THEN {what}; END IF;
             RETURN NEW;
         END $$;
         CREATE {when} FOR EACH ROW EXECUTE FUNCTION misbehave();"
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(owner).await.unwrap();
}

const AT_ONCE: &str = "TRIGGER misbehave BEFORE INSERT ON event";
const AT_COMMIT: &str = "CONSTRAINT TRIGGER misbehave AFTER INSERT ON event DEFERRABLE INITIALLY DEFERRED";

async fn tries(owner: &mut PgConnection) -> i64 {
    sqlx::query_scalar("SELECT last_value FROM tries").fetch_one(owner).await.unwrap()
}

#[tokio::test]
async fn who_loses_a_deadlock_is_tried_again_and_done_once() {
    for (code, when) in [("40P01", AT_ONCE), ("40001", AT_ONCE), ("40001", AT_COMMIT)] {
        let app = TestApp::start_at("2025-09-15").await;
        let (before, mut owner) = (app.events().await, app.database.owner().await);
        at_events(&mut owner, &format!("RAISE 'lost' USING ERRCODE = '{code}'"), 2, when).await;
        app.persona("admin").create("/units", new_unit("D1")).await.created();
        assert_eq!((tries(&mut owner).await, app.events().await), (3, before + 1), "{code} {when}");
        super::all_is_well(&app.database, &History::default()).await;
    }
}

#[tokio::test]
async fn who_loses_every_time_is_told_to_come_back_and_nothing_is_written() {
    let app = TestApp::start_at("2025-09-15").await;
    let (before, mut owner) = (app.events().await, app.database.owner().await);
    at_events(&mut owner, "RAISE 'lost' USING ERRCODE = '40P01'", 3, AT_ONCE).await;
    let refused = app.persona("admin").create("/units", new_unit("D2")).await.refused(503);
    assert_eq!(refused.header("Retry-After"), "2");
    assert_eq!((tries(&mut owner).await, app.events().await), (3, before));
    app.persona("admin").create("/units", new_unit("D2")).await.created();
    super::all_is_well(&app.database, &History::default()).await;
}

#[tokio::test]
async fn a_real_deadlock_costs_nobody_an_answer() {
    let app = TestApp::start_at("2025-09-15").await;
    let mut owner = app.database.owner().await;
    sqlx::raw_sql("BEGIN; LOCK TABLE unit IN SHARE MODE").execute(&mut owner).await.unwrap();
    let admin = app.persona("admin").with("Idempotency-Key", "embraced");
    let asked = tokio::spawn(async move { admin.create("/units", new_unit("D3")).await });
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    // It holds the key and waits for the table; now we wait for the key.
    let claim = "INSERT INTO idempotency (principal_id, key, fingerprint, event_id)
                 SELECT id, 'embraced', sha256(''), gen_random_uuid() FROM principal WHERE subject = 'admin'";
    sqlx::raw_sql(claim).execute(&mut owner).await.unwrap();
    sqlx::raw_sql("ROLLBACK").execute(&mut owner).await.unwrap();
    asked.await.unwrap().created();
    super::all_is_well(&app.database, &History::default()).await;
}

#[tokio::test]
async fn a_fault_of_ours_is_500_without_a_word_of_what_it_was() {
    for when in [AT_ONCE, AT_COMMIT] {
        let app = TestApp::start_at("2025-09-15").await;
        let (before, mut owner) = (app.events().await, app.database.owner().await);
        at_events(&mut owner, "RAISE 'the secret of the house' USING ERRCODE = 'XX000'", 1, when).await;
        let fault = app.persona("admin").create("/units", new_unit("D4")).await.refused(500);
        assert_eq!(fault.code(), "service.fault");
        for word in ["secret", "XX000", "event", "INSERT", "postgres", "src/"] {
            assert!(!fault.raw.replace("service.fault", "").contains(word), "{word}: {}", fault.raw);
        }
        assert_eq!(app.events().await, before, "{when}");
        app.persona("admin").create("/units", new_unit("D4")).await.created();
        super::all_is_well(&app.database, &History::default()).await;
    }
}

#[tokio::test]
async fn a_connection_that_is_cut_in_the_middle_of_a_write_is_503_and_nothing_is_written() {
    let app = TestApp::start_at("2025-09-15").await;
    let (before, mut owner) = (app.events().await, app.database.owner().await);
    at_events(&mut owner, "PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1)", 1, AT_ONCE).await;
    let refused = app.persona("admin").create("/units", new_unit("D5")).await.refused(503);
    assert_eq!(refused.header("Retry-After"), "2");
    assert_eq!(app.events().await, before);
    app.persona("admin").create("/units", new_unit("D5")).await.created();
    super::all_is_well(&app.database, &History::default()).await;
}

const CUT_ALL: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                       WHERE application_name = 'thidua' AND datname = current_database()";

#[tokio::test]
async fn connections_that_were_cut_while_they_rested_cost_nobody_an_answer() {
    let app = TestApp::start_at("2025-09-15").await;
    let mut owner = app.database.owner().await;
    for round in 0..3 {
        // Several at once, so that several rest in the pool afterwards.
        let readers = (0..12).map(|_| {
            let reader = app.persona("auditor");
            tokio::spawn(async move { reader.get("/units").await.ok() })
        });
        for one in readers.collect::<Vec<_>>() {
            one.await.unwrap();
        }
        sqlx::raw_sql(CUT_ALL).execute(&mut owner).await.unwrap();
        if round % 2 == 0 {
            app.persona("auditor").get("/units").await.ok();
        }
        app.persona("admin").create("/units", new_unit(&format!("D6-{round}"))).await.created();
    }
    super::all_is_well(&app.database, &History::default()).await;
}

#[tokio::test]
async fn connections_that_are_cut_under_load_lose_nothing_that_was_acknowledged() {
    let app = TestApp::start_at("2025-09-15").await;
    let history = std::sync::Arc::new(History::default());
    let writers: Vec<_> = (0..6)
        .map(|writer| {
            let (admin, history) = (app.persona("admin"), history.clone());
            tokio::spawn(async move {
                for count in 0..40 {
                    let code = format!("C{writer}-{count}");
                    let attempt = Attempt::of(&code);
                    let answer = admin.create("/units", new_unit(&code)).await;
                    history.note(match answer.status.as_u16() {
                        201 => attempt.acknowledged(answer.header("Event-Id")),
                        503 => attempt,
                        other => panic!("{other} {}", answer.raw),
                    });
                }
            })
        })
        .collect();
    let mut owner = app.database.owner().await;
    for _ in 0..8 {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        sqlx::raw_sql(CUT_ALL).execute(&mut owner).await.unwrap();
    }
    for one in writers {
        one.await.unwrap();
    }
    assert!(history.acknowledged() > 100, "only {} writes were acknowledged", history.acknowledged());
    super::all_is_well(&app.database, &history).await;
}
