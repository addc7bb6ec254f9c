//! Dispatches (*gửi văn bản*): an issued document on its way to one recipient, and what the recipient answers.
//!
//! Sending a report makes one for each recipient, in the same transaction. What went out is fixed with it: the names and
//! codes of that day, the document, the version of the report. How the package is carried there is machinery and no
//! concern of the record; what the recipient's desk answers is.

use serde::{Deserialize, Serialize};

use crate::{
    campaign::CampaignId,
    change::{Aggregate, Change, Moment, ObjectType, Root},
    consolidation::{ConsolidatedReport, ConsolidatedReportId, Departure},
    document::{DocumentType, IssueInfo, Signature},
    id::Id,
    policy::{Addressee, Subject, Visibility},
    principal::{Actor, Role},
    text::{Line, Paragraph, Token, fold},
    time::Date,
    unit::UnitId,
};

mod agency;
mod answering;
mod delivery;
mod enclosed;
mod posting;
mod stage;
#[cfg(test)]
mod tests;

pub use agency::{Agency, AgencyCode};
pub use answering::{AcceptDispatch, ReceiveDispatch, RefuseDispatch};
pub use delivery::{Carried, Delivery, DeliveryState, Failure, RedeliverDispatch};
pub use enclosed::{Printed, SentFile};
pub use posting::{Addressed, Correspondents, Posting, Recipient};
pub use stage::{Answer, Rejection, Stage};

/// The most bytes of a package that the exchange takes (`domain.md` §3.1).
pub const MAX_PACKAGE: u64 = 50 << 20;

/// Identifies a dispatch.
pub type DispatchId = Id<Dispatch>;

/// How the package gets to the recipient.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Channel {
    /// The clerk downloads it and hands it on, with the document software of the commune for instance.
    ByHand,
    /// It is put into a folder, from where another program takes it.
    FileDrop,
    /// It is posted to an address of the recipient.
    Webhook,
}

impl Channel {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::ByHand, Self::FileDrop, Self::Webhook];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ByHand => "BY_HAND",
            Self::FileDrop => "FILE_DROP",
            Self::Webhook => "WEBHOOK",
        }
    }
}

/// Why it is sent beside what was sent before.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Purpose {
    /// Văn bản mới.
    New,
    /// Văn bản thay thế: the recipient refused the earlier one.
    Replacement,
    /// Văn bản bổ sung: it stands beside the earlier one.
    Supplement,
}

impl Purpose {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::New, Self::Replacement, Self::Supplement];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "NEW",
            Self::Replacement => "REPLACEMENT",
            Self::Supplement => "SUPPLEMENT",
        }
    }
}

/// The document that went out, as it was issued.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SentPaper {
    /// What sort of document.
    #[serde(rename = "type")]
    pub document_type: DocumentType,
    /// Number and day.
    pub issue: IssueInfo,
    /// Place of issue, as printed in the head of the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Line>,
    /// Trích yếu.
    pub subject: Paragraph,
    /// Who signed.
    pub signature: Signature,
    /// Why it is sent.
    pub purpose: Purpose,
    /// The document that it replaces or supplements.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<IssueInfo>,
    /// The document as a file; absent for what was sent when only the report went, as data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<SentFile>,
}

/// An issued document on its way to one recipient.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Dispatch {
    /// Identity and version.
    pub root: Root<Self>,
    /// The campaign.
    pub campaign: CampaignId,
    /// The report that was sent.
    pub report: ConsolidatedReportId,
    /// The version of the report that was sent.
    pub report_version: i64,
    /// The document, as it was issued.
    pub paper: SentPaper,
    /// Who sends, as it was called then.
    pub sender: Agency,
    /// To whom, as it was called then.
    pub recipient: Agency,
    /// How it gets there.
    pub channel: Channel,
    /// The recipient is only to know of it.
    pub for_information: bool,
    /// When it was sent, by the business clock, and whether that was late.
    pub departure: Departure,
    /// How often its delivery was ordered anew, after it had been given up.
    #[serde(default)]
    pub orders: u32,
    /// What the recipient answered.
    pub stage: Stage,
}

impl Dispatch {
    /// The dispatches of a report that is being sent, one for each recipient.
    pub(crate) fn of(
        report: &ConsolidatedReport,
        paper: &SentPaper,
        departure: &Departure,
        posting: &Posting,
        at: Moment<'_>,
    ) -> Vec<Change<Self>> {
        let dispatch = |recipient: &Recipient| Self {
            root: at.root(),
            campaign: report.campaign,
            report: report.root.id,
            report_version: report.root.version + 1,
            paper: paper.clone(),
            sender: posting.sender.clone(),
            recipient: recipient.agency.clone(),
            channel: recipient.channel,
            for_information: recipient.for_information,
            departure: departure.clone(),
            orders: 0,
            stage: Stage::Sent,
        };
        posting.recipients.iter().map(|recipient| Change::created(dispatch(recipient), "dispatch.sent")).collect()
    }

    /// The identity of the document where documents are exchanged: agency, day, symbol (`H24.16,2025/12/12,25/BC-UBND`).
    /// Without a code of the sender it has none.
    #[must_use]
    pub fn document_code(&self) -> Option<String> {
        code_of(&self.sender, &self.paper.issue)
    }

    /// The same of the document that this one replaces or supplements.
    #[must_use]
    pub fn earlier_code(&self) -> Option<String> {
        code_of(&self.sender, self.paper.earlier.as_ref()?)
    }

    /// What the document is called as a file, but for the ending: its symbol and year, without accents (`25-BC-UBND-2025`).
    #[must_use]
    pub fn paper_name(&self) -> String {
        let IssueInfo { symbol, issued_on, .. } = &self.paper.issue;
        let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '-' };
        let symbol: String = fold(symbol.as_str()).chars().map(plain).take(30).collect();
        format!("{symbol}-{}", issued_on.format("%Y"))
    }

    /// What its package is called: 50 characters at most (`domain.md` §3.1), and another name for every dispatch.
    #[must_use]
    pub fn file_name(&self) -> String {
        let id = self.root.id.to_string();
        let own = id.get(id.len() - 8..).unwrap_or_default();
        format!("{}-{own}.zip", self.paper_name())
    }
}

fn code_of(sender: &Agency, issue: &IssueInfo) -> Option<String> {
    let day: Date = issue.issued_on;
    Some(format!("{},{},{}", sender.code.as_ref()?.as_str(), day.format("%Y/%m/%d"), issue.symbol))
}

/// The number and what follows it in a symbol: `25` and `BC-UBND` of `25/BC-UBND`.
#[must_use]
pub fn number_and_notation(symbol: &Token) -> (&str, &str) {
    symbol.as_str().split_once('/').unwrap_or((symbol.as_str(), ""))
}

impl Aggregate for Dispatch {
    const TYPE: ObjectType = ObjectType::Dispatch;

    fn root(&self) -> &Root<Self> {
        &self.root
    }
    fn root_mut(&mut self) -> &mut Root<Self> {
        &mut self.root
    }
    fn stage_code(&self) -> &'static str {
        self.stage.code()
    }
    fn campaign(&self) -> Option<CampaignId> {
        Some(self.campaign)
    }
    // As the report that was sent.
    fn unit(&self) -> Option<UnitId> {
        None
    }
    // For whoever sees what was sent, the city with them: to whom else it went is printed on the paper. And for administrators,
    // who find out why it did not get there; its package is for those who see the report.
    fn visibility(actor: &Actor) -> Visibility {
        let sees = actor.has_any(Role::OVERSIGHT) || actor.has_any(&[Role::Clerk, Role::Portal, Role::Admin]);
        if sees { Visibility::everything() } else { Visibility::nothing() }
    }
}

impl Subject for Dispatch {
    fn unit(&self) -> Option<UnitId> {
        None
    }
    // The city answers for itself, not for who is only told of it.
    fn addressee(&self) -> Option<Addressee> {
        (!self.for_information).then_some(Addressee::City)
    }
}
