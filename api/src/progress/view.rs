//! Progress as it is read.

use serde::{Deserialize, Serialize};
use thidua_domain::progress::{By, Group, PlanTargetStanding, Progress, Source, Tally};
use utoipa::ToSchema;

use super::{
    asked::Shown,
    compared::{CountChangeView, CountView, ShiftView, WholeView},
};
use crate::{
    input::{CampaignKey, CodeText, DateOnly, Dec, Instant, PeriodKey, Str, TargetKey, UnitKey},
    measures::{MeasureBody, ValueBody},
    targets::CurrentView,
};

/// By what targets are grouped: the field of their task, their task, their movement, or the unit that answers for them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ProgressBy {
    Field,
    Task,
    Movement,
    Unit,
}

impl ProgressBy {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Field => "FIELD",
            Self::Task => "TASK",
            Self::Movement => "MOVEMENT",
            Self::Unit => "UNIT",
        }
    }
}

impl From<ProgressBy> for By {
    fn from(by: ProgressBy) -> Self {
        match by {
            ProgressBy::Field => Self::Field,
            ProgressBy::Task => Self::Task,
            ProgressBy::Movement => Self::Movement,
            ProgressBy::Unit => Self::Unit,
        }
    }
}

/// A unit's part of a target of the plan, with the measurement that says where it stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProgressSource)]
pub(crate) struct SourceView {
    /// The unit that answers for the part.
    unit_id: UnitKey,
    /// Identifies the target of the unit.
    target_id: TargetKey,
    /// Where the unit's target stands; absent while nothing was measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<CurrentView>,
}

/// A target of the plan, over the units that have a part in it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PlanTargetProgress)]
pub(crate) struct PlanTargetView {
    /// Code of the target in the plan.
    #[schema(example = "BHYT")]
    code: CodeText,
    /// What is to be reached, in words.
    #[schema(example = "Tỷ lệ tham gia bảo hiểm y tế toàn xã đạt 97%")]
    name: Str<300>,
    /// Its task is restricted: it never appears in public figures.
    restricted: bool,
    /// What the plan asks for.
    measure: MeasureBody,
    /// The value of the whole: sums of numerators and of denominators, never of percentages; absent while nobody measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<ValueBody>,
    /// The share in percent, rounded down to six decimals; only for shares.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "96.995")]
    share_percent: Option<Dec>,
    /// How much of the way is gone, in percent, rounded down to two decimals; absent where no number says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "99.99")]
    completion_percent: Option<Dec>,
    /// Whether it is reached, compared exactly; absent without a value.
    #[serde(skip_serializing_if = "Option::is_none")]
    reached: Option<bool>,
    /// The same on the day that it is compared with; absent where nobody had measured by then, or nothing is compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier: Option<WholeView>,
    /// How far it has come since; absent unless both have figures.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<ShiftView>,
    /// What the value is made of.
    #[schema(max_items = 1000)]
    sources: Vec<SourceView>,
}

impl From<PlanTargetStanding> for PlanTargetView {
    fn from(standing: PlanTargetStanding) -> Self {
        let source = |source: Source| SourceView {
            unit_id: source.unit.into(),
            target_id: source.target.into(),
            current: source.current.map(|current| CurrentView::of(current, &source.measure)),
        };
        Self {
            sources: standing.sources.into_iter().map(source).collect(),
            code: standing.code.into(),
            name: standing.name.into(),
            restricted: standing.restricted,
            measure: standing.measure.into(),
            change: ShiftView::of(standing.now.since(&standing.earlier)),
            earlier: WholeView::of(standing.earlier),
            share_percent: standing.now.percent.map(Dec),
            completion_percent: standing.now.completion.map(Dec),
            reached: standing.now.reached,
            total: standing.now.total.map(Into::into),
        }
    }
}

/// The targets of one field, task, movement or unit.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProgressGroup)]
pub(crate) struct GroupView {
    /// Its code in the plan, or the unit's in the directory.
    #[schema(example = "3.2")]
    code: CodeText,
    /// Its name, in the words of the plan or of the directory.
    #[schema(example = "Lĩnh vực Văn hóa - Xã hội")]
    name: Str<300>,
    /// The unit, where targets are grouped by unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit_id: Option<UnitKey>,
    /// The unit above it on the day that is shown, in whose roll-up it is; of a unit that was divided, the lowest that has
    /// all parts below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    above_unit_id: Option<UnitKey>,
    /// The body that manages it on the day that is shown (cơ quan quản lý cấp trên).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Sở Giáo dục và Đào tạo")]
    managing_authority: Option<Str<300>>,
    /// It is restricted, or something in it is: it never appears in public figures.
    restricted: bool,
    /// How its targets stand.
    count: CountView,
    /// How the same targets stood on the day that they are compared with; absent where nothing is compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier_count: Option<CountView>,
    /// How many more, or fewer with a minus, than on that day; absent where nothing is compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<CountChangeView>,
    /// The targets of the plan. Of a field or a task those that the plan sets there, over all units; of a movement or a unit
    /// their own parts.
    #[schema(max_items = 1000)]
    plan_targets: Vec<PlanTargetView>,
}

impl GroupView {
    fn of(group: Group, compared: bool) -> Self {
        let Tally { count, earlier, restricted, plan_targets } = group.tally;
        let earlier = compared.then_some(earlier);
        let unit = group.unit.as_ref();
        Self {
            code: group.code.into(),
            name: group.name.into(),
            unit_id: unit.map(|unit| unit.unit.into()),
            above_unit_id: unit.and_then(|unit| unit.above).map(Into::into),
            managing_authority: unit.and_then(|unit| unit.managing_authority.clone()).map(Into::into),
            restricted,
            count: count.into(),
            earlier_count: earlier.map(Into::into),
            change: earlier.map(|earlier| CountChangeView::of(count, earlier)),
            plan_targets: plan_targets.into_iter().map(Into::into).collect(),
        }
    }
}

/// The targets that belong to no group.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProgressUngrouped)]
pub(crate) struct UngroupedView {
    /// Something in it is restricted: it never appears in public figures.
    restricted: bool,
    /// How these targets stand.
    count: CountView,
    /// How the same targets stood on the day that they are compared with; absent where nothing is compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier_count: Option<CountView>,
    /// How many more, or fewer with a minus, than on that day; absent where nothing is compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<CountChangeView>,
    /// The targets of the plan among them.
    #[schema(max_items = 1000)]
    plan_targets: Vec<PlanTargetView>,
}

impl UngroupedView {
    fn of(tally: Tally, compared: bool) -> Self {
        let Tally { count, earlier, restricted, plan_targets } = tally;
        let earlier = compared.then_some(earlier);
        Self {
            restricted,
            count: count.into(),
            earlier_count: earlier.map(Into::into),
            change: earlier.map(|earlier| CountChangeView::of(count, earlier)),
            plan_targets: plan_targets.into_iter().map(Into::into).collect(),
        }
    }
}

/// Where a campaign stands, now or at the end of a day, from the values of its targets.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Progress)]
pub(crate) struct ProgressView {
    /// The campaign whose targets are counted.
    campaign_id: CampaignKey,
    /// By what the targets are grouped.
    by: ProgressBy,
    /// The moment at which all of this holds, by the business clock: what was recorded until then is counted.
    as_of_at: Instant,
    /// The day that is shown, at its end; absent where it is this very moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    on_date: Option<DateOnly>,
    /// The unit whose targets alone are counted; absent where all units are meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit_id: Option<UnitKey>,
    /// Whether all units below it are meant too; absent where all units are meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    below: Option<bool>,
    /// The day that it is compared with; absent where none was asked for and no period has ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    compared_to_date: Option<DateOnly>,
    /// The period that ended on that day; absent where the caller chose the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    compared_to_period_id: Option<PeriodKey>,
    /// All targets in force; those of the groups and those in none add up to it.
    total: CountView,
    /// The same targets on the day that they are compared with; absent where nothing is compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier_total: Option<CountView>,
    /// How many more, or fewer with a minus, than on that day; absent where nothing is compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<CountChangeView>,
    /// Fields, tasks and movements in the order of the plan, with or without targets; units with targets, by code.
    #[schema(max_items = 1000)]
    pub(super) groups: Vec<GroupView>,
    /// The targets that belong to none of the groups.
    ungrouped: UngroupedView,
}

impl ProgressView {
    pub(super) fn of(campaign_id: CampaignKey, shown: Shown) -> Self {
        let Progress { total, earlier, groups, ungrouped } = shown.progress;
        let compared = shown.compared;
        let is_compared = compared.day.is_some();
        let earlier = is_compared.then_some(earlier);
        let extent = shown.extent.map(|(extent, _)| extent);
        Self {
            campaign_id,
            by: shown.by,
            as_of_at: Instant(shown.now),
            on_date: shown.on.map(DateOnly),
            unit_id: extent.map(|extent| extent.unit.into()),
            below: extent.map(|extent| extent.below),
            compared_to_date: compared.day.map(DateOnly),
            compared_to_period_id: compared.period.map(Into::into),
            total: total.into(),
            earlier_total: earlier.map(Into::into),
            change: earlier.map(|earlier| CountChangeView::of(total, earlier)),
            groups: groups.into_iter().map(|group| GroupView::of(group, is_compared)).collect(),
            ungrouped: UngroupedView::of(ungrouped, is_compared),
        }
    }
}
