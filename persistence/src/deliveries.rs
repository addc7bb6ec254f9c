//! Packages that wait to be carried to their recipients. Machinery, written by this module alone but for the statement that
//! saves a dispatch and queues its delivery with it.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use thidua_domain::{
    change::Aggregate,
    consolidation::ConsolidatedReport,
    dispatch::{Dispatch, DispatchId, Failure},
};

use crate::{
    checkout::Call,
    error::StoreError,
    outbox::{Outbox, Outcome},
    store::Store,
    stored::decode,
};

/// How often a package is tried at most: over some three days.
pub const MOST_ATTEMPTS: i32 = 10;

// After 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h (Standard Webhooks 1.0.0), and up to a tenth more, so that not all
// come back at once; not before the other side wants it. `$5` is the business clock, `$6` how long it asks us to wait.
const OUTBOX: Outbox = Outbox {
    table: "delivery",
    key: "dispatch_id",
    done: "delivered_at",
    now: "$5::timestamptz",
    lease: "interval '2 minutes'",
    next: "$5::timestamptz + greatest(
               interval '1 second' * (ARRAY[5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400])[attempts] * (1 + random() / 10),
               interval '1 second' * $6::float8)",
    most_attempts: MOST_ATTEMPTS,
};
// What is taken needs nothing but the clock.
const TAKING: Outbox = Outbox { now: "$1::timestamptz", ..OUTBOX };

/// A package that it is this process's turn to carry.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The dispatch.
    pub dispatch: Dispatch,
    /// The report, in the version that was sent.
    pub report: ConsolidatedReport,
    /// Which attempt this is, from 1.
    pub attempt: i32,
}

impl Store {
    /// Takes the next package that is due by the business clock, for this process alone for two minutes; should it die, it
    /// is tried again then.
    ///
    /// # Errors
    /// PostgreSQL cannot be asked.
    pub async fn next_delivery(&self, call: &Call) -> Result<Option<Taken>, StoreError> {
        let reader = self.read(call).await?;
        let sql = format!(
            "WITH {}
             SELECT d.state::text AS dispatch, v.state AS report, taken.attempts
             FROM taken JOIN dispatch d ON d.id = taken.dispatch_id
             JOIN version v ON v.object_type = '{}' AND v.object_id = d.report_id
                           AND v.version = (d.state ->> 'reportVersion')::bigint",
            TAKING.taken(),
            ConsolidatedReport::TYPE.as_str()
        );
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, [reader.now.utc().into()]);
        let row = reader.db.query_one_raw(statement).await?;
        row.as_ref().map(taken).transpose()
    }

    /// Keeps what became of the attempt; `wait` is how long the other side asks us to wait at least.
    ///
    /// # Errors
    /// PostgreSQL cannot be asked.
    pub async fn delivery_done(
        &self,
        call: &Call,
        id: DispatchId,
        outcome: Outcome<Failure>,
        wait: Duration,
    ) -> Result<(), StoreError> {
        let reader = self.read(call).await?;
        let (done, never) = (outcome == Outcome::Done, matches!(outcome, Outcome::Never(_)));
        let failure = outcome.failure().map(Failure::as_str);
        let values = [
            id.uuid().into(),
            done.into(),
            never.into(),
            failure.into(),
            reader.now.utc().into(),
            wait.as_secs_f64().into(),
        ];
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, OUTBOX.settle(), values);
        reader.db.query_all_raw(statement).await?;
        Ok(())
    }

    /// Whether an address has said that it takes nothing any more.
    ///
    /// # Errors
    /// PostgreSQL cannot be asked.
    pub async fn is_gone(&self, call: &Call, address: &str) -> Result<bool, StoreError> {
        let reader = self.read(call).await?;
        let sql = "SELECT 1 FROM gone_address WHERE address = $1";
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, [address.into()]);
        Ok(reader.db.query_one_raw(statement).await?.is_some())
    }

    /// Keeps in mind that an address takes nothing any more, or that it does again.
    ///
    /// # Errors
    /// PostgreSQL cannot be asked.
    pub async fn address_is_gone(&self, call: &Call, address: &str, gone: bool) -> Result<(), StoreError> {
        let reader = self.read(call).await?;
        let (sql, values): (_, Vec<sea_orm::Value>) = if gone {
            let sql = "INSERT INTO gone_address (address, since) VALUES ($1, $2) ON CONFLICT (address) DO NOTHING";
            (sql, vec![address.into(), reader.now.utc().into()])
        } else {
            ("DELETE FROM gone_address WHERE address = $1", vec![address.into()])
        };
        reader.db.query_all_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?;
        Ok(())
    }
}

fn taken(row: &QueryResult) -> Result<Taken, StoreError> {
    Ok(Taken {
        dispatch: decode(Dispatch::TYPE, &row.try_get_by::<String, _>("dispatch")?)?,
        report: decode(ConsolidatedReport::TYPE, &row.try_get_by::<String, _>("report")?)?,
        attempt: row.try_get_by("attempts")?,
    })
}
