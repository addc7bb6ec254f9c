//! What the clerk does with an outgoing document: enters one that was signed elsewhere, seals and dispatches it.

use super::{
    Departure, Document, DocumentType, Intent, MAX_RELATIONS, Numbering, Paper, PaperSignature, RelationKind, Seal,
    SealManner, Signed, Stage,
};
use crate::{
    campaign::CampaignId,
    change::{Change, Consequence, Moment},
    consolidation::ConsolidatedReport,
    policy::{Action, Command, Directory, Permitted},
    principal::Actor,
    refusal::{Code, Fault, Refusal},
    registration::duplicates,
    text::{Line, Paragraph},
    time::{Deadline, Timestamp},
    unit::Unit,
};

/// How many recipients an entry names; a longer list is a paper of its own.
const MAX_RECIPIENTS: usize = 50;

/// Enters a document that was drafted and signed outside this system, such as a letter that corrects another document.
#[derive(Clone, Debug)]
pub struct RegisterDocument {
    /// Who issues, looked up by the caller of this command.
    pub issuer: Unit,
    /// The unit that drafted it, looked up too; the symbol of an official letter names it.
    pub drafter: Option<Unit>,
    /// The campaign that it belongs to.
    pub campaign: Option<CampaignId>,
    /// What sort of document.
    pub document_type: DocumentType,
    /// Trích yếu.
    pub subject: Paragraph,
    /// To whom it goes, each once.
    pub recipients: Vec<Line>,
    /// How many copies were made.
    pub copies: Option<u32>,
    /// Who signed it, as the paper says.
    pub signature: PaperSignature,
    /// Its number and day.
    pub numbering: Numbering,
    /// What it does to earlier documents.
    pub relations: Vec<Intent>,
}

impl Command<Directory> for RegisterDocument {
    const ACTION: Action = Action::RegisterDocument;
    type Of = Document;

    fn ready(_: &Directory) -> Result<(), Code> {
        Ok(())
    }

    fn apply(self, _: Permitted<Self, Directory>, at: Moment<'_>) -> Result<Change<Document>, Refusal> {
        let today = at.now.date();
        let mut faults = Vec::new();
        if self.signature.signed_on > today {
            faults.push(Fault::at("/signature/signedDate", Code::DayInFuture));
        }
        if self.document_type == DocumentType::OfficialLetter && self.drafter.is_none() {
            faults.push(Fault::at("/draftingUnitId", Code::FieldMissing));
        }
        if self.relations.len() > MAX_RELATIONS {
            faults.push(Fault::at("/relations", Code::ListTooLong));
        }
        if self.recipients.len() > MAX_RECIPIENTS {
            faults.push(Fault::at("/recipients", Code::ListTooLong));
        }
        faults.extend(duplicates(&self.recipients, |index| format!("/recipients/{index}")));
        let day = self.numbering.issue_date.unwrap_or(today);
        for (index, relation) in self.relations.iter().enumerate() {
            let at = format!("/relations/{index}");
            faults.extend(relation.check(&at, self.issuer.root.id, self.document_type, day));
            let earlier = relation.earlier.root.id;
            if self.relations[..index].iter().any(|other| other.earlier.root.id == earlier) {
                faults.push(Fault::at(format!("{at}/documentId"), Code::Duplicate));
            }
        }
        Refusal::unless_empty(faults)?;
        let paper = Paper {
            campaign: self.campaign,
            consolidated_report: None,
            issuer: self.issuer.root.id,
            issuer_symbol: &self.issuer.code,
            drafter: self.drafter.as_ref(),
            document_type: self.document_type,
            subject: self.subject,
            recipients: self.recipients,
            copies: self.copies,
            signature: Signed::OnPaper(&self.signature),
            format_check: None,
            relations: self.relations,
        };
        let (_, document, earlier) = self.numbering.register(paper, at)?;
        Ok(if earlier.is_empty() { document } else { document.causing(Consequence::Documents(earlier)) })
    }
}

/// Records that a document was sealed, or signed for the agency.
#[derive(Clone, Debug)]
pub struct SealDocument {
    /// Which of the two.
    pub manner: SealManner,
    /// The consolidated report whose paper it is, locked for this change: it can leave the house from now on.
    pub report: Option<ConsolidatedReport>,
}

impl Command<Document> for SealDocument {
    const ACTION: Action = Action::SealDocument;
    type Of = Document;

    fn ready(document: &Document) -> Result<(), Code> {
        match document.stage {
            Stage::Issued => document.stands(),
            Stage::Sealed { .. } | Stage::Dispatched { .. } => Err(Code::DocumentSealed),
        }
    }

    fn apply(self, on: Permitted<Self, Document>, at: Moment<'_>) -> Result<Change<Document>, Refusal> {
        let by = on.by();
        let seal = Seal { manner: self.manner, person: by.person, name: by.name.clone(), sealed_at: at.now };
        let sealed = on.made(at.now, "document.sealed", |document| document.stage = Stage::Sealed { seal });
        Ok(match &self.report {
            Some(report) => sealed.causing(Consequence::ConsolidatedReport(Box::new(report.sealed(at.now)))),
            None => sealed,
        })
    }
}

/// Records that a sealed document was sent off.
#[derive(Clone, Copy, Debug)]
pub struct DispatchDocument;

impl Command<Document> for DispatchDocument {
    const ACTION: Action = Action::DispatchDocument;
    type Of = Document;

    /// The paper of a consolidated report leaves with the report.
    fn ready(document: &Document) -> Result<(), Code> {
        if document.consolidated_report.is_some() {
            return Err(Code::DocumentLeavesWithReport);
        }
        match document.stage {
            Stage::Sealed { .. } => document.stands(),
            Stage::Issued => Err(Code::DocumentNotSealed),
            Stage::Dispatched { .. } => Err(Code::DocumentDispatched),
        }
    }

    fn apply(self, on: Permitted<Self, Document>, at: Moment<'_>) -> Result<Change<Document>, Refusal> {
        on.dispatched(on.by(), at.now)
    }
}

impl Document {
    /// What was called back, or in whose place another one came, goes nowhere.
    fn stands(&self) -> Result<(), Code> {
        if self.suffered(RelationKind::Recalls) {
            Err(Code::DocumentRecalled)
        } else if self.suffered(RelationKind::Replaces) {
            Err(Code::DocumentReplaced)
        } else {
            Ok(())
        }
    }

    /// The document as it leaves the house; later than the next working day after its signature is late, and stays marked so.
    ///
    /// # Errors
    /// It is not sealed, or has left already.
    pub(crate) fn dispatched(&self, by: &Actor, now: Timestamp) -> Result<Change<Self>, Refusal> {
        let Stage::Sealed { seal } = self.stage.clone() else {
            return Err(Code::DocumentNotSealed.into());
        };
        let late = self.dispatch_due_before.is_some_and(|due: Deadline| due.missed_at(now));
        let departure = Departure { person: by.person, name: by.name.clone(), dispatched_at: now, late };
        Ok(Change::made(self, now, "document.dispatched", |document| {
            document.stage = Stage::Dispatched { seal, departure };
        }))
    }
}
