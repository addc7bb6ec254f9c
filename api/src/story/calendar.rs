//! The working calendar of the seed.

use serde::Deserialize;
use thidua_persistence::{Store, seed};

use super::client::StoryError;
use crate::enrolment::{DaySeed, record_days};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CalendarSeed {
    days: Vec<DaySeed>,
}

/// Records what of the seed is decided by now; what is not is for the administrator, once it is.
pub(super) async fn record_calendar(store: &Store) -> Result<(), StoryError> {
    let seed: CalendarSeed = toml::from_str(seed::CALENDAR).map_err(|error| StoryError::Seed(error.to_string()))?;
    record_days(store, &seed.days).await.map(drop).map_err(|error| StoryError::Seed(error.to_string()))
}
