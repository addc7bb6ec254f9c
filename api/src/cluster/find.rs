//! Where the machine keeps a PostgreSQL server that will do.

use std::cmp::Reverse;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::error::ClusterError;

/// Older servers lack what the migrations use.
const OLDEST: u32 = 15;

/// The list that `scripts/ensure-postgres` goes by too, so that what one finds the other does.
const USUAL_PLACES: &str = include_str!("../../../scripts/postgres-places");

/// The folder with `postgres` and `initdb` of a version that will do: the `PATH` first, then `pg_config --bindir`, then
/// the usual places, newest version first.
///
/// # Errors
/// [`ClusterError::NoServer`], saying where it looked and how to install one.
pub fn find_binaries() -> Result<PathBuf, ClusterError> {
    search(|major| major >= OLDEST).map_err(|looked| ClusterError::NoServer { oldest: OLDEST, looked })
}

/// The same, but the one version that can read the data in `home`.
pub(super) fn find_binaries_of(made_by: u32, home: &Path) -> Result<PathBuf, ClusterError> {
    search(|major| major == made_by).map_err(|looked| ClusterError::OtherVersion {
        home: home.to_owned(),
        made_by,
        looked,
    })
}

/// The first server that will do, or else a list of where there was none.
fn search(will_do: impl Fn(u32) -> bool) -> Result<PathBuf, String> {
    let mut looked = String::new();
    let mut first_in = |name: &str, folders: Vec<PathBuf>| {
        looked.push_str(&format!("\n  {name}"));
        for (folder, major) in folders.iter().filter_map(|folder| server_in(folder)) {
            if will_do(major) {
                return Some(folder);
            }
            looked.push_str(&format!(" (version {major} in {})", folder.display()));
        }
        None
    };
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = first_in("the PATH", std::env::split_paths(&path).collect());
    let found = found.or_else(|| first_in("the answer of pg_config --bindir", from_pg_config()));
    let mut usual = USUAL_PLACES.lines().filter(|line| line.starts_with('/'));
    found.or_else(|| usual.find_map(|place| first_in(place, expand(place)))).ok_or(looked)
}

/// The real folder of the server whose programs (or links to them) are in `folder`, and its major version.
fn server_in(folder: &Path) -> Option<(PathBuf, u32)> {
    // Links are followed because the server finds its library beside its real self, and because it runs from `/`.
    let real = fs::canonicalize(folder.join("postgres")).ok()?.parent()?.to_owned();
    if !real.join("initdb").is_file() {
        return None;
    }
    let answer = Command::new(real.join("postgres")).arg("--version").output().ok()?;
    let major = major_of(&String::from_utf8_lossy(&answer.stdout))?;
    Some((real, major))
}

/// Reads `postgres (PostgreSQL) 15.14 (Debian 15.14-1)`, and `17beta1` as 17.
fn major_of(answer: &str) -> Option<u32> {
    let version = answer.split_whitespace().nth(2)?;
    version.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

fn from_pg_config() -> Vec<PathBuf> {
    let Ok(answer) = Command::new("pg_config").arg("--bindir").output() else { return Vec::new() };
    vec![PathBuf::from(String::from_utf8_lossy(&answer.stdout).trim())]
}

/// The folders that a line of the list stands for, newest version first.
fn expand(place: &str) -> Vec<PathBuf> {
    let Some((before, after)) = place.split_once('*') else { return vec![PathBuf::from(place)] };
    let (parent, prefix) = before.rsplit_once('/').unwrap_or((".", before));
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    let mut versions: Vec<u32> =
        entries.filter_map(|entry| entry.file_name().to_str()?.strip_prefix(prefix)?.parse().ok()).collect();
    versions.sort_unstable_by_key(|version| Reverse(*version));
    versions.iter().map(|version| PathBuf::from(format!("{before}{version}{after}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::{expand, find_binaries, major_of, search};
    use std::fs;

    #[test]
    fn a_place_names_the_newest_version_first_and_nothing_that_is_no_version() {
        let root = std::env::temp_dir().join(format!("thidua-places-{}", std::process::id()));
        for name in ["pg9", "pg15", "pg100", "pgadmin", "other16"] {
            fs::create_dir_all(root.join(name)).unwrap();
        }
        let found = expand(&format!("{}/pg*/bin", root.display()));
        fs::remove_dir_all(&root).unwrap();
        assert_eq!(found, ["pg100/bin", "pg15/bin", "pg9/bin"].map(|place| root.join(place)));
    }

    #[test]
    fn a_version_is_read_from_every_way_the_server_prints_it() {
        assert_eq!(major_of("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n"), Some(15));
        assert_eq!(major_of("postgres (PostgreSQL) 18beta2"), Some(18));
        assert_eq!(major_of("command not found"), None);
    }

    #[test]
    fn the_server_of_this_machine_is_found() {
        let found = find_binaries().unwrap();
        assert!(found.join("postgres").is_file() && found.join("initdb").is_file());
    }

    #[test]
    fn a_search_in_vain_says_where_it_looked_and_what_it_passed_over() {
        let looked = search(|_| false).unwrap_err();
        for place in ["the PATH", "pg_config --bindir", "/usr/lib/postgresql/*/bin", "(version "] {
            assert!(looked.contains(place), "{place} is missing from: {looked}");
        }
    }
}
