//! Days and instants.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use thidua_domain::time::Timestamp;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema, schema::SchemaFormat},
};

use super::{plain, string};

/// A calendar day in Asia/Ho_Chi_Minh, from 2000 to 2099.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct DateOnly(pub NaiveDate);

impl<'de> Deserialize<'de> for DateOnly {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let usual = text.len() == 10 && text.starts_with("20");
        let day = NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok().filter(|_| usual);
        day.map(Self).ok_or_else(|| D::Error::custom("date.malformed"))
    }
}

impl PartialSchema for DateOnly {
    fn schema() -> RefOr<Schema> {
        const FORM: &str = "^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
        plain(string(FORM, 10, 10).format(Some(SchemaFormat::Custom("date".to_owned()))).build())
    }
}

impl ToSchema for DateOnly {
    fn name() -> Cow<'static, str> {
        "CalendarDate".into()
    }
}

/// An instant (RFC 3339): any offset comes in, UTC goes out, with microseconds at most.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct Instant(pub Timestamp);

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let usual = text.len() <= 32 && text.starts_with("20") && text.as_bytes().get(10) == Some(&b'T');
        let fits =
            text.split_once('.').is_none_or(|(_, rest)| rest.bytes().take_while(u8::is_ascii_digit).count() <= 6);
        let instant = Timestamp::parse(&text).filter(|_| usual && fits);
        instant.map(Self).ok_or_else(|| D::Error::custom("instant.malformed"))
    }
}

impl PartialSchema for Instant {
    fn schema() -> RefOr<Schema> {
        // As narrow as the calendar allows: generators take a pattern at its word.
        const FORM: &str = concat!(
            "^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]",
            r"(\.[0-9]{1,6})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$"
        );
        plain(string(FORM, 20, 32).format(Some(SchemaFormat::Custom("date-time".to_owned()))).build())
    }
}

impl ToSchema for Instant {
    fn name() -> Cow<'static, str> {
        "InstantUtc".into()
    }
}
