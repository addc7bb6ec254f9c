//! One cluster for the whole run, one template for each state of the migrations and seeds, one database for each test.

use std::{
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use thidua_api::{
    cluster::Cluster,
    story::{Cast, register_cast},
};
use thidua_domain::time::Timestamp;
use thidua_persistence::{LogCheck, Pool, PoolOptions, Store, check_log, connect_options, migrate};
use tokio::sync::OnceCell;

static CLUSTER: LazyLock<Cluster> = LazyLock::new(|| Cluster::start_disposable().expect("a disposable PostgreSQL"));
static TEMPLATE: OnceCell<()> = OnceCell::const_new();
static COUNT: AtomicU32 = AtomicU32::new(0);

/// The name of the template; the cluster is new in every run, so that it never holds an older one.
const TEMPLATE_NAME: &str = "template_cast";

/// The cluster of this run.
pub fn cluster() -> &'static Cluster {
    &CLUSTER
}

/// A database of one test: migrated, with the units and callers of the story. It goes with the cluster.
#[derive(Clone, Debug)]
pub struct Database {
    name: String,
}

impl Database {
    /// A new database.
    pub async fn create() -> Self {
        TEMPLATE.get_or_init(template).await;
        let name = format!("test_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let mut owner = connect("postgres").await;
        let sql = format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE_NAME} STRATEGY file_copy");
        owner.execute(AssertSqlSafe(sql)).await.expect("a database for the test");
        Self { name }
    }

    /// A new database in which nothing is.
    pub async fn empty() -> Self {
        let name = format!("test_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        migrate::create_database(&mut connect("postgres").await, &name).await.expect("a database for the test");
        Self { name }
    }

    /// Its name, which no other database of this run has.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its address, for the service.
    pub fn url(&self) -> String {
        self.url_as("postgres")
    }

    /// Its address with another login.
    pub fn url_as(&self, login: &str) -> String {
        cluster().url(&self.name, login)
    }

    /// A connection as its owner, for looking behind the scenes.
    pub async fn owner(&self) -> PgConnection {
        connect(&self.name).await
    }

    /// What the log's checker finds, once every event has its number.
    pub async fn check_log(&self) -> LogCheck {
        let mut owner = self.owner().await;
        for _ in 0..100 {
            let check = check_log(&mut owner).await.expect("the log can be read");
            if check.waiting == 0 {
                return check;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("events wait for their number for ever");
    }

    /// How many connections the service has to it.
    pub async fn backends(&self) -> i64 {
        self.count_backends("true").await
    }

    /// How many of them are in a transaction that nobody carries on.
    pub async fn open_transactions(&self) -> i64 {
        self.count_backends("state LIKE 'idle in transaction%'").await
    }

    async fn count_backends(&self, condition: &str) -> i64 {
        let sql = format!(
            "SELECT count(*) FROM pg_stat_activity
             WHERE application_name = 'thidua' AND datname = current_database() AND {condition}"
        );
        let count = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut self.owner().await).await;
        count.expect("the server tells of its connections")
    }
}

async fn connect(database: &str) -> PgConnection {
    PgConnection::connect(&cluster().url(database, "postgres")).await.expect("a connection as the owner")
}

async fn template() {
    let mut maintenance = connect("postgres").await;
    migrate::create_database(&mut maintenance, TEMPLATE_NAME).await.expect("the template");
    let mut owner = connect(TEMPLATE_NAME).await;
    migrate::up(&mut owner).await.expect("the migrations");
    owner.close().await.expect("nobody is connected to the template");
    let url = cluster().url(TEMPLATE_NAME, "postgres");
    // Units of work run in local tasks, as they do in a worker of the service.
    let filled = tokio::task::spawn_blocking(move || {
        actix_web::rt::System::new().block_on(async {
            let options = PoolOptions { size: 1, ..PoolOptions::default() };
            let store = Store::new(Pool::new(connect_options(&url).expect("an address"), options));
            store.clock().freeze(Timestamp::parse("2025-09-10T08:00:00+07:00").expect("an instant"));
            store.ids().reproducible();
            register_cast(&store, &Cast::read().expect("the cast")).await.expect("the cast is registered");
        });
    });
    filled.await.expect("the template is filled");
}
