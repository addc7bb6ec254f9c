//! Numbering: a signed paper gets its number and day, and enters the outgoing register.

use chrono::Datelike;

use super::{
    Document, DocumentSeries, DocumentType, FormatCheck, Intent, IssueInfo, NumberingMode, Signed, Stage,
    symbol::{DocSymbol, Grammar},
};
use crate::{
    calendar::WorkingCalendar,
    campaign::CampaignId,
    change::{Change, Moment},
    consolidation::ConsolidatedReportId,
    refusal::{Code, Fault, Refusal},
    text::{Line, Paragraph, Token},
    time::{Date, Deadline},
    unit::{Unit, UnitId},
};

/// What numbers and issues a signed document: what the clerk types, and what the register says.
#[derive(Clone, Debug)]
pub struct Numbering {
    /// The number, where the book is kept elsewhere.
    pub number: Option<i32>,
    /// The day of issue, where the book is kept elsewhere; not before the day of signing, not in the future.
    pub issue_date: Option<Date>,
    /// Why the day does not follow the order of the numbers, where it does not.
    pub order_comment: Option<Paragraph>,
    /// What storage knows.
    pub facts: NumberingFacts,
}

/// What storage knows of the series, locked for this change.
#[derive(Clone, Debug, Default)]
pub struct NumberingFacts {
    /// The series in force for the issuer and the type.
    pub series: Option<DocumentSeries>,
    /// The last number of the year.
    pub last: Option<i32>,
    /// The day of the document with the next lower number of the year.
    pub before: Option<Date>,
    /// The day of the document with the next higher number of the year.
    pub after: Option<Date>,
    /// The working calendar as it is known today, for the weeks after the signature.
    pub calendar: WorkingCalendar,
}

/// What is issued: the paper's own data, for the register.
#[derive(Clone, Debug)]
pub struct Paper<'a> {
    /// The campaign that it belongs to.
    pub campaign: Option<CampaignId>,
    /// The consolidated report, where it is the paper of one.
    pub consolidated_report: Option<ConsolidatedReportId>,
    /// Who issues.
    pub issuer: UnitId,
    /// The issuer's part of the symbol.
    pub issuer_symbol: &'a Token,
    /// The unit that drafted it, where the register says so; the symbol of an official letter names it.
    pub drafter: Option<&'a Unit>,
    /// What sort of document.
    pub document_type: DocumentType,
    /// Trích yếu.
    pub subject: Paragraph,
    /// To whom it goes, as far as its text says it.
    pub recipients: Vec<Line>,
    /// How many copies were made, where somebody says it.
    pub copies: Option<u32>,
    /// Who signed; numbering comes after signing.
    pub signature: Signed<'a>,
    /// Who answered for its form.
    pub format_check: Option<FormatCheck>,
    /// What it does to earlier documents.
    pub relations: Vec<Intent>,
}

/// What numbering leaves behind: what the paper was issued as, its entry, and the earlier documents that it concerns.
pub type Registered = (IssueInfo, Change<Document>, Vec<Change<Document>>);

impl Numbering {
    /// Enters the paper into the register and gives it its symbol, with two digits below ten (NĐ 30/2020).
    ///
    /// # Errors
    /// No series; a day before the signature, before the series or in the future; a number that is missing, or that is the
    /// system's to give; a day out of the order of the numbers that nobody explains.
    pub fn register(self, paper: Paper<'_>, at: Moment<'_>) -> Result<Registered, Refusal> {
        let series = self.facts.series.as_ref().ok_or(Code::DocumentSeriesMissing)?;
        let today = at.now.date();
        let (number, day) = match series.numbering {
            NumberingMode::Own => self.given(series, today)?,
            NumberingMode::Entered => self.entered(paper.signature.date(), today)?,
        };
        if day < series.valid_from {
            return Err(Refusal::field("/issueDate", Code::IssueBeforeSeries));
        }
        let symbol = symbol(number, &paper)?;
        let (signature, paper_signature) = match paper.signature {
            Signed::Here(signature) => (Some(signature.clone()), None),
            Signed::OnPaper(signature) => (None, Some(signature.clone())),
        };
        let due = self.facts.calendar.add_working_days(paper.signature.date(), 1);
        let document = Document {
            root: at.root(),
            campaign: paper.campaign,
            consolidated_report: paper.consolidated_report,
            series: Some(series.root.id),
            issuer: paper.issuer,
            drafter: paper.drafter.map(|unit| unit.root.id),
            document_type: paper.document_type,
            year: day.year(),
            number,
            symbol: symbol.clone(),
            issued_on: day,
            subject: paper.subject,
            recipients: paper.recipients,
            copies: paper.copies,
            signature,
            paper_signature,
            format_check: paper.format_check,
            order_comment: self.order_comment,
            dispatch_due_before: due.succ_opt().map(Deadline::before),
            relations: paper.relations.iter().map(Intent::shown).collect(),
            signed_copy: None,
            affected_by: Vec::new(),
            shown_to: Vec::new(),
            stage: Stage::Issued,
        };
        let earlier = paper.relations.into_iter().map(|relation| relation.suffered_from(&document, at)).collect();
        let issue = IssueInfo { document: document.root.id, symbol, issued_on: day };
        Ok((issue, Change::created(document, "document.registered"), earlier))
    }

    /// The system gives the next number and today; the clerk gives neither.
    fn given(&self, series: &DocumentSeries, today: Date) -> Result<(i32, Date), Refusal> {
        let typed = [
            ("/number", self.number.is_some()),
            ("/issueDate", self.issue_date.is_some()),
            ("/orderComment", self.order_comment.is_some()),
        ];
        let faults = typed.into_iter().filter(|(_, is_typed)| *is_typed);
        Refusal::unless_empty(faults.map(|(pointer, _)| Fault::at(pointer, Code::NumberGivenHere)).collect())?;
        Ok((series.next(today.year(), self.facts.last), today))
    }

    /// The clerk types both. Numbers follow the days (NĐ 30/2020, article 15): what does not was most likely mistyped, and
    /// where the book elsewhere does say so, that is said here too.
    fn entered(&self, signed_on: Date, today: Date) -> Result<(i32, Date), Refusal> {
        let missing = |pointer| Fault::at(pointer, Code::FieldMissing);
        let (Some(number), Some(day)) = (self.number, self.issue_date) else {
            let number = self.number.is_none().then(|| missing("/number"));
            let day = self.issue_date.is_none().then(|| missing("/issueDate"));
            return Err(Refusal::invalid(number.into_iter().chain(day).collect()));
        };
        let mut faults = Vec::new();
        if day < signed_on {
            faults.push(Fault::at("/issueDate", Code::IssueBeforeSigning));
        }
        if day > today {
            faults.push(Fault::at("/issueDate", Code::DayInFuture));
        }
        let facts = &self.facts;
        let in_order = facts.before.is_none_or(|before| before <= day) && facts.after.is_none_or(|after| day <= after);
        match (&self.order_comment, in_order) {
            (None, false) => faults.push(Fault::at("/issueDate", Code::IssueOutOfOrder)),
            (Some(_), true) => faults.push(Fault::at("/orderComment", Code::OrderCommentNeedless)),
            (Some(_), false) | (None, true) => {}
        }
        Refusal::unless_empty(faults)?;
        Ok((number, day))
    }
}

/// `05/BC-UBND`, an official letter `15/UBND-VHXH`: by the grammar of State bodies.
fn symbol(number: i32, paper: &Paper<'_>) -> Result<Token, Refusal> {
    let issuer = paper.issuer_symbol;
    let printed = match (paper.document_type.abbreviation(), paper.drafter) {
        (Some(kind), _) => format!("{number:02}/{kind}-{issuer}"),
        (None, Some(drafter)) => format!("{number:02}/{issuer}-{}", drafter.code),
        (None, None) => format!("{number:02}/{issuer}"),
    };
    let malformed = || Refusal::from(Code::SymbolMalformed);
    DocSymbol::parse_as(Grammar::State, &printed).map_err(|_| malformed())?;
    Token::parse(&printed).map_err(|_| malformed())
}
