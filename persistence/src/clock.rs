//! The business clock: database time, moved only in `dev` and in tests.

use std::sync::{Arc, PoisonError, RwLock};

use thidua_domain::time::Timestamp;

/// How the business clock differs from the database's; in production it does not.
#[derive(Clone, Debug, Default)]
pub struct BusinessClock(Arc<RwLock<Setting>>);

/// The two ways to move it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Setting {
    /// Stands still here.
    pub(crate) frozen_at: Option<Timestamp>,
    /// Runs, this far from the database's time.
    pub(crate) offset_micros: i64,
}

impl BusinessClock {
    /// Lets it stand still at an instant.
    pub fn freeze(&self, at: Timestamp) {
        self.set(Setting { frozen_at: Some(at), offset_micros: 0 });
    }

    /// Lets it run on from an instant; `real_now` is the real time at this moment.
    pub fn run_from(&self, at: Timestamp, real_now: Timestamp) {
        let offset_micros = at.utc().timestamp_micros() - real_now.utc().timestamp_micros();
        self.set(Setting { frozen_at: None, offset_micros });
    }

    /// Where it stands, if it does not run.
    #[must_use]
    pub fn frozen_at(&self) -> Option<Timestamp> {
        self.setting().frozen_at
    }

    fn set(&self, setting: Setting) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = setting;
    }

    pub(crate) fn setting(&self) -> Setting {
        *self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
}
