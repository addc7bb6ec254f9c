//! With whom documents are exchanged: the part of the settings under `exchange`.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use thidua_domain::{
    dispatch::{AgencyCode, Channel},
    text::Line,
};
use toml::Value;

use crate::dispatches::{Allowed, Correspondent, Deliver, FileDrop, Webhook};

#[cfg(test)]
mod tests;

/// What can be said of a recipient.
const MEMBERS: [&str; 8] = ["name", "code", "channel", "folder", "url", "secret_file", "allow", "for_information"];

/// What only some channels ask for, and which.
const OF_CHANNELS: [(&str, &str); 4] =
    [("folder", "file-drop"), ("url", "webhook"), ("secret_file", "webhook"), ("allow", "webhook")];

/// A recipient, as the settings name it.
#[derive(Clone, Debug)]
pub(super) struct RecipientSettings {
    at: String,
    given: BTreeMap<String, String>,
}

/// Reads the list; what is not known is named.
pub(super) fn read(value: &Value, origin: &str, problems: &mut Vec<String>) -> Vec<RecipientSettings> {
    let Some(recipients) = value.as_array() else {
        problems.push(format!("exchange.recipients ({origin}) is no list: [[exchange.recipients]] begins each"));
        return Vec::new();
    };
    let read = (1..).zip(recipients).map(|(number, recipient)| {
        let at = format!("exchange.recipients, number {number} ({origin})");
        let mut given = BTreeMap::new();
        if !recipient.is_table() {
            problems.push(format!("{at}: it is no table"));
        }
        for (name, value) in recipient.as_table().into_iter().flatten() {
            match (MEMBERS.contains(&name.as_str()), value) {
                (true, Value::String(text)) => drop(given.insert(name.clone(), text.clone())),
                (true, Value::Boolean(flag)) if name == "for_information" => {
                    drop(given.insert(name.clone(), flag.to_string()));
                }
                _ => problems.push(format!("{at}: {name} is not known, or no text")),
            }
        }
        RecipientSettings { at, given }
    });
    read.collect()
}

/// The code of the commune; empty where it is not known.
pub(super) fn own_code(text: &str, problems: &mut Vec<String>) -> Option<AgencyCode> {
    code("exchange.own_code", text, problems)
}

/// A code that this name gives; empty where it is not known.
fn code(name: &str, text: &str, problems: &mut Vec<String>) -> Option<AgencyCode> {
    if text.is_empty() {
        return None;
    }
    let code = AgencyCode::parse(text);
    if code.is_none() {
        problems.push(format!("{name}: {text} is no agency code (QĐ 20/2020/QĐ-TTg)"));
    }
    code
}

impl RecipientSettings {
    fn text(&self, name: &str) -> Option<&str> {
        self.given.get(name).map(String::as_str)
    }

    /// The recipient, ready to be carried to.
    pub(super) fn correspondent(&self, problems: &mut Vec<String>) -> Option<Correspondent> {
        let mut wrong = Vec::new();
        let one_line = |name: &Line| !name.as_str().chars().any(char::is_control);
        let name = self.text("name").and_then(|text| {
            let name = Line::parse(text).ok().filter(one_line);
            if name.is_none() {
                wrong.push("name is no line of text".to_owned());
            }
            name
        });
        let code = self.text("code").and_then(|text| code("code", text, &mut wrong));
        let for_information = self.text("for_information").unwrap_or("false").parse().unwrap_or_else(|_| {
            wrong.push("for_information must be true or false".to_owned());
            false
        });
        if for_information && name.is_none() {
            wrong.push("name must be given of who is only to know".to_owned());
        }
        let (channel, carrier) = self.way(&mut wrong);
        wrong.extend(self.needless());
        problems.extend(wrong.iter().map(|problem| format!("{}: {problem}", self.at)));
        wrong.is_empty().then_some(Correspondent { name, code, for_information, channel, carrier })
    }

    /// What another channel would ask for: whoever wrote it expects that it counts.
    fn needless(&self) -> Vec<String> {
        let Some(channel) = self.text("channel") else { return Vec::new() };
        let needless = OF_CHANNELS.iter().filter(|(name, of)| *of != channel && self.text(name).is_some());
        needless.map(|(name, of)| format!("{name} is of the channel {of}, and the channel is {channel}")).collect()
    }

    fn way(&self, wrong: &mut Vec<String>) -> (Channel, Option<Arc<dyn Deliver>>) {
        match self.text("channel") {
            Some("by-hand") => (Channel::ByHand, None),
            Some("file-drop") => {
                let folder = self.text("folder").map(PathBuf::from);
                let drop = match folder.as_deref().map(FileDrop::into) {
                    Some(Ok(drop)) => Some(Arc::new(drop) as Arc<dyn Deliver>),
                    Some(Err(error)) => {
                        wrong.push(format!("folder: {error}"));
                        None
                    }
                    None => {
                        wrong.push("folder must be given".to_owned());
                        None
                    }
                };
                (Channel::FileDrop, drop)
            }
            Some("webhook") => {
                let webhook = self.webhook().map_err(|problem| wrong.push(problem)).ok();
                (Channel::Webhook, webhook.map(|webhook| Arc::new(webhook) as Arc<dyn Deliver>))
            }
            _ => {
                wrong.push("channel must be by-hand, file-drop or webhook".to_owned());
                (Channel::ByHand, None)
            }
        }
    }

    fn webhook(&self) -> Result<Webhook, String> {
        let (Some(url), Some(secrets)) = (self.text("url"), self.text("secret_file")) else {
            return Err("url and secret_file must be given".to_owned());
        };
        let networks = self.text("allow").unwrap_or_default().split_whitespace();
        let networks = networks.map(|network| network.parse().map_err(|_| format!("allow: {network} is no network")));
        Webhook::to(url, Path::new(secrets), Allowed(networks.collect::<Result<_, _>>()?))
    }

    /// The lines of TOML that name it.
    pub(super) fn lines(&self) -> Vec<String> {
        let head = [String::new(), "[[exchange.recipients]]".to_owned()];
        let members = self.given.iter().map(|(name, value)| format!("{name} = {}", Value::String(value.clone())));
        head.into_iter().chain(members).collect()
    }
}
