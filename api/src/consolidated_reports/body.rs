//! What callers send: what is frozen, what is written, how it is signed and answered.

use serde::{Deserialize, Serialize};
use thidua_domain::{
    consolidation::{ConsolidatedKind, Explanation},
    period::PeriodId,
    time::Deadline,
};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::{
    codes::{ConsolidatedReportKind, ConsolidatedReportStage},
    narrative::NarrativeBody,
};
use crate::input::{
    CodeText, ConsolidatedReportKey, CursorText, DateOnly, Instant, Limit, PeriodKey, Str, UnitKey, present,
};

/// A report to be compiled: to the city, or of Văn phòng to the committee of the commune.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct ConsolidatedReportNew {
    /// Which report it will be; the one to the city where nothing is said. A periodic one rests on months and quarters, an
    /// interim one (sơ kết) on every sort of period but the final one.
    #[serde(default)]
    #[schema(default = "CITY_FINAL")]
    kind: ConsolidatedReportKind,
    /// The periods whose accepted reports go in.
    #[validate(length(min = 1, max = 24))]
    #[schema(min_items = 1, max_items = 24)]
    period_ids: Vec<PeriodKey>,
    /// The day that the report prints as "số liệu tính đến ngày"; no figure is of a later day.
    #[schema(example = "2025-12-05")]
    pub(super) cut_off_date: DateOnly,
    /// What is written already.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub(super) narrative: Option<NarrativeBody>,
    /// The report that this one replaces: the last one to the city, once refused; or one of the same kind on the same
    /// periods that the committee has.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub(super) replaces_id: Option<ConsolidatedReportKey>,
    /// Presented or sent at this instant or later it is late; to be named only where the plan gives no date.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    due_before: Option<Instant>,
}

impl ConsolidatedReportNew {
    pub(super) fn kind(&self) -> ConsolidatedKind {
        self.kind.into()
    }

    pub(super) fn due_before(&self) -> Option<Deadline> {
        self.due_before.map(|instant| Deadline::at(instant.0))
    }

    pub(super) fn periods(&self) -> Vec<PeriodId> {
        ids(&self.period_ids)
    }
}

/// What is frozen again.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ConsolidatedReportFreeze)]
pub(super) struct FreezeBody {
    /// The periods whose accepted reports go in.
    #[validate(length(min = 1, max = 24))]
    #[schema(min_items = 1, max_items = 24)]
    period_ids: Vec<PeriodKey>,
    /// The day that the report prints as "số liệu tính đến ngày"; no figure is of a later day.
    #[schema(example = "2025-12-05")]
    pub(super) cut_off_date: DateOnly,
}

impl FreezeBody {
    pub(super) fn periods(&self) -> Vec<PeriodId> {
        ids(&self.period_ids)
    }
}

/// A supplementary report to be compiled beside an acknowledged one.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ConsolidatedReportSupplement)]
pub(super) struct SupplementBody {
    /// What has changed since, and why it is supplemented; no personal data.
    #[schema(example = "Bổ sung kết quả từ ngày 06 đến ngày 31 tháng 12 năm 2025.")]
    pub(super) reason: Str<2_000>,
    /// The periods whose accepted reports go in.
    #[validate(length(min = 1, max = 24))]
    #[schema(min_items = 1, max_items = 24)]
    period_ids: Vec<PeriodKey>,
    /// The day that the report prints as "số liệu tính đến ngày"; no figure is of a later day.
    #[schema(example = "2025-12-31")]
    pub(super) cut_off_date: DateOnly,
    /// What is written already.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub(super) narrative: Option<NarrativeBody>,
}

impl SupplementBody {
    pub(super) fn periods(&self) -> Vec<PeriodId> {
        ids(&self.period_ids)
    }
}

fn ids(keys: &[PeriodKey]) -> Vec<PeriodId> {
    keys.iter().map(|key| key.id()).collect()
}

/// What who compiles says about a missing unit.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = MissingUnitExplanation)]
pub(super) struct ExplanationBody {
    /// The unit that owes the report.
    unit_id: UnitKey,
    /// The period for which it owes the report.
    period_id: PeriodKey,
    /// What there is to say about it.
    #[schema(example = "Đơn vị đang kiện toàn bộ máy; đã đôn đốc hai lần.")]
    explanation: Str<2_000>,
}

impl From<ExplanationBody> for Explanation {
    fn from(body: ExplanationBody) -> Self {
        Self { unit: body.unit_id.id(), period: body.period_id.id(), explanation: body.explanation.into_text() }
    }
}

/// What is written around the frozen figures; it replaces what was written before as a whole.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ConsolidatedReportContent)]
pub(super) struct ContentBody {
    /// The narrative that takes the place of the one before.
    #[validate(nested)]
    pub(super) narrative: NarrativeBody,
    /// What is said of missing units, at most once of each unit and period.
    #[serde(default)]
    #[validate(length(max = 1_000), nested)]
    #[schema(max_items = 1_000)]
    pub(super) explanations: Vec<ExplanationBody>,
}

/// How the report is signed.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ConsolidatedReportSigning)]
pub(super) struct SigningBody {
    /// Whether it is signed as it was frozen although accepted reports have changed since.
    #[serde(default)]
    pub(super) as_frozen: bool,
}

/// What the city answered on receipt.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ConsolidatedReportReceipt)]
pub(super) struct AcknowledgementBody {
    /// The number under which the city received it.
    #[schema(example = "HP-2025-118732")]
    pub(super) receipt_number: CodeText,
}

/// Which consolidated reports, and which page of them.
#[derive(Clone, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ConsolidatedReportQuery {
    /// Only reports of these kinds; repeat the parameter for several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[param(max_items = 10, required = false)]
    #[validate(length(max = 10))]
    pub(super) kind: Vec<ConsolidatedReportKind>,
    /// Only reports in these stages; repeat the parameter for several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[param(max_items = 10, required = false)]
    #[validate(length(max = 10))]
    pub(super) stage: Vec<ConsolidatedReportStage>,
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
