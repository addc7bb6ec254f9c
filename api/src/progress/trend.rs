//! Groups from day to day, as figures and as a picture.

use actix_web::{get, web::Data};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use thidua_domain::{
    campaign::{Campaign, CampaignId, Stage},
    progress::{Chosen, Ground, MOST_DAYS, PlanTargetStanding, Point, Trend, latest},
    refusal::{Code, Refusal},
    text::Token,
    time::{Date, Timestamp},
    unit::{Extent, Hierarchy},
};
use thidua_persistence::{Reader, StoreError, facts};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::{
    asked::{at_fault, name_on},
    chart::told,
    compared::{CountView, WholeView},
    view::ProgressBy,
};
use crate::{
    app::Entries,
    campaigns::CampaignPath,
    chart::{Column, Columns},
    input::{Caller, CampaignKey, CodeText, DateOnly, Instant, PathOf, QueryOf, Str, UnitKey, present},
    language::Language,
    problem::Problem,
    reply::{Picture, Plain, SvgPicture},
    state::State,
};

/// The operations on trends of groups.
pub(super) fn configure(config: &mut impl Entries) {
    config.service(read_progress_trend).service(read_progress_trend_chart);
}

/// On which days a trend looks: the last day of each period that has ended, or every seventh day; the last day that is
/// asked for is always one of them. Clients must tolerate new values.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum TrendStep {
    #[default]
    Period,
    Week,
}

/// Of which group, on which days.
#[derive(Clone, Debug, Deserialize, IntoParams, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ProgressTrendQuery {
    /// By what the targets are grouped; without it, all of them together.
    #[serde(default, deserialize_with = "present")]
    #[param(required = false, example = "FIELD")]
    by: Option<ProgressBy>,
    /// The group, by its code in the plan or the unit's in the directory; needed where `by` is there, and only there.
    #[serde(default, deserialize_with = "present")]
    #[param(required = false, example = "3.2")]
    code: Option<CodeText>,
    /// Only what this unit answers for, with what was left to it, on each of the days.
    #[serde(default, deserialize_with = "present")]
    #[param(required = false)]
    unit_id: Option<UnitKey>,
    /// Whether all units are meant too that stand below `unitId` on each of the days.
    #[serde(default)]
    #[param(required = false, example = false)]
    below: bool,
    /// On which days it looks.
    #[serde(default)]
    #[param(required = false, example = "PERIOD")]
    step: TrendStep,
    /// The last day; not in the future. Without it, today.
    #[serde(default, deserialize_with = "present")]
    #[param(required = false, example = "2025-11-30")]
    to_date: Option<DateOnly>,
}

/// A target of the plan at the end of a day.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PlanTargetPoint)]
struct PlanTargetPointView {
    /// Code of the target in the plan.
    #[schema(example = "BHYT")]
    code: CodeText,
    /// Its task is restricted: it never appears in public figures.
    restricted: bool,
    /// Where the whole stood: sums of numerators and of denominators, never of percentages; absent while nobody had measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<WholeView>,
}

impl From<PlanTargetStanding> for PlanTargetPointView {
    fn from(standing: PlanTargetStanding) -> Self {
        let PlanTargetStanding { code, restricted, now, .. } = standing;
        Self { code: code.into(), restricted, value: WholeView::of(now) }
    }
}

/// Where a group stood at the end of a day.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProgressPoint)]
struct PointView {
    /// The day, at whose end the group stood so.
    on_date: DateOnly,
    /// How the targets stood that were in force then.
    count: CountView,
    /// The targets of the plan. Of a field or a task those that the plan sets there, over all units; of a movement or a unit
    /// their own parts.
    #[schema(max_items = 1000)]
    plan_targets: Vec<PlanTargetPointView>,
}

impl From<Point> for PointView {
    fn from(point: Point) -> Self {
        Self {
            on_date: DateOnly(point.day),
            count: point.count.into(),
            plan_targets: point.plan_targets.into_iter().map(Into::into).collect(),
        }
    }
}

/// How a group came along from day to day.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProgressTrend)]
pub(crate) struct ProgressTrendView {
    /// The campaign whose targets are counted.
    campaign_id: CampaignKey,
    /// By what the targets are grouped; absent where all are shown together.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<ProgressBy>,
    /// The group, by its code in the plan or the unit's in the directory.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "3.2")]
    code: Option<CodeText>,
    /// Its name, in the words of the plan or of the directory on the last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Lĩnh vực Văn hóa - Xã hội")]
    name: Option<Str<300>>,
    /// The unit whose targets alone are counted; absent where all units are meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit_id: Option<UnitKey>,
    /// Whether all units below it are meant too; absent where all units are meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    below: Option<bool>,
    /// It is restricted, or something in it is: it never appears in public figures.
    restricted: bool,
    /// On which days it looks.
    step: TrendStep,
    /// The moment at which all of this holds, by the business clock: what was recorded until then is counted.
    as_of_at: Instant,
    /// Where it stood, the first day first; of more days the latest sixteen.
    #[schema(max_items = 16)]
    points: Vec<PointView>,
}

/// A trend, with what it was read for.
struct Shown {
    trend: Trend,
    extent: Option<(Extent, String)>,
    now: Timestamp,
}

/// Read the trend of a group
///
/// How a field, a task, a movement, a unit or all targets together came along: on each day exactly what `readProgress` says
/// with that `onDate`, at the ends of the periods that have ended or week by week, on sixteen days at most. Values are read
/// with what is recorded by now, so that what was put right is shown as it was put right.
#[utoipa::path(tag = "Progress", operation_id = "readProgressTrend", params(CampaignPath, ProgressTrendQuery),
    responses((status = 200, description = "The group from day to day.", body = ProgressTrendView),
        (status = 422, description = "The group or the unit is unknown or missing, or the day lies in the future.")))]
#[get("/campaigns/{campaignId}/progress/trend")]
async fn read_progress_trend(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    query: QueryOf<ProgressTrendQuery>,
) -> Result<Plain<ProgressTrendView>, Problem> {
    let id = path.0.campaign_id.id();
    let query = query.0;
    let shown = state.store.read_snapshot(&caller.call, async |reader| query.read(reader, id).await);
    let Shown { trend, extent, now } = shown.await.map_err(at_fault)?;
    let extent = extent.map(|(extent, _)| extent);
    let body = ProgressTrendView {
        campaign_id: id.into(),
        by: query.by,
        code: query.code,
        name: trend.name.map(Into::into),
        unit_id: extent.map(|extent| extent.unit.into()),
        below: extent.map(|extent| extent.below),
        restricted: trend.restricted,
        step: query.step,
        as_of_at: Instant(now),
        points: trend.points.into_iter().map(Into::into).collect(),
    };
    Ok(Plain { body, language: caller.language, next: None })
}

/// Read a chart of the trend of a group
///
/// The counts of `readProgressTrend` as a picture in the caller's language, made for a phone: a column for each day with the
/// targets reached, measured and not measured. What it shows stands in it in words too, for those who do not see it.
#[utoipa::path(tag = "Progress", operation_id = "readProgressTrendChart", params(CampaignPath, ProgressTrendQuery),
    responses((status = 200, description = "The picture, 360 pixels wide.", body = SvgPicture, content_type = "image/svg+xml",
        example = json!(crate::reply::SVG_EXAMPLE)),
        (status = 422, description = "The group or the unit is unknown or missing, or the day lies in the future.")))]
#[get("/campaigns/{campaignId}/progress/trend/chart")]
async fn read_progress_trend_chart(
    state: Data<State>,
    caller: Caller,
    path: PathOf<CampaignPath>,
    query: QueryOf<ProgressTrendQuery>,
) -> Result<Picture, Problem> {
    let id = path.0.campaign_id.id();
    let (query, language) = (query.0, caller.language);
    let shown = state.store.read_snapshot(&caller.call, async |reader| query.read(reader, id).await);
    Ok(Picture { svg: query.columns(&shown.await.map_err(at_fault)?, language).svg(language), language })
}

impl ProgressTrendQuery {
    /// Reads it, all from one snapshot.
    async fn read(&self, reader: &Reader, id: CampaignId) -> Result<Shown, StoreError> {
        let campaign: Campaign = reader.object(id).await?;
        let today = reader.now.date();
        let last = self.to_date.map_or(today, |DateOnly(day)| day);
        if last > today {
            return Err(Refusal::field("/toDate", Code::DayInFuture).into());
        }
        let code: Option<Token> = self.code.clone().map(CodeText::into_text);
        let chosen = match (self.by, &code) {
            (Some(by), Some(code)) => Some(Chosen { by: by.into(), code }),
            (None, None) => None,
            (Some(_), None) => return Err(Refusal::field("/code", Code::FieldMissing).into()),
            (None, Some(_)) => return Err(Refusal::field("/by", Code::FieldMissing).into()),
        };
        let days = self.days(reader, &campaign, last).await?;
        let units = facts::unit_lives(reader).await?;
        let hierarchy = Hierarchy::on(last, &units);
        let extent = hierarchy.extent(self.unit_id.map(UnitKey::id), self.below)?;
        let courses = facts::progress::courses(reader, id, &days).await?;
        let ground = Ground { plan: &campaign.plan, units: &units, extent };
        let trend = ground.trend(chosen, &days, courses);
        let trend = trend.ok_or_else(|| Refusal::field("/code", Code::UnknownReference))?;
        let named = |extent: Extent| (extent, name_on(&hierarchy, extent.unit));
        Ok(Shown { trend, extent: extent.map(named), now: reader.now })
    }

    /// The last day, and those before it.
    async fn days(&self, reader: &Reader, campaign: &Campaign, last: Date) -> Result<Vec<Date>, StoreError> {
        let mut days = match self.step {
            TrendStep::Period => facts::progress::ends_of_periods(reader, campaign.root.id, last).await?,
            TrendStep::Week => {
                let first = match &campaign.stage {
                    Stage::Running { started_on, .. } => *started_on,
                    Stage::Draft
                    | Stage::Submitted
                    | Stage::Signed { .. }
                    | Stage::Issued { .. }
                    | Stage::Cancelled => last,
                };
                let back = |day: &Date| day.checked_sub_signed(TimeDelta::days(7));
                std::iter::successors(Some(last), back).take_while(|day| *day >= first).take(MOST_DAYS).collect()
            }
        };
        days.push(last);
        Ok(latest(days))
    }

    fn columns(&self, shown: &Shown, language: Language) -> Columns {
        let of = match (&self.code, &shown.trend.name) {
            (Some(code), Some(name)) => format!("{} {}", code.as_str(), name.as_str()),
            _ => language.text("chart.allTargets"),
        };
        let column = |point: &Point| Column {
            day: point.day,
            targets: point.count.targets,
            with_value: point.count.with_value,
            reached: point.count.reached,
        };
        Columns {
            title: language.text("chart.trend").replace("{group}", &of),
            summary: shown.extent.as_ref().map(|(extent, name)| told(*extent, name, language)).unwrap_or_default(),
            columns: shown.trend.points.iter().map(column).collect(),
        }
    }
}
