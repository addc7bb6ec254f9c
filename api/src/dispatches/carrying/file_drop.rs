//! A folder from which another program takes packages: the document software, or what connects it with the axis.

use std::path::{Path as Folder, PathBuf};

use async_trait::async_trait;
use object_store::{ObjectStoreExt, local::LocalFileSystem, path::Path};
use thidua_domain::dispatch::Failure;
use thidua_persistence::outbox::Outcome;

use super::{Attempt, Deliver, Parcel};

/// Puts packages into a folder, each whole or not at all.
#[derive(Clone, Debug)]
pub struct FileDrop {
    folder: LocalFileSystem,
}

impl FileDrop {
    /// A folder, which is made where there is none.
    ///
    /// # Errors
    /// It cannot be made or used.
    pub fn into(folder: &Folder) -> std::io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let folder: PathBuf = folder.canonicalize()?;
        // Written beside its place, on the disk before it gets its name: whoever looks sees all of it or nothing.
        let folder = LocalFileSystem::new_with_prefix(folder).map_err(std::io::Error::other)?.with_fsync(true);
        Ok(Self { folder })
    }
}

#[async_trait(?Send)]
impl Deliver for FileDrop {
    async fn deliver(&self, parcel: &Parcel) -> Attempt {
        let place = Path::from(parcel.package.name.as_str());
        match self.folder.put(&place, parcel.package.bytes.clone().into()).await {
            Ok(_) => Attempt::of(Outcome::Done),
            Err(error) => {
                tracing::warn!(%error, dispatch = %parcel.id, "a package cannot be put into its folder");
                Attempt::of(Outcome::Later(Failure::Unreachable))
            }
        }
    }
}
