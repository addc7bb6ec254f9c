//! What a cluster goes through in the life of a service, on the real server.
//!
//! A killed service can only be had from a process: the tests start their own program again and let it run nothing but
//! [`a_service_that_gets_killed`].

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::place::{Place, unfinished};
use super::process::is_mentioned;
use super::{Cluster, ClusterError, Profile, SUPERUSER, find_binaries};

/// Tells the other process what to start; without it, it is only one more test that passes.
const ROLE: &str = "THIDUA_CLUSTER_TEST_STARTS";

/// A data folder for one test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("thidua-test-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn data(&self) -> PathBuf {
        self.0.join("data")
    }

    /// The data directory, wherever it really is.
    fn home(&self) -> PathBuf {
        fs::canonicalize(self.data().join("pg")).unwrap()
    }

    fn start(&self) -> Result<Cluster, ClusterError> {
        Cluster::start(&self.data(), Profile::Disposable)
    }

    /// A cluster whose service was killed, as the process id of its server.
    fn start_and_kill(&self) -> u32 {
        let mut service = self.service("folder");
        let told = self.wait_for_word();
        kill(&mut service);
        told.split_whitespace().next().unwrap().parse().unwrap()
    }

    fn service(&self, what: &str) -> Child {
        let test = format!("{}::a_service_that_gets_killed", module_path!().split_once("::").unwrap().1);
        let mut program = Command::new(std::env::current_exe().unwrap());
        program.args(["--exact", &test]).env(ROLE, what).current_dir(&self.0).stdout(Stdio::null()).spawn().unwrap()
    }

    fn wait_for_word(&self) -> String {
        let word = self.0.join("word");
        eventually("the service is up", || word.exists());
        fs::read_to_string(word).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_service_that_gets_killed() {
    let Ok(what) = std::env::var(ROLE) else { return };
    let cluster = match what.as_str() {
        "folder" => Cluster::start(Path::new("data"), Profile::Disposable),
        _ => Cluster::start_disposable(),
    };
    let cluster = cluster.unwrap();
    // Renamed into place, so that whoever waits for the word reads the whole of it.
    fs::write("word.new", format!("{} {}", cluster.pid(), cluster.socket_dir().display())).unwrap();
    fs::rename("word.new", "word").unwrap();
    if what == "panics" {
        panic!("as told");
    }
    sleep(Duration::from_secs(60));
}

#[test]
fn the_server_of_a_killed_service_is_adopted_with_its_data() {
    let folder = Folder::new("adopted");
    let pid = folder.start_and_kill();
    let cluster = folder.start().unwrap();
    assert_eq!(cluster.pid(), pid);
    sql(&cluster, "create table kept ()");
    cluster.stop().unwrap();

    let cluster = folder.start().unwrap();
    assert_ne!(cluster.pid(), pid);
    sql(&cluster, "table kept");
    cluster.stop().unwrap();
}

#[test]
fn a_server_left_with_other_settings_is_replaced() {
    let folder = Folder::new("replaced");
    let pid = folder.start_and_kill();
    let cluster = Cluster::start(&folder.data(), Profile::Durable).unwrap();
    assert_ne!(cluster.pid(), pid);
    assert_eq!(sql(&cluster, "show fsync"), "on");
    cluster.stop().unwrap();
}

#[test]
fn two_services_never_share_a_folder() {
    let folder = Folder::new("shared");
    let first = folder.start().unwrap();
    assert!(matches!(folder.start(), Err(ClusterError::InUse { .. })));
    first.stop().unwrap();
    folder.start().unwrap().stop().unwrap();
}

#[test]
fn a_lock_whose_number_is_another_programs_by_now_is_no_obstacle() {
    let folder = Folder::new("stale");
    folder.start().unwrap().stop().unwrap();
    let place = Place::of(&fs::canonicalize(folder.data()).unwrap()).unwrap();
    let mut stranger = super::process::command("sleep", place.account).arg("60").spawn().unwrap();
    fs::write(folder.home().join("postmaster.pid"), format!("{}\n{}\n", stranger.id(), folder.home().display()))
        .unwrap();

    let cluster = folder.start().unwrap();
    assert!(stranger.try_wait().unwrap().is_none(), "the stranger was harmed");
    kill(&mut stranger);
    cluster.stop().unwrap();
}

#[test]
fn a_killed_server_comes_back_though_its_connections_linger() {
    let folder = Folder::new("killed");
    let cluster = folder.start().unwrap();
    let mut client = psql(&cluster, "select pg_sleep(60)").spawn().unwrap();
    eventually("the client is at work", || {
        sql(&cluster, "select count(*) from pg_stat_activity where query like '%pg_sleep(60)'") == "1"
    });
    Command::new("sh").args(["-c", "kill -s KILL $0", &cluster.pid().to_string()]).status().unwrap();
    drop(cluster);

    let cluster = folder.start().unwrap();
    assert_eq!(sql(&cluster, "select 1"), "1");
    kill(&mut client);
    cluster.stop().unwrap();
}

#[test]
fn a_database_that_was_cut_off_in_the_making_is_made_again() {
    let folder = Folder::new("cut-off");
    let mut service = folder.service("folder");
    let home = folder.data().join("pg");
    let making = || {
        let home = fs::read_link(&home).unwrap_or_else(|_| home.clone());
        unfinished(&home).with_extension(format!("new-{}", service.id()))
    };
    eventually("the making has begun", || making().join("PG_VERSION").exists());
    let cut_off = making();
    kill(&mut service);
    let cluster = folder.start().unwrap();
    assert_eq!(sql(&cluster, "select 1"), "1");
    cluster.stop().unwrap();

    // What was being made meanwhile is in nobody's way, and goes once it is finished.
    eventually("the orphan is through", || !is_mentioned(&cut_off));
    folder.start().unwrap().stop().unwrap();
    assert!(!cut_off.exists());
}

#[test]
fn who_deletes_the_folder_deletes_the_database() {
    let folder = Folder::new("deleted");
    let pid = folder.start_and_kill();
    fs::remove_dir_all(folder.data()).unwrap();
    let cluster = folder.start().unwrap();
    assert_ne!(cluster.pid(), pid);
    // Were the old server still there, it would take the new one's socket with it when it ends.
    let program = fs::read(format!("/proc/{pid}/cmdline"));
    assert!(program.is_ok_and(|words| words.is_empty()) || !Path::new(&format!("/proc/{pid}")).exists());
    cluster.stop().unwrap();
}

#[test]
fn a_copied_folder_has_a_database_of_its_own() {
    let folder = Folder::new("copied");
    let original = folder.start().unwrap();
    let copy = folder.0.join("copy");
    assert!(Command::new("cp").args(["-a", "--"]).args([folder.data(), copy.clone()]).status().unwrap().success());
    let copied = Cluster::start(&copy, Profile::Disposable).unwrap();
    assert_ne!(copied.pid(), original.pid());
    copied.stop().unwrap();
    sql(&original, "select 1");
    original.stop().unwrap();
}

#[test]
fn a_path_too_long_for_a_socket_or_with_signs_in_it_works() {
    let folder = Folder::new("long");
    let data = folder.0.join("a, \"b\" & ü %20").join("x".repeat(120));
    let cluster = Cluster::start(&data, Profile::Disposable).unwrap();
    assert_eq!(sql(&cluster, "select 1"), "1");
    cluster.stop().unwrap();
}

#[test]
fn a_server_that_does_not_start_says_why() {
    let folder = Folder::new("broken");
    folder.start().unwrap().stop().unwrap();
    let settings = folder.home().join("postgresql.conf");
    fs::write(settings, "sense = none").unwrap();
    let said = folder.start().err().unwrap().to_string();
    assert!(said.contains("server.log") && said.contains("\"sense\""), "{said}");
}

#[test]
fn data_of_another_version_is_not_touched() {
    let folder = Folder::new("older");
    folder.start().unwrap().stop().unwrap();
    fs::write(folder.home().join("PG_VERSION"), "9\n").unwrap();
    assert!(matches!(folder.start(), Err(ClusterError::OtherVersion { made_by: 9, .. })));
    assert!(folder.home().join("base").is_dir());
}

#[test]
fn a_throw_away_cluster_goes_when_it_is_stopped_or_dropped() {
    for stops in [true, false] {
        let cluster = Cluster::start_disposable().unwrap();
        assert_eq!(sql(&cluster, "select 1"), "1");
        let folder = cluster.socket_dir().to_owned();
        if stops {
            cluster.stop().unwrap();
            assert!(!folder.exists());
        } else {
            drop(cluster);
            eventually("the folder is gone", || !folder.exists());
        }
    }
}

#[test]
fn a_throw_away_cluster_goes_with_a_process_that_panics_or_is_killed() {
    for what in ["panics", "is killed"] {
        let folder = Folder::new(what);
        let mut service = folder.service(what);
        let word = folder.wait_for_word();
        let (pid, scratch) = word.split_once(' ').unwrap();
        if what == "panics" {
            drop(service.wait())
        } else {
            kill(&mut service)
        }
        eventually("the folder is gone", || !Path::new(scratch).exists());
        let alive = Command::new("sh").args(["-c", "kill -s 0 $0", pid]).stderr(Stdio::null()).status().unwrap();
        assert!(!alive.success(), "the server outlived a process that {what}");
    }
}

fn psql(cluster: &Cluster, statement: &str) -> Command {
    let mut psql = Command::new(find_binaries().unwrap().join("psql"));
    psql.args([
        "--no-psqlrc",
        "--tuples-only",
        "--no-align",
        "--command",
        statement,
        &cluster.url("postgres", SUPERUSER),
    ]);
    psql.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    psql
}

fn sql(cluster: &Cluster, statement: &str) -> String {
    let answer = psql(cluster, statement).output().unwrap();
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    String::from_utf8(answer.stdout).unwrap().trim().to_owned()
}

fn kill(process: &mut Child) {
    process.kill().unwrap();
    process.wait().unwrap();
}

fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    let since = Instant::now();
    while !is_so() {
        assert!(since.elapsed() < Duration::from_secs(30), "not within half a minute: {what}");
        sleep(Duration::from_millis(10));
    }
}
