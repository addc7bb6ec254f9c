//! What changed, as it is read.

use serde::Serialize;
use thidua_domain::{
    period::PeriodId,
    progress::{Live, Whole},
    report::compliance::Standing,
    text::Token,
    time::{Deadline, Span, Timestamp},
};
use thidua_persistence::facts::changes::Steps;
use utoipa::ToSchema;

use super::{
    super::compared::ShiftView,
    MOST_SHOWN,
    consolidated::ConsolidatedStepView,
    steps::{Called, PeriodStepView, RegistrationStepsView, ReportStepsView},
};
use crate::{
    input::{CampaignKey, CodeText, DateOnly, Instant, PeriodKey, ReportKey, Str, TargetKey, UnitKey},
    language::Language,
    measures::MeasureBody,
    targets::CurrentView,
};

/// A target whose value is another one than before.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MovedTarget)]
struct MovedTargetView {
    /// Identifies the target that moved.
    target_id: TargetKey,
    /// The unit that answers for it.
    unit_id: UnitKey,
    /// Its short code, as plans use it.
    #[schema(example = "TH1")]
    unit_code: CodeText,
    /// Its full name, as printed.
    #[schema(example = "Trường Tiểu học")]
    unit_name: Str<300>,
    /// Code, unique within unit and campaign.
    #[schema(example = "BHYT")]
    code: CodeText,
    /// What is to be reached, in words.
    #[schema(example = "Tỷ lệ tham gia bảo hiểm y tế toàn xã đạt 97%")]
    name: Str<300>,
    /// Its task is restricted: it never appears in public figures.
    restricted: bool,
    /// What the target asks for.
    measure: MeasureBody,
    /// Where it stood by what was recorded before the first day; absent where nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier: Option<CurrentView>,
    /// Where it stands by what was recorded until the end of the last day.
    current: CurrentView,
    /// How far it has come; absent unless both have figures.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<ShiftView>,
}

impl MovedTargetView {
    fn of(live: Live, called: &Called) -> Option<Self> {
        let Live { target, current, earlier } = live;
        let (unit_id, unit_code, unit_name) = called.unit(target.unit)?;
        let whole = |at: &Option<_>| Whole::of_one(&target.measure, at.as_ref());
        let change = ShiftView::of(whole(&current).since(&whole(&earlier)));
        Some(Self {
            target_id: target.root.id.into(),
            unit_id,
            unit_code,
            unit_name,
            change,
            current: CurrentView::of(current?, &target.measure),
            earlier: earlier.map(|earlier| CurrentView::of(earlier, &target.measure)),
            code: target.code.into(),
            name: target.name.into(),
            restricted: target.restricted,
            measure: target.measure.into(),
        })
    }
}

/// The targets whose value is another one than before.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MovedTargets)]
struct MovedTargetsView {
    /// How many there are in all.
    #[schema(minimum = 0, maximum = 1_000_000_000_i64)]
    total: i64,
    /// The targets, by unit and code.
    #[schema(max_items = 100)]
    items: Vec<MovedTargetView>,
}

/// A unit whose report fell due within the days, and was not there.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NewlyLateUnit)]
struct NewlyLateView {
    /// The unit that owes the report.
    unit_id: UnitKey,
    /// Its short code, as plans use it.
    #[schema(example = "TH1")]
    unit_code: CodeText,
    /// Its full name, as printed.
    #[schema(example = "Trường Tiểu học")]
    unit_name: Str<300>,
    /// The period that it is for.
    period_id: PeriodKey,
    /// Code of that period, unique within the campaign.
    #[schema(example = "2025-10")]
    period_code: CodeText,
    /// From this instant on it was late.
    due_before: Instant,
    /// The report, once the caller can see one.
    #[serde(skip_serializing_if = "Option::is_none")]
    report_id: Option<ReportKey>,
    /// When it was handed in after all; absent while it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    first_submitted_at: Option<Instant>,
    /// Whether nothing was handed in until now.
    missing: bool,
}

/// The units whose report fell due within the days, and was not there.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NewlyLateUnits)]
struct NewlyLateUnitsView {
    /// How many there are in all.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    total: usize,
    /// By the instant at which it fell due, then in the order of the period.
    #[schema(max_items = 100)]
    items: Vec<NewlyLateView>,
}

/// A unit that did not hand in before its report fell due.
pub(super) struct NewlyLate {
    pub(super) period: PeriodId,
    pub(super) code: Token,
    pub(super) due_before: Deadline,
    pub(super) standing: Standing,
}

impl NewlyLate {
    fn view(self, called: &Called) -> Option<NewlyLateView> {
        let (unit_id, unit_code, unit_name) = called.unit(self.standing.unit)?;
        Some(NewlyLateView {
            unit_id,
            unit_code,
            unit_name,
            period_id: self.period.into(),
            period_code: self.code.into(),
            due_before: Instant(self.due_before.instant()),
            report_id: self.standing.report.map(Into::into),
            first_submitted_at: self.standing.first_submitted_at.map(Instant),
            missing: self.standing.missing,
        })
    }
}

/// What changed in a campaign within some days.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CampaignChanges)]
pub(super) struct ChangesView {
    /// The campaign in which it changed.
    campaign_id: CampaignKey,
    /// The first day that is covered.
    from_date: DateOnly,
    /// The last day that is covered.
    to_date: DateOnly,
    /// The moment at which all of this holds, by the business clock.
    as_of_at: Instant,
    /// The units whose report fell due and was not there.
    newly_late: NewlyLateUnitsView,
    /// The targets in force whose value is another one than before.
    targets: MovedTargetsView,
    /// The reports of units that were handed in, accepted or returned.
    reports: ReportStepsView,
    /// The registrations that were handed in, accepted or returned.
    registrations: RegistrationStepsView,
    /// The reports of the commune itself that reached another stage, the latest first.
    #[schema(max_items = 100)]
    consolidated_reports: Vec<ConsolidatedStepView>,
    /// The periods that were opened, closed or opened again, the latest first.
    #[schema(max_items = 100)]
    periods: Vec<PeriodStepView>,
}

/// What was found.
pub(super) struct Found {
    pub(super) moved: i64,
    pub(super) targets: Vec<Live>,
    pub(super) steps: Steps,
    pub(super) late: Vec<NewlyLate>,
    pub(super) called: Called,
}

impl ChangesView {
    pub(super) fn of(campaign_id: CampaignKey, span: Span, now: Timestamp, found: Found, language: Language) -> Self {
        let Found { moved, targets, steps, late, called } = found;
        let total = late.len();
        Self {
            campaign_id,
            from_date: DateOnly(span.first),
            to_date: DateOnly(span.last),
            as_of_at: Instant(now),
            newly_late: NewlyLateUnitsView {
                total,
                items: late.into_iter().filter_map(|one| one.view(&called)).take(MOST_SHOWN).collect(),
            },
            targets: MovedTargetsView {
                total: moved,
                items: targets.into_iter().filter_map(|live| MovedTargetView::of(live, &called)).collect(),
            },
            reports: ReportStepsView::of(steps.reports, &called, language),
            registrations: RegistrationStepsView::of(steps.registrations, &called, language),
            consolidated_reports: steps
                .consolidated
                .into_iter()
                .filter_map(|step| ConsolidatedStepView::of(step, language))
                .take(MOST_SHOWN)
                .collect(),
            periods: steps
                .periods
                .into_iter()
                .filter_map(|step| PeriodStepView::of(step, language))
                .take(MOST_SHOWN)
                .collect(),
        }
    }
}
