//! Facts: what a rule of the domain needs to know of the store, as plain values. A file for each area of operations.

pub mod calendar;
pub mod consolidation;
pub mod periods;
pub mod progress;
pub mod registrations;
pub mod reports;
pub mod targets;
mod units;

pub use units::{unit_entries, units_by_code};
