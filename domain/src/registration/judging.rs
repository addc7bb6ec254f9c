//! What the coordinating office does with a registration: takes note of it, or asks for adjustment.

use super::{
    Acceptance, RegisteredTarget, Registration, Remark, Stage,
    commands::{fits, unit_is_there},
    content::is_restricted,
};
use crate::{
    campaign::Plan,
    change::{Change, Consequence, Moment},
    policy::{Action, Command, Permitted},
    refusal::{Code, Refusal},
    target::{Origin, Target},
    text::Paragraph,
    time::{Deadline, Timestamp},
};

/// Takes note of a registration (ghi nhận): from now on its targets count.
#[derive(Clone, Debug)]
pub struct AcceptRegistration {
    /// What storage knows.
    pub facts: AcceptanceFacts,
}

/// What storage knows of the unit whose registration is accepted.
#[derive(Clone, Debug)]
pub struct AcceptanceFacts {
    /// The plan of the campaign.
    pub plan: Plan,
    /// The registration of the unit that is accepted in this campaign so far, locked.
    pub accepted: Option<Registration>,
    /// Every target of the unit in this campaign, retired ones and the plan's own included, locked.
    pub targets: Vec<Target>,
    /// Whether the unit exists today.
    pub unit_exists_today: bool,
}

impl Command<Registration> for AcceptRegistration {
    const ACTION: Action = Action::AcceptRegistration;
    type Of = Registration;

    fn ready(registration: &Registration) -> Result<(), Code> {
        submitted(registration)
    }

    /// A correction supersedes what it corrects. Its targets keep their identity and measurements where it kept their
    /// code; those that it no longer names are retired, never deleted.
    fn apply(self, on: Permitted<Self, Registration>, at: Moment<'_>) -> Result<Change<Registration>, Refusal> {
        let AcceptanceFacts { plan, accepted, targets, unit_exists_today } = self.facts;
        unit_is_there(unit_exists_today)?;
        fits(accepted.as_ref().map(|accepted| accepted.root.id), on.corrects)?;
        // Checked again: the unit's targets may have changed since the registration was handed in.
        Refusal::unless_empty(on.content.check(&plan, &targets))?;
        let acceptance = Acceptance::of(on.by(), at.now);
        let superseded = accepted.and_then(|accepted| supersede(&accepted, &on, at.now));
        let settled = settle(&on, &plan, &targets, at);
        let mut change = on.made(at.now, "registration.accepted", |registration| {
            registration.stage = Stage::Accepted { acceptance };
        });
        if let Some(superseded) = superseded {
            change = change.causing(Consequence::Registration(Box::new(superseded)));
        }
        Ok(change.causing(Consequence::Targets(settled)))
    }
}

fn submitted(registration: &Registration) -> Result<(), Code> {
    match registration.stage {
        Stage::Submitted { .. } => Ok(()),
        Stage::Draft
        | Stage::Returned { .. }
        | Stage::Accepted { .. }
        | Stage::Superseded { .. }
        | Stage::Withdrawn => Err(Code::RegistrationNotSubmitted),
    }
}

fn supersede(accepted: &Registration, by: &Registration, now: Timestamp) -> Option<Change<Registration>> {
    let Stage::Accepted { acceptance } = accepted.stage.clone() else { return None };
    let by = by.root.id;
    Some(Change::made(accepted, now, "registration.superseded", |registration| {
        registration.stage = Stage::Superseded { acceptance, by };
    }))
}

/// What becomes of the unit's targets: by code they come into being, change (or count again), or are retired.
fn settle(registration: &Registration, plan: &Plan, standing: &[Target], at: Moment<'_>) -> Vec<Change<Target>> {
    let registered = &registration.content.targets;
    let mut changes: Vec<_> = registered
        .iter()
        .map(|wanted| {
            let next = target_of(registration, wanted, plan, at);
            match standing.iter().find(|target| target.code == wanted.code) {
                Some(before) => Change::made(before, at.now, "target.changed", |target| {
                    *target = Target { root: target.root.clone(), ..next };
                }),
                None => Change::created(next, "target.created"),
            }
        })
        .collect();
    let dropped = standing.iter().filter(|target| {
        let named = registered.iter().any(|wanted| wanted.code == target.code);
        !named && target.retired_at.is_none() && matches!(target.origin, Origin::Registration { .. })
    });
    changes.extend(
        dropped.map(|before| Change::made(before, at.now, "target.retired", |target| target.retired_at = Some(at.now))),
    );
    changes
}

fn target_of(registration: &Registration, wanted: &RegisteredTarget, plan: &Plan, at: Moment<'_>) -> Target {
    Target {
        root: at.root(),
        campaign: registration.campaign,
        unit: registration.unit,
        code: wanted.code.clone(),
        name: wanted.name.clone(),
        topic: wanted.topic.clone(),
        measure: wanted.measure.clone(),
        origin: Origin::Registration { registration: registration.root.id },
        restricted: is_restricted(&wanted.topic, plan),
        retired_at: None,
    }
}

/// Gives the registration back to its unit (đề nghị điều chỉnh).
#[derive(Clone, Debug)]
pub struct ReturnRegistration {
    /// What is asked for as a whole.
    pub reason: Paragraph,
    /// What is to be changed, by field.
    pub remarks: Vec<Remark>,
    /// Until when it is expected back.
    pub resubmit_before: Option<Deadline>,
}

impl Command<Registration> for ReturnRegistration {
    const ACTION: Action = Action::ReturnRegistration;
    type Of = Registration;

    fn ready(registration: &Registration) -> Result<(), Code> {
        submitted(registration)
    }

    fn apply(self, on: Permitted<Self, Registration>, at: Moment<'_>) -> Result<Change<Registration>, Refusal> {
        let Self { reason, remarks, resubmit_before } = self;
        Refusal::unless_empty(Remark::check_return(&remarks, &on.content, resubmit_before, at.now))?;
        let why = reason.clone();
        Ok(on
            .made(at.now, "registration.returned", |registration| {
                registration.stage = Stage::Returned { returned_at: at.now, reason, resubmit_before };
                registration.remarks = remarks;
            })
            .because(why))
    }
}
