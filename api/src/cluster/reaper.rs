//! Who takes a throw-away cluster away when the process that wanted it is gone.
//!
//! A process that is killed cannot clean up, and a server outlives its parent. So a small shell waits for the end of a
//! pipe whose other end only we hold: the system closes it when we are gone, however we went.

use std::os::fd::AsFd;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use super::account::Account;
use super::error::ClusterError;
use super::process::{command, within};

/// Arguments: the folder to remove, and the data directory in it. Nothing needs saving, hence QUIT. The count keeps it
/// from waiting for ever for a process that has ended and that nobody collects.
const SCRIPT: &str = r#"
read -r _
if server=$(head -n 1 "$2/postmaster.pid"); then
    kill -s QUIT "$server"
    tries=0
    while kill -s 0 "$server" && [ $tries -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
fi
tries=0
until rm -rf -- "$1" || [ $tries -ge 100 ]; do sleep 0.1; tries=$((tries + 1)); done
"#;

/// The shell that waits, and our end of the pipe.
#[derive(Debug)]
pub(super) struct Reaper(Child);

impl Reaper {
    /// Will end the server of `home` and remove `folder` when this process is gone, or when called.
    pub(super) fn wait_for_our_end(folder: &Path, home: &Path, account: Option<Account>) -> Result<Self, ClusterError> {
        let mut shell = command("sh", account);
        shell.args(["-c", SCRIPT, "sh"]).arg(folder).arg(home);
        shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        shell.spawn().map(Self).map_err(ClusterError::io("run", Path::new("sh")))
    }

    /// Asks it to do its work now.
    pub(super) fn call(&mut self) {
        drop(self.0.stdin.take());
    }

    /// Another hold on the pipe, for a program that must be left to finish its work: the reaper waits for that too.
    pub(super) fn line(&self) -> Result<Stdio, ClusterError> {
        let Some(pipe) = &self.0.stdin else { return Ok(Stdio::null()) };
        pipe.as_fd()
            .try_clone_to_owned()
            .map(Stdio::from)
            .map_err(ClusterError::io("share the pipe of", Path::new("sh")))
    }

    /// Waits for it to have done its work.
    pub(super) fn is_done_within(&mut self, limit: Duration) -> bool {
        within(limit, || matches!(self.0.try_wait(), Ok(Some(_))))
    }
}
