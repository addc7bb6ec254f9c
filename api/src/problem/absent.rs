//! What a request refers to and is not there.

use thidua_domain::refusal::{Code, Refusal};
use thidua_persistence::StoreError;

/// What a member refers to does not exist, or not for this caller: a fault of the member, not of the path.
#[must_use]
pub fn absent_at(error: StoreError, pointer: &str) -> StoreError {
    match error {
        StoreError::Absent => StoreError::Refused(Refusal::field(pointer, Code::UnknownReference)),
        other => other,
    }
}
