//! What is due: which rule must remind whom of what, now. Pure, so that every edge of it can be tried without a clock.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::{About, ReminderRule, ReminderRuleId};
use crate::{
    calendar::WorkingCalendar,
    campaign::{Campaign, plan::ObligationKind},
    period::Period,
    principal::Role,
    report::compliance::{DUE_SOON_DAYS, Filing, compliance},
    time::{Deadline, Timestamp},
    unit::{Unit, UnitId},
};

/// Of which deadline a rule reminds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DeadlineKind {
    /// Of the deadline of each reporting period.
    Report,
    /// Of the deadline by which the plan wants registrations.
    Registration,
    /// Of the deadline of the report to the city.
    CityReport,
    /// Of the deadline by which a report or registration that was given back is expected again.
    Resubmission,
}

impl DeadlineKind {
    /// All kinds.
    pub const ALL: &'static [Self] = &[Self::Report, Self::Registration, Self::CityReport, Self::Resubmission];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Report => "REPORT",
            Self::Registration => "REGISTRATION",
            Self::CityReport => "CITY_REPORT",
            Self::Resubmission => "RESUBMISSION",
        }
    }

    /// Who can be reminded of it: the unit that owes it, or those through whose hands the report to the city goes.
    #[must_use]
    pub const fn roles(self) -> &'static [Role] {
        match self {
            Self::Report | Self::Registration | Self::Resubmission => &[Role::UnitOfficer, Role::UnitHead],
            Self::CityReport => &[Role::Coordinator, Role::Office, Role::Clerk, Role::Chair, Role::ViceChair],
        }
    }

    /// Whether there is such a deadline; those of periods are set with each period, those of what is given back each time.
    #[must_use]
    pub fn is_set_by(self, campaign: &Campaign) -> bool {
        let owed = match self {
            Self::Report | Self::Resubmission => return true,
            Self::Registration => ObligationKind::Registration,
            Self::CityReport => ObligationKind::CityFinal,
        };
        campaign.plan.obligations.iter().any(|one| one.kind == owed && campaign.plan.due_before(one).is_some())
    }
}

/// What storage knows when it is asked what is due.
#[derive(Clone, Debug)]
pub struct Watched {
    /// The campaign, which runs.
    pub campaign: Campaign,
    /// Its rules; retired ones too, since what they sent stays sent.
    pub rules: Vec<ReminderRule>,
    /// Its periods that take reports.
    pub periods: Vec<Period>,
    /// The reports of these periods.
    pub filings: Vec<(crate::period::PeriodId, Filing)>,
    /// The directory.
    pub units: Vec<Unit>,
    /// What lies with a unit again, to be handed in before a deadline.
    pub returned: Vec<Returned>,
    /// The units that handed a registration in, whatever has come of it.
    pub registered: BTreeSet<UnitId>,
    /// Whether a report is at the city that the city did not refuse.
    pub at_the_city: bool,
    /// The working calendar as it is known today.
    pub calendar: WorkingCalendar,
    /// Of which deadline each rule has reminded which unit.
    pub told: BTreeSet<(ReminderRuleId, Uuid, Deadline, UnitId)>,
}

/// A report or registration that was given back until a deadline.
#[derive(Clone, Debug)]
pub struct Returned {
    /// Which.
    pub about: About,
    /// The unit with which it lies.
    pub unit: UnitId,
    /// Until when it is expected back.
    pub due_before: Deadline,
}

/// A deadline that units still have to meet, or have missed.
struct Awaited {
    about: About,
    due_before: Deadline,
    units: Vec<UnitId>,
}

/// A reminder that is to be sent: by a rule, of one deadline, to the units that still owe it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Due {
    /// The rule.
    pub rule: ReminderRuleId,
    /// What it is about.
    pub about: About,
    /// The deadline.
    pub due_before: Deadline,
    /// When it was to be sent.
    pub moment: Timestamp,
    /// The units, each with those of the rule's roles that no later reminder reaches anyway.
    pub units: Vec<(UnitId, Vec<Role>)>,
}

impl Watched {
    /// What is due now, the earliest moment first.
    ///
    /// A rule reminds of what comes due after it was made. Where several have come due since anybody looked, each person
    /// hears of a deadline once, by the latest of them: what the others would have said is no longer true.
    #[must_use]
    pub fn due(&self, now: Timestamp) -> Vec<Due> {
        let mut all: Vec<Due> = self.awaited(now).iter().flat_map(|awaited| self.due_of(awaited, now)).collect();
        all.sort_by_key(|due| (due.moment, due.rule, due.about.subject(self.campaign.root.id)));
        all
    }

    fn due_of(&self, awaited: &Awaited, now: Timestamp) -> Vec<Due> {
        let kind = awaited.about.kind();
        let mut passed: Vec<(Timestamp, &ReminderRule)> = self
            .rules
            .iter()
            .filter(|rule| rule.deadline == kind)
            .map(|rule| (rule.timing.moment(awaited.due_before, &self.calendar), rule))
            .filter(|(moment, rule)| rule.root.created_at <= *moment && *moment <= now)
            .collect();
        passed.sort_by_key(|(moment, rule)| (*moment, rule.root.id));
        let due = |(index, (moment, rule)): (usize, &(Timestamp, &ReminderRule))| {
            let left = |unit: &UnitId| self.left(awaited, rule, &passed[index + 1..], *unit);
            let units: Vec<_> = awaited.units.iter().filter_map(left).collect();
            let (about, due_before) = (awaited.about.clone(), awaited.due_before);
            (!units.is_empty()).then_some(Due { rule: rule.root.id, about, due_before, moment: *moment, units })
        };
        passed.iter().enumerate().filter_map(due).collect()
    }

    /// Whom of a unit a rule still has to remind; `later` are those whose moments have come after its own.
    fn left(
        &self,
        awaited: &Awaited,
        rule: &ReminderRule,
        later: &[(Timestamp, &ReminderRule)],
        unit: UnitId,
    ) -> Option<(UnitId, Vec<Role>)> {
        let subject = awaited.about.subject(self.campaign.root.id);
        let told = |rule: &ReminderRule| self.told.contains(&(rule.root.id, subject, awaited.due_before, unit));
        if !rule.active() || told(rule) {
            return None;
        }
        let heard =
            |role: &Role| later.iter().any(|(_, other)| other.roles.contains(role) && (other.active() || told(other)));
        let roles: Vec<Role> = rule.roles.iter().copied().filter(|role| !heard(role)).collect();
        (!roles.is_empty()).then_some((unit, roles))
    }

    fn awaited(&self, now: Timestamp) -> Vec<Awaited> {
        let reports = self.periods.iter().map(|period| self.reports(period, now));
        let returned = self.returned.iter().map(|one| Awaited {
            about: one.about.clone(),
            due_before: one.due_before,
            units: vec![one.unit],
        });
        reports.chain(self.registrations(now)).chain(self.city_report()).chain(returned).collect()
    }

    /// As compliance has it: who owes a report and has handed in none.
    fn reports(&self, period: &Period, now: Timestamp) -> Awaited {
        let of_period = self.filings.iter().filter(|(of, _)| *of == period.root.id);
        let filings: Vec<_> = of_period.map(|(_, filing)| filing.clone()).collect();
        let standings = compliance(period, &filings, now, DUE_SOON_DAYS).owing;
        Awaited {
            about: About::Report { period: period.root.id, name: period.name.clone() },
            due_before: period.due_before,
            units: standings.iter().filter(|one| one.awaited()).map(|one| one.unit).collect(),
        }
    }

    /// As the plan has it: who owes a registration by a day; of units that owe it by different days, each its own.
    fn registrations(&self, now: Timestamp) -> Vec<Awaited> {
        let mut all: Vec<Awaited> = Vec::new();
        let here = |unit: &&Unit| unit.exists_on(now.date()) && !self.registered.contains(&unit.root.id);
        for unit in self.units.iter().filter(here) {
            let plan = &self.campaign.plan;
            let owed = plan
                .obligations_of(&unit.code, unit.unit_type)
                .filter(|obligation| obligation.kind == ObligationKind::Registration)
                .find_map(|obligation| plan.due_before(obligation));
            let Some(due_before) = owed else { continue };
            match all.iter_mut().find(|one| one.due_before == due_before) {
                Some(awaited) => awaited.units.push(unit.root.id),
                None => all.push(Awaited { about: About::Registration, due_before, units: vec![unit.root.id] }),
            }
        }
        all
    }

    /// Until a report is at the city that the city did not refuse, the office that compiles owes it.
    fn city_report(&self) -> Option<Awaited> {
        let plan = &self.campaign.plan;
        let owed = plan.obligations.iter().find(|obligation| obligation.kind == ObligationKind::CityFinal)?;
        let due_before = plan.due_before(owed).filter(|_| !self.at_the_city)?;
        Some(Awaited { about: About::CityReport, due_before, units: vec![self.campaign.coordinating_unit] })
    }
}
