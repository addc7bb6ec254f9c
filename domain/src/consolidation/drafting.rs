//! Compiling a report: whose paper it is, what it takes the place of, and what is written.

use super::{
    ConsolidatedKind, ConsolidatedReport, ConsolidatedReportId, Narrative, Stage,
    freezing::{Frozen, draft},
};
use crate::{
    campaign::{Campaign, Plan},
    change::{Change, Moment},
    period::PeriodId,
    policy::{Action, Addressee, Command, Permitted, Subject, may_on_one},
    principal::{Actor, remember},
    refusal::{Code, Fault, Refusal},
    registration::duplicates,
    text::{Paragraph, Token},
    time::Deadline,
    unit::UnitId,
};

/// The subject of compiling: a campaign, and which of its reports it will be.
#[derive(Clone, Debug)]
pub struct Compilation {
    /// The campaign.
    pub campaign: Campaign,
    /// Which report.
    pub kind: ConsolidatedKind,
}

impl Subject for Compilation {
    fn unit(&self) -> Option<UnitId> {
        None
    }
    fn addressee(&self) -> Option<Addressee> {
        Some(self.kind.addressee())
    }
}

/// Freezes the accepted reports into a report to the city or to the committee.
#[derive(Clone, Debug)]
pub struct CreateConsolidatedReport {
    /// What is frozen.
    pub frozen: Frozen,
    /// What is written already.
    pub narrative: Narrative,
    /// The report that it replaces.
    pub replaces: Option<ConsolidatedReportId>,
    /// Until when the addressee wants it, where the plan gives no date.
    pub due_before: Option<Deadline>,
    /// What storage knows.
    pub facts: CreationFacts,
}

/// What storage knows of the campaign's earlier reports and of who reports.
#[derive(Clone, Debug, Default)]
pub struct CreationFacts {
    /// The report whose place it could take, as far as nothing has taken it: of those to the city the last, of those to
    /// the committee the one of the same kind on exactly the same periods.
    pub latest: Option<ConsolidatedReport>,
    /// The office that the plan asks for it, where it goes to the committee.
    pub office: Option<UnitId>,
}

impl Command<Compilation> for CreateConsolidatedReport {
    const ACTION: Action = Action::CreateConsolidatedReport;
    type Of = ConsolidatedReport;

    /// The campaign need not be over: the report to the city is due before its last day.
    fn ready(on: &Compilation) -> Result<(), Code> {
        on.campaign.must_run()
    }

    /// One report to the city is on its way at a time. After the city refused it, a new one replaces it, under the same
    /// deadline and, if it was a supplement, as that supplement. Of those to the committee one of a kind stands on the
    /// same periods; what the committee has is put right by a new one that replaces it.
    fn apply(self, on: Permitted<Self, Compilation>, at: Moment<'_>) -> Result<Change<ConsolidatedReport>, Refusal> {
        let replaced = self.facts.room_for(on.kind, self.replaces)?;
        let mut faults = self.frozen.check(on.kind, at.now);
        faults.extend(self.narrative.check(&on.campaign.plan));
        let given = match replaced {
            Some(replaced) => replaced.due_before,
            None => on.kind.obligation(&on.campaign.plan).and_then(|duty| on.campaign.plan.due_before(duty)),
        };
        if given.is_some() && self.due_before.is_some() {
            faults.push(Fault::at("/dueBefore", Code::DeadlineGiven));
        }
        let paper = self.facts.paper_of(&on).map_err(|fault| faults.push(fault)).ok();
        Refusal::unless_empty(faults)?;
        let Some(paper) = paper else { return Err(Refusal::field("/kind", Code::ReportNotAskedFor)) };
        let report = ConsolidatedReport {
            root: at.root(),
            campaign: on.campaign.root.id,
            kind: on.kind,
            issuer: paper.issuer,
            issuer_symbol: paper.symbol,
            coordinating_unit: paper.compiler,
            addressee: paper.addressee,
            stage: Stage::Draft,
            snapshot: self.frozen.snapshot(at.now)?,
            supplements: replaced.and_then(|replaced| replaced.supplements),
            supplemented_issue: replaced.and_then(|replaced| replaced.supplemented_issue.clone()),
            supplement_reason: replaced.and_then(|replaced| replaced.supplement_reason.clone()),
            narrative: self.narrative,
            signed_as_frozen: false,
            replaces: self.replaces,
            replaced_issue: replaced.and_then(|replaced| replaced.stage.issue().cloned()),
            due_before: given.or(self.due_before),
            return_reason: None,
            format_check: None,
            sealed_at: None,
            drafters: vec![on.by().person],
            submitters: Vec::new(),
        };
        Ok(Change::created(report, "consolidatedReport.created"))
    }
}

impl CreateConsolidatedReport {
    /// Whether the caller could compile one of this campaign, to the city or to the committee.
    ///
    /// # Errors
    /// The code of what stands in the way: the policy first, then the stage.
    pub fn could(actor: &Actor, campaign: &Campaign) -> Result<(), Code> {
        may_on_one(actor, Self::ACTION, [Addressee::City, Addressee::Committee])?;
        campaign.must_run()
    }
}

/// Whose paper it is.
struct Paper {
    issuer: UnitId,
    symbol: Token,
    compiler: UnitId,
    addressee: Option<UnitId>,
}

impl CreationFacts {
    /// The commune's own where it goes to the city; else that of the office which the plan asks for it, under the code
    /// of that office ("03/BC-VP", `domain.md` §3.1).
    fn paper_of(&self, on: &Compilation) -> Result<Paper, Fault> {
        let Campaign { issuer, issuer_symbol, coordinating_unit, plan, .. } = &on.campaign;
        if on.kind.addressee() == Addressee::City {
            let (symbol, compiler) = (issuer_symbol.clone(), *coordinating_unit);
            return Ok(Paper { issuer: *issuer, symbol, compiler, addressee: None });
        }
        match (on.kind.obligation(plan), self.office) {
            (Some(duty), Some(office)) => {
                Ok(Paper { issuer: office, symbol: duty.party.clone(), compiler: office, addressee: Some(*issuer) })
            }
            (None, _) | (_, None) => Err(Fault::at("/kind", Code::ReportNotAskedFor)),
        }
    }

    /// The report that is replaced, if any, where there is room for one more.
    fn room_for(
        &self,
        kind: ConsolidatedKind,
        replaces: Option<ConsolidatedReportId>,
    ) -> Result<Option<&ConsolidatedReport>, Refusal> {
        let (taken, not_replaceable) = match kind.addressee() {
            Addressee::City => (Code::ConsolidatedReportExists, Code::ReplacesNotRefused),
            Addressee::Committee => (Code::ConsolidatedReportExistsForPeriods, Code::ReplacesNotReceived),
        };
        let replaceable = |stage: &Stage| match kind.addressee() {
            Addressee::City => matches!(stage, Stage::Refused { .. }),
            Addressee::Committee => matches!(stage, Stage::Received { .. } | Stage::HandedBack { .. }),
        };
        let code = match (&self.latest, replaces) {
            (None, None) => return Ok(None),
            (Some(latest), Some(id)) if latest.root.id == id && replaceable(&latest.stage) => return Ok(Some(latest)),
            (Some(_), None) => taken,
            (Some(_) | None, Some(_)) => not_replaceable,
        };
        Err(Refusal { code, faults: vec![Fault::at("/replacesId", code)] })
    }
}

/// What who compiles says about a missing unit.
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
