//! What can keep the private PostgreSQL from running, each as a sentence that says what to do about it.

use std::io;
use std::path::{Path, PathBuf};

/// Why there is no cluster to connect to.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// The machine has no server, or only older ones.
    #[error(
        "there is no PostgreSQL server of version {oldest} or newer on this machine. Looked for `postgres` beside \
         `initdb` in:{looked}\nInstall one and start again: `scripts/ensure-postgres` does it with the system's package \
         manager (by hand: `apt-get install postgresql`, `dnf install postgresql-server`, `apk add postgresql`, \
         `brew install postgresql`)"
    )]
    NoServer {
        /// The oldest version that will do.
        oldest: u32,
        /// Every place that was tried, a line each, with the version where there was one.
        looked: String,
    },
    /// The data can only be read by a version that is not here any more.
    #[error(
        "the database in {home} was made by PostgreSQL {made_by}, which was not found:{looked}\nInstall that version, \
         or delete {home} to begin with an empty database"
    )]
    OtherVersion {
        /// The data directory.
        home: PathBuf,
        /// The major version that made it.
        made_by: u32,
        /// Every place that was tried.
        looked: String,
    },
    /// Two services would pull the database from under each other's feet.
    #[error("another thidua is running on {data}: stop it, or give this one a folder of its own with `--data`")]
    InUse {
        /// The data folder of both.
        data: PathBuf,
    },
    /// PostgreSQL insists on owning its files, and we do not take anybody else's.
    #[error("{path} belongs to another user: remove it, or choose another folder with `--data`")]
    Foreign {
        /// What is not ours.
        path: PathBuf,
    },
    /// Root has no one to hand the server to.
    #[error(
        "PostgreSQL refuses to run as root, and /etc/passwd has neither `postgres` nor `nobody` to run it as: \
         start thidua as an ordinary user"
    )]
    NoAccount,
    /// The operating system said no.
    #[error("could not {act} {path}: {cause}")]
    Io {
        /// What was tried, as a verb.
        act: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said. Part of the sentence, and therefore not also its source.
        cause: io::Error,
    },
    /// There is no database, and none could be made.
    #[error("PostgreSQL could not make a database in {home}; it said:\n{output}")]
    NotMade {
        /// Where it was to be.
        home: PathBuf,
        /// What `initdb` printed.
        output: String,
    },
    /// The server ended, or did not do what it was told to in time.
    #[error("PostgreSQL {failure}. The last lines of {log}:\n{tail}")]
    Server {
        /// What went wrong, as a verb.
        failure: &'static str,
        /// Where there is more to read.
        log: PathBuf,
        /// The end of it, since that usually is enough.
        tail: String,
    },
}

impl ClusterError {
    /// For `map_err`: an error of the operating system, with what was tried and on what.
    pub(super) fn io(act: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |cause| Self::Io { act, path, cause }
    }

    /// A failure that the log explains better than we could.
    pub(super) fn server(failure: &'static str, log: &Path) -> Self {
        const LINES: usize = 12;
        let text = std::fs::read(log).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<&str> = text.lines().collect();
        let last = &lines[lines.len().saturating_sub(LINES)..];
        Self::Server { failure, log: log.to_owned(), tail: last.iter().map(|line| format!("  {line}\n")).collect() }
    }
}
