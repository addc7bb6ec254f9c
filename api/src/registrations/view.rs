//! Registrations as they are read, one and in lists.

use serde::{Deserialize, Serialize};
use thidua_domain::{
    principal::Actor,
    registration::{
        AcceptRegistration, Registration, ReplaceRegistration, ReturnRegistration, Stage, SubmitRegistration,
        WithdrawRegistration,
    },
};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::body::{AcceptanceView, ActionProgrammeBody, RegisteredTargetBody, RemarkBody};
use crate::{
    command::ActionView,
    input::{CampaignKey, CursorText, Instant, Limit, PersonKey, RegistrationKey, Str, UnitKey, present},
    language::Language,
    list::paged,
};

/// The stage of a registration. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum RegistrationStage {
    Draft,
    Submitted,
    Returned,
    Accepted,
    Superseded,
    Withdrawn,
}

impl RegistrationStage {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::Submitted => "SUBMITTED",
            Self::Returned => "RETURNED",
            Self::Accepted => "ACCEPTED",
            Self::Superseded => "SUPERSEDED",
            Self::Withdrawn => "WITHDRAWN",
        }
    }
}

impl From<&Stage> for RegistrationStage {
    fn from(stage: &Stage) -> Self {
        match stage {
            Stage::Draft => Self::Draft,
            Stage::Submitted { .. } => Self::Submitted,
            Stage::Returned { .. } => Self::Returned,
            Stage::Accepted { .. } => Self::Accepted,
            Stage::Superseded { .. } => Self::Superseded,
            Stage::Withdrawn => Self::Withdrawn,
        }
    }
}

/// What a unit registers for a campaign: its targets and its action programme.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Registration)]
pub(crate) struct RegistrationView {
    /// Identifies the registration.
    id: RegistrationKey,
    /// Counts changes, from 1.
    #[schema(minimum = 1, maximum = 1_000_000_000_i64)]
    version: i64,
    /// The campaign for which the unit registers.
    campaign_id: CampaignKey,
    /// The unit that registers.
    unit_id: UnitKey,
    /// Where it stands.
    stage: RegistrationStage,
    /// Where it stands, in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Đã ghi nhận")]
    stage_label: String,
    /// The targets, as the unit wrote them; in force are those of the accepted registration.
    #[schema(max_items = 100)]
    targets: Vec<RegisteredTargetBody>,
    /// The action programme, once it is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    action_programme: Option<ActionProgrammeBody>,
    /// The accepted registration that it corrects; absent for a first one.
    #[serde(skip_serializing_if = "Option::is_none")]
    corrects_id: Option<RegistrationKey>,
    /// Why it corrects the other one.
    #[serde(skip_serializing_if = "Option::is_none")]
    correction_reason: Option<Str<2000>>,
    /// Counts submissions, from 0.
    #[schema(minimum = 0, maximum = 1_000_000)]
    round: u32,
    /// Who handed it in last; never the one who accepts it.
    #[serde(skip_serializing_if = "Option::is_none")]
    submitter_id: Option<PersonKey>,
    /// When it was handed in, while it waits to be judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    submitted_at: Option<Instant>,
    /// When it was given back, while it is with the unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    returned_at: Option<Instant>,
    /// Why it was given back, while it is with the unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    return_reason: Option<Str<2000>>,
    /// The first instant at which it would come back too late, while it is with the unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    resubmit_before: Option<Instant>,
    /// What was to be changed by field, when it was given back last.
    #[schema(max_items = 100)]
    remarks: Vec<RemarkBody>,
    /// Who took note of it (ghi nhận), and when.
    #[serde(skip_serializing_if = "Option::is_none")]
    acceptance: Option<AcceptanceView>,
    /// The registration that counts in its place, once it is superseded.
    #[serde(skip_serializing_if = "Option::is_none")]
    superseded_by_id: Option<RegistrationKey>,
    /// When it was drafted, by the business clock.
    created_at: Instant,
    /// When it was changed last, by the business clock.
    updated_at: Instant,
    /// What the caller could do with it now; absent in lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    actions: Vec<ActionView>,
}

impl RegistrationView {
    /// The registration with what this caller could do.
    pub(super) fn of(registration: &Registration, actor: &Actor, language: Language) -> Self {
        let actions = vec![
            ActionView::of::<ReplaceRegistration, _>(actor, registration),
            ActionView::of::<SubmitRegistration, _>(actor, registration),
            ActionView::of::<AcceptRegistration, _>(actor, registration),
            ActionView::of::<ReturnRegistration, _>(actor, registration),
            ActionView::of::<WithdrawRegistration, _>(actor, registration),
        ];
        Self { actions, ..Self::listed(registration.clone(), language) }
    }

    pub(super) fn listed(registration: Registration, language: Language) -> Self {
        let mut view = Self {
            id: registration.root.id.into(),
            version: registration.root.version,
            campaign_id: registration.campaign.into(),
            unit_id: registration.unit.into(),
            stage: (&registration.stage).into(),
            stage_label: language.label("registrationStage", registration.stage.code()),
            targets: registration.content.targets.into_iter().map(Into::into).collect(),
            action_programme: registration.content.action_programme.map(Into::into),
            corrects_id: registration.corrects.map(Into::into),
            correction_reason: registration.correction_reason.map(Into::into),
            round: registration.round,
            submitter_id: registration.submitters.last().map(|person| (*person).into()),
            submitted_at: None,
            returned_at: None,
            return_reason: None,
            resubmit_before: None,
            remarks: registration.remarks.into_iter().map(Into::into).collect(),
            acceptance: None,
            superseded_by_id: None,
            created_at: Instant(registration.root.created_at),
            updated_at: Instant(registration.root.updated_at),
            actions: Vec::new(),
        };
        match registration.stage {
            Stage::Draft | Stage::Withdrawn => {}
            Stage::Submitted { submitted_at } => view.submitted_at = Some(Instant(submitted_at)),
            Stage::Returned { returned_at, reason, resubmit_before } => {
                view.returned_at = Some(Instant(returned_at));
                view.return_reason = Some(reason.into());
                view.resubmit_before = resubmit_before.map(|deadline| Instant(deadline.instant()));
            }
            Stage::Accepted { acceptance } => view.acceptance = Some(AcceptanceView::of(&acceptance)),
            Stage::Superseded { acceptance, by } => {
                view.acceptance = Some(AcceptanceView::of(&acceptance));
                view.superseded_by_id = Some(by.into());
            }
        }
        view
    }
}

/// A page of registrations.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RegistrationPage {
    /// The registrations of this page.
    #[schema(max_items = 100)]
    items: Vec<RegistrationView>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<CursorText>,
    /// How many match in all; present where `includeTotal` asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000_i64)]
    total: Option<i64>,
}

/// Which registrations, and which page of them.
#[derive(Clone, Debug, Deserialize, Serialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct RegistrationQuery {
    /// Only registrations of these units; repeat the parameter for several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[param(max_items = 40, required = false)]
    #[validate(length(max = 40))]
    pub(super) unit_id: Vec<UnitKey>,
    /// Only registrations in these stages; repeat the parameter for several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[param(max_items = 10, required = false)]
    #[validate(length(max = 10))]
    pub(super) stage: Vec<RegistrationStage>,
    /// How many items a page has.
    #[serde(default)]
    #[param(required = false, example = 20)]
    pub(super) limit: Limit,
    /// Where the page before ended.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[param(required = false)]
    pub(super) cursor: Option<CursorText>,
    /// Whether all that match are counted.
    #[serde(default)]
    #[param(required = false, example = false)]
    pub(super) include_total: bool,
}

paged!(RegistrationQuery, RegistrationPage of RegistrationView);
