//! Where the campaign stands.
