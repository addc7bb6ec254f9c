//! The number that a unit gives its report in a register of its own (NĐ 30/2020, article 15).

use serde::{Deserialize, Serialize};

use crate::{
    document::{DocumentType, symbol::DocSymbol},
    period::Terms,
    refusal::{Code, Fault, Refusal},
    text::Token,
    time::Date,
    unit::UnitType,
};

/// Number, symbol and day with which a unit issued its report; this system gives none of them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OwnNumber {
    /// `12/BC-TH1`, or `12-BC/ĐTN`.
    pub symbol: DocSymbol,
    /// The day of issue.
    pub issued_on: Date,
}

/// Number and day as they come in: both, or neither where the unit does not number its reports.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Numbered {
    /// Number and symbol as they are printed.
    pub symbol: Option<Token>,
    /// The day of issue.
    pub issued_on: Option<Date>,
}

impl Numbered {
    /// What the report of a unit of this sort, for such a period, is issued as.
    ///
    /// # Errors
    /// A village has no symbol; one of the two without the other; a symbol that is not that of a report in a grammar of the
    /// unit; a day before the period began, or in the future.
    pub(super) fn by(self, unit_type: UnitType, period: &Terms, today: Date) -> Result<Option<OwnNumber>, Refusal> {
        let given = [("/symbol", self.symbol.is_some()), ("/issueDate", self.issued_on.is_some())];
        let at_each = |present, code| {
            let faults = given.into_iter().filter(move |(_, given)| *given == present);
            Refusal::invalid(faults.map(|(pointer, _)| Fault::at(pointer, code)).collect())
        };
        let (symbol, issued_on) = match (self.symbol, self.issued_on) {
            (None, None) => return Ok(None),
            _ if unit_type.grammars().is_empty() => return Err(at_each(true, Code::UnitWithoutSymbol)),
            (Some(symbol), Some(issued_on)) => (symbol, issued_on),
            (Some(_), None) | (None, Some(_)) => return Err(at_each(false, Code::FieldMissing)),
        };
        let symbol = of_a_report(&symbol, unit_type);
        let mut faults: Vec<_> = symbol.as_ref().err().map(|code| Fault::at("/symbol", *code)).into_iter().collect();
        if issued_on < period.starts_on {
            faults.push(Fault::at("/issueDate", Code::IssueBeforePeriod));
        }
        if issued_on > today {
            faults.push(Fault::at("/issueDate", Code::DayInFuture));
        }
        Refusal::unless_empty(faults)?;
        Ok(symbol.ok().map(|symbol| OwnNumber { symbol, issued_on }))
    }
}

/// Reads a symbol with which a unit of this sort can issue a report. A year stands only in those of legal documents.
fn of_a_report(symbol: &Token, unit_type: UnitType) -> Result<DocSymbol, Code> {
    let read = DocSymbol::parse(symbol.as_str()).ok().filter(|read| unit_type.grammars().contains(&read.grammar()));
    let read = read.filter(|read| read.year().is_none()).ok_or(Code::SymbolMalformed)?;
    let is_report = read.document_type() == DocumentType::Report.abbreviation();
    if is_report { Ok(read) } else { Err(Code::SymbolOfOtherType) }
}
