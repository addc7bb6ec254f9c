//! The campaign (*đợt thi đua*): a plan that is drafted, signed, issued and launched.

use serde::{Deserialize, Serialize};

use crate::{
    change::{Aggregate, ObjectType, Root},
    document::{DocumentType, FormatCheck},
    id::Id,
    policy::{Part, Subject, Visibility, Window},
    principal::{Actor, PersonId, PrincipalKind, Role},
    refusal::Code,
    text::Token,
    time::Date,
    unit::UnitId,
};

mod commands;
pub mod plan;
mod stage;

pub use commands::{
    CancelCampaign, CheckCampaignFormat, CreateCampaign, IssueCampaign, LaunchCampaign, LaunchFacts,
    ReplaceCampaignPlan, ReturnCampaign, SignCampaign, SubmitCampaign,
};
pub use plan::Plan;
pub use stage::Stage;

/// Identifies a campaign.
pub type CampaignId = Id<Campaign>;

/// A campaign with its plan and the stage it has reached.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Campaign {
    /// Identity and version.
    pub root: Root<Self>,
    /// Short code that people use: `gia-loc-2025`.
    pub code: Token,
    /// The authority that issues the plan (UBND).
    pub issuer: UnitId,
    /// The issuer's part of document symbols: `UBND` in `12/KH-UBND`.
    pub issuer_symbol: Token,
    /// The office that drafts, collects and compiles (đầu mối).
    pub coordinating_unit: UnitId,
    /// Where it stands, with what was decided on the way.
    pub stage: Stage,
    /// The plan, replaced as a whole while it is a draft and immutable once issued.
    pub plan: Plan,
    /// Who answered for the form of the plan since it was handed in last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format_check: Option<FormatCheck>,
    /// Everybody who drafted: none of them may sign.
    pub drafters: Vec<PersonId>,
    /// Everybody who handed it in, in whichever round: none of them decides on it.
    pub submitters: Vec<PersonId>,
}

impl Campaign {
    /// The first day, set by launching; absent before.
    #[must_use]
    pub fn started_on(&self) -> Option<Date> {
        match &self.stage {
            Stage::Running { started_on, .. } => Some(*started_on),
            Stage::Draft | Stage::Submitted | Stage::Signed { .. } | Stage::Issued { .. } | Stage::Cancelled => None,
        }
    }

    /// Whether units can register, measure and report.
    #[must_use]
    pub fn running(&self) -> bool {
        matches!(self.stage, Stage::Running { .. })
    }

    /// What stands in the way of whatever is done within a campaign, as long as it is not running.
    ///
    /// # Errors
    /// [`Code::CampaignNotRunning`].
    pub fn must_run(&self) -> Result<(), Code> {
        if self.running() { Ok(()) } else { Err(Code::CampaignNotRunning) }
    }
}

impl Aggregate for Campaign {
    const TYPE: ObjectType = ObjectType::Campaign;

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
        Some(self.root.id)
    }
    fn unit(&self) -> Option<UnitId> {
        None
    }
    // A plan is for everybody whom it concerns once it is issued; before, for those who prepare, sign and number it.
    fn visibility(actor: &Actor) -> Visibility {
        let prepares = actor.has_any(Role::OVERSIGHT) || actor.has(Role::Clerk);
        let known = !actor.roles.is_empty() && actor.kind != PrincipalKind::BuiltIn;
        Visibility::nothing()
            .and(prepares, Window::default())
            .and(known, Window { stages: Some(Stage::PUBLISHED), ..Window::default() })
    }
}

impl Subject for Campaign {
    fn unit(&self) -> Option<UnitId> {
        None
    }
    fn coordinating_unit(&self) -> Option<UnitId> {
        Some(self.coordinating_unit)
    }
    fn signed_by_authority(&self) -> Option<DocumentType> {
        Some(DocumentType::Plan)
    }
    fn took_part(&self, part: Part, person: PersonId) -> bool {
        match part {
            Part::Drafter => self.drafters.contains(&person),
            Part::Submitter => self.submitters.contains(&person),
            Part::Signer => self.stage.signature().is_some_and(|signature| signature.person == person),
        }
    }
}
