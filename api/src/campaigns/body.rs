//! Bodies of campaigns.

use serde::{Deserialize, Serialize};
use thidua_domain::{
    campaign::{
        Campaign, CancelCampaign, CheckCampaignFormat, IssueCampaign, LaunchCampaign, ReplaceCampaignPlan,
        ReturnCampaign, SignCampaign, Stage, SubmitCampaign,
    },
    consolidation::CreateConsolidatedReport,
    import::{ImportMeasurements, ImportRegistrations},
    period::{CreatePeriod, CreatePeriodSchedule},
    policy::Command as _,
    principal::Actor,
    registration::CreateRegistration,
    reminder::{CreateReminderRule, SendReminder},
    rubric::CreateScoringRubric,
    rule::CreateValidationRule,
};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::plan::PlanBody;
use crate::{
    command::ActionView,
    input::{CampaignKey, CodeText, CursorText, DateOnly, Instant, Limit, Str, UnitKey, present},
    language::Language,
    list::paged,
    papers::{FormatCheckView, IssuedView, SignatureView},
};

/// A campaign to be drafted.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct CampaignNew {
    /// Short code, unique among campaigns.
    #[schema(example = "gia-loc-2025")]
    pub(super) code: CodeText,
    /// The authority that will issue the plan.
    pub(super) issuer_unit_id: UnitKey,
    /// The office that drafts the plan and compiles the reports.
    pub(super) coordinating_unit_id: UnitKey,
    /// The whole plan, as it stands now.
    #[validate(nested)]
    pub(super) plan: PlanBody,
}

/// The stage of a campaign. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum CampaignStage {
    Draft,
    Submitted,
    Signed,
    Issued,
    Running,
    Cancelled,
}

impl CampaignStage {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::Submitted => "SUBMITTED",
            Self::Signed => "SIGNED",
            Self::Issued => "ISSUED",
            Self::Running => "RUNNING",
            Self::Cancelled => "CANCELLED",
        }
    }
}

impl From<&Stage> for CampaignStage {
    fn from(stage: &Stage) -> Self {
        match stage {
            Stage::Draft => Self::Draft,
            Stage::Submitted => Self::Submitted,
            Stage::Signed { .. } => Self::Signed,
            Stage::Issued { .. } => Self::Issued,
            Stage::Running { .. } => Self::Running,
            Stage::Cancelled => Self::Cancelled,
        }
    }
}

/// An emulation campaign; its plan is a resource of its own.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Campaign)]
pub(crate) struct CampaignView {
    /// Identifies the campaign.
    id: CampaignKey,
    /// Counts changes, from 1.
    #[schema(minimum = 1, maximum = 1_000_000_000_i64)]
    version: i64,
    /// Short code, unique among campaigns.
    #[schema(example = "gia-loc-2025")]
    code: CodeText,
    /// What the campaign is about (trích yếu).
    #[schema(example = "Phát động Đợt thi đua năm 2025")]
    title: Str<2000>,
    /// What people call it for short.
    #[schema(example = "Đợt thi đua")]
    short_name: Str<300>,
    /// Where it stands.
    stage: CampaignStage,
    /// Where it stands, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Đang thực hiện")]
    stage_label: String,
    /// The authority that issues the plan.
    issuer_unit_id: UnitKey,
    /// The office that drafts the plan and compiles the reports.
    coordinating_unit_id: UnitKey,
    /// Who answers for its form, where that was recorded since it was handed in last.
    #[serde(skip_serializing_if = "Option::is_none")]
    format_check: Option<FormatCheckView>,
    /// The signature, once signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    signature: Option<SignatureView>,
    /// Number and day, once issued.
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<IssuedView>,
    /// First day, once launched.
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<DateOnly>,
    /// Last day, once the plan says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<DateOnly>,
    /// When it was drafted, by the business clock.
    created_at: Instant,
    /// When it was changed last, by the business clock.
    updated_at: Instant,
    /// What the caller could do with it now; absent in lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    actions: Vec<ActionView>,
}

impl CampaignView {
    /// The campaign with what this caller could do.
    pub(super) fn of(campaign: &Campaign, actor: &Actor, language: Language) -> Self {
        let actions = vec![
            ActionView::of::<ReplaceCampaignPlan, _>(actor, campaign),
            ActionView::of::<SubmitCampaign, _>(actor, campaign),
            ActionView::of::<ReturnCampaign, _>(actor, campaign),
            ActionView::of::<CheckCampaignFormat, _>(actor, campaign),
            ActionView::of::<SignCampaign, _>(actor, campaign),
            ActionView::of::<IssueCampaign, _>(actor, campaign),
            ActionView::of::<LaunchCampaign, _>(actor, campaign),
            ActionView::of::<CancelCampaign, _>(actor, campaign),
            ActionView::of::<CreatePeriod, _>(actor, campaign),
            ActionView::of::<CreatePeriodSchedule, _>(actor, campaign),
            ActionView::of::<CreateValidationRule, _>(actor, campaign),
            ActionView::of::<CreateScoringRubric, _>(actor, campaign),
            ActionView::of::<CreateReminderRule, _>(actor, campaign),
            ActionView::of::<SendReminder, _>(actor, campaign),
            ActionView::answered(CreateRegistration::ACTION, CreateRegistration::could(actor, campaign)),
            ActionView::of::<ImportRegistrations, _>(actor, campaign),
            ActionView::of::<ImportMeasurements, _>(actor, campaign),
            ActionView::answered(CreateConsolidatedReport::ACTION, CreateConsolidatedReport::could(actor, campaign)),
        ];
        Self { actions, ..Self::listed(campaign, language) }
    }

    pub(super) fn listed(campaign: &Campaign, language: Language) -> Self {
        let (signature, issue) = match &campaign.stage {
            Stage::Draft | Stage::Submitted | Stage::Cancelled => (None, None),
            Stage::Signed { signature } => (Some(signature), None),
            Stage::Issued { signature, issue } | Stage::Running { signature, issue, .. } => {
                (Some(signature), Some(issue))
            }
        };
        Self {
            id: campaign.root.id.into(),
            version: campaign.root.version,
            code: campaign.code.clone().into(),
            title: campaign.plan.title.clone().into(),
            short_name: campaign.plan.short_name.clone().into(),
            stage: (&campaign.stage).into(),
            stage_label: language.label("campaignStage", campaign.stage.code()),
            issuer_unit_id: campaign.issuer.into(),
            coordinating_unit_id: campaign.coordinating_unit.into(),
            format_check: campaign.format_check.as_ref().map(Into::into),
            signature: signature.map(SignatureView::of),
            document: issue.map(IssuedView::of),
            start_date: campaign.started_on().map(DateOnly),
            end_date: campaign.plan.end_date.map(DateOnly),
            created_at: Instant(campaign.root.created_at),
            updated_at: Instant(campaign.root.updated_at),
            actions: Vec::new(),
        }
    }
}

/// A page of the campaigns that the caller can see.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CampaignPage {
    /// The campaigns of this page.
    #[schema(max_items = 100)]
    items: Vec<CampaignView>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<CursorText>,
    /// How many match in all; present where `includeTotal` asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000_i64)]
    total: Option<i64>,
}

/// Which campaigns, and which page of them.
#[derive(Clone, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CampaignQuery {
    /// Only campaigns in these stages; repeat the parameter for several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[param(max_items = 10, required = false)]
    #[validate(length(max = 10))]
    pub(super) stage: Vec<CampaignStage>,
    /// Part of the title, without regard to case and accents.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false, example = "thi dua")]
    pub(super) q: Option<Str<60>>,
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

paged!(CampaignQuery, CampaignPage of CampaignView);
