//! How the report left the house, and what the city or the committee answered.

use serde::Serialize;
use thidua_domain::{
    consolidation::{Departure, HandBack, Receipt},
    registration::Acceptance,
    text::Paragraph,
    time::Timestamp,
};
use utoipa::ToSchema;

use crate::input::{CodeText, Instant, PersonKey, Str};

/// How the report left the house.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Departure)]
pub(super) struct DepartureView {
    /// When it was sent to the city or laid before the committee, by the business clock.
    sent_at: Instant,
    /// Whether that was at the deadline itself or later; this stays.
    late: bool,
}

impl From<&Departure> for DepartureView {
    fn from(dispatch: &Departure) -> Self {
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

/// Who took note of the report for the committee.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Reception)]
pub(super) struct ReceptionView {
    /// Identifies the person who took note of it.
    person_id: PersonKey,
    /// Name of who took note of it.
    #[schema(max_length = 300, pattern = "^.+$", example = "Trần Quốc Mẫu")]
    name: String,
    /// When, by the business clock.
    received_at: Instant,
    /// What the committee says to it (ý kiến chỉ đạo), where it says something.
    #[serde(skip_serializing_if = "Option::is_none")]
    opinion: Option<Str<2_000>>,
}

impl ReceptionView {
    pub(super) fn of(reception: &Acceptance, opinion: Option<&Paragraph>) -> Self {
        Self {
            person_id: reception.person.into(),
            name: reception.name.clone(),
            received_at: Instant(reception.accepted_at),
            opinion: opinion.cloned().map(Into::into),
        }
    }
}

/// That the committee gave the report back, and why.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = HandBack)]
pub(super) struct HandBackView {
    /// Identifies the person who gave it back for the committee.
    person_id: PersonKey,
    /// Name of who gave it back.
    #[schema(max_length = 300, pattern = "^.+$", example = "Trần Quốc Mẫu")]
    name: String,
    /// When, by the business clock.
    handed_back_at: Instant,
    /// What the committee wants otherwise.
    reason: Str<2_000>,
}

impl From<&HandBack> for HandBackView {
    fn from(hand_back: &HandBack) -> Self {
        Self {
            person_id: hand_back.person.into(),
            name: hand_back.name.clone(),
            handed_back_at: Instant(hand_back.handed_back_at),
            reason: hand_back.reason.clone().into(),
        }
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
