//! Which paper is made of what.

mod book;
mod compliance;
mod consolidated;
mod frame;
mod measured;
mod outline;
mod plan;
mod report;

pub use book::{Volume, incoming_book, outgoing_book};
pub use compliance::{ComplianceSources, compliance_sheet};
pub use consolidated::{ConsolidatedSources, consolidated_report};
pub use plan::{PlanSources, plan};
pub use report::{ReportSources, unit_report};
