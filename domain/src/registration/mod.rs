//! Registrations (*đăng ký thi đua*): what a unit sets itself to reach, and how (plan, part V.7).
//!
//! Emulation is voluntary: taking note of a registration (*ghi nhận*) counts a unit as registered, and gates no award.

use serde::{Deserialize, Serialize};

use crate::{
    campaign::CampaignId,
    change::{Aggregate, ObjectType, Root},
    id::Id,
    policy::{Part, Subject, Visibility, Window},
    principal::{Actor, PersonId, Role},
    text::Paragraph,
    unit::UnitId,
};

mod commands;
mod content;
#[cfg(test)]
pub(crate) mod fixtures;
mod judging;
mod remark;
mod stage;
#[cfg(test)]
mod tests;

pub(crate) use commands::corrected_with_reason;
pub use commands::{
    CreateRegistration, CreationFacts, RegistrationFacts, ReplaceRegistration, SubmitRegistration, WithdrawRegistration,
};
pub use content::{ActionProgramme, Content, MAX_TARGETS, RegisteredTarget};
pub(crate) use content::{same_scale, task_of};
pub use judging::{AcceptRegistration, AcceptanceFacts, ReturnRegistration};
pub use remark::Remark;
pub(crate) use remark::{duplicates, too_long};
pub use stage::{Acceptance, Stage};

/// Identifies a registration.
pub type RegistrationId = Id<Registration>;

/// What a unit registers for a campaign; at most one counts, and a change is a new one that corrects it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Registration {
    /// Identity and version.
    pub root: Root<Self>,
    /// The campaign.
    pub campaign: CampaignId,
    /// The unit that registers.
    pub unit: UnitId,
    /// Where it stands, with what was decided on the way.
    pub stage: Stage,
    /// What is registered.
    pub content: Content,
    /// The accepted registration that it corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<RegistrationId>,
    /// Why it is corrected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correction_reason: Option<Paragraph>,
    /// Counts submissions, from 0.
    pub round: u32,
    /// Everybody who handed it in, in whichever round: none of them decides on it.
    pub submitters: Vec<PersonId>,
    /// What was to be changed by field when it was returned last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Remark>,
}

/// What a caller may know of papers that units hand in (`domain.md` §4.4).
///
/// A draft is the unit's own; only the auditor, who reads everything and writes nothing, sees it too. The portal takes
/// over what was `accepted`. All other roles have no business here.
pub(crate) fn unit_papers(
    actor: &Actor,
    handed_in: &'static [&'static str],
    accepted: &'static [&'static str],
) -> Visibility {
    Visibility::nothing()
        .and(actor.has_any(&[Role::Auditor, Role::System]), Window::default())
        .and(actor.has_any(Role::OVERSIGHT), Window { stages: Some(handed_in), ..Window::default() })
        .and(actor.has(Role::Portal), Window { stages: Some(accepted), ..Window::default() })
        .and(true, Window { units: Some(actor.reads_for()), ..Window::default() })
}

impl Aggregate for Registration {
    const TYPE: ObjectType = ObjectType::Registration;

    fn root(&self) -> &Root<Self> {
        &self.root
    }
    fn root_mut(&mut self) -> &mut Root<Self> {
        &mut self.root
    }
    fn stage_code(&self) -> &'static str {
        self.stage.code()
    }
    fn campaign(&self) -> Option<CampaignId> {
        Some(self.campaign)
    }
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
    fn visibility(actor: &Actor) -> Visibility {
        unit_papers(actor, Stage::HANDED_IN, Stage::NOTED)
    }
}

impl Subject for Registration {
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
    fn took_part(&self, part: Part, person: PersonId) -> bool {
        match part {
            Part::Drafter => false,
            // A unit's paper is signed by handing it in.
            Part::Submitter | Part::Signer => self.submitters.contains(&person),
        }
    }
}
