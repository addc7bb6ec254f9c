//! What can be done to a campaign, one small struct a command.

use std::collections::BTreeMap;

use super::{Campaign, Plan, Stage};
use crate::{
    change::{Change, Consequence, Moment},
    document::{DocumentType, FormatCheck, Numbering, Paper, Signature, Signed, SignedPaper},
    policy::{Action, Command, Directory, Permitted},
    principal::remember,
    refusal::{Code, Fault, Refusal},
    target::Target,
    text::{Paragraph, Token},
    unit::{Unit, UnitId},
};

/// Begins the draft of a campaign with its whole plan.
#[derive(Clone, Debug)]
pub struct CreateCampaign {
    /// Short code, unique.
    pub code: Token,
    /// The authority that will issue the plan, which the caller of this command has looked up; its code is its part of
    /// document symbols.
    pub issuer: Unit,
    /// The office that drafts and compiles, likewise.
    pub coordinating_unit: Unit,
    /// The plan.
    pub plan: Plan,
}

impl Command<Directory> for CreateCampaign {
    const ACTION: Action = Action::CreateCampaign;
    type Of = Campaign;

    fn ready(_: &Directory) -> Result<(), Code> {
        Ok(())
    }

    /// Who leads a campaign must be there as long as it lasts, so that no end may be recorded of it.
    fn apply(self, on: Permitted<Self, Directory>, at: Moment<'_>) -> Result<Change<Campaign>, Refusal> {
        let today = at.now.date();
        let leading = [("/issuerUnitId", &self.issuer), ("/coordinatingUnitId", &self.coordinating_unit)];
        let gone = |(pointer, unit): (&str, &Unit)| {
            unit.takes_on(today).err().map(|code| Fault::at(pointer, code).about(unit.name_on(today).clone()))
        };
        let mut faults: Vec<_> = leading.into_iter().filter_map(gone).collect();
        faults.extend(within_plan(self.plan.check()));
        Refusal::unless_empty(faults)?;
        let campaign = Campaign {
            root: at.root(),
            code: self.code,
            issuer: self.issuer.root.id,
            issuer_symbol: self.issuer.code,
            coordinating_unit: self.coordinating_unit.root.id,
            stage: Stage::Draft,
            plan: self.plan,
            format_check: None,
            drafters: vec![on.by().person],
            submitters: Vec::new(),
        };
        Ok(Change::created(campaign, "campaign.created"))
    }
}

/// In the body of a creation the plan stands under `plan`.
fn within_plan(faults: Vec<Fault>) -> Vec<Fault> {
    faults.into_iter().map(|fault| Fault { pointer: format!("/plan{}", fault.pointer), ..fault }).collect()
}

/// Replaces the plan of a draft as a whole.
#[derive(Clone, Debug)]
pub struct ReplaceCampaignPlan {
    /// The plan that takes its place.
    pub plan: Plan,
}

impl Command<Campaign> for ReplaceCampaignPlan {
    const ACTION: Action = Action::ReplaceCampaignPlan;
    type Of = Campaign;

    fn ready(campaign: &Campaign) -> Result<(), Code> {
        draft(campaign)
    }

    fn apply(self, on: Permitted<Self, Campaign>, at: Moment<'_>) -> Result<Change<Campaign>, Refusal> {
        Refusal::unless_empty(self.plan.check())?;
        let person = on.by().person;
        Ok(on.made(at.now, "campaign.planReplaced", |campaign| {
            campaign.plan = self.plan;
            remember(&mut campaign.drafters, person);
        }))
    }
}

fn draft(campaign: &Campaign) -> Result<(), Code> {
    if campaign.stage == Stage::Draft { Ok(()) } else { Err(Code::CampaignNotDraft) }
}

/// Hands the plan in for signature, once it is complete.
#[derive(Clone, Copy, Debug)]
pub struct SubmitCampaign;

impl Command<Campaign> for SubmitCampaign {
    const ACTION: Action = Action::SubmitCampaign;
    type Of = Campaign;

    fn ready(campaign: &Campaign) -> Result<(), Code> {
        draft(campaign)
    }

    /// Complete are fields, tasks, a target, the end, legal bases, recipients and duties (`domain.md` §4.2).
    fn apply(self, on: Permitted<Self, Campaign>, at: Moment<'_>) -> Result<Change<Campaign>, Refusal> {
        Refusal::unless_empty(on.plan.check_ready_for_submission())?;
        let person = on.by().person;
        Ok(on.made(at.now, "campaign.submitted", |campaign| {
            campaign.stage = Stage::Submitted;
            remember(&mut campaign.submitters, person);
        }))
    }
}

/// Gives the plan back to its drafters.
#[derive(Clone, Debug)]
pub struct ReturnCampaign {
    /// What is to be changed.
    pub reason: Paragraph,
}

impl Command<Campaign> for ReturnCampaign {
    const ACTION: Action = Action::ReturnCampaign;
    type Of = Campaign;

    fn ready(campaign: &Campaign) -> Result<(), Code> {
        submitted(campaign)
    }

    fn apply(self, on: Permitted<Self, Campaign>, at: Moment<'_>) -> Result<Change<Campaign>, Refusal> {
        let returned = on.made(at.now, "campaign.returned", |campaign| {
            campaign.stage = Stage::Draft;
            campaign.format_check = None;
        });
        Ok(returned.because(self.reason))
    }
}

fn submitted(campaign: &Campaign) -> Result<(), Code> {
    if campaign.stage == Stage::Submitted { Ok(()) } else { Err(Code::CampaignNotSubmitted) }
}

/// Records that somebody other than who drafted the plan answers for its form.
#[derive(Clone, Copy, Debug)]
pub struct CheckCampaignFormat;

impl Command<Campaign> for CheckCampaignFormat {
    const ACTION: Action = Action::CheckCampaignFormat;
    type Of = Campaign;

    fn ready(campaign: &Campaign) -> Result<(), Code> {
        submitted(campaign)?;
        if campaign.format_check.is_some() { Err(Code::FormatChecked) } else { Ok(()) }
    }

    fn apply(self, on: Permitted<Self, Campaign>, at: Moment<'_>) -> Result<Change<Campaign>, Refusal> {
        let check = FormatCheck::of(on.by(), at.now);
        Ok(on.made(at.now, "campaign.formatChecked", |campaign| campaign.format_check = Some(check)))
    }
}

/// Records that the plan was signed.
#[derive(Clone, Copy, Debug)]
pub struct SignCampaign;

impl Command<Campaign> for SignCampaign {
    const ACTION: Action = Action::SignCampaign;
    type Of = Campaign;

    fn ready(campaign: &Campaign) -> Result<(), Code> {
        submitted(campaign)
    }

    fn apply(self, on: Permitted<Self, Campaign>, at: Moment<'_>) -> Result<Change<Campaign>, Refusal> {
        let paper = SignedPaper { unit: None, document_type: DocumentType::Plan };
        let signature = Signature::of(on.by(), on.role(), paper, at.now);
        Ok(on.made(at.now, "campaign.signed", |campaign| campaign.stage = Stage::Signed { signature }))
    }
}

/// Numbers and issues the signed plan.
#[derive(Clone, Debug)]
pub struct IssueCampaign {
    /// Number and day.
    pub numbering: Numbering,
}

impl Command<Campaign> for IssueCampaign {
    const ACTION: Action = Action::IssueCampaign;
    type Of = Campaign;

    fn ready(campaign: &Campaign) -> Result<(), Code> {
        if matches!(campaign.stage, Stage::Signed { .. }) { Ok(()) } else { Err(Code::CampaignNotSigned) }
    }

    fn apply(self, on: Permitted<Self, Campaign>, at: Moment<'_>) -> Result<Change<Campaign>, Refusal> {
        let Stage::Signed { signature } = on.stage.clone() else {
            return Err(Code::CampaignNotSigned.into());
        };
        let paper = Paper {
            campaign: Some(on.root.id),
            consolidated_report: None,
            issuer: on.issuer,
            issuer_symbol: &on.issuer_symbol,
            drafter: None,
            document_type: DocumentType::Plan,
            subject: on.plan.title.clone(),
            recipients: on.plan.sent_to(),
            copies: None,
            signature: Signed::Here(&signature),
            format_check: on.format_check.clone(),
            relations: Vec::new(),
        };
        let (issue, document, _) = self.numbering.register(paper, at)?;
        Ok(on
            .made(at.now, "campaign.issued", |campaign| campaign.stage = Stage::Issued { signature, issue })
            .causing(Consequence::Document(Box::new(document))))
    }
}

/// Opens the campaign for registration and reporting, from today on.
#[derive(Clone, Debug)]
pub struct LaunchCampaign {
    /// What storage knows of the units that the plan names.
    pub facts: LaunchFacts,
}

/// The units that the plan names, by code.
#[derive(Clone, Debug, Default)]
pub struct LaunchFacts {
    /// Every unit that owns a target of the plan.
    pub units: BTreeMap<Token, UnitId>,
}

impl Command<Campaign> for LaunchCampaign {
    const ACTION: Action = Action::LaunchCampaign;
    type Of = Campaign;

    fn ready(campaign: &Campaign) -> Result<(), Code> {
        if matches!(campaign.stage, Stage::Issued { .. }) { Ok(()) } else { Err(Code::CampaignNotIssued) }
    }

    /// Units can only register against an issued plan; the start is the day of launching (plan, part III).
    /// The plan's own targets begin to live with it.
    fn apply(self, on: Permitted<Self, Campaign>, at: Moment<'_>) -> Result<Change<Campaign>, Refusal> {
        let Stage::Issued { signature, issue } = on.stage.clone() else {
            return Err(Code::CampaignNotIssued.into());
        };
        let started_on = at.now.date();
        if started_on < issue.issued_on {
            return Err(Code::LaunchBeforeIssue.into());
        }
        if on.plan.end_date.is_some_and(|end| started_on > end) {
            return Err(Code::EndBeforeStart.into());
        }
        let targets = Target::of_plan(&on, &self.facts.units, at);
        Ok(on
            .made(at.now, "campaign.launched", |campaign| {
                campaign.stage = Stage::Running { signature, issue, started_on };
            })
            .causing(Consequence::Targets(targets)))
    }
}

/// Gives the campaign up before it is issued; an issued plan is only ended by a document that replaces it.
#[derive(Clone, Debug)]
pub struct CancelCampaign {
    /// Why.
    pub reason: Paragraph,
}

impl Command<Campaign> for CancelCampaign {
    const ACTION: Action = Action::CancelCampaign;
    type Of = Campaign;

    fn ready(campaign: &Campaign) -> Result<(), Code> {
        match campaign.stage {
            Stage::Draft | Stage::Submitted | Stage::Signed { .. } => Ok(()),
            Stage::Issued { .. } | Stage::Running { .. } | Stage::Cancelled => Err(Code::CampaignAlreadyIssued),
        }
    }

    fn apply(self, on: Permitted<Self, Campaign>, at: Moment<'_>) -> Result<Change<Campaign>, Refusal> {
        Ok(on.made(at.now, "campaign.cancelled", |campaign| campaign.stage = Stage::Cancelled).because(self.reason))
    }
}
