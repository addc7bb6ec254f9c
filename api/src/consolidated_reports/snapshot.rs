//! What the report to the city rests on, on the wire: the included reports, the missing units, the figures.

use serde::Serialize;
use thidua_domain::consolidation::{FrozenPeriod, IncludedReport, MissingReason, MissingUnit, Snapshot};
use utoipa::ToSchema;

use super::figures::FiguresView;
use crate::{
    input::{CodeText, DateOnly, PeriodKey, ReportKey, Str, UnitKey},
    language::Language,
    reports::FigureView,
};

/// A period whose accepted reports went in.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FrozenPeriod)]
struct FrozenPeriodView {
    /// Identifies the reporting period.
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

/// A unit's report that went in, in the version that was accepted.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IncludedReport)]
struct IncludedReportView {
    /// Identifies the report of the unit.
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
    figures: Vec<FigureView>,
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
pub(super) struct MissingUnitView {
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
    pub(super) fn of(missing: MissingUnit, language: Language) -> Self {
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
