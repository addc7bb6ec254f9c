//! Carrying a schedule out.

use super::{Pattern, PeriodSchedule, PeriodScheduleId, ScheduledPeriod, Slot};
use crate::{
    calendar::{CalendarDay, WorkingCalendar},
    campaign::Campaign,
    change::{Change, Consequence, Moment},
    period::{CreatePeriod, Period, Stage, owed},
    policy::{Action, Command, Permitted},
    refusal::{Code, Refusal},
    unit::Unit,
};

/// Plans every period of a schedule that is not there yet, or none.
#[derive(Clone, Debug)]
pub struct CreatePeriodSchedule {
    /// What is asked for.
    pub pattern: Pattern,
    /// What storage knows.
    pub facts: ScheduleFacts,
}

/// What storage knows of the calendar, of the campaign's periods, and of those who report.
#[derive(Clone, Debug, Default)]
pub struct ScheduleFacts {
    /// Exceptions of the working calendar over the days concerned, withdrawn ones among them.
    pub exceptions: Vec<CalendarDay>,
    /// The periods of the campaign.
    pub existing: Vec<ScheduledPeriod>,
    /// Every unit of the directory, whether it still exists or not.
    pub directory: Vec<Unit>,
}

impl Command<Campaign> for CreatePeriodSchedule {
    const ACTION: Action = Action::CreatePeriodSchedule;
    type Of = PeriodSchedule;

    fn ready(campaign: &Campaign) -> Result<(), Code> {
        <CreatePeriod as Command<Campaign>>::ready(campaign)
    }

    /// What is there under a code of the schedule is left as it is, so that it can be carried out again. Who owes a report
    /// is fixed as for a period that is planned alone.
    fn apply(self, on: Permitted<Self, Campaign>, at: Moment<'_>) -> Result<Change<PeriodSchedule>, Refusal> {
        let known_on = at.now.date();
        let calendar = WorkingCalendar::known_on(&self.facts.exceptions, known_on);
        let slots = self.pattern.slots(&calendar)?;
        let mut schedule = PeriodSchedule {
            root: at.root(),
            campaign: on.root.id,
            pattern: self.pattern,
            known_on,
            planned: Vec::new(),
            existing: Vec::new(),
        };
        let mut periods = Vec::new();
        for slot in slots {
            if let Some(existing) = self.facts.existing.iter().find(|one| one.code == slot.code) {
                schedule.existing.push(existing.clone());
                continue;
            }
            let period = planned(&on, &schedule, slot, &self.facts.directory, at);
            schedule.planned.push(ScheduledPeriod { period: period.root.id, code: period.code.clone() });
            periods.push(Change::created(period, "period.created"));
        }
        Ok(Change::created(schedule, "periodSchedule.created").causing(Consequence::Periods(periods)))
    }
}

fn planned(campaign: &Campaign, schedule: &PeriodSchedule, slot: Slot, directory: &[Unit], at: Moment<'_>) -> Period {
    let from: PeriodScheduleId = schedule.root.id;
    Period {
        root: at.root(),
        campaign: campaign.root.id,
        schedule: Some(from),
        owed: owed(campaign, directory, slot.ends_on),
        code: slot.code,
        name: slot.name,
        kind: schedule.pattern.kind,
        starts_on: slot.starts_on,
        ends_on: slot.ends_on,
        opens_at: slot.opens_at,
        due_before: slot.due_before,
        closes_at: slot.closes_at,
        stage: Stage::Planned,
    }
}
