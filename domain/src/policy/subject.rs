//! What commands are carried out on, as far as the policy must know it.

use crate::{
    change::Aggregate,
    document::DocumentType,
    principal::{Actor, PersonId, Role},
    unit::UnitId,
};

/// To whom a report on the whole campaign goes, which decides whose job it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Addressee {
    /// UBND thành phố.
    City,
    /// UBND xã.
    Committee,
}

/// A report that nobody has compiled yet.
impl Subject for Addressee {
    fn unit(&self) -> Option<UnitId> {
        None
    }
    fn addressee(&self) -> Option<Addressee> {
        Some(*self)
    }
}

/// A part that somebody took in the life of an object, and that another act must be separate from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// Drafted or edited it.
    Drafter,
    /// Submitted it.
    Submitter,
    /// Signed it.
    Signer,
}

/// What the policy must know of an object.
pub trait Subject {
    /// The unit that it belongs to.
    fn unit(&self) -> Option<UnitId>;
    /// The office that compiles the campaign it belongs to.
    fn coordinating_unit(&self) -> Option<UnitId> {
        None
    }
    /// To whom it goes, where it is a report on the whole campaign.
    fn addressee(&self) -> Option<Addressee> {
        None
    }
    /// Whether it is kept in a register of documents, which is the clerk's.
    fn in_register(&self) -> bool {
        false
    }
    /// What sort of paper it is, where the chairman may have it signed by somebody else.
    fn signed_by_authority(&self) -> Option<DocumentType> {
        None
    }
    /// Whether it names this role as one that judges.
    fn judged_by(&self, _: Role) -> bool {
        false
    }
    /// Whether this person took that part.
    fn took_part(&self, _: Part, _: PersonId) -> bool {
        false
    }
}

/// A subject that exists already: what a caller read of it can be stale.
pub trait Existing: Subject {
    /// How often it was saved.
    fn version(&self) -> i64;
}

impl<A: Aggregate + Subject> Existing for A {
    fn version(&self) -> i64 {
        self.root().version
    }
}

/// The subject of creations that belong to no other object: units, principals, campaigns.
#[derive(Clone, Copy, Debug)]
pub struct Directory;

impl Subject for Directory {
    fn unit(&self) -> Option<UnitId> {
        None
    }
}

/// The subject of creations by or for a unit within something larger, such as a registration within a campaign.
#[derive(Clone, Debug)]
pub struct Within<P> {
    /// What it is created in.
    pub parent: P,
    /// The unit that it will belong to.
    pub unit: UnitId,
}

impl<P> Subject for Within<P> {
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
}

impl Within<()> {
    /// What the caller could make for any of the units that it works for, whatever in.
    pub(crate) fn for_units_of(actor: &Actor) -> impl Iterator<Item = Self> {
        actor.works_for().into_iter().map(|unit| Self { parent: (), unit })
    }
}
