//! What Văn phòng sends by itself: an official letter (*công văn đôn đốc*) to units of its choice.

use std::collections::BTreeSet;

use super::{
    About, Occasion, Recipient, Reminder,
    sending::{Letter, tell},
};
use crate::{
    campaign::Campaign,
    change::{Change, Moment},
    document::symbol::{DocSymbol, Grammar},
    period::{Period, PeriodId},
    policy::{Action, Command, Permitted},
    principal::Role,
    refusal::{Code, Fault, Refusal},
    report::compliance::{DUE_SOON_DAYS, Filing, compliance},
    time::Timestamp,
    unit::UnitId,
};

/// Who of a unit is told of a letter.
pub const ADDRESSED: &[Role] = &[Role::UnitOfficer, Role::UnitHead];

/// Sends a letter to units, about the report for a period or about the campaign as a whole.
#[derive(Clone, Debug)]
pub struct SendReminder {
    /// The units, in the order in which they were named.
    pub units: Vec<UnitId>,
    /// The period whose report is asked for, where it is one.
    pub period: Option<PeriodId>,
    /// The letter.
    pub letter: Letter,
    /// What storage knows.
    pub facts: LetterFacts,
}

/// What storage knows of units and period when a letter is sent.
#[derive(Clone, Debug, Default)]
pub struct LetterFacts {
    /// Which of the units exist today.
    pub known: BTreeSet<UnitId>,
    /// The period, if the campaign has it.
    pub period: Option<Period>,
    /// The reports for it.
    pub filings: Vec<Filing>,
    /// Everybody who can be told.
    pub recipients: Vec<Recipient>,
}

impl Command<Campaign> for SendReminder {
    const ACTION: Action = Action::SendReminder;
    type Of = Reminder;

    fn ready(campaign: &Campaign) -> Result<(), Code> {
        campaign.must_run()
    }

    /// A unit that owes no report for the period, or has handed it in, is not asked for it.
    fn apply(self, on: Permitted<Self, Campaign>, at: Moment<'_>) -> Result<Change<Reminder>, Refusal> {
        let mut faults = self.letter.faults(at.now);
        if self.period.is_some() && self.facts.period.is_none() {
            faults.push(Fault::at("/periodId", Code::UnknownReference));
        }
        faults.extend(self.faults_of_units(at.now));
        Refusal::unless_empty(faults)?;
        let (about, due_before) = match &self.facts.period {
            Some(period) => {
                let about = About::Report { period: period.root.id, name: period.name.clone() };
                (Some(about), Some(period.due_before))
            }
            None => (None, None),
        };
        let told = self.units.iter().map(|unit| tell(*unit, ADDRESSED, &self.facts.recipients, at)).collect();
        let reminder = Reminder {
            root: at.root(),
            campaign: on.root.id,
            occasion: Occasion::Letter(self.letter),
            about,
            due_before,
            told,
        };
        Ok(Change::created(reminder, "reminder.sent"))
    }
}

impl SendReminder {
    fn faults_of_units(&self, now: Timestamp) -> Vec<Fault> {
        let awaited = self.facts.period.as_ref().map(|period| {
            let standings = compliance(period, &self.facts.filings, now, DUE_SOON_DAYS).owing;
            standings.iter().filter(|one| one.awaited()).map(|one| one.unit).collect::<BTreeSet<_>>()
        });
        let fault = |(index, unit): (usize, &UnitId)| {
            let code = if !self.facts.known.contains(unit) {
                Code::UnknownReference
            } else if self.units[..index].contains(unit) {
                Code::Duplicate
            } else if awaited.as_ref().is_some_and(|awaited| !awaited.contains(unit)) {
                Code::NothingOwed
            } else {
                return None;
            };
            Some(Fault::at(format!("/unitIds/{index}"), code))
        };
        self.units.iter().enumerate().filter_map(fault).collect()
    }
}

impl Letter {
    /// A symbol of a State body (NĐ 30/2020, article 15 and appendix III), and a day that is not in the future.
    fn faults(&self, now: Timestamp) -> Vec<Fault> {
        let mut faults = Vec::new();
        if DocSymbol::parse_as(Grammar::State, self.symbol.as_str()).is_err() {
            faults.push(Fault::at("/document/symbol", Code::SymbolMalformed));
        }
        if self.issued_on > now.date() {
            faults.push(Fault::at("/document/issueDate", Code::DayInFuture));
        }
        faults
    }
}
