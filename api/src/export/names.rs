//! What identifiers stand for: codes and names, asked for once for each thing that occurs.

use std::collections::HashMap;

use thidua_persistence::{Reader, StoreError, export::Named};
use uuid::Uuid;

use super::{
    flat::Row,
    table::{Column, Kind},
};

/// Codes and names by identifier. What the caller cannot see has neither.
#[derive(Debug)]
pub(super) struct Names {
    /// Which columns hold identifiers of what.
    sources: Vec<(usize, Named)>,
    known: HashMap<(Named, Uuid), Option<(String, String)>>,
}

/// As many as are kept: a commune has hundreds of units and some thousands of targets.
const MOST_KEPT: usize = 50_000;

impl Names {
    pub(super) fn of(columns: &[Column]) -> Self {
        let mut sources = Vec::new();
        for column in columns {
            if let Kind::CodeOf(named, id) | Kind::NameOf(named, id) = column.kind
                && let Some(place) = columns.iter().position(|one| one.name == id)
                && !sources.contains(&(place, named))
            {
                sources.push((place, named));
            }
        }
        Self { sources, known: HashMap::new() }
    }

    /// Asks for what these rows refer to and is not known yet.
    pub(super) async fn learn(&mut self, reader: &Reader, rows: &[Row]) -> Result<(), StoreError> {
        if self.known.len() > MOST_KEPT {
            self.known.clear();
        }
        for (place, named) in self.sources.clone() {
            let mut asked = Vec::new();
            for id in rows.iter().filter_map(|row| identifier(row.cell(place)?)) {
                if self.known.insert((named, id), None).is_none() {
                    asked.push(id);
                }
            }
            if !asked.is_empty() {
                for (id, code, name) in reader.named(named, asked).await? {
                    self.known.insert((named, id), Some((code, name)));
                }
            }
        }
        Ok(())
    }

    /// What stands in a column of a row: the member itself, or what it stands for.
    pub(super) fn cell<'a>(&'a self, columns: &[Column], row: &'a Row, place: usize) -> Option<&'a str> {
        let (named, id, code) = match columns.get(place)?.kind {
            Kind::CodeOf(named, id) => (named, id, true),
            Kind::NameOf(named, id) => (named, id, false),
            Kind::Text | Kind::Date | Kind::Instant | Kind::Number | Kind::Flag | Kind::List | Kind::Each(_) => {
                return row.cell(place);
            }
        };
        let source = columns.iter().position(|column| column.name == id)?;
        let (known_code, name) = self.known.get(&(named, identifier(row.cell(source)?)?))?.as_ref()?;
        Some(if code { known_code } else { name })
    }
}

fn identifier(text: &str) -> Option<Uuid> {
    Uuid::try_parse(text).ok()
}
