//! What a unit is called and where it stands, by date.

use serde::{Deserialize, Serialize};

use super::{Happening, Lifetime, Predecessor, Unit, UnitId};
use crate::{
    text::{Line, Token},
    time::Date,
};

/// What holds of a unit from a day on, until the next face.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Face {
    /// The first day on which it holds.
    pub since: Date,
    /// Full name, as printed.
    pub name: Line,
    /// The unit above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<UnitId>,
    /// The body that manages it (cơ quan quản lý cấp trên).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub managing_authority: Option<Line>,
}

/// The faces of a unit, by day, the first one being that of its first day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "Vec<Face>", into = "Vec<Face>")]
pub struct Faces {
    first: Face,
    later: Vec<Face>,
}

impl Faces {
    /// The face on a day; before the first day the first one, after the last day the last.
    #[must_use]
    pub fn on(&self, day: Date) -> &Face {
        self.later.iter().rev().find(|face| face.since <= day).unwrap_or(&self.first)
    }

    /// Each of them, by day.
    pub fn iter(&self) -> impl Iterator<Item = &Face> {
        std::iter::once(&self.first).chain(&self.later)
    }

    /// Of two faces from the same day on the later one holds.
    fn add(&mut self, since: Date, edit: impl FnOnce(&mut Face)) {
        let last = self.later.last_mut().unwrap_or(&mut self.first);
        if last.since == since {
            edit(last);
        } else {
            let mut next = Face { since, ..last.clone() };
            edit(&mut next);
            self.later.push(next);
        }
    }
}

impl TryFrom<Vec<Face>> for Faces {
    type Error = &'static str;

    fn try_from(faces: Vec<Face>) -> Result<Self, Self::Error> {
        let mut faces = faces.into_iter();
        let first = faces.next().ok_or("a unit without a face")?;
        Ok(Self { first, later: faces.collect() })
    }
}

impl From<Faces> for Vec<Face> {
    fn from(faces: Faces) -> Self {
        std::iter::once(faces.first).chain(faces.later).collect()
    }
}

/// A unit as others name it, whatever the day.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct UnitEntry {
    /// The unit.
    pub unit: UnitId,
    /// Its code.
    pub code: Token,
    /// Its names and places.
    pub faces: Faces,
}

/// A unit with when it exists, and in whose place it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnitLife {
    /// The unit, as others name it.
    pub entry: UnitEntry,
    /// When it exists.
    pub lives: Lifetime,
    /// The units in whose place it stands.
    pub heritage: Vec<Predecessor>,
}

impl Unit {
    /// Its faces, from the acts that changed them.
    #[must_use]
    pub fn faces(&self) -> Faces {
        let first = Face {
            since: self.valid_from,
            name: self.name.clone(),
            parent: self.parent,
            managing_authority: self.managing_authority.clone(),
        };
        let mut faces = Faces { first, later: Vec::new() };
        for act in &self.acts {
            let since = act.grounds.effective_on;
            match &act.what {
                Happening::Renamed { name } => faces.add(since, |face| face.name = name.clone()),
                Happening::Transferred { parent, at_top, managing_authority } => faces.add(since, |face| {
                    face.parent = parent.or(face.parent.filter(|_| !at_top));
                    if managing_authority.is_some() {
                        face.managing_authority.clone_from(managing_authority);
                    }
                }),
                Happening::Merged { .. }
                | Happening::TookOver { .. }
                | Happening::Divided { .. }
                | Happening::GaveOff { .. }
                | Happening::Founded { .. }
                | Happening::Dissolved => {}
            }
        }
        faces
    }

    /// The unit as others name it.
    #[must_use]
    pub fn entry(&self) -> UnitEntry {
        UnitEntry { unit: self.root.id, code: self.code.clone(), faces: self.faces() }
    }

    /// The unit with when it exists, and in whose place it stands.
    #[must_use]
    pub fn life(&self) -> UnitLife {
        UnitLife { entry: self.entry(), lives: self.lifetime(), heritage: self.heritage.clone() }
    }

    /// The name on a day, or on the nearest day on which the unit has one.
    #[must_use]
    pub fn name_on(&self, day: Date) -> &Line {
        let acts = self.acts.iter().rev().filter(|act| act.grounds.effective_on <= day);
        let mut names = acts.filter_map(|act| match &act.what {
            Happening::Renamed { name } => Some(name),
            Happening::Transferred { .. }
            | Happening::Merged { .. }
            | Happening::TookOver { .. }
            | Happening::Divided { .. }
            | Happening::GaveOff { .. }
            | Happening::Founded { .. }
            | Happening::Dissolved => None,
        });
        names.next().unwrap_or(&self.name)
    }
}
