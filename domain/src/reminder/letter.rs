//! What Văn phòng sends by itself: an official letter (*công văn đôn đốc*) to units of its choice.

use std::collections::BTreeSet;

use super::{
    About, Occasion, Recipient, Reminder,
    sending::{Letter, tell},
};
use crate::{
    campaign::{Campaign, CampaignId},
    change::{Change, Consequence, Moment},
    document::{Document, DocumentType},
    period::{Period, PeriodId},
    policy::{Action, Command, Permitted},
    principal::Role,
    refusal::{Code, Fault, Refusal},
    report::compliance::{DUE_SOON_DAYS, Filing, compliance},
    text::Paragraph,
    time::Timestamp,
    unit::UnitId,
};

/// Who of a unit is told of a letter.
pub const ADDRESSED: &[Role] = &[Role::UnitOfficer, Role::UnitHead];

/// What sort of document asks units for anything: an official letter (công văn), a notice (thông báo), a telegram (công điện).
/// Any other one, a report to the city among them, is not for all units to read.
const REMINDING: &[DocumentType] = &[DocumentType::OfficialLetter, DocumentType::Notice, DocumentType::Telegram];

/// Sends a letter of the outgoing register to units, about the report for a period or about the campaign as a whole.
#[derive(Clone, Debug)]
pub struct SendReminder {
    /// The units, in the order in which they were named.
    pub units: Vec<UnitId>,
    /// The period whose report is asked for, where it is one.
    pub period: Option<PeriodId>,
    /// What it asks for.
    pub message: Paragraph,
    /// What storage knows.
    pub facts: LetterFacts,
}

/// What storage knows of letter, units and period when a letter is sent.
#[derive(Clone, Debug, Default)]
pub struct LetterFacts {
    /// The letter, if the register has it, locked for this change: the units see it from now on.
    pub document: Option<Document>,
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
        let letter = self.facts.document.as_ref().ok_or(Code::UnknownReference);
        let fit = letter.and_then(|document| document.reminds(on.root.id).map(|()| document));
        let mut faults: Vec<_> = fit.err().into_iter().map(|code| Fault::at("/documentId", code)).collect();
        if self.period.is_some() && self.facts.period.is_none() {
            faults.push(Fault::at("/periodId", Code::UnknownReference));
        }
        faults.extend(self.faults_of_units(at.now));
        Refusal::unless_empty(faults)?;
        let document = fit?;
        let (about, due_before) = match &self.facts.period {
            Some(period) => {
                let about = About::Report { period: period.root.id, name: period.name.clone() };
                (Some(about), Some(period.due_before))
            }
            None => (None, None),
        };
        let told = self.units.iter().map(|unit| tell(*unit, ADDRESSED, &self.facts.recipients, at)).collect();
        let letter = Letter {
            document: Some(document.root.id),
            symbol: document.symbol.clone(),
            issued_on: document.issued_on,
            message: self.message,
        };
        let occasion = Occasion::Letter(letter);
        let reminder = Reminder { root: at.root(), campaign: on.root.id, occasion, about, due_before, told };
        let sent = Change::created(reminder, "reminder.sent");
        Ok(match document.shown(&self.units, at.now) {
            Some(shown) => sent.causing(Consequence::Document(Box::new(shown))),
            None => sent,
        })
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

impl Document {
    /// Whether units of this campaign can be reminded with it: with what has left the house and still stands.
    fn reminds(&self, campaign: CampaignId) -> Result<(), Code> {
        if self.campaign.is_some_and(|of| of != campaign) {
            Err(Code::ReminderOfOtherCampaign)
        } else if !REMINDING.contains(&self.document_type) {
            Err(Code::ReminderByOtherType)
        } else if self.withdrawn() {
            Err(Code::ReminderDocumentWithdrawn)
        } else if self.stage.departure().is_none() {
            Err(Code::ReminderDocumentNotDispatched)
        } else {
            Ok(())
        }
    }
}
