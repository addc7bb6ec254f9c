//! Who does what, who owes which paper to whom, and until when.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use thidua_domain::campaign::plan::Month;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, extensions::ExtensionsBuilder, schema::Type},
};
use validator::Validate;

use super::paper::{Wording, WordingSource};
use crate::input::{CodeText, DateOnly, INLINE, Instant, present};

/// The part that a line gives to somebody: LEAD (chủ trì), ADVISE (tham mưu), COORDINATE (phối hợp), ORGANISE (tổ chức) or
/// LAUNCH (phát động). Clients must tolerate new values.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum DutyRoleCode {
    Lead,
    Advise,
    Coordinate,
    Organise,
    Launch,
}

/// One line of duties of a party.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PlanDuty {
    /// Number of the party's section and of the line, unique in the plan.
    #[schema(example = "V.2.3")]
    code: CodeText,
    /// Code of the party whose duty it is; a single unit where the line says that it leads.
    #[schema(example = "VHXH")]
    party: CodeText,
    /// Its parts, as far as the line says one of the five verbs of it; a line may say none, or several.
    #[serde(default)]
    #[validate(length(max = 50))]
    #[schema(max_items = 50)]
    roles: Vec<DutyRoleCode>,
    /// Codes of the parties to do it with.
    #[serde(default)]
    #[validate(length(max = 50))]
    #[schema(max_items = 50)]
    with: Vec<CodeText>,
    /// The line, as the paper has it.
    #[validate(nested)]
    text: Wording,
}

/// What can be owed: ACTION_PROGRAMME (chương trình hành động), REGISTRATION (đăng ký nội dung, chỉ tiêu thi đua), the
/// reports PERIODIC (định kỳ), INTERIM (sơ kết) and SUMMARY (tổng kết), and CITY_FINAL, the report to the city. Clients
/// must tolerate new values.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum ObligationKindCode {
    ActionProgramme,
    Registration,
    Periodic,
    Interim,
    Summary,
    CityFinal,
}

/// A paper that somebody owes by the plan.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PlanObligation {
    /// Short code, unique in the plan.
    #[schema(example = "O1")]
    code: CodeText,
    /// Code of the party that owes it; of a group, each of its units does.
    #[schema(example = "DVDB")]
    party: CodeText,
    /// What sort of paper is owed.
    kind: ObligationKindCode,
    /// Code of the party that gets it, where the paper says so.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "UBND")]
    to: Option<CodeText>,
    /// Code of the party through which it goes, where the paper says so.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "VHXH")]
    through: Option<CodeText>,
    /// Code of the time limit; some of these give no day.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "D5")]
    deadline: Option<CodeText>,
    /// The words of the paper that ask for it.
    #[validate(nested)]
    source: WordingSource,
}

/// A date or time limit of the paper, with what a machine can make of it: one of month, last day and deadline, or none.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PlanTimeLimit {
    /// Short code, unique in the plan.
    #[schema(example = "D4")]
    code: CodeText,
    /// The words of the paper that set it.
    #[validate(nested)]
    source: WordingSource,
    /// Codes of the parties whom it concerns; empty where it concerns everybody.
    #[serde(default)]
    #[validate(length(max = 50))]
    #[schema(max_items = 50)]
    parties: Vec<CodeText>,
    /// A month without a day (tháng 9 năm 2025).
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "2025-09")]
    month: Option<MonthOnly>,
    /// A last day, included (đến hết …).
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "2025-12-31")]
    last_date: Option<DateOnly>,
    /// The first instant that is too late (trước ngày …), midnight in Asia/Ho_Chi_Minh.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "2025-12-14T17:00:00Z")]
    due_before: Option<Instant>,
}

/// A calendar month in Asia/Ho_Chi_Minh, from 2000 to 2099.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub(super) struct MonthOnly(Month);

impl<'de> Deserialize<'de> for MonthOnly {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let month = Month::parse(&text).filter(|_| text.starts_with("20"));
        month.map(Self).ok_or_else(|| D::Error::custom("month.malformed"))
    }
}

impl PartialSchema for MonthOnly {
    fn schema() -> RefOr<Schema> {
        let mark = ExtensionsBuilder::new().add(INLINE, true).build();
        let month = ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some("^20[0-9]{2}-(0[1-9]|1[0-2])$"))
            .min_length(Some(7))
            .max_length(Some(7))
            .extensions(Some(mark));
        RefOr::T(Schema::Object(month.build()))
    }
}

impl ToSchema for MonthOnly {
    fn name() -> Cow<'static, str> {
        "CalendarMonth".into()
    }
}
