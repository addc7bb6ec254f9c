//! The harness: the real server on a real PostgreSQL, a database for each test, and a client that holds every exchange
//! against the contract.

// A harness that cannot go on has nothing better to do than to say so.
#![expect(clippy::expect_used, clippy::panic, reason = "it exists for tests")]

mod app;
mod client;
mod contract;
mod database;
mod directory;
mod history;
pub mod raw;
mod receiver;
mod smtp;

pub use app::{Setup, TestApp};
pub use client::{BYTES, Person, Reply};
pub use contract::check_exchange;
pub use database::{Database, cluster};
pub use history::{Attempt, History};
pub use receiver::{Posted, Receiver};
pub use smtp::{MailServer, Mood, Received};
