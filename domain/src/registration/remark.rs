//! Remarks: what is to be changed, field by field, when something handed in is given back.

use serde::{Deserialize, Serialize};

use crate::{
    refusal::{Code, Fault},
    text::{Line, Paragraph},
    time::{Deadline, Timestamp},
};

/// What is to be changed in one field.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Remark {
    /// JSON pointer into the content as it was handed in (`/targets/0/measure/planned`).
    pub pointer: Line,
    /// What is to be changed there.
    pub reason: Paragraph,
}

impl Remark {
    /// How many fields one return may name.
    pub const MAX: usize = 100;

    /// What is wrong with giving this content back with remarks, to be handed in again before a deadline: each remark must
    /// point at something that is there, and the deadline lie ahead.
    #[must_use]
    pub fn check_return(
        remarks: &[Self],
        content: &impl Serialize,
        resubmit_before: Option<Deadline>,
        now: Timestamp,
    ) -> Vec<Fault> {
        let mut faults = Self::check(remarks, content);
        if resubmit_before.is_some_and(|deadline| deadline.missed_at(now)) {
            faults.push(Fault::at("/resubmitBefore", Code::DeadlinePassed));
        }
        faults
    }

    fn check(remarks: &[Self], content: &impl Serialize) -> Vec<Fault> {
        // Content is plain data, which always has a JSON form; if it had none, nothing in it could be pointed at.
        let content = serde_json::to_value(content).unwrap_or_default();
        let mut faults = too_long("/remarks", remarks.len(), Self::MAX);
        faults.extend(
            remarks
                .iter()
                .enumerate()
                .filter(|(_, remark)| content.pointer(remark.pointer.as_str()).is_none())
                .map(|(index, _)| Fault::at(format!("/remarks/{index}/pointer"), Code::UnknownPointer)),
        );
        faults
    }
}

/// A fault for a list that is longer than its bound.
pub(crate) fn too_long(pointer: &str, len: usize, max: usize) -> Vec<Fault> {
    if len > max { vec![Fault::at(pointer, Code::ListTooLong)] } else { Vec::new() }
}

/// A fault for each value that stood in the list before; `pointer` says where the value at an index stands.
pub(crate) fn duplicates<T: PartialEq>(values: &[T], pointer: impl Fn(usize) -> String) -> Vec<Fault> {
    values
        .iter()
        .enumerate()
        .filter(|(index, value)| values[..*index].contains(value))
        .map(|(index, _)| Fault::at(pointer(index), Code::Duplicate))
        .collect()
}
