//! Bodies of assessments.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use thidua_domain::{
    assessment::{Assessed, ReplaceAssessment},
    principal::Actor,
    text::{Paragraph, Token},
    unit::UnitId,
};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::{
    command::ActionView,
    input::{
        AssessmentKey, CampaignKey, CodeText, CursorText, Dec, Instant, Limit, PersonKey, ScoringRubricKey, Str,
        UnitKey, present,
    },
    language::Language,
    list::paged,
    people::RoleCode,
    scoring::ScoringRubricStage,
};

/// The points of a unit, and why.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct AssessmentContent {
    /// The points: from 0 to those of the criterion, with two decimals at most.
    #[schema(example = "8.5")]
    points: Dec,
    /// Why so many; the unit reads it. No personal data.
    #[schema(example = "Mô hình \"Cổng trường an toàn\" được nhân rộng ra ba trường.")]
    reason: Str<2000>,
}

impl AssessmentContent {
    pub(super) fn parts(&self) -> (Decimal, Paragraph) {
        (self.points.0, self.reason.clone().into_text())
    }
}

/// An assessment to be made.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct AssessmentNew {
    /// The criterion, by its code in the rubric: one that people judge.
    #[schema(example = "SANG-TAO")]
    criterion: CodeText,
    /// The unit that is judged.
    unit_id: UnitKey,
    /// The points: from 0 to those of the criterion, with two decimals at most.
    #[schema(example = "8.5")]
    points: Dec,
    /// Why so many; the unit reads it. No personal data.
    #[schema(example = "Mô hình \"Cổng trường an toàn\" được nhân rộng ra ba trường.")]
    reason: Str<2000>,
}

impl AssessmentNew {
    pub(super) fn criterion(&self) -> Token {
        self.criterion.clone().into_text()
    }

    pub(super) fn unit(&self) -> UnitId {
        self.unit_id.id()
    }

    pub(super) fn parts(&self) -> (Decimal, Paragraph) {
        (self.points.0, self.reason.clone().into_text())
    }
}

/// The points that a unit was given for a criterion.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Assessment)]
pub(crate) struct AssessmentView {
    /// Identifies the assessment, for ever.
    id: AssessmentKey,
    /// Counts changes, from 1.
    #[schema(minimum = 1, maximum = 1_000_000_000_i64)]
    version: i64,
    /// The campaign whose units are judged.
    campaign_id: CampaignKey,
    /// The rubric by which they are.
    scoring_rubric_id: ScoringRubricKey,
    /// The criterion, by its code in the rubric.
    #[schema(example = "SANG-TAO")]
    criterion: CodeText,
    /// What is judged, in the words of the document.
    #[schema(example = "Cách làm mới, sáng tạo")]
    criterion_name: Str<300>,
    /// The unit that is judged.
    unit_id: UnitKey,
    /// The points that it was given.
    #[schema(example = "8.5")]
    points: Dec,
    /// The points that it could have.
    #[schema(example = "10")]
    out_of: Dec,
    /// Why it was given so many.
    reason: Str<2000>,
    /// The person who gave the points.
    judged_by_id: PersonKey,
    /// The name of that person, as it was shown then.
    #[schema(max_length = 300, pattern = "^.+$", example = "Nguyễn Thị Mẫu")]
    judged_by_name: String,
    /// In which role that person gave them. Clients must tolerate new values.
    judge_role: RoleCode,
    /// The role in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Phó Chủ tịch Ủy ban nhân dân xã")]
    judge_role_label: String,
    /// When, by the business clock.
    judged_at: Instant,
    /// When the unit was judged first, by the business clock.
    created_at: Instant,
    /// When it was changed last, by the business clock.
    updated_at: Instant,
    /// Whether it counts: it does while its rubric is in force.
    stage: ScoringRubricStage,
    /// The stage in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Đang áp dụng")]
    stage_label: String,
    /// What the caller could do with it now; absent in lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    actions: Vec<ActionView>,
}

impl AssessmentView {
    /// The assessment with what this caller could do.
    pub(super) fn of(assessed: &Assessed, actor: &Actor, language: Language) -> Self {
        let actions = vec![ActionView::of::<ReplaceAssessment, _>(actor, assessed)];
        Self { actions, ..Self::listed(assessed, language) }
    }

    pub(super) fn listed(assessed: &Assessed, language: Language) -> Self {
        let Assessed { assessment, retired } = assessed;
        let judge = &assessment.judge;
        let stage = if *retired { ScoringRubricStage::Retired } else { ScoringRubricStage::Active };
        Self {
            id: assessment.root.id.into(),
            version: assessment.root.version,
            campaign_id: assessment.campaign.into(),
            scoring_rubric_id: assessment.rubric.into(),
            criterion: assessment.criterion.code.clone().into(),
            criterion_name: assessment.criterion.name.clone().into(),
            unit_id: assessment.unit.into(),
            points: Dec(assessment.points),
            out_of: Dec(assessment.criterion.points),
            reason: assessment.reason.clone().into(),
            judged_by_id: judge.person.into(),
            judged_by_name: judge.name.clone(),
            judge_role: judge.role.into(),
            judge_role_label: language.label("role", judge.role.as_str()),
            judged_at: Instant(judge.judged_at),
            created_at: Instant(assessment.root.created_at),
            updated_at: Instant(assessment.root.updated_at),
            stage,
            stage_label: language.label("scoringRubricStage", stage.as_str()),
            actions: Vec::new(),
        }
    }
}

/// A page of assessments.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AssessmentPage {
    /// The assessments of this page.
    #[schema(max_items = 100)]
    items: Vec<AssessmentView>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<CursorText>,
    /// How many match in all; present where `includeTotal` asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000_i64)]
    total: Option<i64>,
}

/// Which assessments, and which page of them.
#[derive(Clone, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AssessmentQuery {
    /// Only those of these units; repeat the parameter for several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[param(max_items = 40, required = false)]
    #[validate(length(max = 40))]
    pub(super) unit_id: Vec<UnitKey>,
    /// Only those by these criteria, by their codes; repeat the parameter for several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[param(max_items = 10, required = false)]
    #[validate(length(max = 10))]
    pub(super) criterion: Vec<CodeText>,
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

paged!(AssessmentQuery, AssessmentPage of AssessmentView);
