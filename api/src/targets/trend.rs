//! A target from day to day, as figures and as a picture.

use actix_web::{get, web::Data};
use rust_decimal::Decimal;
use serde::Serialize;
use thidua_domain::{
    measure::{Direction, Measure, Value},
    target::{Current, Target},
};
use thidua_persistence::{Standing, facts};
use utoipa::ToSchema;

use super::{CurrentView, TargetPath};
use crate::{
    app::Entries,
    chart::{Dot, Line, amount},
    input::{Caller, CampaignKey, CodeText, PathOf, Str, TargetKey, UnitKey},
    language::Language,
    measures::MeasureBody,
    problem::Problem,
    reply::{Picture, Plain, SvgPicture},
    state::State,
    written::sign,
};

/// The operations on trends.
pub(super) fn configure(config: &mut impl Entries) {
    config.service(read_target_trend).service(read_target_trend_chart);
}

/// How a target went from day to day.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TargetTrend)]
pub(crate) struct TrendView {
    /// Identifies the target that is told of.
    target_id: TargetKey,
    /// The campaign that the target belongs to.
    campaign_id: CampaignKey,
    /// The unit that answers for it.
    unit_id: UnitKey,
    /// Code, unique within unit and campaign.
    #[schema(example = "BHYT")]
    code: CodeText,
    /// What is to be reached, in words.
    #[schema(example = "Tỷ lệ tham gia bảo hiểm y tế toàn xã đạt 97%")]
    name: Str<300>,
    /// What the target asks for, now.
    measure: MeasureBody,
    /// A value for each day that was measured, the earliest first: of the same day the one recorded last. Of more than 400
    /// days the latest 400.
    #[schema(max_items = 400)]
    points: Vec<CurrentView>,
}

/// Read the trend of a target
///
/// What was found for a target from day to day, each value with the measurement that says so. Of the same day the value
/// recorded last counts, so that what was put right is shown as it was put right.
#[utoipa::path(tag = "Targets", operation_id = "readTargetTrend", params(TargetPath),
    responses((status = 200, description = "The target from day to day.", body = TrendView)))]
#[get("/targets/{targetId}/trend")]
async fn read_target_trend(
    state: Data<State>,
    caller: Caller,
    path: PathOf<TargetPath>,
) -> Result<Plain<TrendView>, Problem> {
    let (target, points) = trend(&state, &caller, path).await?;
    let body = TrendView {
        target_id: target.root.id.into(),
        campaign_id: target.campaign.into(),
        unit_id: target.unit.into(),
        points: points.into_iter().map(|point| CurrentView::of(point, &target.measure)).collect(),
        code: target.code.into(),
        name: target.name.into(),
        measure: target.measure.into(),
    };
    Ok(Plain { body, language: caller.language, next: None })
}

/// Read a chart of a target
///
/// The trend of a target as a picture in the caller's language, made for a phone: its values as a line, what is planned as
/// a dashed line. What it shows stands in it in words too, for those who do not see it. Words have no line.
#[utoipa::path(tag = "Targets", operation_id = "readTargetTrendChart", params(TargetPath),
    responses((status = 200, description = "The picture, 360 pixels wide.", body = SvgPicture, content_type = "image/svg+xml",
        example = json!(crate::reply::SVG_EXAMPLE))))]
#[get("/targets/{targetId}/trend/chart")]
async fn read_target_trend_chart(
    state: Data<State>,
    caller: Caller,
    path: PathOf<TargetPath>,
) -> Result<Picture, Problem> {
    let (target, points) = trend(&state, &caller, path).await?;
    let language = caller.language;
    Ok(Picture { svg: line(&target, &points, language).svg(language), language })
}

async fn trend(state: &State, caller: &Caller, path: PathOf<TargetPath>) -> Result<(Target, Vec<Current>), Problem> {
    let id = path.0.target_id.id();
    let found = state.store.read_snapshot(&caller.call, async |reader| {
        let standing: Standing = reader.object(id).await?;
        Ok((standing.target, facts::progress::trend(reader, id).await?))
    });
    Ok(found.await?)
}

fn line(target: &Target, points: &[Current], language: Language) -> Line {
    let dot = |point: &Current| drawn(&target.measure, &point.value).map(|value| Dot { day: point.as_of, value });
    let goal = |direction: Direction, planned: Decimal, measure_unit: &str| {
        (planned, format!("{} {}", sign(direction), amount(planned, measure_unit, language)))
    };
    let (measure_unit, goal) = match &target.measure {
        Measure::Quantitative { measure_unit, direction, planned, .. } => {
            (measure_unit.as_str().to_owned(), Some(goal(*direction, *planned, measure_unit.as_str())))
        }
        Measure::Share { direction, planned, .. } => ("%".to_owned(), Some(goal(*direction, *planned, "%"))),
        Measure::Qualitative { .. } => (String::new(), None),
        Measure::Milestone { .. } => {
            let steps = language.text("chart.steps");
            (steps.clone(), Some(goal(Direction::Exactly, Decimal::ONE_HUNDRED, &steps)))
        }
    };
    let title = format!("{} {}", target.code.as_str(), target.name.as_str());
    Line { title, measure_unit, goal, dots: points.iter().filter_map(dot).collect() }
}

/// The number that stands for a value in the picture: an amount, a share in percent, the part of the steps that is done.
fn drawn(measure: &Measure, value: &Value) -> Option<Decimal> {
    match value {
        Value::Quantitative { amount } => Some(*amount),
        // Two decimals can be read, and rounded down they never show a goal as reached that is not.
        Value::Share { .. } => value.percent().map(|percent| percent.trunc_with_scale(2).normalize()),
        Value::Milestone { .. } => measure.completion(value),
        Value::Qualitative { .. } => None,
    }
}
