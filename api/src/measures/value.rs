//! What was found for a target. (`deny_unknown_fields` speaks to the contract here: what comes in is read by `Members`.)

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use thidua_domain::measure::{MAX_STEPS, Value};
use utoipa::ToSchema;
use validator::{Validate, ValidationError, ValidationErrors};

use super::{Kind, MilestoneKind, QualitativeKind, QuantitativeKind, ShareKind, needed, no_other};
use crate::input::{CodeText, Dec, Str, present};

/// A value of a quantitative target, in its unit of measure.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct QuantitativeValue {
    /// Says that the value is a number.
    kind: QuantitativeKind,
    /// The amount, in the target's unit of measure.
    #[schema(example = "131.25")]
    amount: Dec,
}

/// A value of a target for a share.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ShareValue {
    /// Says that the value is a share.
    kind: ShareKind,
    /// How many of the whole: from 0 to the denominator.
    #[schema(example = "18430")]
    numerator: Dec,
    /// The whole, more than 0.
    #[schema(example = "19000")]
    denominator: Dec,
}

/// A value of a target that is judged in words.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct QualitativeValue {
    /// Says that the value is in words.
    kind: QualitativeKind,
    /// What was found, in words.
    #[schema(example = "Đã giải quyết 12/12 đơn thuộc thẩm quyền.")]
    finding: Str<2000>,
    /// Whether what was found is as expected.
    reached: bool,
}

/// A value of a milestone target.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct MilestoneValue {
    /// Says that the value is a list of steps.
    kind: MilestoneKind,
    /// The codes of the steps that are done, each once; empty while none is.
    #[schema(max_items = 50)]
    done: Vec<CodeText>,
}

/// What was found for a target, of the same kind as it asks for. Clients must tolerate new kinds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = MeasuredValue, discriminator(property_name = "kind", mapping(
    ("QUANTITATIVE" = "#/components/schemas/QuantitativeValue"),
    ("SHARE" = "#/components/schemas/ShareValue"),
    ("QUALITATIVE" = "#/components/schemas/QualitativeValue"),
    ("MILESTONE" = "#/components/schemas/MilestoneValue"),
)))]
pub(crate) enum ValueBody {
    Quantitative(QuantitativeValue),
    Share(ShareValue),
    Qualitative(QualitativeValue),
    Milestone(MilestoneValue),
}

/// The members of all kinds, as they come in.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Members {
    kind: Kind,
    #[serde(default, deserialize_with = "present")]
    amount: Option<Dec>,
    #[serde(default, deserialize_with = "present")]
    numerator: Option<Dec>,
    #[serde(default, deserialize_with = "present")]
    denominator: Option<Dec>,
    #[serde(default, deserialize_with = "present")]
    finding: Option<Str<2000>>,
    #[serde(default, deserialize_with = "present")]
    reached: Option<bool>,
    #[serde(default, deserialize_with = "present")]
    done: Option<Vec<CodeText>>,
}

impl TryFrom<Members> for ValueBody {
    type Error = String;

    fn try_from(members: Members) -> Result<Self, String> {
        let own: &[_] = match members.kind {
            Kind::Quantitative => &["amount"],
            Kind::Share => &["numerator", "denominator"],
            Kind::Qualitative => &["finding", "reached"],
            Kind::Milestone => &["done"],
        };
        let given = [
            ("amount", members.amount.is_some()),
            ("numerator", members.numerator.is_some()),
            ("denominator", members.denominator.is_some()),
            ("finding", members.finding.is_some()),
            ("reached", members.reached.is_some()),
            ("done", members.done.is_some()),
        ];
        no_other(own, &given)?;
        Ok(match members.kind {
            Kind::Quantitative => Self::Quantitative(QuantitativeValue {
                kind: QuantitativeKind,
                amount: needed(members.amount, "amount")?,
            }),
            Kind::Share => Self::Share(ShareValue {
                kind: ShareKind,
                numerator: needed(members.numerator, "numerator")?,
                denominator: needed(members.denominator, "denominator")?,
            }),
            Kind::Qualitative => Self::Qualitative(QualitativeValue {
                kind: QualitativeKind,
                finding: needed(members.finding, "finding")?,
                reached: needed(members.reached, "reached")?,
            }),
            Kind::Milestone => {
                Self::Milestone(MilestoneValue { kind: MilestoneKind, done: needed(members.done, "done")? })
            }
        })
    }
}

impl<'de> Deserialize<'de> for ValueBody {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Members::deserialize(deserializer)?.try_into().map_err(D::Error::custom)
    }
}

impl Validate for ValueBody {
    fn validate(&self) -> Result<(), ValidationErrors> {
        let mut errors = ValidationErrors::new();
        if matches!(self, Self::Milestone(milestone) if milestone.done.len() > MAX_STEPS) {
            errors.add("done", ValidationError::new("length"));
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

impl From<ValueBody> for Value {
    fn from(body: ValueBody) -> Self {
        match body {
            ValueBody::Quantitative(body) => Self::Quantitative { amount: body.amount.0 },
            ValueBody::Share(body) => Self::Share { numerator: body.numerator.0, denominator: body.denominator.0 },
            ValueBody::Qualitative(body) => {
                Self::Qualitative { finding: body.finding.into_text(), reached: body.reached }
            }
            ValueBody::Milestone(body) => {
                Self::Milestone { done: body.done.into_iter().map(CodeText::into_text).collect() }
            }
        }
    }
}

impl From<Value> for ValueBody {
    fn from(value: Value) -> Self {
        match value {
            Value::Quantitative { amount } => {
                Self::Quantitative(QuantitativeValue { kind: QuantitativeKind, amount: Dec(amount) })
            }
            Value::Share { numerator, denominator } => {
                Self::Share(ShareValue { kind: ShareKind, numerator: Dec(numerator), denominator: Dec(denominator) })
            }
            Value::Qualitative { finding, reached } => {
                Self::Qualitative(QualitativeValue { kind: QualitativeKind, finding: finding.into(), reached })
            }
            Value::Milestone { done } => Self::Milestone(MilestoneValue {
                kind: MilestoneKind,
                done: done.into_iter().map(Into::into).collect(),
            }),
        }
    }
}
