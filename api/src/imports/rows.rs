//! What a row of each kind of table says: a single command, with codes instead of identifiers.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use thidua_domain::{text::fold, unit::UnitType};
use utoipa::ToSchema;
use validator::Validate;

use super::read::{TableRow, put};
use crate::{
    export::{Column, date, each, flag, list, number, text},
    input::{CodeText, DateOnly, Str, present},
    language::Language,
    measures::{MeasureBody, TopicBody, ValueBody},
    units::UnitTypeCode,
};

/// A value of a target, in a table.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct MeasurementRow {
    /// Code of the unit that answers for the target.
    #[schema(example = "TH1")]
    pub(super) unit_code: CodeText,
    /// Code of the target, unique within unit and campaign.
    #[schema(example = "BHYT-HS")]
    pub(super) target_code: CodeText,
    /// The day for which the value holds.
    #[schema(example = "2025-09-30")]
    pub(super) as_of_date: DateOnly,
    /// What was found. In tables its kind follows from the columns that are filled in.
    #[validate(nested)]
    pub(super) value: ValueBody,
    /// Source or remark; no personal data.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<Str<2000>>,
}

impl TableRow for MeasurementRow {
    const TABLE: &'static str = "measurements";
    const COLUMNS: &'static [Column] = &[
        text("unitCode"),
        text("targetCode"),
        date("asOfDate"),
        number("value.amount"),
        number("value.numerator"),
        number("value.denominator"),
        text("value.finding"),
        flag("value.reached"),
        list("value.done"),
        text("note"),
    ];
    const SHOWN: &'static [&'static str] = &["unitName", "targetName", "measure.measureUnit", "measure.planned"];
    const FILLED: &'static [&'static str] = &["unitCode", "targetCode"];

    fn finish(object: &mut Map<String, Value>) {
        let kind = {
            let has = |member: &str| object.get("value").is_some_and(|value| value.get(member).is_some());
            if has("amount") {
                "QUANTITATIVE"
            } else if has("numerator") || has("denominator") {
                "SHARE"
            } else if has("finding") || has("reached") {
                "QUALITATIVE"
            } else if has("done") {
                "MILESTONE"
            } else {
                return;
            }
        };
        put(object, "value.kind", kind.into());
    }
}

/// A target that a unit registers, in a table. The rows of a unit make up its registration.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RegistrationRow {
    /// Code of the unit that registers.
    #[schema(example = "TH1")]
    pub(super) unit_code: CodeText,
    /// Code of the target, unique within the registration.
    #[schema(example = "SANG-KIEN")]
    pub(super) code: CodeText,
    /// What is to be reached, in words.
    #[schema(example = "Sáng kiến được công nhận")]
    pub(super) name: Str<300>,
    /// What the target is about: items of the plan.
    #[serde(default)]
    #[validate(nested)]
    pub(super) topic: TopicBody,
    /// How the target is measured. In tables its kind follows from the columns that are filled in.
    #[validate(nested)]
    pub(super) measure: MeasureBody,
    /// Why what was accepted of the unit is corrected; one of its rows suffices to say it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "Điều chỉnh chỉ tiêu sau hội nghị đầu năm học.")]
    pub(super) correction_reason: Option<Str<2000>>,
}

impl TableRow for RegistrationRow {
    const TABLE: &'static str = "registrations";
    const COLUMNS: &'static [Column] = &[
        text("unitCode"),
        text("code"),
        text("name"),
        text("topic.task"),
        text("topic.movement"),
        text("topic.project"),
        text("measure.measureUnit"),
        text("measure.direction"),
        number("measure.baseline"),
        number("measure.planned"),
        text("measure.expected"),
        each("measure.steps", "code"),
        text("correctionReason"),
    ];
    const SHOWN: &'static [&'static str] = &["unitName"];
    const FILLED: &'static [&'static str] = &["unitCode"];

    fn finish(object: &mut Map<String, Value>) {
        let (kind, direction) = {
            let member = |member: &str| object.get("measure").and_then(|measure| measure.get(member));
            let kind = if member("steps").is_some() {
                "MILESTONE"
            } else if member("expected").is_some() {
                "QUALITATIVE"
            } else if member("measureUnit").is_some_and(|unit| unit != "%") {
                "QUANTITATIVE"
            } else {
                "SHARE"
            };
            let direction = match member("direction").and_then(Value::as_str) {
                Some(">=" | "≥") | None => "AT_LEAST",
                Some("<=" | "≤") => "AT_MOST",
                Some("=") => "EXACTLY",
                Some(other) => other,
            };
            (kind, direction.to_owned())
        };
        if matches!(kind, "QUANTITATIVE" | "SHARE") {
            put(object, "measure.direction", direction.into());
        }
        // A share has the unit of measure that everybody writes there.
        if let (Some(Value::Object(measure)), "SHARE") = (object.get_mut("measure"), kind) {
            measure.remove("measureUnit");
        }
        put(object, "measure.kind", kind.into());
    }
}

/// A unit to be entered into the directory, in a table.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct UnitRow {
    /// Short code as plans use it, unique.
    #[schema(example = "THON1")]
    pub(super) code: CodeText,
    /// Full name as printed.
    #[schema(example = "Thôn 1")]
    pub(super) name: Str<300>,
    /// What sort of unit. In tables its label does as well.
    #[serde(rename = "type")]
    pub(super) unit_type: UnitTypeCode,
    /// Code of the unit above, which is in the directory already or in a row above.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "UBND")]
    pub(super) parent_code: Option<CodeText>,
    /// The body that manages it (cơ quan quản lý cấp trên).
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "Sở Giáo dục và Đào tạo")]
    pub(super) managing_authority: Option<Str<300>>,
    /// First day of its existence.
    #[schema(example = "2025-07-01")]
    pub(super) valid_from_date: DateOnly,
    /// Made up for demonstration; never part of a real directory.
    #[serde(default)]
    pub(super) sample: bool,
}

impl TableRow for UnitRow {
    const TABLE: &'static str = "units";
    const COLUMNS: &'static [Column] = &[
        text("code"),
        text("name"),
        text("type"),
        text("parentCode"),
        text("managingAuthority"),
        date("validFromDate"),
        flag("sample"),
    ];
    const SHOWN: &'static [&'static str] = &["typeLabel", "parentName"];
    const FILLED: &'static [&'static str] = &[];

    fn finish(object: &mut Map<String, Value>) {
        let Some(Value::String(written)) = object.get("type") else { return };
        let labels = |one: &UnitType| Language::ALL.map(|language| fold(&language.label("unitType", one.as_str())));
        let wanted = fold(written);
        if let Some(known) = UnitType::ALL.iter().find(|one| labels(one).contains(&wanted)) {
            object.insert("type".to_owned(), known.as_str().into());
        }
    }
}
