//! What the plan wants to see done: fields and tasks, its own targets, projects and movements.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::{
    duty::DutyRoleCode,
    paper::{Wording, WordingSource},
};
use crate::{
    input::{CodeText, Str, present},
    measures::MeasureBody,
};

/// A field of tasks (lĩnh vực).
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PlanField {
    /// The numbering of the paper, unique in the plan.
    #[schema(example = "3.1")]
    code: CodeText,
    /// Name of the field, as printed.
    #[schema(example = "Về phát triển kinh tế")]
    name: Str<300>,
}

/// A task of the plan (nhiệm vụ cụ thể).
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PlanTask {
    /// Field and order, unique in the plan.
    #[schema(example = "3.1.8")]
    code: CodeText,
    /// Code of the field that the task belongs to.
    #[schema(example = "3.1")]
    field: CodeText,
    /// Short title of the task, for lists.
    #[schema(example = "Giải phóng mặt bằng 04 dự án")]
    short_title: Str<300>,
    /// The task in full, as the paper has it.
    #[validate(nested)]
    text: Wording,
    /// Whether it concerns defence or the internal situation: then it never appears in public figures.
    #[serde(default)]
    restricted: bool,
    /// Who takes it on; empty where neither the paper nor its reader names anybody.
    #[serde(default)]
    #[validate(length(max = 50), nested)]
    #[schema(max_items = 50)]
    assignments: Vec<PlanAssignment>,
}

/// The part that a party has in a task.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PlanAssignment {
    /// Code of the party that has the part.
    #[schema(example = "PKT")]
    party: CodeText,
    /// Its part in the task; at most one party leads.
    role: DutyRoleCode,
    /// Whether a reader inferred it from duties or from remits; it is not printed then.
    #[serde(default)]
    inferred: bool,
    /// From what it was inferred, where that is not the party's evident remit.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "NĐ 150/2025/NĐ-CP")]
    basis: Option<Str<300>>,
}

/// A target that the plan itself sets for the whole commune.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PlanTarget {
    /// Short code, unique in the plan.
    #[schema(example = "BHYT")]
    code: CodeText,
    /// What is to be reached, in words.
    #[schema(example = "Tỷ lệ tham gia bảo hiểm y tế toàn xã đạt 97%")]
    name: Str<300>,
    /// Code of the task that sets it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "3.2.7")]
    task: Option<CodeText>,
    /// Code of the single unit that answers for it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "VHXH")]
    owner: Option<CodeText>,
    /// Whether the owner is assumed, the paper naming none.
    #[serde(default)]
    owner_assumed: bool,
    /// How it is measured; over several units a share is the sum of numerators by the sum of denominators.
    #[validate(nested)]
    measure: MeasureBody,
    /// The words of the paper that set it.
    #[validate(nested)]
    source: WordingSource,
}

/// What the plan follows of a project: LAND_CLEARANCE (giải phóng mặt bằng) or CONSTRUCTION (tiến độ thi công).
/// Clients must tolerate new values.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum ProjectKindCode {
    LandClearance,
    Construction,
}

/// A project, or a group of works, that a task names.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PlanProject {
    /// Short code, unique in the plan.
    #[schema(example = "P1")]
    code: CodeText,
    /// Name of the project, for lists.
    #[schema(example = "Đường tránh Quốc lộ 37 đoạn qua Gia Lộc")]
    name: Str<300>,
    /// Its name as the paper has it.
    #[validate(nested)]
    text: Wording,
    /// What the plan follows of it.
    kind: ProjectKindCode,
    /// Code of the task that names it.
    #[schema(example = "3.1.8")]
    task: CodeText,
    /// Whether it is not one project but works whose number the paper does not tell.
    #[serde(default)]
    group: bool,
    /// The project of another list that it is the same as; both are then followed under the code of that one.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    same_as: Option<PlanSameProject>,
}

/// That two lists name one project.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PlanSameProject {
    /// Code of the other project, which is not itself the same as a third.
    #[schema(example = "P1")]
    project: CodeText,
    /// Whether a reader inferred it; it is not printed then.
    #[serde(default)]
    inferred: bool,
}

/// How the plan names a movement: NAMED among the solutions, SECTION_THREE in passing in a task, FAMILY without the names
/// of its movements. Clients must tolerate new values.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum MovementKindCode {
    Named,
    SectionThree,
    Family,
}

/// A movement (phong trào thi đua), whose results the final report gives on their own.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PlanMovement {
    /// Short code, unique in the plan.
    #[schema(example = "M2")]
    code: CodeText,
    /// Name of the movement, for lists.
    #[schema(example = "Cả nước chung sức xây dựng nông thôn mới")]
    name: Str<300>,
    /// How the plan names it.
    kind: MovementKindCode,
    /// Code of the task that names it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "3.2.5")]
    task: Option<CodeText>,
    /// Code of the party whose duty it is.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "PKT")]
    party: Option<CodeText>,
    /// The words of the paper that name it.
    #[validate(nested)]
    source: WordingSource,
}

/// That the list of movements is open: reports may add others.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PlanOpenList {
    /// The words of the paper that leave it open.
    #[validate(length(max = 50), nested)]
    #[schema(max_items = 50)]
    sources: Vec<WordingSource>,
}
