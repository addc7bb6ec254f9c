//! The steps of the commune's own reports, as they are read.

use serde::{
    Deserialize, Serialize,
    de::value::{Error, StrDeserializer},
};
use thidua_domain::id::Id;
use thidua_persistence::facts::changes::Step;
use utoipa::ToSchema;

use crate::{
    consolidated_reports::{ConsolidatedReportKind, ConsolidatedReportStage},
    input::{ConsolidatedReportKey, Instant},
    language::Language,
};

/// That a report of the commune itself reached a stage.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ConsolidatedReportStep)]
pub(super) struct ConsolidatedStepView {
    /// When it reached that stage, by the business clock.
    reached_at: Instant,
    /// Which stage it reached then; it may stand elsewhere by now.
    stage: ConsolidatedReportStage,
    /// Which stage it reached, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Đã ký")]
    stage_label: String,
    /// Identifies the report that moved.
    consolidated_report_id: ConsolidatedReportKey,
    /// Which of the commune's own reports it is.
    kind: ConsolidatedReportKind,
    /// Which report it is, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Báo cáo sơ kết")]
    kind_label: String,
}

impl ConsolidatedStepView {
    pub(super) fn of(step: Step, language: Language) -> Option<Self> {
        let kind = step.kind?;
        Some(Self {
            reached_at: Instant(step.at),
            stage: coded(&step.stage)?,
            stage_label: language.label("consolidatedReportStage", &step.stage),
            consolidated_report_id: Id::new(step.object).into(),
            kind: coded(&kind)?,
            kind_label: language.label("consolidatedReportKind", &kind),
        })
    }
}

/// A value of an enumeration by its name on the wire.
fn coded<T: for<'de> Deserialize<'de>>(code: &str) -> Option<T> {
    T::deserialize(StrDeserializer::<Error>::new(code)).ok()
}
