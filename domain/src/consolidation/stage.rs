//! The stages of a consolidated report (`domain.md` §4.2). Until it is issued all kinds go the same way; from there one
//! leads to the city and its answer, the other to the committee of the commune.

use serde::{Deserialize, Serialize};

use super::ConsolidatedReportId;
use crate::{
    change::Edge,
    document::{IssueInfo, Signature},
    principal::PersonId,
    registration::Acceptance,
    text::{Paragraph, Token},
    time::{Deadline, Timestamp},
};

/// How the report left the house: sent to the city, or laid before the committee.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Departure {
    /// When, by the business clock.
    pub sent_at: Timestamp,
    /// Not before its deadline.
    pub late: bool,
}

impl Departure {
    /// It leaves at this instant; at the deadline itself or later that is late.
    #[must_use]
    pub fn at(now: Timestamp, due_before: Option<Deadline>) -> Self {
        Self { sent_at: now, late: due_before.is_some_and(|deadline| deadline.missed_at(now)) }
    }
}

/// What the city's system answered on receipt.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// The number that the city gave it.
    pub number: Token,
    /// When.
    pub acknowledged_at: Timestamp,
}

/// That the committee gave a report back, and why.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HandBack {
    /// When.
    pub handed_back_at: Timestamp,
    /// Who, for the committee.
    pub person: PersonId,
    /// Name as shown.
    pub name: String,
    /// What the committee wants otherwise.
    pub reason: Paragraph,
}

/// Where the report stands, with the data that belongs to the stage.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Stage {
    /// Dự thảo.
    Draft,
    /// Đang rà soát.
    UnderReview,
    /// Đã ký.
    Signed {
        /// Who signed, when and how.
        signature: Signature,
    },
    /// Ban hành.
    Issued {
        /// Who signed, when and how.
        signature: Signature,
        /// Number and day.
        issue: IssueInfo,
    },
    /// Đã gửi.
    Sent {
        /// Who signed, when and how.
        signature: Signature,
        /// Number and day.
        issue: IssueInfo,
        /// When it was sent.
        dispatch: Departure,
    },
    /// Đã nhận, by the city.
    Acknowledged {
        /// Who signed, when and how.
        signature: Signature,
        /// Number and day.
        issue: IssueInfo,
        /// When it was sent.
        dispatch: Departure,
        /// What the city answered.
        receipt: Receipt,
    },
    /// Từ chối, by the city; a new report may replace it.
    Refused {
        /// Who signed, when and how.
        signature: Signature,
        /// Number and day.
        issue: IssueInfo,
        /// When it was sent.
        dispatch: Departure,
        /// What the city had answered before it refused it after all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        receipt: Option<Receipt>,
        /// When it was refused.
        refused_at: Timestamp,
        /// Why.
        reason: Paragraph,
    },
    /// Đã bổ sung: a supplementary report stands beside it.
    Supplemented {
        /// Who signed, when and how.
        signature: Signature,
        /// Number and day.
        issue: IssueInfo,
        /// When it was sent.
        dispatch: Departure,
        /// What the city answered.
        receipt: Receipt,
        /// The supplementary report.
        by: ConsolidatedReportId,
    },
    /// Đã trình: an office's report lies before the committee.
    Presented {
        /// Who signed, when and how.
        signature: Signature,
        /// Number and day.
        issue: IssueInfo,
        /// When it was laid before the committee.
        dispatch: Departure,
    },
    /// Đã tiếp nhận: the committee has taken note of it.
    Received {
        /// Who signed, when and how.
        signature: Signature,
        /// Number and day.
        issue: IssueInfo,
        /// When it was laid before the committee.
        dispatch: Departure,
        /// Who took note of it for the committee, and when.
        reception: Acceptance,
        /// What the committee says to it, where it says something (ý kiến chỉ đạo).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        opinion: Option<Paragraph>,
    },
    /// Đã trả lại, by the committee; it stays as it was signed, and a new report may replace it.
    HandedBack {
        /// Who signed, when and how.
        signature: Signature,
        /// Number and day.
        issue: IssueInfo,
        /// When it was laid before the committee.
        dispatch: Departure,
        /// Who gave it back, when and why.
        hand_back: HandBack,
    },
}

impl Stage {
    /// Stages in which the report has left for the city.
    pub const SENT: &'static [&'static str] = &["SENT", "ACKNOWLEDGED", "REFUSED", "SUPPLEMENTED"];

    /// Stages in which the city has the report, as far as is known here: a refused one is still owed.
    pub const AT_THE_CITY: &'static [&'static str] = &["SENT", "ACKNOWLEDGED", "SUPPLEMENTED"];

    /// The name on the wire.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::UnderReview => "UNDER_REVIEW",
            Self::Signed { .. } => "SIGNED",
            Self::Issued { .. } => "ISSUED",
            Self::Sent { .. } => "SENT",
            Self::Acknowledged { .. } => "ACKNOWLEDGED",
            Self::Refused { .. } => "REFUSED",
            Self::Supplemented { .. } => "SUPPLEMENTED",
            Self::Presented { .. } => "PRESENTED",
            Self::Received { .. } => "RECEIVED",
            Self::HandedBack { .. } => "HANDED_BACK",
        }
    }

    /// Who signed, once somebody did.
    #[must_use]
    pub const fn signature(&self) -> Option<&Signature> {
        match self {
            Self::Draft | Self::UnderReview => None,
            Self::Signed { signature }
            | Self::Issued { signature, .. }
            | Self::Sent { signature, .. }
            | Self::Acknowledged { signature, .. }
            | Self::Refused { signature, .. }
            | Self::Supplemented { signature, .. }
            | Self::Presented { signature, .. }
            | Self::Received { signature, .. }
            | Self::HandedBack { signature, .. } => Some(signature),
        }
    }

    /// What who has it says against it, or to it: why it is replaced.
    #[must_use]
    pub const fn objection(&self) -> Option<&Paragraph> {
        match self {
            Self::Refused { reason, .. } => Some(reason),
            Self::HandedBack { hand_back, .. } => Some(&hand_back.reason),
            Self::Received { opinion, .. } => opinion.as_ref(),
            Self::Draft
            | Self::UnderReview
            | Self::Signed { .. }
            | Self::Issued { .. }
            | Self::Sent { .. }
            | Self::Acknowledged { .. }
            | Self::Supplemented { .. }
            | Self::Presented { .. } => None,
        }
    }

    /// Number and day, once it is issued.
    #[must_use]
    pub const fn issue(&self) -> Option<&IssueInfo> {
        match self {
            Self::Draft | Self::UnderReview | Self::Signed { .. } => None,
            Self::Issued { issue, .. }
            | Self::Sent { issue, .. }
            | Self::Acknowledged { issue, .. }
            | Self::Refused { issue, .. }
            | Self::Supplemented { issue, .. }
            | Self::Presented { issue, .. }
            | Self::Received { issue, .. }
            | Self::HandedBack { issue, .. } => Some(issue),
        }
    }

    /// How it left the house, once it did.
    #[must_use]
    pub const fn dispatch(&self) -> Option<&Departure> {
        match self {
            Self::Draft | Self::UnderReview | Self::Signed { .. } | Self::Issued { .. } => None,
            Self::Sent { dispatch, .. }
            | Self::Acknowledged { dispatch, .. }
            | Self::Refused { dispatch, .. }
            | Self::Supplemented { dispatch, .. }
            | Self::Presented { dispatch, .. }
            | Self::Received { dispatch, .. }
            | Self::HandedBack { dispatch, .. } => Some(dispatch),
        }
    }

    /// What the city answered on receipt, once it did.
    #[must_use]
    pub const fn receipt(&self) -> Option<&Receipt> {
        match self {
            Self::Draft
            | Self::UnderReview
            | Self::Signed { .. }
            | Self::Issued { .. }
            | Self::Sent { .. }
            | Self::Presented { .. }
            | Self::Received { .. }
            | Self::HandedBack { .. } => None,
            Self::Acknowledged { receipt, .. } | Self::Supplemented { receipt, .. } => Some(receipt),
            Self::Refused { receipt, .. } => receipt.as_ref(),
        }
    }

    /// Every transition: from, command, to; the chart in `docs/state-machines/` is made of it. What the recipient says of a
    /// dispatch counts for its report too.
    #[must_use]
    pub const fn edges() -> &'static [Edge] {
        &[
            ("", "createConsolidatedReport", "DRAFT"),
            ("", "supplementConsolidatedReport", "DRAFT"),
            ("DRAFT", "freezeConsolidatedReport", "DRAFT"),
            ("DRAFT", "replaceConsolidatedReport", "DRAFT"),
            ("DRAFT", "submitConsolidatedReport", "UNDER_REVIEW"),
            ("UNDER_REVIEW", "returnConsolidatedReport", "DRAFT"),
            ("UNDER_REVIEW", "signConsolidatedReport", "SIGNED"),
            ("SIGNED", "issueConsolidatedReport", "ISSUED"),
            ("ISSUED", "sendConsolidatedReport", "SENT"),
            ("SENT", "acknowledgeConsolidatedReport", "ACKNOWLEDGED"),
            ("SENT", "acceptDispatch", "ACKNOWLEDGED"),
            ("SENT", "refuseConsolidatedReport", "REFUSED"),
            ("SENT", "refuseDispatch", "REFUSED"),
            ("ACKNOWLEDGED", "refuseConsolidatedReport", "REFUSED"),
            ("ACKNOWLEDGED", "refuseDispatch", "REFUSED"),
            ("ACKNOWLEDGED", "supplementConsolidatedReport", "SUPPLEMENTED"),
            ("ISSUED", "presentConsolidatedReport", "PRESENTED"),
            ("PRESENTED", "receiveConsolidatedReport", "RECEIVED"),
            ("PRESENTED", "handBackConsolidatedReport", "HANDED_BACK"),
        ]
    }
}
