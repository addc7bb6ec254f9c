//! Bodies of registrations, and those that reports share with them: remarks by field, giving back, and acceptance.

use serde::{Deserialize, Serialize};
use thidua_domain::{
    registration::{Acceptance, ActionProgramme, Content, RegisteredTarget, Remark},
    text::Paragraph,
    time::Deadline,
};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    input::{CodeText, Instant, PersonKey, RegistrationKey, Str, UnitKey, present},
    measures::{MeasureBody, TopicBody},
};

/// What is to be changed in one field of what was handed in.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = Remark)]
pub(crate) struct RemarkBody {
    /// JSON pointer (RFC 6901) to the field, in the paper as it was handed in.
    #[schema(example = "/targets/0/measure")]
    pointer: Str<300>,
    /// What is to be changed there.
    #[schema(example = "Chỉ tiêu thấp hơn kết quả năm học trước.")]
    reason: Str<2000>,
}

impl From<RemarkBody> for Remark {
    fn from(body: RemarkBody) -> Self {
        Self { pointer: body.pointer.into_text(), reason: body.reason.into_text() }
    }
}

impl From<Remark> for RemarkBody {
    fn from(remark: Remark) -> Self {
        Self { pointer: remark.pointer.into(), reason: remark.reason.into() }
    }
}

/// Why something handed in is given back, as a whole and by field, and until when it is expected again.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ReturnWithRemarks)]
pub(crate) struct ReturnBody {
    /// What is to be changed as a whole, for the unit and for the log; no personal data.
    #[schema(example = "Đề nghị bổ sung số liệu bảo hiểm y tế học sinh.")]
    pub(crate) reason: Str<2000>,
    /// What is to be changed, by field.
    #[serde(default)]
    #[validate(length(max = 100), nested)]
    #[schema(max_items = 100)]
    pub(crate) remarks: Vec<RemarkBody>,
    /// The first instant at which it would come back too late; in the future. Reminder rules of the kind RESUBMISSION go by it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "2025-11-12T00:00:00+07:00")]
    pub(crate) resubmit_before: Option<Instant>,
}

impl ReturnBody {
    /// Reason, remarks and deadline, as the domain has them.
    pub(crate) fn into_parts(self) -> (Paragraph, Vec<Remark>, Option<Deadline>) {
        let remarks = self.remarks.into_iter().map(Into::into).collect();
        (self.reason.into_text(), remarks, self.resubmit_before.map(|instant| Deadline::at(instant.0)))
    }
}

/// Who accepted something that was handed in (ghi nhận, tiếp nhận), and when.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Acceptance)]
pub(crate) struct AcceptanceView {
    /// Identifies the person who accepted it.
    person_id: PersonKey,
    /// Name of who accepted it.
    #[schema(max_length = 300, pattern = "^.+$", example = "Vũ Thị Hương")]
    name: String,
    /// When, by the business clock.
    accepted_at: Instant,
}

impl AcceptanceView {
    pub(crate) fn of(acceptance: &Acceptance) -> Self {
        Self {
            person_id: acceptance.person.into(),
            name: acceptance.name.clone(),
            accepted_at: Instant(acceptance.accepted_at),
        }
    }
}

/// A target that a unit sets itself (chỉ tiêu đăng ký).
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = RegisteredTarget)]
pub(crate) struct RegisteredTargetBody {
    /// Code, unique within the registration. A correction that keeps it keeps the target with its measurements.
    #[schema(example = "CSVC")]
    code: CodeText,
    /// What is to be reached, in words.
    #[schema(example = "Phòng học được sửa chữa trước năm học mới")]
    name: Str<300>,
    /// What the target is about: items of the plan.
    #[serde(default)]
    #[validate(nested)]
    topic: TopicBody,
    /// How the target is measured.
    #[validate(nested)]
    measure: MeasureBody,
}

impl From<RegisteredTargetBody> for RegisteredTarget {
    fn from(body: RegisteredTargetBody) -> Self {
        Self {
            code: body.code.into_text(),
            name: body.name.into_text(),
            topic: body.topic.into(),
            measure: body.measure.into(),
        }
    }
}

impl From<RegisteredTarget> for RegisteredTargetBody {
    fn from(target: RegisteredTarget) -> Self {
        Self {
            code: target.code.into(),
            name: target.name.into(),
            topic: target.topic.into(),
            measure: target.measure.into(),
        }
    }
}

/// The unit's action programme (chương trình hành động), a paper beside the targets.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ActionProgramme)]
pub(crate) struct ActionProgrammeBody {
    /// Its title, as printed.
    #[schema(example = "Chương trình hành động thực hiện Đợt thi đua năm 2025")]
    title: Str<300>,
    /// What the unit will do.
    #[schema(example = "Tổ chức ký giao ước thi đua giữa các tổ chuyên môn; sơ kết hằng tháng.")]
    measures: Str<20000>,
    /// Number and symbol of the paper; absent where the unit has none.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "12/CTr-TH1")]
    symbol: Option<CodeText>,
}

impl From<ActionProgrammeBody> for ActionProgramme {
    fn from(body: ActionProgrammeBody) -> Self {
        Self {
            title: body.title.into_text(),
            measures: body.measures.into_text(),
            symbol: body.symbol.map(CodeText::into_text),
        }
    }
}

impl From<ActionProgramme> for ActionProgrammeBody {
    fn from(programme: ActionProgramme) -> Self {
        Self {
            title: programme.title.into(),
            measures: programme.measures.into(),
            symbol: programme.symbol.map(Into::into),
        }
    }
}

/// A registration to be drafted.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RegistrationNew {
    /// The unit that registers.
    pub(super) unit_id: UnitKey,
    /// The targets; at least one is needed for submission.
    #[validate(length(max = 100), nested)]
    #[schema(max_items = 100)]
    targets: Vec<RegisteredTargetBody>,
    /// The action programme; needed for submission.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    action_programme: Option<ActionProgrammeBody>,
    /// The accepted registration that this one corrects, and that it will supersede.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub(super) corrects_id: Option<RegistrationKey>,
    /// Why it is corrected; given together with `correctsId`.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "Điều chỉnh chỉ tiêu theo sĩ số thực tế đầu năm học.")]
    pub(super) correction_reason: Option<Str<2000>>,
}

impl RegistrationNew {
    pub(super) fn content(&self) -> Content {
        let body =
            RegistrationContent { targets: self.targets.clone(), action_programme: self.action_programme.clone() };
        body.into()
    }
}

/// What is registered: the targets and the action programme, replaced as a whole.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RegistrationContent {
    /// The targets; at least one is needed for submission.
    #[validate(length(max = 100), nested)]
    #[schema(max_items = 100)]
    targets: Vec<RegisteredTargetBody>,
    /// The action programme; needed for submission.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    action_programme: Option<ActionProgrammeBody>,
}

impl From<RegistrationContent> for Content {
    fn from(body: RegistrationContent) -> Self {
        Self {
            targets: body.targets.into_iter().map(Into::into).collect(),
            action_programme: body.action_programme.map(Into::into),
        }
    }
}
