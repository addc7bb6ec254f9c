//! Symbols of documents (*số, ký hiệu*): the State and the Party write them differently, so there are two grammars.
//!
//! State: `232/KH-UBND`, with the year `152/2025/NĐ-CP` or `06/2022/QH15`, as an official letter without a type
//! `15/UBND-VHXH`. Party: `41-CT/TW`, `46-CT/TU`. What follows neither, such as `46-CTATU`, is refused.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::text::Token;

/// Abbreviations of the types of administrative documents (NĐ 30/2020, appendix III); a symbol without a year whose
/// first part is none of them is that of an official letter (công văn).
const TYPES: [&str; 27] = [
    "NQ", "QĐ", "CT", "QC", "QyĐ", "TC", "TB", "HD", "CTr", "KH", "PA", "ĐA", "DA", "BC", "BB", "TTr", "HĐ", "CĐ",
    "BGN", "BTT", "GUQ", "GM", "GGT", "GNP", "PG", "PC", "PB",
];

/// The longest number of a document, in digits.
const MAX_DIGITS: usize = 6;

/// Whose way of writing a symbol follows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Grammar {
    /// `NN/LOẠI-CQ`.
    State,
    /// `NN-LOẠI/CQ`.
    Party,
}

/// A text that is no symbol, or not one of the grammar asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotASymbol;

impl fmt::Display for NotASymbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("document.symbolMalformed")
    }
}
impl std::error::Error for NotASymbol {}

/// A symbol, read by its grammar. `5/KH-UBND` and `05/KH-UBND` are the same one, written with two digits.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum DocSymbol {
    /// Of a State body.
    State(StateSymbol),
    /// Of a Party body.
    Party(PartySymbol),
}

/// `NN/LOẠI-CQ`, `NN/NĂM/LOẠI-CQ`, or `NN/CQ-ĐV` without a type.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct StateSymbol {
    number: u32,
    year: Option<u16>,
    document_type: Option<String>,
    agency: String,
}

/// `NN-LOẠI/CQ`.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct PartySymbol {
    number: u32,
    document_type: String,
    agency: String,
}

impl DocSymbol {
    /// Reads a symbol; which of the two grammars it follows is seen from its first separator.
    ///
    /// # Errors
    /// [`NotASymbol`] where it follows neither.
    pub fn parse(text: &str) -> Result<Self, NotASymbol> {
        let text = Token::parse(text).map_err(|_| NotASymbol)?;
        let text = text.as_str();
        let state = || StateSymbol::read(text).map(Self::State);
        let party = || PartySymbol::read(text).map(Self::Party);
        state().or_else(party).ok_or(NotASymbol)
    }

    /// Reads a symbol of an issuer whose grammar is known.
    ///
    /// # Errors
    /// [`NotASymbol`] where it follows neither grammar, or the other one.
    pub fn parse_as(grammar: Grammar, text: &str) -> Result<Self, NotASymbol> {
        Self::parse(text).and_then(|symbol| if symbol.grammar() == grammar { Ok(symbol) } else { Err(NotASymbol) })
    }

    /// Which grammar it follows.
    #[must_use]
    pub const fn grammar(&self) -> Grammar {
        match self {
            Self::State(_) => Grammar::State,
            Self::Party(_) => Grammar::Party,
        }
    }

    /// The number in its series, from 1.
    #[must_use]
    pub const fn number(&self) -> u32 {
        match self {
            Self::State(symbol) => symbol.number,
            Self::Party(symbol) => symbol.number,
        }
    }

    /// The abbreviated type, `KH`; absent for official letters and for laws.
    #[must_use]
    pub fn document_type(&self) -> Option<&str> {
        match self {
            Self::State(symbol) => symbol.document_type.as_deref(),
            Self::Party(symbol) => Some(&symbol.document_type),
        }
    }

    /// The abbreviated issuer, `UBND`, `TW`; of an official letter with the drafting office, `UBND-VHXH`.
    #[must_use]
    pub fn agency(&self) -> &str {
        match self {
            Self::State(symbol) => &symbol.agency,
            Self::Party(symbol) => &symbol.agency,
        }
    }

    /// The year, which only legal documents carry in the symbol.
    #[must_use]
    pub const fn year(&self) -> Option<u16> {
        match self {
            Self::State(symbol) => symbol.year,
            Self::Party(_) => None,
        }
    }
}

impl StateSymbol {
    fn read(text: &str) -> Option<Self> {
        let (digits, rest) = text.split_once('/')?;
        let number = number(digits)?;
        match rest.split_once('/') {
            Some((year, rest)) => Self::read_legal(number, self::year(year)?, rest),
            None => Self::read_administrative(number, rest),
        }
    }

    /// `NĐ-CP`; the National Assembly and its committee write their term instead of a type: `QH15`.
    fn read_legal(number: u32, year: u16, rest: &str) -> Option<Self> {
        let year = Some(year);
        match rest.split_once('-') {
            Some((kind, agency)) if part(kind) && parts(agency) => {
                Some(Self { number, year, document_type: Some(kind.to_owned()), agency: agency.to_owned() })
            }
            None if part(rest) && rest.ends_with(|c: char| c.is_ascii_digit()) => {
                Some(Self { number, year, document_type: None, agency: rest.to_owned() })
            }
            Some(_) | None => None,
        }
    }

    fn read_administrative(number: u32, rest: &str) -> Option<Self> {
        let (first, others) = rest.split_once('-')?;
        if !(part(first) && parts(others)) {
            return None;
        }
        let (document_type, agency) =
            if TYPES.contains(&first) { (Some(first.to_owned()), others) } else { (None, rest) };
        Some(Self { number, year: None, document_type, agency: agency.to_owned() })
    }
}

impl PartySymbol {
    fn read(text: &str) -> Option<Self> {
        let (digits, rest) = text.split_once('-')?;
        let (kind, agency) = rest.split_once('/')?;
        let number = number(digits)?;
        (part(kind) && part(agency)).then(|| Self { number, document_type: kind.to_owned(), agency: agency.to_owned() })
    }
}

fn number(digits: &str) -> Option<u32> {
    let plain = (1..=MAX_DIGITS).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|number| plain && *number > 0)
}

fn year(digits: &str) -> Option<u16> {
    let plain = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|year| plain && *year >= 1945)
}

/// An abbreviation: begins with a capital letter, then letters, digits, a dot or an ampersand.
fn part(text: &str) -> bool {
    text.starts_with(char::is_uppercase) && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '&'))
}

fn parts(text: &str) -> bool {
    text.split('-').all(part)
}

impl fmt::Display for DocSymbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::State(StateSymbol { number, year, document_type, agency }) => {
                write!(f, "{number:02}/")?;
                if let Some(year) = year {
                    write!(f, "{year}/")?;
                }
                if let Some(kind) = document_type {
                    write!(f, "{kind}-")?;
                }
                f.write_str(agency)
            }
            Self::Party(PartySymbol { number, document_type, agency }) => {
                write!(f, "{number:02}-{document_type}/{agency}")
            }
        }
    }
}
impl Serialize for DocSymbol {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for DocSymbol {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(text: &str) -> DocSymbol {
        DocSymbol::parse_as(Grammar::State, text).unwrap()
    }

    #[test]
    fn the_state_writes_number_type_and_agency() {
        let plan = state("232/KH-UBND");
        assert_eq!((plan.number(), plan.document_type(), plan.agency()), (232, Some("KH"), "UBND"));
        let proposal = state("07/TTr-VHXH");
        assert_eq!((proposal.number(), proposal.document_type(), proposal.agency()), (7, Some("TTr"), "VHXH"));
        assert_eq!(state("09/BB-HĐTĐKT").agency(), "HĐTĐKT");
    }

    #[test]
    fn an_official_letter_has_no_type() {
        let letter = state("15/UBND-VHXH");
        assert_eq!((letter.document_type(), letter.agency()), (None, "UBND-VHXH"));
    }

    #[test]
    fn legal_documents_carry_their_year() {
        let decree = state("152/2025/NĐ-CP");
        assert_eq!((decree.year(), decree.document_type(), decree.agency()), (Some(2025), Some("NĐ"), "CP"));
        let law = state("06/2022/QH15");
        assert_eq!((law.year(), law.document_type(), law.agency()), (Some(2022), None, "QH15"));
    }

    #[test]
    fn the_party_writes_the_type_before_the_slash() {
        for (text, number, agency) in [("41-CT/TW", 41, "TW"), ("46-CT/TU", 46, "TU")] {
            let symbol = DocSymbol::parse_as(Grammar::Party, text).unwrap();
            assert_eq!((symbol.number(), symbol.document_type(), symbol.agency()), (number, Some("CT"), agency));
        }
    }

    #[test]
    fn neither_grammar_reads_the_misprint_or_the_symbols_of_the_other() {
        assert!(DocSymbol::parse("46-CTATU").is_err());
        assert!(DocSymbol::parse_as(Grammar::State, "41-CT/TW").is_err());
        assert!(DocSymbol::parse_as(Grammar::Party, "232/KH-UBND").is_err());
    }

    #[test]
    fn what_is_not_whole_is_refused() {
        let broken = "/KH-UBND 0/KH-UBND 12/KH 12/-UBND 12/KH- 12/kh-ubnd 1234567/KH-UBND 12/25/NĐ-CP 12/2025/NĐ \
                      -CT/TW 41-CT/ 41-/TW 41-CT/TW/TU +1/KH-UBND 12/KH--UBND";
        assert!(DocSymbol::parse("12 /KH-UBND").is_err() && DocSymbol::parse("").is_err());
        for text in broken.split(' ') {
            assert!(DocSymbol::parse(text).is_err(), "{text} was taken for a symbol");
        }
    }

    #[test]
    fn a_symbol_is_a_string_on_the_wire_and_numbers_have_two_digits() {
        let symbol: DocSymbol = serde_json::from_str("\"5/KH-UBND\"").unwrap();
        assert_eq!(serde_json::to_string(&symbol).unwrap(), "\"05/KH-UBND\"");
        assert_eq!(symbol, DocSymbol::parse("05/KH-UBND").unwrap());
        for text in ["232/KH-UBND", "15/UBND-VHXH", "152/2025/NĐ-CP", "06/2022/QH15", "46-CT/TU"] {
            assert_eq!(DocSymbol::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_symbol_in_nfd_is_the_same_symbol() {
        assert_eq!(DocSymbol::parse("1/QĐ-ỦY").unwrap(), DocSymbol::parse("1/QĐ-U\u{309}Y").unwrap());
    }
}
