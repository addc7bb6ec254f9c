//! Progress as a picture.

use actix_web::{get, web::Data};
use thidua_domain::{progress::Group, unit::Extent};

use super::asked::{ProgressQuery, Shown, at_fault};
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
        example = json!(crate::reply::SVG_EXAMPLE)),
        (status = 422, description = "The day lies in the future, or the unit is unknown or missing.")))]
#[get("/campaigns/{campaignId}/progress/chart")]
async fn read_progress_chart(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    query: QueryOf<ProgressQuery>,
) -> Result<Picture, Problem> {
    let id = path.0.campaign_id.id();
    let language = caller.language;
    let shown = state.store.read_snapshot(&caller.call, async |reader| query.0.read(reader, id).await);
    let shown = shown.await.map_err(at_fault)?;
    let title = language.label("chart.progress", shown.by.as_str());
    let picture = Bars { title, summary: summary(&shown, language), bars: bars(shown) };
    Ok(Picture { svg: picture.svg(language), language })
}

fn summary(shown: &Shown, language: Language) -> String {
    let total = shown.progress.total;
    let mut text = shown.extent.as_ref().map(|(extent, name)| told(*extent, name, language)).unwrap_or_default();
    let stands = language
        .text("chart.summary")
        .replace("{day}", &day(shown.on.unwrap_or_else(|| shown.now.date())))
        .replace("{reached}", &total.reached.to_string())
        .replace("{targets}", &total.targets.to_string())
        .replace("{measured}", &total.with_value.to_string());
    text.push_str(&stands);
    if let Some(then) = shown.compared.day {
        let reached = shown.progress.earlier.reached.to_string();
        text.push_str(". ");
        text.push_str(&language.text("chart.compared").replace("{day}", &day(then)).replace("{reached}", &reached));
    }
    text.push('.');
    text
}

/// Of which units the picture tells, as a sentence before the others.
pub(super) fn told(extent: Extent, name: &str, language: Language) -> String {
    let key = if extent.below { "chart.ofUnitsBelow" } else { "chart.ofUnit" };
    format!("{} ", language.text(key).replace("{unit}", name))
}

fn bars(shown: Shown) -> Vec<Bar> {
    let compared = shown.compared.day.is_some();
    let bar = |group: Group| Bar {
        label: format!("{} {}", group.code.as_str(), group.name.as_str()),
        targets: group.tally.count.targets,
        with_value: group.tally.count.with_value,
        reached: group.tally.count.reached,
        earlier: compared.then_some(group.tally.earlier.reached),
    };
    shown.progress.groups.into_iter().map(bar).collect()
}
