//! Facts of consolidation.
