//! Scalars: each knows its form once, for reading, for writing and for the contract.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use thidua_domain::{id::Id, text::Text};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        Object, ObjectBuilder, RefOr, Schema,
        extensions::ExtensionsBuilder,
        schema::{SchemaFormat, Type},
    },
};
use uuid::Uuid;

mod file;
mod mail;
mod number;
mod paging;
mod time;

pub use file::{ChecksumText, FileNameText};
pub use mail::EmailAddress;
pub use number::{Dec, Whole};
pub use paging::{CursorText, Limit};
pub use time::{DateOnly, Instant};

/// Marks schemas that the contract writes out where they are used.
pub(crate) const INLINE: &str = "x-inline";

/// The scalars that parameters use, for the contract.
pub(crate) fn scalars() -> [(String, RefOr<Schema>); 8] {
    fn named<T: ToSchema>() -> (String, RefOr<Schema>) {
        (T::name().into_owned(), T::schema())
    }
    [
        named::<UnitKey>(),
        named::<CodeText>(),
        named::<DateOnly>(),
        named::<Instant>(),
        named::<Limit>(),
        named::<Whole<2000, 2099>>(),
        named::<CursorText>(),
        named::<FileNameText>(),
    ]
}

fn written_out() -> ObjectBuilder {
    ObjectBuilder::new().extensions(Some(ExtensionsBuilder::new().add(INLINE, true).build()))
}

fn string(pattern: &str, min: usize, max: usize) -> ObjectBuilder {
    written_out().schema_type(Type::String).pattern(Some(pattern)).min_length(Some(min)).max_length(Some(max))
}

fn integer(min: i64, max: i64) -> ObjectBuilder {
    let format = if max <= i64::from(i32::MAX) { "int32" } else { "int64" };
    written_out()
        .schema_type(Type::Integer)
        .format(Some(SchemaFormat::Custom(format.to_owned())))
        .minimum(Some(min))
        .maximum(Some(max))
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
/// Identifies an assessment.
pub type AssessmentKey = Key<thidua_domain::assessment::Assessment>;
/// Identifies an attachment.
pub type AttachmentKey = Key<thidua_domain::attachment::Attachment>;
/// Identifies an exception of the working calendar.
pub type CalendarDayKey = Key<thidua_domain::calendar::CalendarDay>;
/// Identifies a campaign.
pub type CampaignKey = Key<thidua_domain::campaign::Campaign>;
/// Identifies a consolidated report.
pub type ConsolidatedReportKey = Key<thidua_domain::consolidation::ConsolidatedReport>;
/// Identifies a dispatch.
pub type DispatchKey = Key<thidua_domain::dispatch::Dispatch>;
/// Identifies a document of the outgoing register.
pub type DocumentKey = Key<thidua_domain::document::Document>;
/// Identifies a series of numbers of documents.
pub type DocumentSeriesKey = Key<thidua_domain::document::DocumentSeries>;
/// Identifies an import.
pub type ImportKey = Key<thidua_domain::import::Import>;
/// Identifies an entry of the incoming register.
pub type IncomingDocumentKey = Key<thidua_domain::incoming::IncomingDocument>;
/// Identifies a measurement.
pub type MeasurementKey = Key<thidua_domain::target::Measurement>;
/// Identifies a notification.
pub type NotificationKey = Key<thidua_domain::reminder::Notification>;
/// Identifies a reporting period.
pub type PeriodKey = Key<thidua_domain::period::Period>;
/// Identifies a schedule of periods.
pub type PeriodScheduleKey = Key<thidua_domain::period::PeriodSchedule>;
/// Identifies a person.
pub type PersonKey = Key<thidua_domain::principal::Person>;
/// Identifies a principal.
pub type PrincipalKey = Key<thidua_domain::principal::Principal>;
/// Identifies a registration.
pub type RegistrationKey = Key<thidua_domain::registration::Registration>;
/// Identifies a reminder.
pub type ReminderKey = Key<thidua_domain::reminder::Reminder>;
/// Identifies a reminder rule.
pub type ReminderRuleKey = Key<thidua_domain::reminder::ReminderRule>;
/// Identifies a unit's report.
pub type ReportKey = Key<thidua_domain::report::Report>;
/// Identifies a scoring rubric.
pub type ScoringRubricKey = Key<thidua_domain::rubric::ScoringRubric>;
/// Identifies a target.
pub type TargetKey = Key<thidua_domain::target::Target>;
/// Identifies a unit.
pub type UnitKey = Key<thidua_domain::unit::Unit>;
/// Identifies a validation rule.
pub type ValidationRuleKey = Key<thidua_domain::rule::ValidationRule>;

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
