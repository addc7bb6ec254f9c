//! The plan on the wire: the domain's [`Plan`], member by member, as closed and bounded objects.
//!
//! A plan comes in as a [`PlanBody`] and goes out as the domain value itself; both have the same members of the same form,
//! which a test compares. Read it in the order of the paper: `paper` (head, bases, parties, sections, awards, recipients),
//! `work` (fields, tasks, targets, projects, movements) and `duty` (duties, obligations, time limits).

use serde::{Deserialize, Serialize};
use serde_path_to_error::Segment;
use thidua_domain::campaign::Plan;
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    input::{CodeText, DateOnly, Str, present},
    problem::{Place, Problem, Trouble},
};

mod duty;
mod paper;
mod work;

use duty::{PlanDuty, PlanObligation, PlanTimeLimit};
use paper::{
    PlanAwardRule, PlanCorrection, PlanEvent, PlanHeader, PlanKindCode, PlanLegalBasis, PlanParty, PlanRecipient,
    PlanSection, PlanSigner,
};
use work::{PlanField, PlanMovement, PlanOpenList, PlanProject, PlanTarget, PlanTask};

/// The plan of a campaign (kế hoạch phát động): what it asks of whom, until when, and where the paper says so.
///
/// Printed text stands beside corrected text. What others refer to has a code, unique in the plan; units are named by
/// their code in the directory.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = Plan)]
pub(crate) struct PlanBody {
    /// The title in full (trích yếu), as the document of issue carries it.
    #[schema(example = "Phát động Đợt thi đua thực hiện thắng lợi nhiệm vụ phát triển kinh tế - xã hội năm 2025")]
    title: Str<2000>,
    /// What people call the campaign.
    #[schema(example = "Đợt thi đua")]
    short_name: Str<300>,
    /// Which form of emulation it is.
    kind: PlanKindCode,
    /// The head of the paper, as printed.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    header: Option<PlanHeader>,
    /// Who signs, as printed; the act of signing is recorded when it happens.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    signer: Option<PlanSigner>,
    /// First day, where the paper names one; absent where the campaign begins with its launch.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "2025-09-15")]
    start_date: Option<DateOnly>,
    /// Last day, included; needed before the plan can be submitted.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "2025-12-31")]
    end_date: Option<DateOnly>,
    /// Code of the legal basis that this plan carries out (thực hiện kế hoạch số …).
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(example = "KH232")]
    implements: Option<CodeText>,
    /// The events that the campaign commemorates.
    #[serde(default)]
    #[validate(length(max = 200), nested)]
    #[schema(max_items = 200)]
    events: Vec<PlanEvent>,
    /// The documents that the plan rests on or refers to.
    #[serde(default)]
    #[validate(length(max = 200), nested)]
    #[schema(max_items = 200)]
    legal_bases: Vec<PlanLegalBasis>,
    /// Everybody whom the plan names; its other lists refer to their codes.
    #[serde(default)]
    #[validate(length(max = 200), nested)]
    #[schema(max_items = 200)]
    parties: Vec<PlanParty>,
    /// The sections of the paper but for tasks, solutions and duties, which have their own lists.
    #[serde(default)]
    #[validate(length(max = 200), nested)]
    #[schema(max_items = 200)]
    sections: Vec<PlanSection>,
    /// The fields of tasks (lĩnh vực).
    #[serde(default)]
    #[validate(length(max = 200), nested)]
    #[schema(max_items = 200)]
    fields: Vec<PlanField>,
    /// The tasks (nhiệm vụ cụ thể), each in one of the fields.
    #[serde(default)]
    #[validate(length(max = 200), nested)]
    #[schema(max_items = 200)]
    tasks: Vec<PlanTask>,
    /// The targets that the plan itself sets for the whole commune.
    #[serde(default)]
    #[validate(length(max = 200), nested)]
    #[schema(max_items = 200)]
    plan_targets: Vec<PlanTarget>,
    /// The projects and works that tasks name.
    #[serde(default)]
    #[validate(length(max = 200), nested)]
    #[schema(max_items = 200)]
    projects: Vec<PlanProject>,
    /// The solutions (giải pháp), as sections of the paper.
    #[serde(default)]
    #[validate(length(max = 200), nested)]
    #[schema(max_items = 200)]
    solutions: Vec<PlanSection>,
    /// The movements (phong trào thi đua) that the plan names.
    #[serde(default)]
    #[validate(length(max = 200), nested)]
    #[schema(max_items = 200)]
    movements: Vec<PlanMovement>,
    /// Present where the list of movements is open (và các phong trào thi đua khác).
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    open_list: Option<PlanOpenList>,
    /// The dates and time limits of the plan.
    #[serde(default)]
    #[validate(length(max = 200), nested)]
    #[schema(max_items = 200)]
    deadlines: Vec<PlanTimeLimit>,
    /// The lines that give each party its duties.
    #[serde(default)]
    #[validate(length(max = 200), nested)]
    #[schema(max_items = 200)]
    duties: Vec<PlanDuty>,
    /// Who owes which paper to whom, and until when.
    #[serde(default)]
    #[validate(length(max = 200), nested)]
    #[schema(max_items = 200)]
    obligations: Vec<PlanObligation>,
    /// What the plan itself says on awards.
    #[serde(default)]
    #[validate(length(max = 200), nested)]
    #[schema(max_items = 200)]
    award_rules: Vec<PlanAwardRule>,
    /// To whom the plan is sent (nơi nhận).
    #[serde(default)]
    #[validate(length(max = 200), nested)]
    #[schema(max_items = 200)]
    recipients: Vec<PlanRecipient>,
    /// Every misprint of the paper that was put right.
    #[serde(default)]
    #[validate(length(max = 200), nested)]
    #[schema(max_items = 200)]
    corrections: Vec<PlanCorrection>,
}

impl PlanBody {
    /// The plan that the domain knows.
    ///
    /// # Errors
    /// 400 for a member that the domain cannot read, with its place in the plan; the forms of both being the same, there
    /// is none.
    pub(super) fn into_plan(self) -> Result<Plan, Problem> {
        let body = serde_json::to_value(self).map_err(|_| Trouble::Internal)?;
        serde_path_to_error::deserialize(body).map_err(|error| {
            let steps = error.path().iter().map(|segment| match segment {
                Segment::Seq { index } => format!("/{index}"),
                Segment::Map { key } => format!("/{key}"),
                Segment::Enum { .. } | Segment::Unknown => String::new(),
            });
            Problem::at(Trouble::BadRequest, Place::Pointer(steps.collect()), "field.wrongType")
        })
    }
}

#[cfg(test)]
mod tests;
