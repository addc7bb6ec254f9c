//! Where identifiers come from: UUIDv7, random in earnest, reproducible while the demonstration is played.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A source of fresh identifiers.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    reproducible: Arc<AtomicBool>,
    /// How many reproducible ones there were.
    counter: Arc<AtomicU64>,
}

/// 2025-09-01T00:00:00Z: before every real identifier, so that the demonstration's sort first.
const DEMO_EPOCH_MS: u64 = 1_756_684_800_000;

impl Ids {
    /// Makes identifiers reproducible, so that the contract's examples name things that the demonstration holds; they go on
    /// where they stopped.
    pub fn reproducible(&self) {
        self.reproducible.store(true, Ordering::Relaxed);
    }

    /// Makes identifiers random again.
    pub fn random(&self) {
        self.reproducible.store(false, Ordering::Relaxed);
    }

    /// A fresh UUIDv7.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the source that everything else is told to use")]
    pub fn fresh(&self) -> Uuid {
        if !self.reproducible.load(Ordering::Relaxed) {
            return Uuid::now_v7();
        }
        let count = self.counter.fetch_add(1, Ordering::Relaxed);
        let digest = Sha256::digest(format!("thidua demonstration {count}"));
        let mut random = [0_u8; 10];
        random.copy_from_slice(&digest[..10]);
        uuid::Builder::from_unix_timestamp_millis(DEMO_EPOCH_MS + count, &random).into_uuid()
    }

    /// An identifier that is random even while the others are reproducible: for requests.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the source that everything else is told to use")]
    pub fn unpredictable() -> Uuid {
        Uuid::new_v4()
    }

    /// Sixteen bytes that nobody can guess, whatever the identifiers are.
    #[expect(clippy::disallowed_methods, reason = "this is the source that everything else is told to use")]
    pub(crate) fn salt(&self) -> [u8; 16] {
        let digest = Sha256::new().chain_update(Uuid::new_v4()).chain_update(Uuid::new_v4()).finalize();
        let mut salt = [0_u8; 16];
        salt.copy_from_slice(&digest[..16]);
        salt
    }
}
