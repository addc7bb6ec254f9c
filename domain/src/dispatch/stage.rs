//! Where a dispatch stands, as its recipient says (QĐ 28/2018/QĐ-TTg: what is exchanged is answered).

use serde::{Deserialize, Serialize};

use crate::{
    change::Edge,
    text::{Paragraph, Token},
    time::Timestamp,
};

/// What the recipient said, and by which number it can be found there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// The recipient's own reference: the message of the exchange, or số đến.
    pub reference: Token,
    /// When it was recorded here, by the business clock.
    pub recorded_at: Timestamp,
}

/// That the recipient does not take it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rejection {
    /// The recipient's own reference; absent where the city refused the report itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<Token>,
    /// Why.
    pub reason: Paragraph,
    /// When it was recorded here, by the business clock.
    pub recorded_at: Timestamp,
}

/// Where the dispatch stands, with everything that was said on the way: nothing of it is forgotten.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Stage {
    /// Đã gửi.
    Sent,
    /// Đã đến: it has arrived, and nobody has looked at it.
    Received {
        /// That it has arrived.
        receipt: Answer,
    },
    /// Đã tiếp nhận.
    Accepted {
        /// That it had arrived, where that was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        receipt: Option<Answer>,
        /// That it is taken.
        acceptance: Answer,
    },
    /// Từ chối tiếp nhận; late where it had been taken before.
    Refused {
        /// That it had arrived, where that was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        receipt: Option<Answer>,
        /// That it had been taken.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        acceptance: Option<Answer>,
        /// That it is refused.
        rejection: Rejection,
    },
}

impl Stage {
    /// The name on the wire.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Sent => "SENT",
            Self::Received { .. } => "RECEIVED",
            Self::Accepted { .. } => "ACCEPTED",
            Self::Refused { .. } => "REFUSED",
        }
    }

    /// That it has arrived, where that was said.
    #[must_use]
    pub const fn receipt(&self) -> Option<&Answer> {
        match self {
            Self::Sent => None,
            Self::Received { receipt } => Some(receipt),
            Self::Accepted { receipt, .. } | Self::Refused { receipt, .. } => receipt.as_ref(),
        }
    }

    /// That it was taken, where that was said.
    #[must_use]
    pub const fn acceptance(&self) -> Option<&Answer> {
        match self {
            Self::Sent | Self::Received { .. } => None,
            Self::Accepted { acceptance, .. } => Some(acceptance),
            Self::Refused { acceptance, .. } => acceptance.as_ref(),
        }
    }

    /// That it was refused, where that was said.
    #[must_use]
    pub const fn rejection(&self) -> Option<&Rejection> {
        match self {
            Self::Sent | Self::Received { .. } | Self::Accepted { .. } => None,
            Self::Refused { rejection, .. } => Some(rejection),
        }
    }

    /// Every transition: from, command, to; the chart in `docs/state-machines/` is made of it. What the city says of the
    /// report itself counts for its dispatch too.
    #[must_use]
    pub const fn edges() -> &'static [Edge] {
        &[
            ("", "sendConsolidatedReport", "SENT"),
            ("SENT", "receiveDispatch", "RECEIVED"),
            ("SENT", "acceptDispatch", "ACCEPTED"),
            ("RECEIVED", "acceptDispatch", "ACCEPTED"),
            ("SENT", "acknowledgeConsolidatedReport", "ACCEPTED"),
            ("RECEIVED", "acknowledgeConsolidatedReport", "ACCEPTED"),
            ("SENT", "refuseDispatch", "REFUSED"),
            ("RECEIVED", "refuseDispatch", "REFUSED"),
            ("ACCEPTED", "refuseDispatch", "REFUSED"),
            ("SENT", "refuseConsolidatedReport", "REFUSED"),
            ("RECEIVED", "refuseConsolidatedReport", "REFUSED"),
            ("ACCEPTED", "refuseConsolidatedReport", "REFUSED"),
        ]
    }
}
