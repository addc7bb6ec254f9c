//! What a unit does with its registration, one small struct a command.

use super::{Content, Registration, RegistrationId, Stage};
use crate::{
    campaign::{Campaign, Plan},
    change::{Change, Moment},
    policy::{Action, Command, Permitted, Within, may_on_one},
    principal::{Actor, remember},
    refusal::{Code, Fault, Refusal},
    target::Target,
    text::Paragraph,
};

/// Drafts a unit's registration, or the correction of the accepted one.
#[derive(Clone, Debug)]
pub struct CreateRegistration {
    /// What is registered.
    pub content: Content,
    /// The accepted registration that it corrects.
    pub corrects: Option<RegistrationId>,
    /// Why it is corrected.
    pub correction_reason: Option<Paragraph>,
    /// What storage knows of the unit.
    pub facts: CreationFacts,
}

/// What storage knows of the unit that wants to register.
#[derive(Clone, Debug, Default)]
pub struct CreationFacts {
    /// Whether the unit exists today.
    pub unit_exists_today: bool,
    /// The registration of the unit that is accepted in this campaign.
    pub accepted: Option<RegistrationId>,
    /// Whether one of the unit's registrations in this campaign is in a stage of [`Stage::OPEN`].
    pub open: bool,
    /// Every target of the unit in this campaign, retired ones and the plan's own included.
    pub targets: Vec<Target>,
}

impl Command<Within<Campaign>> for CreateRegistration {
    const ACTION: Action = Action::CreateRegistration;
    type Of = Registration;

    /// Only against a plan that is launched. The plan sets no last day for registering or correcting targets; a rule
    /// that does not exist is not enforced, and a campaign that sets one will carry it in its plan.
    fn ready(on: &Within<Campaign>) -> Result<(), Code> {
        on.parent.must_run()
    }

    /// One registration counts per unit and campaign: beside an accepted one only its correction may be drafted.
    fn apply(self, on: Permitted<Self, Within<Campaign>>, at: Moment<'_>) -> Result<Change<Registration>, Refusal> {
        let mut faults = corrected_with_reason(self.corrects.is_some(), self.correction_reason.is_some());
        if !self.facts.unit_exists_today {
            faults.push(Fault::at("/unitId", Code::UnitNotThere));
        }
        faults.extend(self.content.check(&on.parent.plan, &self.facts.targets));
        self.facts.room_for(self.corrects)?;
        Refusal::unless_empty(faults)?;
        let registration = Registration {
            root: at.root(),
            campaign: on.parent.root.id,
            unit: on.unit,
            stage: Stage::Draft,
            content: self.content,
            corrects: self.corrects,
            correction_reason: self.correction_reason,
            round: 0,
            submitters: Vec::new(),
            remarks: Vec::new(),
        };
        Ok(Change::created(registration, "registration.created"))
    }
}

impl CreateRegistration {
    /// Whether the caller could draft one in this campaign, for some unit.
    ///
    /// # Errors
    /// The code of what stands in the way: the policy first, then the stage.
    pub fn could(actor: &Actor, campaign: &Campaign) -> Result<(), Code> {
        may_on_one(actor, Self::ACTION, Within::for_units_of(actor))?;
        campaign.must_run()
    }
}

impl CreationFacts {
    fn room_for(&self, corrects: Option<RegistrationId>) -> Result<(), Refusal> {
        if self.open {
            return Err(Code::RegistrationOpen.into());
        }
        fits(self.accepted, corrects)
    }
}

/// Whether a registration that corrects `corrects` has its place beside the accepted one.
pub(super) fn fits(accepted: Option<RegistrationId>, corrects: Option<RegistrationId>) -> Result<(), Refusal> {
    let code = match (accepted, corrects) {
        (None, None) => return Ok(()),
        (Some(accepted), Some(corrects)) if accepted == corrects => return Ok(()),
        (Some(_), None) => Code::RegistrationAccepted,
        (Some(_) | None, Some(_)) => Code::CorrectsNotAccepted,
    };
    Err(Refusal { code, faults: vec![Fault::at("/correctsId", code)] })
}

/// A correction says what it corrects and why; both or neither.
pub(crate) fn corrected_with_reason(corrects: bool, reason: bool) -> Vec<Fault> {
    match (corrects, reason) {
        (true, true) | (false, false) => Vec::new(),
        (true, false) => vec![Fault::at("/correctionReason", Code::CorrectionIncomplete)],
        (false, true) => vec![Fault::at("/correctsId", Code::CorrectionIncomplete)],
    }
}

/// What storage knows of the plan and the targets that a registration is about.
#[derive(Clone, Debug)]
pub struct RegistrationFacts {
    /// The plan of the campaign.
    pub plan: Plan,
    /// Every target of the unit in this campaign, retired ones and the plan's own included.
    pub targets: Vec<Target>,
    /// Whether the unit exists today.
    pub unit_exists_today: bool,
}

/// What was registered by a unit that has ended stays as it is; what comes is its successors'.
pub(super) const fn unit_is_there(exists_today: bool) -> Result<(), Code> {
    if exists_today { Ok(()) } else { Err(Code::UnitNotThere) }
}

/// Replaces what is registered as a whole.
#[derive(Clone, Debug)]
pub struct ReplaceRegistration {
    /// What takes its place.
    pub content: Content,
    /// What storage knows.
    pub facts: RegistrationFacts,
}

impl Command<Registration> for ReplaceRegistration {
    const ACTION: Action = Action::ReplaceRegistration;
    type Of = Registration;

    fn ready(registration: &Registration) -> Result<(), Code> {
        with_the_unit(registration)
    }

    fn apply(self, on: Permitted<Self, Registration>, at: Moment<'_>) -> Result<Change<Registration>, Refusal> {
        unit_is_there(self.facts.unit_exists_today)?;
        Refusal::unless_empty(self.content.check(&self.facts.plan, &self.facts.targets))?;
        Ok(on.made(at.now, "registration.replaced", |registration| registration.content = self.content))
    }
}

fn with_the_unit(registration: &Registration) -> Result<(), Code> {
    match registration.stage {
        Stage::Draft | Stage::Returned { .. } => Ok(()),
        Stage::Submitted { .. } | Stage::Accepted { .. } | Stage::Superseded { .. } | Stage::Withdrawn => {
            Err(Code::RegistrationNotEditable)
        }
    }
}

/// Hands the registration in, once it has a target and an action programme.
#[derive(Clone, Debug)]
pub struct SubmitRegistration {
    /// What storage knows.
    pub facts: RegistrationFacts,
}

impl Command<Registration> for SubmitRegistration {
    const ACTION: Action = Action::SubmitRegistration;
    type Of = Registration;

    fn ready(registration: &Registration) -> Result<(), Code> {
        with_the_unit(registration)
    }

    fn apply(self, on: Permitted<Self, Registration>, at: Moment<'_>) -> Result<Change<Registration>, Refusal> {
        unit_is_there(self.facts.unit_exists_today)?;
        let mut faults = on.content.check_complete();
        faults.extend(on.content.check(&self.facts.plan, &self.facts.targets));
        Refusal::unless_empty(faults)?;
        let person = on.by().person;
        Ok(on.made(at.now, "registration.submitted", |registration| {
            registration.stage = Stage::Submitted { submitted_at: at.now };
            registration.round += 1;
            remember(&mut registration.submitters, person);
        }))
    }
}

/// Takes the registration back before it is accepted; emulation is voluntary, so no reason is asked for.
#[derive(Clone, Copy, Debug)]
pub struct WithdrawRegistration;

impl Command<Registration> for WithdrawRegistration {
    const ACTION: Action = Action::WithdrawRegistration;
    type Of = Registration;

    fn ready(registration: &Registration) -> Result<(), Code> {
        match registration.stage {
            Stage::Draft | Stage::Submitted { .. } => Ok(()),
            Stage::Returned { .. } | Stage::Accepted { .. } | Stage::Superseded { .. } | Stage::Withdrawn => {
                Err(Code::RegistrationNotWithdrawable)
            }
        }
    }

    fn apply(self, on: Permitted<Self, Registration>, at: Moment<'_>) -> Result<Change<Registration>, Refusal> {
        Ok(on.made(at.now, "registration.withdrawn", |registration| registration.stage = Stage::Withdrawn))
    }
}
