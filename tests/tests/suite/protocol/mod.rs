//! The wire: what every operation does the same way, tried on units and campaigns.

mod bodies;
mod idempotency;
mod negotiation;
mod pages;
mod preconditions;
mod queries;
mod routes;
mod sizes;

use serde_json::{Value, json};

/// A unit that can be entered, under this code.
pub(crate) fn new_unit(code: &str) -> Value {
    json!({"code": code, "name": "Trường Tiểu học số 9", "type": "SCHOOL", "validFromDate": "2025-07-01"})
}

/// A path to a campaign that nobody ever made.
pub(crate) const NO_CAMPAIGN: &str = "/campaigns/0198f1c2-0000-7000-8000-000000000000";
