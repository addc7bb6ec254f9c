//! Settings of the production form: defaults, then a file, then the environment. Every problem is named at once.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    ops::RangeInclusive,
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

use thidua_persistence::PoolOptions;
use toml::{Table, Value};

use crate::{auth::Issuer, dispatches::Correspondence, mail::MailSettings};

mod exchange;
mod issuers;
#[cfg(test)]
mod tests;

use exchange::RecipientSettings;
use issuers::IssuerSettings;

/// The defaults, with what each of them means.
pub const DEFAULTS: &str = include_str!("defaults.toml");
/// Names in the environment begin with it.
const PREFIX: &str = "THIDUA_";
/// Names a file of settings, where the command line names none.
const CONFIG: &str = "THIDUA_CONFIG";
/// What other tools call `database.url`.
const DATABASE_URL: &str = "DATABASE_URL";

/// The settings, as they hold.
#[derive(Debug)]
pub struct Settings {
    values: BTreeMap<String, Setting>,
    issuers: Vec<IssuerSettings>,
    recipients: Vec<RecipientSettings>,
}

#[derive(Clone, Debug)]
struct Setting {
    value: String,
    /// Whether it is text, for printing.
    text: bool,
    /// The default, the file or the variable that says so.
    origin: String,
}

/// What `thidua serve` needs, checked.
#[derive(Debug)]
pub struct Serving {
    /// Where to answer.
    pub bind: SocketAddr,
    /// Threads that answer.
    pub workers: usize,
    /// Each caller's share.
    pub requests_per_minute: u32,
    /// Address of the database, with the application's login.
    pub database: String,
    /// The pool.
    pub pool: PoolOptions,
    /// The folder for the bytes of files.
    pub files: PathBuf,
    /// The most bytes of a file.
    pub most_bytes: u64,
    /// Whose tokens are accepted.
    pub issuers: Vec<Issuer>,
    /// Where letters are handed in; without it none are sent.
    pub mail: Option<MailSettings>,
    /// With whom documents are exchanged.
    pub exchange: Correspondence,
}

impl Settings {
    /// Reads the settings: the file is the one of the command line or of `THIDUA_CONFIG`, if there is any.
    ///
    /// # Errors
    /// Every problem, a sentence each.
    pub fn read(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, Vec<String>> {
        let environment: BTreeMap<String, String> =
            environment.into_iter().filter(|(name, _)| name.starts_with(PREFIX) || name == DATABASE_URL).collect();
        let mut settings = Self { values: BTreeMap::new(), issuers: Vec::new(), recipients: Vec::new() };
        let mut problems = Vec::new();
        settings.take_table(DEFAULTS, "default", true, &mut problems);
        let file = file.map(Path::to_owned).or_else(|| environment.get(CONFIG).map(PathBuf::from));
        if let Some(file) = file {
            let origin = file.display().to_string();
            match std::fs::read_to_string(&file) {
                Ok(text) => settings.take_table(&text, &origin, false, &mut problems),
                Err(error) => problems.push(format!("{origin}: {error}")),
            }
        }
        settings.take_environment(&environment, &mut problems);
        if problems.is_empty() { Ok(settings) } else { Err(problems) }
    }

    fn take_table(&mut self, text: &str, origin: &str, all_new: bool, problems: &mut Vec<String>) {
        let table = match text.parse::<Table>() {
            Ok(table) => table,
            Err(error) => return problems.push(format!("{origin}: {error}")),
        };
        for (name, value) in flat(table) {
            if name == "issuers" {
                self.issuers = issuers::read(&value, origin, problems);
                continue;
            }
            if name == "exchange.recipients" {
                self.recipients = exchange::read(&value, origin, problems);
                continue;
            }
            let known = all_new || self.values.contains_key(&name);
            let (value, text) = match value {
                Value::String(value) => (value, true),
                Value::Integer(value) => (value.to_string(), false),
                _ => {
                    problems.push(format!("{name} ({origin}) is neither a text nor a whole number"));
                    continue;
                }
            };
            if known {
                self.values.insert(name, Setting { value, text, origin: origin.to_owned() });
            } else {
                problems.push(format!("{name} ({origin}) is not known"));
            }
        }
    }

    fn take_environment(&mut self, environment: &BTreeMap<String, String>, problems: &mut Vec<String>) {
        let names: Vec<String> = self.values.keys().cloned().collect();
        let mut known: Vec<String> = vec![CONFIG.to_owned(), DATABASE_URL.to_owned()];
        for name in names {
            let variable = format!("{PREFIX}{}", name.replace('.', "_").to_ascii_uppercase());
            let in_file = format!("{variable}_FILE");
            let other = (name == "database.url").then_some(DATABASE_URL);
            let direct = environment.get(&variable).or_else(|| environment.get(other?));
            let found = match (direct, environment.get(&in_file)) {
                (Some(_), Some(_)) => {
                    problems.push(format!("{name}: {variable} and {in_file} are both given"));
                    None
                }
                (Some(value), None) => Some((value.clone(), variable.clone())),
                (None, Some(path)) => match std::fs::read_to_string(path) {
                    Ok(value) => Some((value.trim_end().to_owned(), in_file.clone())),
                    Err(error) => {
                        problems.push(format!("{in_file}: {path}: {error}"));
                        None
                    }
                },
                (None, None) => None,
            };
            if let (Some((value, origin)), Some(setting)) = (found, self.values.get_mut(&name)) {
                (setting.value, setting.origin) = (value, origin);
            }
            known.extend([variable, in_file]);
        }
        problems
            .extend(environment.keys().filter(|name| !known.contains(name)).map(|name| format!("{name} is not known")));
    }

    /// The filter of the log.
    #[must_use]
    pub fn log(&self) -> &str {
        self.text("log")
    }

    /// The address of the database with the owner's login.
    ///
    /// # Errors
    /// None is given.
    pub fn owner_url(&self) -> Result<&str, Vec<String>> {
        let given =
            [self.text("database.owner_url"), self.text("database.url")].into_iter().find(|url| !url.is_empty());
        given.ok_or_else(|| vec!["database.owner_url or database.url must be given".to_owned()])
    }

    /// The address of the database with the application's login.
    ///
    /// # Errors
    /// None is given.
    pub fn database_url(&self) -> Result<&str, Vec<String>> {
        match self.text("database.url") {
            "" => Err(vec!["database.url must be given (or DATABASE_URL)".to_owned()]),
            url => Ok(url),
        }
    }

    /// Where the service answers.
    ///
    /// # Errors
    /// It is no address.
    pub fn bind(&self) -> Result<SocketAddr, Vec<String>> {
        let mut problems = Vec::new();
        self.parsed("server.bind", "an address with a port", &mut problems).ok_or(problems)
    }

    /// What `thidua serve` needs. What would be unsafe in production is refused (`trust.md` §1.4).
    ///
    /// # Errors
    /// Every problem, a sentence each.
    pub fn serving(&self) -> Result<Serving, Vec<String>> {
        let mut problems = Vec::new();
        let bind = self.parsed("server.bind", "an address with a port", &mut problems);
        let workers = self.number("server.workers", 0..=64, &mut problems);
        let requests_per_minute = self.number("server.requests_per_minute", 1..=1_000_000, &mut problems);
        let size = self.number("database.pool_size", 1..=100, &mut problems);
        let wait = self.number("database.pool_wait_seconds", 1..=30, &mut problems);
        let mebibytes = self.number("files.most_mebibytes", 1_u64..=1024, &mut problems);
        if self.text("files.folder").is_empty() {
            problems.push("files.folder must be given".to_owned());
        }
        let database = self.database_url().map_err(|missing| problems.extend(missing)).unwrap_or_default();
        if self.issuers.is_empty() {
            problems.push("issuers: at least one must be given; without it nobody could be let in".to_owned());
        }
        problems.extend(self.issuers.iter().filter_map(IssuerSettings::problem));
        let mail = self.mail(&mut problems);
        let exchange = self.exchange(&mut problems);
        match (bind, workers, requests_per_minute, size, wait, mebibytes) {
            (Some(bind), Some(workers), Some(requests_per_minute), Some(size), Some(wait), Some(mebibytes))
                if problems.is_empty() =>
            {
                let all = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
                let workers = if workers == 0 { all() } else { workers };
                Ok(Serving {
                    bind,
                    workers,
                    requests_per_minute,
                    database: database.to_owned(),
                    pool: PoolOptions { size, workers, wait: Duration::from_secs(wait) },
                    files: PathBuf::from(self.text("files.folder")),
                    most_bytes: mebibytes << 20,
                    issuers: self.issuers.iter().map(IssuerSettings::issuer).collect(),
                    mail,
                    exchange,
                })
            }
            _ => Err(problems),
        }
    }

    fn mail(&self, problems: &mut Vec<String>) -> Option<MailSettings> {
        let url = self.text("mail.smtp_url");
        if url.is_empty() {
            return None;
        }
        let reached_at = self.text("mail.public_url");
        MailSettings::read(url, self.text("mail.from"))
            .and_then(|mail| if reached_at.is_empty() { Ok(mail) } else { mail.reached_at(reached_at) })
            .map_err(|problem| problems.push(format!("mail: {problem}")))
            .ok()
    }

    fn exchange(&self, problems: &mut Vec<String>) -> Correspondence {
        let own_code = exchange::own_code(self.text("exchange.own_code"), problems);
        let correspondents: Vec<_> = self.recipients.iter().filter_map(|one| one.correspondent(problems)).collect();
        if correspondents.iter().filter(|one| !one.for_information).count() > 1 {
            problems.push("exchange.recipients: all but one must be for_information".to_owned());
        }
        Correspondence { own_code, correspondents }
    }

    fn text(&self, name: &str) -> &str {
        self.values.get(name).map(|setting| setting.value.as_str()).unwrap_or_default()
    }

    fn parsed<T: FromStr>(&self, name: &str, what: &str, problems: &mut Vec<String>) -> Option<T> {
        let setting = self.values.get(name)?;
        let parsed = setting.value.parse().ok();
        if parsed.is_none() {
            problems.push(format!("{name} ({}): {} is not {what}", setting.origin, setting.value));
        }
        parsed
    }

    fn number<T>(&self, name: &str, range: RangeInclusive<T>, problems: &mut Vec<String>) -> Option<T>
    where
        T: FromStr + PartialOrd + std::fmt::Display,
    {
        let what = format!("a whole number from {} to {}", range.start(), range.end());
        let number = self.parsed(name, &what, problems)?;
        if range.contains(&number) {
            return Some(number);
        }
        problems.push(format!("{name}: {number} is not {what}"));
        None
    }

    /// The settings as lines of TOML, each with where it comes from; passwords are not shown.
    #[must_use]
    pub fn shown(&self) -> String {
        let line = |(name, setting): (&String, &Setting)| {
            let value = without_password(&setting.value);
            let value = if setting.text { Value::String(value).to_string() } else { value };
            format!("{name} = {value} # {}", setting.origin)
        };
        let values = self.values.iter().map(line);
        let issuers = self.issuers.iter().flat_map(IssuerSettings::lines);
        let recipients = self.recipients.iter().flat_map(RecipientSettings::lines);
        values.chain(issuers).chain(recipients).collect::<Vec<_>>().join("\n")
    }
}

/// An address without its password: `postgres://thidua:…@db/thidua`.
fn without_password(value: &str) -> String {
    let Some((scheme, rest)) = value.split_once("://") else { return value.to_owned() };
    let Some((login, place)) = rest.rsplit_once('@') else { return value.to_owned() };
    match login.split_once(':') {
        Some((name, _)) => format!("{scheme}://{name}:…@{place}"),
        None => value.to_owned(),
    }
}

/// Every leaf of a table by its path; an array is a leaf.
fn flat(table: Table) -> Vec<(String, Value)> {
    let mut leaves = Vec::new();
    for (name, value) in table {
        match value {
            Value::Table(inner) => {
                leaves.extend(flat(inner).into_iter().map(|(rest, value)| (format!("{name}.{rest}"), value)));
            }
            value => leaves.push((name, value)),
        }
    }
    leaves
}
