//! `thidua dev`: a private PostgreSQL, the real plan, demonstration data, a local issuer; ready with one line.

use std::{
    net::{SocketAddr, TcpListener},
    path::PathBuf,
};

use chrono::NaiveDate;
use clap::Args;
use thidua_domain::time::Timestamp;
use thidua_persistence::migrate;

use super::{Said, print};
use crate::{
    cluster::{Cluster, Profile, SUPERUSER},
    dispatches::{Correspondence, Courier},
    printing::Typesetter,
    service::{DevOptions, DevService, start_dev, told_to_end},
    story::{Cast, Player, Scene, StoryError, play, register_cast},
    telemetry,
};

/// The data folder, unless it is named.
pub(super) const DATA: &str = ".thidua";
/// The file that says to which day the demonstration was told.
const TOLD: &str = "demonstration";
/// Where the bytes of files lie, within the data folder; they are as new as the database.
pub(super) const FILES: &str = "files";
/// Where packages for the city are put, within the data folder.
const OUTGOING: &str = "outgoing";
/// The most bytes of a file in `dev`.
pub(super) const MOST_BYTES: u64 = 25 << 20;
/// The name of the database.
const DATABASE: &str = "thidua";
/// Before the first step of the story.
const BEFORE: &str = "2025-09-10T08:00:00+07:00";
/// The name under which the story is played, here and by `thidua story`: what was done once is not done again.
pub(super) const PERFORMANCE: &str = "demo";
/// The hour at which the demonstration stands: 17:00, when a day's work is done.
const EVENING_SECONDS: i64 = 17 * 3600;
/// The share of each caller in `dev`: more than any person or judge sends.
const REQUESTS_PER_MINUTE: u32 = 60_000;

/// After the freeze of the city report, before its deadline.
pub(super) const DEFAULT_DAY: NaiveDate = match NaiveDate::from_ymd_opt(2025, 12, 8) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

#[derive(Debug, Args)]
pub(super) struct Dev {
    /// Where to answer; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8080")]
    bind: SocketAddr,
    /// The data folder; it is made when it does not exist.
    #[arg(long, default_value = DATA)]
    data: PathBuf,
    /// The day at which the demonstration stands still.
    #[arg(long, default_value_t = DEFAULT_DAY)]
    at: NaiveDate,
    /// The share of each caller; measurements need more.
    #[arg(long, default_value_t = REQUESTS_PER_MINUTE, hide = true)]
    requests_per_minute: u32,
}

impl Default for Dev {
    fn default() -> Self {
        Self {
            bind: SocketAddr::from(([127, 0, 0, 1], 8080)),
            data: PathBuf::from(DATA),
            at: DEFAULT_DAY,
            requests_per_minute: REQUESTS_PER_MINUTE,
        }
    }
}

impl Dev {
    pub(super) fn run(self) -> Result<(), Said> {
        telemetry::begin("warn");
        std::fs::create_dir_all(&self.data).map_err(|error| format!("{}: {error}", self.data.display()))?;
        // Bound before anything else is started: a taken port is the likeliest thing to go wrong.
        let listener =
            TcpListener::bind(self.bind).map_err(|error| format!("cannot answer at {}: {error}", self.bind))?;
        let cluster = Cluster::start(&self.data, Profile::Durable).map_err(|error| error.to_string())?;
        let served = actix_web::rt::System::new().block_on(self.serve(listener, &cluster));
        cluster.stop().map_err(|error| error.to_string())?;
        served
    }

    async fn serve(&self, listener: TcpListener, cluster: &Cluster) -> Result<(), Said> {
        // A demonstration that was cut off is told anew: until it was told to its end, nobody was told `ready`.
        let told = self.data.join(TOLD);
        let is_new = !told.exists();
        let database = prepare(cluster, is_new).await?;
        let files = self.data.join(FILES);
        let outgoing = self.data.join(OUTGOING);
        for folder in [&files, &outgoing] {
            if is_new && folder.exists() {
                std::fs::remove_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
            }
        }
        let exchange =
            Correspondence::into_folder(&outgoing).map_err(|error| format!("{}: {error}", outgoing.display()))?;
        let options = DevOptions {
            data: &self.data,
            files: &files,
            most_bytes: MOST_BYTES,
            database: &database,
            workers: std::thread::available_parallelism().map_or(2, std::num::NonZero::get),
            requests_per_minute: self.requests_per_minute,
            typesetter: Typesetter::beside_this_program(),
            exchange: &exchange,
        };
        let service = start_dev(listener, options).map_err(|error| error.to_string())?;
        let stands_at = evening(self.at);
        let cast = Cast::read().map_err(|error| error.to_string())?;
        if is_new {
            let player = Player::new(service.base.clone(), service.issuer.clone(), PERFORMANCE);
            let mut player = player.map_err(|error| error.to_string())?;
            demonstrate(&service, &cast, &mut player, stands_at).await.map_err(|error| error.to_string())?;
            std::fs::write(&told, self.at.to_string()).map_err(|error| format!("{}: {error}", told.display()))?;
        }
        service.state.store.clock().freeze(stands_at);
        // Only now: while the demonstration is told, reminders go out with the steps that move the clock.
        actix_web::rt::spawn(service.state.scheduler.clone().run());
        actix_web::rt::spawn(Courier::of(&service.state).run());
        print(&format!("ready {}", service.base));
        let names: Vec<_> = cast.personas.iter().map(|persona| persona.name.as_str()).collect();
        print(&format!("personas {}", names.join(" ")));
        told_to_end().await;
        service.handle.stop(true).await;
        Ok(())
    }
}

/// Plays the story before anybody else is answered to: reproducible identifiers, each step at its day.
pub(super) async fn demonstrate(
    service: &DevService,
    cast: &Cast,
    player: &mut Player,
    until: Timestamp,
) -> Result<(), StoryError> {
    let store = &service.state.store;
    store.ids().reproducible();
    store.clock().freeze(Timestamp::parse(BEFORE).ok_or_else(|| StoryError::Seed(BEFORE.to_owned()))?);
    register_cast(store, cast).await?;
    let mut tell = |line: &str| tracing::info!(line, "demonstration");
    let played = play(player, &mut Scene { until, tell: &mut tell }).await;
    store.ids().random();
    played.map(drop)
}

/// 17:00 of a day, where the demonstration stands.
pub(super) fn evening(day: NaiveDate) -> Timestamp {
    Timestamp::new(Timestamp::start_of(day).utc() + chrono::TimeDelta::seconds(EVENING_SECONDS))
}

/// Makes the database when there is none, or anew, and migrates it; answers its address.
pub(super) async fn prepare(cluster: &Cluster, anew: bool) -> Result<String, Said> {
    let said = |error: &dyn std::fmt::Display| error.to_string();
    let mut maintenance = migrate::connect(&cluster.url("postgres", SUPERUSER)).await.map_err(|e| said(&e))?;
    if anew {
        migrate::drop_database(&mut maintenance, DATABASE).await.map_err(|e| said(&e))?;
    }
    migrate::create_database(&mut maintenance, DATABASE).await.map_err(|e| said(&e))?;
    let mut owner = migrate::connect(&cluster.url(DATABASE, SUPERUSER)).await.map_err(|e| said(&e))?;
    migrate::up(&mut owner).await.map_err(|e| said(&e))?;
    Ok(cluster.url(DATABASE, SUPERUSER))
}
