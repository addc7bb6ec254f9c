//! What the application may do in the database: the second line, behind the policy of the domain.

use sqlx::{AssertSqlSafe, Executor, PgConnection};
use thidua_tests::{Database, TestApp};

use crate::stage;

/// Tables in which rows are changed in place; in all others they are only ever added.
const CHANGED: &[&str] = &[
    "assessment",
    "attachment",
    "calendar_day",
    "campaign",
    "consolidated_report",
    "delivery",
    "dispatch",
    "document",
    "document_series",
    "incoming_document",
    "mail",
    "mail_address",
    "notification",
    "period",
    "principal",
    "registration",
    "reminder_rule",
    "report",
    "scoring_rubric",
    "target",
    "unit",
    "validation_rule",
];
/// Tables of the machinery, whose rows come and go.
const CLEARED: &[&str] = &["event_queue", "gone_address", "idempotency", "mail", "mail_address", "notification"];

/// A connection that is the application's role and nothing behind it.
async fn application(database: &Database) -> PgConnection {
    let mut connection = database.owner().await;
    connection.execute("SET SESSION AUTHORIZATION thidua_app").await.unwrap();
    connection
}

async fn names(connection: &mut PgConnection, sql: &str) -> Vec<String> {
    sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_all(connection).await.unwrap()
}

async fn denied(connection: &mut PgConnection, sql: &str) {
    let error = connection.execute(AssertSqlSafe(sql.to_owned())).await.expect_err(sql);
    let code = error.as_database_error().and_then(|error| error.code()).unwrap_or_default().into_owned();
    // Not permitted, or not the owner's way to write a generated column.
    assert!(matches!(&*code, "42501" | "428C9"), "{sql}: {code} {error}");
}

#[tokio::test]
async fn the_application_owns_nothing_and_is_above_no_rule() {
    let database = Database::create().await;
    let mut owner = database.owner().await;
    let role = "SELECT rolname::text FROM pg_roles WHERE rolname = 'thidua_app'
        AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication OR rolcanlogin)";
    assert!(names(&mut owner, role).await.is_empty(), "the role has more than it needs");
    let owned = "SELECT relname::text FROM pg_class WHERE relowner = 'thidua_app'::regrole
        UNION ALL SELECT proname::text FROM pg_proc WHERE proowner = 'thidua_app'::regrole
        UNION ALL SELECT roleid::regrole::text FROM pg_auth_members WHERE member = 'thidua_app'::regrole";
    assert_eq!(names(&mut owner, owned).await, Vec::<String>::new());
    let creates = "SELECT 'public' WHERE has_schema_privilege('thidua_app', 'public', 'CREATE')";
    assert!(names(&mut owner, creates).await.is_empty(), "it may create in the schema");
}

#[tokio::test]
async fn what_was_logged_or_issued_is_never_changed_and_nothing_is_taken_away() {
    let database = Database::create().await;
    let mut owner = database.owner().await;
    let rights = "SELECT c.relname::text,
            has_table_privilege('thidua_app', c.oid, 'UPDATE') OR has_any_column_privilege('thidua_app', c.oid, 'UPDATE'),
            has_table_privilege('thidua_app', c.oid, 'DELETE'),
            has_table_privilege('thidua_app', c.oid, 'TRUNCATE, TRIGGER, REFERENCES')
        FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'";
    let found: Vec<(String, bool, bool, bool)> = sqlx::query_as(rights).fetch_all(&mut owner).await.unwrap();
    assert!(found.len() > 12);
    for (table, changes, deletes, more) in found {
        assert_eq!(changes, CHANGED.contains(&&*table), "UPDATE on {table}");
        assert_eq!(deletes, CLEARED.contains(&&*table), "DELETE on {table}");
        assert!(!more, "more than rows of {table}");
    }
}

#[tokio::test]
async fn the_application_cannot_bend_the_log() {
    let database = Database::create().await;
    let mut app = application(&database).await;
    app.execute("SELECT set_config('app.scope', '*', false)").await.unwrap();
    let forged = |columns: &str, overriding: &str, values: &str| {
        format!(
            "INSERT INTO event (id, object_type, object_id, object_version, action, principal_id, entry, salt{columns}) {overriding}
             SELECT gen_random_uuid(), 'unit', gen_random_uuid(), 1, 'unit.created', id, '', ''{values} FROM principal LIMIT 1"
        )
    };
    for sql in [
        forged(", staged", "OVERRIDING SYSTEM VALUE", ", 1"),
        forged(", recorded_at", "", ", now() - interval '1 year'"),
        "UPDATE event SET entry = '{}'".to_owned(),
        "DELETE FROM event".to_owned(),
        "TRUNCATE event CASCADE".to_owned(),
        "UPDATE log_entry SET seq = seq + 1".to_owned(),
        "DELETE FROM log_entry".to_owned(),
        "INSERT INTO log_entry (seq, event_id, leaf_hash, sequenced_at) SELECT 1, id, sha256(''), now() FROM event LIMIT 1".to_owned(),
        "UPDATE version SET state = '{}'".to_owned(),
        "DELETE FROM version".to_owned(),
        "UPDATE document SET number = 1".to_owned(),
        "DELETE FROM document".to_owned(),
        "DELETE FROM measurement".to_owned(),
        "UPDATE reminder SET state = '{}'".to_owned(),
        "DELETE FROM reminded_unit".to_owned(),
        "UPDATE notification SET principal_id = (SELECT id FROM principal LIMIT 1)".to_owned(),
        "DELETE FROM attachment".to_owned(),
        "DELETE FROM unit".to_owned(),
        "UPDATE instance SET cursor_key = ''".to_owned(),
        "UPDATE migration SET digest = ''".to_owned(),
        "SELECT setval(pg_get_serial_sequence('event', 'staged'), 1)".to_owned(),
        "ALTER TABLE event DISABLE TRIGGER ALL".to_owned(),
        "ALTER TABLE report DISABLE ROW LEVEL SECURITY".to_owned(),
        "DROP TABLE log_entry".to_owned(),
        "CREATE TABLE mine ()".to_owned(),
        "SET session_replication_role = replica".to_owned(),
        "SET ROLE postgres".to_owned(),
        "CREATE OR REPLACE FUNCTION take_fence(kind text, object uuid, exclusive boolean) RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'".to_owned(),
    ] {
        denied(&mut app, &sql).await;
    }
}

#[tokio::test]
async fn every_table_with_rows_of_units_is_under_row_level_security() {
    let database = Database::create().await;
    let mut owner = database.owner().await;
    let open = "SELECT c.relname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attname = 'unit_id' AND NOT a.attisdropped
          AND c.relname <> 'principal'
          AND NOT (c.relrowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd = '*' AND p.polpermissive))";
    assert_eq!(names(&mut owner, open).await, Vec::<String>::new());
    // A view shows what its owner sees unless it says otherwise; a materialised one always does.
    let views = "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND (relkind = 'm'
        OR (relkind = 'v' AND NOT coalesce(reloptions @> '{security_invoker=true}', false)))";
    assert_eq!(names(&mut owner, views).await, Vec::<String>::new());
    // What runs as its owner looks nothing up where its caller may have put something.
    let definers = "SELECT proname::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
        AND NOT coalesce(proconfig::text LIKE '%search_path=public, pg_temp%', false)";
    assert_eq!(names(&mut owner, definers).await, Vec::<String>::new());
}

/// A registration, a target, a measurement, a report, a notification and an attachment of each of two units, with an event and a version of each.
const ROWS: &str = "
    INSERT INTO period (id, version, stage, campaign_id, code, kind, due_before, created_at, updated_at, state)
    SELECT gen_random_uuid(), 1, 'PLANNED', id, 'T9', 'MONTHLY', now(), now(), now(), '{}' FROM campaign;
    CREATE TEMP TABLE pair AS SELECT u.id AS unit, u.code, c.id AS campaign, gen_random_uuid() AS object, gen_random_uuid() AS event
        FROM unit u, campaign c WHERE u.code IN ('TH1', 'TYTX');
    INSERT INTO registration (id, version, stage, campaign_id, unit_id, created_at, updated_at, state)
    SELECT object, 1, 'DRAFT', campaign, unit, now(), now(), '{}' FROM pair;
    INSERT INTO target (id, version, stage, campaign_id, unit_id, code, restricted, created_at, updated_at, state)
    SELECT object, 1, 'ACTIVE', campaign, unit, 'T', false, now(), now(), '{}' FROM pair;
    INSERT INTO event (id, object_type, object_id, object_version, action, campaign_id, unit_id, principal_id, entry, salt)
    SELECT event, 'registration', object, 1, 'registration.created', campaign, unit, (SELECT id FROM principal LIMIT 1), '{}', '' FROM pair;
    INSERT INTO version (object_type, object_id, version, event_id, schema, stage, campaign_id, unit_id, state)
    SELECT 'registration', object, 1, event, 1, 'DRAFT', campaign, unit, '{}' FROM pair;
    INSERT INTO measurement (id, version, stage, target_id, campaign_id, unit_id, event_id, as_of, created_at, updated_at, state)
    SELECT object, 1, 'ACTIVE', object, campaign, unit, event, now(), now(), now(), '{}' FROM pair;
    INSERT INTO report (id, version, stage, campaign_id, period_id, unit_id, created_at, updated_at, state)
    SELECT object, 1, 'DRAFT', campaign, (SELECT id FROM period), unit, now(), now(), '{}' FROM pair;
    INSERT INTO reminder (id, version, stage, campaign_id, created_at, updated_at, state)
    SELECT gen_random_uuid(), 1, 'SENT', id, now(), now(), '{}' FROM campaign;
    INSERT INTO reminded_unit (reminder_id, unit_id, subject_id)
    SELECT (SELECT id FROM reminder), unit, campaign FROM pair;
    INSERT INTO notification (id, principal_id, reminder_id, unit_id, created_at)
    SELECT object, (SELECT id FROM principal LIMIT 1), (SELECT id FROM reminder), unit, now() FROM pair;
    INSERT INTO attachment (id, version, stage, campaign_id, unit_id, report_id, content_id, content_kept, created_at, updated_at, state)
    SELECT object, 1, 'ATTACHED', campaign, unit, object, gen_random_uuid(), true, now(), now(), '{}' FROM pair;";

const SCOPED: &[(&str, &str)] = &[
    ("registration", "true"),
    ("target", "true"),
    ("measurement", "true"),
    ("report", "true"),
    ("reminded_unit", "true"),
    ("notification", "true"),
    ("attachment", "true"),
    ("version", "object_type = 'registration'"),
    ("event", "object_type = 'registration'"),
];

/// The codes of the units whose rows are seen.
async fn seen(app: &mut PgConnection, table: &str, condition: &str) -> Vec<String> {
    let sql = format!("SELECT u.code FROM {table} t JOIN unit u ON u.id = t.unit_id WHERE {condition} ORDER BY u.code");
    names(app, &sql).await
}

#[tokio::test]
async fn rows_of_units_are_seen_within_the_scope_and_without_one_not_at_all() {
    let app = TestApp::start_at("2025-09-15").await;
    stage::drafted(&app).await;
    app.database.owner().await.execute(ROWS).await.unwrap();
    let mut connection = application(&app.database).await;
    let school: String = names(&mut connection, "SELECT id::text FROM unit WHERE code = 'TH1'").await.remove(0);
    let station: String = names(&mut connection, "SELECT id::text FROM unit WHERE code = 'TYTX'").await.remove(0);
    let scopes: &[(Option<String>, &[&str])] = &[
        (None, &[]),
        (Some(String::new()), &[]),
        (Some("{}".to_owned()), &[]),
        (Some(format!("{{{school}}}")), &["TH1"]),
        (Some(format!("{{{school},{station}}}")), &["TH1", "TYTX"]),
        (Some("*".to_owned()), &["TH1", "TYTX"]),
        (Some(String::new()), &[]),
    ];
    for (scope, units) in scopes {
        if let Some(scope) = scope {
            sqlx::query("SELECT set_config('app.scope', $1, false)")
                .bind(scope)
                .execute(&mut connection)
                .await
                .unwrap();
        }
        for (table, condition) in SCOPED {
            assert_eq!(seen(&mut connection, table, condition).await, *units, "{table} with the scope {scope:?}");
        }
    }
    // Nothing is put where it would not be seen.
    sqlx::query("SELECT set_config('app.scope', $1, false)")
        .bind(format!("{{{school}}}"))
        .execute(&mut connection)
        .await
        .unwrap();
    let elsewhere = format!(
        "INSERT INTO registration (id, version, stage, campaign_id, unit_id, created_at, updated_at, state)
         SELECT gen_random_uuid(), 1, 'WITHDRAWN', id, '{station}', now(), now(), '{{}}' FROM campaign"
    );
    denied(&mut connection, &elsewhere).await;
    let moved = format!("UPDATE registration SET unit_id = '{station}'");
    denied(&mut connection, &moved).await;
}
