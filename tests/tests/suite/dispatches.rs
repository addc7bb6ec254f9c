//! Dispatches: what was sent to whom, the package that goes there, and what the recipient answers.

mod answering;
mod delivering;
mod kills;
mod packages;
mod posting;
mod signed_copies;
