//! What the report to the city rests on, on the wire: the included reports, the missing units, the figures.

use serde::Serialize;
use thidua_domain::{
    consolidation::{FrozenPeriod, IncludedReport, MissingReason, MissingUnit, Snapshot},
    report::Figure,
};
use utoipa::ToSchema;

use super::figures::FiguresView;
use crate::{
    input::{CodeText, DateOnly, Dec, MeasurementKey, PeriodKey, ReportKey, Str, TargetKey, UnitKey},
    language::Language,
    measures::{MeasureBody, TopicBody, ValueBody},
};

/// A period whose accepted reports went in.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FrozenPeriod)]
struct FrozenPeriodView {
    /// The period.
    period_id: PeriodKey,
    /// Code of the period, unique within the campaign.
    #[schema(example = "2025-11")]
    code: CodeText,
    /// Name of the period, as shown.
    #[schema(example = "Tháng 11 năm 2025")]
    name: Str<300>,
    /// First day that is reported on.
    start_date: DateOnly,
    /// Last day that is reported on.
    end_date: DateOnly,
}

impl From<FrozenPeriod> for FrozenPeriodView {
    fn from(frozen: FrozenPeriod) -> Self {
        Self {
            period_id: frozen.period.into(),
            code: frozen.code.into(),
            name: frozen.name.into(),
            start_date: DateOnly(frozen.starts_on),
            end_date: DateOnly(frozen.ends_on),
        }
    }
}

/// A target as a report says of it, with the measurement to which its value can be walked back.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IncludedFigure)]
struct IncludedFigureView {
    /// The unit's target.
    target_id: TargetKey,
    /// Code of the target, unique within the unit.
    #[schema(example = "BHYT")]
    code: CodeText,
    /// What was to be reached, in words.
    #[schema(example = "Tỷ lệ học sinh tham gia bảo hiểm y tế")]
    name: Str<300>,
    /// What the target is about.
    topic: TopicBody,
    /// Its task is restricted: it never appears in public figures.
    restricted: bool,
    /// What was planned.
    measure: MeasureBody,
    /// The measurement; absent where the target was explained as not done.
    #[serde(skip_serializing_if = "Option::is_none")]
    measurement_id: Option<MeasurementKey>,
    /// The day for which the value holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of_date: Option<DateOnly>,
    /// The measured value.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<ValueBody>,
    /// How much of the way is gone, in percent; absent where no number says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    completion: Option<Dec>,
    /// Whether the target is reached; absent without a value.
    #[serde(skip_serializing_if = "Option::is_none")]
    reached: Option<bool>,
    /// Why it was not done, or what to know of the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<Str<2_000>>,
}

impl From<Figure> for IncludedFigureView {
    fn from(figure: Figure) -> Self {
        let finding = figure.finding.as_ref();
        Self {
            measurement_id: finding.map(|finding| finding.measurement.into()),
            as_of_date: finding.map(|finding| DateOnly(finding.as_of)),
            value: finding.map(|finding| finding.value.clone().into()),
            completion: finding.and_then(|finding| finding.completion).map(Dec),
            reached: finding.map(|finding| finding.reached),
            target_id: figure.target.into(),
            code: figure.code.into(),
            name: figure.name.into(),
            topic: figure.topic.into(),
            restricted: figure.restricted,
            measure: figure.measure.into(),
            explanation: figure.explanation.map(Into::into),
        }
    }
}

/// A unit's report that went in, in the version that was accepted.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IncludedReport)]
struct IncludedReportView {
    /// The unit's report.
    report_id: ReportKey,
    /// The version of it that was accepted.
    #[schema(minimum = 1, maximum = 1_000_000_000_i64)]
    report_version: i64,
    /// The period that it is for.
    period_id: PeriodKey,
    /// The unit that reported.
    unit_id: UnitKey,
    /// Code of the unit on the day of the freeze.
    #[schema(example = "TYT")]
    unit_code: CodeText,
    /// Name of the unit on the day of the freeze.
    #[schema(example = "Trạm Y tế xã")]
    unit_name: Str<300>,
    /// How often it was handed in until it was accepted.
    #[schema(minimum = 1, maximum = 1_000_000)]
    round: u32,
    /// Whether the unit owed it; others report of their own will.
    owed: bool,
    /// Whether it was handed in late.
    late: bool,
    /// What it says of the unit's targets.
    #[schema(max_items = 200)]
    figures: Vec<IncludedFigureView>,
    /// Number of documents that the unit issued.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 4_294_967_295_i64)]
    documents_issued: Option<u32>,
    /// Number of people that the unit reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 4_294_967_295_i64)]
    people_reached: Option<u32>,
}

impl From<IncludedReport> for IncludedReportView {
    fn from(included: IncludedReport) -> Self {
        Self {
            report_id: included.report.into(),
            report_version: included.version,
            period_id: included.period.into(),
            unit_id: included.unit.into(),
            unit_code: included.unit_code.into(),
            unit_name: included.unit_name.into(),
            round: included.round,
            owed: included.owed,
            late: included.late,
            figures: included.figures.into_iter().map(Into::into).collect(),
            documents_issued: included.documents_issued,
            people_reached: included.people_reached,
        }
    }
}

/// Why a unit that owes a report is not in the figures. Clients must tolerate new values.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum MissingReasonCode {
    NotSubmitted,
    NotAccepted,
    Returned,
}

/// A unit that owes a report and is not in the figures: named, never dropped. Who owes none is never missing.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MissingUnit)]
struct MissingUnitView {
    /// The unit that owes the report.
    unit_id: UnitKey,
    /// Code of the unit on the day of the freeze.
    #[schema(example = "TYT")]
    unit_code: CodeText,
    /// Name of the unit on the day of the freeze.
    #[schema(example = "Trạm Y tế xã")]
    unit_name: Str<300>,
    /// The period for which it owes a report.
    period_id: PeriodKey,
    /// Why it is not in the figures.
    reason: MissingReasonCode,
    /// Why it is not in the figures, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Chưa nộp báo cáo")]
    reason_label: String,
    /// What the coordinating office says about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<Str<2_000>>,
}

impl MissingUnitView {
    fn of(missing: MissingUnit, language: Language) -> Self {
        let (reason, code) = match missing.reason {
            MissingReason::NotSubmitted => (MissingReasonCode::NotSubmitted, "NOT_SUBMITTED"),
            MissingReason::NotAccepted => (MissingReasonCode::NotAccepted, "NOT_ACCEPTED"),
            MissingReason::Returned => (MissingReasonCode::Returned, "RETURNED"),
        };
        Self {
            unit_id: missing.unit.into(),
            unit_code: missing.unit_code.into(),
            unit_name: missing.unit_name.into(),
            period_id: missing.period.into(),
            reason,
            reason_label: language.label("missingReason", code),
            explanation: missing.explanation.map(Into::into),
        }
    }
}

/// What the report rests on: exactly the reports that were accepted at the freeze, who is missing, and what follows.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ConsolidatedSnapshot)]
pub(super) struct SnapshotView {
    /// The periods, by their last day.
    #[schema(min_items = 1, max_items = 24)]
    periods: Vec<FrozenPeriodView>,
    /// The accepted reports, by unit code and period.
    #[schema(max_items = 10_000)]
    included_reports: Vec<IncludedReportView>,
    /// The units that owe a report and have no accepted one, by unit code and period.
    #[schema(max_items = 10_000)]
    missing_units: Vec<MissingUnitView>,
    /// What follows from the included reports.
    figures: FiguresView,
}

impl SnapshotView {
    pub(super) fn of(snapshot: Snapshot, language: Language) -> Self {
        Self {
            periods: snapshot.periods.into_iter().map(Into::into).collect(),
            included_reports: snapshot.included.into_iter().map(Into::into).collect(),
            missing_units: snapshot.missing.into_iter().map(|unit| MissingUnitView::of(unit, language)).collect(),
            figures: snapshot.figures.into(),
        }
    }
}
