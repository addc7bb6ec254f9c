//! Scalars: each knows its form once, for reading, for writing and for the contract.

use std::borrow::Cow;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use thidua_domain::{id::Id, text::Text, time::Timestamp};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        Object, ObjectBuilder, RefOr, Schema,
        schema::{SchemaFormat, Type},
    },
};
use uuid::Uuid;

/// Marks schemas that the contract writes out where they are used.
pub(crate) const INLINE: &str = "x-inline";

/// The scalars that parameters use, for the contract.
pub(crate) fn scalars() -> [(String, RefOr<Schema>); 6] {
    fn named<T: ToSchema>() -> (String, RefOr<Schema>) {
        (T::name().into_owned(), T::schema())
    }
    [
        named::<UnitKey>(),
        named::<CodeText>(),
        named::<DateOnly>(),
        named::<Instant>(),
        named::<Limit>(),
        named::<CursorText>(),
    ]
}

fn string(pattern: &str, min: usize, max: usize) -> ObjectBuilder {
    let mark = utoipa::openapi::extensions::ExtensionsBuilder::new().add(INLINE, true).build();
    ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some(pattern))
        .min_length(Some(min))
        .max_length(Some(max))
        .extensions(Some(mark))
}

fn plain(object: Object) -> RefOr<Schema> {
    RefOr::T(Schema::Object(object))
}

/// A text of 1 to `MAX` characters: NFC, trimmed, without control characters.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct Str<const MAX: usize>(Text<MAX>);

/// A short code, as plans and units have them.
pub type CodeText = Str<60>;

impl<const MAX: usize> Str<MAX> {
    /// The domain's text.
    #[must_use]
    pub fn into_text(self) -> Text<MAX> {
        self.0
    }

    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl<const MAX: usize> From<Text<MAX>> for Str<MAX> {
    fn from(text: Text<MAX>) -> Self {
        Self(text)
    }
}

impl<'de, const MAX: usize> Deserialize<'de> for Str<MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Text::deserialize(deserializer).map(Self)
    }
}

impl<const MAX: usize> PartialSchema for Str<MAX> {
    fn schema() -> RefOr<Schema> {
        // Something other than white space, and no control character but tab and line breaks.
        const FORM: &str = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*[^\s\u0000-\u001f\u007f-\u009f][^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*$";
        plain(string(FORM, 1, MAX).build())
    }
}

impl<const MAX: usize> ToSchema for Str<MAX> {
    fn name() -> Cow<'static, str> {
        format!("Text{MAX}").into()
    }
}

/// An identifier of a `T`: a UUID in its usual form.
#[derive(Debug)]
pub struct Key<T>(Id<T>);

impl<T> Key<T> {
    /// The identifier.
    #[must_use]
    pub const fn id(self) -> Id<T> {
        self.0
    }
}

// Named one by one: utoipa would ask each generic argument for a schema of its own.
/// Identifies a campaign.
pub type CampaignKey = Key<thidua_domain::campaign::Campaign>;
/// Identifies a consolidated report.
pub type ConsolidatedReportKey = Key<thidua_domain::consolidation::ConsolidatedReport>;
/// Identifies a document of the outgoing register.
pub type DocumentKey = Key<thidua_domain::document::Document>;
/// Identifies a measurement.
pub type MeasurementKey = Key<thidua_domain::target::Measurement>;
/// Identifies a reporting period.
pub type PeriodKey = Key<thidua_domain::period::Period>;
/// Identifies a person.
pub type PersonKey = Key<thidua_domain::principal::Person>;
/// Identifies a principal.
pub type PrincipalKey = Key<thidua_domain::principal::Principal>;
/// Identifies a registration.
pub type RegistrationKey = Key<thidua_domain::registration::Registration>;
/// Identifies a unit's report.
pub type ReportKey = Key<thidua_domain::report::Report>;
/// Identifies a target.
pub type TargetKey = Key<thidua_domain::target::Target>;
/// Identifies a unit.
pub type UnitKey = Key<thidua_domain::unit::Unit>;

impl<T> Clone for Key<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Key<T> {}

impl<T> From<Id<T>> for Key<T> {
    fn from(id: Id<T>) -> Self {
        Self(id)
    }
}

impl<T> Serialize for Key<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T> Deserialize<'de> for Key<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        // The parser also takes forms with braces or without hyphens; the contract does not.
        let usual = text.len() == 36 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f' | b'-'));
        let id = Uuid::try_parse(&text).ok().filter(|_| usual);
        id.map(|id| Self(Id::new(id))).ok_or_else(|| D::Error::custom("id.malformed"))
    }
}

impl<T> PartialSchema for Key<T> {
    fn schema() -> RefOr<Schema> {
        const FORM: &str = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";
        plain(string(FORM, 36, 36).format(Some(SchemaFormat::Custom("uuid".to_owned()))).build())
    }
}

impl<T> ToSchema for Key<T> {
    fn name() -> Cow<'static, str> {
        "ObjectId".into()
    }
}

/// An exact decimal as a string: at most 15 digits before the point and six behind it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Dec(pub Decimal);

impl Serialize for Dec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.normalize())
    }
}

impl<'de> Deserialize<'de> for Dec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let digits = text.strip_prefix('-').unwrap_or(&text);
        let (whole, part) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
        let number = |text: &str, most| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        let usual =
            number(whole, 15) && (whole == "0" || !whole.starts_with('0')) && part.is_none_or(|part| number(part, 6));
        text.parse().ok().filter(|_| usual).map(Self).ok_or_else(|| D::Error::custom("decimal.malformed"))
    }
}

impl PartialSchema for Dec {
    fn schema() -> RefOr<Schema> {
        plain(string(r"^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$", 1, 23).build())
    }
}

impl ToSchema for Dec {
    fn name() -> Cow<'static, str> {
        "ExactDecimal".into()
    }
}

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

/// How many items a page has: 1 to 100.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct Limit(pub u16);

impl Limit {
    const MAX: u16 = 100;
}

impl Default for Limit {
    fn default() -> Self {
        Self(20)
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let limit = u16::deserialize(deserializer)?;
        let fits = (1..=Self::MAX).contains(&limit);
        if fits { Ok(Self(limit)) } else { Err(D::Error::custom("field.outOfBounds")) }
    }
}

impl PartialSchema for Limit {
    fn schema() -> RefOr<Schema> {
        let mark = utoipa::openapi::extensions::ExtensionsBuilder::new().add(INLINE, true).build();
        let limit = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .format(Some(SchemaFormat::Custom("int32".to_owned())))
            .minimum(Some(1))
            .maximum(Some(Self::MAX))
            .default(Some(20.into()))
            .extensions(Some(mark));
        plain(limit.build())
    }
}

impl ToSchema for Limit {
    fn name() -> Cow<'static, str> {
        "PageLimit".into()
    }
}

/// Where a page ended, as the page before said it; of no meaning to callers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct CursorText(String);

impl CursorText {
    /// The cursor, for the store to judge.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

impl From<String> for CursorText {
    fn from(cursor: String) -> Self {
        Self(cursor)
    }
}

impl<'de> Deserialize<'de> for CursorText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let fits = (1..=500).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if fits { Ok(Self(text)) } else { Err(D::Error::custom("parameter.foreignCursor")) }
    }
}

impl PartialSchema for CursorText {
    fn schema() -> RefOr<Schema> {
        plain(string("^[A-Za-z0-9_-]+$", 1, 500).build())
    }
}

impl ToSchema for CursorText {
    fn name() -> Cow<'static, str> {
        "Cursor".into()
    }
}

/// A whole number from `MIN` to `MAX`; an integral float is one (`7.0`), as JSON Schema has it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct Whole<const MIN: i64, const MAX: i64>(i64);

impl<const MIN: i64, const MAX: i64> Whole<MIN, MAX> {
    /// The number, whose bounds fit the type that is asked for.
    #[must_use]
    pub fn get<N: TryFrom<i64> + Default>(self) -> N {
        N::try_from(self.0).unwrap_or_default()
    }
}

impl<const MIN: i64, const MAX: i64> From<u32> for Whole<MIN, MAX> {
    fn from(number: u32) -> Self {
        Self(number.into())
    }
}

impl<'de, const MIN: i64, const MAX: i64> Deserialize<'de> for Whole<MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(deserializer)?;
        // Every bound that is used lies far within what a float holds exactly.
        #[expect(clippy::cast_possible_truncation, reason = "compared with the float again before it is taken")]
        let integral = |float: f64| Some(float as i64).filter(|whole| float.fract() == 0.0 && *whole as f64 == float);
        let whole = number.as_i64().or_else(|| number.as_f64().and_then(integral));
        let whole = whole.ok_or_else(|| D::Error::custom("field.wrongType"))?;
        let fits = (MIN..=MAX).contains(&whole);
        if fits { Ok(Self(whole)) } else { Err(D::Error::custom("field.outOfBounds")) }
    }
}

impl<const MIN: i64, const MAX: i64> PartialSchema for Whole<MIN, MAX> {
    fn schema() -> RefOr<Schema> {
        let mark = utoipa::openapi::extensions::ExtensionsBuilder::new().add(INLINE, true).build();
        let format = if MAX <= i64::from(i32::MAX) { "int32" } else { "int64" };
        let whole = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .format(Some(SchemaFormat::Custom(format.to_owned())))
            .minimum(Some(MIN))
            .maximum(Some(MAX))
            .extensions(Some(mark));
        plain(whole.build())
    }
}

impl<const MIN: i64, const MAX: i64> ToSchema for Whole<MIN, MAX> {
    fn name() -> Cow<'static, str> {
        format!("Whole{MIN}To{MAX}").into()
    }
}
