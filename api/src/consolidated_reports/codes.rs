//! The kind and the stage of a consolidated report, as the wire names them.

use serde::{Deserialize, Serialize};
use thidua_domain::consolidation::{ConsolidatedKind, Stage};
use utoipa::ToSchema;

/// The stage of a consolidated report. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ConsolidatedReportStage {
    Draft,
    UnderReview,
    Signed,
    Issued,
    Sent,
    Acknowledged,
    Refused,
    Supplemented,
    Presented,
    Received,
    HandedBack,
}

impl ConsolidatedReportStage {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::UnderReview => "UNDER_REVIEW",
            Self::Signed => "SIGNED",
            Self::Issued => "ISSUED",
            Self::Sent => "SENT",
            Self::Acknowledged => "ACKNOWLEDGED",
            Self::Refused => "REFUSED",
            Self::Supplemented => "SUPPLEMENTED",
            Self::Presented => "PRESENTED",
            Self::Received => "RECEIVED",
            Self::HandedBack => "HANDED_BACK",
        }
    }
}

impl From<&Stage> for ConsolidatedReportStage {
    fn from(stage: &Stage) -> Self {
        match stage {
            Stage::Draft => Self::Draft,
            Stage::UnderReview => Self::UnderReview,
            Stage::Signed { .. } => Self::Signed,
            Stage::Issued { .. } => Self::Issued,
            Stage::Sent { .. } => Self::Sent,
            Stage::Acknowledged { .. } => Self::Acknowledged,
            Stage::Refused { .. } => Self::Refused,
            Stage::Supplemented { .. } => Self::Supplemented,
            Stage::Presented { .. } => Self::Presented,
            Stage::Received { .. } => Self::Received,
            Stage::HandedBack { .. } => Self::HandedBack,
        }
    }
}

/// Which of the commune's own reports it is. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ConsolidatedReportKind {
    #[default]
    CityFinal,
    Periodic,
    Interim,
    Summary,
}

impl From<ConsolidatedKind> for ConsolidatedReportKind {
    fn from(kind: ConsolidatedKind) -> Self {
        match kind {
            ConsolidatedKind::CityFinal => Self::CityFinal,
            ConsolidatedKind::Periodic => Self::Periodic,
            ConsolidatedKind::Interim => Self::Interim,
            ConsolidatedKind::Summary => Self::Summary,
        }
    }
}

impl From<ConsolidatedReportKind> for ConsolidatedKind {
    fn from(code: ConsolidatedReportKind) -> Self {
        match code {
            ConsolidatedReportKind::CityFinal => Self::CityFinal,
            ConsolidatedReportKind::Periodic => Self::Periodic,
            ConsolidatedReportKind::Interim => Self::Interim,
            ConsolidatedReportKind::Summary => Self::Summary,
        }
    }
}
