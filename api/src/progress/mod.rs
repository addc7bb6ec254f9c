//! Where a campaign stands now, by field, task, movement and unit.

use actix_web::{get, web::Data};
use thidua_domain::{campaign::Campaign, progress::progress};
use thidua_persistence::facts;

use crate::{
    app::Entries,
    campaigns::CampaignPath,
    input::{Caller, PathOf, QueryOf},
    problem::Problem,
    reply::Plain,
    state::State,
};

mod changes;
mod chart;
mod compared;
mod table;
mod targets;
mod view;

use compared::{Compared, ProgressQuery};
use view::ProgressView;

/// The operations of this area.
pub(crate) fn configure(config: &mut impl Entries) {
    config.service(read_progress);
    targets::configure(config);
    chart::configure(config);
    changes::configure(config);
}

/// Read progress
///
/// How many targets are measured and reached, by field, task, movement or unit, from their current values at this very
/// moment. Percentages are never averaged: what has a figure for a whole group is a target of the plan, whose share is the
/// sum of numerators over the sum of denominators. It counts what the caller can see: those who follow the campaign see all
/// units, a unit sees its own targets. Beside it stands where the very same targets stood on an earlier day: at the end of the
/// period that ended last, or on the day that the caller chooses. Nothing here is signed; the report to the city rests on accepted reports.
#[utoipa::path(tag = "Progress", operation_id = "readProgress", params(CampaignPath, ProgressQuery),
    responses((status = 200, description = "Where the targets stand, group by group.", body = ProgressView)))]
#[get("/campaigns/{campaignId}/progress")]
async fn read_progress(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    query: QueryOf<ProgressQuery>,
) -> Result<Plain<ProgressView>, Problem> {
    let id = path.0.campaign_id.id();
    let ProgressQuery { by, compared_to_date } = query.0;
    let body = state.store.read_snapshot(&caller.call, async |reader| {
        let campaign: Campaign = reader.object(id).await?;
        let compared = Compared::to(reader, id, compared_to_date).await?;
        let live = facts::progress::live_targets(reader, id, compared.day).await?;
        let units = facts::unit_lives(reader, live.iter().map(|one| one.target.unit)).await?;
        let progress = progress(by.into(), &campaign.plan, &units, reader.now.date(), &live);
        Ok(ProgressView::of(id.into(), by, progress, compared, reader.now))
    });
    Ok(Plain { body: body.await?, language: caller.language, next: None })
}
