//! Facts: what a rule of the domain needs to know of the store, as plain values. A file for each area of operations.

pub mod attachments;
pub mod calendar;
pub mod changes;
pub mod consolidation;
pub mod dispatches;
pub mod documents;
pub mod imports;
pub mod papers;
mod people;
pub mod periods;
pub mod progress;
pub mod registrations;
pub mod reminders;
pub mod reports;
pub mod rules;
pub mod scoring;
pub mod targets;
mod units;

pub use people::has_administrator;
pub use units::{
    directory, placing, plan_and_unit, reorganisation, unit_entries, unit_exists, unit_lives, units_by_code,
};
