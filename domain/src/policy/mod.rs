//! Who may do what, to what, and never together with whom (`domain.md` §4.4, `trust.md` §2.1).
//!
//! A command exists only on a [`Permitted`] object, and only [`permit`] makes one: a transition that nobody authorised,
//! or that was authorised for another object, does not compile. The same two questions, policy first and stage second,
//! answer `actions` on a representation, so that the flag and the answer cannot disagree.

use std::marker::PhantomData;

use crate::{
    change::{Aggregate, Change, Moment},
    principal::{Actor, Role},
    refusal::{Code, Refusal},
    time::Timestamp,
    unit::UnitId,
};

mod action;
mod subject;
mod visibility;

pub use action::Action;
pub use subject::{Addressee, Directory, Existing, Part, Subject, Within};
pub use visibility::{Visibility, Window};

/// One way in which a role may act.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// The role that must be held.
    pub role: Role,
    /// How the caller must stand to the object.
    pub relation: Relation,
}

/// How a caller stands to an object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Relation {
    /// Whichever object.
    Any,
    /// The role is held for the object's unit.
    OwnUnit,
    /// The object is neither of the unit where the caller works, nor of the office that compiles the campaign.
    NotOwnUnit,
    /// The object is of the office that compiles the campaign, whose own papers another one must judge.
    OfCoordinatingUnit,
    /// The object is of a unit that the caller heads as well.
    HeadsUnit,
    /// The object names the role as one that judges, and is of no unit where the caller works or holds a role.
    Judges,
    /// The object is kept in a register of documents.
    InRegister,
    /// The object is a paper of a sort that the caller was authorised to sign for the chairman, in this very role.
    Authorised,
    /// The object is a report of the commune to the city.
    ToCity,
    /// The object is a report of an office to the committee of the commune.
    ToCommittee,
}

impl Action {
    /// Whether it records a signature, for which an issuer can be asked for a stronger or more recent proof.
    #[must_use]
    pub const fn signs(self) -> bool {
        matches!(self, Self::SignCampaign | Self::SignConsolidatedReport)
    }
}

/// Who may take an action: any of the ways, by a person who took none of the parts.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The ways; one suffices.
    pub ways: &'static [Way],
    /// The parts that must have been taken by others.
    pub apart_from: &'static [Part],
}

/// Something that a caller can do to a subject `S`: a small struct of what the caller decides.
pub trait Command<S: Subject>: Sized {
    /// Its row in the policy.
    const ACTION: Action;
    /// What it changes or makes.
    type Of: Aggregate;

    /// Whether the stage allows it; asked after the policy, by the command itself and by `actions`.
    ///
    /// # Errors
    /// The code of what stands in the way.
    fn ready(subject: &S) -> Result<(), Code>;

    /// Carries it out; reached only through [`Permitted::carry_out`].
    ///
    /// # Errors
    /// The rules that the command breaks.
    fn apply(self, on: Permitted<Self, S>, at: Moment<'_>) -> Result<Change<Self::Of>, Refusal>;
}

/// Proof that the policy allows this caller the command `C` on this very subject.
#[derive(Debug)]
pub struct Permitted<C, S> {
    subject: S,
    by: Actor,
    role: Role,
    command: PhantomData<fn() -> C>,
}

impl<C: Command<S>, S: Subject> Permitted<C, S> {
    /// Asks the stage, then carries the command out.
    ///
    /// # Errors
    /// What the stage or a rule says no to.
    pub fn carry_out(self, command: C, at: Moment<'_>) -> Result<Change<C::Of>, Refusal> {
        C::ready(&self.subject)?;
        command.apply(self, at)
    }

    /// Who acts.
    #[must_use]
    pub const fn by(&self) -> &Actor {
        &self.by
    }

    /// The role in which the caller acts: the one whose way fits, not merely one that is held.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// The subject, given up by the permission.
    #[must_use]
    pub fn into_subject(self) -> S {
        self.subject
    }
}

impl<C: Command<A, Of = A>, A: Aggregate + Subject> Permitted<C, A> {
    /// The change that `edit` makes, one version on.
    pub(crate) fn made(self, now: Timestamp, action: &'static str, edit: impl FnOnce(&mut A)) -> Change<A> {
        Change::made(&self.subject, now, action, edit)
    }
}

impl<C, S> std::ops::Deref for Permitted<C, S> {
    type Target = S;

    fn deref(&self) -> &S {
        &self.subject
    }
}

/// Asks the policy; the only maker of [`Permitted`].
///
/// # Errors
/// A refusal of kind [`crate::refusal::Kind::Forbidden`] that says what is missing.
pub fn permit<C: Command<S>, S: Subject>(actor: &Actor, subject: S) -> Result<Permitted<C, S>, Refusal> {
    let role = judge(actor, &subject, C::ACTION)?;
    Ok(Permitted { subject, by: actor.clone(), role, command: PhantomData })
}

/// Whether the caller could do it now: the policy first, then the stage; the answer that `actions` shows.
///
/// # Errors
/// The code of what stands in the way.
pub fn could<C: Command<S>, S: Subject>(actor: &Actor, subject: &S) -> Result<(), Code> {
    judge(actor, subject, C::ACTION)?;
    C::ready(subject)
}

/// Whether the caller could take the action on one of these: what a flag says before it is known of whom, or of what
/// sort, something will be made. The stage is asked apart.
///
/// # Errors
/// The code of what stands in the way at the last of them; of none, that the role is missing.
pub fn may_on_one<S: Subject>(
    actor: &Actor,
    action: Action,
    subjects: impl IntoIterator<Item = S>,
) -> Result<(), Code> {
    let mut obstacle = Code::RoleMissing;
    for subject in subjects {
        match judge(actor, &subject, action) {
            Ok(_) => return Ok(()),
            Err(code) => obstacle = code,
        }
    }
    Err(obstacle)
}

/// The role whose way fits.
fn judge(actor: &Actor, subject: &impl Subject, action: Action) -> Result<Role, Code> {
    let rule = action.rule();
    let mut obstacle = Code::RoleMissing;
    for way in rule.ways.iter().filter(|way| actor.has(way.role)) {
        match stands(actor, way, subject) {
            Ok(()) if rule.apart_from.iter().any(|part| subject.took_part(*part, actor.person)) => {
                return Err(Code::SamePerson);
            }
            Ok(()) => return Ok(way.role),
            Err(code) => obstacle = code,
        }
    }
    Err(obstacle)
}

/// Whether who decides would decide on papers of his own house.
fn own(actor: &Actor, unit: UnitId, subject: &impl Subject) -> bool {
    actor.unit == Some(unit) || subject.coordinating_unit() == Some(unit)
}

/// Whether a caller works in a unit, or holds a role for it.
fn belongs(actor: &Actor, unit: UnitId) -> bool {
    actor.unit == Some(unit) || actor.roles.iter().any(|(_, held_for)| *held_for == Some(unit))
}

fn stands(actor: &Actor, way: &Way, subject: &impl Subject) -> Result<(), Code> {
    let unit = subject.unit();
    let goes_to = |addressee| {
        if subject.addressee() == Some(addressee) { Ok(()) } else { Err(Code::OtherAddressee) }
    };
    let fits = match way.relation {
        Relation::Any => return Ok(()),
        Relation::OwnUnit => unit.is_some_and(|unit| actor.has_for(way.role, unit)),
        Relation::NotOwnUnit if unit.is_some_and(|unit| own(actor, unit, subject)) => return Err(Code::OwnUnit),
        Relation::NotOwnUnit => return Ok(()),
        Relation::Judges if !subject.judged_by(way.role) => return Err(Code::OtherJudge),
        Relation::Judges if unit.is_some_and(|unit| belongs(actor, unit)) => return Err(Code::OwnUnit),
        Relation::Judges => return Ok(()),
        Relation::OfCoordinatingUnit => unit.is_some() && unit == subject.coordinating_unit(),
        Relation::HeadsUnit if unit.is_some_and(|unit| actor.has_for(Role::UnitHead, unit)) => return Ok(()),
        Relation::HeadsUnit => return Err(Code::RoleMissing),
        Relation::InRegister if subject.in_register() => return Ok(()),
        Relation::InRegister => return Err(Code::RoleMissing),
        Relation::Authorised => {
            let paper = subject.signed_by_authority();
            let authorised = paper.is_some_and(|paper| actor.authorised(way.role, paper).is_some());
            return if authorised { Ok(()) } else { Err(Code::RoleMissing) };
        }
        Relation::ToCity => return goes_to(Addressee::City),
        Relation::ToCommittee => return goes_to(Addressee::Committee),
    };
    if fits { Ok(()) } else { Err(Code::OtherUnit) }
}
