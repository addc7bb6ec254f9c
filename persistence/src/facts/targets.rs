//! Facts of targets.
