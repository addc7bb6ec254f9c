//! Bodies that come in: a report to be drafted, and what takes its place.

use serde::{Deserialize, Serialize};
use thidua_domain::report::{Content, CreateReport, CreationFacts, Numbered, ReportId};
use utoipa::ToSchema;
use validator::Validate;

use super::content::{ExemplarBody, LeadershipBody, MovementResultBody, TargetResultBody, TaskResultBody};
use crate::{
    input::{CodeText, DateOnly, ReportKey, Str, UnitKey, present},
    rules::RuleCommentBody,
};

// A body with its own members and, beside them, everything that a unit writes: one list for both that come in, since a
// closed object cannot have another flattened into it.
macro_rules! written {
    ($(#[$meta:meta])* $name:ident { $($(#[$own_meta:meta])* $own:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub(crate) struct $name {
            $($(#[$own_meta])* $own: $type,)*
            /// I. Leading, launching, informing (công tác lãnh đạo, chỉ đạo, phát động, tuyên truyền).
            #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
            #[validate(nested)]
            leadership: Option<LeadershipBody>,
            /// II.1. Results by task of the plan, each task once.
            #[serde(default)]
            #[validate(length(max = 200), nested)]
            #[schema(max_items = 200)]
            task_results: Vec<TaskResultBody>,
            /// II.2. Results by target of the unit, each target once; every one that is in force before it is handed in.
            #[serde(default)]
            #[validate(length(max = 200), nested)]
            #[schema(max_items = 200)]
            target_results: Vec<TargetResultBody>,
            /// II.3. Results by movement, of the plan and others.
            #[serde(default)]
            #[validate(length(max = 200), nested)]
            #[schema(max_items = 200)]
            movement_results: Vec<MovementResultBody>,
            /// III. Examples found (điển hình tiên tiến, mô hình mới, sáng kiến).
            #[serde(default)]
            #[validate(length(max = 200), nested)]
            #[schema(max_items = 200)]
            exemplars: Vec<ExemplarBody>,
            /// IV. Awards given and proposed (khen thưởng).
            #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
            #[schema(example = "Đề nghị khen thưởng 01 tập thể, 02 cá nhân.")]
            awards: Option<Str<20000>>,
            /// V. Shortcomings and their causes (tồn tại, hạn chế, nguyên nhân).
            #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
            #[schema(example = "Thiếu phòng máy tính để dạy môn Tin học.")]
            difficulties: Option<Str<20000>>,
            /// V. Lessons (bài học kinh nghiệm).
            #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
            #[schema(example = "Giao chỉ tiêu cụ thể cho từng tổ ngay từ đầu tháng.")]
            lessons: Option<Str<20000>>,
            /// VI. What comes next (phương hướng).
            #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
            #[schema(example = "Tiếp tục hoàn thành các chỉ tiêu đã đăng ký.")]
            directions: Option<Str<20000>>,
            /// VI. What is asked for (kiến nghị, đề xuất).
            #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
            #[schema(example = "Đề nghị UBND xã quan tâm bố trí kinh phí sửa chữa nhà đa năng.")]
            proposals: Option<Str<20000>>,
            /// Why the figures are as they are where a validation rule warns of them, each rule once; needed when the report
            /// is handed in.
            #[serde(default)]
            #[validate(length(max = 50), nested)]
            #[schema(max_items = 50)]
            rule_comments: Vec<RuleCommentBody>,
        }

        impl $name {
            /// What is written, for the domain.
            pub(super) fn content(&self) -> Content {
                let body = self.clone();
                Content {
                    leadership: body.leadership.map(Into::into),
                    task_results: body.task_results.into_iter().map(Into::into).collect(),
                    target_results: body.target_results.into_iter().map(Into::into).collect(),
                    movement_results: body.movement_results.into_iter().map(Into::into).collect(),
                    exemplars: body.exemplars.into_iter().map(Into::into).collect(),
                    awards: body.awards.map(Str::into_text),
                    difficulties: body.difficulties.map(Str::into_text),
                    lessons: body.lessons.map(Str::into_text),
                    directions: body.directions.map(Str::into_text),
                    proposals: body.proposals.map(Str::into_text),
                    rule_comments: body.rule_comments.into_iter().map(Into::into).collect(),
                }
            }
        }
    };
}

/// The number that a unit gave its report in a register of its own; nothing of a unit that numbers none.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ReportSubmission)]
pub(super) struct SubmissionBody {
    /// Number and symbol as they are printed: of a State body as in 12/BC-TH1; of the Front and its organisations also as in
    /// 12-BC/ĐTN. Given together with `issueDate`; a village has none.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "12/BC-TH1")]
    symbol: Option<CodeText>,
    /// The day of issue: not before the first day of the period, not in the future. Given together with `symbol`.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "2025-11-03")]
    issue_date: Option<DateOnly>,
}

impl SubmissionBody {
    pub(super) fn numbered(&self) -> Numbered {
        let symbol = self.symbol.clone().map(CodeText::into_text);
        Numbered { symbol, issued_on: self.issue_date.map(|day| day.0) }
    }
}

written! {
    /// What a unit reports, replaced as a whole.
    ReportContent {}
}

written! {
    /// A unit's report to be drafted.
    ReportNew {
        /// The unit that reports.
        unit_id: UnitKey,
        /// The accepted report of the same unit and period that this one corrects, and that it will supersede.
        #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
        corrects_id: Option<ReportKey>,
        /// Why it is corrected; given together with `correctsId`.
        #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
        #[schema(example = "Số liệu bảo hiểm y tế nhập nhầm đơn vị.")]
        correction_reason: Option<Str<2000>>,
    }
}

impl ReportNew {
    pub(super) const fn unit(&self) -> UnitKey {
        self.unit_id
    }

    pub(super) fn corrects(&self) -> Option<ReportId> {
        self.corrects_id.map(ReportKey::id)
    }

    pub(super) fn command(&self, facts: CreationFacts) -> CreateReport {
        CreateReport {
            content: self.content(),
            corrects: self.corrects(),
            correction_reason: self.correction_reason.clone().map(Str::into_text),
            facts,
        }
    }
}
