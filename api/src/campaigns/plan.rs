//! STUB
use crate::{input::Str, problem::Problem};
use serde::{Deserialize, Serialize};
use thidua_domain::campaign::Plan;
use utoipa::ToSchema;
use validator::Validate;
/// The plan.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase")]
#[schema(as = Plan)]
pub(crate) struct PlanBody {
    /// What the campaign is about.
    title: Str<2000>,
    #[serde(flatten)]
    #[schema(ignore)]
    rest: serde_json::Value,
}
impl PlanBody {
    pub(super) fn into_plan(self) -> Result<Plan, Problem> {
        let v = serde_json::to_value(self).map_err(|_| crate::problem::Trouble::Internal)?;
        serde_json::from_value(v).map_err(|e| {
            eprintln!("{e}");
            crate::problem::Trouble::BadRequest.into()
        })
    }
}
