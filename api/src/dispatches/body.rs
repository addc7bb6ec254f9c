//! What the recipient's desk answers, and which dispatches are asked for.

use serde::{Deserialize, Serialize};
use thidua_domain::dispatch::Stage;
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::input::{CodeText, ConsolidatedReportKey, CursorText, Limit, Str, present};

/// What the recipient says of what was sent to it.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = DispatchAnswerNew)]
pub(super) struct AnswerBody {
    /// The recipient's own reference: the message of the exchange, or số đến. Who says the same again under the same
    /// reference is answered as before, and nothing is written.
    #[schema(example = "HP-2025-118732")]
    pub(super) reference: CodeText,
}

/// That the recipient does not take what was sent to it.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = DispatchRejectionNew)]
pub(super) struct RejectionBody {
    /// The recipient's own reference: the message of the exchange. Who says the same again under the same reference is
    /// answered as before, and nothing is written.
    #[schema(example = "HP-2025-118741")]
    pub(super) reference: CodeText,
    /// Why, in the recipient's words; no personal data.
    #[schema(example = "Thiếu phụ lục số liệu.")]
    pub(super) reason: Str<2_000>,
}

/// Where a dispatch stands, as its recipient says. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum DispatchStage {
    Sent,
    Received,
    Accepted,
    Refused,
}

impl DispatchStage {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "SENT",
            Self::Received => "RECEIVED",
            Self::Accepted => "ACCEPTED",
            Self::Refused => "REFUSED",
        }
    }
}

impl From<&Stage> for DispatchStage {
    fn from(stage: &Stage) -> Self {
        match stage {
            Stage::Sent => Self::Sent,
            Stage::Received { .. } => Self::Received,
            Stage::Accepted { .. } => Self::Accepted,
            Stage::Refused { .. } => Self::Refused,
        }
    }
}

/// Which dispatches, and which page of them.
#[derive(Clone, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct DispatchQuery {
    /// Only those of this report.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false)]
    pub(super) consolidated_report_id: Option<ConsolidatedReportKey>,
    /// Only dispatches in these stages; repeat the parameter for several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[param(max_items = 10, required = false)]
    #[validate(length(max = 10))]
    pub(super) stage: Vec<DispatchStage>,
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
