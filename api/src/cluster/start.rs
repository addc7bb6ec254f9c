//! How a server comes up: adopted where one still runs, else started, on a new database if there is none.

use std::fs::{self, DirBuilder, File};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::error::ClusterError;
use super::find::{find_binaries, find_binaries_of};
use super::place::{self, Place};
use super::process::{Server, command, was_cut_off};

/// The role that owns everything in a new cluster.
pub const SUPERUSER: &str = "postgres";

/// Only a part of the socket's name here, so any number would do; this is the one that clients assume.
pub(super) const PORT: u16 = 5432;

/// A start after a crash replays what was not saved yet, which can take a while on a slow disk.
const START_LIMIT: Duration = Duration::from_secs(60);

/// A fast shutdown breaks off all connections and saves everything.
pub(super) const STOP_LIMIT: Duration = Duration::from_secs(20);

/// How long the orphans of a killed server may hold on to what it shared with them.
const ORPHANS_LIMIT: Duration = Duration::from_secs(5);

/// What the data is worth.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Profile {
    /// What was committed survives a power cut: PostgreSQL's own careful defaults.
    Durable,
    /// For tests: nothing is ever forced to disk, nothing is kept for replicas, and nothing runs by itself.
    Disposable,
}

impl Profile {
    fn settings(self) -> &'static [&'static str] {
        match self {
            Self::Durable => &["max_connections=64"],
            Self::Disposable => &[
                // Every test has a service with a pool of its own.
                "max_connections=300",
                "fsync=off",
                "synchronous_commit=off",
                "full_page_writes=off",
                "autovacuum=off",
                "wal_level=minimal",
                "max_wal_senders=0",
                // Else a server that is killed leaves segments in /dev/shm; this way they go with its folder.
                "dynamic_shared_memory_type=mmap",
            ],
        }
    }

    /// `C` sorts by code point on every system, and needs no locale installed. Not synchronising halves the time.
    fn initdb(self) -> &'static [&'static str] {
        match self {
            Self::Durable => &["--encoding=UTF8", "--locale=C", "--auth=trust"],
            Self::Disposable => &["--encoding=UTF8", "--locale=C", "--auth=trust", "--no-sync"],
        }
    }
}

/// Finds or starts the server of a place. A program that makes a new database reads nothing from `stdin`, but holds it
/// open until it is through, even where we are killed.
pub(super) fn serve(place: &Place, profile: Profile, stdin: Stdio) -> Result<Server, ClusterError> {
    let made_by = made_by(&place.home);
    let binaries = made_by.map_or_else(find_binaries, |major| find_binaries_of(major, &place.home))?;
    let program = binaries.join("postgres");
    let arguments = arguments(place, profile);
    if let Some(mut server) = Server::running(&place.home) {
        // One with other settings, from another build of ours or of PostgreSQL, makes room for a new one.
        if server.is_as(&program, &arguments) && server.becomes_ready(START_LIMIT) {
            return Ok(server);
        }
        if !server.end("INT", STOP_LIMIT) {
            return Err(ClusterError::server("did not stop", &log_of(&place.home)));
        }
    }
    place::remove_unfinished(&place.home);
    if made_by.is_none() {
        make(place, &binaries.join("initdb"), profile, stdin)?;
    }
    launch(place, &program, &arguments)
}

/// Where a server writes what it has to say.
pub(super) fn log_of(home: &Path) -> PathBuf {
    home.join("server.log")
}

/// The major version that made a data directory, if there is one.
fn made_by(home: &Path) -> Option<u32> {
    fs::read_to_string(home.join("PG_VERSION")).ok()?.trim().parse().ok()
}

/// What a server is started with. Everything that matters is said here and not in its configuration file, so that the
/// settings are those of this build, whichever build made the database.
fn arguments(place: &Place, profile: Profile) -> Vec<String> {
    // The setting is a list, in which quotes keep a comma or a blank of the path.
    let sockets = place.socket_dir.display().to_string().replace('"', "\"\"");
    let always = [
        "listen_addresses=".to_owned(),
        format!("unix_socket_directories=\"{sockets}\""),
        "unix_socket_permissions=0700".to_owned(),
        format!("port={PORT}"),
        "logging_collector=off".to_owned(),
        "log_destination=stderr".to_owned(),
    ];
    let settings = always.into_iter().chain(profile.settings().iter().map(|&setting| setting.to_owned()));
    let directory = ["-D".to_owned(), place.home.display().to_string()];
    directory.into_iter().chain(settings.flat_map(|setting| ["-c".to_owned(), setting])).collect()
}

/// Makes a new, empty database: beside its place first, so that one that was cut off is never taken for whole.
fn make(place: &Place, initdb: &Path, profile: Profile, stdin: Stdio) -> Result<(), ClusterError> {
    let unfinished = place::unfinished(&place.home);
    DirBuilder::new().mode(0o700).create(&unfinished).map_err(ClusterError::io("make the folder", &unfinished))?;
    if let Some(account) = place.account {
        account.take(&unfinished)?;
    }
    let mut initdb_command = command(initdb, place.account);
    initdb_command.args(profile.initdb()).args(["--username", SUPERUSER, "-D"]).arg(&unfinished).stdin(stdin);
    let ran = initdb_command.output().map_err(ClusterError::io("run", initdb))?;
    if !ran.status.success() {
        let output = [ran.stdout, ran.stderr].concat();
        return Err(ClusterError::NotMade {
            home: place.home.clone(),
            output: String::from_utf8_lossy(&output).into_owned(),
        });
    }
    fs::rename(&unfinished, &place.home).map_err(ClusterError::io("put into place", &place.home))
}

/// Starts a server and waits until it takes connections.
fn launch(place: &Place, program: &Path, arguments: &[String]) -> Result<Server, ClusterError> {
    let since = Instant::now();
    let cut_off = was_cut_off(&place.home, &place.socket_dir.join(format!(".s.PGSQL.{PORT}.lock")))?;
    loop {
        let log = new_log(place)?;
        let mut postgres = command(program, place.account);
        postgres.args(arguments);
        let mut server = Server::spawn(postgres, &place.home, &log).map_err(ClusterError::io("run", program))?;
        if server.becomes_ready(START_LIMIT) {
            return Ok(server);
        }
        server.end("QUIT", STOP_LIMIT);
        if !cut_off || since.elapsed() > ORPHANS_LIMIT {
            return Err(ClusterError::server("did not get ready", &log_of(&place.home)));
        }
        sleep(Duration::from_millis(200));
    }
}

/// A new log; the one before is kept, since it may say why there has to be a new one.
fn new_log(place: &Place) -> Result<File, ClusterError> {
    let path = log_of(&place.home);
    if path.exists() {
        fs::rename(&path, path.with_extension("log.1")).map_err(ClusterError::io("rename", &path))?;
    }
    let log = File::options().create(true).append(true).open(&path).map_err(ClusterError::io("open", &path))?;
    if let Some(account) = place.account {
        account.take(&path)?;
    }
    Ok(log)
}
