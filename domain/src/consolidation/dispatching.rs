//! The way of the signed report: its number, from there to the city, and what supplements it.

use super::{ConsolidatedReport, Departure, Narrative, Stage, freezing::Frozen};
use crate::{
    change::{Change, Consequence, Moment},
    dispatch::{Dispatch, Posting, Printed, Purpose, SentFile, SentPaper},
    document::{Document, DocumentType, Intent, Numbering, Paper, RelationKind, Signed},
    policy::{Action, Command, Permitted},
    refusal::{Code, Refusal},
    text::Paragraph,
    time::Timestamp,
};

/// Numbers and issues the signed report (`05/BC-UBND`).
#[derive(Clone, Debug)]
pub struct IssueConsolidatedReport {
    /// Number and day.
    pub numbering: Numbering,
    /// The report that this one replaces or supplements: both documents say so.
    pub predecessor: Option<Predecessor>,
}

/// A report in whose place another one comes, or beside it, with its document.
#[derive(Clone, Debug)]
pub struct Predecessor {
    /// The report.
    pub report: ConsolidatedReport,
    /// Its document, locked for this change.
    pub document: Document,
}

impl Predecessor {
    /// What the document of its successor does to its own.
    fn concerned_by(self, successor: &ConsolidatedReport) -> Intent {
        let (kind, reason) = match purpose(successor) {
            Purpose::Replacement => (RelationKind::Replaces, self.report.stage.objection().cloned()),
            Purpose::Supplement | Purpose::New => (RelationKind::Amends, successor.supplement_reason.clone()),
        };
        Intent { kind, earlier: self.document, reason }
    }
}

impl Command<ConsolidatedReport> for IssueConsolidatedReport {
    const ACTION: Action = Action::IssueConsolidatedReport;
    type Of = ConsolidatedReport;

    fn ready(report: &ConsolidatedReport) -> Result<(), Code> {
        if matches!(report.stage, Stage::Signed { .. }) { Ok(()) } else { Err(Code::ConsolidatedReportNotSigned) }
    }

    fn apply(
        self,
        on: Permitted<Self, ConsolidatedReport>,
        at: Moment<'_>,
    ) -> Result<Change<ConsolidatedReport>, Refusal> {
        let Stage::Signed { signature } = on.stage.clone() else {
            return Err(Code::ConsolidatedReportNotSigned.into());
        };
        // Handing in asked for it, so a signed report has one.
        let Some(subject) = on.narrative.title.clone() else {
            return Err(Refusal::field("/narrative/title", Code::FieldMissing));
        };
        let paper = Paper {
            campaign: Some(on.campaign),
            consolidated_report: Some(on.root.id),
            issuer: on.issuer,
            issuer_symbol: &on.issuer_symbol,
            drafter: None,
            document_type: DocumentType::Report,
            subject,
            // Its dispatch says where it goes.
            recipients: Vec::new(),
            copies: None,
            signature: Signed::Here(&signature),
            format_check: on.format_check.clone(),
            relations: self.predecessor.map(|earlier| earlier.concerned_by(&on)).into_iter().collect(),
        };
        let (issue, document, earlier) = self.numbering.register(paper, at)?;
        let documents = [document].into_iter().chain(earlier).collect();
        Ok(on
            .made(at.now, "consolidatedReport.issued", |report| report.stage = Stage::Issued { signature, issue })
            .causing(Consequence::Documents(documents)))
    }
}

/// Sends the report to the city; at the deadline itself or later it is late, and marked so.
#[derive(Clone, Debug)]
pub struct SendConsolidatedReport {
    /// Its document, locked for this change: it leaves the house with it.
    pub document: Document,
    /// Who sends to whom.
    pub posting: Posting,
    /// What its paper prints beside it, as it stands now.
    pub printed: Printed,
}

impl Command<ConsolidatedReport> for SendConsolidatedReport {
    const ACTION: Action = Action::SendConsolidatedReport;
    type Of = ConsolidatedReport;

    fn ready(report: &ConsolidatedReport) -> Result<(), Code> {
        report.can_leave()
    }

    /// "Trước ngày 15 tháng 12 năm 2025" ends with the last instant of the 14th (`domain.md` §4.3, 24). That it is sent is
    /// decided here, by the business clock; when it gets there is the business of those who carry it.
    fn apply(
        self,
        on: Permitted<Self, ConsolidatedReport>,
        at: Moment<'_>,
    ) -> Result<Change<ConsolidatedReport>, Refusal> {
        let Stage::Issued { signature, issue } = on.stage.clone() else {
            return Err(Code::ConsolidatedReportNotIssued.into());
        };
        let dispatch = Departure::at(at.now, on.due_before);
        let paper = SentPaper {
            document_type: DocumentType::Report,
            issue: issue.clone(),
            place: self.posting.place.clone(),
            // Handing in asked for it, so an issued report has one.
            subject: on
                .narrative
                .title
                .clone()
                .ok_or_else(|| Refusal::field("/narrative/title", Code::FieldMissing))?,
            signature: signature.clone(),
            purpose: purpose(&on),
            earlier: self.posting.earlier.clone(),
            file: Some(SentFile::of(&self.document, self.printed)),
        };
        let dispatches = Dispatch::of(&on, &paper, &dispatch, &self.posting, at);
        let document = self.document.dispatched(on.by(), at.now)?;
        Ok(on
            .made(at.now, "consolidatedReport.sent", |report| {
                report.stage = Stage::Sent { signature, issue, dispatch };
            })
            .causing(Consequence::Document(Box::new(document)))
            .causing(Consequence::Dispatches(dispatches)))
    }
}

impl ConsolidatedReport {
    /// Whether it can leave the house: issued, and its document sealed or signed for the agency.
    pub(super) fn can_leave(&self) -> Result<(), Code> {
        if !matches!(self.stage, Stage::Issued { .. }) {
            return Err(Code::ConsolidatedReportNotIssued);
        }
        if self.sealed_at.is_some() { Ok(()) } else { Err(Code::ConsolidatedReportNotSealed) }
    }

    /// Its document was sealed, so that it can leave the house.
    pub(crate) fn sealed(&self, now: Timestamp) -> Change<Self> {
        Change::made(self, now, "consolidatedReport.sealed", |report| report.sealed_at = Some(now))
    }
}

/// A report that takes the place of a refused supplement replaces that supplement.
fn purpose(report: &ConsolidatedReport) -> Purpose {
    match (report.replaces, report.supplements) {
        (Some(_), _) => Purpose::Replacement,
        (None, Some(_)) => Purpose::Supplement,
        (None, None) => Purpose::New,
    }
}

/// Begins a supplementary report (báo cáo bổ sung) beside an acknowledged one, which stays as it was signed.
#[derive(Clone, Debug)]
pub struct SupplementConsolidatedReport {
    /// What changed, and why.
    pub reason: Paragraph,
    /// What is frozen.
    pub frozen: Frozen,
    /// What is written already.
    pub narrative: Narrative,
}

impl Command<ConsolidatedReport> for SupplementConsolidatedReport {
    const ACTION: Action = Action::SupplementConsolidatedReport;
    type Of = ConsolidatedReport;

    fn ready(report: &ConsolidatedReport) -> Result<(), Code> {
        if matches!(report.stage, Stage::Acknowledged { .. }) {
            Ok(())
        } else {
            Err(Code::ConsolidatedReportNotAcknowledged)
        }
    }

    /// The change is the new report; that the old one is supplemented follows from it. The plan's deadline was for the
    /// report that it supplements, so that a supplement has none.
    fn apply(
        self,
        on: Permitted<Self, ConsolidatedReport>,
        at: Moment<'_>,
    ) -> Result<Change<ConsolidatedReport>, Refusal> {
        let Stage::Acknowledged { signature, issue, dispatch, receipt } = on.stage.clone() else {
            return Err(Code::ConsolidatedReportNotAcknowledged.into());
        };
        let mut faults = self.frozen.check(on.kind, at.now);
        faults.extend(self.narrative.check(&self.frozen.facts.plan));
        Refusal::unless_empty(faults)?;
        let supplement = ConsolidatedReport {
            root: at.root(),
            stage: Stage::Draft,
            snapshot: self.frozen.snapshot(at.now)?,
            narrative: self.narrative,
            signed_as_frozen: false,
            replaces: None,
            replaced_issue: None,
            supplements: Some(on.root.id),
            supplemented_issue: Some(issue.clone()),
            supplement_reason: Some(self.reason.clone()),
            due_before: None,
            return_reason: None,
            format_check: None,
            sealed_at: None,
            drafters: vec![on.by().person],
            submitters: Vec::new(),
            ..(*on).clone()
        };
        let by = supplement.root.id;
        let supplemented = on.made(at.now, "consolidatedReport.supplemented", |report| {
            report.stage = Stage::Supplemented { signature, issue, dispatch, receipt, by };
        });
        Ok(Change::created(supplement, "consolidatedReport.created")
            .because(self.reason)
            .causing(Consequence::ConsolidatedReport(Box::new(supplemented))))
    }
}
