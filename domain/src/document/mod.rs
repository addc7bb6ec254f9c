//! Documents: symbols, numbers and signatures (NĐ 30/2020), and the register of what was issued.

use serde::{Deserialize, Serialize};

use crate::{
    campaign::CampaignId,
    change::{Aggregate, Change, Moment, ObjectType, Root},
    id::Id,
    policy::Visibility,
    principal::{Actor, PersonId, Role},
    refusal::{Code, Fault, Refusal},
    text::{Paragraph, Token},
    time::{Date, Timestamp},
    unit::UnitId,
};

pub mod symbol;

/// Identifies an issued document.
pub type DocumentId = Id<Document>;

/// The types of documents that a campaign issues, with the abbreviations of NĐ 30/2020, appendix III.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DocumentType {
    /// Kế hoạch (KH).
    Plan,
    /// Báo cáo (BC).
    Report,
}

impl DocumentType {
    /// The part of the symbol that names the type.
    #[must_use]
    pub const fn abbreviation(self) -> &'static str {
        match self {
            Self::Plan => "KH",
            Self::Report => "BC",
        }
    }

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plan => "PLAN",
            Self::Report => "REPORT",
        }
    }
}

/// In which capacity somebody signs (NĐ 30/2020, article 13).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Capacity {
    /// TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH.
    OnBehalf,
    /// TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH.
    ForTheChair,
    /// The head of an office signs what the office issues: CHÁNH VĂN PHÒNG.
    HeadOfUnit,
}

/// A recorded act of signing; the API itself signs for nobody.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Signature {
    /// Who signed.
    pub person: PersonId,
    /// Name as shown.
    pub name: String,
    /// In which capacity.
    pub capacity: Capacity,
    /// The signer's title, where the head of an office signs by it: "Chánh Văn phòng".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// When, by the business clock.
    pub signed_at: Timestamp,
}

impl Signature {
    /// The signature of the caller in the role that permits it: the chairman signs on behalf of the committee, a deputy for
    /// the chairman, the head of an office for that office.
    #[must_use]
    pub fn of(actor: &Actor, role: Role, now: Timestamp) -> Self {
        let capacity = if role == Role::Chair {
            Capacity::OnBehalf
        } else if role == Role::Office {
            Capacity::HeadOfUnit
        } else {
            Capacity::ForTheChair
        };
        let title = actor.title.clone().filter(|_| capacity == Capacity::HeadOfUnit);
        Self { person: actor.person, name: actor.name.clone(), capacity, title, signed_at: now }
    }
}

/// Number and day that a document got when it was issued.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IssueInfo {
    /// The entry in the outgoing register.
    pub document: DocumentId,
    /// `12/KH-UBND`.
    pub symbol: Token,
    /// The day of issue.
    pub issued_on: Date,
}

/// An entry of the outgoing register: per issuer, type and year each number once, and for ever.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    /// Identity and version.
    pub root: Root<Self>,
    /// The campaign that it belongs to.
    pub campaign: CampaignId,
    /// Who issues.
    pub issuer: UnitId,
    /// What sort of document.
    #[serde(rename = "type")]
    pub document_type: DocumentType,
    /// The year of the series.
    pub year: i32,
    /// The number in the series, from 1.
    pub number: i32,
    /// The symbol as printed.
    pub symbol: Token,
    /// The day of issue.
    pub issued_on: Date,
    /// Trích yếu.
    pub subject: Paragraph,
    /// Who signed.
    pub signature: Signature,
}

impl Aggregate for Document {
    const TYPE: ObjectType = ObjectType::Document;

    fn root(&self) -> &Root<Self> {
        &self.root
    }
    fn root_mut(&mut self) -> &mut Root<Self> {
        &mut self.root
    }
    fn stage_code(&self) -> &'static str {
        "ISSUED"
    }
    fn campaign(&self) -> Option<CampaignId> {
        Some(self.campaign)
    }
    fn unit(&self) -> Option<UnitId> {
        None
    }
    fn visibility(actor: &Actor) -> Visibility {
        let reads = actor.has_any(Role::OVERSIGHT) || actor.has(Role::Clerk);
        if reads { Visibility::everything() } else { Visibility::nothing() }
    }
}

/// What the clerk types to number and issue a signed document.
///
/// The series of the commune are kept elsewhere, so the number is entered, not allocated; it must be new in its year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Numbering {
    /// The number in the series of this issuer, type and year.
    pub number: i32,
    /// The day of issue; not before the day of signing, not in the future.
    pub issue_date: Date,
}

/// What is issued: the paper's own data, for the register.
#[derive(Clone, Debug)]
pub struct Paper<'a> {
    /// The campaign that it belongs to.
    pub campaign: CampaignId,
    /// Who issues.
    pub issuer: UnitId,
    /// The issuer's part of the symbol.
    pub issuer_symbol: &'a Token,
    /// What sort of document.
    pub document_type: DocumentType,
    /// Trích yếu.
    pub subject: Paragraph,
    /// Who signed; numbering comes after signing.
    pub signature: &'a Signature,
}

impl Numbering {
    /// Enters the paper into the register and gives it its symbol, with two digits below ten (NĐ 30/2020).
    ///
    /// # Errors
    /// A day before the signature or in the future.
    pub fn register(self, paper: Paper<'_>, at: Moment<'_>) -> Result<(IssueInfo, Change<Document>), Refusal> {
        let mut faults = Vec::new();
        if self.issue_date < paper.signature.signed_at.date() {
            faults.push(Fault::at("/issueDate", Code::IssueBeforeSigning));
        }
        if self.issue_date > at.now.date() {
            faults.push(Fault::at("/issueDate", Code::DayInFuture));
        }
        let printed = format!("{:02}/{}-{}", self.number, paper.document_type.abbreviation(), paper.issuer_symbol);
        let symbol = Token::parse(&printed);
        if symbol.is_err() {
            faults.push(Fault::at("/number", Code::Invalid));
        }
        Refusal::unless_empty(faults)?;
        let symbol = symbol.map_err(|_| Refusal::field("/number", Code::Invalid))?;
        let document = Document {
            root: at.root(),
            campaign: paper.campaign,
            issuer: paper.issuer,
            document_type: paper.document_type,
            year: chrono::Datelike::year(&self.issue_date),
            number: self.number,
            symbol: symbol.clone(),
            issued_on: self.issue_date,
            subject: paper.subject,
            signature: paper.signature.clone(),
        };
        let issue = IssueInfo { document: document.root.id, symbol, issued_on: self.issue_date };
        Ok((issue, Change::created(document, "document.registered")))
    }
}
