//! What Văn phòng records of the way in which documents are numbered.

use super::{super::DocumentType, DocumentSeries, NumberingMode, Stage};
use crate::{
    change::{Change, Moment},
    policy::{Action, Command, Directory, Permitted},
    refusal::{Code, Fault, Refusal},
    text::Paragraph,
    time::Date,
    unit::Unit,
};

/// Records a series; documents are numbered in it from now on.
#[derive(Clone, Debug)]
pub struct CreateDocumentSeries {
    /// Who issues, looked up by the caller of this command.
    pub issuer: Unit,
    /// The type that is numbered in it, or all that have no series of their own.
    pub document_type: Option<DocumentType>,
    /// Who gives the numbers.
    pub numbering: NumberingMode,
    /// The first day of which documents are numbered in it.
    pub valid_from: Date,
    /// The number with which the first year begins, where it is not 1.
    pub first_number: Option<i32>,
    /// What sets it.
    pub instrument: Option<Paragraph>,
}

impl Command<Directory> for CreateDocumentSeries {
    const ACTION: Action = Action::CreateDocumentSeries;
    type Of = DocumentSeries;

    fn ready(_: &Directory) -> Result<(), Code> {
        Ok(())
    }

    /// One series of an issuer and a type is in force; a unique index sees to it. Where the clerk types the numbers, the book
    /// elsewhere says with which one it begins.
    fn apply(self, _: Permitted<Self, Directory>, at: Moment<'_>) -> Result<Change<DocumentSeries>, Refusal> {
        let mut faults = Vec::new();
        if !self.issuer.exists_on(self.valid_from) {
            faults.push(Fault::at("/startDate", Code::UnitNotThere));
        }
        if self.numbering == NumberingMode::Entered && self.first_number.is_some() {
            faults.push(Fault::at("/firstNumber", Code::FirstNumberElsewhere));
        }
        Refusal::unless_empty(faults)?;
        let series = DocumentSeries {
            root: at.root(),
            issuer: self.issuer.root.id,
            document_type: self.document_type,
            numbering: self.numbering,
            valid_from: self.valid_from,
            first_number: self.first_number.unwrap_or(1),
            instrument: self.instrument,
            stage: Stage::Active,
        };
        Ok(Change::created(series, "documentSeries.created"))
    }
}

/// Retires a series: nothing is numbered in it any more, its numbers stay used.
#[derive(Clone, Debug)]
pub struct RetireDocumentSeries {
    /// Why.
    pub reason: Paragraph,
}

impl Command<DocumentSeries> for RetireDocumentSeries {
    const ACTION: Action = Action::RetireDocumentSeries;
    type Of = DocumentSeries;

    fn ready(series: &DocumentSeries) -> Result<(), Code> {
        match series.stage {
            Stage::Active => Ok(()),
            Stage::Retired { .. } => Err(Code::DocumentSeriesRetired),
        }
    }

    fn apply(self, on: Permitted<Self, DocumentSeries>, at: Moment<'_>) -> Result<Change<DocumentSeries>, Refusal> {
        let reason = self.reason.clone();
        let retired = on.made(at.now, "documentSeries.retired", |series| {
            series.stage = Stage::Retired { retired_on: at.now.date(), reason };
        });
        Ok(retired.because(self.reason))
    }
}
