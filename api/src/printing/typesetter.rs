//! The typesetter: a process of its own for each paper, so that what goes wrong in it goes wrong there.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
    sync::Arc,
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::{Child, Command},
    sync::Semaphore,
    time::timeout,
};

use crate::problem::Trouble;

/// What the program is called.
const NAME: &str = "thidua-typeset";
/// How many papers are set at once: each takes a processor and some hundred mebibytes.
const MOST_AT_ONCE: usize = 2;
/// How long a paper waits for its turn, and how long it may take.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
const LONGEST: Duration = Duration::from_secs(20);
/// The most bytes of a paper: what document desks exchange.
const MOST_BYTES: u64 = 50 << 20;
/// As much of what it says of a fault goes into the log.
const MOST_SAID: u64 = 4 << 10;

/// Where the typesetter is, and who waits for it.
#[derive(Clone, Debug)]
pub struct Typesetter {
    program: Arc<Path>,
    places: Arc<Semaphore>,
}

impl Typesetter {
    /// The one that is installed beside this program; of a test, beside the folder of tests.
    #[must_use]
    pub fn beside_this_program() -> Self {
        let own = std::env::current_exe().unwrap_or_default();
        let folder = own.parent().unwrap_or(Path::new(""));
        let folder = if folder.ends_with("deps") { folder.parent().unwrap_or(folder) } else { folder };
        Self::at(folder.join(NAME))
    }

    /// The one at this path; that there is none is found when a paper is asked for.
    #[must_use]
    pub fn at(program: PathBuf) -> Self {
        Self { program: program.into(), places: Arc::new(Semaphore::new(MOST_AT_ONCE)) }
    }

    /// The PDF of a paper that is handed over as data.
    pub(crate) async fn pdf(&self, paper: &[u8]) -> Result<Vec<u8>, Trouble> {
        let place = timeout(LONGEST_WAIT, self.places.acquire()).await;
        let _place = place.ok().and_then(Result::ok).ok_or(Trouble::Unavailable)?;
        let child = self.begun().map_err(|error| {
            tracing::error!(%error, program = %self.program.display(), "the typesetter cannot be started");
            Trouble::NoTypesetter
        })?;
        match timeout(LONGEST, set(child, paper)).await {
            Ok(Ok(pdf)) => Ok(pdf),
            Ok(Err(fault)) => {
                tracing::error!(fault, "a paper could not be set");
                Err(Trouble::Internal)
            }
            // The process ends with what was dropped.
            Err(_) => {
                tracing::error!("a paper took too long to set");
                Err(Trouble::Unavailable)
            }
        }
    }

    /// Nothing of our surroundings is its business, and no shell has a part in it.
    fn begun(&self) -> std::io::Result<Child> {
        Command::new(&*self.program)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
    }
}

async fn set(mut child: Child, paper: &[u8]) -> Result<Vec<u8>, String> {
    let (Some(mut to), Some(from), Some(said)) = (child.stdin.take(), child.stdout.take(), child.stderr.take()) else {
        return Err("it has no pipes".to_owned());
    };
    let (mut pdf, mut fault) = (Vec::new(), Vec::new());
    let mut from = from.take(MOST_BYTES + 1);
    let mut said = said.take(MOST_SAID);
    let feed = async {
        // One that ends before it has read everything says why.
        let _ = to.write_all(paper).await;
        drop(to);
    };
    let ((), read, told) = tokio::join!(feed, from.read_to_end(&mut pdf), said.read_to_end(&mut fault));
    read.and(told).map_err(|error| error.to_string())?;
    if pdf.len() as u64 > MOST_BYTES {
        return Err("the paper is too large".to_owned());
    }
    let status = child.wait().await.map_err(|error| error.to_string())?;
    if status.success() { Ok(pdf) } else { Err(format!("{status}: {}", String::from_utf8_lossy(&fault).trim())) }
}
