//! Reports of units (*báo cáo kết quả*): one per unit and period, and corrections that take its place.

use serde::{Deserialize, Serialize};

use crate::{
    attachment::Enclosure,
    campaign::CampaignId,
    change::{Aggregate, ObjectType, Root},
    document::Signature,
    id::Id,
    period::PeriodId,
    policy::{Part, Subject, Visibility},
    principal::{Actor, PersonId},
    registration::{Remark, unit_papers},
    rule::{SilentRule, Violation},
    text::Paragraph,
    time::Timestamp,
    unit::UnitId,
};

mod commands;
pub mod compliance;
mod content;
mod figure;
mod judging;
mod numbered;
mod stage;
#[cfg(test)]
mod tests;

pub(crate) use commands::with_the_unit;
pub use commands::{
    CreateReport, CreationFacts, Filed, PeriodContext, ReplaceReport, ReportFacts, SubmissionFacts, SubmitReport,
};
pub use content::{
    Content, ExemplarFound, ExemplarKind, Leadership, MAX_RESULTS, MovementResult, TargetResult, TaskResult,
};
pub use figure::{Figure, Finding};
pub(crate) use judging::lock;
pub use judging::{AcceptReport, AcceptanceFacts, ReturnReport};
pub use numbered::{Numbered, OwnNumber};
pub use stage::Stage;

/// Identifies a unit's report.
pub type ReportId = Id<Report>;

/// A unit's report for a period.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Identity and version.
    pub root: Root<Self>,
    /// The campaign.
    pub campaign: CampaignId,
    /// The period.
    pub period: PeriodId,
    /// The unit that reports.
    pub unit: UnitId,
    /// The office that compiles the campaign; it never judges its own report.
    pub coordinating_unit: UnitId,
    /// Where it stands, with what was decided on the way.
    pub stage: Stage,
    /// What the unit wrote.
    pub content: Content,
    /// What the last submission froze of the unit's targets, in the order of the content.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<Figure>,
    /// The rules that the last submission went against, with what the unit says of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub violations: Vec<Violation>,
    /// The rules that are about a figure of the last submission and found nothing to compare it with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub silent_rules: Vec<SilentRule>,
    /// What is attached to it, in the order in which it was; nothing is attached or removed once it is handed in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Enclosure>,
    /// The accepted report that it corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<ReportId>,
    /// Number and day of that report, where the unit gave it one; the paper of this one names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected_number: Option<OwnNumber>,
    /// Why it is corrected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correction_reason: Option<Paragraph>,
    /// Who signed what was handed in last; what is written after it came back is not signed yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
    /// Number and day that the unit gave what was handed in last, where it numbers its reports.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_number: Option<OwnNumber>,
    /// Counts submissions, from 0.
    pub round: u32,
    /// Everybody who wrote it.
    pub drafters: Vec<PersonId>,
    /// Everybody who handed it in, in whichever round: none of them decides on it.
    pub submitters: Vec<PersonId>,
    /// When the unit handed in for this period first; a correction takes it over from what it corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_submitted_at: Option<Timestamp>,
    /// Whether that was late, by the deadline then in force; fixed for ever, and taken over by corrections.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<bool>,
    /// What was to be changed by field when it was returned last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Remark>,
}

impl Report {
    /// Whether it is a correction that is not accepted yet; what it corrects counts until then.
    #[must_use]
    pub fn is_open_correction(&self) -> bool {
        self.corrects.is_some() && Stage::OPEN.contains(&self.stage.code())
    }
}

impl Aggregate for Report {
    const TYPE: ObjectType = ObjectType::Report;

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
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
    fn visibility(actor: &Actor) -> Visibility {
        unit_papers(actor, Stage::HANDED_IN, Stage::TAKEN_OVER)
    }
}

impl Subject for Report {
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
    fn coordinating_unit(&self) -> Option<UnitId> {
        Some(self.coordinating_unit)
    }
    fn took_part(&self, part: Part, person: PersonId) -> bool {
        match part {
            Part::Drafter => self.drafters.contains(&person),
            // A unit's paper is signed by handing it in.
            Part::Submitter | Part::Signer => self.submitters.contains(&person),
        }
    }
}
