//! Who issues tokens: the part of the settings that is a list.

use std::{collections::BTreeMap, path::PathBuf};

use toml::Value;

use crate::auth::{DEV_ISSUER, Issuer, KeySource, StepUp};

/// How old a proof may be at most, in seconds.
const MAX_AGES: std::ops::RangeInclusive<i64> = 30..=86_400;
/// The most bytes of all classes: a header says them.
const MOST_CLASSES: usize = 100;

/// An issuer, as the settings name it.
#[derive(Clone, Debug)]
pub(super) struct IssuerSettings {
    name: String,
    audience: String,
    keys: KeySource,
    step_up: Option<StepUp>,
}

/// Reads the list; what is wrong with an issuer is named, and the issuer left out.
pub(super) fn read(value: &Value, origin: &str, problems: &mut Vec<String>) -> Vec<IssuerSettings> {
    let issuers = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let read = (1..).zip(issuers).map(|(number, issuer)| {
        let at = format!("issuers, number {number} ({origin})");
        IssuerSettings::read(issuer, &at, problems)
    });
    read.flatten().collect()
}

impl IssuerSettings {
    fn read(issuer: &Value, at: &str, problems: &mut Vec<String>) -> Option<Self> {
        let mut given: BTreeMap<&str, &str> = BTreeMap::new();
        let mut most_seconds = None;
        for (name, value) in issuer.as_table().into_iter().flatten() {
            match (name.as_str(), value.as_str()) {
                ("name" | "audience" | "jwks_url" | "jwks_file" | "signing_acr", Some(value)) => {
                    given.insert(name, value);
                }
                ("signing_max_age_seconds", None) => match value.as_integer().filter(|age| MAX_AGES.contains(age)) {
                    Some(age) => most_seconds = Some(age),
                    None => {
                        problems.push(format!("{at}: signing_max_age_seconds is not a whole number from 30 to 86400"))
                    }
                },
                (name, _) => problems.push(format!("{at}: {name} is not known, or no text")),
            }
        }
        let keys = match (given.get("jwks_url"), given.get("jwks_file")) {
            (Some(url), None) => KeySource::Url((*url).to_owned()),
            (None, Some(file)) => KeySource::File(PathBuf::from(*file)),
            (Some(_), Some(_)) | (None, None) => {
                problems.push(format!("{at}: either jwks_url or jwks_file must be given"));
                return None;
            }
        };
        let (Some(name), Some(audience)) = (given.get("name"), given.get("audience")) else {
            problems.push(format!("{at}: name and audience must be given"));
            return None;
        };
        let classes: Vec<String> =
            given.get("signing_acr").into_iter().flat_map(|all| all.split(' ')).map(str::to_owned).collect();
        // They go out in a header, between quotation marks.
        let fits =
            |class: &String| !class.is_empty() && class.bytes().all(|b| b.is_ascii_graphic() && !b"\"\\".contains(&b));
        if !classes.iter().all(fits) || classes.join(" ").len() > MOST_CLASSES {
            problems.push(format!("{at}: signing_acr is no list of classes with a space between them"));
        }
        let asks = !classes.is_empty() || most_seconds.is_some();
        let step_up = asks.then_some(StepUp { classes, most_seconds });
        Some(Self { name: (*name).to_owned(), audience: (*audience).to_owned(), keys, step_up })
    }

    /// The lines of TOML that name it.
    pub(super) fn lines(&self) -> Vec<String> {
        let text = |name: &str, value: &str| format!("{name} = {}", Value::String(value.to_owned()));
        let keys = match &self.keys {
            KeySource::Url(url) => text("jwks_url", url),
            KeySource::File(file) => text("jwks_file", &file.display().to_string()),
        };
        let mut lines = vec![
            String::new(),
            "[[issuers]]".to_owned(),
            text("name", &self.name),
            text("audience", &self.audience),
            keys,
        ];
        if let Some(StepUp { classes, most_seconds }) = &self.step_up {
            lines.extend((!classes.is_empty()).then(|| text("signing_acr", &classes.join(" "))));
            lines.extend(most_seconds.map(|age| format!("signing_max_age_seconds = {age}")));
        }
        lines
    }

    /// What would make it unsafe in production.
    pub(super) fn problem(&self) -> Option<String> {
        let (name, keys) = (&self.name, &self.keys);
        if name == DEV_ISSUER {
            return Some(format!("issuers: {name} is the issuer of `thidua dev`, whose keys are nobody's secret"));
        }
        if !name.starts_with("https://") {
            return Some(format!("issuers: {name} is not https"));
        }
        match keys {
            KeySource::Url(url) if !url.starts_with("https://") && !on_loopback(url) => {
                Some(format!("issuers: {url} is not https"))
            }
            KeySource::Url(_) | KeySource::File(_) => None,
        }
    }

    /// The issuer whose tokens are accepted.
    pub(super) fn issuer(&self) -> Issuer {
        Issuer::new(self.name.clone(), self.audience.clone(), self.keys.clone()).asked_for(self.step_up.clone())
    }
}

/// Whether an address is http on this machine: a helper beside the service, behind which TLS ends.
fn on_loopback(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("http://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    matches!(host, "127.0.0.1" | "[::1]" | "localhost")
}
