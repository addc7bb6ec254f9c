//! Progress as it is read.

use serde::{Deserialize, Serialize};
use thidua_domain::{
    progress::{By, Count, Group, PlanTargetStanding, Progress, Source, Tally},
    time::Timestamp,
};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::{
    input::{CampaignKey, CodeText, Dec, Instant, Str, TargetKey, UnitKey},
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

/// How the targets are to be grouped.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ProgressQuery {
    /// By what the targets are grouped; each is in one group at most.
    #[param(example = "FIELD")]
    pub(super) by: ProgressBy,
}

/// How many targets stand how.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProgressCount)]
pub(crate) struct CountView {
    /// All targets in force.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    targets: u32,
    /// Of all targets: those that were measured.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    with_value: u32,
    /// Of those measured: those that are reached, compared exactly.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    reached: u32,
}

impl From<Count> for CountView {
    fn from(count: Count) -> Self {
        let Count { targets, with_value, reached } = count;
        Self { targets, with_value, reached }
    }
}

/// A unit's part of a target of the plan, with the measurement that says where it stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProgressSource)]
pub(crate) struct SourceView {
    /// The unit that answers for the part.
    unit_id: UnitKey,
    /// The target that was measured.
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
            total: standing.total.map(Into::into),
            share_percent: standing.percent.map(Dec),
            completion_percent: standing.completion.map(Dec),
            reached: standing.reached,
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
    /// It is restricted, or something in it is: it never appears in public figures.
    restricted: bool,
    /// How its targets stand.
    count: CountView,
    /// The targets of the plan. Of a field or a task those that the plan sets there, over all units; of a movement or a unit
    /// their own parts.
    #[schema(max_items = 1000)]
    plan_targets: Vec<PlanTargetView>,
}

impl From<Group> for GroupView {
    fn from(group: Group) -> Self {
        let Tally { count, restricted, plan_targets } = group.tally;
        Self {
            code: group.code.into(),
            name: group.name.into(),
            unit_id: group.unit.map(Into::into),
            restricted,
            count: count.into(),
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
    /// The targets of the plan among them.
    #[schema(max_items = 1000)]
    plan_targets: Vec<PlanTargetView>,
}

impl From<Tally> for UngroupedView {
    fn from(tally: Tally) -> Self {
        let plan_targets = tally.plan_targets.into_iter().map(Into::into).collect();
        Self { restricted: tally.restricted, count: tally.count.into(), plan_targets }
    }
}

/// Where a campaign stands now, from the current values of its targets.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Progress)]
pub(crate) struct ProgressView {
    /// The campaign whose targets are counted.
    campaign_id: CampaignKey,
    /// By what the targets are grouped.
    by: ProgressBy,
    /// The moment at which all of this holds, by the business clock.
    as_of_at: Instant,
    /// All targets in force; those of the groups and those in none add up to it.
    total: CountView,
    /// Fields, tasks and movements in the order of the plan, with or without targets; units with targets, by code.
    #[schema(max_items = 1000)]
    groups: Vec<GroupView>,
    /// The targets that belong to none of the groups.
    ungrouped: UngroupedView,
}

impl ProgressView {
    pub(super) fn of(campaign_id: CampaignKey, by: ProgressBy, progress: Progress, now: Timestamp) -> Self {
        Self {
            campaign_id,
            by,
            as_of_at: Instant(now),
            total: progress.total.into(),
            groups: progress.groups.into_iter().map(Into::into).collect(),
            ungrouped: progress.ungrouped.into(),
        }
    }
}
