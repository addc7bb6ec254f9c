//! Registrations, from the draft to what supersedes it.
