//! The stages of a campaign (`domain.md` §4.2). Summary, closing and archive follow with the awards.

use serde::{Deserialize, Serialize};

use crate::{
    change::Edge,
    document::{IssueInfo, Signature},
    time::Date,
};

/// Where a campaign stands, with the data that belongs to the stage.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Stage {
    /// Dự thảo.
    Draft,
    /// Trình ký.
    Submitted,
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
    /// Đang thực hiện.
    Running {
        /// Who signed, when and how.
        signature: Signature,
        /// Number and day.
        issue: IssueInfo,
        /// The day of launching, first day of the campaign.
        started_on: Date,
    },
    /// Hủy, before it was issued.
    Cancelled,
}

impl Stage {
    /// Stages in which the plan has left the house.
    pub const PUBLISHED: &'static [&'static str] = &["ISSUED", "RUNNING"];

    /// The name on the wire.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::Submitted => "SUBMITTED",
            Self::Signed { .. } => "SIGNED",
            Self::Issued { .. } => "ISSUED",
            Self::Running { .. } => "RUNNING",
            Self::Cancelled => "CANCELLED",
        }
    }

    /// Who signed, once somebody did; a cancelled plan was never issued, and nobody's signature counts.
    #[must_use]
    pub const fn signature(&self) -> Option<&Signature> {
        match self {
            Self::Draft | Self::Submitted | Self::Cancelled => None,
            Self::Signed { signature } | Self::Issued { signature, .. } | Self::Running { signature, .. } => {
                Some(signature)
            }
        }
    }

    /// Number and day, once the plan is issued.
    #[must_use]
    pub const fn issue(&self) -> Option<&IssueInfo> {
        match self {
            Self::Draft | Self::Submitted | Self::Signed { .. } | Self::Cancelled => None,
            Self::Issued { issue, .. } | Self::Running { issue, .. } => Some(issue),
        }
    }

    /// Every transition: from, command, to; the chart in `docs/state-machines/` is made of it.
    #[must_use]
    pub const fn edges() -> &'static [Edge] {
        &[
            ("", "createCampaign", "DRAFT"),
            ("DRAFT", "replaceCampaignPlan", "DRAFT"),
            ("DRAFT", "submitCampaign", "SUBMITTED"),
            ("SUBMITTED", "returnCampaign", "DRAFT"),
            ("SUBMITTED", "signCampaign", "SIGNED"),
            ("SIGNED", "issueCampaign", "ISSUED"),
            ("ISSUED", "launchCampaign", "RUNNING"),
            ("DRAFT", "cancelCampaign", "CANCELLED"),
            ("SUBMITTED", "cancelCampaign", "CANCELLED"),
            ("SIGNED", "cancelCampaign", "CANCELLED"),
        ]
    }
}
