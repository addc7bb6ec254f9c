//! The server as a process: starting it, knowing it again, and ending it.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::account::Account;
use super::error::ClusterError;

/// A command that runs as the server's user and is left alone by what happens to us: it sits in no folder that may go
/// away, reads nothing, and is in a process group of its own, so that Ctrl-C reaches only us and we end it in order.
pub(super) fn command(program: impl AsRef<OsStr>, account: Option<Account>) -> Command {
    let mut command = Command::new(program);
    // The locale is pinned so that a log can be read anywhere; the zone, because initdb writes it into the settings.
    command.current_dir("/").env("LC_ALL", "C").env("TZ", "UTC").stdin(Stdio::null()).process_group(0);
    if let Some(account) = account {
        account.apply(&mut command);
    }
    command
}

/// A server that serves a data directory, started by us or found there.
#[derive(Debug)]
pub(super) struct Server {
    pid: u32,
    home: PathBuf,
    /// Ours to collect when it ends; a server that we found is somebody else's child.
    child: Option<Child>,
}

/// What the server says of itself in its lock file.
#[derive(PartialEq, Eq)]
enum Word {
    /// It takes connections.
    Ready,
    /// It is on its way up, or says nothing yet.
    Starting,
    /// It is on its way down.
    Stopping,
}

impl Server {
    /// Starts a server on `home`; both its outputs go to `log`.
    pub(super) fn spawn(mut command: Command, home: &Path, log: &fs::File) -> std::io::Result<Self> {
        let child = command.stdout(log.try_clone()?).stderr(log.try_clone()?).spawn()?;
        Ok(Self { pid: child.id(), home: home.to_owned(), child: Some(child) })
    }

    /// The server that still runs on `home`, left by a service that was killed.
    ///
    /// It is looked for among the processes, since a lock file proves nothing: after a crash the number in it may be
    /// another program's by now, and a server whose folder was deleted under it has none.
    pub(super) fn running(home: &Path) -> Option<Self> {
        let found: Vec<u32> =
            processes().into_iter().filter(|(_, line)| serves(line, home)).map(|(pid, _)| pid).collect();
        // A server that is just forking shows twice; the one with the lock is the one to talk to.
        let locked = named_in(&lock_file(home)).filter(|pid| found.contains(pid));
        let pid = locked.or_else(|| found.first().copied())?;
        Some(Self { pid, home: home.to_owned(), child: None })
    }

    /// The process, for measuring it.
    pub(super) const fn pid(&self) -> u32 {
        self.pid
    }

    /// Whether it has its folder still, and was started with exactly these words and so with the settings in them.
    pub(super) fn is_as(&self, program: &Path, arguments: &[String]) -> bool {
        let wanted = format!("{} {}", program.display(), arguments.join(" "));
        named_in(&lock_file(&self.home)) == Some(self.pid)
            && command_line(self.pid).is_some_and(|line| line.trim_end() == wanted)
    }

    /// Waits for it to take connections; false when it ends or goes down instead.
    pub(super) fn becomes_ready(&mut self, limit: Duration) -> bool {
        let mut word = Word::Starting;
        within(limit, || {
            word = self.word();
            word != Word::Starting || self.is_gone()
        });
        word == Word::Ready
    }

    /// Tells it to end, and waits for that; false when it is still there after `limit`.
    ///
    /// `INT` breaks off connections and saves everything, `QUIT` leaves the saving to the next start.
    pub(super) fn end(&mut self, signal: &str, limit: Duration) -> bool {
        // Once it is gone its number may be another's.
        if self.is_gone() {
            return true;
        }
        // The standard library only knows KILL, which PostgreSQL must be spared; `kill` is built into every shell.
        let sent =
            Command::new("sh").args(["-c", "kill -s \"$1\" \"$2\"", "sh", signal, &self.pid.to_string()]).output();
        sent.is_ok() && self.is_gone_within(limit)
    }

    /// Waits for it to have ended.
    pub(super) fn is_gone_within(&mut self, limit: Duration) -> bool {
        within(limit, || self.is_gone())
    }

    /// Whether it has ended.
    pub(super) fn is_gone(&mut self) -> bool {
        match &mut self.child {
            Some(child) => matches!(child.try_wait(), Ok(Some(_))),
            None => !command_line(self.pid).is_some_and(|line| serves(&line, &self.home)),
        }
    }

    /// The eighth line of the lock file, by which `pg_ctl` waits too. A lock that is not this server's says nothing yet.
    fn word(&self) -> Word {
        let text = fs::read_to_string(lock_file(&self.home)).unwrap_or_default();
        let mut lines = text.lines();
        if lines.next().and_then(|pid| pid.parse().ok()) != Some(self.pid) {
            return Word::Starting;
        }
        match lines.nth(6).map(str::trim) {
            Some("ready") => Word::Ready,
            Some("stopping") => Word::Stopping,
            Some(_) | None => Word::Starting,
        }
    }
}

fn lock_file(home: &Path) -> PathBuf {
    home.join("postmaster.pid")
}

/// The process that a lock file names, whether or not it lives.
fn named_in(lock: &Path) -> Option<u32> {
    fs::read_to_string(lock).ok()?.lines().next()?.parse().ok()
}

/// Whether one of the lock files of a server that is known to be gone is still there, so that it did not end in order.
///
/// PostgreSQL sees through a lock that names the dead, and learns from it whom to wait for. It gives up on one that
/// names nobody, or a living program that has the number by now; those are taken away.
pub(super) fn was_cut_off(home: &Path, socket_lock: &Path) -> Result<bool, ClusterError> {
    let mut left = false;
    for lock in [&lock_file(home), socket_lock].into_iter().filter(|lock| lock.exists()) {
        left = true;
        if named_in(lock).is_none_or(|pid| command_line(pid).is_some()) {
            fs::remove_file(lock).map_err(ClusterError::io("remove", lock))?;
        }
    }
    Ok(left)
}

fn serves(command_line: &str, home: &Path) -> bool {
    command_line.contains(&format!("/postgres -D {} ", home.display()))
}

/// The words that a living process was started with; anyone may read them, unlike its working directory.
fn command_line(pid: u32) -> Option<String> {
    let line = match fs::read(format!("/proc/{pid}/cmdline")) {
        Ok(words) => words,
        Err(_) if has_proc() => return None,
        Err(_) => Command::new("ps").args(["-o", "command=", "-p", &pid.to_string()]).output().ok()?.stdout,
    };
    // The dead whom nobody has collected yet have no words left.
    (!line.is_empty()).then(|| String::from_utf8_lossy(&line).replace('\0', " "))
}

/// All processes that can be seen, with the words that they were started with.
fn processes() -> Vec<(u32, String)> {
    if has_proc() {
        let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
        let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        return pids.filter_map(|pid| Some((pid, command_line(pid)?))).collect();
    }
    let listed = Command::new("ps").args(["-axo", "pid=,command="]).output().map(|ran| ran.stdout).unwrap_or_default();
    let lines = String::from_utf8_lossy(&listed);
    let pairs = lines.lines().filter_map(|line| line.trim_start().split_once(' '));
    pairs.filter_map(|(pid, line)| Some((pid.parse().ok()?, line.to_owned()))).collect()
}

/// Whether a living process was started with this path.
pub(super) fn is_mentioned(path: &Path) -> bool {
    let path = path.display().to_string();
    processes().iter().any(|(_, line)| line.contains(&path))
}

/// Looks again and again until it is so; false when it is not within the limit.
pub(super) fn within(limit: Duration, mut is_so: impl FnMut() -> bool) -> bool {
    let since = Instant::now();
    loop {
        if is_so() {
            return true;
        }
        if since.elapsed() >= limit {
            return false;
        }
        sleep(Duration::from_millis(10));
    }
}

/// macOS has none; there, `ps` tells the same, only slower.
fn has_proc() -> bool {
    Path::new("/proc/self").exists()
}
