//! All tests that need the service or the database: one binary, so that it is linked once.

mod campaigns;
mod contract;
mod plan_seed;
