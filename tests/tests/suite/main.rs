//! All tests that need the service or the database: one binary, so that it is linked once.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is not as it must be"
)]

mod attachments;
mod calendar;
mod campaigns;
mod consolidation;
mod contract;
mod dispatches;
mod documents;
mod exports;
mod faults;
mod house;
mod imports;
mod papers;
mod plan_seed;
mod policy;
mod production;
mod progress;
mod protocol;
mod registrations;
mod reminders;
mod reports;
mod scoring;
mod stage;
mod targets;
mod tokens;
mod units;
