//! What changed between two consolidated reports, side by side.

use actix_web::{get, web::Data};
use serde::{Deserialize, Serialize};
use thidua_domain::{
    consolidation::{
        ConsolidatedReport, Differences, MissingUnit, Pair, PlanTargetDifference, ReportDifference, ReportVersion,
    },
    refusal::{Code, Refusal},
};
use thidua_persistence::{Reader, StoreError};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::{
    ConsolidatedReportPath,
    figures::ReportingView,
    snapshot::MissingUnitView,
    targets::{PlanTargetFigureView, TargetCountView},
};
use crate::{
    input::{Caller, CodeText, ConsolidatedReportKey, PathOf, PeriodKey, QueryOf, ReportKey, Str, UnitKey, present},
    language::Language,
    problem::Problem,
    reply::Plain,
    reports::FigureView,
    state::State,
};

/// With which report this one is compared.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct DifferencesQuery {
    /// The earlier report, of the same campaign; without it, the one that this report supplements or replaces.
    #[serde(default, deserialize_with = "present")]
    #[param(required = false)]
    since_id: Option<ConsolidatedReportKey>,
}

/// A report of a unit, in the version that went in.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReportVersion)]
struct ReportVersionView {
    /// Identifies the report of the unit.
    report_id: ReportKey,
    /// The version of it that was accepted.
    #[schema(minimum = 1, maximum = 1_000_000_000_i64)]
    report_version: i64,
}

impl From<ReportVersion> for ReportVersionView {
    fn from(version: ReportVersion) -> Self {
        Self { report_id: version.report.into(), report_version: version.version }
    }
}

/// A figure of a unit that is not the same; one side is absent where the report did not have the target.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FigureDifference)]
struct FigureDifferenceView {
    /// What the earlier report says.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<FigureView>,
    /// What the later report says.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<FigureView>,
}

/// A unit whose report for a period went in, was put right, or is in no more.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReportDifference)]
struct ReportDifferenceView {
    /// The unit that reported.
    unit_id: UnitKey,
    /// Code of the unit on the day of the freeze.
    #[schema(example = "TYT")]
    unit_code: CodeText,
    /// Name of the unit on the day of the freeze.
    #[schema(example = "Trạm Y tế xã")]
    unit_name: Str<300>,
    /// The period that the report is for.
    period_id: PeriodKey,
    /// What was in the earlier report; absent where the unit was missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<ReportVersionView>,
    /// What is in the later report; absent where it is in no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<ReportVersionView>,
    /// The figures that are not the same, by code.
    #[schema(max_items = 400)]
    figures: Vec<FigureDifferenceView>,
}

impl From<ReportDifference> for ReportDifferenceView {
    fn from(difference: ReportDifference) -> Self {
        let figure = |pair: Pair<_>| FigureDifferenceView {
            before: pair.before.map(Into::into),
            after: pair.after.map(Into::into),
        };
        Self {
            unit_id: difference.unit.into(),
            unit_code: difference.unit_code.into(),
            unit_name: difference.unit_name.into(),
            period_id: difference.period.into(),
            before: difference.report.before.map(Into::into),
            after: difference.report.after.map(Into::into),
            figures: difference.figures.into_iter().map(figure).collect(),
        }
    }
}

/// A unit that owes a report and was missing in one of the two reports only.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MissingDifference)]
struct MissingDifferenceView {
    /// As the earlier report names it; absent where it was not missing then.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<MissingUnitView>,
    /// As the later report names it; absent where it is missing no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<MissingUnitView>,
}

/// A target of the plan whose value is not the same.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PlanTargetDifference)]
struct PlanTargetDifferenceView {
    /// Code of the target in the plan.
    #[schema(example = "BHYT")]
    code: CodeText,
    /// Its figure in the earlier report.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<PlanTargetFigureView>,
    /// Its figure in the later report.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<PlanTargetFigureView>,
}

impl From<PlanTargetDifference> for PlanTargetDifferenceView {
    fn from(difference: PlanTargetDifference) -> Self {
        Self {
            code: difference.code.into(),
            before: difference.figure.before.map(Into::into),
            after: difference.figure.after.map(Into::into),
        }
    }
}

/// Counts of the earlier report beside those of the later one.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CountsBesideCounts)]
struct CountsView {
    /// How the targets stood in the earlier report.
    targets_before: TargetCountView,
    /// How the targets stand in the later report.
    targets_after: TargetCountView,
    /// How the reports of units stood in the earlier report.
    reporting_before: ReportingView,
    /// How the reports of units stand in the later report.
    reporting_after: ReportingView,
}

/// What changed since an earlier report on the same campaign. Both stay as they were signed.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ConsolidatedReportDifferences)]
pub(super) struct DifferencesView {
    /// The report that is asked about, the later one.
    consolidated_report_id: ConsolidatedReportKey,
    /// The report that it is laid beside, the earlier one.
    since_id: ConsolidatedReportKey,
    /// What changed, and why, in the words of who compiled the later one; only for a supplement.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Str<2_000>>,
    /// The counts of both.
    counts: CountsView,
    /// The targets of the plan whose value is not the same, by code.
    #[schema(max_items = 1_000)]
    plan_targets: Vec<PlanTargetDifferenceView>,
    /// The reports of units that are not the same, by unit code and period.
    #[schema(max_items = 10_000)]
    reports: Vec<ReportDifferenceView>,
    /// The units that were missing in one of the two only, by unit code.
    #[schema(max_items = 10_000)]
    missing: Vec<MissingDifferenceView>,
}

impl DifferencesView {
    fn of(later: &ConsolidatedReport, earlier: &ConsolidatedReport, language: Language) -> Self {
        let differences = Differences::between(&earlier.snapshot, &later.snapshot);
        let missing = |unit: Option<MissingUnit>| unit.map(|unit| MissingUnitView::of(unit, language));
        let missing = |pair: Pair<MissingUnit>| MissingDifferenceView {
            before: missing(pair.before),
            after: missing(pair.after),
        };
        let reason = later.supplement_reason.clone().filter(|_| later.supplements == Some(earlier.root.id));
        Self {
            consolidated_report_id: later.root.id.into(),
            since_id: earlier.root.id.into(),
            reason: reason.map(Into::into),
            counts: CountsView {
                targets_before: differences.targets.0.into(),
                targets_after: differences.targets.1.into(),
                reporting_before: differences.reporting.0.into(),
                reporting_after: differences.reporting.1.into(),
            },
            plan_targets: differences.plan_targets.into_iter().map(Into::into).collect(),
            reports: differences.reports.into_iter().map(Into::into).collect(),
            missing: differences.missing.into_iter().map(missing).collect(),
        }
    }
}

/// Read what changed since an earlier report
///
/// Lays a report beside the one that it supplements or replaces, or beside any other of the campaign: whose reports came
/// in, were put right or are in no more, with the figures that differ, and what follows for the targets of the plan. It is
/// worked out from the two snapshots, which nothing changes.
#[utoipa::path(tag = "Consolidated reports", operation_id = "readConsolidatedReportDifferences",
    params(ConsolidatedReportPath, DifferencesQuery),
    responses((status = 200, description = "What is not the same in the two reports.", body = DifferencesView),
        (status = 422, description = "The report stands alone and no other is named, or the other is unknown here.")))]
#[get("/consolidated-reports/{consolidatedReportId}/differences")]
pub(super) async fn read_consolidated_report_differences(
    state: Data<State>,
    caller: Caller,
    path: PathOf<ConsolidatedReportPath>,
    query: QueryOf<DifferencesQuery>,
) -> Result<Plain<DifferencesView>, Problem> {
    let reader = state.store.read(&caller.call).await?;
    let later: ConsolidatedReport = reader.object(path.0.consolidated_report_id.id()).await?;
    let earlier = earlier(&reader, &later, query.0.since_id).await;
    let earlier = earlier.map_err(|error| Problem::from(error).with_parameters())?;
    let body = DifferencesView::of(&later, &earlier, caller.language);
    Ok(Plain { body, language: caller.language, next: None })
}

async fn earlier(
    reader: &Reader,
    later: &ConsolidatedReport,
    named: Option<ConsolidatedReportKey>,
) -> Result<ConsolidatedReport, StoreError> {
    let since = named.map(ConsolidatedReportKey::id).or(later.replaces).or(later.supplements);
    let since = since.ok_or_else(|| Refusal::field("/sinceId", Code::FieldMissing))?;
    let unknown = || StoreError::from(Refusal::field("/sinceId", Code::UnknownReference));
    let found: Result<ConsolidatedReport, _> = reader.object(since).await;
    match found {
        Ok(earlier) if earlier.campaign == later.campaign => Ok(earlier),
        Ok(_) | Err(StoreError::Absent) => Err(unknown()),
        Err(error) => Err(error),
    }
}
