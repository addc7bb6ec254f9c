//! Sweeping: what no row names, because its transaction failed or its process was killed, and what its row need not keep.

use std::{
    path::PathBuf,
    time::{Duration, SystemTime},
};

use futures_util::StreamExt;
use object_store::{ObjectMeta, ObjectStore, path::Path};
use thidua_domain::{attachment::ContentId, id::Id};
use thidua_persistence::{Call, Identity, Store, StoreError, facts::attachments};
use uuid::Uuid;

use super::Files;

/// How often it is swept.
const EVERY: Duration = Duration::from_secs(60 * 60);
/// How long what no row names is left alone: longer than any transaction runs, and than it takes to notice that the wrong
/// copy of the database was restored.
const GRACE: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// How many are asked for at once.
const BATCH: usize = 500;

/// What was swept.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Swept {
    /// Files that a row names and need not keep.
    pub given_up: usize,
    /// Files that no row names.
    pub orphans: usize,
    /// Files that were never received to their end.
    pub unfinished: usize,
}

/// Why sweeping stopped; it begins anew an hour later.
#[derive(Debug, thiserror::Error)]
pub enum SweepError {
    /// The folder.
    #[error(transparent)]
    Files(#[from] object_store::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Sweeps at once, and every hour from then on.
pub async fn keep_swept(files: Files, store: Store) {
    loop {
        match files.sweep(&store, GRACE).await {
            Ok(swept) if swept == Swept::default() => {}
            Ok(swept) => tracing::info!(?swept, "files were swept"),
            Err(error) => tracing::warn!(%error, "files were not swept"),
        }
        tokio::time::sleep(EVERY).await;
    }
}

impl Files {
    /// Deletes what need not be kept, and what has been nobody's for as long as `grace`.
    ///
    /// Where the database knows none of the files at all, it is another database than the one they belong to, and they are
    /// left alone.
    ///
    /// # Errors
    /// The folder or the database cannot be read; what was swept by then stays swept.
    pub async fn sweep(&self, store: &Store, grace: Duration) -> Result<Swept, SweepError> {
        let (mut swept, mut known, mut orphans) = (Swept::default(), false, Vec::new());
        let mut found = self.folder.list(None).ready_chunks(BATCH);
        while let Some(batch) = found.next().await {
            let batch: Vec<_> = batch.into_iter().collect::<Result<_, _>>()?;
            let named: Vec<_> = batch.iter().filter_map(|one| Some((content(&one.location)?, one))).collect();
            let contents: Vec<_> = named.iter().map(|(content, _)| *content).collect();
            let rows = self.rows(store, &contents).await?;
            known |= !rows.is_empty();
            for (content, meta) in named {
                match rows.iter().find(|(one, _)| *one == content) {
                    Some((_, true)) => {}
                    Some((_, false)) => {
                        self.give_up(content).await;
                        swept.given_up += 1;
                    }
                    None if is_older(written(meta), grace) => orphans.push(content),
                    None => {}
                }
            }
        }
        if known {
            for content in orphans {
                self.give_up(content).await;
                swept.orphans += 1;
            }
        } else if !orphans.is_empty() {
            tracing::warn!(files = orphans.len(), "the database knows none of the files in this folder");
        }
        swept.unfinished = self.sweep_unfinished(grace).await?;
        Ok(swept)
    }

    async fn rows(&self, store: &Store, contents: &[ContentId]) -> Result<Vec<(ContentId, bool)>, StoreError> {
        let call = Call { identity: Identity::system(), request_id: "sweep".to_owned() };
        let reader = store.read(&call).await?;
        attachments::kept(&reader, contents).await
    }

    /// What is still being received lies beside its place, and `object_store` does not list it.
    async fn sweep_unfinished(&self, grace: Duration) -> Result<usize, SweepError> {
        let folder = self.folder.path_to_filesystem(&Path::from("x"))?;
        let shelves = folder.parent().map(PathBuf::from).unwrap_or_default();
        let swept = tokio::task::spawn_blocking(move || {
            let files =
                |folder: PathBuf| std::fs::read_dir(folder).into_iter().flatten().flatten().map(|one| one.path());
            let unfinished = |path: &PathBuf| path.to_string_lossy().contains('#');
            let old =
                |path: &PathBuf| path.metadata().and_then(|found| found.modified()).is_ok_and(|at| is_older(at, grace));
            let all = files(shelves).filter(|shelf| shelf.is_dir()).flat_map(files);
            all.filter(unfinished).filter(old).filter(|path| std::fs::remove_file(path).is_ok()).count()
        });
        Ok(swept.await.unwrap_or_default())
    }
}

/// The content whose place this is.
fn content(place: &Path) -> Option<ContentId> {
    Uuid::try_parse(place.filename()?).ok().map(Id::new)
}

fn written(meta: &ObjectMeta) -> SystemTime {
    meta.last_modified.into()
}

fn is_older(written: SystemTime, than: Duration) -> bool {
    written.elapsed().is_ok_and(|age| age >= than)
}
