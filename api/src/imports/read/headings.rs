//! Which column is which, by its heading.

use thidua_domain::text::fold;

use super::{TableRow, wrong};
use crate::{
    export::Column,
    language::Language,
    problem::{Detail, Place, Problem, Trouble},
};

/// The column of each heading; `None` for what only people read. A heading is what files of lists have
/// (`Mã đơn vị [unitCode]`), or either half of it.
pub(super) fn columns<R: TableRow>(headings: &[String]) -> Result<Vec<Option<&'static Column>>, Problem> {
    if headings.iter().all(String::is_empty) {
        return Err(wrong("sheet.headingMissing"));
    }
    let mut columns: Vec<Option<&'static Column>> = Vec::with_capacity(headings.len());
    let mut faults = Vec::new();
    let mut fault = |heading: &str, code: &'static str| {
        let place = Detail::of(Place::Pointer(String::new()), code).in_row(1);
        faults.push(Detail { about: Some(heading.to_owned()), ..place });
    };
    for heading in headings {
        let column = R::COLUMNS.iter().find(|column| is(heading, column.name()));
        if column.is_none() && !heading.is_empty() && !R::SHOWN.iter().any(|name| is(heading, name)) {
            fault(heading, "sheet.headingUnknown");
        }
        if column.is_some_and(|column| columns.iter().flatten().any(|known| known.name() == column.name())) {
            fault(heading, "sheet.headingTwice");
        }
        columns.push(column);
    }
    if faults.is_empty() { Ok(columns) } else { Err(Problem::with(Trouble::BadRequest, faults)) }
}

fn is(heading: &str, name: &str) -> bool {
    let (label, code) = match heading.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')) {
        Some((label, code)) => (label.trim(), Some(code)),
        None => (heading, None),
    };
    match code {
        Some(code) => code == name,
        None => {
            label == name || Language::ALL.iter().any(|language| fold(&language.label("column", name)) == fold(label))
        }
    }
}
