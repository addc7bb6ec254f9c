//! A service of its own for each test.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
};

use actix_web::dev::ServerHandle;
use thidua_api::{
    app,
    auth::{DevIssuer, StepUp, Verifier},
    dispatches::{Correspondence, Courier},
    files::Files,
    printing::Typesetter,
    service::{DevOptions, start_dev},
    state::State,
};
use thidua_domain::time::Timestamp;
use thidua_persistence::{LogCheck, Pool, PoolOptions, Store, connect_options};
use tokio::sync::oneshot;

use crate::{
    client::Person,
    database::{Database, cluster},
};

/// A running service with a business clock that stands still.
#[derive(Debug)]
pub struct TestApp {
    /// `http://127.0.0.1:…`.
    pub base: String,
    /// Its database.
    pub database: Database,
    /// What its workers share.
    pub state: State,
    /// Signs tokens.
    pub issuer: DevIssuer,
    /// Everybody's, since making one takes longer than most tests; of this test alone, since it lives on its runtime.
    client: reqwest::Client,
    /// Where the bytes of its files lie.
    pub files: PathBuf,
    stop: Option<oneshot::Sender<()>>,
}

/// What a test may want otherwise than the others.
#[derive(Clone, Debug)]
pub struct Setup {
    /// How many requests each caller has a minute.
    pub requests_per_minute: u32,
    /// Where the keys of the issuer are fetched from, instead of the issuer of `dev`.
    pub keys: Option<String>,
    /// What that issuer is asked for where a signature is recorded.
    pub step_up: Option<StepUp>,
    /// The most bytes of a file.
    pub most_bytes: u64,
    /// Who sets papers as PDF, instead of the program beside the tests.
    pub typesetter: Option<Typesetter>,
    /// With whom documents are exchanged.
    pub exchange: Correspondence,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            requests_per_minute: 1_000_000,
            keys: None,
            step_up: None,
            most_bytes: 1 << 20,
            typesetter: None,
            exchange: Correspondence::default(),
        }
    }
}

impl TestApp {
    /// A service whose business clock stands at 08:00 of a day in Viet Nam, or at an instant.
    pub async fn start_at(moment: &str) -> Self {
        Self::start_with(moment, Setup::default()).await
    }

    /// The same, set up otherwise.
    pub async fn start_with(moment: &str, setup: Setup) -> Self {
        let database = Database::create().await;
        let url = database.url();
        let files = key_folder().join(database.name());
        let folder = files.clone();
        let (started, starting) = oneshot::channel();
        let (stop, stopping) = oneshot::channel::<()>();
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let (base, state, issuer, handle) = serve(&url, &folder, setup);
                started.send((base, state, issuer)).expect("the test waits for its service");
                // Either the test says so, or it is gone: both end the service.
                let _ = stopping.await;
                handle.stop(false).await;
            });
        });
        let (base, state, issuer) = starting.await.expect("the service started");
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        let app = Self { base, database, state, issuer, client, files, stop: Some(stop) };
        app.at(moment);
        app
    }

    /// How many events there are: a refusal adds none.
    pub async fn events(&self) -> i64 {
        let count = sqlx::query_scalar("SELECT count(*) FROM event");
        count.fetch_one(&mut self.database.owner().await).await.expect("the events can be counted")
    }

    /// Moves the business clock.
    pub fn at(&self, moment: &str) {
        let instant = Timestamp::parse(moment).or_else(|| Timestamp::parse(&format!("{moment}T08:00:00+07:00")));
        self.state.store.clock().freeze(instant.expect("a day or an instant"));
    }

    /// Moves the business clock as somebody does in `dev`, where what is due by then is done before it answers.
    pub async fn moved_to(&self, moment: &str) {
        let instant = if moment.contains('T') { moment.to_owned() } else { format!("{moment}T08:00:00+07:00") };
        let request = self.client.put(format!("{}/dev/clock", self.base)).json(&serde_json::json!({ "at": instant }));
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status().as_u16(), 200, "the clock to {moment}");
    }

    /// The day of the business clock.
    pub fn today(&self) -> String {
        self.state.store.clock().frozen_at().expect("a clock of a test stands still").date().to_string()
    }

    /// A persona of the story: `coordinator`, `unit-head`.
    pub fn persona(&self, name: &str) -> Person {
        self.bearer(self.issuer.mint(name).expect("a token"))
    }

    /// Somebody without a token.
    pub fn stranger(&self) -> Person {
        Person::new(&self.base, None, self.client.clone())
    }

    /// Somebody with this very token.
    pub fn bearer(&self, token: String) -> Person {
        Person::new(&self.base, Some(token), self.client.clone())
    }

    /// Carries everything that waits to be carried to a recipient, as the service does every few seconds.
    pub async fn packages_go_out(&self) {
        let courier = Courier::of(&self.state);
        courier.round().await.expect("the packages are carried");
    }

    /// What the log's checker finds, once every event has its number.
    pub async fn check_log(&self) -> LogCheck {
        self.database.check_log().await
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // A service that is gone already needs no telling.
            let _ = stop.send(());
        }
        // What cannot be removed goes with the machine's temporary files.
        let _ = std::fs::remove_dir_all(&self.files);
    }
}

fn serve(url: &str, files: &Path, setup: Setup) -> (String, State, DevIssuer, ServerHandle) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let data = key_folder();
    let Setup { requests_per_minute, keys, step_up, most_bytes, typesetter, exchange } = setup;
    let typesetter = typesetter.unwrap_or_else(Typesetter::beside_this_program);
    let Some(keys) = keys else {
        let options = DevOptions {
            data: &data,
            files,
            most_bytes,
            database: url,
            workers: 2,
            requests_per_minute,
            typesetter,
            exchange: &exchange,
        };
        let service = start_dev(listener, options).expect("the service starts");
        return (service.base, service.state, service.issuer, service.handle);
    };
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let issuer = DevIssuer::in_folder(&data).expect("a key");
    let pool = PoolOptions { workers: 2, ..PoolOptions::default() };
    let store = Store::new(Pool::new(connect_options(url).expect("an address"), pool));
    let files = Files::in_folder(files, most_bytes).expect("a folder for files");
    let verifier = Verifier::new(vec![issuer.configured(keys).asked_for(step_up)]);
    let mut state = State::new(store, files, verifier, requests_per_minute, true);
    state.typesetter = typesetter;
    let server = app::serve(listener, state.clone(), 2).expect("the service starts");
    let handle = server.handle();
    actix_web::rt::spawn(server);
    (base, state, issuer, handle)
}

/// One key for all services of a run.
pub(crate) fn key_folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("thidua-tests-{}", cluster().pid()));
    std::fs::create_dir_all(&folder).expect("a folder for the key");
    folder
}
