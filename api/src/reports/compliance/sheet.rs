//! Compliance as a sheet: to be worked with, and signed by nobody.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use thidua_documents::papers::{ComplianceSources, compliance_sheet};
use thidua_domain::campaign::Campaign;
use thidua_persistence::facts;

use super::{named, standings};
use crate::{
    attachments::FileBytes,
    campaigns::CampaignPath,
    input::{Caller, PathOf, QueryOf},
    printing::{self, PaperQuery},
    problem::Problem,
    state::State,
};

/// Read compliance as a sheet
///
/// Who has reported for which period, who is late, who is missing, at this very moment: all periods of the campaign in one
/// table, and the units of each in one of its own; as a workbook to work with, or as a paper to lay before somebody. Each caller
/// sees in it what `readCompliance` answers. It is in Vietnamese, whatever `Accept-Language` says.
#[utoipa::path(tag = "Reports", operation_id = "readComplianceDocument", params(CampaignPath, PaperQuery),
    responses((status = 200, description = "The sheet, to be saved under the name that it comes with.", content(
        (FileBytes = "application/pdf"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
#[get("/campaigns/{campaignId}/compliance/document")]
pub(super) async fn read_compliance_document(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    query: QueryOf<PaperQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = path.0.campaign_id.id();
    let paper = state.store.read_snapshot(&caller.call, async |reader| {
        reader.sees::<Campaign>(id).await?;
        let periods = standings(reader, id, Vec::new()).await?;
        let (campaign, units) = facts::papers::setting(reader, id, named(&periods)).await?;
        let sources = ComplianceSources { campaign: &campaign, periods: &periods, units: &units, now: reader.now };
        Ok(compliance_sheet(sources))
    });
    // It has no version of its own: what it shows is in the hash.
    printing::print(&state, &request, paper.await?, 1, query.0.form()).await
}
