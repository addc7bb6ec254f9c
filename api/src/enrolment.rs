//! Enters units, callers, the working calendar and the series of documents as `system`: what a new installation begins with, and the demonstration.

use std::collections::BTreeMap;

use serde::Deserialize;
use thidua_domain::{
    policy::Directory,
    principal::{Grant, Mandate, PrincipalKind, RegisterPrincipal, Role},
    refusal::{Code, Refusal},
    text::{Line, Token},
    time::{Date, Deadline, Timestamp},
    unit::{CreateUnit, Unit, UnitId, UnitType},
};
use thidua_persistence::{Call, Fence, Identity, Store, StoreError, facts};

mod days;
mod series;

pub use days::{DaySeed, Recorded, record_days};
pub use series::{SeriesSeed, record_series};

/// A unit to enter.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UnitSeed {
    /// Short code.
    pub code: Token,
    /// Full name.
    pub name: Line,
    /// What sort of unit.
    #[serde(rename = "type")]
    pub unit_type: UnitType,
    /// Code of the unit above.
    #[serde(default)]
    pub parent: Option<Token>,
    /// First day; the day from which the callers hold their roles, where the seed does not say.
    #[serde(default)]
    pub valid_from: Option<Date>,
    /// Made up.
    #[serde(default)]
    pub sample: bool,
}

/// A caller to register.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CallerSeed {
    /// Who issues its tokens: `iss`, exact.
    pub issuer: Line,
    /// Subject of its tokens: `sub`, exact.
    pub subject: Line,
    /// Name as it is shown to people.
    pub name: Line,
    /// Title as shown.
    #[serde(default)]
    pub title: Option<Line>,
    /// Code of the unit where it works.
    #[serde(default)]
    pub unit: Option<Token>,
    /// A machine instead of a person.
    #[serde(default)]
    pub machine: bool,
    /// Its roles; a role of a unit is held for that unit.
    pub roles: Vec<Role>,
    /// Further roles, each held in a way of its own: for the time being, as a deputy, or to sign for the chairman.
    #[serde(default)]
    pub mandates: Vec<MandateSeed>,
}

/// A role that is not held as by who was appointed to the post (NĐ 30/2020, article 13).
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MandateSeed {
    /// Which role; of a unit, it is held for the caller's.
    pub role: Role,
    /// In which way.
    pub held: Mandate,
    /// First day; the day from which the callers hold their roles, where the seed does not say.
    #[serde(default)]
    pub valid_from: Option<Date>,
    /// Last day; absent while open.
    #[serde(default)]
    pub valid_until: Option<Date>,
}

/// How many were new; the others were there before.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Enrolled {
    /// Units.
    pub units: usize,
    /// Callers.
    pub callers: usize,
}

/// Why nothing more was entered; what was entered before it stays, and is found there the next time.
#[derive(Debug, thiserror::Error)]
pub enum EnrolmentError {
    /// A parent, or the unit of a caller, is nowhere.
    #[error("there is no unit {0}")]
    NoUnit(Token),
    /// The calendar refuses a day.
    #[error("the day {0}: {1}")]
    Day(Date, Refusal),
    /// The store says no.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Enters the units that the directory lacks, then the callers that nobody registered, with their roles from an instant on,
/// or from now on.
/// What is there is left as it is.
///
/// # Errors
/// A unit that is named and nowhere, or the store says no.
pub async fn enrol(
    store: &Store,
    units: &[UnitSeed],
    callers: &[CallerSeed],
    from: Option<Timestamp>,
) -> Result<Enrolled, EnrolmentError> {
    let call = Call { identity: Identity::system(), request_id: "thidua-enrolment".to_owned() };
    let reader = store.read(&call).await?;
    let from = from.unwrap_or(reader.now);
    let mut known = facts::directory(&reader).await?;
    drop(reader);
    let mut enrolled = Enrolled::default();
    for unit in units {
        if !known.contains_key(&unit.code) {
            let parent = unit.parent.as_ref().map(|code| unit_of(&known, code)).transpose()?;
            known.insert(unit.code.clone(), enter(store, &call, unit.clone(), parent, from).await?);
            enrolled.units += 1;
        }
    }
    for caller in callers {
        let unit = caller.unit.as_ref().map(|code| unit_of(&known, code)).transpose()?;
        enrolled.callers += usize::from(register(store, &call, caller.clone(), unit, from).await?);
    }
    Ok(enrolled)
}

fn unit_of(known: &BTreeMap<Token, UnitId>, code: &Token) -> Result<UnitId, EnrolmentError> {
    known.get(code).copied().ok_or_else(|| EnrolmentError::NoUnit(code.clone()))
}

async fn enter(
    store: &Store,
    call: &Call,
    unit: UnitSeed,
    parent: Option<UnitId>,
    from: Timestamp,
) -> Result<UnitId, StoreError> {
    let saved = store.write(call.clone(), None, Fence::Directory, async move |tx| {
        let permitted = tx.permit_new::<CreateUnit, _>(Directory)?;
        let parent = match parent {
            Some(parent) => Some(tx.look_up::<Unit>(parent).await?),
            None => None,
        };
        let unit = CreateUnit {
            code: unit.code.clone(),
            name: unit.name.clone(),
            unit_type: unit.unit_type,
            parent,
            managing_authority: None,
            valid_from: unit.valid_from.unwrap_or_else(|| from.date()),
            sample: unit.sample,
        };
        tx.carry_out(permitted, unit).await
    });
    Ok(saved.await?.object.root.id)
}

/// Whether the caller was new.
async fn register(
    store: &Store,
    call: &Call,
    caller: CallerSeed,
    unit: Option<UnitId>,
    from: Timestamp,
) -> Result<bool, StoreError> {
    let written = store.write(call.clone(), None, Fence::None, async move |tx| {
        let permitted = tx.permit_new::<RegisterPrincipal, _>(Directory)?;
        tx.carry_out(permitted, principal(&caller, unit, from)).await
    });
    match written.await {
        Ok(_) => Ok(true),
        Err(StoreError::Refused(refusal)) if refusal.code == Code::PrincipalTaken => Ok(false),
        Err(error) => Err(error),
    }
}

fn principal(caller: &CallerSeed, unit: Option<UnitId>, from: Timestamp) -> RegisterPrincipal {
    let of = |role| unit.filter(|_| matches!(role, Role::UnitOfficer | Role::UnitHead));
    let appointed = caller.roles.iter().map(|role| Grant {
        role: *role,
        unit: of(*role),
        mandate: None,
        valid_from: from,
        valid_before: None,
    });
    let mandated = caller.mandates.iter().map(|mandate| Grant {
        role: mandate.role,
        unit: of(mandate.role),
        mandate: Some(mandate.held.clone()),
        valid_from: mandate.valid_from.map_or(from, Timestamp::start_of),
        valid_before: mandate.valid_until.map(|day| Deadline::through(day).instant()),
    });
    RegisterPrincipal {
        person: None,
        kind: if caller.machine { PrincipalKind::Machine } else { PrincipalKind::Person },
        issuer: caller.issuer.clone(),
        subject: caller.subject.clone(),
        name: caller.name.clone(),
        title: caller.title.clone(),
        unit,
        grants: appointed.chain(mandated).collect(),
    }
}

/// Registers the first administrator of an installation. There is no second time: whoever comes later is registered by
/// somebody who answers for it.
///
/// # Errors
/// `Refused` with `principal.taken` where an administrator is registered already, or the store says no.
pub async fn bootstrap(store: &Store, administrator: CallerSeed) -> Result<(), StoreError> {
    let call = Call { identity: Identity::system(), request_id: "thidua-bootstrap".to_owned() };
    let written = store.write(call, None, Fence::None, async move |tx| {
        let permitted = tx.permit_new::<RegisterPrincipal, _>(Directory)?;
        if facts::has_administrator(tx).await? {
            return Err(StoreError::Refused(Code::PrincipalTaken.into()));
        }
        tx.carry_out(permitted, principal(&administrator, None, tx.now())).await
    });
    written.await.map(drop)
}
