//! Progress as a picture.

use actix_web::{get, web::Data};
use thidua_domain::{
    campaign::Campaign,
    progress::{Group, Progress, progress},
    time::Timestamp,
};
use thidua_persistence::facts;

use super::compared::{Compared, ProgressQuery};
use crate::{
    app::Entries,
    campaigns::CampaignPath,
    chart::{Bar, Bars},
    input::{Caller, PathOf, QueryOf},
    language::Language,
    problem::Problem,
    reply::{Picture, SvgPicture},
    state::State,
    written::day,
};

/// The operations on pictures of progress.
pub(super) fn configure(config: &mut impl Entries) {
    config.service(read_progress_chart);
}

/// Read a chart of progress
///
/// The figures of `readProgress` as a picture in the caller's language, made for a phone: a bar for each group with its
/// targets reached, measured and not measured. What it shows stands in it in words too, for those who do not see it.
#[utoipa::path(tag = "Progress", operation_id = "readProgressChart", params(CampaignPath, ProgressQuery),
    responses((status = 200, description = "The picture, 360 pixels wide.", body = SvgPicture, content_type = "image/svg+xml",
        example = json!(crate::reply::SVG_EXAMPLE))))]
#[get("/campaigns/{campaignId}/progress/chart")]
async fn read_progress_chart(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    query: QueryOf<ProgressQuery>,
) -> Result<Picture, Problem> {
    let id = path.0.campaign_id.id();
    let ProgressQuery { by, compared_to_date } = query.0;
    let language = caller.language;
    let bars = state.store.read_snapshot(&caller.call, async |reader| {
        let campaign: Campaign = reader.object(id).await?;
        let compared = Compared::to(reader, id, compared_to_date).await?;
        let live = facts::progress::live_targets(reader, id, compared.day).await?;
        let units = facts::unit_lives(reader, live.iter().map(|one| one.target.unit)).await?;
        let progress = progress(by.into(), &campaign.plan, &units, reader.now.date(), &live);
        let title = language.label("chart.progress", by.as_str());
        Ok(Bars { title, summary: summary(&progress, compared, reader.now, language), bars: bars(progress, compared) })
    });
    Ok(Picture { svg: bars.await?.svg(language), language })
}

fn summary(progress: &Progress, compared: Compared, now: Timestamp, language: Language) -> String {
    let mut text = language
        .text("chart.summary")
        .replace("{day}", &day(now.date()))
        .replace("{reached}", &progress.total.reached.to_string())
        .replace("{targets}", &progress.total.targets.to_string())
        .replace("{measured}", &progress.total.with_value.to_string());
    if let Some(then) = compared.day {
        let reached = progress.earlier.reached.to_string();
        text.push_str(". ");
        text.push_str(&language.text("chart.compared").replace("{day}", &day(then)).replace("{reached}", &reached));
    }
    text.push('.');
    text
}

fn bars(progress: Progress, compared: Compared) -> Vec<Bar> {
    let bar = |group: Group| Bar {
        label: format!("{} {}", group.code.as_str(), group.name.as_str()),
        targets: group.tally.count.targets,
        with_value: group.tally.count.with_value,
        reached: group.tally.count.reached,
        earlier: compared.day.map(|_| group.tally.earlier.reached),
    };
    progress.groups.into_iter().map(bar).collect()
}
