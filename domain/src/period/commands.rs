//! What can be done to a period, one small struct a command.

use super::{Period, PeriodKind, Stage, owed};
use crate::{
    campaign::Campaign,
    change::{Change, Moment},
    policy::{Action, Command, Permitted},
    refusal::{Code, Fault, Refusal},
    text::{Line, Paragraph, Token},
    time::{Date, Deadline, Timestamp},
    unit::Unit,
};

/// Plans a reporting period.
#[derive(Clone, Debug)]
pub struct CreatePeriod {
    /// Short code, unique within the campaign.
    pub code: Token,
    /// Name as shown.
    pub name: Line,
    /// What sort of period.
    pub kind: PeriodKind,
    /// First day that is reported on.
    pub start_date: Date,
    /// Last day that is reported on.
    pub end_date: Date,
    /// From when on reports are expected.
    pub opens_at: Timestamp,
    /// From when on a report is late.
    pub due_before: Deadline,
    /// When it is to be closed.
    pub closes_at: Timestamp,
    /// What storage knows.
    pub facts: PeriodFacts,
}

/// What storage knows of the campaign's periods and of those who report.
#[derive(Clone, Debug, Default)]
pub struct PeriodFacts {
    /// Whether a period of the campaign has this code.
    pub code_taken: bool,
    /// Every unit of the directory, whether it still exists or not.
    pub directory: Vec<Unit>,
}

impl Command<Campaign> for CreatePeriod {
    const ACTION: Action = Action::CreatePeriod;
    type Of = Period;

    fn ready(campaign: &Campaign) -> Result<(), Code> {
        campaign.must_run()
    }

    /// `opensAt ≤ dueBefore ≤ closesAt` (`domain.md` §0.24). Who owes a report is fixed here, so that nobody becomes
    /// missing afterwards by a change of the directory.
    fn apply(self, on: Permitted<Self, Campaign>, at: Moment<'_>) -> Result<Change<Period>, Refusal> {
        if self.facts.code_taken {
            let code = Code::PeriodCodeTaken;
            return Err(Refusal { code, faults: vec![Fault::at("/code", code)] });
        }
        Refusal::unless_empty(self.check())?;
        let owed = owed(&on, &self.facts.directory, self.end_date);
        let period = Period {
            root: at.root(),
            campaign: on.root.id,
            schedule: None,
            code: self.code,
            name: self.name,
            kind: self.kind,
            starts_on: self.start_date,
            ends_on: self.end_date,
            opens_at: self.opens_at,
            due_before: self.due_before,
            closes_at: self.closes_at,
            stage: Stage::Planned,
            owed,
        };
        Ok(Change::created(period, "period.created"))
    }
}

impl CreatePeriod {
    fn check(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.end_date < self.start_date {
            faults.push(Fault::at("/endDate", Code::EndBeforeStart));
        }
        if self.due_before.instant() < self.opens_at {
            faults.push(Fault::at("/dueBefore", Code::PeriodOutOfOrder));
        }
        if self.closes_at < self.due_before.instant() {
            faults.push(Fault::at("/closesAt", Code::PeriodOutOfOrder));
        }
        faults
    }
}

/// Opens the period for reports.
#[derive(Clone, Copy, Debug)]
pub struct OpenPeriod;

impl Command<Period> for OpenPeriod {
    const ACTION: Action = Action::OpenPeriod;
    type Of = Period;

    fn ready(period: &Period) -> Result<(), Code> {
        match period.stage {
            Stage::Planned => Ok(()),
            Stage::Open { .. } | Stage::Closed { .. } | Stage::Reopened { .. } => Err(Code::PeriodNotPlanned),
        }
    }

    fn apply(self, on: Permitted<Self, Period>, at: Moment<'_>) -> Result<Change<Period>, Refusal> {
        Ok(on.made(at.now, "period.opened", |period| period.stage = Stage::Open { opened_at: at.now }))
    }
}

/// Closes the period; who has not reported is missing.
#[derive(Clone, Copy, Debug)]
pub struct ClosePeriod;

impl Command<Period> for ClosePeriod {
    const ACTION: Action = Action::ClosePeriod;
    type Of = Period;

    fn ready(period: &Period) -> Result<(), Code> {
        if period.stage.takes_reports() { Ok(()) } else { Err(Code::PeriodNotOpen) }
    }

    /// Not before the deadline: a unit that can still be on time must be able to hand in.
    fn apply(self, on: Permitted<Self, Period>, at: Moment<'_>) -> Result<Change<Period>, Refusal> {
        if !on.due_before.missed_at(at.now) {
            return Err(Code::PeriodStillDue.into());
        }
        Ok(on.made(at.now, "period.closed", |period| period.stage = Stage::Closed { closed_at: at.now }))
    }
}

/// Opens a closed period again; the deadline stays, so what comes in now is late.
#[derive(Clone, Debug)]
pub struct ReopenPeriod {
    /// Why.
    pub reason: Paragraph,
}

impl Command<Period> for ReopenPeriod {
    const ACTION: Action = Action::ReopenPeriod;
    type Of = Period;

    fn ready(period: &Period) -> Result<(), Code> {
        match period.stage {
            Stage::Closed { .. } => Ok(()),
            Stage::Planned | Stage::Open { .. } | Stage::Reopened { .. } => Err(Code::PeriodNotClosed),
        }
    }

    fn apply(self, on: Permitted<Self, Period>, at: Moment<'_>) -> Result<Change<Period>, Refusal> {
        let reason = self.reason.clone();
        Ok(on
            .made(at.now, "period.reopened", |period| {
                period.stage = Stage::Reopened { reopened_at: at.now, reason };
            })
            .because(self.reason))
    }
}
