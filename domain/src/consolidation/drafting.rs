//! Compiling the report to the city: freezing, freezing again, writing.

use super::{
    ConsolidatedKind, ConsolidatedReport, ConsolidatedReportId, FreezeFacts, Narrative, Snapshot, Stage, freeze,
};
use crate::{
    campaign::{Campaign, Plan, plan::ObligationKind},
    change::{Change, Moment},
    period::PeriodId,
    policy::{Action, Command, Permitted},
    principal::remember,
    refusal::{Code, Fault, Refusal},
    registration::{duplicates, too_long},
    text::Paragraph,
    time::{Date, Deadline, Timestamp},
    unit::UnitId,
};

/// How many periods one report may rest on.
const MAX_PERIODS: usize = 24;

/// What is to be frozen.
#[derive(Clone, Debug)]
pub struct Frozen {
    /// The periods whose accepted reports go in.
    pub periods: Vec<PeriodId>,
    /// The day that the report prints as "số liệu tính đến ngày".
    pub cut_off_date: Date,
    /// What storage knows.
    pub facts: FreezeFacts,
}

impl Frozen {
    pub(super) fn check(&self, now: Timestamp) -> Vec<Fault> {
        let mut faults = too_long("/periodIds", self.periods.len(), MAX_PERIODS);
        if self.periods.is_empty() {
            faults.push(Fault::at("/periodIds", Code::FieldMissing));
        }
        faults.extend(duplicates(&self.periods, |index| format!("/periodIds/{index}")));
        for (index, id) in self.periods.iter().enumerate() {
            if self.facts.periods.iter().all(|period| period.root.id != *id) {
                faults.push(Fault::at(format!("/periodIds/{index}"), Code::UnknownReference));
            }
        }
        if self.cut_off_date > now.date() {
            faults.push(Fault::at("/cutOffDate", Code::DayInFuture));
        }
        let figures = self.facts.accepted.iter().flat_map(|report| &report.figures);
        if figures.filter_map(|figure| figure.finding.as_ref()).any(|finding| finding.as_of > self.cut_off_date) {
            faults.push(Fault::at("/cutOffDate", Code::CutOffBeforeFigure));
        }
        faults
    }

    pub(super) fn snapshot(&self, now: Timestamp) -> Result<Snapshot, Refusal> {
        Ok(freeze(&self.facts, self.cut_off_date, now)?)
    }
}

/// Freezes the accepted reports into a report to the city.
#[derive(Clone, Debug)]
pub struct CreateConsolidatedReport {
    /// What is frozen.
    pub frozen: Frozen,
    /// What is written already.
    pub narrative: Narrative,
    /// The refused report that it replaces.
    pub replaces: Option<ConsolidatedReportId>,
    /// What storage knows of earlier reports.
    pub facts: CreationFacts,
}

/// What storage knows of the campaign's earlier reports to the city.
#[derive(Clone, Debug, Default)]
pub struct CreationFacts {
    /// The last of them: none replaces or supplements it.
    pub latest: Option<ConsolidatedReport>,
}

impl Command<Campaign> for CreateConsolidatedReport {
    const ACTION: Action = Action::CreateConsolidatedReport;
    type Of = ConsolidatedReport;

    /// The campaign need not be over: the report is due before its last day.
    fn ready(campaign: &Campaign) -> Result<(), Code> {
        if campaign.running() { Ok(()) } else { Err(Code::CampaignNotRunning) }
    }

    /// One report is on its way at a time. After the city refused it, a new one replaces it, under the same deadline and,
    /// if it was a supplement, as that supplement.
    fn apply(self, on: Permitted<Self, Campaign>, at: Moment<'_>) -> Result<Change<ConsolidatedReport>, Refusal> {
        let replaced = self.facts.room_for(self.replaces)?;
        let mut faults = self.frozen.check(at.now);
        faults.extend(self.narrative.check(&on.plan));
        Refusal::unless_empty(faults)?;
        let due_before = match replaced {
            Some(replaced) => replaced.due_before,
            None => city_deadline(&on.plan),
        };
        let report = ConsolidatedReport {
            root: at.root(),
            campaign: on.root.id,
            kind: ConsolidatedKind::CityFinal,
            issuer: on.issuer,
            issuer_symbol: on.issuer_symbol.clone(),
            coordinating_unit: on.coordinating_unit,
            stage: Stage::Draft,
            snapshot: self.frozen.snapshot(at.now)?,
            narrative: self.narrative,
            signed_as_frozen: false,
            replaces: self.replaces,
            supplements: replaced.and_then(|replaced| replaced.supplements),
            supplement_reason: replaced.and_then(|replaced| replaced.supplement_reason.clone()),
            due_before,
            return_reason: None,
            drafters: vec![on.by().person],
            submitters: Vec::new(),
        };
        Ok(Change::created(report, "consolidatedReport.created"))
    }
}

/// Until when the plan wants the report to be at the city.
fn city_deadline(plan: &Plan) -> Option<Deadline> {
    let to_city = plan.obligations.iter().find(|obligation| obligation.kind == ObligationKind::CityFinal)?;
    plan.due_before(to_city)
}

impl CreationFacts {
    /// The report that is replaced, if any, where there is room for one more.
    fn room_for(&self, replaces: Option<ConsolidatedReportId>) -> Result<Option<&ConsolidatedReport>, Refusal> {
        let code = match (&self.latest, replaces) {
            (None, None) => return Ok(None),
            (Some(latest), Some(id)) if latest.root.id == id && matches!(latest.stage, Stage::Refused { .. }) => {
                return Ok(Some(latest));
            }
            (Some(_), None) => Code::ConsolidatedReportExists,
            (Some(_) | None, Some(_)) => Code::ReplacesNotRefused,
        };
        Err(Refusal { code, faults: vec![Fault::at("/replacesId", code)] })
    }
}

/// Freezes again, while the report is a draft; what was said of units that are still missing stays.
#[derive(Clone, Debug)]
pub struct FreezeConsolidatedReport {
    /// What is frozen.
    pub frozen: Frozen,
}

impl Command<ConsolidatedReport> for FreezeConsolidatedReport {
    const ACTION: Action = Action::FreezeConsolidatedReport;
    type Of = ConsolidatedReport;

    fn ready(report: &ConsolidatedReport) -> Result<(), Code> {
        draft(report)
    }

    fn apply(
        self,
        on: Permitted<Self, ConsolidatedReport>,
        at: Moment<'_>,
    ) -> Result<Change<ConsolidatedReport>, Refusal> {
        Refusal::unless_empty(self.frozen.check(at.now))?;
        let mut snapshot = self.frozen.snapshot(at.now)?;
        for missing in &mut snapshot.missing {
            let before = on.snapshot.missing.iter().find(|it| it.unit == missing.unit && it.period == missing.period);
            missing.explanation = before.and_then(|before| before.explanation.clone());
        }
        let person = on.by().person;
        Ok(on.made(at.now, "consolidatedReport.frozen", |report| {
            report.snapshot = snapshot;
            remember(&mut report.drafters, person);
        }))
    }
}

pub(super) fn draft(report: &ConsolidatedReport) -> Result<(), Code> {
    match report.stage {
        Stage::Draft => Ok(()),
        Stage::UnderReview
        | Stage::Signed { .. }
        | Stage::Issued { .. }
        | Stage::Sent { .. }
        | Stage::Acknowledged { .. }
        | Stage::Refused { .. }
        | Stage::Supplemented { .. } => Err(Code::ConsolidatedReportNotDraft),
    }
}

/// What the coordinating office says about a missing unit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explanation {
    /// The unit.
    pub unit: UnitId,
    /// The period for which it owes a report.
    pub period: PeriodId,
    /// What there is to say.
    pub explanation: Paragraph,
}

/// Replaces the narrative and what is said of missing units, as a whole; the frozen figures stay.
#[derive(Clone, Debug)]
pub struct ReplaceConsolidatedReport {
    /// The narrative that takes its place.
    pub narrative: Narrative,
    /// What is said of missing units.
    pub explanations: Vec<Explanation>,
    /// What storage knows.
    pub facts: ReplacementFacts,
}

/// What storage knows of the plan that the narrative is about.
#[derive(Clone, Debug)]
pub struct ReplacementFacts {
    /// The plan of the campaign.
    pub plan: Plan,
}

impl Command<ConsolidatedReport> for ReplaceConsolidatedReport {
    const ACTION: Action = Action::ReplaceConsolidatedReport;
    type Of = ConsolidatedReport;

    fn ready(report: &ConsolidatedReport) -> Result<(), Code> {
        draft(report)
    }

    fn apply(
        self,
        on: Permitted<Self, ConsolidatedReport>,
        at: Moment<'_>,
    ) -> Result<Change<ConsolidatedReport>, Refusal> {
        let mut faults = self.narrative.check(&self.facts.plan);
        let named: Vec<_> = self.explanations.iter().map(|it| (it.unit, it.period)).collect();
        faults.extend(duplicates(&named, |index| format!("/explanations/{index}/unitId")));
        for (index, (unit, period)) in named.iter().enumerate() {
            if !on.snapshot.missing.iter().any(|missing| missing.unit == *unit && missing.period == *period) {
                faults.push(Fault::at(format!("/explanations/{index}/unitId"), Code::UnknownReference));
            }
        }
        Refusal::unless_empty(faults)?;
        let person = on.by().person;
        Ok(on.made(at.now, "consolidatedReport.replaced", |report| {
            report.narrative = self.narrative;
            for missing in &mut report.snapshot.missing {
                let said = self.explanations.iter().find(|it| it.unit == missing.unit && it.period == missing.period);
                missing.explanation = said.map(|said| said.explanation.clone());
            }
            remember(&mut report.drafters, person);
        }))
    }
}
