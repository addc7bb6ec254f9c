//! How the report left the house, and what the city answered.

use serde::Serialize;
use thidua_domain::{
    consolidation::{Dispatch, Receipt},
    text::Paragraph,
    time::Timestamp,
};
use utoipa::ToSchema;

use crate::input::{CodeText, Instant, Str};

/// How the report left the house.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Dispatch)]
pub(super) struct DispatchView {
    /// When it was sent, by the business clock.
    sent_at: Instant,
    /// Whether it was sent at the deadline itself or later; this stays.
    late: bool,
}

impl From<&Dispatch> for DispatchView {
    fn from(dispatch: &Dispatch) -> Self {
        Self { sent_at: Instant(dispatch.sent_at), late: dispatch.late }
    }
}

/// What the city answered on receipt.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Receipt)]
pub(super) struct ReceiptView {
    /// The number under which the city received it.
    #[schema(example = "HP-2025-118732")]
    receipt_number: CodeText,
    /// When the city acknowledged it, by the business clock.
    acknowledged_at: Instant,
}

impl From<&Receipt> for ReceiptView {
    fn from(receipt: &Receipt) -> Self {
        Self { receipt_number: receipt.number.clone().into(), acknowledged_at: Instant(receipt.acknowledged_at) }
    }
}

/// That the city refused the report, and why.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CityRefusal)]
pub(super) struct RefusalView {
    /// When the city refused it, by the business clock.
    refused_at: Instant,
    /// Why the city refused it.
    reason: Str<2_000>,
}

impl RefusalView {
    pub(super) fn of(refused_at: Timestamp, reason: &Paragraph) -> Self {
        Self { refused_at: Instant(refused_at), reason: reason.clone().into() }
    }
}
