//! How the items of a list stand in a table: its name and its columns.

use thidua_persistence::export::Named;

use crate::language::Language;

/// The table of a list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table {
    /// Its name: `table.{name}` of the catalogue, for files and sheets.
    pub(crate) name: &'static str,
    /// Its columns, in the order in which people read them.
    pub(crate) columns: &'static [Column],
}

/// A column. Its name is the way to the member in the item (`current.value.amount`), and `column.{name}` of the catalogue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
}

/// What stands in a column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// Text, also identifiers and codes.
    Text,
    /// A day.
    Date,
    /// An instant.
    Instant,
    /// A number; exact in CSV, as Excel has numbers in XLSX.
    Number,
    /// Yes or no.
    Flag,
    /// Several texts, with "; " between them.
    List,
    /// Several things, each by this member of it.
    Each(&'static str),
    /// The code of what another column's identifier stands for.
    CodeOf(Named, &'static str),
    /// Its name.
    NameOf(Named, &'static str),
}

impl Kind {
    /// Whether people may have written what stands here, so that it must not be taken for a formula.
    pub(super) const fn is_written(self) -> bool {
        match self {
            Self::Text | Self::List | Self::Each(_) | Self::CodeOf(..) | Self::NameOf(..) => true,
            Self::Date | Self::Instant | Self::Number | Self::Flag => false,
        }
    }
}

impl Column {
    /// The way to its member.
    pub(crate) const fn name(&self) -> &'static str {
        self.name
    }

    /// What stands in it.
    pub(crate) const fn kind(&self) -> Kind {
        self.kind
    }

    /// Its heading: what people call it, and in brackets what programs do.
    pub(crate) fn heading(&self, language: Language) -> String {
        format!("{} [{}]", language.label("column", self.name), self.name)
    }
}

/// A member that is a text.
pub(crate) const fn text(name: &'static str) -> Column {
    Column { name, kind: Kind::Text }
}

/// A member that is a day.
pub(crate) const fn date(name: &'static str) -> Column {
    Column { name, kind: Kind::Date }
}

/// A member that is an instant.
pub(crate) const fn instant(name: &'static str) -> Column {
    Column { name, kind: Kind::Instant }
}

/// A member that is an exact decimal.
pub(crate) const fn number(name: &'static str) -> Column {
    Column { name, kind: Kind::Number }
}

/// A member that is a whole number.
pub(crate) const fn whole(name: &'static str) -> Column {
    Column { name, kind: Kind::Number }
}

/// A member that is true or false.
pub(crate) const fn flag(name: &'static str) -> Column {
    Column { name, kind: Kind::Flag }
}

/// A member that is a list of texts.
pub(crate) const fn list(name: &'static str) -> Column {
    Column { name, kind: Kind::List }
}

/// A member that is a list of things, which are told by one of their members.
pub(crate) const fn each(name: &'static str, member: &'static str) -> Column {
    Column { name, kind: Kind::Each(member) }
}

/// The code of what the identifier in another column stands for.
pub(crate) const fn code_of(name: &'static str, of: Named, id: &'static str) -> Column {
    Column { name, kind: Kind::CodeOf(of, id) }
}

/// The name of what the identifier in another column stands for.
pub(crate) const fn name_of(name: &'static str, of: Named, id: &'static str) -> Column {
    Column { name, kind: Kind::NameOf(of, id) }
}
