//! Where a cluster keeps its data and its socket, and who owns them.
//!
//! What counts is the data folder of the service (`.thidua` in a checkout): `pg` in it is the database, and whoever
//! deletes the folder deletes the database. For an ordinary user `pg` is the data directory itself. A server started by
//! root runs as another user, to whom a checkout under `/root` is closed, so then `pg` is a link to a directory under
//! `/var/lib/thidua`, and a link back from there tells which of those directories nobody points to any more.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, symlink};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::account::{Account, own_uid};
use super::error::ClusterError;
use super::process::{Server, is_mentioned};

/// Data directories of servers that root started, a name per data folder.
const LIB: &str = "/var/lib/thidua";
/// Their sockets.
const RUN: &str = "/run/thidua";
/// A socket's path must fit into 104 bytes on some systems, 108 on others, and PostgreSQL adds `/.s.PGSQL.5432`.
const LONGEST_SOCKET_DIR: usize = 100 - "/.s.PGSQL.5432".len();

/// The folders of one cluster.
#[derive(Debug)]
pub(super) struct Place {
    /// The data directory; it need not exist yet.
    pub(super) home: PathBuf,
    /// Where the socket goes; it exists, unless it is the data directory.
    pub(super) socket_dir: PathBuf,
    /// Whom all of it belongs to, where that is not us.
    pub(super) account: Option<Account>,
}

impl Place {
    /// The place of the database of a data folder (an absolute path without links).
    pub(super) fn of(data: &Path) -> Result<Self, ClusterError> {
        match own_uid()? {
            0 => Self::behind(data),
            uid => Self::inside(data, uid),
        }
    }

    /// A place of its own that nobody will look for again, in memory where that can be had.
    pub(super) fn scratch() -> Result<(PathBuf, Self), ClusterError> {
        let account = if own_uid()? == 0 { Some(Account::for_server()?) } else { None };
        let temporary = std::env::temp_dir();
        let memory = Some(Path::new("/dev/shm")).filter(|_| memory_is_ample());
        let folder = memory.and_then(new_folder).or_else(|| new_folder(&temporary));
        let folder = folder.ok_or_else(|| io::ErrorKind::PermissionDenied.into());
        let folder = folder.map_err(ClusterError::io("make a folder in", &temporary))?;
        if let Some(account) = account {
            account.take(&folder)?;
        }
        let place = Self { home: folder.join("pg"), socket_dir: folder.clone(), account };
        Ok((folder, place))
    }

    fn inside(data: &Path, uid: u32) -> Result<Self, ClusterError> {
        let home = data.join("pg");
        // A link there was made by root, for whom the data is elsewhere.
        if fs::symlink_metadata(&home).is_ok_and(|entry| entry.is_symlink() || entry.uid() != uid) {
            return Err(ClusterError::Foreign { path: home });
        }
        if home.as_os_str().len() <= LONGEST_SOCKET_DIR {
            return Ok(Self { socket_dir: home.clone(), home, account: None });
        }
        let run = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
        let socket_dir = match run.filter(|run| fs::metadata(run).is_ok_and(|folder| folder.uid() == uid)) {
            Some(run) => run.join(format!("thidua-{}", digest(data))),
            None => PathBuf::from(format!("/tmp/thidua-{uid}-{}", digest(data))),
        };
        make_folder(&socket_dir, 0o700)?;
        // In /tmp anyone could have made it before us, and would then sit between us and the database.
        let made = fs::symlink_metadata(&socket_dir).map_err(ClusterError::io("read", &socket_dir))?;
        if !made.is_dir() || made.uid() != uid || made.mode() & 0o077 != 0 {
            return Err(ClusterError::Foreign { path: socket_dir });
        }
        Ok(Self { home, socket_dir, account: None })
    }

    fn behind(data: &Path) -> Result<Self, ClusterError> {
        let link = data.join("pg");
        if fs::symlink_metadata(&link).is_ok_and(|entry| !entry.is_symlink()) {
            return Err(ClusterError::Foreign { path: link });
        }
        let name = digest(data);
        let home = Path::new(LIB).join(&name);
        let socket_dir = Path::new(RUN).join(&name);
        make_folder(Path::new(LIB), 0o755)?;
        make_folder(Path::new(RUN), 0o755)?;
        {
            // One at a time, or one process would sweep away what another has not yet linked.
            let path = Path::new(LIB).join("lock");
            let turn = open_lock(&path)?;
            turn.lock().map_err(ClusterError::io("lock", &path))?;
            sweep(Path::new(LIB), &home)?;
            point(&link, &home)?;
            point(&link_back(&home), &link)?;
        }
        // An owner stays the owner, should a `postgres` user have come to the machine since.
        let account = Account::owner_of(&home).map_or_else(Account::for_server, Ok)?;
        make_folder(&socket_dir, 0o700)?;
        account.take(&socket_dir)?;
        Ok(Self { home, socket_dir, account: Some(account) })
    }
}

/// Opens a file to lock, which the system unlocks when this process ends, however it ends.
pub(super) fn open_lock(path: &Path) -> Result<File, ClusterError> {
    File::options().create(true).append(true).open(path).map_err(ClusterError::io("open", path))
}

/// Makes a folder, and those above it, unless it is there.
pub(super) fn make_folder(path: &Path, mode: u32) -> Result<(), ClusterError> {
    DirBuilder::new().recursive(true).mode(mode).create(path).map_err(ClusterError::io("make the folder", path))
}

/// Removes every data directory whose data folder no longer links to it. It must succeed only for `ours`, which would
/// otherwise bring back what was deleted; the others will have their turn at the next start.
fn sweep(lib: &Path, ours: &Path) -> Result<(), ClusterError> {
    for entry in fs::read_dir(lib).map_err(ClusterError::io("read", lib))?.flatten() {
        let home = entry.path().with_extension("");
        let back = link_back(&home);
        let abandoned = entry.path() == back && !fs::read_link(&back).is_ok_and(|link| points_to(&link, &home));
        if abandoned
            && let Err(error) = discard(&home)
            && home == ours
        {
            return Err(error);
        }
    }
    Ok(())
}

/// Removes a data directory under [`LIB`] with the server that may still run on it.
fn discard(home: &Path) -> Result<(), ClusterError> {
    if let Some(mut server) = Server::running(home) {
        server.end("QUIT", Duration::from_secs(5));
    }
    remove_unfinished(home);
    remove(home)?;
    remove(&Path::new(RUN).join(home.file_name().unwrap_or_default()))?;
    let back = link_back(home);
    fs::remove_file(&back).map_err(ClusterError::io("remove", &back))
}

/// A name for a data directory in the making. Each process has its own: the `initdb` of one that was killed may still
/// be writing.
pub(super) fn unfinished(home: &Path) -> PathBuf {
    home.with_extension(format!("new-{}", std::process::id()))
}

/// Removes what was never finished, as far as that goes: whatever stays is in nobody's way.
///
/// An `initdb` that is still at it is left to finish, and its work to the next start: with its folder taken away, it
/// would die without giving back the system's shared memory.
pub(super) fn remove_unfinished(home: &Path) {
    let siblings = home.parent().and_then(|parent| fs::read_dir(parent).ok()).into_iter().flatten().flatten();
    let was_to_be_home = |path: &Path| {
        path.with_extension("") == home && path.extension().is_some_and(|end| end.as_bytes().starts_with(b"new-"))
    };
    for path in siblings.map(|entry| entry.path()).filter(|path| was_to_be_home(path)) {
        if !is_mentioned(&path) {
            let _ = fs::remove_dir_all(path);
        }
    }
}

/// Removes a folder with all that is in it, if it is there.
pub(super) fn remove(folder: &Path) -> Result<(), ClusterError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(ClusterError::io("remove", folder)(error)),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Makes a link point to a target, whatever it pointed to before: a copied checkout brings the link of the original.
fn point(link: &Path, target: &Path) -> Result<(), ClusterError> {
    if points_to(link, target) {
        return Ok(());
    }
    if fs::symlink_metadata(link).is_ok() {
        fs::remove_file(link).map_err(ClusterError::io("remove", link))?;
    }
    symlink(target, link).map_err(ClusterError::io("link", link))
}

fn points_to(link: &Path, target: &Path) -> bool {
    fs::read_link(link).is_ok_and(|found| found == target)
}

fn link_back(home: &Path) -> PathBuf {
    home.with_extension("of")
}

/// A new folder for us alone under `parent`, if that can be written.
fn new_folder(parent: &Path) -> Option<PathBuf> {
    // A number may be taken by what an earlier process of this id left.
    let names = (0..100).map(|n| parent.join(format!("thidua-{}-{n}", std::process::id())));
    names.into_iter().find(|path| DirBuilder::new().mode(0o700).create(path).is_ok())
}

/// Whether `/dev/shm` has room for a cluster: containers often get 64 MB, which the first checkpoints would fill.
fn memory_is_ample() -> bool {
    const ENOUGH_KIB: u64 = 1024 * 1024;
    let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
    let options = mounts.lines().rev().find_map(|line| line.split(' ').nth(3).filter(|_| line.contains(" /dev/shm ")));
    let size = options.and_then(|options| options.split(',').find_map(|option| option.strip_prefix("size=")));
    // Without a size it is half of the machine's memory.
    size.is_none_or(|size| size.trim_end_matches('k').parse().is_ok_and(|kib: u64| kib >= ENOUGH_KIB))
}

/// A name for a path: FNV-1a, since the standard library's hash may change with the compiler and would lose the data.
fn digest(path: &Path) -> String {
    let bytes = path.as_os_str().as_bytes().iter();
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3));
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::digest;
    use std::path::Path;

    #[test]
    fn a_data_folder_keeps_its_name_from_one_compiler_to_the_next() {
        assert_eq!(digest(Path::new("")), "cbf29ce484222325");
        assert_eq!(digest(Path::new("foobar")), "85944171f73967e8");
    }
}
