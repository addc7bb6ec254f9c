//! The business clock: database time, unless `dev` or a test lets it stand still somewhere else.

use std::sync::{Arc, PoisonError, RwLock};

use thidua_domain::time::Timestamp;

/// Where the business clock stands; in production it runs with the database's.
#[derive(Clone, Debug, Default)]
pub struct BusinessClock(Arc<RwLock<Option<Timestamp>>>);

impl BusinessClock {
    /// Lets it stand still at an instant.
    pub fn freeze(&self, at: Timestamp) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(at);
    }

    /// Where it stands, if it does not run.
    #[must_use]
    pub fn frozen_at(&self) -> Option<Timestamp> {
        *self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
}
