//! Facts: what a rule of the domain needs to know of the store, as plain values. A file for each area of operations.

pub mod consolidation;
pub mod registrations;
pub mod reports;
pub mod targets;
mod units;

pub use units::units_by_code;
