//! A service that is killed, twenty times, while it works.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use thidua_api::{
    auth::DevIssuer,
    dispatches::{Allowed, Correspondence, Correspondent, Courier, Webhook},
    service::{DevOptions, start_dev},
};
use thidua_domain::{dispatch::Channel, time::Timestamp};
use thidua_tests::{Attempt, Database, History};
use tokio::{sync::watch, time::sleep};

use crate::protocol::new_unit;

const DATABASE: &str = "THIDUA_TEST_DATABASE";
const DATA: &str = "THIDUA_TEST_DATA";
const FILES: &str = "THIDUA_TEST_FILES";
const AT: &str = "THIDUA_TEST_AT";
const RECIPIENT: &str = "THIDUA_TEST_RECIPIENT";
const SECRETS: &str = "THIDUA_TEST_SECRETS";

/// With whom it exchanges documents: with a recipient on this machine, where it is told of one.
fn exchange() -> Option<Correspondence> {
    let (url, secrets) = (std::env::var(RECIPIENT).ok()?, std::env::var(SECRETS).ok()?);
    let here = Allowed(vec!["127.0.0.1/32".parse().unwrap()]);
    let webhook = Webhook::to(&url, Path::new(&secrets), here).unwrap();
    let carrier: Option<Arc<dyn thidua_api::dispatches::Deliver>> = Some(Arc::new(webhook));
    let city = Correspondent { name: None, code: None, for_information: false, channel: Channel::Webhook, carrier };
    Some(Correspondence { own_code: None, correspondents: vec![city] })
}

/// The service in a process of its own: this very program, run again.
#[test]
#[ignore = "the test beside it starts this one in another process, to kill it"]
#[expect(clippy::print_stdout, reason = "this is how it tells that it is ready")]
fn a_service_that_waits_to_be_killed() {
    let told = |name| std::env::var(name).unwrap();
    let (database, data, files) = (told(DATABASE), PathBuf::from(told(DATA)), PathBuf::from(told(FILES)));
    actix_web::rt::System::new().block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let exchange = exchange();
        let options = DevOptions {
            data: &data,
            files: &files,
            most_bytes: 1 << 20,
            database: &database,
            workers: 2,
            requests_per_minute: 1_000_000,
            typesetter: thidua_api::printing::Typesetter::beside_this_program(),
            exchange: &exchange.clone().unwrap_or_default(),
        };
        let service = start_dev(listener, options).unwrap();
        service.state.store.clock().freeze(Timestamp::parse(&told(AT)).unwrap());
        println!("ready {}", service.base);
        actix_web::rt::spawn(service.state.scheduler.clone().run());
        if exchange.is_some() {
            actix_web::rt::spawn(Courier::of(&service.state).run());
        }
        std::future::pending::<()>().await;
    });
}

/// A service that is killed when this is dropped.
pub(crate) struct Service {
    child: Child,
    pub(crate) base: String,
}

impl Service {
    fn start(database: &Database, data: &Path) -> Self {
        Self::start_with(database, data, &data.join("files-of-the-killed"), "2025-09-15T08:00:00+07:00")
    }

    /// One whose key lies in `data`, and whose clock stands still.
    pub(crate) fn start_with(database: &Database, data: &Path, files: &Path, at: &str) -> Self {
        Self::run(Self::command(database, data, files, at))
    }

    /// One that carries packages to this address.
    pub(crate) fn carrying(
        database: &Database,
        data: &Path,
        files: &Path,
        at: &str,
        recipient: &str,
        secrets: &Path,
    ) -> Self {
        let mut command = Self::command(database, data, files, at);
        command.env(RECIPIENT, recipient).env(SECRETS, secrets);
        Self::run(command)
    }

    fn command(database: &Database, data: &Path, files: &Path, at: &str) -> Command {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["--exact", "faults::kills::a_service_that_waits_to_be_killed", "--ignored", "--nocapture"])
            .env(DATABASE, database.url())
            .env(DATA, data)
            .env(FILES, files)
            .env(AT, at)
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        command
    }

    fn run(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let told = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let base = told.filter_map(|line| Some(line.split_once("ready ")?.1.to_owned())).next();
        Self { child, base: base.expect("the service starts") }
    }
}

impl Drop for Service {
    // SIGKILL: nothing in it is told.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[derive(Default)]
struct Told {
    history: History,
    replayed: AtomicUsize,
    over: AtomicBool,
}

/// Enters one unit after the other, each until it is told that it is done: with the same key, wherever the service is.
async fn write_on(writer: usize, token: String, base: watch::Receiver<String>, told: Arc<Told>) {
    let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(5)).build().unwrap();
    for count in 0.. {
        let code = format!("K{writer}-{count}");
        let attempt = Attempt::of(&code);
        let event = loop {
            if told.over.load(Ordering::SeqCst) {
                return told.history.note(attempt);
            }
            let url = format!("{}/v1/units", base.borrow().clone());
            let request = client.post(url).bearer_auth(&token).header("Idempotency-Key", &code).json(&new_unit(&code));
            match request.send().await {
                Ok(answer) if answer.status() == 201 => {
                    let replayed = answer.headers().contains_key("Idempotency-Replayed");
                    told.replayed.fetch_add(replayed.into(), Ordering::SeqCst);
                    break answer.headers()["Event-Id"].to_str().unwrap().to_owned();
                }
                Ok(answer) => assert!(matches!(answer.status().as_u16(), 409 | 503), "{}", answer.status()),
                Err(_) => {}
            }
            sleep(Duration::from_millis(5)).await;
        };
        told.history.note(attempt.acknowledged(&event));
    }
}

#[tokio::test]
async fn twenty_kills_under_load_lose_no_acknowledged_write_and_repeat_none() {
    let database = Database::create().await;
    let data = std::env::temp_dir().join(format!("thidua-kills-{}", std::process::id()));
    std::fs::create_dir_all(&data).unwrap();
    let token = DevIssuer::in_folder(&data).unwrap().mint("admin").unwrap();
    let mut service = Service::start(&database, &data);
    let (tell, base) = watch::channel(service.base.clone());
    let told = Arc::new(Told::default());
    let writers: Vec<_> =
        (0..6).map(|writer| tokio::spawn(write_on(writer, token.clone(), base.clone(), told.clone()))).collect();
    for kill in 0..20 {
        // Each service does some work before it dies, in the midst of more.
        let wanted = told.history.acknowledged() + 5;
        while told.history.acknowledged() < wanted {
            sleep(Duration::from_millis(5)).await;
        }
        sleep(Duration::from_millis(kill * 7 % 40)).await;
        drop(service);
        service = Service::start(&database, &data);
        tell.send(service.base.clone()).unwrap();
    }
    sleep(Duration::from_millis(300)).await;
    told.over.store(true, Ordering::SeqCst);
    for one in writers {
        one.await.unwrap();
    }
    super::all_is_well(&database, &told.history).await;
    drop(service);
    // Some died between the commit and the answer: their callers were told by a repetition.
    assert!(told.replayed.load(Ordering::SeqCst) > 0);
    std::fs::remove_dir_all(&data).unwrap();
}
