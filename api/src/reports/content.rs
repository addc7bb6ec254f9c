//! What a unit writes, section by section: the outline of reports on movements (TT 01/2024, article 3.3).

use serde::{Deserialize, Serialize};
use thidua_domain::report::{ExemplarFound, ExemplarKind, Leadership, MovementResult, TargetResult, TaskResult};
use utoipa::ToSchema;
use validator::Validate;

use crate::input::{CodeText, MeasurementKey, Str, TargetKey, Whole, present};

/// I. Leading, launching, informing (công tác lãnh đạo, chỉ đạo, phát động, tuyên truyền).
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ReportLeadership)]
pub(crate) struct LeadershipBody {
    /// What was done, in words.
    #[schema(example = "Đã ban hành kế hoạch và phát động thi đua trong toàn trường.")]
    text: Str<20000>,
    /// Number of documents issued (số văn bản).
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    documents_issued: Option<Whole<0, 1_000_000>>,
    /// Number of people reached (số lượt người).
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    people_reached: Option<Whole<0, 100_000_000>>,
}

impl From<LeadershipBody> for Leadership {
    fn from(body: LeadershipBody) -> Self {
        Self {
            text: body.text.into_text(),
            documents_issued: body.documents_issued.map(Whole::get),
            people_reached: body.people_reached.map(Whole::get),
        }
    }
}

impl From<Leadership> for LeadershipBody {
    fn from(leadership: Leadership) -> Self {
        Self {
            text: leadership.text.into(),
            documents_issued: leadership.documents_issued.map(Into::into),
            people_reached: leadership.people_reached.map(Into::into),
        }
    }
}

/// II.1. The result of a task of the plan.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = TaskResult)]
pub(crate) struct TaskResultBody {
    /// The task, by its code in the plan; each once.
    #[schema(example = "3.2.1")]
    task: CodeText,
    /// What was reached, in words.
    #[schema(example = "100% phòng học được trang bị đủ bàn ghế trước khai giảng.")]
    text: Str<20000>,
}

impl From<TaskResultBody> for TaskResult {
    fn from(body: TaskResultBody) -> Self {
        Self { task: body.task.into_text(), text: body.text.into_text() }
    }
}

impl From<TaskResult> for TaskResultBody {
    fn from(result: TaskResult) -> Self {
        Self { task: result.task.into(), text: result.text.into() }
    }
}

/// II.2. The result of a target of the unit: the measurement that is reported, or why there is none (chưa thực hiện).
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = TargetResult)]
pub(crate) struct TargetResultBody {
    /// The target in force; each once, and none left out when the report is handed in.
    target_id: TargetKey,
    /// The measurement that is reported; its value is frozen when the report is handed in.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    measurement_id: Option<MeasurementKey>,
    /// Why the target was not done, or what to know of the value; needed where no measurement is named.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "Chưa thực hiện: đang chờ kinh phí.")]
    explanation: Option<Str<2000>>,
}

impl From<TargetResultBody> for TargetResult {
    fn from(body: TargetResultBody) -> Self {
        Self {
            target: body.target_id.id(),
            measurement: body.measurement_id.map(MeasurementKey::id),
            explanation: body.explanation.map(Str::into_text),
        }
    }
}

impl From<TargetResult> for TargetResultBody {
    fn from(result: TargetResult) -> Self {
        Self {
            target_id: result.target.into(),
            measurement_id: result.measurement.map(Into::into),
            explanation: result.explanation.map(Into::into),
        }
    }
}

/// II.3. The result of a movement: one of the plan by its code, or another one by its name, never both.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = MovementResult)]
pub(crate) struct MovementResultBody {
    /// A movement of the plan, by its code; each once.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "M7")]
    movement: Option<CodeText>,
    /// The name of another movement (phong trào thi đua khác); each once.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "Dạy tốt, học tốt")]
    name: Option<Str<300>>,
    /// What was reached, in words.
    #[schema(example = "32 giáo viên tham gia lớp bồi dưỡng kỹ năng số.")]
    text: Str<20000>,
}

impl From<MovementResultBody> for MovementResult {
    fn from(body: MovementResultBody) -> Self {
        Self {
            movement: body.movement.map(CodeText::into_text),
            name: body.name.map(Str::into_text),
            text: body.text.into_text(),
        }
    }
}

impl From<MovementResult> for MovementResultBody {
    fn from(result: MovementResult) -> Self {
        Self { movement: result.movement.map(Into::into), name: result.name.map(Into::into), text: result.text.into() }
    }
}

/// What sort of example was found: điển hình tiên tiến, mô hình mới, cách làm hay, sáng kiến. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum ExemplarKindCode {
    AdvancedExample,
    NewModel,
    GoodPractice,
    Initiative,
}

impl From<ExemplarKindCode> for ExemplarKind {
    fn from(code: ExemplarKindCode) -> Self {
        match code {
            ExemplarKindCode::AdvancedExample => Self::AdvancedExample,
            ExemplarKindCode::NewModel => Self::NewModel,
            ExemplarKindCode::GoodPractice => Self::GoodPractice,
            ExemplarKindCode::Initiative => Self::Initiative,
        }
    }
}

impl From<ExemplarKind> for ExemplarKindCode {
    fn from(kind: ExemplarKind) -> Self {
        match kind {
            ExemplarKind::AdvancedExample => Self::AdvancedExample,
            ExemplarKind::NewModel => Self::NewModel,
            ExemplarKind::GoodPractice => Self::GoodPractice,
            ExemplarKind::Initiative => Self::Initiative,
        }
    }
}

/// III. An example that the unit found; of a person no more than name, title and unit.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ExemplarFound)]
pub(crate) struct ExemplarBody {
    /// Who or what it is that was found.
    #[schema(example = "Tổ chuyên môn khối 5")]
    name: Str<300>,
    /// What is exemplary about it.
    #[schema(example = "Mô hình \"đôi bạn cùng tiến\" giúp 12 học sinh đạt chuẩn.")]
    summary: Str<2000>,
    /// What sort of example.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    kind: Option<ExemplarKindCode>,
}

impl From<ExemplarBody> for ExemplarFound {
    fn from(body: ExemplarBody) -> Self {
        Self { name: body.name.into_text(), summary: body.summary.into_text(), kind: body.kind.map(Into::into) }
    }
}

impl From<ExemplarFound> for ExemplarBody {
    fn from(found: ExemplarFound) -> Self {
        Self { name: found.name.into(), summary: found.summary.into(), kind: found.kind.map(Into::into) }
    }
}
