//! Facts of reports.
