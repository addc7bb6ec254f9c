//! Where the bytes of files lie: a folder, written and read through `object_store`.
//!
//! A file is written under the id of its content before the row that names it is committed, and is on the disk by then. What
//! no row came to name is swept ([`sweep`]). No more than a piece of a file is ever in memory.

use std::{ops::Range, path::Path as Folder, sync::Arc, time::Duration};

use actix_web::web::Bytes;
use futures_util::{Stream, StreamExt, stream::BoxStream};
use object_store::{
    GetOptions, GetRange, GetResultPayload, MultipartUpload, ObjectStore, ObjectStoreExt, PutPayload,
    local::LocalFileSystem, path::Path,
};
use sha2::{Digest, Sha256};
use thidua_domain::{
    attachment::{ContentId, FileType},
    refusal::{Code, Refusal},
};
use tokio::{sync::Semaphore, time::timeout};

use crate::problem::{Place, Problem, Trouble};

mod archive;
mod inspect;
mod sweep;

pub use sweep::{Swept, keep_swept};

/// How many files are received at the same time; each has a file open and a piece in memory.
const MOST_AT_ONCE: usize = 32;
/// How long a caller waits for a place among them.
const WAIT: Duration = Duration::from_secs(2);
/// How long the next piece may be on its way.
const PIECE_DEADLINE: Duration = Duration::from_secs(20);
/// How long a whole file may be on its way.
const DEADLINE: Duration = Duration::from_secs(15 * 60);
/// How much is gathered before it is written.
const PIECE: usize = 256 << 10;

/// The folder, and what may come into it; cheap to clone.
#[derive(Clone, Debug)]
pub struct Files {
    folder: LocalFileSystem,
    most: u64,
    places: Arc<Semaphore>,
}

/// What was received, before anybody looked into it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Received {
    /// How many bytes.
    pub(crate) size: u64,
    /// Their SHA-256.
    pub(crate) sha256: [u8; 32],
}

impl Files {
    /// The files of a folder, which is made where there is none; none has more than `most` bytes.
    ///
    /// # Errors
    /// The folder cannot be made, or not be written to.
    pub fn in_folder(folder: &Folder, most: u64) -> std::io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        // Found out now and not by the first who attaches something.
        let trial = folder.join(".trial");
        std::fs::write(&trial, [])?;
        std::fs::remove_file(&trial)?;
        let folder = LocalFileSystem::new_with_prefix(folder).map_err(std::io::Error::other)?.with_fsync(true);
        Ok(Self { folder, most, places: Arc::new(Semaphore::new(MOST_AT_ONCE)) })
    }

    /// The most bytes of a file.
    #[must_use]
    pub(crate) const fn most(&self) -> u64 {
        self.most
    }

    /// Receives a file and keeps it; `digest` is what the caller says that its SHA-256 is.
    ///
    /// # Errors
    /// 400 for nothing, and for what breaks off; 408, 413, 422 of the digest; 503 where it cannot be kept for the moment.
    /// Then nothing is left of it.
    pub(crate) async fn receive<E>(
        &self,
        content: ContentId,
        body: impl Stream<Item = Result<Bytes, E>>,
        digest: Option<[u8; 32]>,
    ) -> Result<Received, Problem> {
        let place = timeout(WAIT, self.places.acquire()).await;
        let _place = place.ok().and_then(Result::ok).ok_or(Trouble::Unavailable)?;
        let mut upload = self.folder.put_multipart(&path(content)).await.map_err(unavailable)?;
        let filled = timeout(DEADLINE, self.fill(&mut *upload, body)).await;
        let received = filled.unwrap_or_else(|_| Err(Trouble::Timeout.into())).and_then(|received| match digest {
            Some(digest) if digest != received.sha256 => {
                Err(Problem::contradiction(Place::Header("Content-Digest"), Code::FileDigestMismatch.as_str()))
            }
            Some(_) | None => Ok(received),
        });
        match received {
            Ok(received) => upload.complete().await.map(|_| received).map_err(unavailable),
            Err(problem) => {
                // What is left behind here is swept.
                let _ = upload.abort().await;
                Err(problem)
            }
        }
    }

    async fn fill<E>(
        &self,
        upload: &mut dyn MultipartUpload,
        body: impl Stream<Item = Result<Bytes, E>>,
    ) -> Result<Received, Problem> {
        let (mut size, mut sha256) = (0_u64, Sha256::new());
        let mut gathered: Vec<Bytes> = Vec::new();
        let mut body = std::pin::pin!(body);
        loop {
            let next = timeout(PIECE_DEADLINE, body.next()).await.map_err(|_| Trouble::Timeout)?;
            let ended = next.is_none();
            if let Some(piece) = next {
                let piece = piece.map_err(|_| Trouble::BadRequest)?;
                size += piece.len() as u64;
                if size > self.most {
                    return Err(Trouble::TooLarge.into());
                }
                sha256.update(&piece);
                gathered.push(piece);
            }
            let waiting: usize = gathered.iter().map(Bytes::len).sum();
            if waiting >= PIECE || (ended && waiting > 0) {
                let payload: PutPayload = std::mem::take(&mut gathered).into_iter().collect();
                upload.put_part(payload).await.map_err(unavailable)?;
            }
            if ended {
                break;
            }
        }
        if size == 0 {
            return Err(Problem::at(Trouble::BadRequest, Place::Pointer(String::new()), "field.missing"));
        }
        Ok(Received { size, sha256: sha256.finalize().into() })
    }

    /// What the content of a file is, by what stands in it.
    ///
    /// # Errors
    /// 422 for what is of no kind that is taken, damaged or dangerous; 503 where it cannot be read for the moment.
    pub(crate) async fn look_into(&self, content: ContentId, size: u64) -> Result<FileType, Problem> {
        let found = self.folder.get(&path(content)).await.map_err(unavailable)?;
        let GetResultPayload::File(file, _) = found.payload else { return Err(Trouble::Internal.into()) };
        let looked = tokio::task::spawn_blocking(move || inspect::kind_of(file, size)).await;
        let looked = looked.map_err(|error| {
            tracing::error!(%error, "looking into a file");
            Trouble::Internal
        })?;
        match looked {
            Ok(kind) => Ok(kind),
            Err(inspect::Unfit::Code(code)) => Err(Refusal::field("", code).into()),
            Err(inspect::Unfit::Io(error)) => {
                tracing::error!(%error, "reading a file");
                Err(Trouble::Unavailable.into())
            }
        }
    }

    /// The bytes of a file, piece by piece.
    ///
    /// # Errors
    /// 500 where they are not there; 503 where they cannot be read for the moment.
    pub(crate) async fn read(
        &self,
        content: ContentId,
        range: Range<u64>,
    ) -> Result<BoxStream<'static, object_store::Result<Bytes>>, Problem> {
        let options = GetOptions { range: Some(GetRange::Bounded(range)), ..GetOptions::default() };
        match self.folder.get_opts(&path(content), options).await {
            Ok(found) => Ok(found.into_stream()),
            Err(error @ object_store::Error::NotFound { .. }) => {
                tracing::error!(%error, "a file is lost");
                Err(Trouble::Internal.into())
            }
            Err(error) => Err(unavailable(error)),
        }
    }

    /// All bytes of a file at once, for what is made of them.
    ///
    /// # Errors
    /// Whatever the folder says; `NotFound` where they are lost.
    pub(crate) async fn bytes(&self, content: ContentId) -> object_store::Result<Bytes> {
        self.folder.get(&path(content)).await?.bytes().await
    }

    /// Gives up a file that no row names or that its row need not keep; what stays behind is swept later.
    pub(crate) async fn give_up(&self, content: ContentId) {
        match self.folder.delete(&path(content)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => tracing::warn!(%error, "a file could not be deleted"),
        }
    }
}

/// Where the content of this id lies; the last digits of an id are random, so that folders fill evenly.
fn path(content: ContentId) -> Path {
    let name = content.to_string();
    let shelf = name.get(name.len() - 2..).unwrap_or_default().to_owned();
    Path::from_iter([shelf, name])
}

fn unavailable(error: object_store::Error) -> Problem {
    tracing::error!(%error, "files");
    Trouble::Unavailable.into()
}
