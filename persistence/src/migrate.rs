//! Migrations: forward-only SQL files, each applied once, in order, in a transaction of its own. And what a service asks of
//! a database before it trusts it.

use std::collections::HashMap;

use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};

use crate::stored::hex;

/// The files, in order; each begins with why.
pub const MIGRATIONS: &[(&str, &str)] = &[
    ("0001_ground", include_str!("../migrations/0001_ground.sql")),
    ("0002_campaign", include_str!("../migrations/0002_campaign.sql")),
    ("0003_rules", include_str!("../migrations/0003_rules.sql")),
    ("0004_calendar", include_str!("../migrations/0004_calendar.sql")),
    ("0006_progress", include_str!("../migrations/0006_progress.sql")),
    ("0007_evidence", include_str!("../migrations/0007_evidence.sql")),
    ("0008_reminders", include_str!("../migrations/0008_reminders.sql")),
    ("0008_reminders_mail", include_str!("../migrations/0008_reminders_mail.sql")),
    ("0009_imports", include_str!("../migrations/0009_imports.sql")),
    ("0010_office_reports", include_str!("../migrations/0010_office_reports.sql")),
    ("0011_reorganised_units", include_str!("../migrations/0011_reorganised_units.sql")),
    ("0011_unit_heritage", include_str!("../migrations/0011_unit_heritage.sql")),
    ("0012_scoring", include_str!("../migrations/0012_scoring.sql")),
    ("0020_changes", include_str!("../migrations/0020_changes.sql")),
    ("0021_measurement_evidence", include_str!("../migrations/0021_measurement_evidence.sql")),
    ("0022_registers", include_str!("../migrations/0022_registers.sql")),
    ("0022_registers_acts", include_str!("../migrations/0022_registers_acts.sql")),
    ("0022_registers_incoming", include_str!("../migrations/0022_registers_incoming.sql")),
    ("0023_dispatch", include_str!("../migrations/0023_dispatch.sql")),
    ("0023_dispatch_delivery", include_str!("../migrations/0023_dispatch_delivery.sql")),
    ("0024_assessments", include_str!("../migrations/0024_assessments.sql")),
    ("0025_reached_days", include_str!("../migrations/0025_reached_days.sql")),
    ("0026_register_files", include_str!("../migrations/0026_register_files.sql")),
    ("0026_target_topic", include_str!("../migrations/0026_target_topic.sql")),
    ("0027_parts_of_sums", include_str!("../migrations/0027_parts_of_sums.sql")),
    ("0028_reminded_with", include_str!("../migrations/0028_reminded_with.sql")),
    ("0029_own_numbers", include_str!("../migrations/0029_own_numbers.sql")),
];

/// Why migrating failed.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// PostgreSQL says no.
    #[error("migration {name}: {error}")]
    Sql {
        /// Which file.
        name: String,
        /// What PostgreSQL says.
        error: sqlx::Error,
    },
    /// A file that was applied has changed since; history is never rewritten.
    #[error("migration {0} was applied in another form; add a new one instead")]
    Changed(String),
}

/// A digest over all files: databases of the same digest have the same schema.
#[must_use]
pub fn digest() -> String {
    let all = MIGRATIONS.iter().fold(Sha256::new(), |hash, (name, sql)| hash.chain_update(name).chain_update(sql));
    hex(&all.finalize()[..8])
}

/// Applies what is missing and says which files that were. Runs as the owner of the schema.
///
/// # Errors
/// PostgreSQL's, or that an applied file has changed.
pub async fn up(connection: &mut PgConnection) -> Result<Vec<&'static str>, MigrateError> {
    let failed = |name: &str| {
        let name = name.to_owned();
        move |error| MigrateError::Sql { name, error }
    };
    let set_up = "SELECT pg_advisory_lock(hashtextextended('thidua migrate', 0));
                  CREATE TABLE IF NOT EXISTS migration (
                      name text PRIMARY KEY, digest text NOT NULL, applied_at timestamptz NOT NULL DEFAULT clock_timestamp());";
    sqlx::raw_sql(set_up).execute(&mut *connection).await.map_err(failed("set-up"))?;
    let missing = pending(connection).await?;
    for (name, sql) in MIGRATIONS.iter().filter(|(name, _)| missing.contains(name)) {
        let fingerprint = hex(&Sha256::digest(sql));
        let mut transaction = connection.begin().await.map_err(failed(name))?;
        sqlx::raw_sql(AssertSqlSafe(*sql)).execute(&mut *transaction).await.map_err(failed(name))?;
        let record = sqlx::query("INSERT INTO migration (name, digest) VALUES ($1, $2)").bind(name).bind(fingerprint);
        record.execute(&mut *transaction).await.map_err(failed(name))?;
        transaction.commit().await.map_err(failed(name))?;
    }
    let unlock = "GRANT SELECT ON migration TO thidua_app;
                  SELECT pg_advisory_unlock(hashtextextended('thidua migrate', 0))";
    sqlx::raw_sql(unlock).execute(&mut *connection).await.map_err(failed("unlock"))?;
    Ok(missing)
}

/// The files that were not applied to this database; all of them where it is empty.
///
/// # Errors
/// PostgreSQL cannot be asked, or an applied file has changed.
pub async fn pending(connection: &mut PgConnection) -> Result<Vec<&'static str>, MigrateError> {
    let failed = |error| MigrateError::Sql { name: "status".to_owned(), error };
    let begun: bool = sqlx::query_scalar("SELECT to_regclass('public.migration') IS NOT NULL")
        .fetch_one(&mut *connection)
        .await
        .map_err(failed)?;
    if !begun {
        return Ok(MIGRATIONS.iter().map(|(name, _)| *name).collect());
    }
    let rows = sqlx::query("SELECT name, digest FROM migration").fetch_all(connection).await.map_err(failed)?;
    let mut applied = HashMap::new();
    for row in rows {
        applied.insert(
            row.try_get::<String, _>("name").map_err(failed)?,
            row.try_get::<String, _>("digest").map_err(failed)?,
        );
    }
    let mut pending = Vec::new();
    for (name, sql) in MIGRATIONS {
        match applied.get(*name) {
            None => pending.push(*name),
            Some(digest) if *digest == hex(&Sha256::digest(sql)) => {}
            Some(_) => return Err(MigrateError::Changed((*name).to_owned())),
        }
    }
    Ok(pending)
}

/// What makes the login of this connection unfit for production, a sentence; `None` where row-level security and the rights
/// of `thidua_app` hold for it whatever it does.
///
/// # Errors
/// PostgreSQL cannot be asked.
pub async fn unfit_login(connection: &mut PgConnection) -> Result<Option<String>, MigrateError> {
    let sql = "SELECT rolname::text FROM pg_roles
               WHERE rolname = session_user AND (rolsuper OR rolbypassrls OR rolcreaterole)";
    let found: Option<String> = sqlx::query_scalar(sql)
        .fetch_optional(connection)
        .await
        .map_err(|error| MigrateError::Sql { name: "login".to_owned(), error })?;
    let sentence = |login| {
        format!(
            "the login {login} is a superuser, bypasses row-level security or makes roles; take one that is only a member of thidua_app"
        )
    };
    Ok(found.map(sentence))
}

/// Connects as the owner of a database, without the role and limits of the application.
///
/// # Errors
/// PostgreSQL cannot be reached.
pub async fn connect(url: &str) -> Result<PgConnection, MigrateError> {
    PgConnection::connect(url).await.map_err(|error| MigrateError::Sql { name: "connecting".to_owned(), error })
}

/// Drops a database with whoever is still connected to it. `name` is ours, never a caller's.
///
/// # Errors
/// PostgreSQL says no.
pub async fn drop_database(connection: &mut PgConnection, name: &str) -> Result<(), MigrateError> {
    let failed = |error| MigrateError::Sql { name: format!("database {name}"), error };
    let dropped = sqlx::raw_sql(AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")));
    dropped.execute(connection).await.map(drop).map_err(failed)
}

/// Makes a database when there is none of that name; answers whether it did. `name` is ours, never a caller's.
///
/// # Errors
/// PostgreSQL says no.
pub async fn create_database(connection: &mut PgConnection, name: &str) -> Result<bool, MigrateError> {
    let failed = |error| MigrateError::Sql { name: format!("database {name}"), error };
    let found = sqlx::query("SELECT FROM pg_database WHERE datname = $1").bind(name);
    if found.fetch_optional(&mut *connection).await.map_err(failed)?.is_some() {
        return Ok(false);
    }
    let made = sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(connection).await;
    made.map(|_| true).map_err(failed)
}
