//! Who calls: people and machines with effective-dated roles, and the two built-in ones.

use serde::{Deserialize, Serialize};

use crate::{
    campaign::CampaignId,
    change::{Aggregate, Change, Moment, ObjectType, Root},
    document::DocumentType,
    id::Id,
    policy::{Action, Command, Directory, Permitted, Subject, Visibility},
    refusal::{Code, Refusal},
    text::Line,
    time::Timestamp,
    unit::UnitId,
};

mod mandate;
mod role;
#[cfg(test)]
mod tests;

pub use mandate::{Authorisation, Mandate};
pub use role::Role;

/// Identifies a principal.
pub type PrincipalId = Id<Principal>;

/// Marks identifiers of human beings; one person may have several principals, and duties are separated by person.
#[derive(Debug)]
pub enum Person {}

/// Identifies a person (or a machine, which is a person of its own).
pub type PersonId = Id<Person>;

/// Adds a person to those who took a part, once.
pub(crate) fn remember(people: &mut Vec<PersonId>, person: PersonId) {
    if !people.contains(&person) {
        people.push(person);
    }
}

/// What kind of caller it is; tokens of one kind never match principals of another (RFC 9068, section 5).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PrincipalKind {
    /// A human being.
    Person,
    /// The city's portal and other systems.
    Machine,
    /// The built-in `public` (no token) and `system` (no caller).
    BuiltIn,
}

/// A role that somebody holds from an instant on, for a unit or for the whole commune.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Grant {
    /// Which role.
    pub role: Role,
    /// The unit for which it is held; absent for roles of the commune.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// In which way, where it is not as who was appointed to the post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mandate: Option<Mandate>,
    /// First instant at which it holds.
    pub valid_from: Timestamp,
    /// First instant at which it no longer holds; absent while open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_before: Option<Timestamp>,
}

/// A caller as registered: recognised by issuer and subject, never created by a token.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Principal {
    /// Identity and version.
    pub root: Root<Self>,
    /// The person behind it.
    pub person: PersonId,
    /// Person, machine or built in.
    pub kind: PrincipalKind,
    /// Issuer of its tokens (`iss`, exact).
    pub issuer: Line,
    /// Subject of its tokens (`sub`, exact).
    pub subject: Line,
    /// Name as shown: "Nguyễn Văn A".
    pub name: Line,
    /// Title as shown: "Trưởng phòng".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Line>,
    /// The unit where the person works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The roles, with their dates.
    pub grants: Vec<Grant>,
    /// Since when every request is refused, whatever the token says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled_at: Option<Timestamp>,
    /// Tokens issued before this instant are refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Timestamp>,
}

/// How a caller proved to be who he is, as the issuer of the token says it (RFC 9470).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Authentication {
    /// The class of the proof (`acr`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// When it was given (`auth_time`), by the issuer's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_at: Option<Timestamp>,
}

/// The caller of one request: the principal with the roles that hold now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Actor {
    /// Which principal.
    pub id: PrincipalId,
    /// Which person, for the separation of duties.
    pub person: PersonId,
    /// Person, machine or built in.
    pub kind: PrincipalKind,
    /// Issuer, for the log.
    pub issuer: String,
    /// How the caller proved to be who he is, where the token says it.
    pub authentication: Option<Authentication>,
    /// Subject, for the log.
    pub subject: String,
    /// Name as shown.
    pub name: String,
    /// Title as shown.
    pub title: Option<String>,
    /// The unit where the person works.
    pub unit: Option<UnitId>,
    /// Roles that hold now, with their unit.
    pub roles: Vec<(Role, Option<UnitId>)>,
    /// Of these roles, those that are held in a way of their own, with their unit.
    pub mandates: Vec<(Role, Option<UnitId>, Mandate)>,
    /// Of the units of these roles, each with a unit that has ended and in whose place it stands today.
    pub heritage: Vec<(UnitId, UnitId)>,
}

impl Actor {
    /// Whether the role is held now, for whatever unit.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.roles.iter().any(|(held, _)| *held == role)
    }

    /// Whether one of the roles is held now.
    #[must_use]
    pub fn has_any(&self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.has(*role))
    }

    /// Whether the role is held for this very unit.
    #[must_use]
    pub fn has_for(&self, role: Role, unit: UnitId) -> bool {
        self.roles.contains(&(role, Some(unit)))
    }

    /// The way in which a post is held for a unit, or for the commune; none where it is held by appointment.
    #[must_use]
    pub fn mandate(&self, role: Role, unit: Option<UnitId>) -> Option<&Mandate> {
        let held = self
            .mandates
            .iter()
            .find(|(held, of, mandate)| (*held, *of) == (role, unit) && mandate.authorisation().is_none());
        held.map(|(_, _, mandate)| mandate)
    }

    /// What lets the caller sign this sort of paper for the chairman, in this role.
    #[must_use]
    pub fn authorised(&self, role: Role, paper: DocumentType) -> Option<&Mandate> {
        let covers = |mandate: &Mandate| mandate.authorisation().is_some_and(|given| given.papers.contains(&paper));
        self.mandates.iter().find(|(held, _, mandate)| *held == role && covers(mandate)).map(|(_, _, mandate)| mandate)
    }

    /// The units for which the caller works on papers and targets; other roles with a unit open none.
    #[must_use]
    pub fn works_for(&self) -> Vec<UnitId> {
        let works = |role: Role| matches!(role, Role::UnitOfficer | Role::UnitHead);
        let mut units: Vec<_> =
            self.roles.iter().filter(|(role, _)| works(*role)).filter_map(|(_, unit)| *unit).collect();
        units.sort_unstable();
        units.dedup();
        units
    }

    /// The units whose papers and targets the caller may read: those for which it works, and their predecessors. What these
    /// left is read and not written.
    #[must_use]
    pub fn reads_for(&self) -> Vec<UnitId> {
        let mut units = self.works_for();
        let left = self.heritage.iter().filter(|(heir, _)| units.contains(heir)).map(|(_, predecessor)| *predecessor);
        let left: Vec<_> = left.collect();
        units.extend(left);
        units.sort_unstable();
        units.dedup();
        units
    }
}

impl Aggregate for Principal {
    const TYPE: ObjectType = ObjectType::Principal;

    fn root(&self) -> &Root<Self> {
        &self.root
    }
    fn root_mut(&mut self) -> &mut Root<Self> {
        &mut self.root
    }
    fn stage_code(&self) -> &'static str {
        if self.disabled_at.is_some() { "DISABLED" } else { "ACTIVE" }
    }
    fn campaign(&self) -> Option<CampaignId> {
        None
    }
    fn unit(&self) -> Option<UnitId> {
        self.unit
    }
    fn visible_to(&self, actor: &Actor) -> bool {
        actor.id == self.root.id || actor.has_any(Role::DIRECTORY)
    }
    fn visibility(actor: &Actor) -> Visibility {
        if actor.has_any(Role::DIRECTORY) { Visibility::everything() } else { Visibility::nothing() }
    }
}

impl Subject for Principal {
    fn unit(&self) -> Option<UnitId> {
        self.unit
    }
}

/// Registers a caller with its first grants.
///
/// An administrator's act; grants by two people, proposed and approved, come with the identity work.
#[derive(Clone, Debug)]
pub struct RegisterPrincipal {
    /// The person, when it already has another principal.
    pub person: Option<PersonId>,
    /// Person or machine.
    pub kind: PrincipalKind,
    /// Issuer of its tokens.
    pub issuer: Line,
    /// Subject of its tokens.
    pub subject: Line,
    /// Name as shown.
    pub name: Line,
    /// Title as shown.
    pub title: Option<Line>,
    /// The unit where the person works.
    pub unit: Option<UnitId>,
    /// First grants.
    pub grants: Vec<Grant>,
}

impl Command<Directory> for RegisterPrincipal {
    const ACTION: Action = Action::RegisterPrincipal;
    type Of = Principal;

    fn ready(_: &Directory) -> Result<(), Code> {
        Ok(())
    }

    fn apply(self, _: Permitted<Self, Directory>, at: Moment<'_>) -> Result<Change<Principal>, Refusal> {
        mandate::check(&self.grants, self.title.as_ref())?;
        let person = self.person.unwrap_or_else(|| PersonId::new((at.fresh)()));
        let principal = Principal {
            root: at.root(),
            person,
            kind: self.kind,
            issuer: self.issuer,
            subject: self.subject,
            name: self.name,
            title: self.title,
            unit: self.unit,
            grants: self.grants,
            disabled_at: None,
            not_before: None,
        };
        Ok(Change::created(principal, "principal.registered"))
    }
}

/// Shuts a caller out from its next request on.
#[derive(Clone, Copy, Debug)]
pub struct DisablePrincipal;

impl Command<Principal> for DisablePrincipal {
    const ACTION: Action = Action::DisablePrincipal;
    type Of = Principal;

    fn ready(principal: &Principal) -> Result<(), Code> {
        if principal.disabled_at.is_some() { Err(Code::PrincipalDisabled) } else { Ok(()) }
    }

    fn apply(self, on: Permitted<Self, Principal>, at: Moment<'_>) -> Result<Change<Principal>, Refusal> {
        Ok(on.made(at.now, "principal.disabled", |principal| principal.disabled_at = Some(at.now)))
    }
}
