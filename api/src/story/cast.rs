//! Who plays: the callers of the seed, registered by `system` as an administrator would.

use serde::Deserialize;
use thidua_domain::{
    principal::Role,
    text::{Line, Token},
    time::Timestamp,
};
use thidua_persistence::{Store, seed};

use super::{calendar::record_calendar, client::StoryError};
use crate::{
    auth::DEV_ISSUER,
    enrolment::{CallerSeed, SeriesSeed, UnitSeed, enrol, record_series},
};

/// Units and personas of the demonstration.
#[derive(Clone, Debug)]
pub struct Cast {
    /// Units of the real seed, then the sample ones; a unit comes after its parent.
    pub units: Vec<UnitSeed>,
    /// Callers.
    pub personas: Vec<PersonaSeed>,
    /// The series in which documents are numbered.
    pub series: Vec<SeriesSeed>,
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

impl PersonaSeed {
    fn caller(&self, issuer: &Line) -> CallerSeed {
        CallerSeed {
            issuer: issuer.clone(),
            subject: self.name.clone(),
            name: self.person.clone(),
            title: self.title.clone(),
            unit: self.unit.clone(),
            machine: self.machine,
            roles: self.roles.clone(),
            mandates: Vec::new(),
        }
    }
}

#[derive(Deserialize)]
struct Commune {
    units: Vec<UnitSeed>,
    series: Vec<SeriesSeed>,
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
        let real: Commune = toml::from_str(seed::GIA_LOC_2025).map_err(|error| StoryError::Seed(error.to_string()))?;
        let sample: Sample = toml::from_str(seed::SAMPLE).map_err(|error| StoryError::Seed(error.to_string()))?;
        let made_up = sample.units.into_iter().map(|unit| UnitSeed { sample: true, ..unit });
        let units = real.units.into_iter().chain(made_up).collect();
        Ok(Self { units, personas: sample.personas, series: real.series })
    }
}

/// The day from which on the demonstration's callers hold their roles.
const ROLES_FROM: &str = "2025-07-01T00:00:00+07:00";

/// Enters the units, then the callers with their roles, then the series of documents and the working calendar, as `system`.
///
/// # Errors
/// The store says no.
pub async fn register_cast(store: &Store, cast: &Cast) -> Result<(), StoryError> {
    let seed = |fault: &str| StoryError::Seed(fault.to_owned());
    let from = Timestamp::parse(ROLES_FROM).ok_or_else(|| seed(ROLES_FROM))?;
    let issuer = Line::parse(DEV_ISSUER).map_err(|fault| seed(fault.as_code()))?;
    let callers: Vec<_> = cast.personas.iter().map(|persona| persona.caller(&issuer)).collect();
    enrol(store, &cast.units, &callers, Some(from)).await.map_err(|error| StoryError::Seed(error.to_string()))?;
    record_series(store, &cast.series).await.map_err(|error| StoryError::Seed(error.to_string()))?;
    record_calendar(store).await
}
