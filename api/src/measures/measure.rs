//! What a target asks for. (`deny_unknown_fields` speaks to the contract here: what comes in is read by `Members`.)

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use thidua_domain::measure::{Direction, MAX_STEPS, Measure, Step};
use utoipa::ToSchema;
use validator::{Validate, ValidationError, ValidationErrors};

use super::{Kind, MilestoneKind, QualitativeKind, QuantitativeKind, ShareKind, needed, no_other};
use crate::input::{CodeText, Dec, Str, present};

/// Which way is better: at least (≥), at most (≤) or exactly (=) as planned. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum DirectionCode {
    AtLeast,
    AtMost,
    Exactly,
}

impl From<DirectionCode> for Direction {
    fn from(code: DirectionCode) -> Self {
        match code {
            DirectionCode::AtLeast => Self::AtLeast,
            DirectionCode::AtMost => Self::AtMost,
            DirectionCode::Exactly => Self::Exactly,
        }
    }
}

impl From<Direction> for DirectionCode {
    fn from(direction: Direction) -> Self {
        match direction {
            Direction::AtLeast => Self::AtLeast,
            Direction::AtMost => Self::AtMost,
            Direction::Exactly => Self::Exactly,
        }
    }
}

/// A step of a milestone target: a project to clear, a stage to reach.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = MilestoneStep)]
struct StepBody {
    /// Short code, unique within the target; that of the project where the step is one of the plan.
    #[schema(example = "P1")]
    code: CodeText,
    /// What is done when the step is done.
    #[schema(example = "Đường tránh Quốc lộ 37 đoạn qua Gia Lộc")]
    name: Str<300>,
}

impl From<StepBody> for Step {
    fn from(body: StepBody) -> Self {
        Self { code: body.code.into_text(), name: body.name.into_text() }
    }
}

impl From<Step> for StepBody {
    fn from(step: Step) -> Self {
        Self { code: step.code.into(), name: step.name.into() }
    }
}

/// A target that asks for a number in a unit of measure.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct QuantitativeMeasure {
    /// Says that a number is asked for.
    kind: QuantitativeKind,
    /// The unit of measure: hectares, persons, dong.
    #[schema(example = "ha")]
    measure_unit: CodeText,
    /// Which way is better for this target.
    direction: DirectionCode,
    /// Where it stood before the campaign, in the unit of measure.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "120.5")]
    baseline: Option<Dec>,
    /// What is to be reached, in the unit of measure.
    #[schema(example = "150")]
    planned: Dec,
}

/// A target that asks for a share of a whole; it is measured as numerator and denominator, and never summed across units.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ShareMeasure {
    /// Says that a share is asked for.
    kind: ShareKind,
    /// Which way is better for this target.
    direction: DirectionCode,
    /// Where it stood before the campaign, in percent from 0 to 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "95.2")]
    baseline: Option<Dec>,
    /// What is to be reached, in percent from 0 to 100; compared exactly, so that 96.995 does not reach 97.
    #[schema(example = "97")]
    planned: Dec,
}

/// A target that asks for something to be judged in words.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct QualitativeMeasure {
    /// Says that a judgement in words is asked for.
    kind: QualitativeKind,
    /// What is expected, in words.
    #[schema(example = "Không có vụ việc khiếu nại vượt cấp.")]
    expected: Str<2000>,
}

/// A target that asks for a list of steps, each done or not.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct MilestoneMeasure {
    /// Says that steps are asked for.
    kind: MilestoneKind,
    /// The steps, in the order in which they are shown.
    #[schema(min_items = 1, max_items = 50)]
    steps: Vec<StepBody>,
}

/// What a target asks for; `kind` says which of the four it is. Clients must tolerate new kinds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = Measure, discriminator(property_name = "kind", mapping(
    ("QUANTITATIVE" = "#/components/schemas/QuantitativeMeasure"),
    ("SHARE" = "#/components/schemas/ShareMeasure"),
    ("QUALITATIVE" = "#/components/schemas/QualitativeMeasure"),
    ("MILESTONE" = "#/components/schemas/MilestoneMeasure"),
)))]
pub(crate) enum MeasureBody {
    Quantitative(QuantitativeMeasure),
    Share(ShareMeasure),
    Qualitative(QualitativeMeasure),
    Milestone(MilestoneMeasure),
}

/// The members of all kinds, as they come in.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Members {
    kind: Kind,
    #[serde(default, deserialize_with = "present")]
    measure_unit: Option<CodeText>,
    #[serde(default, deserialize_with = "present")]
    direction: Option<DirectionCode>,
    #[serde(default, deserialize_with = "present")]
    baseline: Option<Dec>,
    #[serde(default, deserialize_with = "present")]
    planned: Option<Dec>,
    #[serde(default, deserialize_with = "present")]
    expected: Option<Str<2000>>,
    #[serde(default, deserialize_with = "present")]
    steps: Option<Vec<StepBody>>,
}

impl TryFrom<Members> for MeasureBody {
    type Error = String;

    fn try_from(members: Members) -> Result<Self, String> {
        let own: &[_] = match members.kind {
            Kind::Quantitative => &["measureUnit", "direction", "baseline", "planned"],
            Kind::Share => &["direction", "baseline", "planned"],
            Kind::Qualitative => &["expected"],
            Kind::Milestone => &["steps"],
        };
        let given = [
            ("measureUnit", members.measure_unit.is_some()),
            ("direction", members.direction.is_some()),
            ("baseline", members.baseline.is_some()),
            ("planned", members.planned.is_some()),
            ("expected", members.expected.is_some()),
            ("steps", members.steps.is_some()),
        ];
        no_other(own, &given)?;
        Ok(match members.kind {
            Kind::Quantitative => Self::Quantitative(QuantitativeMeasure {
                kind: QuantitativeKind,
                measure_unit: needed(members.measure_unit, "measureUnit")?,
                direction: needed(members.direction, "direction")?,
                baseline: members.baseline,
                planned: needed(members.planned, "planned")?,
            }),
            Kind::Share => Self::Share(ShareMeasure {
                kind: ShareKind,
                direction: needed(members.direction, "direction")?,
                baseline: members.baseline,
                planned: needed(members.planned, "planned")?,
            }),
            Kind::Qualitative => Self::Qualitative(QualitativeMeasure {
                kind: QualitativeKind,
                expected: needed(members.expected, "expected")?,
            }),
            Kind::Milestone => {
                Self::Milestone(MilestoneMeasure { kind: MilestoneKind, steps: needed(members.steps, "steps")? })
            }
        })
    }
}

impl<'de> Deserialize<'de> for MeasureBody {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Members::deserialize(deserializer)?.try_into().map_err(D::Error::custom)
    }
}

impl Validate for MeasureBody {
    fn validate(&self) -> Result<(), ValidationErrors> {
        let mut errors = ValidationErrors::new();
        if matches!(self, Self::Milestone(milestone) if !(1..=MAX_STEPS).contains(&milestone.steps.len())) {
            errors.add("steps", ValidationError::new("length"));
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

impl From<MeasureBody> for Measure {
    fn from(body: MeasureBody) -> Self {
        match body {
            MeasureBody::Quantitative(body) => Self::Quantitative {
                measure_unit: body.measure_unit.into_text(),
                direction: body.direction.into(),
                baseline: body.baseline.map(|baseline| baseline.0),
                planned: body.planned.0,
            },
            MeasureBody::Share(body) => Self::Share {
                direction: body.direction.into(),
                baseline: body.baseline.map(|baseline| baseline.0),
                planned: body.planned.0,
            },
            MeasureBody::Qualitative(body) => Self::Qualitative { expected: body.expected.into_text() },
            MeasureBody::Milestone(body) => Self::Milestone { steps: body.steps.into_iter().map(Into::into).collect() },
        }
    }
}

impl From<Measure> for MeasureBody {
    fn from(measure: Measure) -> Self {
        match measure {
            Measure::Quantitative { measure_unit, direction, baseline, planned } => {
                Self::Quantitative(QuantitativeMeasure {
                    kind: QuantitativeKind,
                    measure_unit: measure_unit.into(),
                    direction: direction.into(),
                    baseline: baseline.map(Dec),
                    planned: Dec(planned),
                })
            }
            Measure::Share { direction, baseline, planned } => Self::Share(ShareMeasure {
                kind: ShareKind,
                direction: direction.into(),
                baseline: baseline.map(Dec),
                planned: Dec(planned),
            }),
            Measure::Qualitative { expected } => {
                Self::Qualitative(QualitativeMeasure { kind: QualitativeKind, expected: expected.into() })
            }
            Measure::Milestone { steps } => Self::Milestone(MilestoneMeasure {
                kind: MilestoneKind,
                steps: steps.into_iter().map(Into::into).collect(),
            }),
        }
    }
}
