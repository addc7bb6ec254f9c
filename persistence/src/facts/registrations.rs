//! Facts of registrations.
