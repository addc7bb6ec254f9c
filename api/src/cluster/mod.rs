//! A private PostgreSQL: the database of `thidua dev`, and the throw-away one of the tests.
//!
//! It shares nothing with another server on the machine and listens on no network: the only way in is a socket in a
//! folder of mode 0700, which is why it asks for no password. A service that is killed leaves the server running, and
//! the next one on the same data folder adopts it.
//!
//! Everything here blocks, for a second or two where a database is made: from async code, use `spawn_blocking`.

mod account;
mod error;
mod find;
mod place;
mod process;
mod reaper;
mod start;
#[cfg(test)]
mod tests;

use std::fs::{self, File, TryLockError};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

pub use error::ClusterError;
pub use find::find_binaries;
pub use start::{Profile, SUPERUSER};

use place::Place;
use process::{Server, within};
use reaper::Reaper;
use start::{PORT, STOP_LIMIT, log_of, serve};

/// A service that was killed just now takes a moment to be gone.
const LOCK_LIMIT: Duration = Duration::from_secs(1);

/// What leaving without [`Cluster::stop`], by a panic for instance, may cost at most; the server ends by itself then.
const DROP_LIMIT: Duration = Duration::from_secs(1);

/// A running server of our own.
#[derive(Debug)]
#[must_use = "dropping it ends the server"]
pub struct Cluster {
    server: Server,
    place: Place,
    keep: Keep,
}

/// What makes it ours.
#[derive(Debug)]
enum Keep {
    /// A data folder that no one else may use meanwhile; the file is held for its lock.
    Folder { _lock: File },
    /// Whoever takes a throw-away cluster away in the end, with or without us.
    Scratch(Reaper),
}

impl Cluster {
    /// A server on the database of a data folder: the one that still runs there, or a new one; on a new database if
    /// there is none.
    ///
    /// # Errors
    /// No server on the machine, the folder in use or not ours, or a server that does not start. Each says what to do.
    pub fn start(data: &Path, profile: Profile) -> Result<Self, ClusterError> {
        place::make_folder(data, 0o700)?;
        let data = fs::canonicalize(data).map_err(ClusterError::io("find", data))?;
        let path = data.join("lock");
        let lock = place::open_lock(&path)?;
        let mut outcome = Ok(());
        within(LOCK_LIMIT, || {
            outcome = lock.try_lock();
            !matches!(outcome, Err(TryLockError::WouldBlock))
        });
        match outcome {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(ClusterError::InUse { data }),
            Err(TryLockError::Error(cause)) => return Err(ClusterError::io("lock", &path)(cause)),
        }
        let place = Place::of(&data)?;
        let server = serve(&place, profile, Stdio::null())?;
        Ok(Self { server, place, keep: Keep::Folder { _lock: lock } })
    }

    /// A new, empty server for this process, in memory where that is ample. It is gone when the process is, whether
    /// that returns, panics or is killed.
    ///
    /// # Errors
    /// No server on the machine, nowhere to put it, or a server that does not start.
    pub fn start_disposable() -> Result<Self, ClusterError> {
        let (folder, place) = Place::scratch()?;
        // It waits before there is anything to take away, so that there is no moment in which something would stay.
        let reaper = Reaper::wait_for_our_end(&folder, &place.home, place.account)?;
        let server = serve(&place, Profile::Disposable, reaper.line()?)?;
        Ok(Self { server, place, keep: Keep::Scratch(reaper) })
    }

    /// The folder of the socket, which any client takes as its host.
    #[must_use]
    pub fn socket_dir(&self) -> &Path {
        &self.place.socket_dir
    }

    /// The port, which is part of the socket's name.
    #[must_use]
    pub const fn port(&self) -> u16 {
        PORT
    }

    /// The process id of the server, for measuring it.
    #[must_use]
    pub const fn pid(&self) -> u32 {
        self.server.pid()
    }

    /// The address of a database for a user, as sqlx and PostgreSQL's own clients read it.
    #[must_use]
    pub fn url(&self, database: &str, user: &str) -> String {
        let host = self.place.socket_dir.to_string_lossy();
        let [user, database, host] = [user, database, &host].map(percent_encoded);
        format!("postgres://{user}@localhost:{PORT}/{database}?host={host}")
    }

    /// Breaks off all connections, saves everything and ends the server; a throw-away cluster is removed.
    ///
    /// # Errors
    /// The server is still there after 20 seconds; the end of its log is in the error.
    pub fn stop(mut self) -> Result<(), ClusterError> {
        let log = log_of(&self.place.home);
        if self.end(STOP_LIMIT) { Ok(()) } else { Err(ClusterError::server("did not stop", &log)) }
    }

    fn end(&mut self, limit: Duration) -> bool {
        match &mut self.keep {
            Keep::Folder { .. } => {
                let ended = self.server.end("INT", limit);
                // Where the socket had a folder to itself, that is empty now.
                let _ = fs::remove_dir(&self.place.socket_dir);
                ended
            }
            Keep::Scratch(reaper) => {
                reaper.call();
                // The reaper sees the server gone only when we, its parent, have collected it.
                self.server.is_gone_within(limit) && reaper.is_done_within(limit)
            }
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.end(DROP_LIMIT);
    }
}

/// Text as a part of an address: what has no meaning there stays, the rest is written by its bytes.
fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut written, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                written.push(char::from(byte))
            }
            other => written.push_str(&format!("%{other:02X}")),
        }
        written
    })
}
