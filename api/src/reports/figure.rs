//! What a report says of each target, frozen when it is handed in.

use serde::Serialize;
use thidua_domain::report::Figure;
use utoipa::ToSchema;

use crate::{
    attachments::EnclosureView,
    input::{CodeText, DateOnly, Dec, MeasurementKey, Str, TargetKey},
    measures::{MeasureBody, TopicBody, ValueBody},
};

/// A target as it stood when the report was handed in; what is measured or changed afterwards does not touch it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReportFigure)]
pub(crate) struct FigureView {
    /// The target that was reported on.
    target_id: TargetKey,
    /// Its code, unique within unit and campaign.
    #[schema(example = "BHYT")]
    code: CodeText,
    /// What was to be reached, in words.
    name: Str<300>,
    /// What the target is about: items of the plan.
    topic: TopicBody,
    /// Its task is restricted, so that it never appears in public figures.
    restricted: bool,
    /// What was asked for.
    measure: MeasureBody,
    /// The measurement to which the value can be walked back; absent where the target was not done.
    #[serde(skip_serializing_if = "Option::is_none")]
    measurement_id: Option<MeasurementKey>,
    /// The files that proved the measurement when the report was handed in; absent where there was none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 20)]
    evidence: Vec<EnclosureView>,
    /// The day for which the value holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of_date: Option<DateOnly>,
    /// What was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<ValueBody>,
    /// A share in percent, rounded down to six decimals; only for shares.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "96.214285")]
    share_percent: Option<Dec>,
    /// How much of the way is gone, in percent, rounded down to two decimals; absent where no number says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "99.18")]
    completion_percent: Option<Dec>,
    /// Whether the target was reached, compared exactly; absent where it was not done.
    #[serde(skip_serializing_if = "Option::is_none")]
    reached: Option<bool>,
    /// Why it was not done, or what to know of the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<Str<2000>>,
}

impl From<Figure> for FigureView {
    fn from(figure: Figure) -> Self {
        let finding = figure.finding.as_ref();
        Self {
            target_id: figure.target.into(),
            code: figure.code.into(),
            name: figure.name.into(),
            topic: figure.topic.into(),
            restricted: figure.restricted,
            measure: figure.measure.into(),
            measurement_id: finding.map(|finding| finding.measurement.into()),
            evidence: finding.into_iter().flat_map(|finding| finding.evidence.clone()).map(Into::into).collect(),
            as_of_date: finding.map(|finding| DateOnly(finding.as_of)),
            share_percent: finding.and_then(|finding| finding.value.percent()).map(Dec),
            completion_percent: finding.and_then(|finding| finding.completion).map(Dec),
            reached: finding.map(|finding| finding.reached),
            value: figure.finding.map(|finding| finding.value.into()),
            explanation: figure.explanation.map(Into::into),
        }
    }
}
