//! The checker itself: it finds nothing where all is well, and each way in which the log can be broken.

use sqlx::AssertSqlSafe;
use thidua_persistence::check_log;
use thidua_tests::TestApp;

use crate::stage;

/// What somebody with all rights might do, and what of it is found.
const TAMPERED: &[(&str, &str)] = &[
    ("DELETE FROM log_entry WHERE seq = 3", "gaps in the numbers"),
    ("DELETE FROM log_entry WHERE seq = 3", "neither a number nor a place"),
    ("UPDATE log_entry SET seq = seq + 1000 WHERE seq = 3", "not its own"),
    ("UPDATE log_entry SET leaf_hash = sha256('') WHERE seq = 3", "not its own"),
    ("UPDATE event SET recorded_at = recorded_at + interval '1 second' WHERE staged = 3", "not its own"),
    ("UPDATE event SET entry = replace(entry, 'thidua-enrolment', 'nobody') WHERE staged = 3", "not its own"),
    (
        "UPDATE event SET entry = replace(entry, 'unit.created', 'unit.closed') WHERE staged = 3",
        "tells of something else",
    ),
    ("UPDATE event SET object_version = 7 WHERE staged = 3", "tells of something else"),
    ("UPDATE event SET salt = sha256('') WHERE staged = 3", "does not match its hash"),
    ("UPDATE version SET state = replace(state, 'Phòng', 'Ban') WHERE object_type = 'unit'", "does not match its hash"),
    ("UPDATE version SET stage = 'ISSUED' WHERE object_type = 'campaign' AND version = 1", "another stage"),
    ("DELETE FROM version WHERE object_type = 'campaign' AND version = 1", "do not follow their predecessor"),
    ("DELETE FROM version WHERE object_type = 'unit'", "without the state"),
    ("UPDATE unit SET state = jsonb_set(state, '{name}', '\"Ban\"') WHERE code = 'VHXH'", "differ from their version"),
    ("UPDATE campaign SET stage = 'RUNNING'", "differ from their version"),
    ("UPDATE campaign SET version = 1", "behind their versions"),
    ("DELETE FROM campaign", "gone or behind"),
    ("UPDATE principal SET grants = '[]' WHERE subject = 'chair'", "not those of their grants"),
    ("INSERT INTO event_queue SELECT id, staged FROM event WHERE staged = 3", "have a number and wait"),
    (
        "INSERT INTO idempotency (principal_id, key, fingerprint, event_id)
         SELECT id, 'k', sha256(''), gen_random_uuid() FROM principal LIMIT 1",
        "keys without event",
    ),
    (
        "UPDATE log_entry l SET seq = -l.seq FROM event e WHERE e.id = l.event_id AND e.object_type = 'campaign';
         UPDATE log_entry SET seq = (SELECT min(seq) + max(seq) FROM log_entry WHERE seq < 0) * -1 + seq WHERE seq < 0",
        "in the wrong order",
    ),
];

#[tokio::test]
async fn each_way_to_break_the_log_is_found() {
    let app = TestApp::start_at("2025-09-15").await;
    let draft = stage::drafted(&app).await;
    app.persona("coordinator").command(&format!("/campaigns/{}/submit", draft.id()), &draft).await.ok();
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
    let mut owner = app.database.owner().await;
    sqlx::raw_sql("ALTER TABLE log_entry DROP CONSTRAINT log_entry_seq_check").execute(&mut owner).await.unwrap();
    for (tampering, finding) in TAMPERED {
        sqlx::raw_sql("BEGIN").execute(&mut owner).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(*tampering)).execute(&mut owner).await.unwrap();
        let findings = check_log(&mut owner).await.unwrap().findings;
        assert!(findings.iter().any(|one| one.contains(finding)), "{tampering}: {finding}: {findings:#?}");
        sqlx::raw_sql("ROLLBACK").execute(&mut owner).await.unwrap();
    }
    assert_eq!(app.check_log().await.findings, Vec::<String>::new());
}
