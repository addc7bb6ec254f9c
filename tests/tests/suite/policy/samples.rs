//! For every command of the contract something to try it on: an object at a stage at which the command can be carried
//! out, and what its caller decides. Whoever adds a command adds a sample.

use serde_json::{Value, json};
use thidua_tests::{Reply, TestApp};

use super::{Operation, operations};
use crate::{protocol::new_unit, stage};

/// What a command is tried on.
pub(super) struct Sample {
    /// The object whose id its path names; none for what makes something new.
    pub(super) object: Option<Reply>,
    /// The code of the unit that the object belongs to.
    pub(super) unit: Option<&'static str>,
    /// What the caller decides.
    pub(super) body: Option<Value>,
}

/// The sample of an operation, in a service of its own.
pub(super) async fn sample(app: &TestApp, operation: &str) -> Option<Sample> {
    let (object, unit) = match operation {
        "createUnit" | "createCampaign" => (None, None),
        "replaceCampaignPlan" | "submitCampaign" | "cancelCampaign" => (Some(stage::drafted(app).await), None),
        "returnCampaign" | "signCampaign" => (Some(stage::submitted(app).await), None),
        "issueCampaign" => (Some(stage::signed(app).await), None),
        "launchCampaign" => (Some(stage::issued(app).await), None),
        _ => return None,
    };
    Some(Sample { object, unit, body: body(app, operation).await })
}

/// What the caller of an operation decides.
pub(super) async fn body(app: &TestApp, operation: &str) -> Option<Value> {
    match operation {
        "createUnit" => Some(new_unit("MAU")),
        "createCampaign" => Some(json!({
            "code": "gia-loc-2025", "issuerUnitId": stage::unit(app, "UBND").await,
            "coordinatingUnitId": stage::unit(app, "VHXH").await, "plan": stage::plan(),
        })),
        "replaceCampaignPlan" => Some(stage::plan()),
        "returnCampaign" | "cancelCampaign" => Some(json!({"reason": "Đề nghị bổ sung căn cứ pháp lý."})),
        "issueCampaign" => Some(json!({"number": 145, "issueDate": app.today()})),
        _ => None,
    }
}

/// Areas whose samples are still to be written; an area goes from here when its samples come.
const PENDING_AREAS: &[&str] = &["Registrations", "Targets", "Reports", "Consolidated reports"];

/// The commands that are in the contract already and have no sample yet.
pub(super) fn pending() -> impl Iterator<Item = &'static Operation> {
    operations().iter().filter(|one| one.is_command() && PENDING_AREAS.contains(&one.tag.as_str()))
}
