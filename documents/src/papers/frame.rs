//! What papers of one house have in common: who is called how, where a line is broken, what stands for a number or a day that
//! there is not yet.

use thidua_domain::{
    campaign::Campaign,
    document::{self, IssueInfo},
    text::Line,
    time::Date,
    unit::{UnitEntry, UnitId},
};

use crate::{paper::Signature, signing, words::Words, written::day_in_words};

/// Stands for what a draft does not have yet.
pub(super) const BLANK: &str = "…";

/// The units that a paper names, by the names of its day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Directory<'a> {
    pub(super) units: &'a [UnitEntry],
    pub(super) day: Date,
}

impl<'a> Directory<'a> {
    fn entry(&self, unit: UnitId) -> Option<&'a UnitEntry> {
        self.units.iter().find(|entry| entry.unit == unit)
    }

    /// The name of a unit on the day of the paper; empty where nobody knows it.
    pub(super) fn name(&self, unit: UnitId) -> &'a str {
        self.entry(unit).map_or("", |entry| entry.faces.on(self.day).name.as_str())
    }

    /// Its code.
    pub(super) fn code(&self, unit: UnitId) -> &'a str {
        self.entry(unit).map_or("", |entry| entry.code.as_str())
    }

    /// The name of the unit above it, where that is one of those that the paper knows.
    pub(super) fn superior(&self, unit: UnitId) -> Option<&'a Line> {
        let above = self.entry(unit)?.faces.on(self.day).parent?;
        Some(&self.entry(above)?.faces.on(self.day).name)
    }
}

/// The lines of a name in capitals: a People's Committee stands above the place that it governs.
pub(super) fn name_lines(name: &str) -> Vec<Words> {
    const COMMITTEE: &str = "ỦY BAN NHÂN DÂN ";
    let capitals = Words::of(name.to_uppercase());
    match capitals.as_str().strip_prefix(COMMITTEE) {
        Some(place) => vec![Words::of(COMMITTEE), Words::of(place)],
        None if capitals.is_empty() => Vec::new(),
        None => vec![capitals],
    }
}

/// A name as it is addressed: plans write `UBND`, a letter to it `Ủy ban nhân dân`.
pub(super) fn in_full(name: &str) -> Words {
    Words::of(name.strip_prefix("UBND ").map_or_else(|| name.to_owned(), |place| format!("Ủy ban nhân dân {place}")))
}

/// The block of a signature that was recorded.
pub(super) fn signed(signature: &document::Signature) -> Signature {
    Signature { capacity: signing::of_signature(signature), name: Some(Words::of(&signature.name)) }
}

/// `05/BC-UBND`, or `…/BC-UBND` of a paper without a number.
pub(super) fn symbol(issue: Option<&IssueInfo>, document_type: &str, issuer: &str) -> String {
    issue.map_or_else(|| format!("{BLANK}/{document_type}-{issuer}"), |issue| issue.symbol.to_string())
}

/// `ngày 11 tháng 12 năm 2025`, or with blanks.
pub(super) fn dated(day: Option<Date>) -> String {
    day.map_or_else(|| format!("ngày {BLANK} tháng {BLANK} năm {BLANK}"), day_in_words)
}

/// `Gia Lộc, ngày 11 tháng 12 năm 2025`.
pub(super) fn dateline(campaign: &Campaign, day: Option<Date>) -> Words {
    let place = campaign.plan.header.as_ref().map_or(BLANK, |header| header.place.as_str());
    Words::of(format!("{place}, {}", dated(day)))
}

/// `(Kèm theo Báo cáo số 05/BC-UBND ngày … của Ủy ban nhân dân xã Gia Lộc)`.
pub(super) fn belongs_to(kind: &str, symbol: Option<&str>, day: Option<Date>, issuer: &str) -> Words {
    let numbered = symbol.map_or_else(String::new, |symbol| format!(" số {symbol}"));
    Words::of(format!("(Kèm theo {kind}{numbered} {} của {issuer})", dated(day)))
}

/// Number and day by which one paper names another: `số 145/BC-UBND ngày 08 tháng 12 năm 2025`.
pub(super) fn cited(symbol: &impl std::fmt::Display, issued_on: Date) -> String {
    format!("số {symbol} {}", dated(Some(issued_on)))
}

/// The plan as other papers name it: `Kế hoạch số 145/KH-UBND ngày 15 tháng 9 năm 2025 của Ủy ban nhân dân xã Gia Lộc`.
pub(super) fn plan_cited(campaign: &Campaign, names: Directory<'_>) -> String {
    let issue = campaign.stage.issue();
    let symbol = symbol(issue, "KH", campaign.issuer_symbol.as_str());
    let day = dated(issue.map(|issue| issue.issued_on));
    format!("Kế hoạch số {symbol} {day} của {}", names.name(campaign.issuer))
}
