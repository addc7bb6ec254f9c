//! Scoring rubrics as they are read.

use serde::{Deserialize, Serialize};
use thidua_domain::{
    assessment::AssessUnit,
    change::Aggregate,
    policy::Command as _,
    principal::Actor,
    rubric::{RetireScoringRubric, ScoringRubric},
};
use utoipa::ToSchema;

use super::{
    body::{InstrumentBody, NothingCountedCode, WithinCode},
    criterion::CriterionBody,
};
use crate::{
    command::ActionView,
    input::{CampaignKey, CodeText, Instant, ScoringRubricKey},
    language::Language,
};

/// Whether units are ranked by a scoring rubric. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ScoringRubricStage {
    Active,
    Retired,
}

impl ScoringRubricStage {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Retired => "RETIRED",
        }
    }
}

/// A scoring rubric of a campaign.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ScoringRubric)]
pub(crate) struct ScoringRubricView {
    /// Identifies the rubric, for ever.
    id: ScoringRubricKey,
    /// Counts changes, from 1.
    #[schema(minimum = 1, maximum = 1_000_000_000_i64)]
    version: i64,
    /// The campaign whose units are ranked by it.
    campaign_id: CampaignKey,
    /// The document that sets it.
    instrument: InstrumentBody,
    /// The criteria, in the order of the document.
    #[schema(max_items = 50)]
    criteria: Vec<CriterionBody>,
    /// By which criteria units of the same score are told apart, the first one first.
    #[schema(max_items = 50)]
    tie_breakers: Vec<CodeText>,
    /// Which units are ranked against each other.
    within: WithinCode,
    /// Which units are ranked against each other, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Trong từng loại hình đơn vị")]
    within_label: String,
    /// What becomes of a criterion where a unit has nothing to be counted.
    nothing_counted: NothingCountedCode,
    /// The same in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Không tính tiêu chí này")]
    nothing_counted_label: String,
    /// Whether units are ranked by it.
    stage: ScoringRubricStage,
    /// The stage in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Đang áp dụng")]
    stage_label: String,
    /// Since when nobody is ranked by it; absent while it is in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    retired_at: Option<Instant>,
    /// When it was recorded, by the business clock.
    created_at: Instant,
    /// When it was changed last, by the business clock.
    updated_at: Instant,
    /// What the caller could do with it now; absent in lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    actions: Vec<ActionView>,
}

impl ScoringRubricView {
    /// The rubric with what this caller could do.
    pub(super) fn of(rubric: &ScoringRubric, actor: &Actor, language: Language) -> Self {
        let actions = vec![
            ActionView::of::<RetireScoringRubric, _>(actor, rubric),
            ActionView::answered(AssessUnit::ACTION, AssessUnit::could(actor, rubric)),
        ];
        Self { actions, ..Self::listed(rubric, language) }
    }

    pub(super) fn listed(rubric: &ScoringRubric, language: Language) -> Self {
        let terms = &rubric.terms;
        let stage = match rubric.retired_at {
            Some(_) => ScoringRubricStage::Retired,
            None => ScoringRubricStage::Active,
        };
        Self {
            id: rubric.root.id.into(),
            version: rubric.root.version,
            campaign_id: rubric.campaign.into(),
            instrument: (&terms.instrument).into(),
            criteria: terms.criteria.iter().map(Into::into).collect(),
            tie_breakers: terms.tie_breakers.iter().cloned().map(Into::into).collect(),
            within: terms.within.into(),
            within_label: language.label("rankedWithin", terms.within.as_str()),
            nothing_counted: terms.nothing_counted.into(),
            nothing_counted_label: language.label("nothingCounted", terms.nothing_counted.as_str()),
            stage,
            stage_label: language.label("scoringRubricStage", rubric.stage_code()),
            retired_at: rubric.retired_at.map(Instant),
            created_at: Instant(rubric.root.created_at),
            updated_at: Instant(rubric.root.updated_at),
            actions: Vec::new(),
        }
    }
}
