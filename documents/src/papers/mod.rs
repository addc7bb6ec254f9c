//! Which paper is made of what.

mod consolidated;
mod frame;
mod measured;
mod outline;

pub use consolidated::{ConsolidatedSources, consolidated_report};
