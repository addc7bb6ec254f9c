//! What a unit does with its report, one small struct a command.

use serde::Deserialize;

use super::{Content, Numbered, Report, ReportId, Stage, figure};
use crate::{
    attachment::{Attachment, Proven},
    campaign::{Campaign, Plan},
    change::{Change, Consequence, Moment},
    document::{DocumentType, Signature, SignedPaper},
    period::{self, Period, Terms},
    policy::{Action, Command, Existing, Part, Permitted, Subject, Within, may_on_one},
    principal::{Actor, PersonId, remember},
    refusal::{Code, Fault, Refusal},
    registration::corrected_with_reason,
    rule::{self, RuleFacts},
    target::Target,
    text::Paragraph,
    unit::{UnitId, UnitType},
};

/// A period with its campaign, in which a report is drafted.
#[derive(Clone, Debug)]
pub struct PeriodContext {
    /// The campaign of the period.
    pub campaign: Campaign,
    /// The period.
    pub period: Period,
}

/// Drafts a unit's report for a period, or the correction of the accepted one.
///
/// A unit need not owe a report to write one: thôn, HTX and enterprises owe none and may still report.
#[derive(Clone, Debug)]
pub struct CreateReport {
    /// What is reported.
    pub content: Content,
    /// The accepted report that it corrects.
    pub corrects: Option<ReportId>,
    /// Why it is corrected.
    pub correction_reason: Option<Paragraph>,
    /// What storage knows of the unit.
    pub facts: CreationFacts,
}

/// What storage knows of the unit that wants to report.
#[derive(Clone, Debug, Default)]
pub struct CreationFacts {
    /// Whether the unit exists on the last day of the period.
    pub unit_existed: bool,
    /// The unit's report for the period, neither superseded nor a correction that is still open.
    pub current: Option<Report>,
    /// Whether a correction for unit and period is in a stage of [`Stage::OPEN`].
    pub correction_open: bool,
    /// What is attached to the report that is corrected.
    pub evidence: Vec<Attachment>,
}

impl Command<Within<PeriodContext>> for CreateReport {
    const ACTION: Action = Action::CreateReport;
    type Of = Report;

    fn ready(on: &Within<PeriodContext>) -> Result<(), Code> {
        on.parent.campaign.must_run()?;
        has_begun(&on.parent.period)
    }

    /// One report counts per unit and period (`domain.md` §4.3, 16). A closed period takes corrections: they change
    /// what was accepted, not whether the unit was in time, so they keep the lateness of what they correct. A correction
    /// begins with the files of what it corrects.
    fn apply(self, on: Permitted<Self, Within<PeriodContext>>, at: Moment<'_>) -> Result<Change<Report>, Refusal> {
        let PeriodContext { campaign, period } = &on.parent;
        if self.corrects.is_none() && !period.stage.takes_reports() {
            let code = Code::PeriodNotOpen;
            return Err(Refusal { code, faults: vec![Fault::at("/correctsId", code)] });
        }
        let corrected = self.facts.room_for(self.corrects)?;
        let mut faults = corrected_with_reason(self.corrects.is_some(), self.correction_reason.is_some());
        if !self.facts.unit_existed {
            faults.push(Fault::at("/unitId", Code::UnitNotThere));
        }
        faults.extend(self.content.check(&campaign.plan));
        Refusal::unless_empty(faults)?;
        let (root, person) = (at.root(), on.by().person);
        let carried: Vec<_> = corrected
            .iter()
            .flat_map(|report| &report.attachments)
            .filter_map(|enclosed| self.facts.evidence.iter().find(|one| one.root.id == enclosed.attachment))
            .map(|one| one.carried_to(root.id, person, at))
            .collect();
        let report = Report {
            root,
            campaign: campaign.root.id,
            period: period.root.id,
            unit: on.unit,
            coordinating_unit: campaign.coordinating_unit,
            stage: Stage::Draft,
            content: self.content,
            figures: Vec::new(),
            violations: Vec::new(),
            silent_rules: Vec::new(),
            attachments: carried.iter().map(|change| change.next().enclosure()).collect(),
            corrects: self.corrects,
            corrected_number: corrected.and_then(|report| report.own_number.clone()),
            correction_reason: self.correction_reason,
            signature: None,
            own_number: None,
            round: 0,
            drafters: vec![person],
            submitters: Vec::new(),
            first_submitted_at: corrected.and_then(|report| report.first_submitted_at),
            late: corrected.and_then(|report| report.late),
            remarks: Vec::new(),
        };
        Ok(Change::created(report, "report.created").causing(Consequence::Attachments(carried)))
    }
}

impl CreateReport {
    /// Whether the caller could draft one for this period, or a correction of one, for some unit. A period is planned in a
    /// running campaign only.
    ///
    /// # Errors
    /// The code of what stands in the way: the policy first, then the stage.
    pub fn could(actor: &Actor, period: &Period) -> Result<(), Code> {
        may_on_one(actor, Self::ACTION, Within::for_units_of(actor))?;
        has_begun(period)
    }
}

/// Whether reports are written for a period: first ones while it is open, corrections also after it.
const fn has_begun(period: &Period) -> Result<(), Code> {
    match period.stage {
        period::Stage::Planned => Err(Code::PeriodNotOpen),
        period::Stage::Open { .. } | period::Stage::Closed { .. } | period::Stage::Reopened { .. } => Ok(()),
    }
}

impl CreationFacts {
    /// What follows from the unit's reports for the period that are not superseded.
    #[must_use]
    pub fn of(unit_existed: bool, reports: Vec<Report>, evidence: Vec<Attachment>) -> Self {
        let (corrections, current): (Vec<_>, Vec<_>) = reports.into_iter().partition(Report::is_open_correction);
        Self { unit_existed, current: current.into_iter().next(), correction_open: !corrections.is_empty(), evidence }
    }

    /// The report that is corrected, if any, where there is room for one more.
    fn room_for(&self, corrects: Option<ReportId>) -> Result<Option<&Report>, Refusal> {
        let code = match (&self.current, corrects) {
            (_, Some(_)) if self.correction_open => Code::CorrectionOpen,
            (None, None) if !self.correction_open => return Ok(None),
            (Some(current), Some(corrects)) if current.root.id == corrects && current.stage.counts() => {
                return Ok(Some(current));
            }
            (Some(_) | None, None) => Code::ReportExists,
            (Some(_) | None, Some(_)) => Code::CorrectsNotAccepted,
        };
        Err(Refusal { code, faults: vec![Fault::at("/correctsId", code)] })
    }
}

/// What storage knows of the plan that a report is about.
#[derive(Clone, Debug)]
pub struct ReportFacts {
    /// The plan of the campaign.
    pub plan: Plan,
    /// Whether the unit exists on the last day of the period.
    pub unit_existed: bool,
}

/// A unit reports on periods that ended while it existed, and on no others.
const fn unit_was_there(existed: bool) -> Result<(), Code> {
    if existed { Ok(()) } else { Err(Code::UnitNotThere) }
}

/// Replaces what is reported as a whole.
#[derive(Clone, Debug)]
pub struct ReplaceReport {
    /// What takes its place.
    pub content: Content,
    /// What storage knows.
    pub facts: ReportFacts,
}

impl Command<Report> for ReplaceReport {
    const ACTION: Action = Action::ReplaceReport;
    type Of = Report;

    fn ready(report: &Report) -> Result<(), Code> {
        with_the_unit(report)
    }

    fn apply(self, on: Permitted<Self, Report>, at: Moment<'_>) -> Result<Change<Report>, Refusal> {
        unit_was_there(self.facts.unit_existed)?;
        Refusal::unless_empty(self.content.check(&self.facts.plan))?;
        let person = on.by().person;
        Ok(on.made(at.now, "report.replaced", |report| {
            report.content = self.content;
            remember(&mut report.drafters, person);
        }))
    }
}

/// Whether the unit can still write it: a draft, or given back.
pub(crate) fn with_the_unit(report: &Report) -> Result<(), Code> {
    if report.stage.is_with_the_unit() { Ok(()) } else { Err(Code::ReportNotEditable) }
}

/// A report with the terms of its period, to which handing it in is bound.
#[derive(Clone, Debug, Deserialize)]
pub struct Filed {
    /// The report.
    pub report: Report,
    /// The terms of its period.
    pub terms: Terms,
}

impl Subject for Filed {
    fn unit(&self) -> Option<UnitId> {
        self.report.unit()
    }
    fn coordinating_unit(&self) -> Option<UnitId> {
        self.report.coordinating_unit()
    }
    fn took_part(&self, part: Part, person: PersonId) -> bool {
        self.report.took_part(part, person)
    }
}

impl Existing for Filed {
    fn version(&self) -> i64 {
        self.report.root.version
    }
}

/// Signs the report for the unit and hands it in.
#[derive(Clone, Debug)]
pub struct SubmitReport {
    /// The number that the unit gave the paper, where it numbers its reports.
    pub numbered: Numbered,
    /// What storage knows.
    pub facts: SubmissionFacts,
}

/// What storage knows of the unit's targets when a report is handed in.
#[derive(Clone, Debug)]
pub struct SubmissionFacts {
    /// Every target of the unit in this campaign that is not retired, the plan's own included.
    pub targets: Vec<Target>,
    /// The measurements that the content names, as far as they exist, with what proves them.
    pub measurements: Vec<Proven>,
    /// The rules of the campaign, and what they compare the figures with.
    pub rules: RuleFacts,
    /// Whether the unit exists on the last day of the period.
    pub unit_existed: bool,
    /// What sort of unit it is.
    pub unit_type: UnitType,
}

impl Command<Filed> for SubmitReport {
    const ACTION: Action = Action::SubmitReport;
    type Of = Report;

    /// What was handed in before, or corrects what was, comes back whatever has become of the period since.
    fn ready(filed: &Filed) -> Result<(), Code> {
        let Filed { report, terms } = filed;
        with_the_unit(report)?;
        let for_the_first_time = report.round == 0 && report.corrects.is_none();
        if for_the_first_time && !terms.stage.takes_reports() { Err(Code::PeriodNotOpen) } else { Ok(()) }
    }

    /// Every target in force has a value or an explanation, and the values are frozen into the report with the rules
    /// that they go against. To hand it in is to sign it for the unit, and each time anew. Late is allowed and marked, by
    /// the first submission and for ever (`domain.md` §4.3, 17).
    fn apply(self, on: Permitted<Self, Filed>, at: Moment<'_>) -> Result<Change<Report>, Refusal> {
        unit_was_there(self.facts.unit_existed)?;
        let figures = figure::freeze(&on.report.content, &self.facts, on.terms.ends_on)?;
        let comments = &on.report.content.rule_comments;
        let judged = rule::judge(on.report.unit, &figures, comments, &self.facts.rules).map_err(Refusal::invalid)?;
        let own_number = self.numbered.by(self.facts.unit_type, &on.terms, at.now.date())?;
        let unit = Some((on.report.unit, self.facts.unit_type));
        let paper = SignedPaper { unit, document_type: DocumentType::Report };
        let signature = Signature::of(on.by(), on.role(), paper, at.now);
        let person = on.by().person;
        let due_before = on.terms.due_before;
        Ok(Change::made(&on.report, at.now, "report.submitted", |report| {
            report.stage = Stage::Submitted { submitted_at: at.now };
            report.figures = figures;
            report.signature = Some(signature);
            report.own_number = own_number;
            report.violations = judged.violations;
            report.silent_rules = judged.silent;
            report.round += 1;
            remember(&mut report.submitters, person);
            report.first_submitted_at.get_or_insert(at.now);
            report.late.get_or_insert(due_before.missed_at(at.now));
        }))
    }
}
