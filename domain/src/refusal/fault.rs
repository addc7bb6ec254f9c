//! What is answered where something is refused: the code, and the fields that are concerned.

use std::fmt;

use super::Code;
use crate::text::Line;

/// One field that breaks a rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// JSON pointer into the request body, as the caller wrote it (`/targets/0/planned`).
    pub pointer: String,
    /// Which rule.
    pub code: Code,
    /// What the reader must know by name, such as the campaign's own rule that is broken.
    pub about: Option<Line>,
    /// The row of an imported table, as spreadsheets count them; the pointer is then one into the row.
    pub row: Option<u32>,
}

impl Fault {
    /// A fault at a pointer.
    #[must_use]
    pub fn at(pointer: impl Into<String>, code: Code) -> Self {
        Self { pointer: pointer.into(), code, about: None, row: None }
    }

    /// Says in which row of a table it is.
    #[must_use]
    pub fn in_row(self, number: u32) -> Self {
        Self { row: Some(number), ..self }
    }

    /// Adds what the reader must know by name.
    #[must_use]
    pub fn about(self, name: Line) -> Self {
        Self { about: Some(name), ..self }
    }
}

/// The domain's no: one code, and for rules the fields that break them, all at once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// What stands in the way.
    pub code: Code,
    /// The fields concerned; empty where the whole command is.
    pub faults: Vec<Fault>,
}

impl Refusal {
    /// A refusal of the fields that break rules.
    #[must_use]
    pub const fn invalid(faults: Vec<Fault>) -> Self {
        Self { code: Code::Invalid, faults }
    }

    /// A refusal for one field.
    #[must_use]
    pub fn field(pointer: &str, code: Code) -> Self {
        Self::invalid(vec![Fault::at(pointer, code)])
    }

    /// What it says of a row of a table: its faults, or the whole row where it names none.
    #[must_use]
    pub fn of_row(self, number: u32) -> Vec<Fault> {
        let faults = if self.faults.is_empty() { vec![Fault::at("", self.code)] } else { self.faults };
        faults.into_iter().map(|fault| fault.in_row(number)).collect()
    }

    /// `Ok` without faults, a refusal with all of them otherwise.
    ///
    /// # Errors
    /// The refusal, when there is at least one fault.
    pub fn unless_empty(faults: Vec<Fault>) -> Result<(), Self> {
        if faults.is_empty() { Ok(()) } else { Err(Self::invalid(faults)) }
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self { code, faults: Vec::new() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code)?;
        for fault in &self.faults {
            write!(f, " [{} {}]", fault.pointer, fault.code)?;
        }
        Ok(())
    }
}
impl std::error::Error for Refusal {}
