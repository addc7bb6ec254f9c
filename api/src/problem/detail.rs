//! What in a request is wrong, and where.

/// Where in the request something is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    /// JSON pointer into the body.
    Pointer(String),
    /// Path or query parameter.
    Parameter(String),
    /// Header.
    Header(&'static str),
}

/// One thing that is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Detail {
    /// Where.
    pub place: Place,
    /// What, as a key of the catalogue.
    pub code: String,
    /// What the reader must know by name, after the text of the catalogue.
    pub about: Option<String>,
    /// The row of a table, as spreadsheets count them; the pointer is then one into the row.
    pub row: Option<u32>,
}

impl Detail {
    /// What the catalogue says is wrong with a place.
    #[must_use]
    pub fn of(place: Place, code: impl Into<String>) -> Self {
        Self { place, code: code.into(), about: None, row: None }
    }

    /// Says in which row of a table it is.
    #[must_use]
    pub fn in_row(self, number: u32) -> Self {
        Self { row: Some(number), ..self }
    }
}
