//! The user that the server runs as: PostgreSQL refuses to run as root.

use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use super::error::ClusterError;

const PASSWD: &str = "/etc/passwd";

/// A user and its group, by number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Account {
    uid: u32,
    gid: u32,
}

impl Account {
    /// Whom root hands the server to; PostgreSQL looks its own user up, so it must be one that is listed.
    pub(super) fn for_server() -> Result<Self, ClusterError> {
        let passwd = fs::read_to_string(PASSWD).map_err(ClusterError::io("read", Path::new(PASSWD)))?;
        ["postgres", "nobody"].iter().find_map(|name| Self::listed(&passwd, name)).ok_or(ClusterError::NoAccount)
    }

    /// The owner of a folder, if there is one and it is not root.
    pub(super) fn owner_of(path: &Path) -> Option<Self> {
        let folder = fs::metadata(path).ok()?;
        (folder.uid() != 0).then(|| Self { uid: folder.uid(), gid: folder.gid() })
    }

    fn listed(passwd: &str, name: &str) -> Option<Self> {
        let line = passwd.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
        let mut numbers = line.split(':').skip(1);
        Some(Self { uid: numbers.next()?.parse().ok()?, gid: numbers.next()?.parse().ok()? })
    }

    /// Gives a file or folder to this user.
    pub(super) fn take(self, path: &Path) -> Result<(), ClusterError> {
        chown(path, Some(self.uid), Some(self.gid)).map_err(ClusterError::io("hand over", path))
    }

    /// Makes a command run as this user; the standard library drops root's other groups along the way.
    pub(super) fn apply(self, command: &mut Command) {
        command.uid(self.uid).gid(self.gid);
    }
}

/// The number of the user that this process runs as.
pub(super) fn own_uid() -> Result<u32, ClusterError> {
    if let Ok(this) = fs::metadata("/proc/self") {
        return Ok(this.uid());
    }
    // Where there is no /proc (macOS), `id` knows.
    let printed = Command::new("id").arg("-u").output().and_then(|ran| {
        String::from_utf8_lossy(&ran.stdout).trim().parse().map_err(|_| io::Error::other("it printed no number"))
    });
    printed.map_err(ClusterError::io("run", Path::new("id")))
}

#[cfg(test)]
mod tests {
    use super::Account;

    #[test]
    fn a_user_is_found_by_its_whole_name() {
        let passwd = "root:x:0:0:root:/root:/bin/sh\npostgres-old:x:7:8::/:/bin/sh\npostgres:x:101:104:DBA,,,:/var/lib:/bin/sh\n";
        assert_eq!(Account::listed(passwd, "postgres"), Some(Account { uid: 101, gid: 104 }));
        assert_eq!(Account::listed(passwd, "nobody"), None);
    }
}
