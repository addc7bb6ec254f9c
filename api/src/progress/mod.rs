//! Where a campaign stands now, by field, task, movement and unit.

use actix_web::{get, web::Data};

use crate::{
    app::Entries,
    campaigns::CampaignPath,
    input::{Caller, PathOf, QueryOf},
    list::Listed,
    problem::Problem,
    state::State,
};

mod asked;
mod changes;
mod chart;
mod compared;
mod table;
mod targets;
mod trend;
mod view;

use asked::{ProgressQuery, at_fault};
use view::ProgressView;

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config.service(read_progress);
    targets::configure(config);
    chart::configure(config);
    changes::configure(config);
    trend::configure(config);
}

/// Read progress
///
/// How many targets are measured and reached, by field, task, movement or unit, from their current values at this very
/// moment, or as they stood at the end of a day. Percentages are never averaged: what has a figure for a whole group is a
/// target of the plan, whose share is the sum of numerators over the sum of denominators. It counts what the caller can see:
/// those who follow the campaign see all units, a unit sees its own targets. It can be asked for one unit, alone or with all
/// below it: what a unit and those directly below it come to, each with all below it, adds up, and what an ended unit left
/// counts once, with whoever stands in its place. Beside it stands where the very same targets stood on an earlier day: at the
/// end of the last period, or on the day that the caller chooses. The last period is a regular one that is over: not one that
/// was asked for between (`AD_HOC`), and not one that is still open by its announced `closesAt`, whose figures are these very
/// ones. Nothing here is signed; the report to the city rests on accepted reports. As a file it is the groups; the whole, and
/// what is in no group, are no rows of it.
#[utoipa::path(tag = "Progress", operation_id = "readProgress", params(CampaignPath, ProgressQuery),
    responses((status = 200, description = "Where the targets stand, group by group.", body = ProgressView),
        (status = 422, description = "The day lies in the future, or the unit is unknown or missing.")))]
#[get("/campaigns/{campaignId}/progress")]
async fn read_progress(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    query: QueryOf<ProgressQuery>,
) -> Result<Listed<ProgressView>, Problem> {
    let id = path.0.campaign_id.id();
    let answer = state.store.read_snapshot(&caller.call, async |reader| {
        let progress = ProgressView::of(id.into(), query.0.read(reader, id).await?);
        Listed::reckoned(reader, &caller, progress, |progress| progress.groups).await
    });
    answer.await.map_err(at_fault)
}
