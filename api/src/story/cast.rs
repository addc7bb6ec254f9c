//! Who plays: the callers of the seed, registered by `system` as an administrator would.

use serde::Deserialize;
use thidua_domain::{
    id::Id,
    policy::Directory,
    principal::{Grant, PrincipalKind, RegisterPrincipal, Role},
    text::{Line, Token},
    time::Timestamp,
    unit::{CreateUnit, UnitId, UnitType},
};
use thidua_persistence::{Call, Fence, Identity, Store, StoreError, seed};

use super::{calendar::record_calendar, client::StoryError};
use crate::auth::DEV_ISSUER;

/// Units and personas of the demonstration.
#[derive(Clone, Debug)]
pub struct Cast {
    /// Units of the real seed, then the sample ones; a unit comes after its parent.
    pub units: Vec<UnitSeed>,
    /// Callers.
    pub personas: Vec<PersonaSeed>,
}

/// A unit of a seed.
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
    /// First day; the start of the new communes where the seed does not say.
    #[serde(default)]
    pub valid_from: Option<thidua_domain::time::Date>,
    /// Made up.
    #[serde(default)]
    pub sample: bool,
}

/// A caller of the seed.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PersonaSeed {
    /// Subject of its tokens: `coordinator`.
    pub name: Line,
    /// Name as it is shown to people.
    pub person: Line,
    /// Title as shown.
    #[serde(default)]
    pub title: Option<Line>,
    /// Code of the unit where it works.
    #[serde(default)]
    pub unit: Option<Token>,
    /// A machine instead of a person.
    #[serde(default)]
    pub machine: bool,
    /// Its roles.
    pub roles: Vec<Role>,
}

#[derive(Deserialize)]
struct UnitsOf {
    units: Vec<UnitSeed>,
}

#[derive(Deserialize)]
struct Sample {
    units: Vec<UnitSeed>,
    personas: Vec<PersonaSeed>,
}

impl Cast {
    /// Reads the seeds.
    ///
    /// # Errors
    /// A seed that cannot be read; a test reads them all.
    pub fn read() -> Result<Self, StoryError> {
        let real: UnitsOf = toml::from_str(seed::GIA_LOC_2025).map_err(|error| StoryError::Seed(error.to_string()))?;
        let sample: Sample = toml::from_str(seed::SAMPLE).map_err(|error| StoryError::Seed(error.to_string()))?;
        let made_up = sample.units.into_iter().map(|unit| UnitSeed { sample: true, ..unit });
        Ok(Self { units: real.units.into_iter().chain(made_up).collect(), personas: sample.personas })
    }
}

/// The day from which on the demonstration's callers hold their roles.
const ROLES_FROM: &str = "2025-07-01T00:00:00+07:00";

/// Enters the units, then the callers with their roles, then the working calendar, as `system`.
///
/// # Errors
/// The store says no.
pub async fn register_cast(store: &Store, cast: &Cast) -> Result<(), StoryError> {
    let call = Call { identity: Identity::system(), request_id: "thidua-dev-set-up".to_owned() };
    let from = Timestamp::parse(ROLES_FROM).ok_or_else(|| StoryError::Seed(ROLES_FROM.to_owned()))?;
    let mut units: Vec<(Token, UnitId)> = Vec::new();
    for unit in cast.units.clone() {
        let parent = unit.parent.as_ref().and_then(|code| find(&units, code));
        let code = unit.code.clone();
        let saved = store.write(call.clone(), None, Fence::None, async move |tx| {
            let permitted = tx.permit_new::<CreateUnit, _>(Directory)?;
            let unit = CreateUnit {
                code: unit.code.clone(),
                name: unit.name.clone(),
                unit_type: unit.unit_type,
                parent,
                valid_from: unit.valid_from.unwrap_or_else(|| from.date()),
                sample: unit.sample,
            };
            tx.carry_out(permitted, unit).await
        });
        units.push((code, saved.await?.object.root.id));
    }
    for persona in cast.personas.clone() {
        let unit = match &persona.unit {
            None => None,
            Some(code) => Some(find(&units, code).ok_or_else(|| StoryError::Seed(format!("no unit {code}")))?),
        };
        register(store, &call, persona, unit, from).await?;
    }
    record_calendar(store, &call).await
}

fn find(units: &[(Token, UnitId)], code: &Token) -> Option<UnitId> {
    units.iter().find(|(known, _)| known == code).map(|(_, id)| *id)
}

async fn register(
    store: &Store,
    call: &Call,
    persona: PersonaSeed,
    unit: Option<UnitId>,
    from: Timestamp,
) -> Result<(), StoreError> {
    let issuer = Line::parse(DEV_ISSUER).map_err(|fault| StoreError::State(fault.as_code().to_owned()))?;
    let written = store.write(call.clone(), None, Fence::None, async move |tx| {
        let permitted = tx.permit_new::<RegisterPrincipal, _>(Directory)?;
        let grants = persona.roles.iter().map(|role| {
            let of_unit = matches!(role, Role::UnitOfficer | Role::UnitHead);
            Grant { role: *role, unit: unit.filter(|_| of_unit), valid_from: from, valid_before: None }
        });
        let principal = RegisterPrincipal {
            person: None,
            kind: if persona.machine { PrincipalKind::Machine } else { PrincipalKind::Person },
            issuer: issuer.clone(),
            subject: persona.name.clone(),
            name: persona.person.clone(),
            title: persona.title.clone(),
            unit: unit.map(|unit| Id::new(unit.uuid())),
            grants: grants.collect(),
        };
        tx.carry_out(permitted, principal).await
    });
    written.await.map(drop)
}
