//! The documents that a plan rests on or refers to.

use serde::{Deserialize, Serialize};

use crate::{
    document::symbol::{DocSymbol, Grammar, NotASymbol},
    text::{Line, Paragraph, Token},
    time::Date,
};

/// A document that the plan refers to; some are named without a number.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DocRef {
    /// Short code in this plan.
    pub code: Token,
    /// The symbol, put right; absent for a document that is named without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<Token>,
    /// Whose way of writing the symbol follows: that of its issuer. Present exactly where the symbol is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grammar: Option<Grammar>,
    /// The day of the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issue_date: Option<Date>,
    /// Who issued it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Line>,
    /// What it is about.
    pub subject: Paragraph,
    /// Where the plan refers to it, and how it is printed there.
    pub citations: Vec<Citation>,
}

/// A place where the plan refers to a document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Citation {
    /// The place, as in [`super::Source::place`].
    pub place: Token,
    /// The symbol as printed there, misprints included; of a document without one, its name.
    pub printed: Line,
}

impl DocRef {
    /// The symbol read by the grammar of its issuer; `None` for a document without one.
    ///
    /// # Errors
    /// [`NotASymbol`] where the symbol does not follow the grammar, or one of the two is missing.
    pub fn read_symbol(&self) -> Result<Option<DocSymbol>, NotASymbol> {
        match (&self.symbol, self.grammar) {
            (None, None) => Ok(None),
            (Some(symbol), Some(grammar)) => DocSymbol::parse_as(grammar, symbol.as_str()).map(Some),
            (Some(_), None) | (None, Some(_)) => Err(NotASymbol),
        }
    }
}
