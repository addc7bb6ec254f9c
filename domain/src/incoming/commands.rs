//! What the clerk enters into the incoming register, and how it is put right.

use chrono::Datelike;

use super::{Entry, EntryCorrection, IncomingDocument, MAX_CORRECTIONS};
use crate::{
    change::{Change, Moment},
    document::symbol::DocSymbol,
    policy::{Action, Command, Directory, Permitted},
    refusal::{Code, Fault, Refusal},
    text::Paragraph,
    time::Date,
    unit::Unit,
};

/// What the book of the receiver and the year says, locked for this change.
#[derive(Clone, Copy, Debug, Default)]
pub struct IncomingFacts {
    /// The last number.
    pub last: Option<i32>,
    /// The day of the entry before.
    pub before: Option<Date>,
    /// The day of the entry behind.
    pub after: Option<Date>,
}

impl IncomingFacts {
    fn in_order(self, day: Date) -> bool {
        self.before.is_none_or(|before| before <= day) && self.after.is_none_or(|after| day <= after)
    }
}

/// Enters a document that arrived, under the next number of the receiver's book.
#[derive(Clone, Debug)]
pub struct RecordIncomingDocument {
    /// Who receives it, looked up by the caller of this command.
    pub receiver: Unit,
    /// What is entered.
    pub entry: Entry,
    /// What storage knows.
    pub facts: IncomingFacts,
}

impl Command<Directory> for RecordIncomingDocument {
    const ACTION: Action = Action::RecordIncomingDocument;
    type Of = IncomingDocument;

    fn ready(_: &Directory) -> Result<(), Code> {
        Ok(())
    }

    /// The numbers of a year follow the days of arrival (NĐ 30/2020, article 22); the book is that of the year of arrival.
    fn apply(self, _: Permitted<Self, Directory>, at: Moment<'_>) -> Result<Change<IncomingDocument>, Refusal> {
        let mut faults = check(&self.entry, self.facts, at.now.date());
        if !self.receiver.exists_on(self.entry.arrived_on) {
            faults.push(Fault::at("/receiverUnitId", Code::UnitNotThere));
        }
        Refusal::unless_empty(faults)?;
        let document = IncomingDocument {
            root: at.root(),
            receiver: self.receiver.root.id,
            year: self.entry.arrived_on.year(),
            number: self.facts.last.map_or(1, |last| last.saturating_add(1)),
            entry: self.entry,
            corrections: Vec::new(),
            attachments: Vec::new(),
        };
        Ok(Change::created(document, "incomingDocument.recorded"))
    }
}

/// Puts an entry right: it says something else from now on, and keeps what it said before. Number and book stay.
#[derive(Clone, Debug)]
pub struct CorrectIncomingDocument {
    /// What it should say, as a whole.
    pub entry: Entry,
    /// Why.
    pub reason: Paragraph,
    /// What storage knows.
    pub facts: IncomingFacts,
}

impl Command<IncomingDocument> for CorrectIncomingDocument {
    const ACTION: Action = Action::CorrectIncomingDocument;
    type Of = IncomingDocument;

    fn ready(document: &IncomingDocument) -> Result<(), Code> {
        if document.corrections.len() < MAX_CORRECTIONS { Ok(()) } else { Err(Code::CorrectionsTooMany) }
    }

    fn apply(self, on: Permitted<Self, IncomingDocument>, at: Moment<'_>) -> Result<Change<IncomingDocument>, Refusal> {
        let mut faults = check(&self.entry, self.facts, at.now.date());
        if self.entry.arrived_on.year() != on.year {
            faults.push(Fault::at("/arrivalDate", Code::ArrivalInOtherYear));
        }
        if self.entry == on.entry {
            faults.push(Fault::at("", Code::EntryUnchanged));
        }
        Refusal::unless_empty(faults)?;
        let correction = EntryCorrection {
            corrected_at: at.now,
            person: on.by().person,
            name: on.by().name.clone(),
            reason: self.reason.clone(),
            before: on.entry.clone(),
        };
        let corrected = on.made(at.now, "incomingDocument.corrected", |document| {
            document.entry = self.entry;
            document.corrections.push(correction);
        });
        Ok(corrected.because(self.reason))
    }
}

/// What is wrong with an entry; pointers as the caller writes them.
fn check(entry: &Entry, facts: IncomingFacts, today: Date) -> Vec<Fault> {
    let mut faults = Vec::new();
    if entry.arrived_on > today {
        faults.push(Fault::at("/arrivalDate", Code::DayInFuture));
    }
    if entry.arrived_on < entry.dated_on {
        faults.push(Fault::at("/documentDate", Code::DatedAfterArrival));
    }
    // Only legal documents carry the year in the symbol, and it is that of their day.
    let year = entry.symbol.as_ref().and_then(DocSymbol::year);
    if year.is_some_and(|year| i32::from(year) != entry.dated_on.year()) {
        faults.push(Fault::at("/documentDate", Code::SymbolOfOtherYear));
    }
    if entry.symbol.is_some() && entry.printed_symbol.is_some() {
        faults.push(Fault::at("/printedSymbol", Code::PrintedSymbolNeedless));
    }
    if entry.printed_symbol.as_ref().is_some_and(|printed| DocSymbol::parse(printed.as_str()).is_ok()) {
        faults.push(Fault::at("/printedSymbol", Code::PrintedSymbolNeedless));
    }
    match (&entry.order_comment, facts.in_order(entry.arrived_on)) {
        (None, false) => faults.push(Fault::at("/arrivalDate", Code::ArrivalOutOfOrder)),
        (Some(_), true) => faults.push(Fault::at("/orderComment", Code::OrderCommentNeedless)),
        (Some(_), false) | (None, true) => {}
    }
    faults.dedup();
    faults
}
