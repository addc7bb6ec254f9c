//! Who calls.

use actix_web::{get, web::Data};
use serde::{Deserialize, Serialize};
use thidua_domain::{
    calendar::RecordCalendarDay,
    campaign::CreateCampaign,
    document::{CreateDocumentSeries, RegisterDocument},
    import::ImportUnits,
    incoming::RecordIncomingDocument,
    policy::Directory,
    principal::{Actor, Role},
    unit::{CreateUnit, MergeUnits},
};
use utoipa::ToSchema;

use crate::{
    app::Entries,
    command::ActionView,
    input::{Caller, PersonKey, PrincipalKey, UnitKey},
    language::Language,
    problem::Problem,
    reply::Plain,
    state::State,
};

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config.service(read_me);
}

/// The caller as the directory knows it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Me {
    /// Identifies the principal.
    id: PrincipalKey,
    /// Identifies the person behind it; duties are separated by person.
    person_id: PersonKey,
    /// Name of the caller, as it is shown.
    #[schema(max_length = 300, pattern = "^.+$", example = "Nguyễn Thị Hoa")]
    name: String,
    /// Title of the caller, as it is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 300, pattern = "^.+$", example = "Trưởng phòng")]
    title: Option<String>,
    /// The unit where the caller works.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit_id: Option<UnitKey>,
    /// The roles that hold now.
    #[schema(max_items = 100)]
    roles: Vec<HeldRole>,
    /// What the caller could make now that belongs to no other thing; whatever is made within one is named there.
    #[schema(max_items = 50)]
    actions: Vec<ActionView>,
}

/// A role that holds now.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct HeldRole {
    /// Which role. Clients must tolerate new values.
    role: RoleCode,
    /// The role in the caller's language.
    #[schema(max_length = 100, pattern = "^.+$", example = "Thủ trưởng đơn vị")]
    role_label: String,
    /// The unit for which it is held; absent for roles of the commune.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit_id: Option<UnitKey>,
}

/// A role in the commune's emulation work. Clients must tolerate new values.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum RoleCode {
    UnitOfficer,
    UnitHead,
    Coordinator,
    Office,
    Clerk,
    CouncilMember,
    CouncilSecretary,
    Chair,
    ViceChair,
    Communications,
    Accountant,
    Auditor,
    Portal,
    Admin,
    System,
}

impl From<Role> for RoleCode {
    fn from(role: Role) -> Self {
        match role {
            Role::UnitOfficer => Self::UnitOfficer,
            Role::UnitHead => Self::UnitHead,
            Role::Coordinator => Self::Coordinator,
            Role::Office => Self::Office,
            Role::Clerk => Self::Clerk,
            Role::CouncilMember => Self::CouncilMember,
            Role::CouncilSecretary => Self::CouncilSecretary,
            Role::Chair => Self::Chair,
            Role::ViceChair => Self::ViceChair,
            Role::Communications => Self::Communications,
            Role::Accountant => Self::Accountant,
            Role::Auditor => Self::Auditor,
            Role::Portal => Self::Portal,
            Role::Admin => Self::Admin,
            Role::System => Self::System,
        }
    }
}

impl From<RoleCode> for Role {
    fn from(role: RoleCode) -> Self {
        match role {
            RoleCode::UnitOfficer => Self::UnitOfficer,
            RoleCode::UnitHead => Self::UnitHead,
            RoleCode::Coordinator => Self::Coordinator,
            RoleCode::Office => Self::Office,
            RoleCode::Clerk => Self::Clerk,
            RoleCode::CouncilMember => Self::CouncilMember,
            RoleCode::CouncilSecretary => Self::CouncilSecretary,
            RoleCode::Chair => Self::Chair,
            RoleCode::ViceChair => Self::ViceChair,
            RoleCode::Communications => Self::Communications,
            RoleCode::Accountant => Self::Accountant,
            RoleCode::Auditor => Self::Auditor,
            RoleCode::Portal => Self::Portal,
            RoleCode::Admin => Self::Admin,
            RoleCode::System => Self::System,
        }
    }
}

impl Me {
    fn of(actor: Actor, language: Language) -> Self {
        let actions = vec![
            ActionView::of::<CreateUnit, _>(&actor, &Directory),
            ActionView::of::<MergeUnits, _>(&actor, &Directory),
            ActionView::of::<ImportUnits, _>(&actor, &Directory),
            ActionView::of::<CreateCampaign, _>(&actor, &Directory),
            ActionView::of::<RecordCalendarDay, _>(&actor, &Directory),
            ActionView::of::<CreateDocumentSeries, _>(&actor, &Directory),
            ActionView::of::<RegisterDocument, _>(&actor, &Directory),
            ActionView::of::<RecordIncomingDocument, _>(&actor, &Directory),
        ];
        let roles = actor.roles.iter().map(|(role, unit)| HeldRole {
            role: (*role).into(),
            role_label: language.label("role", role.as_str()),
            unit_id: unit.map(Into::into),
        });
        Self {
            id: actor.id.into(),
            person_id: actor.person.into(),
            roles: roles.collect(),
            actions,
            name: actor.name,
            title: actor.title,
            unit_id: actor.unit.map(Into::into),
        }
    }
}

/// Read who I am
///
/// The caller as the directory knows it, with the roles that hold at this moment of the business clock and with what could
/// be made now.
#[utoipa::path(tag = "Session", operation_id = "readMe",
    responses((status = 200, description = "The caller, with the roles that hold now.", body = Me)))]
#[get("/me")]
async fn read_me(state: Data<State>, caller: Caller) -> Result<Plain<Me>, Problem> {
    let actor = state.store.read(&caller.call).await?.actor;
    Ok(Plain { body: Me::of(actor, caller.language), language: caller.language, next: None })
}
