//! Targets and their measurements.
