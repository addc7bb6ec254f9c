//! What breaks: clients that crash, a database that goes away, a service that is killed. Whatever happens, a write that was
//! acknowledged stands in the log exactly once, no transaction stays open, and the log has no gap.

mod checker;
mod database;
pub(crate) mod kills;
mod pool;
mod resets;

use thidua_tests::{Database, History};

/// Nothing that was acknowledged is lost or done twice, nothing is left open, and the log is whole.
async fn all_is_well(database: &Database, history: &History) {
    let within = std::time::Instant::now();
    while database.open_transactions().await > 0 {
        assert!(within.elapsed().as_secs() < 2, "a transaction stays open");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(database.check_log().await.findings, Vec::<String>::new());
    assert_eq!(history.check_units(&mut database.owner().await).await, Vec::<String>::new());
}
