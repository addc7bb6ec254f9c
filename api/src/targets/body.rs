//! Targets as they are read, with where they stand.

use serde::{Deserialize, Serialize};
use thidua_domain::{
    change::Aggregate,
    measure::Measure,
    principal::Actor,
    target::{AppendMeasurement, Current, Origin},
};
use thidua_persistence::Standing;
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::{
    command::ActionView,
    input::{
        CampaignKey, CodeText, CursorText, DateOnly, Dec, Instant, Limit, MeasurementKey, RegistrationKey, Str,
        TargetKey, UnitKey, present,
    },
    language::Language,
    list::paged,
    measures::{MeasureBody, TopicBody, ValueBody},
};

/// The stage of a target. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum TargetStage {
    Active,
    Retired,
}

impl TargetStage {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Retired => "RETIRED",
        }
    }
}

/// Where a target comes from. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum TargetOrigin {
    Plan,
    Registration,
}

/// Where a target stands: its measurement with the latest day, and of that day the one recorded last.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CurrentValue)]
pub(crate) struct CurrentView {
    /// The measurement that says so.
    measurement_id: MeasurementKey,
    /// The day for which the value holds.
    as_of_date: DateOnly,
    /// What was found.
    value: ValueBody,
    /// A share in percent, rounded down to six decimals; only for shares.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "96.214285")]
    share_percent: Option<Dec>,
    /// How much of the way is gone, in percent, rounded down to two decimals; more than 100 is possible, and less than 0.
    /// Absent where no number says it: words, a plan of nothing, "exactly" or "at most" without a baseline.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "99.18")]
    completion_percent: Option<Dec>,
    /// Whether the target is reached; compared exactly, so that 96.995 does not reach 97.
    reached: bool,
}

impl CurrentView {
    pub(crate) fn of(current: Current, asked: &Measure) -> Self {
        Self {
            measurement_id: current.measurement.into(),
            as_of_date: DateOnly(current.as_of),
            share_percent: current.value.percent().map(Dec),
            completion_percent: asked.completion(&current.value).map(Dec),
            reached: asked.reached(&current.value),
            value: current.value.into(),
        }
    }
}

/// A target in force, of the plan or registered by a unit, with where it stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Target)]
pub(crate) struct TargetView {
    /// Identifies the target, also after corrections of the registration.
    id: TargetKey,
    /// Counts changes of what is asked for, from 1; measurements do not count.
    #[schema(minimum = 1, maximum = 1_000_000_000_i64)]
    version: i64,
    /// The campaign that the target belongs to.
    campaign_id: CampaignKey,
    /// The unit that answers for it.
    unit_id: UnitKey,
    /// Code, unique within unit and campaign.
    #[schema(example = "BHYT")]
    code: CodeText,
    /// What is to be reached, in words.
    #[schema(example = "Tỷ lệ tham gia bảo hiểm y tế toàn xã đạt 97%")]
    name: Str<300>,
    /// Whether it counts.
    stage: TargetStage,
    /// Whether it counts, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Đang có hiệu lực")]
    stage_label: String,
    /// What the target is about: items of the plan.
    topic: TopicBody,
    /// How the target is measured.
    measure: MeasureBody,
    /// Where it comes from.
    origin: TargetOrigin,
    /// Where it comes from, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Chỉ tiêu của kế hoạch")]
    origin_label: String,
    /// The registration that was accepted last; absent for a target of the plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    registration_id: Option<RegistrationKey>,
    /// Its task is restricted, so that it never appears in public figures.
    restricted: bool,
    /// Since when it no longer counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    retired_at: Option<Instant>,
    /// Where it stands; absent while nothing was measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<CurrentView>,
    /// When it came into force, by the business clock.
    created_at: Instant,
    /// When what it asks for was changed last, by the business clock.
    updated_at: Instant,
    /// What the caller could do with it now; absent in lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    actions: Vec<ActionView>,
}

impl TargetView {
    /// The target with what this caller could do.
    pub(super) fn of(standing: Standing, actor: &Actor, language: Language) -> Self {
        let view = Self::listed(standing.clone(), language);
        let actions = vec![ActionView::of::<AppendMeasurement, _>(actor, &standing.measurable())];
        Self { actions, ..view }
    }

    pub(super) fn listed(standing: Standing, language: Language) -> Self {
        let Standing { target, current, .. } = standing;
        let (origin, origin_key, registration_id) = match target.origin {
            Origin::Plan => (TargetOrigin::Plan, "PLAN", None),
            Origin::Registration { registration } => {
                (TargetOrigin::Registration, "REGISTRATION", Some(registration.into()))
            }
        };
        Self {
            id: target.root.id.into(),
            version: target.root.version,
            campaign_id: target.campaign.into(),
            unit_id: target.unit.into(),
            stage: if target.retired_at.is_some() { TargetStage::Retired } else { TargetStage::Active },
            stage_label: language.label("targetStage", target.stage_code()),
            current: current.map(|current| CurrentView::of(current, &target.measure)),
            code: target.code.into(),
            name: target.name.into(),
            topic: target.topic.into(),
            measure: target.measure.into(),
            origin,
            origin_label: language.label("targetOrigin", origin_key),
            registration_id,
            restricted: target.restricted,
            retired_at: target.retired_at.map(Instant),
            created_at: Instant(target.root.created_at),
            updated_at: Instant(target.root.updated_at),
            actions: Vec::new(),
        }
    }
}

/// One page of the targets of a campaign.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TargetPage {
    /// The targets of this page.
    #[schema(max_items = 100)]
    items: Vec<TargetView>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<CursorText>,
    /// How many match in all; present where `includeTotal` asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000_i64)]
    total: Option<i64>,
}

/// Which targets, and which page of them.
#[derive(Clone, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct TargetQuery {
    /// Only targets of these units; repeat the parameter for several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[param(max_items = 40, required = false)]
    #[validate(length(max = 40))]
    pub(super) unit_id: Vec<UnitKey>,
    /// Only targets about these tasks of the plan; repeat the parameter for several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[param(max_items = 10, required = false)]
    #[validate(length(max = 10))]
    pub(super) task: Vec<CodeText>,
    /// Only targets in these stages; repeat the parameter for several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[param(max_items = 10, required = false)]
    #[validate(length(max = 10))]
    pub(super) stage: Vec<TargetStage>,
    /// How many items a page has.
    #[serde(default)]
    #[param(required = false, example = 20)]
    pub(super) limit: Limit,
    /// Where the page before ended.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false)]
    pub(super) cursor: Option<CursorText>,
    /// Whether all that match are counted.
    #[serde(default)]
    #[param(required = false, example = false)]
    pub(super) include_total: bool,
}

paged!(TargetQuery, TargetPage of TargetView);
