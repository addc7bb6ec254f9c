//! The plan as a paper.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use thidua_documents::papers::{PlanSources, plan};
use thidua_domain::campaign::Campaign;
use thidua_persistence::facts;

use super::CampaignPath;
use crate::{
    attachments::FileBytes,
    input::{Caller, PathOf, QueryOf},
    printing::{self, PaperQuery},
    problem::Problem,
    state::State,
};

/// Read the plan as a paper
///
/// The plan in the form of an administrative document (NĐ 30/2020), with what was meant where the print was wrong. It is seen
/// where the plan is seen. Before it is numbered it has blanks for number and day, as drafts have. It is in Vietnamese, whatever
/// `Accept-Language` says.
#[utoipa::path(tag = "Campaigns", operation_id = "readCampaignPlanDocument", params(CampaignPath, PaperQuery),
    responses((status = 200, description = "The paper, to be saved under the name that it comes with.", content(
        (FileBytes = "application/pdf"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
#[get("/campaigns/{campaignId}/plan/document")]
pub(super) async fn read_campaign_plan_document(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    query: QueryOf<PaperQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = path.0.campaign_id.id();
    let reader = state.store.read(&caller.call).await?;
    reader.sees::<Campaign>(id).await?;
    let (campaign, units) = facts::papers::setting(&reader, id, []).await?;
    // The connection is not held while the paper is written.
    drop(reader);
    let paper = plan(PlanSources { campaign: &campaign, units: &units });
    printing::print(&state, &request, paper, campaign.root.version, query.0.form()).await
}
