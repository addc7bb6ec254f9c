//! Consolidated reports (*báo cáo tổng hợp*): a frozen snapshot of accepted reports with a narrative around it.
//!
//! The one to the city is due while the campaign is still running (plan: "trước ngày 15 tháng 12", `domain.md` §0); what
//! comes later goes into a supplementary report that stands beside it. Those of Văn phòng (định kỳ, sơ kết, tổng kết) are
//! frozen and written in the same way and go to the committee of the commune. [`ConsolidatedKind`] decides who does what.

use serde::{Deserialize, Serialize};

use crate::{
    campaign::CampaignId,
    change::{Aggregate, ObjectType, Root},
    document::{DocumentType, FormatCheck, IssueInfo},
    id::Id,
    policy::{Addressee, Part, Subject, Visibility, Window},
    principal::{Actor, PersonId, Role},
    text::{Paragraph, Token},
    time::{Deadline, Timestamp},
    unit::UnitId,
};

mod answering;
mod checking;
mod difference;
mod dispatching;
mod drafting;
mod figures;
mod freezing;
mod kind;
mod narrative;
mod presenting;
mod reckoning;
mod signing;
mod snapshot;
mod stage;
#[cfg(test)]
mod tests;

pub use answering::{AcknowledgeConsolidatedReport, RefuseConsolidatedReport};
pub use checking::CheckConsolidatedReportFormat;
pub use difference::{Differences, Pair, PlanTargetDifference, ReportDifference, ReportVersion};
pub use dispatching::{IssueConsolidatedReport, Predecessor, SendConsolidatedReport, SupplementConsolidatedReport};
pub use drafting::{
    Compilation, CreateConsolidatedReport, CreationFacts, Explanation, ReplaceConsolidatedReport, ReplacementFacts,
};
pub use figures::{
    Contribution, FieldFigure, Figures, MovementFigure, OtherMovementFigure, PeriodReporting, PlanTargetFigure,
    Reporting, Source, TargetCount, TaskFigure, WithoutTask,
};
pub use freezing::{FreezeConsolidatedReport, Frozen};
pub use kind::ConsolidatedKind;
pub use narrative::{FieldResult, MAX_ENTRIES, Narrative, OtherMovement, PlanMovementResult};
pub use presenting::{HandBackConsolidatedReport, PresentConsolidatedReport, ReceiveConsolidatedReport};
pub use signing::{ReturnConsolidatedReport, SignConsolidatedReport, SigningFacts, SubmitConsolidatedReport};
pub use snapshot::{FreezeFacts, FrozenPeriod, IncludedReport, MissingReason, MissingUnit, Snapshot, freeze};
pub use stage::{Departure, HandBack, Receipt, Stage};

/// Identifies a consolidated report.
pub type ConsolidatedReportId = Id<ConsolidatedReport>;

/// A report on the whole campaign.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConsolidatedReport {
    /// Identity and version.
    pub root: Root<Self>,
    /// The campaign.
    pub campaign: CampaignId,
    /// Which report it is.
    pub kind: ConsolidatedKind,
    /// Who issues it: the authority (UBND), or the office that reports to it.
    pub issuer: UnitId,
    /// The issuer's part of document symbols.
    pub issuer_symbol: Token,
    /// The office that compiles it.
    pub coordinating_unit: UnitId,
    /// The committee to which an office reports; absent where it goes to the city, which is no unit of ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addressee: Option<UnitId>,
    /// Where it stands, with what was decided on the way.
    pub stage: Stage,
    /// What it rests on.
    pub snapshot: Snapshot,
    /// What is written around it.
    pub narrative: Narrative,
    /// Accepted reports had changed since the freeze, and the signer signed it as frozen.
    pub signed_as_frozen: bool,
    /// The report that this one replaces: the city refused it, or the committee has it and it is put right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<ConsolidatedReportId>,
    /// Number and day of that report, which the paper of this one names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_issue: Option<IssueInfo>,
    /// The acknowledged report that this one supplements.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplements: Option<ConsolidatedReportId>,
    /// Number and day of that report, which the paper of this one names too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplemented_issue: Option<IssueInfo>,
    /// What changed since that one, and why it is supplemented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplement_reason: Option<Paragraph>,
    /// Sent or presented at this instant or later it is late; absent where nobody sets a deadline, as for a supplement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_before: Option<Deadline>,
    /// What was to be changed when it was given back last, until it is handed in again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_reason: Option<Paragraph>,
    /// Who answered for its form since it was handed in last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format_check: Option<FormatCheck>,
    /// When its document was sealed, or signed for the agency; before, it cannot leave the house.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed_at: Option<Timestamp>,
    /// Everybody who compiled: none of them may sign.
    pub drafters: Vec<PersonId>,
    /// Everybody who handed it in, in whichever round: none of them decides on it.
    pub submitters: Vec<PersonId>,
}

impl Aggregate for ConsolidatedReport {
    const TYPE: ObjectType = ObjectType::ConsolidatedReport;

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
    // It holds figures of every unit, so that it is never the paper of one, whoever issues it.
    fn unit(&self) -> Option<UnitId> {
        None
    }
    // For those who compile, review, sign and number it; the city sees what was sent to it.
    fn visibility(actor: &Actor) -> Visibility {
        let works = actor.has_any(Role::OVERSIGHT) || actor.has(Role::Clerk);
        Visibility::nothing()
            .and(works, Window::default())
            .and(actor.has(Role::Portal), Window { stages: Some(Stage::SENT), ..Window::default() })
    }
}

impl Subject for ConsolidatedReport {
    /// The office that issues it; none of them where the commune itself reports to the city.
    fn unit(&self) -> Option<UnitId> {
        match self.kind.addressee() {
            Addressee::City => None,
            Addressee::Committee => Some(self.issuer),
        }
    }
    fn addressee(&self) -> Option<Addressee> {
        Some(self.kind.addressee())
    }
    fn coordinating_unit(&self) -> Option<UnitId> {
        Some(self.coordinating_unit)
    }
    /// What an office issues is signed in that office.
    fn signed_by_authority(&self) -> Option<DocumentType> {
        match self.kind.addressee() {
            Addressee::City => Some(DocumentType::Report),
            Addressee::Committee => None,
        }
    }
    fn took_part(&self, part: Part, person: PersonId) -> bool {
        match part {
            Part::Drafter => self.drafters.contains(&person),
            Part::Submitter => self.submitters.contains(&person),
            Part::Signer => self.stage.signature().is_some_and(|signature| signature.person == person),
        }
    }
}
