//! The commands of the production form: `serve`, `migrate`, `seed`, `admin`, `config`, `health`. Each reads the settings, of
//! which every problem is named at once.

use std::{
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    time::Duration,
};

use clap::Subcommand;
use serde::Deserialize;
use thidua_domain::{principal::Role, text::Line};
use thidua_persistence::{Pool, PoolOptions, Store, StoreError, connect_options, migrate};

use super::{Said, print};
use crate::{
    config::{DEFAULTS, Settings},
    enrolment::{CallerSeed, DaySeed, SeriesSeed, UnitSeed, bootstrap, enrol, record_days, record_series},
    service::{start, told_to_end},
    telemetry,
};

/// How long `health` waits for an answer.
const HEALTH_WAIT: Duration = Duration::from_secs(5);

#[derive(Debug, Subcommand)]
pub(super) enum Production {
    /// Serve in production, on a PostgreSQL that is there.
    Serve,
    /// The database's schema.
    Migrate {
        #[command(subcommand)]
        command: MigrateCommand,
    },
    /// Enter the units, callers, days and series of a file that are not there yet.
    Seed {
        /// TOML with [[units]], [[callers]], [[days]] and [[series]]; docs/OPERATING.md says what is in them.
        file: PathBuf,
    },
    /// Administrators.
    Admin {
        #[command(subcommand)]
        command: AdminCommand,
    },
    /// The settings.
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// Ask a service on this machine whether it is ready; fails where it is not.
    Health,
}

#[derive(Clone, Copy, Debug, Subcommand)]
pub(super) enum MigrateCommand {
    /// Apply what is missing.
    Up,
    /// Say what is missing; fails where anything is.
    Status,
}

#[derive(Debug, Subcommand)]
pub(super) enum AdminCommand {
    /// Register the first administrator; there is no second time.
    Bootstrap {
        /// `iss` of the administrator's tokens.
        #[arg(long, value_parser = line)]
        issuer: Line,
        /// `sub` of the administrator's tokens.
        #[arg(long, value_parser = line)]
        subject: Line,
        /// The administrator's name, as it is shown.
        #[arg(long, value_parser = line)]
        name: Line,
    },
}

#[derive(Clone, Copy, Debug, Subcommand)]
pub(super) enum ConfigCommand {
    /// Name every problem of the settings.
    Check,
    /// Print the settings that hold, and where each comes from.
    Print,
    /// Print the defaults with what they mean, as the beginning of a file.
    Defaults,
}

/// What `seed` enters.
#[derive(Deserialize)]
struct Roll {
    #[serde(default)]
    units: Vec<UnitSeed>,
    #[serde(default)]
    callers: Vec<CallerSeed>,
    #[serde(default)]
    days: Vec<DaySeed>,
    #[serde(default)]
    series: Vec<SeriesSeed>,
}

impl Production {
    /// Runs it with the settings of this file, or of the one that THIDUA_CONFIG names.
    pub(super) fn run(self, config: Option<&Path>) -> Result<(), Said> {
        let settings = Settings::read(config, std::env::vars()).map_err(|found| all(&found));
        if let Ok(settings) = &settings {
            telemetry::begin(settings.log());
        }
        actix_web::rt::System::new().block_on(async {
            match self {
                Self::Serve => serve(&settings?).await,
                Self::Migrate { command } => migrate_with(&settings?, command).await,
                Self::Seed { file } => seed(&settings?, &file).await,
                Self::Admin { command: AdminCommand::Bootstrap { issuer, subject, name } } => {
                    let administrator = CallerSeed {
                        issuer,
                        subject,
                        name,
                        title: None,
                        unit: None,
                        machine: false,
                        roles: vec![Role::Admin],
                        mandates: Vec::new(),
                    };
                    bootstrap(&store(&settings?)?, administrator).await.map_err(|error| match error {
                        StoreError::Refused(_) => "an administrator, or this subject, is registered already".to_owned(),
                        error => error.to_string(),
                    })
                }
                // What the settings should look like is told to those who have none yet.
                Self::Config { command: ConfigCommand::Defaults } => {
                    print(DEFAULTS.trim_end());
                    Ok(())
                }
                Self::Config { command: ConfigCommand::Print } => {
                    print(&settings?.shown());
                    Ok(())
                }
                Self::Config { command: ConfigCommand::Check } => {
                    settings?.serving().map_err(|problems| all(&problems))?;
                    print("the settings are in order");
                    Ok(())
                }
                Self::Health => health(&settings?).await,
            }
        })
    }
}

fn line(text: &str) -> Result<Line, String> {
    Line::parse(text).map_err(|fault| fault.as_code().to_owned())
}

/// All problems, a line each.
fn all(problems: &[String]) -> Said {
    format!("the settings cannot be used:\n  {}", problems.join("\n  "))
}

fn store(settings: &Settings) -> Result<Store, Said> {
    let url = settings.database_url().map_err(|problems| all(&problems))?;
    Ok(Store::new(Pool::new(connect_options(url)?, PoolOptions::default())))
}

async fn serve(settings: &Settings) -> Result<(), Said> {
    let serving = settings.serving().map_err(|problems| all(&problems))?;
    let bind = serving.bind;
    let listener = TcpListener::bind(bind).map_err(|error| format!("cannot answer at {bind}: {error}"))?;
    let handle = start(listener, serving).await.map_err(|error| error.to_string())?;
    print(&format!("ready http://{bind}"));
    told_to_end().await;
    handle.stop(true).await;
    Ok(())
}

async fn migrate_with(settings: &Settings, command: MigrateCommand) -> Result<(), Said> {
    let url = settings.owner_url().map_err(|problems| all(&problems))?;
    let mut owner = migrate::connect(url).await.map_err(|error| error.to_string())?;
    match command {
        MigrateCommand::Up => {
            let applied = migrate::up(&mut owner).await.map_err(|error| error.to_string())?;
            let done = if applied.is_empty() { "nothing was missing".to_owned() } else { applied.join("\n") };
            print(&done);
            Ok(())
        }
        MigrateCommand::Status => match migrate::pending(&mut owner).await.map_err(|error| error.to_string())? {
            pending if pending.is_empty() => {
                print("nothing is missing");
                Ok(())
            }
            pending => Err(format!("still to be applied: {}", pending.join(", "))),
        },
    }
}

async fn seed(settings: &Settings, file: &Path) -> Result<(), Said> {
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    let text = std::fs::read_to_string(file).map_err(|error| named(&error))?;
    let roll: Roll = toml::from_str(&text).map_err(|error| named(&error))?;
    let store = store(settings)?;
    let enrolled = enrol(&store, &roll.units, &roll.callers, None).await.map_err(|error| named(&error))?;
    let recorded = record_days(&store, &roll.days).await.map_err(|error| named(&error))?;
    let series = record_series(&store, &roll.series).await.map_err(|error| named(&error))?;
    print(&format!(
        "units: {} entered, {} there before; callers: {} entered, {} there before; \
         days: {} recorded, {} there before, {} not decided yet; series: {series} recorded, {} there before",
        enrolled.units,
        roll.units.len() - enrolled.units,
        enrolled.callers,
        roll.callers.len() - enrolled.callers,
        recorded.days,
        roll.days.len() - recorded.days - recorded.undecided,
        recorded.undecided,
        roll.series.len() - series,
    ));
    Ok(())
}

async fn health(settings: &Settings) -> Result<(), Said> {
    let bind: SocketAddr = settings.bind().map_err(|problems| all(&problems))?;
    let here = if bind.ip().is_unspecified() { SocketAddr::new(loopback(bind), bind.port()) } else { bind };
    let client = reqwest::Client::builder().no_proxy().timeout(HEALTH_WAIT).build();
    let asked = client.map_err(|error| error.to_string())?.get(format!("http://{here}/health/ready")).send().await;
    let status = asked.map_err(|error| error.to_string())?.status();
    if status.is_success() { Ok(()) } else { Err(format!("not ready: {status}")) }
}

fn loopback(bind: SocketAddr) -> std::net::IpAddr {
    if bind.is_ipv4() { std::net::Ipv4Addr::LOCALHOST.into() } else { std::net::Ipv6Addr::LOCALHOST.into() }
}

#[cfg(test)]
mod tests {
    use thidua_domain::principal::Mandate;

    use super::Roll;

    #[test]
    fn the_file_for_seed_that_the_manual_shows_is_one() {
        let manual = include_str!("../../../docs/OPERATING.md");
        let shown = &manual[manual.find("    [[units]]").unwrap()..manual.find("A day that is decided later").unwrap()];
        let roll: Roll = toml::from_str(shown).unwrap();
        assert_eq!((roll.units.len(), roll.callers.len(), roll.days.len(), roll.series.len()), (1, 1, 1, 1));
        assert!(matches!(roll.callers[0].mandates[0].held, Mandate::ByAuthority { .. }));
    }
}
