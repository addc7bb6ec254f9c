//! What the coordinating office writes, on the wire: the outline of the report to the city.

use serde::{Deserialize, Serialize};
use thidua_domain::consolidation::{FieldResult, Narrative, OtherMovement, PlanMovementResult};
use utoipa::ToSchema;
use validator::Validate;

use crate::input::{CodeText, Str, present};

/// The result in a field of the plan.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = FieldResult)]
pub(super) struct FieldResultBody {
    /// Code of the field of the plan.
    #[schema(example = "3.1")]
    field: CodeText,
    /// What was reached in the field.
    #[schema(example = "Kinh tế xã tiếp tục tăng trưởng ổn định.")]
    text: Str<20_000>,
}

/// The result of a movement that the plan names.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = PlanMovementResult)]
pub(super) struct PlanMovementResultBody {
    /// Code of the movement of the plan.
    #[schema(example = "M2")]
    movement: CodeText,
    /// What was reached by the movement.
    #[schema(example = "Hoàn thành 3/3 tuyến đường kiểu mẫu.")]
    text: Str<20_000>,
}

/// The result of a movement that the plan does not name.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = OtherMovement)]
pub(super) struct OtherMovementBody {
    /// Name of the movement, once in a report.
    #[schema(example = "Xóa nhà tạm, nhà dột nát")]
    name: Str<300>,
    /// What was reached by the movement.
    #[schema(example = "Hoàn thành xây mới 4 nhà, sửa chữa 2 nhà.")]
    text: Str<20_000>,
}

/// The written part of the report. Every section of the outline must say something before it is handed in for review, the
/// one on other movements too: either it lists them, or a remark says that there were none.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ConsolidatedNarrative)]
pub(super) struct NarrativeBody {
    /// What the paper is about (trích yếu); the register of issued papers takes it over.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "Kết quả thực hiện Đợt thi đua năm 2025")]
    title: Option<Str<2_000>>,
    /// I. Leading, launching, informing.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    leadership: Option<Str<20_000>>,
    /// II. Results of the plan's content as a whole.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    results: Option<Str<20_000>>,
    /// II.1. Results by field of the plan, each field at most once.
    #[serde(default)]
    #[validate(length(max = 100), nested)]
    #[schema(max_items = 100)]
    field_results: Vec<FieldResultBody>,
    /// II.3. Results by movement of the plan, each movement at most once.
    #[serde(default)]
    #[validate(length(max = 100), nested)]
    #[schema(max_items = 100)]
    movement_results: Vec<PlanMovementResultBody>,
    /// Results of the locality's other movements, which the plan asks for beside its own (part V.2).
    #[serde(default)]
    #[validate(length(max = 100), nested)]
    #[schema(max_items = 100)]
    other_movements: Vec<OtherMovementBody>,
    /// What to say where there was no other movement, or of them as a whole.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    other_movements_remark: Option<Str<2_000>>,
    /// III. Examples (điển hình tiên tiến, mô hình mới, sáng kiến).
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    exemplars: Option<Str<20_000>>,
    /// IV. Awards given and proposed (khen thưởng).
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    awards: Option<Str<20_000>>,
    /// V. Shortcomings and their causes (tồn tại, hạn chế, nguyên nhân).
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    difficulties: Option<Str<20_000>>,
    /// V. Lessons (bài học kinh nghiệm).
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    lessons: Option<Str<20_000>>,
    /// VI. What comes next (phương hướng).
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    directions: Option<Str<20_000>>,
    /// VI. What is asked for (kiến nghị, đề xuất).
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    proposals: Option<Str<20_000>>,
}

impl From<NarrativeBody> for Narrative {
    fn from(body: NarrativeBody) -> Self {
        Self {
            title: body.title.map(Str::into_text),
            leadership: body.leadership.map(Str::into_text),
            results: body.results.map(Str::into_text),
            field_results: body.field_results.into_iter().map(Into::into).collect(),
            movement_results: body.movement_results.into_iter().map(Into::into).collect(),
            other_movements: body.other_movements.into_iter().map(Into::into).collect(),
            other_movements_remark: body.other_movements_remark.map(Str::into_text),
            exemplars: body.exemplars.map(Str::into_text),
            awards: body.awards.map(Str::into_text),
            difficulties: body.difficulties.map(Str::into_text),
            lessons: body.lessons.map(Str::into_text),
            directions: body.directions.map(Str::into_text),
            proposals: body.proposals.map(Str::into_text),
        }
    }
}

impl From<Narrative> for NarrativeBody {
    fn from(narrative: Narrative) -> Self {
        Self {
            title: narrative.title.map(Into::into),
            leadership: narrative.leadership.map(Into::into),
            results: narrative.results.map(Into::into),
            field_results: narrative.field_results.into_iter().map(Into::into).collect(),
            movement_results: narrative.movement_results.into_iter().map(Into::into).collect(),
            other_movements: narrative.other_movements.into_iter().map(Into::into).collect(),
            other_movements_remark: narrative.other_movements_remark.map(Into::into),
            exemplars: narrative.exemplars.map(Into::into),
            awards: narrative.awards.map(Into::into),
            difficulties: narrative.difficulties.map(Into::into),
            lessons: narrative.lessons.map(Into::into),
            directions: narrative.directions.map(Into::into),
            proposals: narrative.proposals.map(Into::into),
        }
    }
}

impl From<FieldResultBody> for FieldResult {
    fn from(body: FieldResultBody) -> Self {
        Self { field: body.field.into_text(), text: body.text.into_text() }
    }
}

impl From<FieldResult> for FieldResultBody {
    fn from(result: FieldResult) -> Self {
        Self { field: result.field.into(), text: result.text.into() }
    }
}

impl From<PlanMovementResultBody> for PlanMovementResult {
    fn from(body: PlanMovementResultBody) -> Self {
        Self { movement: body.movement.into_text(), text: body.text.into_text() }
    }
}

impl From<PlanMovementResult> for PlanMovementResultBody {
    fn from(result: PlanMovementResult) -> Self {
        Self { movement: result.movement.into(), text: result.text.into() }
    }
}

impl From<OtherMovementBody> for OtherMovement {
    fn from(body: OtherMovementBody) -> Self {
        Self { name: body.name.into_text(), text: body.text.into_text() }
    }
}

impl From<OtherMovement> for OtherMovementBody {
    fn from(other: OtherMovement) -> Self {
        Self { name: other.name.into(), text: other.text.into() }
    }
}
